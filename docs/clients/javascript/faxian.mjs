// A client of the app API for Node 20 and newer, without a dependency: `node faxian.mjs http://127.0.0.1:8348 [FILE]`
// tries it. The class works in browsers too; there, open conversations through your own server, which keeps the key.

const PIECE = 256 * 1024;
const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** The service said no. `message` may be shown to people, `code` is for programs. */
export class FaxianError extends Error {
  constructor(problem, retryAfter) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.error.code;
    this.retryAfter = retryAfter;
  }
}

/** One conversation of one of your users. Keep `id` and `token` to take it up again. */
export class Faxian {
  constructor(base, { appKey, id, token } = {}) {
    Object.assign(this, { base: base.replace(/\/$/, ""), appKey, id, token, lastSeq: 0 });
  }

  /** Begin; the greeting's parts. */
  async open() {
    const opened = await (await this.#request("POST", "/api/v1/conversations")).json();
    this.id = opened.id;
    this.token = opened.token;
    return opened.replies;
  }

  /** Say something; the answer. The same id again is the same message, so a failed call can simply be repeated. */
  async say(text, messageId = crypto.randomUUID()) {
    const body = JSON.stringify({ message_id: messageId, text });
    for (let attempt = 0; ; attempt += 1) {
      try {
        const path = `/api/v1/conversations/${this.id}/messages`;
        return await (await this.#request("POST", path, body, { "Content-Type": "application/json" })).json();
      } catch (error) {
        if (attempt === 4 || (error instanceof FaxianError && ![429, 503].includes(error.status))) throw error;
        await pause(error.retryAfter || 2 ** attempt);
      }
    }
  }

  /** Messages that have come since the last call; waits for one. Call it in a loop to see what people write. */
  async wait(seconds = 25) {
    const path = `/api/v1/conversations/${this.id}/messages?after=${this.lastSeq}&wait=${seconds}`;
    const found = await (await this.#request("GET", path)).json();
    if (found.messages.length) this.lastSeq = found.messages.at(-1).seq;
    return found;
  }

  /** Send a file, going on where it stopped whenever the connection breaks; the number of its message, if any. */
  async upload(name, content, messageId = crypto.randomUUID()) {
    const told = { filename: name, message_id: messageId };
    const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
    const metadata = Object.entries(told).map(([key, value]) => `${key} ${base64(value)}`).join(", ");
    const path = `/api/v1/conversations/${this.id}/uploads`;
    let done = await this.#tus("POST", path, null, { "Upload-Length": String(content.length), "Upload-Metadata": metadata });
    const place = done.get("Location");
    let offset = Number(done.get("Upload-Offset"));
    for (let failures = 0; offset < content.length; ) {
      const headers = { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" };
      try {
        done = await this.#tus("PATCH", place, content.subarray(offset, offset + PIECE), headers);
        offset = Number(done.get("Upload-Offset"));
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures > 5 || (error instanceof FaxianError && ![409, 429, 503].includes(error.status))) throw error;
        await pause(error.retryAfter || failures);
        offset = Number((await this.#tus("HEAD", place)).get("Upload-Offset"));
      }
    }
    return done.get("Faxian-Message-Seq");
  }

  async #tus(method, path, body, headers = {}) {
    return (await this.#request(method, path, body, { "Tus-Resumable": "1.0.0", ...headers })).headers;
  }

  async #request(method, path, body, headers = {}) {
    const all = { ...headers };
    if (this.token) all.Authorization = `Bearer ${this.token}`;
    if (this.appKey) all["Faxian-App"] = this.appKey;
    const answer = await fetch(this.base + path, { method, body, headers: all });
    if (answer.ok) return answer;
    const raw = await answer.text();
    const problem = raw ? JSON.parse(raw) : { status: answer.status, detail: "", error: { code: "" } };
    throw new FaxianError(problem, Number(answer.headers.get("Retry-After")) || 0);
  }
}

/** The message of a webhook request, if its signature is right and not old; else null. `body` is the raw text. */
export async function verified(secret, headers, body, now = Date.now() / 1000) {
  const bytes = (base64) => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
  const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": given = "" } = headers;
  const imported = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes(secret.replace(/^whsec_/, "")), imported, false, ["verify"]);
  const signed = new TextEncoder().encode(`${id}.${at}.${body}`);
  let right = false;
  for (const one of given.split(" ").filter((each) => each.startsWith("v1,"))) {
    // `verify` compares in constant time
    right = (await crypto.subtle.verify("HMAC", key, bytes(one.slice(3)), signed)) || right;
  }
  return right && Math.abs(now - Number(at)) <= 300 ? JSON.parse(body) : null;
}

async function main(base, file) {
  const { readFile } = await import("node:fs/promises");
  const faxian = new Faxian(base);
  console.log("问候：", (await faxian.open())[0].text);
  for (const part of (await faxian.say("老板拖欠我三个月工资")).replies) console.log("回答：", part.text);
  console.log("状态：", (await faxian.say("转人工")).state);
  const made = () => new TextEncoder().encode(`%PDF-1.7\n${"% evidence\n".repeat(40_000)}`);
  console.log("文件：", await faxian.upload("材料.pdf", file ? await readFile(file) : made()));
  console.log("消息：", (await faxian.wait(5)).messages.map((message) => message.seq).join(" "));
}

if (globalThis.process?.argv[1] && import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  await main(...process.argv.slice(2));
}
