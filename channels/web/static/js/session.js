/** The citizen's side of the socket protocol: identity, what is still to be sent, what has been seen. */

import { Connection } from "./connection.js";
import { Outbox } from "./outbox.js";
import * as storage from "./storage.js";

const RESEND_AFTER = 15000;
const RETRY_AFTER = 4000;
const TYPING_EVERY = 3000;
// The server asks us to try again; every other error about a message is final.
const PASSING = new Set(["too_many_messages", "too_many_requests", "not_answered", "unavailable", "internal"]);

/**
 * Events (detail): "online" ({on, status}), "message" (the frame), "queued" (item), "sent" (message_id),
 * "refused" ({message_id, text}), "notice" (text), "state" (state), "matter" (number), "typing" (who), "read" (seq), "fresh" (null:
 * another conversation begins, forget the old one).
 */
export class Session extends EventTarget {
  outbox = new Outbox();
  token = storage.read("token");
  state = "bot";
  #connection;
  #conversation = null;
  #welcomed = false;
  #seen = new Set();
  #next = 1;
  #sentAt = new Map();
  #typedAt = 0;
  #readTo = 0;

  constructor(url) {
    super();
    this.#connection = new Connection(url);
    this.#connection.addEventListener("open", () => this.#hello());
    this.#connection.addEventListener("frame", (event) => this.#receive(event.detail));
    this.#connection.addEventListener("status", (event) => { this.#welcomed = false; this.#emit("online", { on: false, status: event.detail }); });
    storage.onOtherTab((key, value) => { if (key === "token" && value && value !== this.token) this.#adopt(value); });
  }

  start() {
    for (const item of this.outbox.items()) this.#emit("queued", item);
    this.#connection.start();
    window.setInterval(() => this.#resendLate(), RETRY_AFTER / 2);
  }

  stop() {
    this.#connection.stop();
  }

  /** Keep the text until the server has it, and send it now if we can. */
  send(text) {
    const item = this.outbox.add(text);
    this.#emit("queued", item);
    this.#post(item);
  }

  typing() {
    if (!this.#welcomed || Date.now() - this.#typedAt < TYPING_EVERY) return;
    this.#typedAt = Date.now();
    this.#connection.send({ type: "typing" });
  }

  /** Everything up to `seq` has been seen here: told while a person is there to know it. */
  read(seq) {
    if (!this.#welcomed || this.state !== "human" || seq <= this.#readTo) return;
    if (this.#connection.send({ type: "read", seq })) this.#readTo = seq;
  }

  /** Leave this conversation behind and begin another. */
  startOver() {
    storage.remove("token");
    this.outbox.clear();
    this.#adopt(null);
  }

  #adopt(token) {
    this.token = token;
    this.#forget();
    this.#connection.reconnect();
  }

  #forget() {
    this.#welcomed = false;
    this.#conversation = null;
    this.#seen.clear();
    this.#next = 1;
    this.#readTo = 0;
    this.#sentAt.clear();
    this.#emit("fresh");
    for (const item of this.outbox.items()) this.#emit("queued", item);
  }

  #hello() {
    this.token = this.token ?? storage.read("token");
    // Up to the first gap only: a message that overtook another on the way must not hide it.
    this.#connection.send({ type: "hello", token: this.token, last_seq: this.#next - 1 });
  }

  #receive(frame) {
    switch (frame.type) {
      case "welcome": this.#welcome(frame); break;
      case "message": this.#message(frame); break;
      case "ack": this.#delivered(frame.message_id); break;
      case "typing": this.#emit("typing", frame.who); break;
      case "read": this.#emit("read", frame.seq); break;
      case "state": this.#changed(frame); break;
      case "error": this.#error(frame); break;
      default: break;  // pong, and whatever a newer server may say
    }
  }

  #welcome(frame) {
    const stored = storage.read("token");
    if (!this.token && stored && stored !== frame.token) {
      this.#adopt(stored);  // Another tab got its identity first: share it, before anything is said here.
      return;
    }
    if (this.#conversation && this.#conversation !== frame.conversation) this.#forget();
    this.#conversation = frame.conversation;
    this.token = frame.token ?? this.token;
    storage.write("token", this.token);
    this.state = frame.state;
    this.#welcomed = true;
    this.#connection.settled();
    this.#emit("matter", frame.matter ?? "");
    this.#emit("state", frame.state);
    this.#emit("online", { on: true, status: "online" });
    for (const item of this.outbox.items()) this.#post(item);
  }

  #changed(frame) {
    this.state = frame.state;
    this.#emit("state", frame.state);
    // A conversation gets its number with its first message, after the welcome.
    if (frame.matter) this.#emit("matter", frame.matter);
  }

  #message(frame) {
    if (frame.message_id) this.#delivered(frame.message_id);
    if (this.#seen.has(frame.seq)) return;
    this.#seen.add(frame.seq);
    while (this.#seen.has(this.#next)) this.#next += 1;
    this.#emit("message", frame);
  }

  #delivered(messageId) {
    this.#sentAt.delete(messageId);
    if (this.outbox.remove(messageId)) this.#emit("sent", messageId);
  }

  #error(frame) {
    const id = frame.message_id;
    if (frame.code === "bad_token") this.#lostIdentity();
    else if (frame.code === "unknown_conversation") this.#connection.reconnect();
    else if (id && PASSING.has(frame.code)) this.#sentAt.set(id, Date.now() - RESEND_AFTER + RETRY_AFTER);
    else if (id) this.#refuse(id, frame.text);
    if (!id || frame.code === "bad_token") this.#emit("notice", frame.text);
  }

  #refuse(messageId, text) {
    this.#sentAt.delete(messageId);
    this.outbox.remove(messageId);
    this.#emit("refused", { message_id: messageId, text });
  }

  /** The server does not know our token; on the same connection it now opens a new conversation for us. */
  #lostIdentity() {
    if (storage.read("token") === this.token) storage.remove("token");
    this.token = null;
    this.#forget();
  }

  #post(item) {
    if (!this.#welcomed) return;
    if (this.#connection.send({ type: "message", message_id: item.message_id, text: item.text })) this.#sentAt.set(item.message_id, Date.now());
  }

  #resendLate() {
    if (!this.#welcomed) return;
    const late = this.outbox.items().filter((item) => Date.now() - (this.#sentAt.get(item.message_id) ?? 0) > RESEND_AFTER);
    if (late.length > 0) this.#connection.check();
    for (const item of late) this.#post(item);
  }

  #emit(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
