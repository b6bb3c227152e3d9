/** A sound and a desktop notice when somebody new waits: only where this browser was told to, and asked once. */

import { byId } from "/channels/web/static/js/dom.js";
import * as storage from "/channels/web/static/js/storage.js";

const NOTES = [880, 1175];
let context = null;

/** Two short notes; made here, so that no file has to load when it matters. */
function ring() {
  context ??= new AudioContext();
  context.resume();
  NOTES.forEach((pitch, place) => {
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    const start = context.currentTime + place * 0.18;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, start);
    volume.gain.exponentialRampToValueAtTime(0.25, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.3);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.32);
  });
}

function toggle(id, key, before) {
  const button = byId(id);
  const show = (on) => button.setAttribute("aria-pressed", String(on));
  button.addEventListener("click", async () => {
    const on = button.getAttribute("aria-pressed") !== "true" && (await before());
    storage.write(key, on ? "1" : "0");
    show(on);
  });
  storage.onOtherTab((changed, value) => { if (changed === key) show(value === "1"); });
  show(storage.read(key) === "1");
}

export function setUpAlarm() {
  toggle("sound", "sound", () => { ring(); return true; });
  toggle("desktop-notice", "notice", async () => "Notification" in window && (await Notification.requestPermission()) === "granted");
}

/** Tell of something new. The words name no citizen: a screen may be in sight of others. */
export function alarm(text) {
  if (storage.read("sound") === "1") ring();
  if (storage.read("notice") === "1" && "Notification" in window && Notification.permission === "granted" && document.hidden) {
    const notice = new Notification("法线工作台", { body: text, tag: "faxian-desk" });
    notice.addEventListener("click", () => { window.focus(); notice.close(); });
  }
}
