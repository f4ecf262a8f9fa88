// The identifiers LINE hands out, in LINE's own forms. All of them are strings: message ids exceed
// what a JavaScript number can hold.

import { randomBytes, randomUUID } from 'node:crypto';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const USER_ID = /^U[0-9a-f]{32}$/;

export const newUserId = () => `U${randomBytes(16).toString('hex')}`;
export const newReplyToken = () => randomBytes(16).toString('hex');
export const newRequestId = () => randomUUID();
export const newQuoteToken = () => randomBytes(48).toString('base64url');

// A ULID: 48 bits of milliseconds, then 80 random bits, 26 characters.
export function newWebhookEventId(nowMs) {
  let time = '';
  for (let rest = nowMs, i = 0; i < 10; i += 1, rest = Math.floor(rest / 32)) {
    time = CROCKFORD[rest % 32] + time;
  }
  const random = Array.from(randomBytes(16), (byte) => CROCKFORD[byte % 32]).join('');
  return time + random;
}

// Message ids grow, are 18 digits long like LINE's, and never repeat: their upper digits are the real
// time of the start, so a restarted sandbox goes on above the ids it gave before.
export function messageIds() {
  let next = BigInt(Date.now()) * 100_000n;
  return () => {
    next += 1n;
    return String(next);
  };
}
