/** One web socket that comes back by itself: backoff with jitter, a watchdog, a check after sleep. */

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15000;
const TICK = 2000;
const QUIET = 20000;
const PATIENCE = 8000;

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

  constructor(url) {
    super();
    this.#url = url;
  }

  start() {
    this.#stopped = false;
    this.#ticked = Date.now();
    window.setInterval(() => this.#tick(), TICK);
    window.addEventListener("online", () => this.reconnect());
    window.addEventListener("offline", () => this.#lost());
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
    this.#attempt = 0;
  }

  /** Is the other end still there? Reconnect at once if not. */
  check() {
    if (this.#stopped) return;
    if (this.#socket?.readyState === WebSocket.OPEN) this.#ask();
    else this.reconnect();
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
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#heard = Date.now();
    this.#asked = 0;
    socket.addEventListener("open", () => { if (socket === this.#socket) { this.#heard = Date.now(); this.#emit("open"); } });
    socket.addEventListener("message", (event) => { if (socket === this.#socket) this.#receive(event.data); });
    socket.addEventListener("close", () => { if (socket === this.#socket) this.#lost(); });
  }

  #receive(data) {
    this.#heard = Date.now();
    this.#asked = 0;
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
      if (now - this.#heard > PATIENCE) this.#lost();
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

  #lost() {
    if (this.#stopped) return;
    this.#abandon();
    this.#emit("status", "offline");
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#attempt);
    this.#attempt += 1;
    // Half fixed, half random: a thousand pages that lost one server must not come back in one second.
    this.#retry = window.setTimeout(() => this.#connect(), longest / 2 + Math.random() * longest / 2);
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
