/** The notices of this seat: how many are unread, and the list. */

import { announce, byId, el } from "/channels/web/static/js/dom.js";
import { clockTime } from "/channels/web/static/js/format.js";
import { notices, readNotices } from "./api.js";
import { alarm } from "./alarm.js";
import { listen, soon } from "./live.js";

function count(unread) {
  byId("notices-count").textContent = String(unread);
  byId("notices-count").hidden = unread === 0;
}

function line(notice) {
  return el("li", { "data-unread": !notice.read },
    el("a", { href: notice.link || "/desk" }, notice.text), " ", el("time", { datetime: notice.at }, clockTime(notice.at)));
}

/** How many there are now; a page that cannot learn it shows none, and learns it with the next one. */
async function refresh() {
  try {
    count((await notices()).unread);
  } catch {
    count(0);
  }
}

async function open() {
  byId("notices").showModal();
  const found = await notices();
  byId("notices-list").replaceChildren(...found.notices.map(line));
  byId("notices-empty").hidden = found.notices.length > 0;
  if (found.unread > 0) count((await readNotices(found.notices[0].id)).unread);
}

export function setUpNotices() {
  const failed = (error) => { byId("notices-empty").textContent = error.message; byId("notices-empty").hidden = false; };
  byId("notices-open").addEventListener("click", () => { open().catch(failed); });
  const later = soon(refresh);
  listen({ notice: (event) => { alarm(event.text ?? "有一条新通知"); announce(event.text ?? "有一条新通知"); later(); } }, later);
}
