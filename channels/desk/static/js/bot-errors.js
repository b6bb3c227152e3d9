/** 「这里说错了」 on what the bot said: the correction, the scenario it makes, and the proposal. */

import { byId, el } from "/channels/web/static/js/dom.js";
import { correctBot } from "./api.js";

export function setUpBotErrors(id) {
  const dialog = byId("wrong-dialog");
  const form = dialog.querySelector("form");
  const problem = dialog.querySelector(".problem");
  let seq = 0;

  function open(node) {
    const selection = window.getSelection();
    const words = node.contains(selection.anchorNode) ? selection.toString().trim() : "";
    seq = Number(node.dataset.seq);
    form.reset();
    form.elements.wrong.value = words;
    byId("wrong-made").hidden = true;
    problem.hidden = true;
    dialog.showModal();
    form.elements[words ? "right" : "wrong"].focus();
  }

  function mark(node) {
    if (node.classList?.contains("from-bot") && node.dataset.seq && !node.querySelector(".wrong")) {
      node.append(el("button", { type: "button", class: "wrong", onclick: () => open(node) }, "这里说错了"));
    }
  }

  async function send(keep) {
    const body = Object.fromEntries(new FormData(form));
    const made = await correctBot(id, { ...body, seq, keep });
    problem.textContent = made.problems.join("　");
    problem.hidden = made.problems.length === 0;
    if (made.scenario) form.elements.scenario.value = made.scenario;
    byId("wrong-made").hidden = !made.scenario;
    byId("wrong-patch").textContent = made.patch || "没有在主题里找到唯一的这几个字，采纳后由编辑去改。";
    if (made.number !== null) dialog.close();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const buttons = [...form.querySelectorAll("button")];
    for (const button of buttons) button.disabled = true;
    send(event.submitter?.value === "keep")
      .catch((error) => { problem.textContent = error.message; problem.hidden = false; })
      .finally(() => { for (const button of buttons) button.disabled = false; });
  });
  dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
  const log = byId("log");
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(mark))).observe(log, { childList: true });
  for (const node of log.children) mark(node);
}
