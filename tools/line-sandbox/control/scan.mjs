// Reading a QR code: from the picture to the address, and from the address to the chat it opens.

import jsQr from 'jsqr';
import { PNG } from 'pngjs';
import { ControlError } from './control_error.mjs';

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const MOST_PIXELS = 24_000_000;

// The content of {url} or of the QR code in {png} (base64, with or without a data: prefix).
export function qrContent({ url, png }) {
  if (typeof url === 'string') return url.trim();
  if (typeof png !== 'string') throw new ControlError(400, 'url or png is needed');
  const { data, width, height } = readPng(Buffer.from(png.replace(/^data:image\/png;base64,/, ''), 'base64'));
  const code = jsQr(new Uint8ClampedArray(data), width, height);
  if (!code) throw new ControlError(422, 'found no QR code in the picture');
  return Buffer.from(code.binaryData).toString('utf8');
}

// The size stands in the header: checked before memory is taken for the pixels.
function readPng(bytes) {
  if (!bytes.subarray(0, 8).equals(PNG_SIGNATURE) || bytes.length < 33)
    throw new ControlError(422, 'the picture is no PNG');
  if (bytes.readUInt32BE(16) * bytes.readUInt32BE(20) > MOST_PIXELS)
    throw new ControlError(422, 'the picture is too large');
  try {
    return PNG.sync.read(bytes);
  } catch (cause) {
    throw new ControlError(422, `the picture cannot be read: ${cause.message}`);
  }
}

// "https://line.me/R/oaMessage/%40id/?text" -> {basicId, text}; undefined for any other address. The
// whole query is the text; a "+" in it is a plus.
export function parseChatAddress(content) {
  const match = /^https:\/\/line\.me\/R\/oaMessage\/([^/?#]+)\/?(?:\?([^#]*))?$/.exec(content);
  if (!match) return undefined;
  try {
    return { basicId: decodeURIComponent(match[1]), text: decodeURIComponent(match[2] ?? '') };
  } catch {
    return undefined;
  }
}
