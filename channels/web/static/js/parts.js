/** One renderer per kind of part; a kind that is not known shows its text, which is always enough. */

import { articleList } from "./articles.js";
import { el } from "./dom.js";
import { fileCard } from "./files.js";
import { opinionCard } from "./opinion.js";
import { paragraphs } from "./text.js";

function bubble(part, frame) {
  if (!String(part.text ?? "").trim()) return null;
  return el("div", { class: "bubble" }, paragraphs(part.text, frame.from !== "citizen"));
}

function choices(part, context) {
  const labels = part.choices ?? [];
  if (labels.length === 0 || !context.choose) return null;
  return el("div", { class: "choices", role: "group", "aria-label": "快捷回答" }, labels.map((label) => (
    el("button", { type: "button", class: "choice", onclick: () => context.choose(label) }, label)
  )));
}

/** Nodes of all parts of a message, in order. */
export function renderParts(frame, context) {
  const nodes = [];
  for (const part of frame.parts ?? []) {
    const data = part.data ?? {};
    const isOpinion = part.kind === "opinion" && Array.isArray(data.findings);
    const isFile = part.kind === "file" && Boolean(data.id);
    // The text of an opinion or file says the same once more, for channels that have no card.
    nodes.push(isOpinion ? opinionCard(data, context) : isFile ? fileCard(data, context) : bubble(part, frame));
    if (!isOpinion && Array.isArray(data.articles)) nodes.push(articleList(data.articles));
    nodes.push(choices(part, context));
  }
  return nodes.filter((node) => node !== null);
}
