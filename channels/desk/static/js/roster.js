/** The roster: shifts added and taken out, swaps, files, minimum cover. */

import { byId, el } from "/channels/web/static/js/dom.js";
import { roster } from "./api.js";

let shift = "";

async function act(path, body = {}) {
  try {
    const done = await roster(path, body);
    byId("problem").hidden = true;
    return done;
  } catch (error) {
    byId("problem").textContent = error.message;
    byId("problem").hidden = false;
    byId("problem").scrollIntoView({ block: "center" });
    return null;
  }
}

async function reloadAfter(path, body) {
  if (await act(path, body)) window.location.reload();
}

const values = (form) => Object.fromEntries(new FormData(form));

byId("main").addEventListener("click", (event) => {
  const { dataset } = event.target;
  if (dataset.swap) {
    shift = dataset.swap;
    byId("swap").showModal();
  } else if (dataset.remove) reloadAfter(`shifts/${dataset.remove}/remove`);
  else if (dataset.step) reloadAfter(`swaps/${event.target.closest(".task").dataset.id}/${dataset.step}`);
});
byId("swap-no").addEventListener("click", () => byId("swap").close());
byId("swap-form").addEventListener("submit", (event) => {
  event.preventDefault();
  byId("swap").close();
  reloadAfter(`shifts/${shift}/swap`, values(event.target));
});

if (document.getElementById("add")) {
  byId("add").addEventListener("submit", (event) => { event.preventDefault(); reloadAfter("shifts", values(event.target)); });
  byId("import").addEventListener("submit", takeFile);
  const rules = () => [...document.querySelectorAll("#cover-rules li")].map((item) => JSON.parse(item.dataset.rule));
  byId("cover").addEventListener("submit", (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const added = { area: form.get("area"), tier: form.get("tier"), from: form.get("from"), to: form.get("to"), least: Number(form.get("least")), weekdays: form.getAll("weekday").map(Number) };
    reloadAfter("cover", { rules: [...rules(), added] });
  });
  byId("cover").addEventListener("click", (event) => {
    if (!("drop" in event.target.dataset)) return;
    event.target.closest("li").remove();
    reloadAfter("cover", { rules: rules() });
  });
}

function base64(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return window.btoa(text);
}

async function takeFile(event) {
  event.preventDefault();
  const form = event.target;
  const file = form.elements.file.files[0];
  const apply = event.submitter?.value === "apply";
  const text = base64(new Uint8Array(await file.arrayBuffer()));
  const done = await act("import", { name: file.name, text, apply, whole: form.elements.whole.checked });
  if (!done) return;
  const said = `${done.applied ? "已导入" : apply ? "没有导入" : "将导入"}：新增 ${done.new} 个班，改动 ${done.changed} 个，没变 ${done.same} 个；${done.refused.length} 行有问题。`;
  byId("imported").replaceChildren(el("p", {}, said), el("ul", {}, done.refused.slice(0, 50).map((one) => el("li", {}, `第 ${one.line} 行：${one.why}`))));
}
