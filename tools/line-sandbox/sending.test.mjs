// How the sandbox answers those who send messages: LINE's rules for reply tokens, blocks,
// quota and limits. Retry keys have a file of their own.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { HTTPFetchError, LineBotClient } from '@line/bot-sdk';
import { RateLimits } from './api/rate_limits.mjs';
import { ACCESS_TOKEN, BASIC_ID, sandboxFor, startWebhook } from './testing/harness.mjs';

const PUSH = '/v2/bot/message/push';
const REPLY = '/v2/bot/message/reply';
const MULTICAST = '/v2/bot/message/multicast';
const HELLO = [{ type: 'text', text: 'こんにちは' }];
const DAY_SECONDS = 24 * 3600;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const keyed = (key = randomUUID()) => ({ 'x-line-retry-key': key });
const sdk = (sandbox) =>
  LineBotClient.fromChannelAccessToken({ channelAccessToken: ACCESS_TOKEN, apiBaseURL: sandbox.url });

async function replyTokenFor(sandbox, webhook, userId) {
  await sandbox.control('POST', `/users/${userId}/text`, { text: 'hi' });
  return webhook.calls.at(-1).body.events[0].replyToken;
}

test("LINE's own client pushes, multicasts and replies, and each message stands in the chat", async (t) => {
  const webhook = await startWebhook(t);
  const sandbox = await sandboxFor(t, { webhook });
  const userId = await sandbox.friend();
  const client = sdk(sandbox);

  const pushed = await client.pushMessage({ to: userId, messages: HELLO }, randomUUID());
  await client.multicast({ to: [userId], messages: HELLO }, randomUUID());
  const replyToken = await replyTokenFor(sandbox, webhook, userId);
  const replied = await client.replyMessage({ replyToken, messages: HELLO });

  const chat = await sandbox.chat(userId);
  assert.deepEqual(
    chat.map((entry) => entry.via ?? entry.from),
    ['push', 'multicast', 'user', 'reply'],
  );
  assert.equal(chat[0].id, pushed.sentMessages[0].id);
  assert.equal(chat[3].id, replied.sentMessages[0].id);
  assert.match(pushed.sentMessages[0].id, /^\d{18}$/);
});

test("LINE's own client reads profile, quota, consumption and delivery counts", async (t) => {
  const sandbox = await sandboxFor(t, { args: ['--quota', '500'] });
  const userId = await sandbox.friend();
  const client = sdk(sandbox);
  await client.pushMessage({ to: userId, messages: HELLO });

  const profile = await client.getProfile(userId);
  assert.equal(profile.userId, userId);
  assert.deepEqual(await client.getMessageQuota(), { type: 'limited', value: 500 });
  assert.deepEqual(await client.getMessageQuotaConsumption(), { totalUsage: 1 });
  assert.equal((await client.getBotInfo()).basicId, BASIC_ID);
  assert.equal((await client.getNumberOfSentPushMessages('20180101')).status, 'out_of_service');
});

test('every answer carries a request id of its own', async (t) => {
  const sandbox = await sandboxFor(t);
  const ids = await Promise.all(
    ['/v2/bot/info', '/v2/bot/info', '/nowhere'].map(async (path) =>
      (await sandbox.line('GET', path)).headers.get('x-line-request-id'),
    ),
  );
  for (const id of ids) assert.match(id, UUID);
  assert.equal(new Set(ids).size, 3);
});

test('a reply token works once', async (t) => {
  const webhook = await startWebhook(t);
  const sandbox = await sandboxFor(t, { webhook });
  const replyToken = await replyTokenFor(sandbox, webhook, await sandbox.friend());

  assert.equal((await sandbox.line('POST', REPLY, { replyToken, messages: HELLO })).status, 200);
  const again = await sandbox.line('POST', REPLY, { replyToken, messages: HELLO });
  assert.deepEqual([again.status, again.body], [400, { message: 'Invalid reply token' }]);
});

test('a reply token ends a minute after the webhook', async (t) => {
  const webhook = await startWebhook(t);
  const sandbox = await sandboxFor(t, { webhook });
  const replyToken = await replyTokenFor(sandbox, webhook, await sandbox.friend());
  await sandbox.control('POST', '/clock', { offsetSeconds: 61 });
  assert.equal((await sandbox.line('POST', REPLY, { replyToken, messages: HELLO })).status, 400);
});

