/** The microphone as one recording; nothing is kept that was not finished. */

const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

/** Whether this browser can record at all; without https it cannot. */
export function canRecord() {
  return Boolean(navigator.mediaDevices?.getUserMedia) && "MediaRecorder" in window;
}

export class Recorder {
  #stream = null;
  #recorder = null;
  #chunks = [];

  /** Asks for the microphone. Throws what the browser throws: "NotAllowedError", "NotFoundError" … */
  async start() {
    this.#stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
    const kind = KINDS.find((one) => MediaRecorder.isTypeSupported(one));
    this.#chunks = [];
    this.#recorder = new MediaRecorder(this.#stream, { ...(kind ? { mimeType: kind } : {}), audioBitsPerSecond: 32000 });
    this.#recorder.addEventListener("dataavailable", (event) => { if (event.data.size > 0) this.#chunks.push(event.data); });
    this.#recorder.start();
  }

  /** What was recorded. */
  async stop() {
    const recorder = this.#recorder;
    const stopped = new Promise((resolve) => { recorder.addEventListener("stop", resolve, { once: true }); });
    recorder.stop();
    await stopped;
    this.#release();
    return new Blob(this.#chunks, { type: recorder.mimeType });
  }

  /** Throw it away. */
  drop() {
    if (this.#recorder?.state === "recording") this.#recorder.stop();
    this.#chunks = [];
    this.#release();
  }

  #release() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.#recorder = null;
  }
}
