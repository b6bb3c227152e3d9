/** In the audio thread of a call: the microphone as frames of 20 ms at 16 kHz, and such frames played as they come. */

import { Resampler } from "./resampler.js";

const RATE = 16000;
const FRAME = RATE / 50;
// Seconds of sound that lie ready before it is played: more on a line that stutters, less again on one that does not.
const LEAST = 0.06;
const MOST = 0.24;
const STUTTER = 0.4;
const STEADY = 5;
// After a stall: so much may lie there before pauses are shortened, and before the oldest is left out.
const LATE = 0.3;
const FAR_LATE = 2;
const QUIET = 0.004;

class Player {
  #resampler = new Resampler(RATE, sampleRate);
  #blocks = [];
  #read = 0;
  #ready = 0;
  #playing = false;
  #wait = LEAST;
  #dryAt = -Infinity;
  #cameAt = 0;

  take(pcm) {
    const sound = Float32Array.from(new Int16Array(pcm), (sample) => sample / 32768);
    if (this.#ready > (LATE + this.#wait) * sampleRate && sound.every((one) => Math.abs(one) < QUIET)) return;
    if (!this.#playing && this.#blocks.length === 0) this.#begin();
    const block = this.#resampler.push(sound);
    this.#blocks.push(block);
    this.#ready += block.length;
    while (this.#ready > FAR_LATE * sampleRate) this.#drop();
  }

  flush() {
    this.#blocks = [];
    this.#read = 0;
    this.#ready = 0;
    this.#playing = false;
  }

  get empty() {
    return this.#ready === 0;
  }

  /** Fill `out` with what is due. */
  play(out) {
    // What is too short to fill the wait is played once nothing more came for as long.
    if (!this.#playing) this.#playing = this.#ready > 0 && (this.#ready >= this.#wait * sampleRate || currentTime - this.#cameAt > this.#wait);
    if (!this.#playing) return;
    let written = 0;
    while (written < out.length && this.#blocks.length > 0) {
      const part = this.#blocks[0].subarray(this.#read, this.#read + out.length - written);
      out.set(part, written);
      written += part.length;
      this.#read += part.length;
      this.#ready -= part.length;
      if (this.#read === this.#blocks[0].length) {
        this.#blocks.shift();
        this.#read = 0;
      }
    }
    if (this.#blocks.length > 0) return;
    this.#playing = false;
    this.#dryAt = currentTime;
  }

  /** Sound comes after none: soon after it ran out, the line stutters. */
  #begin() {
    const since = currentTime - this.#dryAt;
    if (since < STUTTER) this.#wait = Math.min(MOST, this.#wait + 0.06);
    else if (since > STEADY) this.#wait = Math.max(LEAST, this.#wait - 0.03);
    this.#cameAt = currentTime;
  }

  #drop() {
    this.#ready -= this.#blocks.shift().length - this.#read;
    this.#read = 0;
  }
}

/** Says {pcm} for each frame heard and {empty} when all was played that was asked about; takes {pcm}, {flush}, {tellEmpty}. */
class CallProcessor extends AudioWorkletProcessor {
  #resampler = new Resampler(sampleRate, RATE);
  #frame = new Int16Array(FRAME);
  #filled = 0;
  #player = new Player();
  #asked = false;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => {
      if (data.pcm) this.#player.take(data.pcm);
      if (data.flush) this.#player.flush();
      if (data.tellEmpty) this.#asked = true;
    };
  }

  process([heard], [said]) {
    // A microphone that is off is silence, and silence is sound too: whoever listens tells time by it.
    for (const sample of this.#resampler.push(heard[0] ?? new Float32Array(said[0].length))) {
      this.#frame[this.#filled] = Math.round(Math.max(-1, Math.min(1, sample)) * 32767);
      this.#filled += 1;
      if (this.#filled === FRAME) this.#hand();
    }
    this.#player.play(said[0]);
    if (this.#asked && this.#player.empty) {
      this.#asked = false;
      this.port.postMessage({ empty: true });
    }
    return true;
  }

  #hand() {
    const pcm = this.#frame.buffer;
    this.port.postMessage({ pcm }, [pcm]);
    this.#frame = new Int16Array(FRAME);
    this.#filled = 0;
  }
}

registerProcessor("faxian-call", CallProcessor);
