// The bytes of a webhook and their signature. LINE sometimes writes emoji as \uXXXX escapes, so that
// a receiver that parses and rewrites the body before it checks the signature fails on emoji alone.

import { createHmac } from 'node:crypto';

const SURROGATE = /[\ud800-\udfff]/g;
const escape = (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase()}`;

export function webhookBytes(destination, events, { escapeEmoji }) {
  const text = JSON.stringify({ destination, events });
  return Buffer.from(escapeEmoji ? text.replaceAll(SURROGATE, escape) : text);
}

export const signatureOf = (bytes, channelSecret) =>
  createHmac('sha256', channelSecret).update(bytes).digest('base64');
