/** Turns plain text into paragraphs in which the public hotlines can be dialled. */

import { el } from "./dom.js";

// Only numbers that are hotlines, and never part of a longer number, an amount, a share or a count.
const HOTLINE = /(?<!\d|\d[.,，]|[第-])(\+86-10-(?:12308|65612308)|110|119|120|122|12110|12122|12123|12308|12309|12315|12326|12328|12329|12333|12338|12345|12348|12350|12351|12355|12356|12366|12367|12368|12377|12378|12385|12386|12388|12389|12393|96110)(?!\d|[.,，]\d|%|\s*[元万千百亿块天日个月年条人次小岁期号])/gu;

/** Text nodes and dial links, in order. */
export function inline(text) {
  const pieces = [];
  let from = 0;
  for (const match of text.matchAll(HOTLINE)) {
    // 12110 is the police by text message, for who must not be heard.
    const way = match[0] === "12110" ? "sms" : "tel";
    pieces.push(text.slice(from, match.index), el("a", { href: `${way}:${match[0]}` }, match[0]));
    from = match.index + match[0].length;
  }
  pieces.push(text.slice(from));
  return pieces.filter((piece) => piece !== "");
}

/** One <p> per line that has text. `link` false: as it was written (the citizen's own words). */
export function paragraphs(text, link = true) {
  return String(text ?? "")
    .split(/\n+/u)
    .filter((line) => line.trim() !== "")
    .map((line) => el("p", {}, link ? inline(line) : line));
}

/** Length in characters as the service counts them: an emoji outside the basic plane is one, not two. */
export function count(text) {
  return [...text].length;
}

/** Where a fact comes from: the citizen's own words, or what was worked out from them, which says so itself. */
export function origin(said) {
  return said.startsWith("推算：") ? said : `原话：「${said}」`;
}
