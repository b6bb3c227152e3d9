/** The dialog that asks for what an action demands, and keeps open until the server has taken it. */

import { byId, el } from "/channels/web/static/js/dom.js";

const options = (name) => [...byId(name).content.cloneNode(true).children];
const area = (name, label) => (matter) => [label, el("textarea", { name, rows: 3, maxlength: 2000, required: true })];
const line = (name, label, more = {}) => (matter) => [label, el("input", { name, autocomplete: "off", required: true, ...more, ...(more.from ? { value: matter[more.from] ?? "", from: null } : {}) })];
const choice = (name, label, fill, chosen) => (matter, given) => {
  const select = el("select", { name, required: name !== "area" }, fill(matter, given));
  if (chosen) select.value = matter[chosen] ?? "";
  return [label, select];
};
const grounds = (need) => choice("ground", "依据的情形", (matter, given) => given.grounds[need].map((one) => el("option", { value: one.code }, one.text)));

/** What each demand asks for. Demands that need no words are not here. */
const FIELDS = {
  owner: choice("owner", "经办人", () => options("people")),
  lawyer: choice("lawyer", "指派给", () => options("people")),
  queue: line("queue", "队列", { value: "general", maxlength: 32 }),
  reason: area("reason", "理由或内容"),
  what: area("what", "要补的全部材料或说明（依法只能告知一次）"),
  by: line("by", "最迟哪天补上", { type: "date" }),
  answer: area("answer", "对方的答复"),
  result: choice("result", "结果", (matter) => matter.results.map((one) => el("option", { value: one.code }, one.name))),
  summary: area("summary", "摘要：来访人的问题、答复或办理结果"),
  receiver: line("receiver", "接收单位", { maxlength: 120 }),
  referral: choice("referral", "转给", () => options("referral-kinds")),
  target: line("target", "并入的事项号", { maxlength: 16, placeholder: "20261123-0001" }),
  means: grounds("means"),
  advance: grounds("advance"),
  terminate: grounds("terminate"),
  side: choice("side", "哪一方", () => options("sides")),
  name: line("name", "姓名或名称", { maxlength: 120 }),
  identifier: line("identifier", "身份证号或统一社会信用代码（可不填；只存加密摘要，用来查利益冲突）", { required: false, maxlength: 24 }),
  other: line("other", "事项号", { maxlength: 16, placeholder: "20261123-0001" }),
  linkKind: choice("kind", "怎样关联", () => options("link-kinds")),
  title: line("title", "名称", { maxlength: 120, from: "title" }),
  kind: choice("kind", "种类", () => options("kinds"), "kind"),
  area: choice("area", "领域", () => options("areas"), "area"),
  region: line("region", "地区代码", { required: false, maxlength: 6, inputmode: "numeric", from: "region" }),
};

let settle = () => {};
let send = null;

function tell(text) {
  byId("do-problem").textContent = text;
  byId("do-problem").hidden = !text;
}

/**
 * Ask for what `demands` name and hand it to `given.send`; what that returns, or null when it was given up. A conflict
 * of interest is shown, and who may decide about it is asked for a reason.
 */
export function ask(title, demands, matter, given) {
  const wanted = demands.includes("receiver") ? ["referral", ...demands] : demands;
  // Who takes a matter or takes it up again is its owner without being asked.
  const takes = title === "受理" || title === "重新办理";
  const fields = wanted.filter((one) => one in FIELDS && !(takes && one === "owner"));
  byId("do-title").textContent = title;
  byId("do-hint").hidden = !wanted.includes("receiver");
  byId("do-hint").replaceChildren(...(wanted.includes("receiver") ? [el("ul", {}, options("receivers"))] : []));
  byId("do-fields").replaceChildren(...fields.map((one) => {
    const [label, control] = FIELDS[one](matter, given);
    return el("label", {}, label, control);
  }));
  tell("");
  send = given;
  byId("do").showModal();
  byId("do-fields").querySelector("input, select, textarea")?.focus();
  return new Promise((resolve) => { settle = resolve; });
}

function offerOverride(error, body) {
  const staff = body.owner ?? body.lawyer;
  if (error.code !== "conflict" || !send.override || !staff) return;
  const button = el("button", { type: "button", class: "button button-danger", onclick: async () => {
    const reason = byId("do-fields").querySelector('[name="override"]').value;
    try {
      await send.override(Number(staff), reason);
      button.closest("div").remove();
      tell("已核准，请再按一次“确定”。");
    } catch (refused) {
      tell(refused.message);
    }
  } }, "核实无碍，准许办理");
  byId("do-fields").querySelector(".override")?.remove();
  byId("do-fields").append(el("div", { class: "override dialog-form" },
    el("label", {}, "主管核实的理由", el("textarea", { name: "override", rows: 2, maxlength: 2000 })), button));
}

/** Called once. */
export function setUpDialog() {
  const dialog = byId("do");
  byId("do-no").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => settle(null));
  byId("do-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = Object.fromEntries(new FormData(byId("do-form")));
    byId("do-yes").disabled = true;
    try {
      const result = await send.send(body);
      settle(result);
      dialog.close();
    } catch (error) {
      tell(error.message);
      offerOverride(error, body);
    } finally {
      byId("do-yes").disabled = false;
    }
  });
}
