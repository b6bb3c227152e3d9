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

  /**
   * `context` goes to the renderers of the parts: {token(), choose(label)}. `names` overrides who is called what;
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
    const later = [...this.#log.children].find((other) => !other.dataset.seq || Number(other.dataset.seq) > frame.seq);
    this.#log.insertBefore(node, later ?? null);
    this.#keepLastChoices();
    return node;
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

  clear() {
    this.#pending.clear();
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

  #take(messageId) {
    this.#pending.get(messageId)?.node.remove();
    this.#pending.delete(messageId);
  }

  /** Quick replies answer the last question only; once the citizen has spoken, or been asked another, they are gone. */
  #keepLastChoices() {
    let open = true;
    for (const node of [...this.#log.children].reverse()) {
      if (node.classList.contains("from-citizen")) open = false;
      for (const group of node.querySelectorAll(".choices")) {
        group.hidden = !open;
        open = false;
      }
    }
  }
}
