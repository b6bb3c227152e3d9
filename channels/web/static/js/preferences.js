/** Large type: a choice the browser keeps, the same in every tab. */

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
