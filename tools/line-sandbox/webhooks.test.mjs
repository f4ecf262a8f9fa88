// What the sandbox sends to the account's webhook.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { middleware, SignatureValidationFailed, validateSignature } from '@line/bot-sdk';
import { BASIC_ID, BOT_USER_ID, CHANNEL_SECRET, sandboxFor, startWebhook } from './testing/harness.mjs';
import { openApiFor } from './testing/openapi.mjs';

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

const qrUrl = (text, id = BASIC_ID) =>
  `https://line.me/R/oaMessage/${encodeURIComponent(id)}/?${encodeURIComponent(text)}`;

test("LINE's own client accepts the signature of every webhook, and of no altered one", async (t) => {
  const webhook = await startWebhook(t);
  const sandbox = await sandboxFor(t, { webhook });
  const userId = await sandbox.friend();
  for (const escapeEmoji of [true, false]) {
    await sandbox.control('POST', `/users/${userId}/text`, {
      text: '入店しました🤨',
      delivery: { escapeEmoji },
    });
  }

  assert.equal(webhook.calls.length, 2);
  for (const { raw, headers } of webhook.calls) {
    assert.ok(validateSignature(raw, CHANNEL_SECRET, headers['x-line-signature']));
    assert.ok(
      !validateSignature(Buffer.concat([raw, Buffer.from(' ')]), CHANNEL_SECRET, headers['x-line-signature']),
    );
  }
});

test('emoji are written as escapes when wanted, under a signature over those bytes', async (t) => {
  const webhook = await startWebhook(t);
  const sandbox = await sandboxFor(t, { webhook });
  const userId = await sandbox.friend();
  await sandbox.control('POST', `/users/${userId}/text`, { text: '🤨', delivery: { escapeEmoji: true } });
  await sandbox.control('POST', `/users/${userId}/text`, { text: '🤨', delivery: { escapeEmoji: false } });

  const [escaped, plain] = webhook.calls;
  assert.ok(escaped.raw.includes('\\uD83E\\uDD28'));
  assert.ok(plain.raw.includes('🤨'));
  assert.equal(escaped.body.events[0].message.text, '🤨');
});

test("LINE's own middleware takes a webhook and refuses one signed with another secret", async (t) => {
  for (const [secret, status] of [
    [CHANNEL_SECRET, 200],
    ['another secret', 401],
  ]) {
    const check = middleware({ channelSecret: secret });
    const server = createServer((request, response) =>
      check(request, response, (error) =>
        response.writeHead(error instanceof SignatureValidationFailed ? 401 : 200).end(),
      ),
    );
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    const sandbox = await sandboxFor(t, { webhook: { url: `http://127.0.0.1:${server.address().port}/` } });
    const sent = await sandbox.control('POST', `/users/${await sandbox.friend()}/text`, { text: 'hi' });
    assert.equal(sent.body.status, status);
  }
});

test('every kind of event has the form LINE gives it', async (t) => {
  const webhook = await startWebhook(t);
  const sandbox = await sandboxFor(t, { webhook });
  const [{ userId }] = (await sandbox.control('POST', '/users', { name: '見本 太郎' })).body;
  await sandbox.control('POST', `/users/${userId}/follow`);
  await sandbox.control('POST', `/users/${userId}/text`, { text: 'hi', timestamp: 1606788000000 });
  await sandbox.control('POST', `/users/${userId}/postback`, { data: 'undo=1', displayText: '取り消す' });
  await sandbox.control('POST', `/users/${userId}/block`);
  await sandbox.control('POST', `/users/${userId}/unblock`);

  const events = webhook.calls.map(({ body }) => body.events[0]);
  assert.deepEqual(
    events.map(({ type }) => type),
    ['follow', 'message', 'postback', 'unfollow', 'follow'],
  );
  assert.equal(events[1].timestamp, 1606788000000);
  assert.equal(events[3].replyToken, undefined);
  assert.deepEqual(
    events.filter(({ type }) => type === 'follow').map(({ follow }) => follow.isUnblocked),
    [false, true],
  );
  for (const { body } of webhook.calls) {
    assert.equal(body.destination, BOT_USER_ID);
    assert.match(body.events[0].webhookEventId, ULID);
    assert.deepEqual(body.events[0].deliveryContext, { isRedelivery: false });
  }
  const openApi = openApiFor(t, 'webhook.yml');
  if (openApi)
    for (const { body } of webhook.calls)
      assert.deepEqual(openApi.schemaProblems('CallbackRequest', body), []);
});

