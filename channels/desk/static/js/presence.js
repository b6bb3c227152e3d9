/** Tells the server that somebody is at the desk, and what the seat has chosen; asks before signing out of open work. */

import { announce, byId, el } from "/channels/web/static/js/dom.js";
import * as api from "./api.js";

const EVERY = 20_000;
const TOLD = { online: "状态：在线", busy: "状态：忙碌", away: "状态：离开" };
let held = 0;

async function beat(status) {
  try {
    const answer = await api.presence(status);
    held = answer.held;
    if (document.activeElement !== byId("presence")) byId("presence").value = answer.status;
    if (status) announce(TOLD[answer.status]);
  } catch {
    // The line about the connection says it already; the next beat tries again.
  }
}

/** Ask whether to leave with conversations open; resolves to true to go. */
function ask() {
  return new Promise((resolve) => {
    const dialog = el("dialog", { class: "sheet", "aria-labelledby": "leave-title", onclose: () => {
      resolve(dialog.returnValue === "go");
      dialog.remove();
    } }, el("form", { method: "dialog", class: "leave" },
      el("h2", { id: "leave-title" }, `您手上还有 ${held} 个会话`),
      el("p", {}, "退出后它们会回到队列的最前面，由其他同事接着接待，来访人会收到说明。"),
      el("p", { class: "leave-actions" },
        el("button", { class: "button", value: "stay", autofocus: true }, "先不退出"),
        el("button", { class: "button button-danger", value: "go" }, "退出"))));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Begin. A hidden page goes on: browsers let it beat once a minute, and the server waits longer than that. */
export function setUpPresence() {
  const form = byId("sign-out");
  byId("presence").addEventListener("change", (event) => beat(event.target.value));
  form.addEventListener("submit", async (event) => {
    if (form.dataset.sure || held === 0) return;
    event.preventDefault();
    if (!await ask()) return;
    form.dataset.sure = "yes";
    form.submit();
  });
  beat();
  window.setInterval(() => beat(), EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) beat(); });
}
