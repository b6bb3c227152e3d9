/** Builds elements out of text only, so that nothing a person wrote can become markup. */

/**
 * Make an element. Attributes that are null, undefined or false are left out; a name that begins with "on" is an
 * event listener. Children are nodes or strings; strings become text nodes.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

/** The element with this id; a page without it is a mistake in the template. */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`The page has no element #${id}; its template and script disagree.`);
  return node;
}

/** Tell screen readers one sentence, even if it is the same as the last. */
export function announce(text) {
  const node = byId("announcer");
  node.textContent = "";
  window.setTimeout(() => { node.textContent = text; }, 50);
}
