import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = fileURLToPath(new URL('main.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mail-sink-'));
const data = join(folder, 'data');
let sink;

async function start(more = []) {
  const child = spawn('node', [program, '--data', data, ...more]);
  child.stderr.pipe(process.stderr);
  const [line] = await once(createInterface(child.stdout), 'line');
  sink = { child, ...JSON.parse(line) };
}

async function kill(signal) {
  sink.child.kill(signal);
  await once(sink.child, 'exit');
}

/** Sends with curl, a client that shares nothing with the server. Resolves to curl's exit code. */
async function send(message, recipients = ['owner@example.com']) {
  const file = join(folder, 'message');
  writeFileSync(file, message.replace(/\r?\n/g, '\r\n'));
  const to = recipients.flatMap((address) => ['--mail-rcpt', address]);
  const sender = ['--mail-from', 'office@example.com', '--upload-file', file];
  return run('curl', ['--silent', `smtp://127.0.0.1:${sink.smtp}`, ...sender, ...to]).then(
    () => 0,
    (problem) => problem.code,
  );
}

async function api(path, options) {
  const response = await fetch(`http://127.0.0.1:${sink.http}${path}`, options);
  return { status: response.status, body: await response.json() };
}

const plain = (subject) => `Subject: ${subject}\nTo: owner@example.com\n\nhello\n`;

beforeEach(async () => {
  if (!sink) await start();
  await api('/api/messages', { method: 'DELETE' });
  await api('/api/faults', { method: 'DELETE' });
});

after(async () => {
  await kill('SIGTERM');
  rmSync(folder, { recursive: true });
});

test('a mail with Japanese text, HTML and an attachment comes back whole', async () => {
  const pdf = Buffer.from('%PDF-1.7 取組書');
  const message = `From: office@example.com
To: owner@example.com
Subject: =?UTF-8?B?${Buffer.from('感染防止対策取組書').toString('base64')}?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=outer

--outer
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

${Buffer.from('店頭に貼ってください。').toString('base64')}
--inner
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

${Buffer.from('<p>店頭に貼ってください。</p>').toString('base64')}
--inner--
--outer
Content-Type: application/pdf
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename=certificate.pdf

${pdf.toString('base64')}
--outer--
`;

  assert.equal(await send(message), 0);

  const [mail, ...others] = (await api('/api/messages')).body;
  assert.equal(others.length, 0);
  assert.deepEqual(mail.to, ['owner@example.com']);
  assert.equal(mail.subject, '感染防止対策取組書');
  assert.match(mail.text, /^店頭に貼ってください。\s*$/);
  assert.match(mail.html, /^<p>店頭に貼ってください。<\/p>\s*$/);
  assert.equal(mail.attachments.length, 1);
  assert.equal(mail.attachments[0].filename, 'certificate.pdf');
  assert.equal(mail.attachments[0].contentType, 'application/pdf');
  assert.deepEqual(Buffer.from(mail.attachments[0].base64, 'base64'), pdf);
});

test('to names the recipients of the envelope, and ?to= filters by them', async () => {
  await send(plain('first'), ['A@example.com', 'b@example.com']);
  await send(plain('second'), ['c@example.com']);

  const { body } = await api('/api/messages?to=a@example.com');

  assert.deepEqual(body.map((mail) => mail.subject), ['first']);
  assert.deepEqual(body[0].to, ['a@example.com', 'b@example.com']);
});

test('mail taken before a SIGKILL is there afterwards, a torn journal line is not', async () => {
  assert.equal(await send(plain('kept')), 0);
  await kill('SIGKILL');
  appendFileSync(join(data, 'journal.jsonl'), '{"id":"2","subj');

  await start();
  assert.equal(await send(plain('later')), 0);
  await kill('SIGKILL');
  await start();

  const { body } = await api('/api/messages');
  assert.deepEqual(body.map(({ id, subject }) => [id, subject]), [['1', 'kept'], ['2', 'later']]);
});

test('deleting forgets for good', async () => {
  await send(plain('gone'));
  await api('/api/messages', { method: 'DELETE' });
  assert.deepEqual((await api('/api/messages')).body, []);
  await kill('SIGKILL');
  await start();
  assert.deepEqual((await api('/api/messages')).body, []);
});

