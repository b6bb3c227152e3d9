/** The list of topics: found while one types, from the same page that the form without script would load. */

import { byId } from "/channels/web/static/js/dom.js";

const form = byId("search");
let timer = 0;
let asked = null;

async function find() {
  const address = `/desk/topics?${new URLSearchParams(new FormData(form))}`;
  asked?.abort();
  asked = new AbortController();
  let answer;
  try {
    answer = await fetch(address, { credentials: "same-origin", signal: asked.signal });
  } catch {
    return; // a newer search took over, or the network is away; the form still works
  }
  if (answer.redirected || !answer.ok) {
    window.location.assign(address);
    return;
  }
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  byId("found").replaceChildren(...found.getElementById("found").children);
  byId("told").textContent = found.getElementById("told").textContent;
  document.querySelector(".topics > .empty")?.remove();
  const empty = found.querySelector(".topics > .empty");
  if (empty) byId("main").append(empty);
  window.history.replaceState(null, "", address);
}

form.addEventListener("input", () => {
  window.clearTimeout(timer);
  timer = window.setTimeout(find, 180);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  window.clearTimeout(timer);
  find();
});
// What was typed or chosen while this script was still on its way is searched for as well.
const loaded = new URLSearchParams(window.location.search);
if (["q", "area"].some((name) => form.elements[name].value !== (loaded.get(name) ?? ""))) find();
