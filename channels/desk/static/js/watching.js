/** A supervisor reads along: the holder is told, as long as the page is open. */

import { byId } from "/channels/web/static/js/dom.js";
import * as api from "./api.js";

const EVERY = 20000;
const FORGOTTEN = 45000;

/** Tell that we read along while `reads()`; returns a function to call when that may have changed. */
export function watchAlong(id, reads) {
  let on = false;
  const tell = () => {
    const wanted = reads() && !document.hidden;
    if (wanted) api.watch(id, true, !on).catch(() => {});  // the next beat tells it again
    else if (on) api.watch(id, false).catch(() => {});
    on = wanted;
  };
  window.setInterval(() => { if (on || reads()) tell(); }, EVERY);
  document.addEventListener("visibilitychange", tell);
  window.addEventListener("pagehide", () => { if (on) api.watch(id, false).catch(() => {}); });
  return () => { if (reads() !== on) tell(); };
}

/** Shows who reads along; returns a function of the events that tell it. */
export function showWatchers() {
  const names = new Map();
  const show = () => {
    const text = [...names.values()].map((one) => one.name).join("、");
    byId("watchers").textContent = text ? `${text} 正在旁听` : "";
  };
  return (event) => {
    window.clearTimeout(names.get(event.seat)?.timer);
    if (event.on) names.set(event.seat, { name: event.name, timer: window.setTimeout(() => { names.delete(event.seat); show(); }, FORGOTTEN) });
    else names.delete(event.seat);
    show();
  };
}
