/** The tabs beside a talk, and which of the three parts a phone shows. */

import { byId } from "/channels/web/static/js/dom.js";

/** `shown` maps the names of tabs to what is done when one is opened. Returns a function that opens a tab. */
export function setUpSide(shown) {
  const tabs = [...document.querySelectorAll('#side [role="tab"]')];
  const open = (tab, focus = false) => {
    for (const other of tabs) {
      const on = other === tab;
      other.setAttribute("aria-selected", String(on));
      other.tabIndex = on ? 0 : -1;
      byId(other.getAttribute("aria-controls")).hidden = !on;
    }
    if (focus) tab.focus();
    shown[tab.dataset.tab]?.();
  };
  tabs.forEach((tab, place) => {
    tab.addEventListener("click", () => open(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      open(tabs[(place + step + tabs.length) % tabs.length], true);
    });
  });
  const views = [...document.querySelectorAll("#views button")];
  const view = (name) => {
    byId("main").dataset.view = name;
    for (const button of views) button.setAttribute("aria-pressed", String(button.dataset.view === name));
  };
  for (const button of views) button.addEventListener("click", () => view(button.dataset.view));
  return {
    tab: (name) => { open(tabs.find((tab) => tab.dataset.tab === name)); view("side"); },
    talk: () => view("talk"),
  };
}
