/** Files of the matter, and sending one. */

import { announce, byId, el } from "/channels/web/static/js/dom.js";
import { sizeWords } from "/channels/web/static/js/files.js";
import { clockTime } from "/channels/web/static/js/format.js";
import { newId } from "/channels/web/static/js/outbox.js";
import * as api from "./api.js";

/** `talk` shows what was sent. Returns a function that reads the list anew. */
export function setUpFiles(id, talk, largest, tell) {
  const load = async () => {
    try {
      const files = await api.files(id);
      byId("file-list").replaceChildren(...files.map((file) => el("li", { class: "file" },
        el("p", {}, el("span", { class: "file-name" }, file.name),
          el("span", { class: "file-size" }, `${file.sender || "来访人"}　${clockTime(file.at)}　${sizeWords(file.size)}`)),
        el("a", { class: "button", href: api.fileAddress(file.id), download: file.name, "aria-label": `下载 ${file.name}` }, "下载"))));
      byId("file-empty").hidden = files.length > 0;
      byId("files-number").textContent = files.length > 0 ? String(files.length) : "";
    } catch (error) {
      tell(error);
    }
  };
  const input = document.getElementById("file-input");
  input?.addEventListener("change", async () => {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    if (file.size > largest) { tell(new Error(`文件太大了，请不要超过 ${Math.floor(largest / 1048576)} MB。`)); return; }
    const status = byId("file-status");
    status.textContent = `正在发送“${file.name}”…`;
    input.disabled = true;
    const messageId = newId();
    try {
      const { message } = await api.sendFile(id, messageId, file).catch((error) => {
        if (!error.retry) throw error;
        return api.sendFile(id, messageId, file);  // the same id: a file that did arrive is not sent twice
      });
      if (!talk.misses(message)) talk.add(message);
      announce("文件已发送");
      tell(null);
      await load();
    } catch (error) {
      tell(error);
    } finally {
      status.textContent = "";
      input.disabled = false;
    }
  });
  return load;
}
