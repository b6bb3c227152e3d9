/** Messages that did not arrive: try again, send by SMS, let go. */

import { byId } from "/channels/web/static/js/dom.js";
import { letter } from "./api.js";

byId("main").addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-action]");
  if (!button) return;
  const task = button.closest(".task");
  button.disabled = true;
  try {
    await letter(task.dataset.id, button.dataset.action, task.querySelector(".task-words").value);
    window.location.reload();
  } catch (error) {
    button.disabled = false;
    byId("problem").textContent = error.message;
    byId("problem").hidden = false;
  }
});
