/** Downloads of the opinion. The address carries a ticket for a few minutes, never the token of the conversation. */

import { el } from "./dom.js";

const FAILED = "现在下载不了，请检查网络后再点一次。";

async function askTicket(matter, token) {
  const answer = await fetch(`/channels/web/opinion/${encodeURIComponent(matter)}/ticket`, {
    method: "POST", headers: { Authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`ticket: HTTP ${answer.status}`);
  return (await answer.json()).ticket;
}

/** Links to the PDF and Word files of a matter; `token()` gives the token at the time of the click. */
export function downloads(matter, token) {
  if (!matter || !token?.()) return null;
  const problem = el("p", { class: "certainty", role: "status" });
  const link = (suffix, label) => {
    const address = `/channels/web/opinion/${encodeURIComponent(matter)}.${suffix}`;
    const download = `法律咨询意见书-${matter}.${suffix}`;
    const fetchFile = async (event) => {
      event.preventDefault();
      problem.textContent = "";
      try {
        const ticket = await askTicket(matter, token());
        el("a", { href: `${address}?ticket=${encodeURIComponent(ticket)}`, download }).click();
      } catch {
        problem.textContent = FAILED;
      }
    };
    return el("a", { class: "button", href: address, onclick: fetchFile }, label);
  };
  return [el("div", { class: "downloads", role: "group", "aria-label": "下载意见书" }, link("pdf", "下载 PDF"), link("docx", "下载 Word")), problem];
}
