/** What a seat must know before the first word: problem, facts with the words they came from, findings, deadlines. */

import { el } from "/channels/web/static/js/dom.js";
import { origin } from "/channels/web/static/js/text.js";

const MOODS = { calm: "平静", anxious: "着急", angry: "生气", sad: "难过", weary: "很累、快撑不住了", afraid: "害怕" };
const LANGUAGES = { zh: "普通话", yue: "粤语", en: "英语" };

function block(title, content) {
  return content ? el("section", { class: "summary-block" }, el("h3", {}, title), content) : null;
}

function list(items) {
  return items?.length ? el("ul", { class: "plain-list" }, items.map((item) => el("li", {}, String(item.title ?? item)))) : null;
}

function line(text) {
  return text ? el("p", {}, String(text)) : null;
}

function facts(items) {
  return items?.length ? el("dl", { class: "told" }, items.map((item) => el("div", {},
    el("dt", {}, item.label),
    el("dd", {}, String(item.value), item.said ? el("span", { class: "said" }, origin(item.said)) : null)))) : null;
}

/** Fill `node` with the case: `record` as the lists have it, `summary` as the dialogue left it. */
export function showSummary(node, record, summary) {
  const nothing = !summary.topic && !summary.facts?.length;
  const mood = summary.mood || record.mood;
  const language = summary.language || record.language;
  node.replaceChildren(...[
    el("h2", {}, "案情摘要"),
    block("转人工原因", el("p", { class: "summary-reason" }, record.reason || "来访人要求人工")),
    block("咨询主题", line(summary.topic || record.topic || "尚未确定")),
    block("期限", list(summary.deadlines)),
    block("来访人说的情况", facts(summary.facts)),
    block("目前的结论", list(summary.findings)),
    block("文书", list(summary.documents)),
    block("情绪", line(MOODS[mood] ?? mood)),
    block("语言", language && language !== "zh" ? line(LANGUAGES[language] ?? language) : null),
    nothing ? el("p", { class: "summary-note" }, "智能助手还没有问到具体情况，请看对话记录。") : null,
  ].filter(Boolean));
}
