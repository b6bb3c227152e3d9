/** The opinion as a document: what was told, what follows from it and why, by when, and what to do. */

import { articleDetails } from "./articles.js";
import { el } from "./dom.js";
import { documentDownloads, downloads } from "./downloads.js";
import { chineseDate, money } from "./format.js";
import { inline, origin, paragraphs } from "./text.js";

let sections = 0;

function section(title, ...content) {
  const inside = content.flat().filter((node) => node !== null);
  if (inside.length === 0) return null;
  sections += 1;
  const id = `opinion-section-${sections}`;
  return el("section", { class: "opinion-section", "aria-labelledby": id }, el("h3", { id }, title), inside);
}

function list(tag, texts) {
  return texts?.length ? el(tag, { class: "plain-list" }, texts.map((text) => el("li", {}, inline(String(text))))) : null;
}

function told(items) {
  return items?.length ? el("dl", { class: "told" }, items.map((item) => el("div", {},
    el("dt", {}, item.label),
    el("dd", {}, String(item.value), item.said && item.said !== String(item.value) ? el("span", { class: "said" }, origin(item.said)) : null)))) : null;
}

function basis(citations) {
  return citations?.length ? el("div", { class: "basis", role: "group", "aria-label": "依据" }, citations.map(articleDetails)) : null;
}

function calculation(sum) {
  if (!sum) return null;
  return el("details", { class: "calculation" },
    el("summary", {}, `计算过程：${sum.title}　${money(sum.total)}`),
    el("table", {},
      el("caption", { class: "visually-hidden" }, sum.title),
      el("thead", { class: "visually-hidden" }, el("tr", {}, el("th", { scope: "col" }, "项目和算式"), el("th", { scope: "col" }, "金额"))),
      el("tbody", {}, (sum.lines ?? []).map((line) => el("tr", {},
        el("th", { scope: "row" }, line.label, line.expression ? el("span", { class: "expression" }, line.expression) : null),
        el("td", {}, money(line.amount))))),
      el("tfoot", {}, el("tr", {}, el("th", { scope: "row" }, "合计"), el("td", {}, money(sum.total))))),
    el("p", { class: "calculation-note" }, [sum.basis ? `依据：${sum.basis}` : "", sum.note ?? ""].filter((text) => text).join("　")));
}

function finding(item) {
  return el("div", { class: "finding" },
    el("h4", {}, item.title),
    paragraphs(item.text),
    item.certainty ? el("p", { class: "certainty" }, el("span", {}, "把握"), item.certainty) : null,
    calculation(item.calculation),
    basis(item.citations));
}

/** 还剩 69 天 / 今天到期 / 可能已过; "" when no last day could be computed. */
function daysLeft(deadline) {
  if (deadline.overdue) return ["期限可能已过"];
  if (deadline.days_left === null || deadline.days_left === undefined) return [];
  return deadline.days_left === 0 ? ["今天到期"] : ["还剩 ", el("b", {}, String(deadline.days_left)), " 天"];
}

function deadline(item) {
  const left = daysLeft(item);
  return el("div", { class: `deadline${item.soon || item.overdue ? " is-soon" : ""}` },
    el("div", { class: "deadline-line" },
      el("h4", {}, item.title, item.last_day ? `：${chineseDate(item.last_day)}` : ""),
      left.length ? el("p", { class: "days-left" }, left) : null),
    paragraphs(item.text),
    basis(item.citations));
}

/** The nearest day on which a right may be lost, above everything else. */
function urgent(deadlines) {
  const dated = (deadlines ?? []).filter((item) => item.last_day && !item.overdue);
  const nearest = dated.sort((one, other) => one.days_left - other.days_left)[0] ?? (deadlines ?? []).find((item) => item.overdue);
  if (!nearest) return null;
  return el("p", { class: `opinion-urgent${nearest.soon || nearest.overdue ? " is-soon" : ""}` },
    el("b", {}, nearest.overdue ? "请尽快处理：" : "请记住这个日子："), `${nearest.title}，最晚 ${chineseDate(nearest.last_day)}，`, daysLeft(nearest), "。");
}

function where(places) {
  return places?.length ? el("ul", { class: "plain-list" }, places.map((place) => el("li", {}, inline(place.text),
    place.phone ? [" ", el("a", { class: "phone", href: `tel:${place.phone}` }, `电话 ${place.phone}`)] : null))) : null;
}

/** Decided cases, each folded, and that they are other people's. */
function cases(list) {
  if (!list?.length) return [];
  return [
    ...list.map((one) => el("details", { class: "article precedent" },
      el("summary", {}, one.title),
      el("div", { class: "article-body" },
        one.reasons.map((reason) => el("p", {}, reason)),
        one.outcome ? el("p", {}, el("b", {}, "结果："), one.outcome) : null,
        el("p", { class: "article-meta" }, one.source),
        one.note ? el("p", { class: "article-warning" }, `请注意：${one.note}`) : null))),
    el("p", { class: "precedent-caution" }, "这些是别人的案子，情况总有不同，不等于您的结果。"),
  ];
}

/** What was drafted: what each is for, how much is still to be filled in, and its files. */
function documents(list, matter, token) {
  return (list ?? []).map((one) => el("div", { class: "drafted" },
    el("h4", {}, one.title),
    el("p", {}, one.purpose),
    el("p", { class: "drafted-gaps" }, one.gaps ? `还有 ${one.gaps} 处要您自己填，文件里已用【】标出。` : "内容已写好，请核对。"),
    documentDownloads(matter, token, one)));
}

/** The whole card from `Opinion.to_dict()`; `context.token()` opens the downloads to the citizen alone. */
export function opinionCard(data, context) {
  const aid = data.legal_aid;
  const references = (data.references ?? []).map((item) => (item.note ? `${item.title}（${item.note}）` : item.title));
  return el("article", { class: "opinion", "aria-label": data.title ?? "法律咨询意见书" },
    el("header", { class: "opinion-head" },
      el("h2", {}, data.title ?? "法律咨询意见书"),
      data.topic ? el("p", { class: "opinion-topic" }, data.topic) : null,
      el("p", { class: "opinion-meta" }, data.matter ? el("span", {}, `事项编号 ${data.matter}`) : null, el("span", {}, chineseDate(data.date)))),
    urgent(data.deadlines),
    section("您告诉我的", told(data.told)),
    section("结论", (data.findings ?? []).map(finding)),
    section("还不能确定的", list("ul", data.open)),
    section("期限", (data.deadlines ?? []).map(deadline)),
    section(data.kind === "service" ? "材料" : "证据", list("ul", data.evidence)),
    section("下一步", list("ol", data.steps)),
    section("去哪里", where(data.where)),
    section("为您起草的文书", documents(data.documents, data.matter, context.token)),
    section("法律援助", aid ? [...paragraphs(aid.text), basis(aid.citations)] : []),
    section("类似的案子", cases(data.cases)),
    section("参考", references.length ? [el("p", { class: "unverified" }, "以下规定不在本系统的法条库中，请以官方文本为准。"), list("ul", references)] : []),
    section("没有核实到的依据", data.unverified?.length ? [el("p", { class: "unverified" }, "以下条文这次没有核实到，没有作为依据。"), list("ul", data.unverified)] : []),
    el("footer", { class: "opinion-foot" },
      downloads(data.matter, context.token),
      paragraphs([data.certainty, data.disclaimer].filter((text) => text).map((text, index) => (index === 0 ? `说明：${text}` : text)).join("\n"))));
}