test('a scan adds the account if needed and sends the text of the QR code', async (t) => {
  const webhook = await startWebhook(t);
  const sandbox = await sandboxFor(t, { webhook });
  const [{ userId }] = (await sandbox.control('POST', '/users')).body;
  const text = '入店 ABCD-EFGH+1 🍶';

  const first = await sandbox.control('POST', `/users/${userId}/scan`, { url: qrUrl(text) });
  const second = await sandbox.control('POST', `/users/${userId}/scan`, {
    url: qrUrl(text),
    timestamp: 1606788000000,
  });

  assert.deepEqual(
    webhook.calls.map(({ body }) => body.events[0].type),
    ['follow', 'message', 'message'],
  );
  assert.equal(webhook.calls[1].body.events[0].message.text, text);
  assert.equal(first.body.webhookEventIds.length, 2);
  assert.deepEqual(
    [second.body.status, second.body.attempts, second.body.webhookEventIds.length],
    [200, 1, 1],
  );
});

test('what opens no chat of this account is not scanned', async (t) => {
  const sandbox = await sandboxFor(t);
  const userId = await sandbox.friend();
  for (const url of [
    'https://example.com/',
    qrUrl('x', '@another'),
    qrUrl(''),
    'https://line.me/R/oaMessage/%E0%A4%A/?x',
    'javascript:alert(1)',
  ]) {
    const answer = await sandbox.control('POST', `/users/${userId}/scan`, { url });
    assert.equal(answer.status, 422, url);
    assert.equal(answer.body.content, url);
  }
});

test('a user who blocked the account cannot write to it', async (t) => {
  const webhook = await startWebhook(t);
  const sandbox = await sandboxFor(t, { webhook });
  const userId = await sandbox.friend();
  await sandbox.control('POST', `/users/${userId}/block`);
  assert.equal((await sandbox.control('POST', `/users/${userId}/text`, { text: 'hi' })).status, 409);
  assert.equal(webhook.calls.length, 1);
});

test('duplicates are the same bytes, a redelivery differs in its flag alone', async (t) => {
  const webhook = await startWebhook(t);
  const sandbox = await sandboxFor(t, { webhook });
  const userId = await sandbox.friend();
  const sent = await sandbox.control('POST', `/users/${userId}/text`, {
    text: 'hi',
    delivery: { duplicate: 2, redelivery: true, escapeEmoji: false },
  });

  assert.equal(sent.body.attempts, 4);
  const [first, second, third, redelivered] = webhook.calls;
  assert.deepEqual(second.raw, first.raw);
  assert.deepEqual(third.raw, first.raw);
  const [before, after] = [first.body.events[0], redelivered.body.events[0]];
  assert.deepEqual(after, { ...before, deliveryContext: { isRedelivery: true } });
  assert.equal((await sandbox.chat(userId)).length, 1);
});

test('a webhook that is not answered 2xx is redelivered with backoff, if the account wants that', async (t) => {
  const webhook = await startWebhook(t, (n) => [500, 503, 200][n]);
  const sandbox = await sandboxFor(t, { webhook });
  await sandbox.control('POST', '/config', { redelivery: { attempts: 4, backoffMs: 20 } });
  const sent = await sandbox.control('POST', `/users/${await sandbox.friend()}/text`, { text: 'hi' });

  assert.deepEqual([sent.body.status, sent.body.attempts], [200, 3]);
  assert.deepEqual(
    webhook.calls.map(({ body }) => body.events[0].deliveryContext.isRedelivery),
    [false, true, true],
  );
});

