// Building the page. Text is always a text node and an attribute always an attribute, so that what
// strangers wrote into the register can never become markup.

const SVG = "http://www.w3.org/2000/svg";

/** Nodes and texts of nested lists, without what is left out. */
export const nodes = (content) => [content].flat(Infinity)
  .filter((node) => node !== null && node !== undefined && node !== false);

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (name === "value" || name === "checked") element[name] = value;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...nodes(children));
  return element;
}

/** An element: attributes, `on` for events, children as nodes or text; null and false are left out. */
export function el(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** The same, of a picture. */
export function svg(tag, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

/** What somebody outside wrote: whatever direction it turns to, the words around it stay where they are. */
export const told = (text) => el("bdi", { class: "told" }, text);

let ids = 0;

/** An id that no other element has. */
export const newId = (name) => `${name}-${++ids}`;