test('a redelivery gives its reply token another minute, until 20 minutes are over', async (t) => {
  for (const [minutes, status] of [
    [5, 200],
    [21, 400],
  ]) {
    const webhook = await startWebhook(t);
    const sandbox = await sandboxFor(t, { webhook });
    const userId = await sandbox.friend();
    const replyToken = await replyTokenFor(sandbox, webhook, userId);
    const { events } = webhook.calls[0].body;

    await sandbox.control('POST', '/clock', { offsetSeconds: minutes * 60 });
    await sandbox.control('POST', '/events', { events, delivery: { redelivery: true } });
    assert.equal((await sandbox.line('POST', REPLY, { replyToken, messages: HELLO })).status, status);
  }
});

test('a reply token that was never issued is refused, unless the sandbox was told to take it once', async (t) => {
  const sandbox = await sandboxFor(t);
  const body = { replyToken: 'f'.repeat(32), messages: HELLO };
  assert.equal((await sandbox.line('POST', REPLY, body)).status, 400);
  await sandbox.control('POST', '/config', { acceptUnknownReplyTokens: true });
  assert.equal((await sandbox.line('POST', REPLY, body)).status, 200);
  assert.equal((await sandbox.line('POST', REPLY, body)).status, 400);
});

test('a message to someone who blocked the account is accepted, shown to nobody and not counted', async (t) => {
  const webhook = await startWebhook(t);
  const sandbox = await sandboxFor(t, { webhook });
  const [friend, blocker] = [await sandbox.friend(), await sandbox.friend()];
  await sandbox.control('POST', `/users/${blocker}/block`);

  const sent = await sandbox.line('POST', MULTICAST, { to: [friend, blocker], messages: HELLO }, keyed());

  assert.equal(sent.status, 200);
  assert.equal((await sandbox.chat(friend)).length, 1);
  assert.deepEqual(await sandbox.chat(blocker), []);
  assert.equal((await sandbox.line('GET', `/v2/bot/profile/${blocker}`)).status, 404);
  assert.equal((await sandbox.line('GET', '/v2/bot/message/quota/consumption')).body.totalUsage, 1);
});

test('who is no friend but wrote to the account can be pushed to for seven days', async (t) => {
  const webhook = await startWebhook(t);
  const sandbox = await sandboxFor(t, { webhook });
  const [{ userId }] = (await sandbox.control('POST', '/users')).body;
  await sandbox.control('POST', `/users/${userId}/text`, { text: 'hi' });

  for (const [days, messages] of [
    [6, 2],
    [8, 2],
  ]) {
    await sandbox.control('POST', '/clock', { offsetSeconds: days * DAY_SECONDS });
    await sandbox.line('POST', PUSH, { to: userId, messages: HELLO });
    assert.equal((await sandbox.chat(userId)).length, messages);
  }
});

test('beyond the quota nothing is sent, and replies go on', async (t) => {
  const webhook = await startWebhook(t);
  const sandbox = await sandboxFor(t, { webhook, args: ['--quota', '2'] });
  const people = await Promise.all([sandbox.friend(), sandbox.friend(), sandbox.friend()]);

  const tooMany = await sandbox.line('POST', MULTICAST, { to: people, messages: HELLO }, keyed());
  assert.deepEqual([tooMany.status, tooMany.body.message], [429, 'You have reached your monthly limit.']);
  assert.deepEqual(await sandbox.chat(people[0]), []);
  const replyToken = await replyTokenFor(sandbox, webhook, people[0]);
  assert.equal((await sandbox.line('POST', REPLY, { replyToken, messages: HELLO })).status, 200);
  assert.equal(
    (await sandbox.line('POST', MULTICAST, { to: people.slice(1), messages: HELLO }, keyed())).status,
    200,
  );
});

