// Webhook events as LINE sends them. Properties without a value are left out, never null.

import { newQuoteToken, newReplyToken, newWebhookEventId } from '../ids.mjs';

// The parts every event has; `timestamp` is when it happened, in milliseconds.
function common(type, userId, { now, timestamp = now }) {
  return {
    type,
    timestamp,
    source: { type: 'user', userId },
    webhookEventId: newWebhookEventId(timestamp),
    deliveryContext: { isRedelivery: false },
    mode: 'active',
  };
}

export const follow = (userId, time, isUnblocked) => ({
  ...common('follow', userId, time),
  replyToken: newReplyToken(),
  follow: { isUnblocked },
});

// A block: nobody is left to reply to.
export const unfollow = (userId, time) => common('unfollow', userId, time);

export const textMessage = (userId, time, { id, text }) => ({
  ...common('message', userId, time),
  replyToken: newReplyToken(),
  message: { type: 'text', id, quoteToken: newQuoteToken(), text },
});

export const postback = (userId, time, { data, params }) => ({
  ...common('postback', userId, time),
  replyToken: newReplyToken(),
  postback: params === undefined ? { data } : { data, params },
});

export const asRedelivery = (event) => ({
  ...event,
  deliveryContext: { ...event.deliveryContext, isRedelivery: true },
});
