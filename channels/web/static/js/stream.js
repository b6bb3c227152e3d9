/** Stands in for a WebSocket where a proxy cuts those: reads server-sent events, sends by POST, one frame at a time. */

const EVENTS = "/channels/web/events";
const FRAMES = "/channels/web/frames";

/** Takes whole lines out of a stream of events: `read(text)` gives the data of every event that is complete by now. */
export class Events {
  #rest = "";
  #data = [];

  read(text) {
    const found = [];
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith("data: ")) {
        this.#data.push(line.slice(6));
      } else if (line === "" && this.#data.length > 0) {
        found.push(this.#data.join("\n"));
        this.#data = [];
      }
    }
    return found;
  }
}

/** Events as those of a WebSocket: "open", "message", "close"; and "beat" when anything at all has come. */
export class Stream extends EventTarget {
  readyState = WebSocket.CONNECTING;
  #token = null;
  #ending = new AbortController();
  #posting = Promise.resolve();

  constructor() {
    super();
    // As a socket does, it opens after whoever made it has had time to listen.
    queueMicrotask(() => {
      if (this.readyState !== WebSocket.CONNECTING) return;
      this.readyState = WebSocket.OPEN;
      this.dispatchEvent(new Event("open"));
    });
  }

  /** `text` is one frame; the first is the hello. */
  send(text) {
    const frame = JSON.parse(text);
    if (frame.type === "hello") this.#listen(text);
    else if (frame.type !== "ping") this.#posting = this.#posting.then(() => this.#post(text));
  }

  close() {
    if (this.readyState === WebSocket.CLOSED) return;
    this.readyState = WebSocket.CLOSED;
    this.#ending.abort();
    this.dispatchEvent(new Event("close"));
  }

  async #listen(hello) {
    try {
      const answer = await this.#fetch(EVENTS, hello, { Accept: "text/event-stream" });
      const reader = answer.body.getReader();
      const decoder = new TextDecoder();
      const events = new Events();
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        this.dispatchEvent(new Event("beat"));
        for (const data of events.read(decoder.decode(chunk.value, { stream: true }))) this.#receive(data);
      }
    } catch {
      /* The line was cut, or we cut it ourselves: both end here. */
    }
    this.close();
  }

  async #post(text) {
    if (this.readyState !== WebSocket.OPEN) return;
    try {
      const answer = await this.#fetch(FRAMES, text, { Authorization: `Bearer ${this.#token}` });
      for (const frame of (await answer.json()).frames) this.#receive(JSON.stringify(frame));
    } catch {
      this.close();  // What was not acknowledged is sent again after the next hello.
    }
  }

  async #fetch(address, body, headers) {
    const answer = await fetch(address, {
      method: "POST", body, headers: { "Content-Type": "application/json", ...headers },
      cache: "no-store", signal: this.#ending.signal,
    });
    if (!answer.ok) throw new Error(`${address}: HTTP ${answer.status}`);
    return answer;
  }

  #receive(data) {
    if (this.readyState !== WebSocket.OPEN) return;
    const frame = JSON.parse(data);
    if (frame.type === "welcome") this.#token = frame.token;
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}