test("a day's delivery count is ready when the day is over in Japan", async (t) => {
  const sandbox = await sandboxFor(t);
  const noon = Date.UTC(2030, 11, 1, 3);
  const atNoon = (days) => Math.round((noon - Date.now()) / 1000) + days * DAY_SECONDS;
  await sandbox.control('POST', '/clock', { offsetSeconds: atNoon(0) });
  await sandbox.line('POST', MULTICAST, {
    to: [await sandbox.friend(), await sandbox.friend()],
    messages: HELLO,
  });
  const counts = '/v2/bot/message/delivery/multicast?date=20301201';

  assert.deepEqual((await sandbox.line('GET', counts)).body, { status: 'unready' });
  await sandbox.control('POST', '/clock', { offsetSeconds: atNoon(1) });
  assert.deepEqual((await sandbox.line('GET', counts)).body, { status: 'ready', success: 2 });
  for (const date of ['20201301', '2020-12-01', '']) {
    assert.equal((await sandbox.line('GET', `/v2/bot/message/delivery/push?date=${date}`)).status, 400);
  }
});

test('more requests than the rate allows are answered 429, for that endpoint alone', async (t) => {
  const sandbox = await sandboxFor(t);
  await sandbox.control('POST', '/config', { rateLimits: { [`POST ${MULTICAST}`]: 0.001 } });
  const to = await sandbox.friend();
  const send = () => sandbox.line('POST', MULTICAST, { to: [to], messages: HELLO });
  assert.equal((await send()).status, 200);
  const refused = await send();
  assert.deepEqual(
    [refused.status, refused.body.message],
    [429, 'The API rate limit has been exceeded. Try again later.'],
  );
  assert.equal((await sandbox.line('POST', PUSH, { to, messages: HELLO })).status, 200);
});

test("a bucket lets a second's worth through at once and fills again as time goes by", () => {
  let now = 0;
  const limits = new RateLimits(() => now);
  const route = `POST ${MULTICAST}`;
  const passing = (n) => Array.from({ length: n }, () => limits.take(route)).filter(Boolean).length;

  assert.equal(passing(300), 200);
  now += 50;
  assert.equal(passing(300), 10);
  now += 60_000;
  assert.equal(passing(300), 200);
});

test('without the channel access token nothing is done', async (t) => {
  const sandbox = await sandboxFor(t);
  const to = await sandbox.friend();
  for (const authorization of ['', 'Bearer wrong', ACCESS_TOKEN, `Basic ${ACCESS_TOKEN}`]) {
    assert.equal((await sandbox.line('POST', PUSH, { to, messages: HELLO }, { authorization })).status, 401);
  }
  assert.deepEqual(await sandbox.chat(to), []);
});

test('bodies that are too large, of another type, or no JSON are refused', async (t) => {
  const sandbox = await sandboxFor(t);
  const large = JSON.stringify({ to: 'U', messages: [{ type: 'text', text: 'x'.repeat(2 * 1024 * 1024) }] });
  assert.equal((await sandbox.line('POST', PUSH, large)).status, 413);
  assert.equal((await sandbox.line('POST', PUSH, '{}', { 'content-type': 'text/plain' })).status, 415);
  for (const body of [
    '',
    '{',
    '{"to":"\u0000',
    '['.repeat(10_000) + ']'.repeat(10_000),
    'null',
    '"x"',
    '[]',
  ]) {
    assert.equal((await sandbox.line('POST', PUSH, body)).status, 400, body.slice(0, 20));
  }
});

test('a message to 10,000 people takes at most two seconds', async (t) => {
  const sandbox = await sandboxFor(t);
  const people = (await sandbox.control('POST', '/users', { count: 10_000, friend: true })).body.map(
    ({ userId }) => userId,
  );
  const started = performance.now();
  for (let i = 0; i < people.length; i += 500) {
    const sent = await sandbox.line(
      'POST',
      MULTICAST,
      { to: people.slice(i, i + 500), messages: HELLO },
      keyed(),
    );
    assert.equal(sent.status, 200);
  }
  const took = performance.now() - started;
  t.diagnostic(`10,000 people in ${Math.round(took)} ms`);
  assert.ok(took < 2000, `took ${Math.round(took)} ms`);
  assert.equal((await sandbox.chat(people[9_999])).length, 1);
});

test("LINE's own client reports the sandbox's errors as LINE's", async (t) => {
  const sandbox = await sandboxFor(t);
  const failure = await sdk(sandbox)
    .pushMessage({ to: await sandbox.friend(), messages: [{ type: 'text', text: '' }] })
    .catch((error) => error);
  assert.ok(failure instanceof HTTPFetchError);
  assert.equal(failure.status, 400);
  assert.deepEqual(JSON.parse(failure.body).details[0].property, 'messages[0].text');
});
