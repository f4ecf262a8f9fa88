// What a sandbox that was killed knows when it is started again.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sandboxFor, sandboxProcessFor, startWebhook, until } from './testing/harness.mjs';

const PUSH = '/v2/bot/message/push';
const MULTICAST = '/v2/bot/message/multicast';
const HELLO = [{ type: 'text', text: 'こんにちは' }];

test('a sandbox killed with SIGKILL keeps chats, retry keys, used tokens, blocks and counts', async (t) => {
  const webhook = await startWebhook(t);
  const { start, kill } = await sandboxProcessFor(t, { args: ['--webhook-url', webhook.url] });
  const before = await start();
  const [friend, blocker] = [await before.friend(), await before.friend()];
  const key = { 'x-line-retry-key': randomUUID() };
  const toBoth = { to: [friend, blocker], messages: HELLO };
  await before.control('POST', `/users/${blocker}/block`);
  await before.control('POST', `/users/${friend}/text`, { text: 'hi' });
  const { replyToken } = webhook.calls.at(-1).body.events[0];
  await before.line('POST', '/v2/bot/message/reply', { replyToken, messages: HELLO });
  const first = await before.line('POST', MULTICAST, toBoth, key);
  const chat = await before.chat(friend);

  await kill();
  const after = await start();

  assert.deepEqual(await after.chat(friend), chat);
  assert.deepEqual(await after.chat(blocker), []);
  const repeated = await after.line('POST', MULTICAST, toBoth, key);
  assert.equal(repeated.status, 409);
  assert.equal(repeated.headers.get('x-line-accepted-request-id'), first.headers.get('x-line-request-id'));
  assert.equal(
    (await after.line('POST', '/v2/bot/message/reply', { replyToken, messages: HELLO })).status,
    400,
  );
  assert.equal((await after.line('GET', `/v2/bot/profile/${blocker}`)).status, 404);
  assert.equal((await after.line('GET', '/v2/bot/message/quota/consumption')).body.totalUsage, 1);
  const requests = (await after.control('GET', `/requests?path=${MULTICAST}`)).body;
  assert.deepEqual(
    requests.map(({ status }) => status),
    [200, 409],
  );
});

test('killed again and again under load, it keeps every message it acknowledged, once', async (t) => {
  const { start, kill } = await sandboxProcessFor(t);
  let sandbox = await start();
  const userId = await sandbox.friend();
  const acknowledged = [];
  for (let round = 0; round < 3; round += 1) {
    let going = true;
    const sender = async () => {
      while (going) {
        const key = randomUUID();
        const sent = await sandbox
          .line('POST', PUSH, { to: userId, messages: HELLO }, { 'x-line-retry-key': key })
          .catch(() => undefined);
        if (sent?.status === 200) acknowledged.push(key);
      }
    };
    const senders = [sender(), sender(), sender()];
    const enough = acknowledged.length + 10 + 7 * round;
    await until(() => acknowledged.length >= enough);
    await kill();
    going = false;
    await Promise.all(senders);
    sandbox = await start();
  }
  const keys = (await sandbox.chat(userId)).map(({ retryKey }) => retryKey);
  assert.equal(new Set(keys).size, keys.length);
  assert.deepEqual(
    acknowledged.filter((key) => !keys.includes(key)),
    [],
  );
});

test('a line cut off by the kill was never acknowledged and is dropped', async (t) => {
  const sandbox = await sandboxFor(t);
  const userId = await sandbox.friend();
  await sandbox.line('POST', PUSH, { to: userId, messages: HELLO });
  const journal = join(sandbox.dir, 'data', 'journal.jsonl');
  appendFileSync(journal, '{"kind":"people","people":[{"userI');

  const again = await sandbox.restart();
  assert.equal((await again.chat(userId)).length, 1);
  assert.ok(readFileSync(journal, 'utf8').endsWith('\n'));
  await again.line('POST', PUSH, { to: userId, messages: HELLO });
  assert.equal((await (await sandbox.restart()).chat(userId)).length, 2);
});

test('a webhook under way when the sandbox was killed is delivered after the restart, as a redelivery', async (t) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const webhook = await startWebhook(t, () => held.then(() => 200));
  const { start, kill } = await sandboxProcessFor(t, {
    args: ['--webhook-url', webhook.url, '--redelivery', '3'],
  });
  const before = await start();
  const userId = await before.friend();
  const sending = before.control('POST', `/users/${userId}/text`, { text: 'hi' }).catch(() => 'killed');
  await until(() => webhook.calls.length > 0);
  await kill();
  assert.equal(await sending, 'killed');

  release();
  await start();
  await until(() => webhook.calls.length >= 2);
  const [first, second] = webhook.calls.map(({ body }) => body.events[0]);
  assert.deepEqual(second, { ...first, deliveryContext: { isRedelivery: true } });
});

test('message ids and their order go on after a restart', async (t) => {
  const sandbox = await sandboxFor(t);
  const userId = await sandbox.friend();
  const idOf = async (from) =>
    (await from.line('POST', PUSH, { to: userId, messages: HELLO })).body.sentMessages[0].id;
  const first = await idOf(sandbox);
  const second = await idOf(await sandbox.restart());
  assert.ok(BigInt(second) > BigInt(first));
});
