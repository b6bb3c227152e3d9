/** Replies on their way: sent with one id however often they are tried, held back while a warning stands. */

import { byId, el } from "/channels/web/static/js/dom.js";
import { newId } from "/channels/web/static/js/outbox.js";
import * as api from "./api.js";
import { kept } from "./box.js";

const WAITS = [1000, 3000, 9000];

export class Sending {
  #id;
  #talk;
  #box;
  #store;
  #held = null;

  constructor(id, talk, box) {
    this.#id = id;
    this.#talk = talk;
    this.#box = box;
    this.#store = kept(`sending.${id}`);
    byId("cautions-send").addEventListener("click", () => this.#override());
    byId("cautions-edit").addEventListener("click", () => { this.#clear(); this.#box.focus(); });
  }

  /** What a reload interrupted is sent again; the server knows what it has. */
  resume() {
    for (const item of this.#items()) this.#post(item);
  }

  send(text) {
    const item = { message_id: this.#held?.text === text ? this.#held.message_id : newId(), text, at: Date.now() };
    this.#clear();
    this.#keep([...this.#items(), item]);
    this.#post(item);
  }

  /** The text was changed: its warnings are old. */
  edited() {
    if (this.#held && this.#box.text !== this.#held.text) this.#clear();
  }

  #items() {
    try {
      return JSON.parse(this.#store.read() || "[]");
    } catch {
      return [];
    }
  }

  #keep(items) {
    this.#store.write(items.length > 0 ? JSON.stringify(items) : "");
  }

  #forget(item) {
    this.#keep(this.#items().filter((one) => one.message_id !== item.message_id));
  }

  async #post(item) {
    this.#talk.scrolling.follow(() => this.#talk.transcript.addPending(item), true);
    for (let attempt = 0; ; attempt += 1) {
      try {
        const { message_id, text, reason, seen } = item;
        const { message } = await api.answer(this.#id, { message_id, text, ...(reason ? { reason, seen } : {}) });
        this.#forget(item);
        this.#talk.transcript.markSent(message_id);
        if (!this.#talk.misses(message)) this.#talk.add(message);
        return;
      } catch (error) {
        if (error.data?.warnings) { this.#hold(item, error.data.warnings); return; }
        if (!error.retry || attempt === WAITS.length) { this.#failed(item, error); return; }
        await new Promise((resolve) => { window.setTimeout(resolve, WAITS[attempt]); });
      }
    }
  }

  #failed(item, error) {
    this.#forget(item);
    this.#talk.transcript.markFailed(item.message_id, error.message, (text) => this.#box.restore(text));
  }

  #hold(item, warnings) {
    this.#forget(item);
    this.#talk.transcript.drop(item.message_id);
    this.#box.restore(item.text);
    this.#held = { ...item, text: this.#box.text, seen: warnings.map((one) => one.key) };
    const never = warnings.some((one) => one.level === "never");
    byId("cautions-list").replaceChildren(...warnings.map((one) => el("li", { "data-level": one.level }, one.text)));
    byId("cautions-override").hidden = never;
    byId("cautions-send").hidden = never;
    byId("cautions-reason").value = "";
    byId("cautions").hidden = false;
    (never ? byId("cautions-edit") : byId("cautions-reason")).focus();
  }

  #override() {
    const reason = byId("cautions-reason").value.trim();
    if (!this.#held || reason.length < 2) { byId("cautions-reason").focus(); return; }
    const { message_id, text, seen } = this.#held;
    const item = { message_id, text, at: Date.now(), reason, seen };
    this.#clear();
    this.#box.text = "";
    this.#keep([...this.#items(), item]);
    this.#post(item);
    this.#box.focus();
  }

  #clear() {
    this.#held = null;
    byId("cautions").hidden = true;
  }
}
