/** One conversation on the desk: read, take over, answer, hand back, close. */

import { announce, byId } from "/channels/web/static/js/dom.js";
import { newId } from "/channels/web/static/js/outbox.js";
import { Scrolling } from "/channels/web/static/js/scrolling.js";
import { Transcript } from "/channels/web/static/js/transcript.js";
import { count } from "/channels/web/static/js/text.js";
import * as api from "./api.js";
import { shortcuts } from "./keys.js";
import { listen, soon } from "./live.js";
import { showSummary } from "./summary.js";

const STATES = { bot: "智能助手接待中", waiting: "等待接待", human: "人工接待中", closed: "已结束" };
const NAMES = { citizen: "来访人", bot: "法线（智能助手）", staff: "工作人员" };
const LIMIT = 4000;
const WAITS = [1000, 3000, 9000];
const TYPING_FOR = 5000;
const TYPING_EVERY = 3000;

const id = byId("main").dataset.conversation;
const transcript = new Transcript(byId("log"), { token: () => null }, NAMES, "staff");
const scrolling = new Scrolling(byId("scroller"));
const box = byId("answer-text");
const seen = new Set();
let record = null;

function problem(error) {
  byId("problem").textContent = error ? error.message : "";
  byId("problem").hidden = !error;
}

function addMessage(frame) {
  if (seen.has(frame.seq)) return;
  seen.add(frame.seq);
  if (frame.from === "citizen") byId("typing").hidden = true;
  scrolling.follow(() => transcript.add(frame));
}

function show(summary) {
  byId("work-title").textContent = record.topic || "尚未确定主题";
  byId("work-line").textContent = [`事项 ${record.matter}`, STATES[record.state], record.state === "human" && `${record.claimed_by} 接待`].filter((text) => text).join("　");
  document.title = `${record.matter} · 法线`;
  const mine = record.state === "human" && record.mine;
  byId("claim").hidden = record.state !== "waiting";
  byId("handback").hidden = !mine;
  byId("close").hidden = !mine;
  box.disabled = !mine;
  box.placeholder = mine ? "回复来访人…（Enter 发送，Shift+Enter 换行）" : record.state === "waiting" ? "接手后才能回复" : "现在不能回复";
  document.body.dataset.state = record.state;
  showSummary(byId("summary"), record, summary);
  update();
}

async function load() {
  try {
    const found = await api.conversation(id);
    const first = record === null;
    record = found.conversation;
    for (const frame of found.messages) addMessage(frame);
    show(found.summary);
    if (first) scrolling.toEnd();
    problem(null);
  } catch (error) {
    problem(error);
  }
}

async function act(action, done) {
  try {
    await action(id);
    await load();
    announce(done);
  } catch (error) {
    await load();
    problem(error);
  }
}

/** Same id at every attempt: the server knows a message that did arrive. */
async function deliver(item) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await api.answer(id, item.message_id, item.text);
      transcript.markSent(item.message_id);
      return;
    } catch (error) {
      if (!error.retry || attempt === WAITS.length) {
        transcript.markFailed(item.message_id, error.message, (text) => { box.value = text; update(); box.focus(); });
        return;
      }
      await new Promise((resolve) => { window.setTimeout(resolve, WAITS[attempt]); });
    }
  }
}

function send() {
  const text = box.value.trim();
  if (!text || box.disabled || count(text) > LIMIT) return;
  box.value = "";
  update();
  const item = { message_id: newId(), text, at: Date.now() };
  scrolling.follow(() => transcript.addPending(item), true);
  deliver(item);
}

let told = 0;
/** The citizen sees that somebody is writing; that it did not arrive is nobody's loss. */
function tellTyping() {
  if (!box.value || Date.now() - told < TYPING_EVERY) return;
  told = Date.now();
  api.typing(id).catch(() => { told = 0; });
}

function update() {
  byId("send").disabled = box.disabled || !box.value.trim() || count(box.value.trim()) > LIMIT;
}

byId("claim").addEventListener("click", () => act(api.claim, "已接手，可以回复来访人").then(() => box.focus()));
byId("handback").addEventListener("click", () => act(api.handBack, "已交还智能助手"));
byId("close").addEventListener("click", () => byId("confirm").showModal());
byId("confirm").addEventListener("close", (event) => { if (event.target.returnValue === "yes") act(api.close, "会话已结束"); });
byId("answer").addEventListener("submit", (event) => { event.preventDefault(); send(); });
box.addEventListener("input", () => { update(); tellTyping(); });
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  send();
});
const press = (name) => () => { if (!byId(name).hidden) byId(name).click(); };
shortcuts({ c: press("claim"), b: press("handback"), e: press("close"), r: () => box.focus(), Escape: () => window.location.assign("/desk") });

let typingTimer = 0;
function typing(event) {
  if (event.conversation !== id) return;
  byId("typing").hidden = false;
  window.clearTimeout(typingTimer);
  typingTimer = window.setTimeout(() => { byId("typing").hidden = true; }, TYPING_FOR);
}
const refresh = soon(load);
load();
listen({
  queue: refresh,
  typing,
  message: (event) => {
    if (event.conversation !== id) return;
    if (event.message) addMessage(event.message);
    else refresh();
  },
}, load);
