/** Law found while typing; what is put into the answer carries its citation, and is verified again when it is sent. */

import { articleDetails, articleName } from "/channels/web/static/js/articles.js";
import { byId, el } from "/channels/web/static/js/dom.js";
import * as api from "./api.js";
import { soon } from "./live.js";

function quoted(article) {
  return `${articleName(article)}规定：“${String(article.text ?? "").replace(/\s*\n\s*/gu, "")}”`;
}

/** `insert(text)` puts words into the answer. */
export function setUpLaws(insert) {
  const input = byId("law-query");
  const list = byId("law-list");
  let asked = "";
  const row = (article) => el("li", { class: "law" }, articleDetails(article),
    el("div", { class: "law-actions" },
      el("button", { type: "button", class: "button", onclick: () => insert(articleName(article)), "aria-label": `只插入条号 ${articleName(article)}` }, "只要条号"),
      el("button", { type: "button", class: "button button-primary", onclick: () => insert(quoted(article)), "aria-label": `插入 ${articleName(article)}` }, "插入原文")));
  const find = async () => {
    const query = input.value.trim();
    if (query === asked) return;
    asked = query;
    if (!query) { list.replaceChildren(); byId("law-note").textContent = ""; return; }
    byId("law-note").textContent = "正在查…";
    try {
      const found = await api.laws(query);
      if (query !== asked) return;
      list.replaceChildren(...found.articles.map(row));
      byId("law-note").textContent = found.notes.join(" ") || (found.articles.length === 0 ? "没有找到，换个说法试试，或写明法律名称和条号。" : "");
    } catch (error) {
      if (query === asked) byId("law-note").textContent = error.message;
      asked = "";
    }
  };
  input.addEventListener("input", soon(find, 250));
  input.form.addEventListener("submit", (event) => { event.preventDefault(); find(); });
}
