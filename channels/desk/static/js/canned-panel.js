/** Canned replies: a list to press, and /shortcut in the box. */

import { byId, el } from "/channels/web/static/js/dom.js";
import * as api from "./api.js";

/** `box` is where they go. Returns a function that reads them anew. */
export function setUpCanned(id, box, tell) {
  let all = [];
  let chosen = 0;
  const menu = byId("slash");
  const put = (one, slash) => {
    if (slash) box.text = "";
    box.insert(one.text);
    close();
    api.cannedUsed(one.id).catch(() => {});  // only a count
  };
  const close = () => { menu.hidden = true; box.area.removeAttribute("aria-activedescendant"); box.area.setAttribute("aria-expanded", "false"); };
  const matching = (words) => all.filter((one) => `/${one.shortcut} ${one.title}`.includes(words));

  const show = () => {
    const words = byId("canned-query").value.trim();
    byId("canned-list").replaceChildren(...matching(words).map((one) => el("li", {},
      el("button", { type: "button", class: "canned", onclick: () => put(one, false) },
        el("span", { class: "canned-head" }, el("b", {}, one.title), el("kbd", {}, `/${one.shortcut}`)),
        el("span", { class: "canned-text" }, one.text)))));
    byId("canned-empty").hidden = all.length > 0;
  };

  const slash = () => {
    const typed = /^\/(\S{0,16})$/u.exec(box.area.value);
    const found = typed ? matching(`/${typed[1]}`).slice(0, 8) : [];
    if (found.length === 0) { close(); return; }
    chosen = Math.min(chosen, found.length - 1);
    menu.replaceChildren(...found.map((one, place) => el("li", { role: "option", id: `slash-${place}`, "aria-selected": place === chosen ? "true" : "false",
      onpointerdown: (event) => { event.preventDefault(); put(one, true); } }, el("kbd", {}, `/${one.shortcut}`), ` ${one.title}`)));
    menu.hidden = false;
    box.area.setAttribute("aria-expanded", "true");
    box.area.setAttribute("aria-activedescendant", `slash-${chosen}`);
    return found;
  };

  box.area.addEventListener("input", () => { chosen = 0; slash(); });
  box.area.addEventListener("blur", close);
  box.area.addEventListener("keydown", (event) => {
    if (menu.hidden || event.isComposing || event.keyCode === 229) return;
    const found = slash() ?? [];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { chosen = (chosen + step + found.length) % found.length; slash(); }
    else if (event.key === "Enter" || event.key === "Tab") put(found[chosen], true);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  byId("canned-query").addEventListener("input", show);

  return async () => {
    try {
      all = await api.cannedFor(id);
      show();
    } catch (error) {
      tell(error);
    }
  };
}
