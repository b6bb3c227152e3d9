/** One conversation in a list: how urgent, what about, who, since when. */

import { el } from "/channels/web/static/js/dom.js";
import { waited } from "/channels/web/static/js/format.js";

const LANGUAGES = { en: "英语", yue: "粤语" };
export const PRIORITIES = { urgent: "紧急", high: "优先", normal: "普通" };

/** A list item; `onClaim` null leaves the button out. */
export function conversationRow(item, onClaim) {
  return el("li", { class: "row", "data-id": item.id, "data-priority": item.priority },
    el("a", { class: "row-link", href: `/desk/c/${encodeURIComponent(item.id)}` },
      el("span", { class: "priority" }, PRIORITIES[item.priority] ?? item.priority),
      el("span", { class: "row-topic" }, item.title),
      el("span", { class: "row-reason" }, [item.returned && "同事离开，退回来的", ...(item.reasons ?? []), item.reason !== item.title && item.reason].filter((text) => text).join("；")),
      el("span", { class: "row-meta" }, [`事项 ${item.matter}`, item.queue_name, item.place, LANGUAGES[item.language], item.mood === "angry" && "情绪激动", item.claimed_by && `${item.claimed_by} 接待`].filter((text) => text).join("　")),
      el("span", { class: "row-wait" }, el("span", { class: "row-wait-label" }, item.state === "waiting" ? "已等 " : "转来 "),
        el("time", { datetime: item.waiting_since, "data-since": item.waiting_since }, waited(item.waiting_since)))),
    onClaim && item.takes !== false ? el("button", { type: "button", class: "button button-primary row-claim", onclick: () => onClaim(item),
      "aria-label": `接手 事项 ${item.matter}` }, "接手") : null);
}

/** Bring the waiting times of all rows up to date. */
export function refreshTimes() {
  for (const node of document.querySelectorAll("time[data-since]")) node.textContent = waited(node.dataset.since);
}
