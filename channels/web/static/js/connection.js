/**
 * One connection that comes back by itself: backoff with jitter, a watchdog, a check after sleep. A web socket; where
 * those are cut again and again, a stream of events, until the network is another one.
 */

import { Stream } from "./stream.js";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15000;
const TICK = 2000;
const QUIET = 20000;
const PATIENCE = 8000;
// A connection that ends sooner than this was cut; so many in a row, and the other kind is tried.
const STEADY = 10000;
const CUTS = 2;
const STREAM_FOR = 600000;

/** Events: "open"; "frame" (detail: parsed JSON); "status" (detail: "connecting" | "offline"). */
export class Connection extends EventTarget {
  #url;
  #socket = null;
  #attempt = 0;
  #retry = 0;
  #heard = 0;
  #asked = 0;
  #ticked = 0;
  #stopped = true;
  #cuts = 0;
  #since = 0;
  #streaming = 0;

  constructor(url) {
    super();
    this.#url = url;
  }

  start() {
    this.#stopped = false;
    this.#ticked = Date.now();
    window.setInterval(() => this.#tick(), TICK);
    window.addEventListener("online", () => this.#moved());
    window.addEventListener("offline", () => this.#lost());
    navigator.connection?.addEventListener("change", () => { if (navigator.onLine) this.check(); });
    window.addEventListener("pageshow", () => this.check());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.check(); });
    this.#connect();
  }

  /** For good: nothing reconnects after this. */
  stop() {
    this.#stopped = true;
    this.#abandon();
  }

  /** True if the frame was handed to an open socket (which does not mean that it arrived). */
  send(frame) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** The server has welcomed us, so the next loss starts again from a short wait. */
  settled() {
    this.#attempt = Math.min(this.#attempt, 1);
    this.#since = Date.now();
  }

  /** Is the other end still there? Reconnect at once if not. */
  check() {
    if (this.#stopped) return;
    const open = this.#socket?.readyState === WebSocket.OPEN;
    if (open && !this.#streaming) this.#ask();
    else if (!open || Date.now() - this.#since > STEADY) this.reconnect();  // A stream cannot be asked; a new one costs little.
  }

  /** Drop what we have and connect now. */
  reconnect() {
    if (this.#stopped || this.#socket?.readyState === WebSocket.CONNECTING) return;
    this.#abandon();
    this.#connect();
  }

  #connect() {
    if (this.#stopped) return;
    this.#emit("status", "connecting");
    if (this.#streaming && Date.now() - this.#streaming > STREAM_FOR) this.#streaming = 0;
    const socket = this.#streaming ? new Stream() : new WebSocket(this.#url);
    this.#socket = socket;
    this.#heard = Date.now();
    this.#since = 0;
    this.#asked = 0;
    socket.addEventListener("beat", () => { if (socket === this.#socket) this.#alive(); });
    socket.addEventListener("open", () => { if (socket === this.#socket) { this.#heard = Date.now(); this.#emit("open"); } });
    socket.addEventListener("message", (event) => { if (socket === this.#socket) this.#receive(event.data); });
    socket.addEventListener("close", () => { if (socket === this.#socket) this.#lost(); });
  }

  #alive() {
    this.#heard = Date.now();
    this.#asked = 0;
  }

  #receive(data) {
    this.#alive();
    let frame;
    try {
      frame = JSON.parse(data);
    } catch {
      return;  // Not ours; a proxy's greeting, say. The watchdog deals with a socket that only speaks nonsense.
    }
    this.#emit("frame", frame);
  }

  #tick() {
    if (this.#stopped) return;
    const now = Date.now();
    const slept = now - this.#ticked > TICK * 5;
    this.#ticked = now;
    if (!this.#socket) return;
    if (this.#socket.readyState !== WebSocket.OPEN) {
      if (now - this.#heard > PATIENCE) this.#lost(CUTS);  // Swallowed without a word: it will be so again.
    } else if (!this.#since && now - this.#heard > PATIENCE) {
      this.#lost(CUTS);  // Open, but our hello gets no answer.
    } else if (this.#asked && now - this.#asked > PATIENCE) {
      this.#lost();
    } else if (slept || now - this.#heard > QUIET) {
      this.#ask();
    }
  }

  #ask() {
    if (this.#asked) return;
    this.#asked = Date.now();
    this.send({ type: "ping" });
  }

  /** Another network: what was true of the last one need not be true here. */
  #moved() {
    if (this.#stopped) return;
    this.#cuts = 0;
    this.#streaming = 0;
    this.#abandon();
    this.#connect();
  }

  #lost(cuts = 1) {
    if (this.#stopped) return;
    if (this.#socket && navigator.onLine) this.#count(cuts);
    this.#abandon();
    this.#emit("status", "offline");
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#attempt);
    this.#attempt += 1;
    // Half fixed, half random: a thousand pages that lost one server must not come back in one second.
    this.#retry = window.setTimeout(() => this.#connect(), longest / 2 + Math.random() * longest / 2);
  }

  #count(cuts) {
    const steady = this.#since > 0 && Date.now() - this.#since >= STEADY;
    if (steady) this.#attempt = 0;
    this.#cuts = steady ? 0 : this.#cuts + cuts;
    if (this.#cuts < CUTS) return;
    this.#cuts = 0;
    this.#streaming = this.#streaming ? 0 : Date.now();
  }

  #abandon() {
    window.clearTimeout(this.#retry);
    const socket = this.#socket;
    this.#socket = null;
    if (socket) socket.close();
  }

  #emit(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
