// Flex messages: sizes in bytes, what may stand where, and the limits of each component.

import { checkAction, checkProperties } from './check_parts.mjs';
import * as limits from './limits.mjs';

export function checkFlexContents(contents, path, report) {
  if (contents.type === 'bubble') {
    checkBubble(contents, path, report);
    return;
  }
  const wrong = limits.CAROUSEL_BUBBLES(contents.contents);
  if (wrong) report(`${path}.contents`, wrong);
  checkBytes(contents, limits.CAROUSEL_BYTES, path, report);
  if (new Set(contents.contents.map((bubble) => bubble.size ?? 'mega')).size > 1) {
    report(`${path}.contents`, 'All bubbles must have the same size');
  }
  contents.contents.forEach((bubble, i) => checkBubble(bubble, `${path}.contents[${i}]`, report));
}

function checkBytes(value, most, path, report) {
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes > most) report(path, `May take at most ${most} bytes of JSON, takes ${bytes}`);
}

function checkBubble(bubble, path, report) {
  checkBytes(bubble, limits.BUBBLE_BYTES, path, report);
  if (bubble.action) checkAction(bubble.action, `${path}.action`, 'flex', report);
  for (const [block, style] of Object.entries(bubble.styles ?? {})) {
    checkProperties(style, limits.FLEX_BLOCK_STYLE, `${path}.styles.${block}`, report);
  }
  for (const block of ['header', 'body', 'footer']) {
    if (bubble[block]) checkComponent(bubble[block], `${path}.${block}`, report);
  }
  if (bubble.hero) {
    checkPlace(bubble.hero, 'hero', `${path}.hero`, report);
    checkComponent(bubble.hero, `${path}.hero`, report);
  }
}

function checkPlace(component, place, path, report) {
  const allowed = limits.FLEX_CHILDREN[place];
  if (!allowed.includes(component.type)) {
    report(`${path}.type`, `Must be one of the following values here: [${allowed.join(', ')}]`);
  }
}

function checkComponent(component, path, report) {
  checkProperties(component, limits.FLEX[component.type], path, report);
  if (component.action) {
    checkAction(
      component.action,
      `${path}.action`,
      component.type === 'button' ? 'flexButton' : 'flex',
      report,
    );
  }
  if (component.type === 'box') checkBox(component, path, report);
  if (component.type === 'text') checkText(component, path, report);
  if (component.type === 'video') checkComponent(component.altContent, `${path}.altContent`, report);
}

function checkBox(box, path, report) {
  box.contents.forEach((child, i) => {
    checkPlace(child, box.layout, `${path}.contents[${i}]`, report);
    checkComponent(child, `${path}.contents[${i}]`, report);
  });
}

function checkText(text, path, report) {
  if (text.text === undefined && text.contents === undefined) report(`${path}.text`, 'May not be empty');
  text.contents?.forEach((span, i) => checkComponent(span, `${path}.contents[${i}]`, report));
}
