/** The list of matters: filtered and paged by the server, walked with J and K. */

import { announce, byId, el } from "/channels/web/static/js/dom.js";
import { clockTime } from "/channels/web/static/js/format.js";
import * as api from "./api.js";
import { shortcuts } from "./keys.js";
import { listen, soon } from "./live.js";

const CARDS = { yellow: "黄牌", red: "红牌" };
const list = byId("matters");
const form = byId("filter");
let more = "";
let asked = 0;

function problem(error) {
  byId("problem").textContent = error ? error.message : "";
  byId("problem").hidden = !error;
}

/** The filter as it stands in the address: only what is chosen. */
function query() {
  const chosen = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim()) chosen.set(name, value.trim());
  if (chosen.get("order") === "updated") chosen.delete("order");
  return chosen;
}

function row(item) {
  return el("li", { class: "matter-row", "data-number": item.number, "data-card": item.card || null },
    el("a", { class: "matter-link", href: `/desk/matters/${item.number}` },
      el("span", { class: "matter-title" }, item.title || "尚未命名"),
      item.card ? el("span", { class: `card card-${item.card}` }, CARDS[item.card]) : null,
      el("span", { class: "matter-status", "data-status": item.status }, item.status_name),
      el("span", { class: "matter-meta" },
        [item.number, item.kind_name, item.area_name, item.region, item.owner ? `${item.owner}${item.mine ? "（我）" : ""}` : "还没有人经办"]
          .filter(Boolean).join("　")),
      el("span", { class: "matter-due" }, item.due ? el("time", { datetime: item.due }, `期限 ${clockTime(item.due)}`) : "")));
}

async function load(next = "") {
  const ticket = ++asked;
  const chosen = query();
  if (next) chosen.set("after", next);
  try {
    const found = await api.matters(chosen);
    if (ticket !== asked) return; // a later question has been asked meanwhile
    const focused = list.contains(document.activeElement) ? document.activeElement.closest("li")?.dataset.number : null;
    const rows = found.matters.map(row);
    if (next) list.append(...rows);
    else list.replaceChildren(...rows);
    more = found.more;
    byId("more").hidden = !more;
    if (found.total !== null) byId("matters-total").textContent = String(found.total);
    byId("matters-empty").hidden = list.children.length > 0;
    if (focused) list.querySelector(`[data-number="${CSS.escape(focused)}"] a`)?.focus();
    problem(null);
  } catch (error) {
    problem(error);
  }
}

function chosenAnew() {
  const text = query().toString();
  window.history.replaceState(null, "", text ? `?${text}` : window.location.pathname);
  load();
}

function move(step) {
  const links = [...list.querySelectorAll("a")];
  if (links.length === 0) return;
  const here = links.indexOf(document.activeElement);
  const to = Math.min(links.length - 1, Math.max(0, here < 0 ? 0 : here + step));
  links[to].focus();
  if (to === links.length - 1 && more) load(more);
}

async function showSaved() {
  const saved = await api.filters("matters").catch(() => []);
  byId("saved").replaceChildren(...saved.map((one) => el("span", { class: "saved-one" },
    el("a", { href: `/desk/matters?${one.query}` }, one.name),
    el("button", { type: "button", "aria-label": `删除筛选 ${one.name}`, onclick: async () => {
      await api.forgetFilter(one.id).catch(problem);
      showSaved();
    } }, "×"))));
}

form.addEventListener("submit", (event) => { event.preventDefault(); chosenAnew(); });
form.addEventListener("change", chosenAnew);
byId("filter-text").addEventListener("input", soon(chosenAnew, 250));
byId("more").addEventListener("click", () => load(more));
byId("filter-save").addEventListener("click", () => byId("save").showModal());
byId("save-no").addEventListener("click", () => byId("save").close());
byId("save-name-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const name = byId("save-name").value.trim();
  try {
    await api.saveFilter("matters", name, query().toString());
    announce(`已保存筛选 ${name}`);
    problem(null);
  } catch (error) {
    problem(error);
  }
  byId("save").close();
  showSaved();
});
new IntersectionObserver((seen) => { if (seen[0].isIntersecting && more) load(more); }, { rootMargin: "400px" }).observe(byId("more"));
shortcuts({ j: () => move(1), k: () => move(-1), "/": () => byId("filter-text").focus() },
  { j: "下一件", k: "上一件", Enter: "打开", "/": "查找" });
showSaved();
load();
// Only the first page is renewed: who reads further down is not thrown back to the top.
const refresh = soon(() => { if (list.children.length <= 50) load(); }, 500);
listen({ desk: (event) => { if (event.what === "matter") refresh(); }, queue: refresh });
