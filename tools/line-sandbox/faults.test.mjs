// Failures that tests order, as a sender sees them.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sandboxFor } from './testing/harness.mjs';

const PUSH = '/v2/bot/message/push';
const push = (to) => ({ to, messages: [{ type: 'text', text: 'hi' }] });

// A sandbox with one friend and one ordered fault; send() pushes and gives the answer or the error.
async function faultySandbox(t, fault) {
  const sandbox = await sandboxFor(t);
  const userId = await sandbox.friend();
  const ordered = await sandbox.control('POST', '/faults', { path: PUSH, times: 1, ...fault });
  assert.equal(ordered.status, 200);
  const key = randomUUID();
  const send = () =>
    sandbox.line('POST', PUSH, push(userId), { 'x-line-retry-key': key }).catch((error) => ({ error }));
  const received = async () => (await sandbox.chat(userId)).length;
  return { sandbox, userId, send, received };
}

test('a delayed request is answered late, and only as many as were ordered', async (t) => {
  const { send, received } = await faultySandbox(t, { kind: 'delay', ms: 150 });
  const started = performance.now();
  assert.equal((await send()).status, 200);
  assert.ok(performance.now() - started >= 145);
  assert.equal((await send()).status, 409);
  assert.equal(await received(), 1);
});

test('a reset before acceptance loses the request, and its retry is a first one', async (t) => {
  const { send, received } = await faultySandbox(t, { kind: 'reset' });
  assert.ok((await send()).error);
  assert.equal(await received(), 0);
  assert.equal((await send()).status, 200);
});

test('a reset after acceptance has sent the message, and its retry is answered 409', async (t) => {
  const { send, received } = await faultySandbox(t, { kind: 'reset-after-accept' });
  assert.ok((await send()).error);
  assert.equal(await received(), 1);
  assert.equal((await send()).status, 409);
});

test('a 500 may or may not have sent the message', async (t) => {
  for (const [accepted, messages, second] of [
    [false, 0, 200],
    [true, 1, 409],
  ]) {
    const { send, received } = await faultySandbox(t, { kind: 'status', status: 500, accepted });
    assert.equal((await send()).status, 500);
    assert.equal(await received(), messages);
    assert.equal((await send()).status, second);
  }
});

test('the two kinds of 429 differ in their message, and send nothing', async (t) => {
  const messages = {
    'rate-limit': /rate limit has been exceeded/,
    'monthly-limit': /reached your monthly limit/,
  };
  for (const [kind, message] of Object.entries(messages)) {
    const { send, received } = await faultySandbox(t, { kind });
    const answer = await send();
    assert.equal(answer.status, 429);
    assert.match(answer.body.message, message);
    assert.equal(await received(), 0);
  }
});

test('a hanging request is never answered', async (t) => {
  for (const [accepted, messages] of [
    [false, 0],
    [true, 1],
  ]) {
    const { sandbox, userId, received } = await faultySandbox(t, { kind: 'hang', accepted });
    const giveUp = new AbortController();
    const asked = sandbox.line('POST', PUSH, push(userId), {}, giveUp.signal).then(
      () => 'answered',
      (error) => error.name,
    );
    while ((await sandbox.control('GET', `/requests?path=${PUSH}`)).body.length === 0) await sleep(5);

    assert.equal(await Promise.race([asked, sleep(50, 'waiting')]), 'waiting');
    assert.equal(await received(), messages);
    giveUp.abort();
    assert.equal(await asked, 'AbortError');
  }
});

test('a body that breaks off comes with 200 for a message that was sent', async (t) => {
  const { send, received } = await faultySandbox(t, { kind: 'bad-json' });
  const answer = await send();
  assert.equal(answer.status, 200);
  assert.throws(() => JSON.parse(answer.text));
  assert.equal(await received(), 1);
});

test('faults hit only their path, and can be listed and taken back', async (t) => {
  const { sandbox, send } = await faultySandbox(t, { kind: 'status', times: 5 });
  assert.equal((await sandbox.line('GET', '/v2/bot/info')).status, 200);
  assert.equal((await sandbox.control('GET', '/faults')).body[0].left, 5);
  await sandbox.control('DELETE', '/faults');
  assert.equal((await send()).status, 200);
});

test('an order that makes no sense is refused', async (t) => {
  const sandbox = await sandboxFor(t);
  for (const fault of [
    {},
    { path: PUSH },
    { path: PUSH, kind: 'earthquake' },
    { path: PUSH, kind: 'reset', times: 0 },
    { path: PUSH, kind: 'status', status: 99 },
  ]) {
    assert.equal((await sandbox.control('POST', '/faults', fault)).status, 400);
  }
});

test('what a request met is seen in the list of requests', async (t) => {
  const { sandbox, send } = await faultySandbox(t, { kind: 'reset-after-accept' });
  await send();
  const [request] = (await sandbox.control('GET', `/requests?path=${PUSH}`)).body;
  assert.equal(request.fault, 'reset-after-accept');
  assert.equal(request.status, null);
  assert.equal(request.headers.authorization, undefined);
  assert.match(request.bodySha256, /^[0-9a-f]{64}$/);
});
