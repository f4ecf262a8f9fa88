// Draws Flex messages as LINE's phone app does, near enough to judge a message by.
//
// `act(action)` is called when the visitor presses something.

import { h } from './dom.mjs';
import * as css from './flex_style.mjs';

export function drawFlex(contents, act) {
  if (contents.type === 'bubble') return drawBubble(contents, act);
  return h(
    'div',
    { class: 'fx-carousel' },
    contents.contents.map((bubble) => drawBubble(bubble, act)),
  );
}

function drawBubble(bubble, act) {
  const block = (name, pad) => {
    if (!bubble[name]) return undefined;
    const style = bubble.styles?.[name] ?? {};
    const line =
      style.separator &&
      h('div', { class: 'fx-block-line', style: { background: style.separatorColor ?? '' } });
    const inner = drawComponent(bubble[name], { layout: 'vertical', act, defaultPadding: pad });
    return h('div', { class: 'fx-block', style: { background: style.backgroundColor ?? '' } }, line, inner);
  };
  const element = h(
    'div',
    { class: 'fx-bubble', dir: bubble.direction ?? 'ltr', style: { width: css.bubbleWidth(bubble.size) } },
    block('header', '20px'),
    block('hero', undefined),
    block('body', '20px'),
    block('footer', '10px'),
  );
  return pressable(element, bubble.action, act);
}

const DRAW = {
  box: drawBox,
  text: drawText,
  button: drawButton,
  image: drawImage,
  video: drawVideo,
  icon: drawIcon,
  separator: drawSeparator,
  span: drawSpan,
  filler: () => h('div', { class: 'fx-filler' }),
};

// place: {layout of the box around it, spacing of that box, first, act, defaultPadding}
function drawComponent(component, place) {
  const draw = DRAW[component.type];
  if (!draw) return undefined;
  const element = draw(component, place);
  css.place(element, component, place);
  return component.type === 'button' ? element : pressable(element, component.action, place.act);
}

function drawBox(box, { act, defaultPadding }) {
  const element = h('div', { class: `fx-box fx-${box.layout}` });
  css.box(element, box, defaultPadding);
  box.contents.forEach((child, i) => {
    const drawn = drawComponent(child, { layout: box.layout, spacing: box.spacing, first: i === 0, act });
    if (drawn) element.append(drawn);
  });
  return element;
}

function drawText(text) {
  const spans = text.contents?.map((span) => drawSpan(span));
  const inner = h('span', { class: text.wrap ? 'fx-wrap' : 'fx-cut' }, ...(spans ?? [text.text ?? '']));
  css.glyphs(inner, text);
  inner.style.textAlign = text.align ?? '';
  if (text.lineSpacing) inner.style.lineHeight = `calc(1.4em + ${text.lineSpacing})`;
  if (text.wrap && text.maxLines > 0) {
    inner.classList.add('fx-clamp');
    inner.style.setProperty('-webkit-line-clamp', text.maxLines);
  }
  return h('div', { class: `fx-text fx-gravity-${text.gravity ?? 'top'}` }, inner);
}

function drawSpan(span) {
  const element = h('span', {}, span.text ?? '');
  css.glyphs(element, span, true);
  return element;
}

function drawButton(button, { act }) {
  const style = button.style ?? 'link';
  const element = h(
    'button',
    {
      type: 'button',
      class: `fx-button fx-button-${style} fx-height-${button.height ?? 'md'}`,
      onclick: () => act(button.action),
    },
    h('span', {}, button.action.label ?? ''),
  );
  if (button.color) element.style[style === 'link' ? 'color' : 'background'] = button.color;
  return h('div', { class: `fx-button-place fx-gravity-${button.gravity ?? 'top'}` }, element);
}

// Pictures lie at other sites; the page loads nothing from there, so it draws their frame.
function drawImage(image) {
  const [width, height] = (image.aspectRatio ?? '1:1').split(':');
  return h(
    'div',
    { class: 'fx-image-place', style: { alignItems: css.sideways(image.align) } },
    h(
      'div',
      {
        class: 'fx-image',
        role: 'img',
        'aria-label': '画像',
        title: image.url,
        style: {
          width: css.imageWidth(image.size),
          aspectRatio: `${width} / ${height}`,
          background: image.backgroundColor ?? '',
        },
      },
      '画像',
    ),
  );
}

function drawVideo({ aspectRatio = '16:9' }) {
  const style = { width: '100%', aspectRatio: aspectRatio.replace(':', ' / ') };
  return h('div', { class: 'fx-image', role: 'img', 'aria-label': '動画', style }, '▶ 動画');
}

function drawIcon({ url, size }) {
  return h(
    'span',
    {
      class: 'fx-icon',
      role: 'img',
      'aria-label': 'アイコン',
      title: url,
      style: { fontSize: css.fontSize(size) },
    },
    '◇',
  );
}

function drawSeparator({ color }) {
  return h('div', { class: 'fx-separator', style: { background: color ?? '' } });
}

// A whole box, text or bubble that acts when pressed.
function pressable(element, action, act) {
  if (!action) return element;
  element.classList.add('fx-pressable');
  element.tabIndex = 0;
  element.setAttribute('role', 'button');
  if (action.label) element.setAttribute('aria-label', action.label);
  const press = (event) => {
    event.stopPropagation();
    act(action);
  };
  element.addEventListener('click', press);
  element.addEventListener('keydown', (event) => event.key === 'Enter' && press(event));
  return element;
}
