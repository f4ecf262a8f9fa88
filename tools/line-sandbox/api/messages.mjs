// Sending: reply, push, multicast, and the validation of messages without sending them.
//
// Every handler decides and says what happens as an effect; nothing changes here.

import { newQuoteToken } from '../ids.mjs';
import { isRetryKey } from '../state/retry_keys.mjs';
import { alreadyAccepted, invalidBody, invalidReplyToken, quotaUsedUp } from './errors.mjs';

const QUOTABLE = new Set(['text', 'textV2', 'image', 'video', 'sticker']);

export const reply = (call) => refuseBadRequest(call) ?? sendReply(call);
export const push = (call) => refuseBadRequest(call) ?? sendCounted(call, 'push', [call.json.to]);
export const multicast = (call) => refuseBadRequest(call) ?? sendCounted(call, 'multicast', call.json.to);
export const validate = (call) => refuseBadRequest(call) ?? { status: 200, body: {} };

// Replies, and all that sends nothing, take no retry key at all.
const TAKES_RETRY_KEY = /\/message\/(push|multicast)$/;

function refuseBadRequest(call) {
  const key = call.headers['x-line-retry-key'];
  if (key !== undefined && !TAKES_RETRY_KEY.test(call.path)) {
    call.problem('X-Line-Retry-Key', 'The retry key is not supported by this API');
  } else if (key !== undefined && !isRetryKey(key)) {
    call.problem('X-Line-Retry-Key', 'The retry key must be a UUID in hexadecimal notation');
  }
  for (const { property, message } of call.validator.problems(call.path, call.json)) {
    call.problem(property, message);
  }
  return call.problems.length > 0 ? invalidBody(call.problems) : undefined;
}

function sendReply(call) {
  const { json, platform, config, now } = call;
  const strangerAllowed = config.acceptUnknownReplyTokens && !platform.replyTokens.isKnown(json.replyToken);
  if (!strangerAllowed && !platform.replyTokens.isUsable(json.replyToken, now)) return invalidReplyToken();
  return accept(call, 'reply');
}

function sendCounted(call, via, recipients) {
  const { platform, config, now } = call;
  const retryKey = call.headers['x-line-retry-key'];
  const earlier = retryKey && platform.retryKeys.find(retryKey, now);
  if (earlier) return refuseRepeat(call, earlier);

  const strangers = recipients.filter((userId) => !platform.people.get(userId)).length;
  if (strangers > 0) call.notes.push(`recipients this LINE never issued: ${strangers}`);
  const reached = recipients.filter((userId) => platform.people.reachable(userId, now)).length;
  if (config.quota !== null && platform.counters.usedThisMonth(now) + reached > config.quota)
    return quotaUsedUp();
  return accept(call, via, retryKey);
}

function refuseRepeat(call, earlier) {
  if (earlier.path !== call.path || earlier.bodySha256 !== call.bodySha256) {
    call.problem('X-Line-Retry-Key', 'The retry key was used before with another body or endpoint');
  }
  return alreadyAccepted(earlier);
}

function accept(call, via, retryKey) {
  const sentMessages = call.json.messages.map(({ type }) => {
    const id = call.nextMessageId();
    return QUOTABLE.has(type) ? { id, quoteToken: newQuoteToken() } : { id };
  });
  return {
    status: 200,
    body: via === 'multicast' ? {} : { sentMessages },
    effect: { type: 'send', via, sentMessages, retryKey },
  };
}
