/** Canned replies looked after: made, changed, taken away. */

import { announce, byId, el } from "/channels/web/static/js/dom.js";
import * as api from "./api.js";
import { shortcuts } from "./keys.js";

const dialog = byId("canned-dialog");
const form = byId("canned-form");
let changing = null;

function problem(id, error) {
  byId(id).textContent = error ? error.message : "";
  byId(id).hidden = !error;
}

function edit(one) {
  changing = one;
  form.reset();
  for (const name of ["shortcut", "title", "text"]) form.elements[name].value = one?.[name] ?? "";
  if (form.elements.everybody) form.elements.everybody.checked = one?.everybody ?? false;
  problem("canned-problem", null);
  dialog.showModal();
  form.elements.shortcut.focus();
}

async function remove(one, button) {
  if (button.dataset.sure !== "true") {  // pressed once more, it goes
    button.dataset.sure = "true";
    button.textContent = "确定删除？";
    return;
  }
  try {
    await api.removeCanned(one.id);
    announce("已删除");
    await load();
  } catch (error) {
    problem("problem", error);
  }
}

function row(one) {
  return el("li", { class: "canned-row" },
    el("div", {}, el("h2", {}, one.title, " ", el("kbd", {}, `/${one.shortcut}`)), el("p", {}, one.text),
      el("p", { class: "canned-meta" }, `${one.everybody ? "大家共用" : "自己的"}　用过 ${one.uses} 次`)),
    one.changeable ? el("div", { class: "canned-buttons" },
      el("button", { type: "button", class: "button", onclick: () => edit(one), "aria-label": `修改 ${one.title}` }, "修改"),
      el("button", { type: "button", class: "button button-danger", onclick: (event) => remove(one, event.currentTarget), "aria-label": `删除 ${one.title}` }, "删除")) : null);
}

async function load() {
  try {
    const all = await api.canned();
    byId("canned-rows").replaceChildren(...all.map(row));
    byId("canned-empty").hidden = all.length > 0;
    problem("problem", null);
  } catch (error) {
    problem("problem", error);
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { shortcut, title, text, everybody } = form.elements;
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  try {
    await api.keepCanned(changing?.id, { shortcut: shortcut.value, title: title.value, text: text.value, area: changing?.area ?? "", everybody: everybody?.checked ?? false });
    dialog.close();
    announce("已保存");
    await load();
  } catch (error) {
    problem("canned-problem", error);
  } finally {
    button.disabled = false;
  }
});
byId("canned-cancel").addEventListener("click", () => dialog.close());
byId("canned-new").addEventListener("click", () => edit(null));
shortcuts({ n: () => edit(null) }, { n: "新的常用语" });
load();
