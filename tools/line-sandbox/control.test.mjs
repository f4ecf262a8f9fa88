// The control API and the process around it.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sandboxFor, startWebhook } from './testing/harness.mjs';
import { QR_URL, qrPicture } from './testing/qr_picture.mjs';

const MAIN = fileURLToPath(new URL('main.mjs', import.meta.url));
const HELLO = [{ type: 'text', text: 'こんにちは' }];

test('a QR code is read from its picture', async (t) => {
  const webhook = await startWebhook(t);
  const sandbox = await sandboxFor(t, { webhook });
  const userId = await sandbox.friend();
  for (const scale of [2, 8]) {
    await sandbox.control('POST', `/users/${userId}/scan`, { png: qrPicture(scale).toString('base64') });
    assert.equal(webhook.calls.at(-1).body.events[0].message.text, decodeURIComponent(QR_URL.split('?')[1]));
  }
  const decoded = await sandbox.control('POST', '/decode', {
    png: `data:image/png;base64,${qrPicture().toString('base64')}`,
  });
  assert.deepEqual(decoded.body, { text: 'ABCD-EFGH-JKMN-PQRS-T' });
  assert.equal(webhook.calls.length, 2);
});

test('a picture without a QR code, a huge one and one that is none are refused', async (t) => {
  const sandbox = await sandboxFor(t);
  const userId = await sandbox.friend();
  const empty = qrPicture().fill(0, 60);
  const huge = Buffer.from(qrPicture());
  huge.writeUInt32BE(100_000, 16);
  huge.writeUInt32BE(100_000, 20);
  for (const png of [empty, huge, Buffer.from('hello')]) {
    const answer = await sandbox.control('POST', `/users/${userId}/scan`, { png: png.toString('base64') });
    assert.equal(answer.status, 422);
    assert.ok(answer.body.error);
  }
});

test('users are made one or many at a time, with names', async (t) => {
  const sandbox = await sandboxFor(t);
  const [named] = (await sandbox.control('POST', '/users', { name: '見本 花子' })).body;
  const many = (await sandbox.control('POST', '/users', { count: 200 })).body;
  assert.equal(named.name, '見本 花子');
  assert.equal(new Set(many.map(({ name }) => name)).size, 200);
  for (const { userId } of many) assert.match(userId, /^U[0-9a-f]{32}$/);
  const listed = (await sandbox.control('GET', '/users')).body;
  assert.deepEqual(listed[0], { userId: named.userId, name: '見本 花子', follow: 'none', messages: 0 });
  assert.equal(listed.length, 201);
});

test('a chat tells who wrote what, when and how it was sent', async (t) => {
  const webhook = await startWebhook(t);
  const sandbox = await sandboxFor(t, { webhook });
  const userId = await sandbox.friend();
  await sandbox.control('POST', `/users/${userId}/text`, { text: 'hi', timestamp: 1606788000000 });
  await sandbox.control('POST', `/users/${userId}/postback`, { data: 'undo', displayText: '取り消す' });
  const key = '123e4567-e89b-12d3-a456-426614174000';
  await sandbox.line(
    'POST',
    '/v2/bot/message/push',
    { to: userId, messages: HELLO },
    { 'x-line-retry-key': key },
  );

  const [said, pressed, got] = await sandbox.chat(userId);
  assert.deepEqual([said.from, said.text, said.time], ['user', 'hi', 1606788000000]);
  assert.deepEqual([pressed.text, pressed.postback], ['取り消す', 'undo']);
  assert.deepEqual([got.from, got.via, got.retryKey, got.messages], ['bot', 'push', key, HELLO]);
});

