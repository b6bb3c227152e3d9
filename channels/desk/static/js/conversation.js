/** One conversation on the desk, wired together: read, take over, answer, hand on, close. */

import { announce, byId } from "/channels/web/static/js/dom.js";
import * as api from "./api.js";
import { setUpBotErrors } from "./bot-errors.js";
import { Box } from "./box.js";
import { setUpCall } from "./call.js";
import { setUpCanned } from "./canned-panel.js";
import { setUpFiles } from "./files-panel.js";
import { setUpHanding } from "./handing.js";
import { shortcuts } from "./keys.js";
import { setUpLaws } from "./law-panel.js";
import { listen, soon } from "./live.js";
import { setUpMine } from "./mine.js";
import { setUpNotes } from "./notes-panel.js";
import { Sending } from "./sending.js";
import { setUpSide } from "./side.js";
import { setUpSuggestion } from "./suggestion.js";
import { showSummary } from "./summary.js";
import { Talk } from "./talk.js";
import { showWatchers, watchAlong } from "./watching.js";

const STATES = { bot: "智能助手接待中", waiting: "等待接待", human: "人工接待中", closed: "已结束" };
const HINT = window.matchMedia("(min-width: 60em)").matches
  ? "回复来访人…（Enter 或 Ctrl+Enter 发送，Shift+Enter 换行，/ 常用语）" : "回复来访人…（/ 常用语）";
const TYPING_EVERY = 3000;

const main = byId("main");
const id = main.dataset.conversation;
const supervises = main.dataset.supervises === "true";
const converses = main.dataset.converses === "true";
let record = null;
let told = 0;

function problem(error) {
  byId("problem").textContent = error ? error.message : "";
  byId("problem").hidden = !error;
}

const holds = () => record?.state === "human" && record.mine && converses;
const talk = new Talk(id, holds);
const box = new Box(id);
const sending = new Sending(id, talk, box);
box.onSend = (text) => { putAway(); sending.send(text); };
box.onChange = () => { sending.edited(); tellTyping(); };

/** The citizen sees that somebody is writing; that it did not arrive is nobody's loss. */
function tellTyping() {
  if (!box.text || !holds() || Date.now() - told < TYPING_EVERY) return;
  told = Date.now();
  api.typing(id).catch(() => { told = 0; });
}

const side = setUpSide({ laws: () => byId("law-query").focus({ preventScroll: true }) });
const put = (text) => { side.talk(); box.insert(text); };
setUpLaws(put);
const putAway = setUpSuggestion(id, put, problem);
const loadCanned = setUpCanned(id, box, problem);
const loadNotes = setUpNotes(id, supervises, problem);
const loadFiles = setUpFiles(id, talk, Number(main.dataset.largest), problem);
const loadMine = setUpMine(id);
const along = supervises ? watchAlong(id, () => record?.state === "human" && !record.mine) : () => {};
const watchers = showWatchers();
const showCall = setUpCall(id, supervises, problem);
if (converses) setUpBotErrors(id);

function show(summary) {
  byId("work-title").textContent = record.title;
  byId("work-line").textContent = [`事项 ${record.matter}`, STATES[record.state], record.state === "human" && `${record.claimed_by} 接待`].filter((text) => text).join("　");
  document.title = `${record.matter} · 法线`;
  const mine = holds();
  byId("claim").hidden = record.state !== "waiting" || !converses;
  for (const name of ["transfer", "close"]) byId(name).hidden = !mine;
  byId("handback").hidden = !mine || record.channel === "voice";  // the caller has left the bot's line
  byId("takeover").hidden = !supervises || record.state !== "human" || record.mine;
  byId("tools").hidden = !mine;
  if (!mine) putAway();
  const spoken = record.channel === "voice";  // what is written here reaches nobody
  box.enable(mine && !spoken, spoken ? "来访人在电话里，请用电话说" : mine ? HINT : record.state === "waiting" ? "接手后才能回复" : "现在不能回复");
  document.body.dataset.state = record.state;
  showSummary(byId("summary"), record, summary);
  along();
}

async function load() {
  try {
    const found = await api.conversation(id);
    const first = record === null;
    record = found.conversation;
    show(found.summary);
    await talk.show(found);
    if (record.channel === "voice" || found.messages.some((one) => one.parts.some((part) => part.data?.call))) showCall();
    problem(null);
    if (first && holds()) sending.resume();
  } catch (error) {
    problem(error);
  }
  loadMine();
}

async function act(button, action, done) {
  button.disabled = true;
  try {
    await action(id);
    await load();
    announce(done);
  } catch (error) {
    await load();
    problem(error);
  } finally {
    button.disabled = false;
  }
}

byId("claim").addEventListener("click", (event) => act(event.currentTarget, api.claim, "已接手，可以回复来访人").then(() => box.focus()));
byId("handback").addEventListener("click", (event) => act(event.currentTarget, api.handBack, "已交还智能助手"));
setUpHanding(id, async (words) => { await load(); loadNotes(); announce(words); });

const press = (name) => () => { if (!byId(name).hidden) byId(name).click(); };
shortcuts({
  c: press("claim"), b: press("handback"), t: press("transfer"), e: press("close"), r: () => box.focus(), s: press("suggest"),
  1: () => side.tab("case"), 2: () => side.tab("laws"), 3: () => side.tab("canned"), 4: () => side.tab("notes"), 5: () => side.tab("files"),
  Escape: () => window.location.assign("/desk"),
}, {
  c: "接手", b: "交还智能助手", t: "转出", e: "结束会话", r: "写回复", s: "看建议回复", "1–5": "情况、法条、常用语、备注、文件",
  "/": "在回复里打快捷码，用常用语", "Ctrl+Enter": "发送", Esc: "回到会话列表",
});

const refresh = soon(load);
const refreshMine = soon(loadMine, 300);
load();
loadCanned();
loadNotes();
loadFiles();
listen({
  queue: refresh,
  typing: (event) => { if (event.conversation === id) talk.typing(); },
  read: (event) => { if (event.conversation === id && event.who === "citizen") talk.transcript.markRead(event.seq); },
  desk: (event) => {
    if (event.conversation !== id) return;
    if (event.what === "note") loadNotes();
    if (event.what === "file") loadFiles();
    if (event.what === "watch" && holds()) watchers(event);
  },
  message: (event) => {
    refreshMine();
    if (event.conversation !== id) return;
    if (event.message && !talk.misses(event.message)) talk.add(event.message);
    else refresh();
  },
}, () => { load(); loadNotes(); loadFiles(); });
