// Draws one message of the account, whatever its kind.

import { h, outsideLink } from './dom.mjs';
import { drawFlex } from './flex.mjs';

const URLS = /https?:\/\/[^\s、。）」]+/g;

// Text with its addresses as links, as LINE shows it.
export function drawText(text) {
  const parts = [];
  let end = 0;
  for (const { 0: url, index } of text.matchAll(URLS)) {
    parts.push(text.slice(end, index), outsideLink(url, {}, url));
    end = index + url.length;
  }
  return h('div', { class: 'bubble' }, ...parts, text.slice(end));
}

const note = (label, detail) =>
  h('div', { class: 'bubble note' }, h('strong', {}, label), detail ? ` ${detail}` : '');

// textV2: braces are placeholders or doubled.
const substitute = ({ text, substitution = {} }) =>
  text.replaceAll(/\{\{|\}\}|\{([0-9a-zA-Z_]{1,20})\}/g, (written, key) => {
    if (key === undefined) return written[0];
    return substitution[key]?.type === 'mention' ? `@${key}` : '☺';
  });

const withEmojis = ({ text, emojis = [] }) => {
  const units = text.split('');
  for (const { index } of emojis) units[index] = '☺';
  return units.join('');
};

const DRAW = {
  text: (message) => drawText(withEmojis(message)),
  textV2: (message) => drawText(substitute(message)),
  flex: (message, act) =>
    h(
      'div',
      { class: 'flex-message', role: 'group', 'aria-label': message.altText },
      drawFlex(message.contents, act),
    ),
  template: ({ template, altText }, act) =>
    h('div', { class: 'flex-message', role: 'group', 'aria-label': altText }, drawTemplate(template, act)),
  sticker: () => note('スタンプ'),
  image: ({ originalContentUrl }) => note('画像', originalContentUrl),
  video: ({ originalContentUrl }) => note('動画', originalContentUrl),
  audio: ({ originalContentUrl }) => note('音声', originalContentUrl),
  location: ({ title, address }) => note(title, address),
  imagemap: ({ altText }) => note('イメージマップ', altText),
  coupon: () => note('クーポン'),
};

export const drawMessage = (message, act) => DRAW[message.type](message, act);

// Templates are drawn as the Flex bubbles they resemble.
function drawTemplate(template, act) {
  if (template.type === 'image_carousel') return note('画像カルーセル');
  const columns = template.columns ?? [template];
  const bubbles = columns.map(({ title, text, actions, thumbnailImageUrl }) => ({
    type: 'bubble',
    size: 'kilo',
    hero: thumbnailImageUrl && {
      type: 'image',
      url: thumbnailImageUrl,
      size: 'full',
      aspectRatio: '151:100',
    },
    body: {
      type: 'box',
      layout: 'vertical',
      spacing: 'sm',
      paddingAll: 'xl',
      contents: [
        ...(title ? [{ type: 'text', text: title, weight: 'bold', wrap: true }] : []),
        { type: 'text', text, size: 'sm', wrap: true },
      ],
    },
    footer: {
      type: 'box',
      layout: template.type === 'confirm' ? 'horizontal' : 'vertical',
      contents: actions.map((action) => ({ type: 'button', height: 'sm', action })),
    },
  }));
  return drawFlex(bubbles.length === 1 ? bubbles[0] : { type: 'carousel', contents: bubbles }, act);
}
