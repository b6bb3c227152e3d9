/** The parts of a matter's page, built from its JSON. */

import { byId, el } from "/channels/web/static/js/dom.js";
import { chineseDate, clockTime } from "/channels/web/static/js/format.js";

const CARDS = { yellow: "黄牌", red: "红牌" };
const CHANNELS = { web: "网页", api: "应用接口", phone: "电话" };
const STATES = { bot: "智能助手", waiting: "等人工", human: "人工接待", closed: "已结束" };
const ROLES = { lawyer: "律师", mediator: "调解员", officer: "经办" };

const card = (name) => (name ? el("span", { class: `card card-${name}` }, CARDS[name]) : null);

function fill(id, items) {
  const list = byId(id);
  list.replaceChildren(...(items.length ? items : [el("li", { class: "none" }, "没有。")]));
}

function application(one, decide) {
  const supplement = one.course.supplement;
  return el("li", {},
    el("h3", {}, one.title, "　", el("span", { class: "soft" }, one.state_name)),
    el("p", { class: "soft" }, `${clockTime(one.submitted_at)} 提交`, one.due_on ? `　依法 ${chineseDate(one.due_on)} 前` : "",
      one.who ? `　${one.who} 决定` : ""),
    one.strict ? el("p", { class: "soft" }, `如果补正期间也算在内，应在 ${chineseDate(one.strict)} 前决定，请尽量按这个日子办。`) : null,
    supplement ? el("p", { class: "words" }, `要补：${supplement.what}（最迟 ${chineseDate(supplement.by)}${supplement.came ? "，已补" : ""}）`) : null,
    ["grant", "advance", "terminate"].filter((name) => one.course[name]).map((name) => el("p", { class: "soft" }, one.course[name].text)),
    one.reason ? el("p", { class: "words" }, one.reason) : null,
    one.actions.length ? el("div", { class: "part-buttons" }, one.actions.map((action) =>
      el("button", { type: "button", class: "button", onclick: () => decide(one, action) }, action.name))) : null);
}

function timer(one) {
  const over = one.stage === "met" || one.stage === "stopped";
  return el("li", {},
    el("strong", {}, one.name), "　", el("span", { class: "soft" }, one.stage_name, one.late ? "（超时）" : ""), "　", card(over ? "" : CARDS[one.stage] ? one.stage : ""),
    el("p", { class: "soft" }, one.stage === "paused" ? "等补正，暂停计时" : `期限 ${clockTime(one.due_at)}`, one.basis ? `　${one.basis}` : "",
      one.certain ? "" : "　放假安排还没有公布，日期可能不准"));
}

function summary(matter) {
  const facts = (matter.summary.facts ?? []).map((fact) => [fact.label, `${fact.value}${fact.said ? `（“${fact.said}”）` : ""}`]);
  const more = [["初步意见", matter.summary.findings], ["期限提示", matter.summary.deadlines]]
    .filter(([, texts]) => texts?.length).map(([label, texts]) => [label, texts.join("；")]);
  const end = matter.result ? [["结果", matter.result], ["摘要", matter.closing]] : [];
  const rows = [...end, ...facts, ...more];
  return rows.length ? el("dl", {}, rows.flatMap(([label, text]) => [el("dt", {}, label), el("dd", { class: "words" }, text)]))
    : el("p", { class: "none" }, "还没有记下什么。");
}

/** Show all of `matter`; `doing` are the functions behind its buttons. */
export function show(matter, doing) {
  byId("title").textContent = matter.title || matter.topic || `事项 ${matter.number}`;
  byId("line").replaceChildren(...[
    `${matter.number}　${matter.status_name}　${matter.kind_name}`, matter.area_name ? `　${matter.area_name}` : "",
    matter.region ? `　${matter.region}` : "", matter.owner ? `　经办：${matter.owner}` : "　还没有人经办",
    matter.merged.length ? `　已并入：${matter.merged.join("、")}` : "", "　", card(matter.card)].filter(Boolean));
  byId("actions").replaceChildren(
    ...matter.actions.map((one, index) => el("button", { type: "button", class: index === 0 ? "button button-primary" : "button", onclick: () => doing.act(one) }, one.name)),
    el("button", { type: "button", class: "button", onclick: () => document.dispatchEvent(new Event("matter-edit")) }, "修改信息"));
  fill("applications", matter.applications.map((one) => application(one, doing.decide)));
  byId("summary").replaceChildren(summary(matter));
  fill("talks", matter.talks.map((one) => el("li", {}, el("a", { href: `/desk/c/${encodeURIComponent(one.id)}` },
    `${CHANNELS[one.channel] ?? one.channel}　${clockTime(one.created_at)}`),
    el("p", { class: "soft" }, `${STATES[one.state]}　${one.messages} 条${one.who ? `　${one.who}` : ""}`))));
  fill("steps", [...matter.steps].reverse().map((one) => el("li", {},
    el("strong", {}, one.name), one.before === one.after ? "" : `　→ ${one.after_name}`,
    el("p", { class: "soft" }, `${clockTime(one.at)}　${one.who ?? "系统"}`), one.reason ? el("p", { class: "words" }, one.reason) : null)));
  fill("timers", [...matter.timers].reverse().map(timer));
  fill("parties", matter.parties.map((one) => el("li", {}, one.name, "　", el("span", { class: "soft" }, one.side_name))));
  fill("assignments", matter.assignments.map((one) => el("li", {}, one.who, "　",
    el("span", { class: "soft" }, `${ROLES[one.role] ?? one.role}　${clockTime(one.started_at)}${one.ended_at ? ` 至 ${clockTime(one.ended_at)}` : ""}`),
    one.checked.hits?.length ? el("p", { class: "words soft" }, one.checked.hits.map((hit) => hit.text).join("；"),
      one.checked.override ? `　主管核准：${one.checked.override.reason}` : "") : null)));
  fill("links", matter.links.map((one) => el("li", {}, el("a", { href: `/desk/matters/${one.number}` }, one.title || one.number),
    el("p", { class: "soft" }, `${one.kind_name}　${one.number}　${one.status_name}`))));
  fill("referrals", matter.referrals.map((one) => el("li", {}, el("strong", {}, one.receiver), "　", el("span", { class: "soft" }, `${one.kind_name}　${one.state_name}`),
    el("p", { class: "words" }, one.reason), one.answer ? el("p", { class: "words" }, `答复：${one.answer}`) : null,
    one.open.length ? el("div", { class: "part-buttons" }, one.open.map((state) => {
      const name = { accepted: "对方已收", declined: "对方不受理", done: "对方已有结果" }[state];
      return el("button", { type: "button", class: "button", onclick: () => doing.answer(one, state, name) }, name);
    })) : null)));
  fill("files", matter.files.map((one) => el("li", {}, one.name, el("p", { class: "soft" },
    `${Math.ceil(one.size / 1024)} KB　${clockTime(one.at)}　${one.who ?? "来访人"}`))));
  fill("notes", matter.notes.map((one) => el("li", {}, el("p", { class: "words" }, one.text), el("p", { class: "soft" }, `${one.who}　${clockTime(one.at)}`))));
}
