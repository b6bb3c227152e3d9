/** Days off: added, pasted from a table, taken out. */

import { byId, el } from "/channels/web/static/js/dom.js";
import { enterDaysOff, pasteDaysOff } from "./api.js";

async function act(doing) {
  try {
    const done = await doing;
    byId("problem").hidden = true;
    return done;
  } catch (error) {
    byId("problem").textContent = error.message;
    byId("problem").hidden = false;
    byId("problem").scrollIntoView({ block: "center" });
    return null;
  }
}

const bad = (refused) => el("ul", {}, refused.slice(0, 50).map((one) => el("li", {}, `第 ${one.line} 行：${one.why}`)));

byId("main").addEventListener("click", async (event) => {
  const { day, source } = event.target.dataset;
  if (day && await act(enterDaysOff(source, { [day]: null }))) window.location.reload();
});

byId("add").addEventListener("submit", async (event) => {
  event.preventDefault();
  const said = Object.fromEntries(new FormData(event.target));
  const line = [said.first, said.last, said.works].filter(Boolean).join(",");
  const done = await act(pasteDaysOff(said.source, line, true));
  if (done?.applied) window.location.reload();
  else if (done) await act(Promise.reject(new Error(done.refused[0].why)));
});

byId("paste").addEventListener("submit", async (event) => {
  event.preventDefault();
  const said = new FormData(event.target);
  const apply = event.submitter?.value === "apply";
  const done = await act(pasteDaysOff(said.get("source"), said.get("text"), apply));
  if (!done) return;
  if (done.applied) {
    window.location.reload();
    return;
  }
  const off = done.days.filter((one) => !one.works).length;
  const opening = done.refused.length > 0 ? "还不能录入" : done.days.length > 0 ? "看懂了，可以录入" : "没有看到日期";
  byId("pasted").replaceChildren(
    el("p", {}, `${opening}：放假 ${off} 天，上班 ${done.days.length - off} 天；${done.refused.length} 行有问题。`),
    bad(done.refused),
    el("ul", { class: "days-read" }, done.days.map((one) => el("li", {}, `${one.day} ${one.works ? "上班" : "放假"}`))));
});
