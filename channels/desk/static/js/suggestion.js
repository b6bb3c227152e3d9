/** What the knowledge base proposes to say. It goes into the box when somebody presses, and out only when they send. */

import { byId, el } from "/channels/web/static/js/dom.js";
import * as api from "./api.js";

const KINDS = { finding: "已有结论", deadline: "期限", article: "法条", case: "类似的案子" };

/** Returns what puts it away: once the answer is sent, or there is nobody to answer. */
export function setUpSuggestion(id, insert, tell) {
  const panel = byId("suggestion");
  const button = byId("suggest");
  let text = "";
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const found = await api.suggestion(id);
      text = found.text;
      byId("suggestion-text").textContent = text || "资料库里没有合适的内容，请按您的判断答复。";
      byId("suggestion-take").hidden = !text;
      byId("suggestion-sources").replaceChildren(
        ...found.sources.map((one) => el("li", {}, el("b", {}, KINDS[one.kind] ?? one.kind), `　${one.text}`)),
        ...found.dropped.map((one) => el("li", {}, el("b", {}, "没有采用"), `　${one}核对不上`)));
      panel.hidden = false;
      byId(text ? "suggestion-take" : "suggestion-close").focus();
    } catch (error) {
      tell(error);
    } finally {
      button.disabled = false;
    }
  });
  byId("suggestion-take").addEventListener("click", () => { panel.hidden = true; insert(text); });
  byId("suggestion-close").addEventListener("click", () => { panel.hidden = true; button.focus(); });
  return () => { panel.hidden = true; };
}
