/** Sound of one rate at another, block by block: a windowed sinc, tabulated for every position between two samples. */

const CROSSINGS = 16;  // of the sinc on each side: a millisecond of delay at 16 kHz
const ROLLOFF = 0.94;

function divisor(a, b) {
  return b ? divisor(b, a % b) : a;
}

export class Resampler {
  #up;
  #down;
  #half;
  #table;
  #waiting;
  #at;
  #phase = 0;

  constructor(from, to) {
    const shared = divisor(from, to);
    this.#up = to / shared;
    this.#down = from / shared;
    const cutoff = ROLLOFF * Math.min(1, to / from);  // nothing above what the slower rate can carry
    this.#half = Math.ceil(CROSSINGS / Math.min(1, to / from));
    this.#table = new Float32Array(this.#up * this.#half * 2);
    for (let index = 0; index < this.#table.length; index += 1) {
      const phase = Math.floor(index / (this.#half * 2));
      const x = (index % (this.#half * 2)) - this.#half + 1 - phase / this.#up;
      const window = Math.abs(x) < this.#half ? Math.cos((Math.PI * x) / (2 * this.#half)) ** 2 : 0;
      this.#table[index] = x === 0 ? cutoff : (Math.sin(Math.PI * cutoff * x) / (Math.PI * x)) * window;
    }
    this.#waiting = new Float32Array(this.#half - 1);
    this.#at = this.#half - 1;
  }

  /** What can be told after `block`; a few samples stay until the next one. */
  push(block) {
    const sound = new Float32Array(this.#waiting.length + block.length);
    sound.set(this.#waiting);
    sound.set(block, this.#waiting.length);
    const taps = this.#half * 2;
    const out = new Float32Array(Math.max(0, Math.ceil(((sound.length - this.#half - this.#at) * this.#up - this.#phase) / this.#down)));
    for (let index = 0; index < out.length; index += 1) {
      const row = this.#phase * taps;
      const first = this.#at - this.#half + 1;
      let sum = 0;
      for (let tap = 0; tap < taps; tap += 1) sum += sound[first + tap] * this.#table[row + tap];
      out[index] = sum;
      this.#phase += this.#down;
      this.#at += Math.floor(this.#phase / this.#up);
      this.#phase %= this.#up;
    }
    const done = Math.min(this.#at - this.#half + 1, sound.length);
    this.#waiting = sound.slice(done);
    this.#at -= done;
    return out;
  }
}
