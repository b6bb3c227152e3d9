/** A file in the log: its name and size, and a button that saves it. */

import { el } from "./dom.js";

const FAILED = "现在下载不了，请检查网络后再点一次。";

/** 800 字节, 12 KB, 3.4 MB. */
export function sizeWords(size) {
  const bytes = Number(size) || 0;
  if (bytes < 1024) return `${bytes} 字节`;
  if (bytes < 1048576) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1048576).toFixed(1)} MB`;
}

async function askAddress(id, token) {
  const answer = await fetch(`/channels/web/files/${encodeURIComponent(id)}/ticket`, {
    method: "POST", headers: { Authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`ticket: HTTP ${answer.status}`);
  return (await answer.json()).address;
}

/**
 * A card of {id, name, size}. Where the page may open files by its own right, `context.fileAddress(id)` says where;
 * else a ticket is asked for with the conversation's token.
 */
export function fileCard(file, context) {
  const problem = el("p", { class: "file-problem", role: "status" });
  const name = String(file.name ?? "文件");
  const save = async () => {
    problem.textContent = "";
    try {
      const href = context.fileAddress ? context.fileAddress(file.id) : await askAddress(file.id, context.token());
      el("a", { href, download: name }).click();
    } catch {
      problem.textContent = FAILED;
    }
  };
  return el("div", {},
    el("div", { class: "file" },
      el("p", {}, el("span", { class: "file-name" }, name), el("span", { class: "file-size" }, sizeWords(file.size))),
      el("button", { type: "button", class: "button", onclick: save, "aria-label": `下载 ${name}` }, "下载")),
    problem);
}
