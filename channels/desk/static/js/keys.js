/** Single-key shortcuts that never fire while somebody writes, and the list of them. */

import { byId } from "/channels/web/static/js/dom.js";

const told = [];

/** What the keys of this page do: pairs of key and words, for whoever shows the list. */
export const shortcutList = () => told;

/**
 * `actions` maps a key (lower case, or a name such as "Enter") to what it does; `words` maps keys to what the list of
 * shortcuts says of them.
 */
export function shortcuts(actions, words = {}) {
  for (const [key, text] of Object.entries(words)) told.push([key.length === 1 ? key.toUpperCase() : key, text]);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, dialog")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action && action(event) !== false) event.preventDefault();
  });
}

/** Open the dialog `name` with `fill()` done first, by its button `name`-open or by `key`. */
export function opensDialog(name, fill = () => {}, key = null) {
  const open = () => { fill(); byId(name).showModal(); };
  byId(`${name}-open`).addEventListener("click", open);
  if (key) shortcuts({ [key]: open });
}
