/** The queue: who waits, who is being served, live. */

import { announce, byId } from "/channels/web/static/js/dom.js";
import * as api from "./api.js";
import { shortcuts } from "./keys.js";
import { listen, soon } from "./live.js";
import { conversationRow, refreshTimes } from "./row.js";

const TITLE = document.title;
let known = null;

function problem(error) {
  byId("problem").textContent = error ? error.message : "";
  byId("problem").hidden = !error;
}

/** Replace the rows, keeping the focus on the row that had it. */
function fill(name, items, onClaim) {
  const list = byId(name);
  const focused = list.contains(document.activeElement) ? document.activeElement.closest(".row")?.dataset.id : null;
  list.replaceChildren(...items.map((item) => conversationRow(item, onClaim)));
  if (focused) list.querySelector(`[data-id="${CSS.escape(focused)}"] .row-link`)?.focus();
  byId(`${name}-count`).textContent = String(items.length);
  byId(`${name}-empty`).hidden = items.length > 0;
}

async function load() {
  try {
    const [waiting, human] = await Promise.all([api.conversations("waiting"), api.conversations("human")]);
    fill("waiting", waiting, take);
    fill("human", human, null);
    const ids = new Set(waiting.map((item) => item.id));
    const fresh = known ? waiting.filter((item) => !known.has(item.id)).length : 0;
    if (fresh > 0) announce(`新增 ${fresh} 位来访人等待接待`);
    known = ids;
    document.title = waiting.length > 0 ? `(${waiting.length}) ${TITLE}` : TITLE;
    problem(null);
  } catch (error) {
    problem(error);
  }
}

async function take(item) {
  try {
    await api.claim(item.id);
    window.location.assign(`/desk/c/${encodeURIComponent(item.id)}`);
  } catch (error) {
    await load();
    problem(error);
  }
}

/** The one that this seat should take first, without looking for it. */
async function next() {
  byId("next").disabled = true;
  try {
    window.location.assign(`/desk/c/${encodeURIComponent((await api.next()).conversation)}`);
  } catch (error) {
    await load();
    problem(error);
  } finally {
    byId("next").disabled = false;
  }
}
byId("next").addEventListener("click", next);

function move(step) {
  const links = [...document.querySelectorAll(".row-link")];
  if (links.length === 0) return;
  const here = links.indexOf(document.activeElement?.closest(".row")?.querySelector(".row-link"));
  links[Math.min(links.length - 1, Math.max(0, here < 0 ? 0 : here + step))].focus();
}

shortcuts({
  n: next,
  j: () => move(1),
  k: () => move(-1),
  c: () => {
    const row = document.activeElement?.closest("#waiting .row") ?? document.querySelector("#waiting .row");
    row?.querySelector(".row-claim")?.click();
  },
}, { n: "接下一位", j: "往下选", k: "往上选", Enter: "打开", c: "接手选中的，没选就接第一位" });
const refresh = soon(load);
load();
listen({ queue: refresh }, load);
window.setInterval(refreshTimes, 15000);
