/** Downloads of the opinion and of what was drafted with it. The address carries a ticket for a few minutes, never the token of the conversation. */

import { el } from "./dom.js";

const FAILED = "现在下载不了，请检查网络后再点一次。";

async function askTicket(matter, token) {
  const answer = await fetch(`/channels/web/opinion/${encodeURIComponent(matter)}/ticket`, {
    method: "POST", headers: { Authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`ticket: HTTP ${answer.status}`);
  return (await answer.json()).ticket;
}

/** Links to the PDF and Word files at `path`, saved under `name`; `token()` gives the token at the time of the click. */
function files(matter, token, path, name, what) {
  if (!matter || !token?.()) return null;
  const problem = el("p", { class: "certainty", role: "status" });
  const link = (suffix, label) => {
    const address = `${path}.${suffix}`;
    const download = `${name}-${matter}.${suffix}`;
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
    return el("a", { class: "button", href: address, onclick: fetchFile, ...(what ? { "aria-label": `${what}，${label}` } : {}) }, label);
  };
  return [el("div", { class: "downloads", role: "group", "aria-label": `下载${what || "意见书"}` }, link("pdf", "下载 PDF"), link("docx", "下载 Word")), problem];
}

/** Links to the files of the opinion itself. */
export function downloads(matter, token) {
  return files(matter, token, `/channels/web/opinion/${encodeURIComponent(matter)}`, "法律咨询意见书");
}

/** Links to the files of one document drafted with it. */
export function documentDownloads(matter, token, drafted) {
  const path = `/channels/web/document/${encodeURIComponent(matter)}/${encodeURIComponent(drafted.id)}`;
  return files(matter, token, path, drafted.title, drafted.title);
}