test('redelivery is off unless switched on', async (t) => {
  const webhook = await startWebhook(t, () => 500);
  const sandbox = await sandboxFor(t, { webhook });
  const sent = await sandbox.control('POST', `/users/${await sandbox.friend()}/text`, { text: 'hi' });
  assert.deepEqual([sent.body.status, sent.body.attempts], [500, 1]);
});

test('a webhook that cannot be reached or is too slow has no status', async (t) => {
  const slow = createServer(() => {});
  await new Promise((resolve) => slow.listen(0, '127.0.0.1', resolve));
  t.after(() => slow.close() && slow.closeAllConnections());
  const urls = {
    COULD_NOT_CONNECT: 'http://127.0.0.1:1/',
    REQUEST_TIMEOUT: `http://127.0.0.1:${slow.address().port}/`,
  };
  const sandbox = await sandboxFor(t, { args: ['--webhook-timeout-ms', '1500'] });
  const userId = await sandbox.friend();
  for (const [reason, webhookUrl] of Object.entries(urls)) {
    await sandbox.control('POST', '/config', { webhookUrl });
    const sent = await sandbox.control('POST', `/users/${userId}/text`, { text: 'hi' });
    assert.deepEqual([sent.body.status, sent.body.reason], [null, reason]);
  }
});

test('raw events go out as given, in as many bodies and in the order asked for', async (t) => {
  const webhook = await startWebhook(t);
  const sandbox = await sandboxFor(t, { webhook });
  const events = Array.from({ length: 5 }, (_, i) => ({ type: 'from-the-future', n: i }));

  await sandbox.control('POST', '/events', { events, delivery: { perBody: 2, order: 'reverse' } });
  assert.deepEqual(
    webhook.calls.map(({ body }) => body.events.map(({ n }) => n)),
    [[4], [2, 3], [0, 1]],
  );

  const empty = await sandbox.control('POST', '/events', { events: [] });
  assert.equal(empty.body.status, 200);
  assert.deepEqual(webhook.calls.at(-1).body, { destination: BOT_USER_ID, events: [] });
});

test('users and reply tokens of raw events are known from then on', async (t) => {
  const webhook = await startWebhook(t);
  const sandbox = await sandboxFor(t, { webhook });
  const userId = `U${'ab'.repeat(16)}`;
  const event = {
    type: 'message',
    webhookEventId: '01HXXXXXXXXXXXXXXXXXXXXXXX',
    replyToken: 'c'.repeat(32),
    timestamp: 1,
    mode: 'active',
    source: { type: 'user', userId },
    message: { type: 'text', id: '1', text: 'hi' },
  };
  await sandbox.control('POST', '/events', { events: [event] });
  const body = { replyToken: event.replyToken, messages: [{ type: 'text', text: 'ok' }] };
  assert.equal((await sandbox.line('POST', '/v2/bot/message/reply', body)).status, 200);
  assert.deepEqual(
    (await sandbox.chat(userId)).map(({ from }) => from),
    ['user', 'bot'],
  );
});

test('the test endpoint calls the webhook with no events and tells how it went', async (t) => {
  const webhook = await startWebhook(t, (n) => [200, 500][n]);
  const sandbox = await sandboxFor(t, { webhook });
  const good = await sandbox.line('POST', '/v2/bot/channel/webhook/test');
  const bad = await sandbox.line('POST', '/v2/bot/channel/webhook/test', { endpoint: webhook.url });
  assert.deepEqual([good.body.success, good.body.statusCode], [true, 200]);
  assert.deepEqual([bad.body.success, bad.body.statusCode], [false, 500]);
  assert.deepEqual(webhook.calls[0].body.events, []);
});
