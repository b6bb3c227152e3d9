/** The telephone call that a conversation is: who called, how it ended, and what was recorded. */

import { announce, byId, el } from "/channels/web/static/js/dom.js";
import { clockTime } from "/channels/web/static/js/format.js";
import * as api from "./api.js";

function row(name, ...content) {
  return el("div", {}, el("dt", {}, name), el("dd", {}, ...content));
}

/** A function that shows it below the case; `supervises`: may delete recordings and keep them longer. */
export function setUpCall(id, supervises, problem) {
  const place = byId("call");

  async function decide(action, ask, done) {
    const reason = window.prompt(ask);
    if (!reason?.trim()) return;
    try {
      await api.decideRecordings(id, action, reason);
      await show();
      announce(done);
    } catch (error) {
      problem(error);
    }
  }

  function recordings(found) {
    if (found.length === 0) return el("p", { class: "panel-note" }, "没有录音。");
    return el("ul", { class: "files" }, found.map((one) => el("li", {},
      el("p", {}, one.kind),
      el("audio", { controls: "", preload: "none", src: api.recordingAddress(id, one.name), "aria-label": one.kind }))));
  }

  async function show() {
    let call;
    try {
      call = await api.call(id);
    } catch (error) {
      if (error.code === "unknown_call") return;
      throw error;
    }
    const ended = call.ended ? `，${clockTime(call.ended)} 结束` : "";
    place.replaceChildren(
      el("h3", {}, "电话"),
      el("dl", { class: "told" },
        row("来电号码", call.transport === "browser" ? "从网页打来" : call.caller ? el("a", { href: `tel:${call.caller}` }, call.caller) : "没有显示号码"),
        row("时间", `${clockTime(call.started)} 打进${ended}`),
        row("结果", call.outcome)),
      recordings(call.recordings),
      ...(call.recordings.length > 0 ? [el("p", { class: "panel-note" }, "谁听过会记入审计。")] : []),
      ...(supervises && call.recordings.length > 0 ? [el("div", { class: "law-actions" },
        el("button", { type: "button", class: "button", onclick: () => decide("keep", "因为投诉或复核要多留一段时间，请写理由：", "录音会留得更久") }, "留作争议材料"),
        el("button", { type: "button", class: "button button-danger", onclick: () => decide("delete", "来访人要求删除录音，请写理由：", "录音已删除") }, "删除录音"))] : []));
    place.hidden = false;
  }

  return () => show().catch(problem);
}