test('wrong use of the control API is told with a reason', async (t) => {
  const sandbox = await sandboxFor(t);
  const userId = await sandbox.friend();
  const wrong = [
    [404, 'POST', '/nowhere'],
    [404, 'POST', `/users/U${'0'.repeat(32)}/text`, { text: 'x' }],
    [400, 'POST', `/users/${userId}/text`, {}],
    [400, 'POST', `/users/${userId}/text`, { text: 'x', timestamp: 'now' }],
    [400, 'POST', `/users/${userId}/postback`, {}],
    [400, 'POST', '/users', { count: 0 }],
    [400, 'POST', '/events', {}],
    [400, 'POST', '/config', { quotas: 1 }],
    [400, 'POST', '/config', { quota: -1 }],
    [400, 'POST', '/clock', { offsetSeconds: 'x' }],
    [400, 'POST', '/assertion-keys', { kid: 'a', key: 'x' }],
  ];
  for (const [status, method, path, body] of wrong) {
    const answer = await sandbox.control(method, path, body);
    assert.equal(answer.status, status, `${path} ${JSON.stringify(body)}`);
    assert.ok(answer.body.error);
  }
});

test('a page of another site cannot use the sandbox', async (t) => {
  const sandbox = await sandboxFor(t);
  for (const [origin, status] of [
    ['https://example.com', 403],
    ['null', 403],
    [sandbox.url, 200],
  ]) {
    const answer = await fetch(`${sandbox.url}/_sandbox/users`, { method: 'POST', headers: { origin } });
    assert.equal(answer.status, status);
  }
});

test('a request to an endpoint the sandbox does not know is a problem', async (t) => {
  const sandbox = await sandboxFor(t);
  assert.equal((await sandbox.line('POST', '/v2/bot/message/narrowcast', {})).status, 404);
  assert.equal((await sandbox.control('GET', '/problems')).body.length, 1);
});

test('log lines carry no user id, token or text', async (t) => {
  const webhook = await startWebhook(t);
  const sandbox = await sandboxFor(t, { webhook });
  const userId = await sandbox.friend();
  await sandbox.control('POST', `/users/${userId}/text`, { text: 'himitsu' });
  const { replyToken } = webhook.calls[0].body.events[0];
  await sandbox.line('POST', '/v2/bot/message/reply', { replyToken, messages: HELLO });
  await sandbox.line('GET', `/v2/bot/profile/${userId}`);

  const log = sandbox.lines.join('');
  assert.match(log, /"route":"\/v2\/bot\/message\/reply","status":200/);
  for (const secret of [userId, replyToken, 'himitsu', 'こんにちは', 'sandbox-test-token'])
    assert.ok(!log.includes(secret));
});

test('the page is told of changes as they happen', async (t) => {
  const sandbox = await sandboxFor(t);
  const userId = await sandbox.friend();
  const live = await fetch(`${sandbox.url}/_sandbox/live`);
  const reader = live.body.pipeThrough(new TextDecoderStream()).getReader();
  await reader.read();
  await sandbox.line('POST', '/v2/bot/message/push', { to: userId, messages: HELLO });
  const { value } = await reader.read();
  const change = JSON.parse(value.replace('data: ', ''));
  assert.deepEqual(change.userIds, [userId]);
  assert.equal(change.requests[0].path, '/v2/bot/message/push');
  await reader.cancel();
});

test('bad options are all told at once, one line each, with exit 2', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'line-sandbox-'));
  t.after(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, 'empty'), '');
  const args = [
    '--data',
    dir,
    '--channel-secret-file',
    join(dir, 'none'),
    '--access-token-file',
    join(dir, 'empty'),
    '--bot-user-id',
    'x',
    '--basic-id',
    'x',
    '--webhook-url',
    'ftp://x',
  ];
  const run = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
  assert.equal(run.status, 2);
  assert.equal(run.stderr.trim().split('\n').length, 5);
  assert.equal(spawnSync(process.execPath, [MAIN, '--help']).status, 0);
});

test('a port that is taken is told in one line, with exit 2', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'line-sandbox-'));
  t.after(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, 'secret'), 'x');
  const other = createServer().listen(0, '127.0.0.1');
  t.after(() => other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address();
  const args = [
    '--port',
    port,
    '--data',
    dir,
    '--channel-secret-file',
    join(dir, 'secret'),
    '--access-token-file',
    join(dir, 'secret'),
    '--bot-user-id',
    `U${'0'.repeat(32)}`,
    '--basic-id',
    '@x',
  ];
  const run = spawnSync(process.execPath, [MAIN, ...args.map(String)], { encoding: 'utf8' });
  assert.deepEqual([run.status, run.stderr], [2, `line-sandbox: --port ${port} is taken\n`]);
});
