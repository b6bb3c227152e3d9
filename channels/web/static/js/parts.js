/** One renderer per kind of part; a kind that is not known shows its text, which is always enough. */

import { articleList } from "./articles.js";
import { el } from "./dom.js";
import { fileCard } from "./files.js";
import { opinionCard } from "./opinion.js";
import { paragraphs } from "./text.js";

/** That it was spoken, and by how far to trust what was heard. */
function spoken(data) {
  if (!data.spoken) return "";
  if (data.message) return "电话留言";
  return data.confirmed === false ? "电话里说的，金额、日期、名称没有核对" : "电话里说的";
}

function bubble(part, frame) {
  if (!String(part.text ?? "").trim()) return null;
  const how = frame.from === "citizen" ? spoken(part.data ?? {}) : "";
  return el("div", { class: "bubble" }, paragraphs(part.text, frame.from !== "citizen"), how ? el("p", { class: "spoken" }, how) : null);
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
