/** The call on the page: a button, then a panel with how it stands, hang up, mute and keys. */

import { CallLine, obstacle } from "./call-line.js";
import { announce, byId, el } from "./dom.js";

const KEYS = [
  ["1"], ["2"], ["3"],
  ["4"], ["5"], ["6"],
  ["7"], ["8"], ["9"],
  ["*", "重按", "星号"], ["0", "找人工"], ["#", "按完了", "井号"],
];
const CAN_WRITE = "您也可以直接打字。";
const OVER = {
  theirs: "通话结束了",
  busy: "对方忙，线路都占着",
  crowded: "对方忙，您这个网络上正在通话的人太多",
  refused: "没有接通，请刷新网页再打",
  unanswered: "没有接通，请过一会儿再打",
  lost: "网络断了，通话已经结束",
  unplugged: "话筒断开了，通话已经结束",
  insecure: "这个网址不是 https 开头的，浏览器不让用话筒。请打字，或者打电话 12348",
  old: "这个浏览器打不了语音电话。请换一个新的浏览器，或者打字",
  NotAllowedError: "没有得到话筒的许可。请在浏览器设置里允许本页用话筒，再打一次",
  NotFoundError: "没有找到话筒。请插上话筒或耳机，再打一次",
  NotReadableError: "话筒正被别的程序占用。请关掉那个程序，再打一次",
  TooFast: "打得太频繁了，请过一会儿再打",
};

function clock(seconds) {
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}

async function ticketFor(token) {
  const answer = token
    ? await fetch("/channels/voice/browser/ticket", { method: "POST", headers: { Authorization: `Bearer ${token}` } })
    : { ok: false };
  if (answer.ok) return (await answer.json()).ticket;
  throw Object.assign(new Error("no ticket"), { name: answer.status === 429 ? "TooFast" : "refused" });
}

/**
 * `token()` is the conversation's, `online()` whether the chat can go on, `goOn()` shows it when a call was transferred to it;
 * `onCall(on)` hears whether the microphone is in use.
 * Returns what ends a call that there may be.
 */
export function setUpCalls(token, online, goOn, onCall) {
  const button = byId("call");
  if (document.querySelector('meta[name="faxian-calls"]')?.content !== "on") return () => {};
  button.hidden = false;
  const panel = byId("call-panel");
  let line = null;
  let began = 0;
  let ticking = 0;

  const show = (state, words) => {
    panel.hidden = state === "off";
    panel.dataset.state = state;
    // By a mark, not by what hides them else: how the conversation stands may change in mid-call.
    byId("composer").toggleAttribute("data-calling", state !== "off");
    byId("call-state").textContent = words;
    byId("call-time").hidden = state !== "talking";
    byId("call-note").hidden = state === "over";
    byId("call-talking").hidden = state === "over";
    byId("call-over").hidden = state !== "over";
    if (state !== "talking") window.clearInterval(ticking);
    for (const id of ["call-mute", "call-keys"]) byId(id).disabled = state !== "talking";
    if (state !== "talking") showKeys(false);
  };
  const showKeys = (shown) => {
    byId("call-pad").hidden = !shown;
    byId("call-keys").setAttribute("aria-expanded", String(shown));
  };
  const lasted = () => clock(Math.round((Date.now() - began) / 1000));
  const showMuted = (muted) => {
    line?.mute(muted);
    byId("call-mute").setAttribute("aria-pressed", String(muted));
    byId("call-mute").lastChild.textContent = muted ? " 已静音" : " 静音";
  };
  const close = () => {
    show("off", "");
    button.focus();
  };
  const over = (why) => {
    line = null;
    onCall(false);
    if (why === "mine") {
      announce(began ? `通话结束，用了 ${lasted()}` : "没有打");
      close();
      return;
    }
    if (why === "transferred") {  // what was said and how to go on stands in the chat
      announce(`通话结束，用了 ${lasted()}，转到下面的对话了`);
      show("off", "");
      goOn();
      return;
    }
    const words = OVER[why] ?? "现在打不了语音电话，请过一会儿再打";
    const time = began ? `（${lasted()}）` : "";
    show("over", `${words}${time}。${words.includes("打字") ? "" : CAN_WRITE}`);
    byId(why === "insecure" || why === "old" ? "call-close" : "call-again").focus();
  };
  const press = (key) => {
    line?.press(key);
    byId("call-pressed").textContent = (byId("call-pressed").textContent + key).slice(-20);
    announce(KEYS.find(([one]) => one === key)[2] ?? key);
  };
  const start = () => {
    began = 0;
    byId("call-pressed").textContent = "";
    byId("call-again").hidden = Boolean(obstacle());
    if (obstacle()) {
      over(obstacle());
      return;
    }
    line = new CallLine();
    onCall(true);
    line.addEventListener("answered", () => {
      began = Date.now();
      byId("call-time").textContent = clock(0);
      show("talking", "通话中");
      ticking = window.setInterval(() => { byId("call-time").textContent = lasted(); }, 1000);
    });
    line.addEventListener("transfer", (event) => event.accept(online()));
    line.addEventListener("over", (event) => over(event.detail));
    show("calling", "请允许使用话筒");
    showMuted(false);
    byId("call-end").focus();
    line.start(() => { show("calling", "正在接通…"); return ticketFor(token()); });
  };

  byId("call-pad").append(...KEYS.map(([key, means, name]) => el("button", {
    type: "button", class: "call-key", "aria-label": means ? `${name ?? key}，${means}` : key, onclick: () => press(key),
  }, el("b", {}, key), means ? el("span", {}, means) : null)));
  panel.addEventListener("keydown", (event) => {
    if (!KEYS.some(([key]) => key === event.key) || event.ctrlKey || event.metaKey || event.altKey || panel.dataset.state !== "talking") return;
    event.preventDefault();
    press(event.key);
  });
  button.addEventListener("click", start);
  byId("call-again").addEventListener("click", start);
  byId("call-close").addEventListener("click", close);
  byId("call-end").addEventListener("click", () => line?.hangUp());
  byId("call-mute").addEventListener("click", () => showMuted(byId("call-mute").getAttribute("aria-pressed") !== "true"));
  byId("call-keys").addEventListener("click", () => showKeys(byId("call-pad").hidden));
  return () => line?.hangUp();
}
