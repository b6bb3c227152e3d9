/** Notes among staff: written, whispered, asked and answered. No citizen sees any of it. */

import { announce, byId, el } from "/channels/web/static/js/dom.js";
import { clockTime } from "/channels/web/static/js/format.js";
import { newId } from "/channels/web/static/js/outbox.js";
import { paragraphs } from "/channels/web/static/js/text.js";
import * as api from "./api.js";

const KINDS = { note: "备注", whisper: "悄悄话", transfer: "转接", consult: "请教", answer: "答复", override: "提醒仍发" };

/** `supervises`: may whisper and answer. Returns a function that reads the notes anew. */
export function setUpNotes(id, supervises, tell) {
  const text = byId("note-text");
  let known = null;
  let question = null;
  let key = newId();

  const answering = (note) => {
    question = note;
    byId("note-about").textContent = note ? `答复 ${note.author}：${note.text.slice(0, 40)}` : "";
    byId("note-kind").value = note ? "answer" : "notes";
    if (note) text.focus();
  };

  const row = (note) => el("li", { id: `note-${note.id}`, class: "note", "data-kind": note.kind },
    el("p", { class: "note-head" }, el("b", {}, KINDS[note.kind] ?? note.kind), ` ${note.author}${note.to ? ` → ${note.to}` : ""} `, el("time", { datetime: note.at }, clockTime(note.at))),
    ...paragraphs(note.text, false),
    supervises && note.kind === "consult" && !note.mine ? el("button", { type: "button", class: "button", onclick: () => answering(note) }, "答复") : null);

  /** What a supervisor says shows at once, beside the box. */
  const strip = (notes) => {
    const fresh = notes.filter((note) => note.for_me && ["whisper", "answer"].includes(note.kind) && !known?.has(note.id));
    for (const note of known === null ? fresh.slice(-1) : fresh) {
      const item = el("li", { class: "whisper" },
        el("p", {}, el("b", {}, `${note.author}${note.kind === "whisper" ? "悄悄说" : "答复"}：`), note.text),
        el("button", { type: "button", class: "button", onclick: () => item.remove() }, "知道了"));
      byId("whispers").append(item);
      announce(`${note.author}：${note.text}`);
    }
  };

  const load = async () => {
    try {
      const notes = await api.notes(id);
      byId("note-list").replaceChildren(...notes.map(row));
      byId("note-empty").hidden = notes.length > 0;
      byId("notes-number").textContent = notes.length > 0 ? String(notes.length) : "";
      strip(notes);
      known = new Set(notes.map((note) => note.id));
    } catch (error) {
      tell(error);
    }
  };

  const form = document.getElementById("note-form");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = text.value.trim();
    if (!said) return;
    const button = byId("note-send");
    button.disabled = true;
    try {
      // The key is renewed only once the note is kept: pressed again after a lost answer, it is the same note.
      await api.addNote(id, byId("note-kind").value, { key, text: said, ...(question ? { question: question.id } : {}) });
      key = newId();
      text.value = "";
      answering(null);
      announce("已记下");
      await load();
    } catch (error) {
      tell(error);
    } finally {
      button.disabled = false;
    }
  });
  form?.addEventListener("change", () => { if (byId("note-kind").value !== "answer") { question = null; byId("note-about").textContent = ""; } });
  return load;
}
