/** One sheet: score it, appeal against it, answer the appeal. */

import { byId } from "/channels/web/static/js/dom.js";
import { review } from "./api.js";

const id = byId("main").dataset.review;

for (const form of document.querySelectorAll("form[data-action]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = {};
    const points = {};
    for (const field of form.elements) {
      if (field.type === "number") points[field.name] = Number(field.value);
      else if (field.name) body[field.name] = field.value;
    }
    if (Object.keys(points).length > 0) body.points = points;
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      await review(id, form.dataset.action, body);
      window.location.reload();
    } catch (error) {
      button.disabled = false;
      byId("problem").textContent = error.message;
      byId("problem").hidden = false;
    }
  });
}
