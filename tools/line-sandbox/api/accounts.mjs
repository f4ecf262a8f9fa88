// What the account may ask about itself, its friends and its counts, and its webhook settings.

import { japanDay } from '../clock.mjs';
import { USER_ID } from '../ids.mjs';
import { error, invalidBody, notFound } from './errors.mjs';

const FIRST_COUNTED_DAY = '20180331';

// A profile can be seen only while the user is a friend: there is no other way to learn of a block.
export function profile({ params, platform }) {
  const [userId] = params;
  if (!USER_ID.test(userId)) return error(400, "The value for the 'userId' parameter is invalid");
  const person = platform.people.get(userId);
  if (person?.follow !== 'friend') return notFound();
  return { status: 200, body: { userId, displayName: person.name, language: 'ja' } };
}

export const botInfo = ({ config }) => ({
  status: 200,
  body: {
    userId: config.botUserId,
    basicId: config.basicId,
    displayName: config.basicId.slice(1),
    chatMode: 'bot',
    markAsReadMode: 'auto',
  },
});

export const quota = ({ config }) => ({
  status: 200,
  body: config.quota === null ? { type: 'none' } : { type: 'limited', value: config.quota },
});

export const quotaConsumption = ({ platform, now }) => ({
  status: 200,
  body: { totalUsage: platform.counters.usedThisMonth(now) },
});

// Counts of a day are ready when the day is over in Japan, unless the configuration shows them at once.
export function deliveryCount({ params, query, config, platform, now }) {
  const [via] = params;
  const date = query.get('date') ?? '';
  if (!isDay(date)) return error(400, "The value for the 'date' parameter is invalid");
  if (date < FIRST_COUNTED_DAY) return { status: 200, body: { status: 'out_of_service' } };
  if (date >= japanDay(now) && !config.deliveryCountsAtOnce)
    return { status: 200, body: { status: 'unready' } };
  return { status: 200, body: { status: 'ready', success: platform.counters.delivered(via, date) } };
}

function isDay(text) {
  if (!/^\d{8}$/.test(text)) return false;
  const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  const ms = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(iso);
}

export const webhookEndpoint = ({ config }) =>
  config.webhookUrl === null
    ? notFound()
    : { status: 200, body: { endpoint: config.webhookUrl, active: true } };

export function setWebhookEndpoint(call) {
  for (const { property, message } of call.validator.problems(call.path, call.json)) {
    call.problem(property, message);
  }
  if (call.problems.length > 0) return invalidBody(call.problems);
  call.config.webhookUrl = call.json.endpoint;
  return { status: 200, body: {} };
}

// LINE calls the webhook with no events and tells what came of it.
export async function testWebhook(call) {
  for (const { property, message } of call.validator.problems(call.path, call.json)) {
    call.problem(property, message);
  }
  if (call.problems.length > 0) return invalidBody(call.problems);
  const url = call.json.endpoint ?? call.config.webhookUrl;
  if (url === null) return notFound();
  const outcome = await call.courier.callOnce([], { url });
  const success = outcome.status !== null && outcome.status >= 200 && outcome.status < 300;
  return {
    status: 200,
    body: {
      success,
      timestamp: new Date(call.now).toISOString(),
      statusCode: outcome.status ?? 0,
      reason: success ? 'OK' : outcome.reason,
      detail: String(outcome.status ?? outcome.reason),
    },
  };
}
