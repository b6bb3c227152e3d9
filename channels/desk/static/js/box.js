/** The box a seat writes in: drafts kept for this tab only, text put in where the cursor is. */

import { byId } from "/channels/web/static/js/dom.js";
import { count } from "/channels/web/static/js/text.js";

export const LIMIT = 4000;

/** This tab's storage: what is said here is personal data, and machines are shared. */
export function kept(key) {
  const name = `faxian.desk.${key}`;
  return {
    read: () => { try { return window.sessionStorage.getItem(name) ?? ""; } catch { return ""; } },
    write: (value) => {
      try {
        if (value) window.sessionStorage.setItem(name, value);
        else window.sessionStorage.removeItem(name);
      } catch { /* The quota is used up or storage refused: the page itself still has it. */ }
    },
  };
}

export class Box {
  #area = byId("answer-text");
  #draft;
  /** Gets what was written, trimmed. */
  onSend = () => {};
  /** Called at every change. */
  onChange = () => {};

  constructor(id) {
    this.#draft = kept(`draft.${id}`);
    this.#area.value = this.#draft.read();
    this.#area.addEventListener("input", () => this.changed());
    this.#area.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.submit();
    });
    byId("answer").addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.changed();
  }

  get area() { return this.#area; }
  get text() { return this.#area.value.trim(); }
  get open() { return !this.#area.disabled; }

  set text(value) {
    this.#area.value = value;
    this.changed();
  }

  enable(on, hint) {
    this.#area.disabled = !on;
    this.#area.placeholder = hint;
    this.changed();
  }

  focus() { this.#area.focus(); }

  /** Put `text` where the cursor is, in place of what is selected. */
  insert(text) {
    if (!this.open) return;
    const area = this.#area;
    const before = area.value.slice(0, area.selectionStart);
    const lead = before && !before.endsWith("\n") ? "\n" : "";
    area.setRangeText(lead + text, area.selectionStart, area.selectionEnd, "end");
    this.changed();
    area.focus();
  }

  /** Give words back that were not sent; what is being written stays, after them. */
  restore(text) {
    this.text = this.#area.value ? `${text}\n${this.#area.value}` : text;
    this.focus();
  }

  submit() {
    const text = this.text;
    if (!text || !this.open || count(text) > LIMIT) return;
    this.text = "";
    this.onSend(text);
  }

  changed() {
    const length = count(this.text);
    this.#draft.write(this.#area.value);
    byId("send").disabled = !this.open || length === 0 || length > LIMIT;
    byId("answer-count").textContent = length > LIMIT ? `${length} 字，一次最多 ${LIMIT} 字` : length > 500 ? `${length} 字` : "";
    this.onChange();
  }
}
