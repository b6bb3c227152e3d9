/** The way out for somebody who is being watched: an empty page at once, offline too, in every tab, and then a harmless one. */

import { byId } from "./dom.js";
import { framed } from "./framed.js";
import * as storage from "./storage.js";

const PRESSES = 3;
const WITHIN = 1500;
const UNHEARD = 3000;
const KEPT = new Set(["large", "colours", "forget"]);
const HARMLESS = document.querySelector('meta[name="faxian-leave"]')?.content || "about:blank";

/**
 * `beforeLeaving()` stops whatever would write to storage again; `outside(to)` tells the page around a frame to go and
 * says whether there is one to tell. Returns a function that leaves at once.
 */
export function setUpLeaving(beforeLeaving, outside) {
  const forget = byId("forget");
  forget.checked = storage.read("forget") !== "0";
  forget.addEventListener("change", () => { if (forget.checked) storage.remove("forget"); else storage.write("forget", "0"); });
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("faxian") : null;

  const go = () => {
    beforeLeaving();
    document.body.replaceChildren();
    document.title = "";
    // Its own place in the history is taken, so that 后退 does not lead here. A frame cannot show other sites; and while
    // the page around it has not heard, it stays: a word from a frame that is gone comes from nobody and is not believed.
    if (outside(HARMLESS)) window.setTimeout(() => window.location.replace("about:blank"), UNHEARD);
    else window.location.replace(framed ? "about:blank" : HARMLESS);
  };
  const leave = () => {
    beforeLeaving();
    if (forget.checked) for (const key of storage.keys("")) if (!KEPT.has(key)) storage.remove(key);
    tabs?.postMessage("leave");
    go();
  };
  byId("leave").addEventListener("click", leave);

  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp];
    if (presses.length >= PRESSES) leave();
  });
  tabs?.addEventListener("message", (event) => { if (event.data === "leave") go(); });
  return leave;
}
