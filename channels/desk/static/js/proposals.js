/** Proposed corrections: accepted or declined. */

import { byId } from "/channels/web/static/js/dom.js";
import * as api from "./api.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-decision]");
  if (!button) return;
  try {
    await api.decide(button.closest(".proposal").dataset.id, button.dataset.decision);
    window.location.reload();
  } catch (error) {
    byId("problem").textContent = error.message;
    byId("problem").hidden = false;
  }
});
