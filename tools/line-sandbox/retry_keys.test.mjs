// Retry keys: what makes it safe to send a message again after a timeout.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { sandboxFor } from './testing/harness.mjs';

const PUSH = '/v2/bot/message/push';
const REPLY = '/v2/bot/message/reply';
const MULTICAST = '/v2/bot/message/multicast';
const HELLO = [{ type: 'text', text: 'こんにちは' }];
const DAY_SECONDS = 24 * 3600;

const keyed = (key = randomUUID()) => ({ 'x-line-retry-key': key });

test('a push repeated with its retry key is answered 409 and shown once', async (t) => {
  const sandbox = await sandboxFor(t);
  const userId = await sandbox.friend();
  const headers = keyed();
  const body = { to: userId, messages: HELLO };

  const first = await sandbox.line('POST', PUSH, body, headers);
  const second = await sandbox.line('POST', PUSH, body, headers);

  assert.equal(second.status, 409);
  assert.equal(second.body.message, 'The retry key is already accepted');
  assert.deepEqual(second.body.sentMessages, first.body.sentMessages);
  assert.equal(second.headers.get('x-line-accepted-request-id'), first.headers.get('x-line-request-id'));
  assert.notEqual(second.headers.get('x-line-request-id'), first.headers.get('x-line-request-id'));
  assert.equal((await sandbox.chat(userId)).length, 1);
  assert.deepEqual((await sandbox.control('GET', '/problems')).body, []);
});

test('a repeated multicast is answered 409 without sentMessages', async (t) => {
  const sandbox = await sandboxFor(t);
  const headers = keyed();
  const body = { to: [await sandbox.friend()], messages: HELLO };
  await sandbox.line('POST', MULTICAST, body, headers);
  const second = await sandbox.line('POST', MULTICAST, body, headers);
  assert.equal(second.status, 409);
  assert.equal('sentMessages' in second.body, false);
});

test('of many requests with one retry key at once exactly one is accepted', async (t) => {
  const sandbox = await sandboxFor(t);
  const userId = await sandbox.friend();
  const headers = keyed();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => sandbox.line('POST', PUSH, { to: userId, messages: HELLO }, headers)),
  );
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  assert.equal(answers.filter(({ status }) => status === 409).length, 19);
  assert.equal((await sandbox.chat(userId)).length, 1);
});

test('a retry key is known just short of 24 hours and a new request after that', async (t) => {
  const sandbox = await sandboxFor(t);
  const userId = await sandbox.friend();
  const headers = keyed();
  const body = { to: userId, messages: HELLO };
  await sandbox.line('POST', PUSH, body, headers);

  await sandbox.control('POST', '/clock', { offsetSeconds: DAY_SECONDS - 60 });
  assert.equal((await sandbox.line('POST', PUSH, body, headers)).status, 409);
  await sandbox.control('POST', '/clock', { offsetSeconds: DAY_SECONDS + 1 });
  assert.equal((await sandbox.line('POST', PUSH, body, headers)).status, 200);
  assert.equal((await sandbox.chat(userId)).length, 2);
});

test('a retry key used again for another body is a problem', async (t) => {
  const sandbox = await sandboxFor(t);
  const headers = keyed();
  const to = await sandbox.friend();
  await sandbox.line('POST', PUSH, { to, messages: HELLO }, headers);
  const other = await sandbox.line('POST', PUSH, { to, messages: [{ type: 'text', text: 'x' }] }, headers);
  assert.equal(other.status, 409);
  const [problem] = (await sandbox.control('GET', '/problems')).body;
  assert.match(problem.problems[0].message, /another body/);
});

test('a retry key is refused on reply and validate, and when empty or malformed', async (t) => {
  const sandbox = await sandboxFor(t);
  const to = await sandbox.friend();
  const refused = [
    [REPLY, { replyToken: 'a'.repeat(32), messages: HELLO }, randomUUID()],
    ['/v2/bot/message/validate/push', { messages: HELLO }, randomUUID()],
    [PUSH, { to, messages: HELLO }, ''],
    [PUSH, { to, messages: HELLO }, 'not-a-uuid'],
    [MULTICAST, { to: [to], messages: HELLO }, `${randomUUID()}0`],
  ];
  for (const [path, body, key] of refused)
    assert.equal((await sandbox.line('POST', path, body, keyed(key))).status, 400, path);
  assert.equal((await sandbox.control('GET', '/problems')).body.length, refused.length);
  assert.deepEqual(await sandbox.chat(to), []);
});
