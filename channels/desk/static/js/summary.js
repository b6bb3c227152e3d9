/** What a seat must know before the first word: problem, facts with the words they came from, findings, deadlines. */

import { el } from "/channels/web/static/js/dom.js";

function block(title, content) {
  return content ? el("section", { class: "summary-block" }, el("h3", {}, title), content) : null;
}

function list(items) {
  return items?.length ? el("ul", { class: "plain-list" }, items.map((item) => el("li", {}, String(item)))) : null;
}

function facts(items) {
  return items?.length ? el("dl", { class: "told" }, items.map((item) => el("div", {},
    el("dt", {}, item.label),
    el("dd", {}, String(item.value), item.said ? el("span", { class: "said" }, `原话：「${item.said}」`) : null)))) : null;
}

/** Fill `node`; folded away on a narrow screen, where the conversation comes first. */
export function showSummary(node, record, summary) {
  const before = node.querySelector("details");
  const open = before ? before.open : window.matchMedia("(min-width: 60em)").matches;
  const nothing = !summary.topic && !summary.facts?.length;
  node.replaceChildren(el("details", { open },
    el("summary", {}, el("h2", {}, "案情摘要")),
    el("div", { class: "summary-body" },
      block("转人工原因", el("p", { class: "summary-reason" }, record.reason || "来访人要求人工")),
      block("咨询主题", el("p", {}, summary.topic || record.topic || "尚未确定")),
      block("期限", list(summary.deadlines)),
      block("来访人说的情况", facts(summary.facts)),
      block("目前的结论", list(summary.findings)),
      nothing ? el("p", { class: "summary-note" }, "智能助手还没有问到具体情况，请看对话记录。") : null)));
}
