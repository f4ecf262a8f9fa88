// From Flex's words for sizes to CSS. The pixel values are those LINE's own simulator shows.

const FONT = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, '3xl': 35, '4xl': 48, '5xl': 74 };
const SPACE = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const BORDER = { none: 0, light: 0.5, normal: 1, medium: 2, 'semi-bold': 3, bold: 4 };
const IMAGE = {
  xxs: 40,
  xs: 60,
  sm: 80,
  md: 100,
  lg: 120,
  xl: 140,
  xxl: 160,
  '3xl': 180,
  '4xl': 200,
  '5xl': 220,
};
const BUBBLE = { nano: 120, micro: 160, deca: 220, hecto: 241, kilo: 260, mega: 300, giga: 386 };

// A keyword's pixels, or the value as it stands ("12px", "40%"); '' leaves the style sheet's.
const length = (table, value) => {
  if (value === undefined) return '';
  return value in table ? `${table[value]}px` : value;
};

export const fontSize = (size = 'md') => length(FONT, size);
export const bubbleWidth = (size = 'mega') => length(BUBBLE, size);
export const imageWidth = (size = 'md') => (size === 'full' ? '100%' : length(IMAGE, size));
export const sideways = (align = 'center') =>
  ({ start: 'flex-start', end: 'flex-end', center: 'center' })[align];

const DECORATION = { underline: 'underline', 'line-through': 'line-through', none: 'none' };

// Size, weight and colour of a text; a span takes from its text what it does not say itself.
export function glyphs(element, { size, weight, color, style, decoration }, inherits = false) {
  if (size || !inherits) element.style.fontSize = fontSize(size);
  if (weight) element.style.fontWeight = weight === 'bold' ? '700' : '400';
  if (color) element.style.color = color;
  if (style) element.style.fontStyle = style;
  if (decoration) element.style.textDecoration = DECORATION[decoration];
}

export function box(element, component, defaultPadding) {
  const { style } = element;
  style.padding = length(SPACE, component.paddingAll) || (defaultPadding ?? '');
  for (const [name, side] of [
    ['paddingTop', 'Top'],
    ['paddingBottom', 'Bottom'],
    ['paddingStart', 'InlineStart'],
    ['paddingEnd', 'InlineEnd'],
  ]) {
    if (component[name]) style[`padding${side}`] = length(SPACE, component[name]);
  }
  style.background = gradient(component.background) ?? component.backgroundColor ?? '';
  if (component.borderWidth)
    style.border = `${length(BORDER, component.borderWidth)} solid ${component.borderColor ?? '#000000'}`;
  style.borderRadius = length(SPACE, component.cornerRadius);
  for (const name of ['width', 'height', 'maxWidth', 'maxHeight']) style[name] = component[name] ?? '';
  style.justifyContent = component.justifyContent ?? '';
  style.alignItems = component.alignItems ?? '';
}

function gradient(background) {
  if (!background) return undefined;
  const { angle, startColor, centerColor, centerPosition = '50%', endColor } = background;
  const middle = centerColor ? `${centerColor} ${centerPosition}, ` : '';
  return `linear-gradient(${angle}, ${startColor}, ${middle}${endColor})`;
}

// How a component sits in the box around it: its share of the room, its distance from the one
// before, its offset.
export function place(element, component, { layout, spacing, first = true }) {
  const { style } = element;
  const across = layout !== 'vertical';
  if (across) style.flex = share(component);
  else if (component.flex > 0) style.flex = `${component.flex} 1 auto`;
  if (!first) style[across ? 'marginInlineStart' : 'marginTop'] = length(SPACE, component.margin ?? spacing);
  if (component.position === 'absolute') style.position = 'absolute';
  else if (component.offsetTop || component.offsetStart || component.offsetBottom || component.offsetEnd)
    style.position = 'relative';
  for (const [name, side] of [
    ['offsetTop', 'top'],
    ['offsetBottom', 'bottom'],
    ['offsetStart', 'insetInlineStart'],
    ['offsetEnd', 'insetInlineEnd'],
  ]) {
    if (component[name]) style[side] = length(SPACE, component[name]);
  }
}

// In a horizontal box everything takes an equal share, unless it says otherwise or has a width.
function share({ type, flex, width }) {
  if (type === 'separator' || type === 'icon') return '0 0 auto';
  if (flex === 0 || (flex === undefined && width)) return '0 0 auto';
  return `${flex ?? 1} 1 0`;
}
