/** Large type and colours: choices that the browser keeps, the same in every tab. */

import { byId } from "./dom.js";
import * as storage from "./storage.js";

export function setUpLargeType() {
  const button = byId("large-type");
  const show = (large) => {
    document.documentElement.classList.toggle("large-type", large);
    button.setAttribute("aria-pressed", String(large));
  };
  button.addEventListener("click", () => {
    const large = !document.documentElement.classList.contains("large-type");
    storage.write("large", large ? "1" : "0");
    show(large);
  });
  storage.onOtherTab((key, value) => { if (key === "large") show(value === "1"); });
  show(storage.read("large") === "1");
}

const COLOURS = { "": "跟随系统", light: "浅色", dark: "深色" };

/** The button that goes from the system's colours to light, to dark, and back. */
export function setUpColours() {
  const button = byId("colours");
  const show = (wanted) => {
    const chosen = wanted === "light" || wanted === "dark" ? wanted : "";
    document.documentElement.classList.toggle("light", chosen === "light");
    document.documentElement.classList.toggle("dark", chosen === "dark");
    button.textContent = COLOURS[chosen];
  };
  button.addEventListener("click", () => {
    const names = Object.keys(COLOURS);
    const next = names[(names.indexOf(storage.read("colours") ?? "") + 1) % names.length];
    storage.write("colours", next);
    show(next);
  });
  storage.onOtherTab((key, value) => { if (key === "colours") show(value); });
  show(storage.read("colours"));
}
