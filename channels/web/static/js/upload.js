/** Sends bytes with the conversation's token: several attempts under one id, so that what did arrive counts once. */

import { newId } from "./outbox.js";

const ATTEMPTS = 3;

function attempt(address, body, token, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();  // fetch cannot tell how far it is
    request.open("POST", address);
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(Math.floor((event.loaded / event.total) * 100));
    });
    request.addEventListener("load", () => resolve({ ok: request.status < 300, body: request.response ?? {} }));
    request.addEventListener("error", () => reject(new Error("network")));
    request.send(body);
  });
}

/** {ok, body} of the answer. Throws when the network fails at every attempt. */
export async function upload(path, names, body, token, onProgress = () => {}) {
  const address = `${path}?${new URLSearchParams({ ...names, message_id: newId() })}`;
  for (let count = 1; ; count += 1) {
    try {
      return await attempt(address, body, token, onProgress);
    } catch (error) {
      if (count === ATTEMPTS) throw error;
    }
  }
}
