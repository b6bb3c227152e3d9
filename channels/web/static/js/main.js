/** Wires the chat page together. */

import { setUpAttaching } from "./attach.js";
import { setUpCalls } from "./call.js";
import { Composer } from "./composer.js";
import { announce, byId } from "./dom.js";
import { Framed } from "./framed.js";
import { setUpLeaving } from "./leave.js";
import { setUpLargeType } from "./preferences.js";
import { Scrolling } from "./scrolling.js";
import { Session } from "./session.js";
import { Transcript } from "./transcript.js";
import { setUpVoice } from "./voice.js";

const TYPING_FOR = 8000;
const REPLAY_QUIET = 400;
const SERVING = { bot: "智能助手", waiting: "正在排队等人工", human: "工作人员", closed: "咨询已结束" };
const PERSON = { bot: "转人工", waiting: "排队中", human: "人工中", closed: "转人工" };
const CONNECTION = { online: "在线", connecting: "正在连接…", offline: "正在重连…" };

const session = new Session(new URL("/channels/web/socket", window.location.href.replace(/^http/u, "ws")));
const composer = new Composer((text) => say(text), () => { if (session.state === "human") session.typing(); });
const scrolling = new Scrolling(byId("scroller"), byId("to-latest"));
const log = byId("log");
const transcript = new Transcript(log, {
  token: () => session.token,
  choose: (label) => { say(label); if (byKeyboard) composer.focus(); else byId("scroller").focus({ preventScroll: true }); },
});

let byKeyboard = false;
document.addEventListener("keydown", () => { byKeyboard = true; }, true);
document.addEventListener("pointerdown", () => { byKeyboard = false; }, true);

setUpAttaching(() => session.token, showNotice);
setUpVoice(() => session.token, showNotice);
const endCall = setUpCalls(
  () => session.token,
  () => byId("connection").dataset.status === "online",
  () => { scrolling.toEnd(); composer.focus(); },
  (on) => frame.call(on),
);

function showNotice(text) {
  byId("notice").textContent = text;
  byId("notice").hidden = !text;
}

function say(text) {
  if (document.body.dataset.state === "closed") composer.setClosed(true);
  hideTyping();
  showNotice("");
  session.send(text);
  scrolling.toEnd();
}

// What is read again after a reload is not news: screen readers get it once the replay is over.
let quiet = 0;
function replaying() {
  window.clearTimeout(quiet);
  quiet = window.setTimeout(() => log.removeAttribute("aria-busy"), REPLAY_QUIET);
}
log.setAttribute("aria-busy", "true");

let typingTimer = 0;
function hideTyping() {
  window.clearTimeout(typingTimer);
  byId("typing").hidden = true;
}
function showTyping(who) {
  byId("typing-text").textContent = who === "staff" ? "工作人员正在输入…" : "正在查法条、写回复…";
  scrolling.follow(() => { byId("typing").hidden = false; });
  window.clearTimeout(typingTimer);
  typingTimer = window.setTimeout(hideTyping, TYPING_FOR);
}

function showConnection(on, status) {
  // The first attempt says 正在连接; once we have been connected, every further one is a 重连.
  if (on) connected = true;
  byId("connection").dataset.status = status;
  byId("connection-text").textContent = connected && status === "connecting" ? CONNECTION.offline : CONNECTION[status];
  transcript.markWaiting(!on);
}
let connected = false;

function showState(state) {
  byId("service-state").textContent = SERVING[state] ?? SERVING.bot;
  const person = byId("person");
  person.lastChild.textContent = ` ${PERSON[state] ?? PERSON.bot}`;
  person.disabled = state !== "bot";
  document.body.dataset.state = state;
  composer.setClosed(state === "closed");
  tellRead();
}

// What came while nobody looked is not read.
let newest = 0;
let unseen = 0;
function looking() {
  return !document.hidden && frame.shown;
}
function tellRead() {
  if (!looking()) return;
  unseen = 0;
  if (newest > 0) session.read(newest);
}
document.addEventListener("visibilitychange", tellRead);

function showMatter(number) {
  byId("matter-number").textContent = number;
  byId("matter").hidden = !number;
}

async function copyMatter() {
  const number = byId("matter-number").textContent;
  try {
    await navigator.clipboard.writeText(number);
    byId("matter-copy").firstChild.textContent = "已复制";
    announce(`已复制事项编号 ${number}`);
  } catch {
    // No clipboard on plain http: select the number so that one long press copies it.
    window.getSelection().selectAllChildren(byId("matter-number"));
    announce("请按复制键复制已选中的事项编号");
  }
  window.setTimeout(() => { byId("matter-copy").firstChild.textContent = "复制"; }, 2500);
}

session.addEventListener("online", (event) => { showConnection(event.detail.on, event.detail.status); replaying(); });
session.addEventListener("state", (event) => showState(event.detail));
session.addEventListener("matter", (event) => showMatter(event.detail));
session.addEventListener("typing", (event) => showTyping(event.detail));
session.addEventListener("read", (event) => transcript.markRead(event.detail));
session.addEventListener("queued", (event) => scrolling.follow(() => transcript.addPending(event.detail), true));
session.addEventListener("sent", (event) => transcript.markSent(event.detail));
session.addEventListener("refused", (event) => transcript.markFailed(event.detail.message_id, event.detail.text, (text) => composer.restore(text)));
session.addEventListener("notice", (event) => showNotice(event.detail));
session.addEventListener("fresh", () => { newest = 0; transcript.clear(); hideTyping(); log.setAttribute("aria-busy", "true"); });
session.addEventListener("message", (event) => {
  if (event.detail.from !== "citizen") hideTyping();
  if (log.hasAttribute("aria-busy")) replaying();
  scrolling.follow(() => transcript.add(event.detail));
  // Who is not satisfied may say why, although the consultation is over.
  if (event.detail.from !== "citizen" && document.body.dataset.state === "closed") {
    composer.setClosed(!event.detail.parts.some((part) => part.data?.survey === "comment"));
  }
  newest = Math.max(newest, event.detail.seq);
  if (!looking() && event.detail.from !== "citizen") frame.unread(unseen += 1);
  tellRead();
});

byId("person").addEventListener("click", () => say("转人工"));
byId("again").addEventListener("click", () => { session.startOver(); composer.focus(); });
byId("matter-copy").addEventListener("click", copyMatter);
setUpLargeType();
const leave = setUpLeaving(() => { session.stop(); endCall(); }, (to) => frame.leave(to));
const frame = new Framed(tellRead, leave);
session.start();
