/** The log: messages in the order of their number, those still on their way after them. */

import { el } from "./dom.js";
import { clockTime } from "./format.js";
import { renderParts } from "./parts.js";
import { paragraphs } from "./text.js";

export const NAMES = { citizen: "我", bot: "法线", staff: "工作人员", system: "系统" };

export class Transcript {
  #log;
  #names;
  #context;
  #me;
  #pending = new Map();
  #offline = false;
  #read = 0;
  #readLabel = null;

  /**
   * `context` goes to the renderers of the parts: {token(), choose(label), fileAddress(id)}. `names` overrides who is called what;
   * `me` is whose messages are written on this page.
   */
  constructor(log, context, names = {}, me = "citizen") {
    this.#me = me;
    this.#log = log;
    this.#context = context;
    this.#names = { ...NAMES, ...names };
  }

  /** Put a numbered message in its place; the pending copy of it goes. Returns its element. */
  add(frame) {
    this.#take(frame.message_id);
    const node = this.#shell(frame.from, frame.at);
    node.dataset.seq = String(frame.seq);
    node.append(...renderParts(frame, this.#context));
    this.#log.insertBefore(node, this.#after(frame.seq));
    this.#keepLastChoices();
    if (frame.from === this.#me && frame.seq <= this.#read) this.#showRead();
    return node;
  }

  /** Put an earlier page before everything that is here. */
  addEarlier(frames) {
    const page = document.createDocumentFragment();
    for (const frame of frames) {
      const node = this.#shell(frame.from, frame.at);
      node.dataset.seq = String(frame.seq);
      node.append(...renderParts(frame, this.#context));
      page.append(node);
    }
    this.#log.prepend(page);
    this.#showRead();
  }

  /** The other side has read our messages up to `seq`. */
  markRead(seq) {
    if (seq <= this.#read) return;
    this.#read = seq;
    this.#showRead();
  }

  /** Show a message that the server does not have yet. */
  addPending(item) {
    if (this.#pending.has(item.message_id)) return;
    const node = this.#shell(this.#me, new Date(item.at).toISOString());
    node.classList.add("is-pending");
    node.append(el("div", { class: "bubble" }, paragraphs(item.text, false)), el("p", { class: "delivery" }, this.#progress()));
    this.#pending.set(item.message_id, { node, text: item.text });
    this.#log.append(node);
    this.#keepLastChoices();
  }

  markSent(messageId) {
    const pending = this.#pending.get(messageId);
    if (!pending) return;
    pending.node.classList.remove("is-pending");
    pending.node.querySelector(".delivery")?.replaceChildren("已送达");
  }

  /** Whether what is on its way has to wait for the network. */
  markWaiting(offline) {
    this.#offline = offline;
    for (const { node } of this.#pending.values()) {
      if (node.classList.contains("is-pending")) node.querySelector(".delivery").replaceChildren(this.#progress());
    }
  }

  /** The server will not take this message: say why and offer to put the words back in the box. */
  markFailed(messageId, reason, takeBack) {
    const pending = this.#pending.get(messageId);
    if (!pending) return;
    pending.node.classList.replace("is-pending", "is-failed");
    const again = el("button", { type: "button", onclick: () => { this.#take(messageId); takeBack(pending.text); } }, "改一改再发");
    pending.node.querySelector(".delivery").replaceChildren(`没有发出：${reason} `, again);
  }

  /** A message that was on its way is not sent after all. */
  drop(messageId) {
    this.#take(messageId);
  }

  clear() {
    this.#pending.clear();
    this.#read = 0;
    this.#readLabel = null;
    this.#log.replaceChildren();
  }

  #progress() {
    return this.#offline ? "等网络恢复后自动发送" : "发送中…";
  }

  #shell(from, at) {
    const who = el("p", { class: "who" }, el("b", {}, this.#names[from] ?? this.#names.system));
    const time = clockTime(at);
    if (time) who.append(" ", el("time", { datetime: at }, time));
    return el("div", { class: `message from-${from}` }, who);
  }

  /** The first node that comes after this number; looked for from the end, where almost every message belongs. */
  #after(seq) {
    let later = null;
    for (let node = this.#log.lastElementChild; node; node = node.previousElementSibling) {
      if (node.dataset.seq && Number(node.dataset.seq) < seq) break;
      later = node;
    }
    return later;
  }

  /** 已读 below the last of our messages that was read, and below no other. */
  #showRead() {
    const mine = [...this.#log.querySelectorAll(`.from-${this.#me}[data-seq]`)].filter((node) => Number(node.dataset.seq) <= this.#read);
    const last = mine.at(-1);
    if (!last || last === this.#readLabel?.parentElement) return;
    this.#readLabel?.remove();
    this.#readLabel = el("p", { class: "delivery" }, "已读");
    last.append(this.#readLabel);
  }

  #take(messageId) {
    this.#pending.get(messageId)?.node.remove();
    this.#pending.delete(messageId);
  }

  /**
   * Quick replies answer the last question only; once the citizen has spoken, or been asked another, they are gone. A
   * question of the service itself (keep this photo?) comes in between: whoever answers it has not answered the other.
   */
  #keepLastChoices() {
    if (!this.#context.choose) return;
    const said = [];
    let asked = false;
    for (const node of [...this.#log.children].reverse()) {
      if (node.classList.contains("from-citizen")) said.push(node.querySelector(".bubble")?.textContent ?? "");
      const aside = node.classList.contains("from-system");
      for (const group of node.querySelectorAll(".choices")) {
        group.hidden = said.length > 0 || (asked && !aside);
        const answer = said.findIndex((text) => [...group.children].some((button) => button.textContent === text));
        if (!aside) asked = true;
        else if (answer >= 0) said.splice(answer, 1);
      }
    }
  }
}
