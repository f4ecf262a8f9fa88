// LINE's documented limits by kind of object: property -> rule. Structure (which properties exist,
// which are required, of what type) is checked before, by schemas.mjs.

import { USER_ID } from '../ids.mjs';
import {
  color, count, graphemes, httpsUrl, matches, needed, notEmpty, oneOf, range, size, uri, utf16, wholeNumber,
} from './rules.mjs';

const altText = utf16(1, 1500);
const actionUri = uri(['http', 'https', 'line', 'tel'], 1000);

export const REQUESTS = {
  ReplyMessageRequest: { replyToken: utf16(1, 1000), messages: count(1, 5) },
  PushMessageRequest: {
    to: matches(/^[UCR][0-9a-f]{32}$/, 'the ID of a user, group or room'),
    messages: count(1, 5),
    customAggregationUnits: count(0, 1),
  },
  MulticastRequest: { to: count(1, 500), messages: count(1, 5), customAggregationUnits: count(0, 1) },
  ValidateMessageRequest: { messages: count(1, 5) },
  SetWebhookEndpointRequest: { endpoint: uri(['https', 'http'], 500) },
  TestWebhookEndpointRequest: { endpoint: uri(['https', 'http'], 500) },
};

export const userId = matches(USER_ID, 'a user ID');
export const aggregationUnit = matches(/^[a-zA-Z0-9_]{1,30}$/, '1 to 30 letters, digits or underscores');

export const MESSAGES = {
  text: { text: utf16(1, 5000), emojis: count(0, 20) },
  textV2: { text: utf16(1, 5000) },
  sticker: { packageId: matches(/^\d+$/, 'a number'), stickerId: matches(/^\d+$/, 'a number') },
  image: { originalContentUrl: httpsUrl, previewImageUrl: httpsUrl },
  video: { originalContentUrl: httpsUrl, previewImageUrl: httpsUrl, trackingId: utf16(1, 100) },
  audio: { originalContentUrl: httpsUrl, duration: wholeNumber(1) },
  location: {
    title: utf16(1, 100),
    address: utf16(1, 100),
    latitude: range(-90, 90),
    longitude: range(-180, 180),
  },
  imagemap: { baseUrl: httpsUrl, altText, actions: count(1, 50) },
  template: { altText },
  flex: { altText },
  coupon: { deliveryTag: utf16(0, 30) },
};

export const SENDER = {
  name: (text) => (/\bline\b/i.test(text) ? 'May not hold the word LINE' : utf16(1, 20)(text)),
  iconUrl: httpsUrl,
};

export const QUICK_REPLY = { items: needed(count(1, 13)) };
export const QUICK_REPLY_ITEM = { type: needed(oneOf('action')), imageUrl: httpsUrl, action: needed(() => undefined) };

export const EMOJI = {
  index: needed(wholeNumber(0)),
  productId: needed(utf16(1, 100)),
  emojiId: needed(utf16(1, 100)),
};

export const ACTIONS = {
  postback: {
    data: needed(utf16(1, 300)),
    displayText: graphemes(1, 300),
    text: graphemes(1, 300),
    fillInText: graphemes(1, 300),
  },
  message: { text: needed(graphemes(1, 300)) },
  uri: { uri: needed(actionUri) },
  datetimepicker: { data: needed(utf16(1, 300)), mode: needed(oneOf('date', 'time', 'datetime')) },
  clipboard: { clipboardText: needed(utf16(1, 1000)) },
  richmenuswitch: { data: needed(utf16(1, 300)), richMenuAliasId: needed(utf16(1, 32)) },
};

// How long a label may be, by where the action stands; true: it may not be missing.
export const LABELS = {
  template: [20, true],
  imageCarousel: [12, false],
  quickReply: [20, true],
  flexButton: [40, true],
  flex: [40, false],
};

export const TEMPLATES = {
  buttons: { thumbnailImageUrl: httpsUrl, title: graphemes(1, 40), actions: count(1, 4), imageBackgroundColor: color },
  confirm: { text: graphemes(1, 240), actions: count(2, 2) },
  carousel: { columns: count(1, 10) },
  image_carousel: { columns: count(1, 10) },
};
export const COLUMNS = {
  carousel: { thumbnailImageUrl: httpsUrl, title: graphemes(1, 40), actions: count(1, 3) },
  image_carousel: { imageUrl: httpsUrl },
};
// The text beside a title or image is shorter: [with, without].
export const TEMPLATE_TEXT = { buttons: [60, 160], carousel: [60, 120] };

const STEPS = ['xs', 'sm', 'md', 'lg', 'xl', 'xxl'];
const FONT_STEPS = ['xxs', ...STEPS, '3xl', '4xl', '5xl'];
const space = size(['none', ...STEPS], ['px']);
const offset = size(['none', ...STEPS], ['px', '%']);
const extent = size([], ['px', '%']);
const aspectRatio = (text) => {
  const [, width, height] = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  return width > 0 && height > 0 && height <= 3 * width ? undefined : 'Must be {width}:{height}, at most three times as high as wide';
};

const placed = {
  flex: wholeNumber(0), margin: space,
  offsetTop: offset, offsetBottom: offset, offsetStart: offset, offsetEnd: offset,
};
const glyphs = { size: size(FONT_STEPS, ['px']), color };

export const FLEX = {
  box: {
    ...placed, spacing: space, backgroundColor: color, borderColor: color,
    borderWidth: size(['none', 'light', 'normal', 'medium', 'semi-bold', 'bold'], ['px']),
    cornerRadius: space, width: extent, maxWidth: extent, height: extent, maxHeight: extent,
    paddingAll: offset, paddingTop: offset, paddingBottom: offset, paddingStart: offset, paddingEnd: offset,
  },
  button: { ...placed, color },
  image: { ...placed, url: httpsUrl, size: size([...FONT_STEPS, 'full'], ['px', '%']), aspectRatio, backgroundColor: color },
  video: { url: httpsUrl, previewUrl: httpsUrl, aspectRatio },
  icon: { ...placed, url: httpsUrl, size: size(FONT_STEPS, ['px']), aspectRatio },
  text: { ...placed, ...glyphs, text: notEmpty, maxLines: wholeNumber(0), lineSpacing: size([], ['px']), contents: notEmpty },
  span: { ...glyphs, text: needed(notEmpty) },
  separator: { margin: space, color },
  filler: { flex: wholeNumber(0) },
};
export const FLEX_BLOCK_STYLE = { backgroundColor: color, separatorColor: color };

// What may stand in a box, by its layout, and in the hero.
export const FLEX_CHILDREN = {
  vertical: ['box', 'button', 'filler', 'image', 'separator', 'text'],
  horizontal: ['box', 'button', 'filler', 'image', 'separator', 'text'],
  baseline: ['filler', 'icon', 'text'],
  hero: ['box', 'image', 'video'],
};
export const BUBBLE_BYTES = 30 * 1024;
export const CAROUSEL_BYTES = 50 * 1024;
export const CAROUSEL_BUBBLES = count(1, 12);
