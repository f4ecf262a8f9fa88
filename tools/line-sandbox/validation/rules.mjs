// The building blocks of the limits table: each rule takes a value and returns what is wrong with
// it, or undefined. LINE counts UTF-16 code units, except where it counts what a reader takes for
// one character (grapheme clusters).

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });
export const graphemeCount = (text) => [...segmenter.segment(text)].length;

const LONE_SURROGATE = /\p{Surrogate}/u;

const between = (count, min, max, what) =>
  count < min || count > max ? `${what} must be between ${min} and ${max}, is ${count}` : undefined;

export const utf16 = (min, max) => (text) =>
  LONE_SURROGATE.test(text) ? 'Must not hold half a character' : between(text.length, min, max, 'Length');

// No character is this many units long: a text beyond it need not be taken apart.
const LONGEST_GRAPHEME = 100;

export const graphemes = (min, max) => (text) => {
  if (LONE_SURROGATE.test(text)) return 'Must not hold half a character';
  const number = text.length > LONGEST_GRAPHEME * max ? text.length : graphemeCount(text);
  return between(number, min, max, 'Number of characters');
};

export const count = (min, max) => (list) => between(list.length, min, max, 'Number of elements');

export const notEmpty = (value) => (value.length === 0 ? 'May not be empty' : undefined);

export const wholeNumber =
  (min, max = Number.MAX_SAFE_INTEGER) =>
  (value) =>
    Number.isInteger(value) && value >= min && value <= max
      ? undefined
      : `Must be a whole number from ${min}`;

export const range = (min, max) => (value) =>
  value >= min && value <= max ? undefined : `Must be from ${min} to ${max}`;

export const matches = (pattern, description) => (text) =>
  pattern.test(text) ? undefined : `Must be ${description}`;

export const oneOf =
  (...values) =>
  (value) =>
    values.includes(value) ? undefined : `Must be one of the following values: [${values.join(', ')}]`;

// A percent-encoded URI: ASCII without blanks, at most `max` long as it stands.
export const uri = (schemes, max) => (text) => {
  if (text.length < 1 || text.length > max) return `Length must be between 1 and ${max}`;
  if (!/^[\x21-\x7e]+$/.test(text)) return 'Must be percent-encoded';
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return 'Must be percent-encoded';
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1].toLowerCase();
  return schemes.includes(scheme) ? undefined : `Scheme must be one of: ${schemes.join(', ')}`;
};

export const httpsUrl = uri(['https'], 2000);
export const color = matches(/^#([0-9a-f]{6}|[0-9a-f]{8})$/i, 'a colour as #RRGGBB or #RRGGBBAA');

// Sizes: one of the keywords, or a number with one of the units.
export const size = (keywords, units) => {
  const pattern = new RegExp(
    `^(${[...keywords, ...units.map((unit) => `\\d+(\\.\\d+)?${unit}`)].join('|')})$`,
  );
  return matches(
    pattern,
    `one of ${keywords.join(', ')}${units.length > 0 ? ` or a number with ${units.join(' or ')}` : ''}`,
  );
};

// The property must be there, although LINE's types leave it open.
export const needed = (rule) => Object.assign((value) => rule(value), { needed: true });
