/** The server's events: what changed, and whether we are still told. One stream for all who listen on a page. */

import { byId } from "/channels/web/static/js/dom.js";

const WORDS = { online: "在线", connecting: "正在重连…" };
const handlers = new Map();
const agains = [];
let source = null;

function show(status) {
  const node = byId("connection");
  node.hidden = false;
  node.dataset.status = status;
  byId("connection-text").textContent = WORDS[status];
}

function tell(event) {
  const data = JSON.parse(event.data || "{}");
  for (const handler of handlers.get(event.type) ?? []) handler(data);
}

function connect() {
  source?.close();
  source = new EventSource("/desk/api/events");
  source.addEventListener("open", () => { show("online"); for (const again of agains) again(); });
  source.addEventListener("error", () => {
    show("connecting");
    // A browser gives up for good after an HTTP error; we do not.
    if (source.readyState === EventSource.CLOSED) window.setTimeout(connect, 3000);
  });
  for (const name of handlers.keys()) source.addEventListener(name, tell);
}

/**
 * `wanted` maps event names to functions of the parsed data; `again()` is called on every (re)connection, because
 * events that came meanwhile are gone.
 */
export function listen(wanted, again = () => {}) {
  for (const [name, handler] of Object.entries(wanted)) {
    if (!handlers.has(name)) source?.addEventListener(name, tell);
    handlers.set(name, [...(handlers.get(name) ?? []), handler]);
  }
  agains.push(again);
  if (source) {
    if (source.readyState === EventSource.OPEN) again();
    return;
  }
  window.addEventListener("online", connect);
  window.addEventListener("pagehide", () => source?.close());
  window.addEventListener("pageshow", (event) => { if (event.persisted) connect(); });
  connect();
}

/** Run `task` soon, once, however often it is asked for meanwhile. */
export function soon(task, wait = 120) {
  let timer = 0;
  return () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(task, wait);
  };
}
