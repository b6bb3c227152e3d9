/** One call: microphone and loudspeaker on one side, a web socket on the other. It ends once and never comes back. */

const PATH = "/channels/voice/browser";
const WORKLET = new URL("call-worklet.js", import.meta.url);
const ANSWERED_WITHIN = 15000;
const LAST_WORDS = 4000;
const ON_THE_WAY = 300;  // between us and the ear: loudspeakers without a wire are slow
// Bytes that did not get out, five seconds of sound: there is no network any more.
const STUCK = 160000;

/** What stands in the way of any call in this browser, or "": "insecure" | "old". */
export function obstacle() {
  if (!window.isSecureContext) return "insecure";
  return navigator.mediaDevices?.getUserMedia && "AudioWorkletNode" in window ? "" : "old";
}

/**
 * Events: "answered"; "transfer" (its `accept(taken)` must be called with whether the chat can go on); "over" (detail: why: "mine",
 * "theirs", "busy", "crowded", "refused", "lost", "unplugged", "unanswered", "transferred", or the name of what the browser threw).
 */
export class CallLine extends EventTarget {
  #context = null;
  #stream = null;
  #node = null;
  #socket = null;
  #answered = false;
  #over = false;
  #end = "";
  #timer = 0;
  #leaving = () => this.#finish("mine");
  #offline = () => this.#finish("lost");

  /** Call with a ticket, which `ticket()` brings: the microphone is asked for first, and that may take long. */
  async start(ticket) {
    window.addEventListener("pagehide", this.#leaving);
    window.addEventListener("offline", this.#offline);
    try {
      this.#context = new AudioContext({ latencyHint: "interactive" });  // now, while the tap counts as a wish to hear
      this.#stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      });
      if (this.#over) return this.#release();
      for (const track of this.#stream.getAudioTracks()) track.addEventListener("ended", () => this.#finish("unplugged"));
      await this.#context.audioWorklet.addModule(WORKLET);
      await this.#context.resume();
      if (this.#over) return undefined;
      this.#node = new AudioWorkletNode(this.#context, "faxian-call", { channelCount: 1, channelCountMode: "explicit", outputChannelCount: [1] });
      this.#node.port.onmessage = ({ data }) => this.#fromWorklet(data);
      this.#context.createMediaStreamSource(this.#stream).connect(this.#node).connect(this.#context.destination);
      this.#connect(await ticket());
    } catch (error) {
      this.#finish(error.name);
    }
    return undefined;
  }

  press(key) {
    this.#tell({ type: "key", key });
  }

  mute(muted) {
    for (const track of this.#stream?.getAudioTracks() ?? []) track.enabled = !muted;
  }

  hangUp() {
    this.#tell({ type: "end" });
    this.#finish("mine");
  }

  #connect(ticket) {
    if (this.#over) return;
    const socket = new WebSocket(new URL(PATH, window.location.href.replace(/^http/u, "ws")));
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    this.#timer = window.setTimeout(() => this.#finish("unanswered"), ANSWERED_WITHIN);
    socket.addEventListener("open", () => this.#tell({ type: "call", ticket }));
    socket.addEventListener("message", ({ data }) => this.#fromServer(data));
    socket.addEventListener("close", () => { if (socket === this.#socket) this.#finish(this.#answered ? "lost" : "unanswered"); });
  }

  #fromWorklet({ pcm, empty }) {
    if (this.#over) return;
    if (empty) this.#timer = window.setTimeout(() => this.#finish(this.#end), ON_THE_WAY);
    if (!pcm || !this.#answered || this.#socket?.readyState !== WebSocket.OPEN) return;
    if (this.#socket.bufferedAmount > STUCK) this.#finish("lost");
    else this.#socket.send(pcm);
  }

  #fromServer(data) {
    if (this.#over) return;
    if (typeof data !== "string") {
      this.#node.port.postMessage({ pcm: data }, [data]);
      return;
    }
    const told = JSON.parse(data);
    switch (told.type) {
      case "answered":
        window.clearTimeout(this.#timer);
        this.#answered = true;
        this.dispatchEvent(new Event("answered"));
        break;
      case "flush":
        this.#node.port.postMessage({ flush: true });
        break;
      case "transfer":
        this.dispatchEvent(Object.assign(new Event("transfer"), { accept: (taken) => this.#accept(taken) }));
        break;
      case "busy":
        this.#finish(told.why === "address" ? "crowded" : "busy");
        break;
      case "refused":
        this.#finish("refused");
        break;
      case "end":
        this.#lastWords("theirs");
        break;
      default:  // A newer service may say more.
    }
  }

  /** The last words are still on their way to the ear when the line is closed. */
  #lastWords(why) {
    this.#socket = null;
    this.#end = why;
    this.#node.port.postMessage({ tellEmpty: true });
    this.#timer = window.setTimeout(() => this.#finish(why), LAST_WORDS);
  }

  #accept(taken) {
    this.#tell({ type: "transferred", taken });
    if (taken) this.#lastWords("transferred");
  }

  #tell(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #finish(why) {
    if (this.#over) return;
    this.#over = true;
    window.clearTimeout(this.#timer);
    window.removeEventListener("pagehide", this.#leaving);
    window.removeEventListener("offline", this.#offline);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#release();
    this.dispatchEvent(new CustomEvent("over", { detail: why }));
  }

  #release() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    if (this.#context && this.#context.state !== "closed") this.#context.close();
  }
}
