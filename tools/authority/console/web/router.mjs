// Which page is open: the part of the address after "#", so that going back and forth loses nothing
// and the server knows one page only. What was searched for is in no address.

/** The values of a pattern's places in `path`, or null: match("/entry/:id", "/entry/7") is {id: "7"}. */
export function match(pattern, path) {
  const parts = pattern.split("/");
  const given = path.split("/");
  if (parts.length !== given.length) return null;
  const values = {};
  for (const [index, part] of parts.entries()) {
    if (part.startsWith(":")) {
      try {
        values[part.slice(1)] = decodeURIComponent(given[index]);
      } catch {
        return null;
      }
    } else if (part !== given[index]) {
      return null;
    }
  }
  return values;
}

/** The page of `path` among [{path, open}]: {page, values}, or null. */
export function find(pages, path) {
  for (const page of pages) {
    const values = match(page.path, path);
    if (values) return { page, values };
  }
  return null;
}

/** "/register" of "#/register"; "/" of none. */
export const pathOf = (hash) => (hash.startsWith("#/") ? hash.slice(1) : "/");

/** The link to a page: places are filled with `values`, in order. */
export function linkTo(path, ...values) {
  const given = [...values];
  return `#${path.replaceAll(/:\w+/g, () => encodeURIComponent(given.shift()))}`;
}

/** Shows the page that is open as if it were opened now. */
export function openAgain() {
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

/** Opens a page. */
export function go(path, ...values) {
  location.hash = linkTo(path, ...values);
}
