/** The queues of the desk: a dialog to change one or add another. */

import { byId } from "/channels/web/static/js/dom.js";
import * as api from "./api.js";

const KNOWN = JSON.parse(byId("queues-data").textContent);
const NEW = { key: "", name: "", help: "consultation", tier: "general", language: "", region: "", areas: [], overflow: "general", overflow_after: 180, closed: false };
const form = byId("queue-form");
const editor = byId("editor");

function problem(text) {
  byId("editor-problem").textContent = text;
  byId("editor-problem").hidden = !text;
}

function open(queue) {
  byId("editor-title").textContent = queue.key ? `修改：${queue.name}` : "新建队列";
  for (const name of ["key", "name", "help", "tier", "language", "region", "overflow", "overflow_after"]) {
    form.elements.namedItem(name).value = queue[name];
  }
  form.elements.namedItem("key").readOnly = Boolean(queue.key);
  form.elements.namedItem("closed").checked = queue.closed;
  for (const box of form.querySelectorAll('[name="areas"]')) box.checked = queue.areas.includes(box.value);
  problem("");
  editor.showModal();
}

function read() {
  const data = new FormData(form);
  const text = (name) => String(data.get(name)).trim();
  return {
    ...Object.fromEntries(["key", "name", "help", "tier", "language", "region", "overflow"].map((name) => [name, text(name)])),
    areas: data.getAll("areas"),
    overflow_after: Number(text("overflow_after")),
    closed: data.has("closed"),
  };
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await api.saveQueue(read());
    window.location.reload();
  } catch (error) {
    problem(error.message);
  }
});
byId("cancel").addEventListener("click", () => editor.close());
byId("add").addEventListener("click", () => open(NEW));
for (const button of document.querySelectorAll("[data-edit]")) {
  button.addEventListener("click", () => open(KNOWN.find((queue) => queue.key === button.dataset.edit)));
}
