/** The box to write in: grows, counts, sends on Enter but never in the middle of an input method's word. */

import { byId } from "./dom.js";
import { count } from "./text.js";

const LIMIT = 4000;
const COUNT_FROM = 3000;

export class Composer {
  #text = byId("composer-text");
  #send = byId("send");
  #count = byId("composer-count");

  /** `onSend(text)` gets what was written, trimmed and never empty; `onTyping()` is called while writing. */
  constructor(onSend, onTyping) {
    const form = byId("composer");
    form.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(onSend); });
    this.#text.addEventListener("input", () => { this.#update(); if (this.#text.value) onTyping(); });
    this.#text.addEventListener("keydown", (event) => {
      // keyCode 229: Safari ends the composition before the Enter that confirmed it.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.#submit(onSend);
    });
    new ResizeObserver(() => document.body.style.setProperty("--composer-height", `${form.offsetHeight}px`)).observe(form);
    this.#update();
  }

  focus() {
    this.#text.focus();
  }

  /** Put words back that the server did not take; what is being written stays, after them. */
  restore(text) {
    this.#text.value = this.#text.value ? `${text}\n${this.#text.value}` : text;
    this.#update();
    this.focus();
  }

  /** A closed conversation takes no more messages. */
  setClosed(closed) {
    byId("composer-row").hidden = closed;
    byId("actions").hidden = closed;
    byId("closed").hidden = !closed;
    this.#text.disabled = closed;
    this.#update();
  }

  #submit(onSend) {
    const text = this.#text.value.trim();
    if (!text || count(text) > LIMIT || this.#text.disabled) return;
    this.#text.value = "";
    this.#update();
    onSend(text);
  }

  #update() {
    const length = count(this.#text.value.trim());
    const over = length > LIMIT;
    this.#send.disabled = length === 0 || over || this.#text.disabled;
    this.#count.hidden = length < COUNT_FROM || this.#text.disabled;
    this.#count.classList.toggle("is-over", over);
    this.#count.textContent = over ? `${length} 字，一次最多 ${LIMIT} 字，请分几次发送` : `${length} / ${LIMIT} 字`;
    this.#text.setAttribute("aria-invalid", String(over));
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight + 3}px`;
  }
}
