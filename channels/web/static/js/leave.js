/** The way out for somebody who is being watched: an empty page at once, offline too, in every tab. */

import { byId } from "./dom.js";
import * as storage from "./storage.js";

const PRESSES = 3;
const WITHIN = 1500;

/** `beforeLeaving()` stops whatever would write to storage again. */
export function setUpLeaving(beforeLeaving) {
  const forget = byId("forget");
  forget.checked = storage.read("forget") !== "0";
  forget.addEventListener("change", () => storage.write("forget", forget.checked ? "1" : "0"));

  const go = () => {
    document.body.replaceChildren();
    document.title = "";
    window.location.replace("about:blank");
  };
  const leave = () => {
    beforeLeaving();
    if (forget.checked) for (const key of storage.keys("")) if (key !== "large" && key !== "colours") storage.remove(key);
    storage.write("left", String(Date.now()));
    storage.remove("left");
    go();
  };
  byId("leave").addEventListener("click", leave);

  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp];
    if (presses.length >= PRESSES) leave();
  });
  storage.onOtherTab((key, value) => { if (key === "left" && value) { beforeLeaving(); go(); } });
}