test('faults reject, defer and delay the next messages, and then end', async () => {
  const fault = (body) => api('/api/faults', { method: 'POST', body: JSON.stringify(body) });
  await fault({ kind: 'reject' });
  await fault({ kind: 'defer', times: 2 });
  await fault({ kind: 'delay', ms: 300 });

  assert.notEqual(await send(plain('rejected')), 0);
  assert.notEqual(await send(plain('deferred')), 0);
  assert.notEqual(await send(plain('deferred')), 0);
  const began = Date.now();
  assert.equal(await send(plain('delayed')), 0);
  assert.ok(Date.now() - began >= 300);
  assert.equal((await fault({ kind: 'explode' })).status, 400);

  assert.deepEqual((await api('/api/messages')).body.map((mail) => mail.subject), ['delayed']);
});

test('faults hit the stage, the recipient and the code they name', async () => {
  const fault = (body) => api('/api/faults', { method: 'POST', body: JSON.stringify(body) });
  const refused = 8; // curl: the server's answer was not what it should be
  await fault({ kind: 'reject', at: 'rcpt', to: 'Full@example.com', code: 552 });
  await fault({ kind: 'defer', at: 'connect', code: 421 });

  assert.equal(await send(plain('no greeting')), refused);
  assert.equal(await send(plain('other')), 0);
  assert.notEqual(await send(plain('full'), ['full@example.com']), 0);
  assert.equal(await send(plain('emptied'), ['full@example.com']), 0);
  for (const wrong of [{ at: 'nowhere' }, { code: 200 }, { to: 1 }, { times: -1 }]) {
    assert.equal((await fault({ kind: 'reject', ...wrong })).status, 400);
  }
  assert.equal((await fault({ kind: 'drop-after-accept', at: 'rcpt' })).status, 400);

  const { body } = await api('/api/messages');
  assert.deepEqual(body.map((mail) => mail.subject), ['other', 'emptied']);
});

test('a dropped message is gone, one dropped after acceptance is kept, and both senders fail', async () => {
  const fault = (body) => api('/api/faults', { method: 'POST', body: JSON.stringify(body) });
  await fault({ kind: 'drop' });
  await fault({ kind: 'drop-after-accept' });

  assert.notEqual(await send(plain('dropped')), 0);
  assert.notEqual(await send(plain('kept')), 0);
  assert.equal(await send(plain('after')), 0);

  const { body } = await api('/api/messages');
  assert.deepEqual(body.map((mail) => mail.subject), ['kept', 'after']);
});

test('a message is shown as it came, too', async () => {
  await send(plain('raw'));
  const [{ id, raw }] = (await api('/api/messages')).body;

  const text = await (await fetch(`http://127.0.0.1:${sink.http}/api/messages/${id}/raw`)).text();

  assert.equal(raw, undefined);
  assert.match(text, /^Subject: raw\r\nTo: owner@example\.com\r\n\r\nhello\r\n$/);
});

test('with a certificate it speaks TLS, after STARTTLS or from the first byte', async () => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  await run('openssl', ['req', '-x509', '-newkey', 'ed25519', '-nodes', '-days', '2', '-keyout', key,
    '-out', cert, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']);
  const message = join(folder, 'message');
  writeFileSync(message, plain('sealed').replace(/\n/g, '\r\n'));
  for (const [scheme, flags] of [['smtp', []], ['smtps', ['--smtps']]]) {
    await kill('SIGTERM');
    await start(['--tls-key', key, '--tls-cert', cert, ...flags]);
    await api('/api/messages', { method: 'DELETE' });
    await run('curl', ['--silent', '--ssl-reqd', '--cacert', cert, '--user', 'someone:secret',
      `${scheme}://localhost:${sink.smtp}`, '--mail-from', 'office@example.com',
      '--mail-rcpt', 'owner@example.com', '--upload-file', message]);
    const [mail] = (await api('/api/messages')).body;
    assert.deepEqual([mail.subject, mail.tls, mail.user], ['sealed', true, 'someone'], scheme);
  }
  await kill('SIGTERM');
  await start();
});

test('the pages escape what the mail says and give its HTML no rights', async () => {
  await send(`Subject: <script>alert(1)</script>
Content-Type: text/html

<script>alert(2)</script>
`);
  const get = async (path) => (await fetch(`http://127.0.0.1:${sink.http}${path}`)).text();

  const inbox = await get('/');
  const message = await get('/messages/1');

  assert.ok(!inbox.includes('<script>') && inbox.includes('&lt;script&gt;'));
  assert.ok(!message.includes('<script>') && message.includes('<iframe sandbox '));
});

test('what is not there is 404', async () => {
  assert.equal((await api('/api/messages/9')).status, 404);
  assert.equal((await api('/api/nothing')).status, 404);
});
