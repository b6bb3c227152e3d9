/** The browser's storage under our prefix, or memory where the browser refuses it. */

const PREFIX = "faxian.";

function usable() {
  try {
    const probe = `${PREFIX}probe`;
    window.localStorage.setItem(probe, "1");
    window.localStorage.removeItem(probe);
    return window.localStorage;
  } catch {
    return null;
  }
}

const local = usable();
const memory = new Map();

export function read(key) {
  return local ? local.getItem(PREFIX + key) : (memory.get(key) ?? null);
}

export function write(key, value) {
  memory.set(key, value);
  try {
    local?.setItem(PREFIX + key, value);
  } catch {
    /* The quota is used up: memory still has it for as long as the page lives. */
  }
}

export function remove(key) {
  memory.delete(key);
  local?.removeItem(PREFIX + key);
}

/** Our keys that begin with `start`, prefix taken off. */
export function keys(start) {
  const found = new Set([...memory.keys()].filter((key) => key.startsWith(start)));
  for (let index = 0; local && index < local.length; index += 1) {
    const key = local.key(index);
    if (key.startsWith(PREFIX + start)) found.add(key.slice(PREFIX.length));
  }
  return [...found];
}

/** Call `listener(key, newValue)` when another tab of this browser changes one of our keys. */
export function onOtherTab(listener) {
  window.addEventListener("storage", (event) => {
    if (event.storageArea === local && event.key?.startsWith(PREFIX)) listener(event.key.slice(PREFIX.length), event.newValue);
  });
}
