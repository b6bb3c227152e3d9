/** The seat's own conversations: the latest first, with how many messages nobody has read. */

import { byId, el } from "/channels/web/static/js/dom.js";
import { clockTime } from "/channels/web/static/js/format.js";
import * as api from "./api.js";

/** Returns a function that reads the list anew. `here` is the conversation on the screen. */
export function setUpMine(here) {
  return async () => {
    let held;
    try {
      held = await api.mine();
    } catch {
      return;  // the next event tries again; the talk on the screen tells of a lost network
    }
    const list = byId("mine-list");
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    list.replaceChildren(...held.map((one) => el("li", {},
      el("a", { class: "mine-row", href: `/desk/c/${encodeURIComponent(one.id)}`, "data-id": one.id, "data-priority": one.priority, "aria-current": one.id === here ? "page" : null },
        el("span", { class: "mine-topic" }, one.topic || "尚未确定主题"),
        one.unread > 0 && one.id !== here ? el("span", { class: "unread", "aria-label": `${one.unread} 条未读` }, String(one.unread)) : null,
        el("span", { class: "mine-last" }, one.last),
        el("span", { class: "mine-meta" }, `${one.matter}　${clockTime(one.at)}`)))));
    if (focused) list.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
    byId("mine-count").textContent = String(held.length);
    byId("mine-empty").hidden = held.length > 0;
  };
}
