/** Sending a file, once a person is asked for: the machine reads none. */

import { announce, byId } from "./dom.js";
import { newId } from "./outbox.js";

const ATTEMPTS = 3;

async function upload(file, token) {
  const query = new URLSearchParams({ name: file.name, message_id: newId() });
  for (let attempt = 1; ; attempt += 1) {
    try {
      // The same id at every attempt: the server knows a file that did arrive.
      return await fetch(`/channels/web/files?${query}`, {
        method: "POST", headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/octet-stream" }, body: file,
      });
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

/** Returns a function that shows or hides the button. `say(text)` tells what went wrong; "" takes it back. */
export function setUpAttaching(token, say) {
  const input = byId("attach-file");
  input.addEventListener("change", async () => {
    const [file] = input.files;
    input.value = "";
    if (!file || !token()) return;
    say(`正在发送文件“${file.name}”…`);
    input.disabled = true;
    try {
      const answer = await upload(file, token());
      const body = await answer.json().catch(() => ({}));
      say(answer.ok ? "" : (body.error?.message ?? "文件没有发出，请再试一次。"));
      if (answer.ok) announce("文件已发送");
    } catch {
      say("网络不通，文件没有发出，请再试一次。");
    } finally {
      input.disabled = false;
    }
  });
  return (on) => { byId("attach").hidden = !on; };
}
