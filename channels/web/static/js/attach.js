/** Sending a file as material; whether it is kept is asked in the conversation. */

import { announce, byId } from "./dom.js";
import { sizeWords } from "./files.js";
import { upload } from "./upload.js";

const LARGEST = Number(document.querySelector('meta[name="faxian-largest"]')?.content) || Infinity;

/** `token()` is the conversation's; `say(text)` tells how it goes and what went wrong, "" takes it back. */
export function setUpAttaching(token, say) {
  const input = byId("attach-file");
  const send = async (file) => {
    if (file.size > LARGEST) {
      say(`“${file.name}”有 ${sizeWords(file.size)}，太大了，请不要超过 ${sizeWords(LARGEST)}。`);
      return;
    }
    say(`正在发送“${file.name}”…`);
    try {
      const { ok, body } = await upload("/channels/web/files", { name: file.name }, file, token(), (done) => say(`正在发送“${file.name}”… ${done}%`));
      say(ok ? "" : (body.error?.message ?? "文件没有发出，请再试一次。"));
      if (ok) announce("文件已发送");
    } catch {
      say("网络不通，文件没有发出，请再试一次。");
    }
  };
  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = "";
    if (!token()) return;
    input.disabled = true;
    for (const file of files) await send(file);
    input.disabled = false;
  });
}
