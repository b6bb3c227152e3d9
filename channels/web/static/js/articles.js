/** Articles of law that unfold where they are cited. */

import { el } from "./dom.js";
import { chineseDate } from "./format.js";

const WARNED = "请留意";

/** 《劳动合同法》第三十条; the official prefix says nothing to a reader on a phone. */
export function articleName(article) {
  const law = String(article.law ?? "").replace(/^中华人民共和国(?=.)/u, "");
  return `${law.startsWith("《") ? law : `《${law}》`}${article.number ?? ""}`;
}

function body(article) {
  const lines = String(article.text ?? "").split(/\n+/u).filter((line) => line.trim() !== "");
  const version = article.version ? `，${chineseDate(article.version)}版本` : "";
  return [
    ...lines.map((line) => el("p", {}, line.trim())),
    article.warning ? el("p", { class: "article-warning" }, `${WARNED}：${article.warning}`) : null,
    el("p", { class: "article-meta" }, `${article.law ?? ""}${version}`),
  ].filter((node) => node !== null);
}

async function fetchArticle(article) {
  const query = new URLSearchParams({ law: article.law, number: article.number });
  const answer = await fetch(`/channels/web/article?${query}`, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`article: HTTP ${answer.status}`);
  return answer.json();
}

/** A <details> of one article {law, number, text, version, warning}; a text that is missing is fetched when unfolded. */
export function articleDetails(article) {
  const content = el("div", { class: "article-body" });
  const summary = el("summary", {}, el("span", {}, articleName(article)));
  if (article.warning) summary.append(el("span", { class: "article-warn" }, WARNED));
  const details = el("details", { class: "article" }, summary, content);
  if (article.text) {
    content.append(...body(article));
    return details;
  }
  details.addEventListener("toggle", async () => {
    if (!details.open || details.dataset.loaded) return;
    details.dataset.loaded = "1";
    content.replaceChildren(el("p", { class: "article-meta" }, "正在取法条原文…"));
    try {
      content.replaceChildren(...body({ ...article, ...(await fetchArticle(article)) }));
    } catch {
      delete details.dataset.loaded;
      content.replaceChildren(el("p", { class: "article-warning" }, "法条原文暂时取不到，请收起后再点开试一次。"));
    }
  });
  return details;
}

export function articleList(articles) {
  return el("div", { class: "articles" }, articles.map(articleDetails));
}
