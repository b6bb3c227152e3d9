/** One topic: what hangs together lights up in the diagram, and every text can be corrected. */

import { byId, el } from "/channels/web/static/js/dom.js";
import * as api from "./api.js";

const TOPIC = byId("main").dataset.topic;
const HINTS = {
  text: "花括号里是问题的编号，显示时换成当事人的回答，请照样保留。",
  condition: "用问题的编号写，例如 relation == employee and owed > 0；不知道怎么写时，在理由里说明即可。",
  citations: "一行一条，例如：民法典 第一千零七十九条第二款",
};
const drawing = document.querySelector(".drawing");
const curves = [...drawing.querySelectorAll(".curve")];
const boxes = new Map([...drawing.querySelectorAll(".box")].map((box) => [box.dataset.node, box]));

function light(node) {
  for (const lit of drawing.querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
  drawing.classList.toggle("is-lit", Boolean(node));
  if (!node) return;
  boxes.get(node)?.classList.add("is-lit");
  for (const curve of curves) {
    if (curve.dataset.start !== node && curve.dataset.end !== node) continue;
    curve.classList.add("is-lit");
    for (const end of [curve.dataset.start, curve.dataset.end]) boxes.get(end)?.classList.add("is-lit");
  }
}

for (const kind of ["pointerover", "focusin"]) {
  drawing.addEventListener(kind, (event) => light(event.target.closest(".box")?.dataset.node));
}
for (const kind of ["pointerleave", "focusout"]) drawing.addEventListener(kind, () => light(null));

const dialog = byId("correct");
const answer = byId("correct-answer");
let key = "";

function show(...nodes) {
  answer.replaceChildren(...nodes);
  if (nodes.length > 0) answer.focus();
}

function list(problems) {
  return el("ul", {}, problems.map((one) => el("li", {}, one)));
}

function open(button) {
  key = button.dataset.key;
  byId("correct-about").textContent = button.dataset.label;
  byId("correct-hint").textContent = HINTS[button.dataset.kind];
  byId("correct-names").hidden = button.dataset.kind === "citations";
  byId("correct-value").value = button.dataset.value;
  byId("correct-reason").value = "";
  byId("correct-send").hidden = byId("correct-try").hidden = false;
  show();
  dialog.showModal();
  byId("correct-value").focus();
}

async function send(keep) {
  const buttons = [byId("correct-try"), byId("correct-send")];
  for (const button of buttons) button.disabled = true;
  show(el("p", { class: "hint" }, "正在检查……"));
  try {
    const verdict = await api.correct(TOPIC, key, byId("correct-value").value, byId("correct-reason").value, keep);
    const patch = verdict.patch ? el("pre", { tabindex: 0, "aria-label": "改动" }, verdict.patch) : null;
    if (verdict.problems.length > 0) show(...[list(verdict.problems), patch].filter(Boolean));
    else if (verdict.number === null) show(el("p", { class: "fine" }, "检查通过，可以提出。"), patch);
    else {
      for (const button of buttons) button.hidden = true;
      show(el("p", { class: "fine" }, `已经提出，第 ${verdict.number} 号。`,
        verdict.scenario ? "附了一段看得到改动的对话。" : "没有自动找到能走到这一处的对话，需要人工补一个。",
        el("a", { href: "/desk/topics/proposals" }, "看修改建议")), patch);
    }
  } catch (error) {
    show(list([error.message]));
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".fix");
  if (button) open(button);
});
byId("correct-cancel").addEventListener("click", () => dialog.close());
byId("correct-try").addEventListener("click", () => send(false));
byId("correct-form").addEventListener("submit", (event) => {
  event.preventDefault();
  send(true);
});

byId("prove").addEventListener("click", async () => {
  const proved = byId("proved");
  proved.textContent = "正在核对……";
  try {
    const problems = await api.topicProblems(TOPIC);
    proved.replaceChildren(problems.length > 0 ? list(problems) : "没有发现问题。");
  } catch (error) {
    proved.textContent = error.message;
  }
});
