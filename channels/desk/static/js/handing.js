/** The dialogs in which a conversation leaves one's hands or comes into them. */

import { byId, el } from "/channels/web/static/js/dom.js";
import * as api from "./api.js";

/** A dialog with a form: `act(form)` is done when it is sent; the dialog stays open, and says why, when that fails. */
function dialog(name, act, before = async () => {}) {
  const node = byId(`${name}-dialog`);
  const form = node.querySelector("form");
  const problem = node.querySelector(".problem");
  const say = (error) => { problem.textContent = error?.message ?? ""; problem.hidden = !error; };
  byId(name).addEventListener("click", async () => {
    say(null);
    node.showModal();
    await before(form).catch(say);
  });
  node.querySelector("[data-cancel]").addEventListener("click", () => node.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      await act(form);
      form.reset();
      node.close();
    } catch (error) {
      say(error);
    } finally {
      button.disabled = false;
    }
  });
}

async function fillReceivers(id, form) {
  const { colleagues, queues } = await api.receivers(id);
  const room = (one) => (one.free > 0 ? `还能接 ${one.free} 个` : "手上已满");
  const group = (label, options) => (options.length > 0 ? el("optgroup", { label }, options) : null);
  form.elements.to.replaceChildren(el("option", { value: "" }, "请选择"),
    ...[group("在线的同事", colleagues.map((one) => el("option", { value: `seat:${one.id}`, disabled: one.free <= 0 }, `${one.name}（${one.role}，${one.tier}，${room(one)}）`))),
      group("队列", queues.map((one) => el("option", { value: `queue:${one.key}` }, one.name)))].filter(Boolean));
}

/** `done(words)` is called after each. */
export function setUpHanding(id, done) {
  dialog("transfer", async (form) => {
    const [kind, value] = form.elements.to.value.split(/:(.*)/su);
    await api.transfer(id, kind === "seat" ? { to_staff: Number(value) } : { queue: value }, form.elements.note.value.trim());
    await done("已转出");
  }, (form) => fillReceivers(id, form));
  dialog("close", async (form) => {
    await api.close(id, { result: form.elements.result.value, summary: form.elements.summary.value.trim() });
    await done("会话已结束");
  });
  if (document.getElementById("takeover-dialog")) {
    dialog("takeover", async (form) => {
      await api.takeOver(id, form.elements.reason.value.trim());
      await done("已接管，可以回复来访人");
    });
  }
}
