// Work that is not sent yet. It outlives going to another page and a reload, and ends with the tab,
// which asks first.

const PREFIX = "draft:";

/** What was typed on the page `key`: load() is null when there is nothing. */
export function draftOf(key, storage = sessionStorage) {
  const name = PREFIX + key;
  return {
    load() {
      try {
        return JSON.parse(storage.getItem(name));
      } catch {
        return null;
      }
    },
    save: (value) => storage.setItem(name, JSON.stringify(value)),
    clear: () => storage.removeItem(name),
  };
}

/** Whether anything is not sent yet. */
export function hasDrafts(storage = sessionStorage) {
  return Object.keys(storage).some((name) => name.startsWith(PREFIX));
}

/** Asks before the tab is closed with work in it. */
export function askBeforeLeaving(target = window) {
  target.addEventListener("beforeunload", (event) => {
    if (hasDrafts()) event.preventDefault();
  });
}
