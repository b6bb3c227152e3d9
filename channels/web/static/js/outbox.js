/** Messages the server has not yet said it has: kept in storage, in the order they were written. */

import * as storage from "./storage.js";

// One key per message: two tabs then never overwrite each other's list.
const START = "outbox.";

/** A random version-4 UUID; `crypto.randomUUID` exists only on https and localhost. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export class Outbox {
  #last = 0;

  /** Put a text in and return its item {message_id, text, at}. */
  add(text) {
    const now = Math.max(Date.now(), this.#last + 1);
    this.#last = now;
    const item = { message_id: newId(), text, at: now };
    storage.write(START + item.message_id, JSON.stringify(item));
    return item;
  }

  /** True if the message was still here. */
  remove(messageId) {
    const had = storage.read(START + messageId) !== null;
    storage.remove(START + messageId);
    return had;
  }

  has(messageId) {
    return storage.read(START + messageId) !== null;
  }

  /** Every unacknowledged item, oldest first. */
  items() {
    return storage.keys(START)
      .map((key) => JSON.parse(storage.read(key) ?? "null"))
      .filter((item) => item !== null)
      .sort((one, other) => one.at - other.at);
  }

  clear() {
    for (const key of storage.keys(START)) storage.remove(key);
  }
}
