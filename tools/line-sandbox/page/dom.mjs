// Making elements, the one way the page's scripts do it: text is always text, never markup.

// h('button', {class: 'x', onclick: f, 'aria-label': '…', style: {color: 'red'}}, child, 'text', …)
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'style') Object.assign(element.style, value);
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(
    ...children.flat().filter((child) => child !== undefined && child !== null && child !== false),
  );
  return element;
}

export const byId = (id) => document.getElementById(id);

// A link that opens outside the phone and learns nothing of it.
export const outsideLink = (href, props, ...children) =>
  h('a', { href, target: '_blank', rel: 'noopener noreferrer', ...props }, ...children);

let hiding;
export function toast(text) {
  const element = byId('toast');
  element.textContent = text;
  element.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (element.hidden = true), 5000);
}
