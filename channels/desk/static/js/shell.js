/** What every desk page has: size and colours, the menu, sound and notices, the list of shortcuts. */

import { announce, byId, el } from "/channels/web/static/js/dom.js";
import { setUpColours, setUpLargeType } from "/channels/web/static/js/preferences.js";
import { alarm, setUpAlarm } from "./alarm.js";
import { opensDialog, shortcutList, shortcuts } from "./keys.js";
import { listen } from "./live.js";
import { setUpNotices } from "./notices.js";
import { setUpPresence } from "./presence.js";

setUpLargeType();
setUpColours();
if (document.getElementById("desk-menu")) setUpMenu();

function count(id, number) {
  byId(id).textContent = String(number);
  byId(id).hidden = number === 0;
}

function setUpMenu() {
  const menu = byId("desk-menu");
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  setUpAlarm();
  setUpNotices();
  if (document.getElementById("presence")) setUpPresence();
  opensDialog("keys", () => byId("keys-list").replaceChildren(
    ...shortcutList().flatMap(([key, text]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, text)])), "?");
  shortcuts({}, { "?": "看快捷键" });
  const places = document.getElementById("places-waiting");
  let waiting = null;
  if (places) {
    listen({
      queue: (event) => {
        if (waiting !== null && event.waiting > waiting) {
          const text = `有新的来访人在等待，现在共 ${event.waiting} 位`;
          alarm(text);
          announce(text);
        }
        waiting = event.waiting;
        count("places-waiting", waiting);
      },
    });
  }
}
