/** The server's events: what changed, and whether we are still told. */

import { byId } from "/channels/web/static/js/dom.js";

const WORDS = { online: "在线", connecting: "正在重连…" };

function show(status) {
  const node = byId("connection");
  node.hidden = false;
  node.dataset.status = status;
  byId("connection-text").textContent = WORDS[status];
}

/**
 * `handlers` maps event names to functions of the parsed data; `again()` is called on every (re)connection, because
 * events that came meanwhile are gone.
 */
export function listen(handlers, again) {
  let source = null;
  const connect = () => {
    source?.close();
    source = new EventSource("/desk/api/events");
    source.addEventListener("open", () => { show("online"); again(); });
    source.addEventListener("error", () => {
      show("connecting");
      // A browser gives up for good after an HTTP error; we do not.
      if (source.readyState === EventSource.CLOSED) window.setTimeout(connect, 3000);
    });
    for (const [name, handler] of Object.entries(handlers)) {
      source.addEventListener(name, (event) => handler(JSON.parse(event.data || "{}")));
    }
  };
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
