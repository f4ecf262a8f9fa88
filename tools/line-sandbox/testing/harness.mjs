// What the sandbox's own tests share: a sandbox in this process with a directory of its own, one as
// a process that can be killed, and a webhook that remembers what it was sent.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loginKey } from '../api/jwt.mjs';
import { Clock } from '../clock.mjs';
import { Log } from '../log.mjs';
import { readOptions } from '../options.mjs';
import { startSandbox } from '../sandbox.mjs';
import { Validator } from '../validation/validator.mjs';

export const CHANNEL_SECRET = '3f9c2d7a61b04e58a7d1c0b94e6f8a25';
export const ACCESS_TOKEN = 'sandbox-test-token';
export const BOT_USER_ID = 'U0123456789abcdef0123456789abcdef';
export const BASIC_ID = '@oshirase';

// Made once per test file: it takes a third of a second.
let madeValidator;
const usualValidator = () => (madeValidator ??= new Validator());

function temporaryDir(t) {
  const dir = mkdtempSync(join(tmpdir(), 'line-sandbox-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function argumentsFor(dir, more) {
  writeFileSync(join(dir, 'secret'), `${CHANNEL_SECRET}\n`);
  writeFileSync(join(dir, 'token'), `${ACCESS_TOKEN}\n`);
  return [
    '--data',
    join(dir, 'data'),
    '--channel-secret-file',
    join(dir, 'secret'),
    '--access-token-file',
    join(dir, 'token'),
    '--bot-user-id',
    BOT_USER_ID,
    '--basic-id',
    BASIC_ID,
    ...more,
  ];
}

// A sandbox inside the test. `webhook` is one of startWebhook's.
export async function sandboxFor(t, { webhook, args = [], validator = usualValidator() } = {}) {
  const dir = temporaryDir(t);
  const { config, problems } = readOptions(argumentsFor(dir, args), {});
  if (problems) throw new Error(problems.join('; '));
  config.webhookUrl = webhook?.url ?? null;
  const clock = new Clock();
  const lines = [];
  const log = new Log('info', (line) => lines.push(line));
  const start = async () => {
    const sandbox = await startSandbox({ config: { ...config, loginKey: login() }, clock, log, validator });
    return clientOf(sandbox.url, { clock, lines, dir, close: sandbox.close });
  };
  const login = () => loginKey(join(dir, 'login-key.pem'));
  const first = await start();
  let latest = first;
  // What a test opened on the sandbox and wants closed before it.
  first.beforeClose = [];
  t.after(async () => {
    for (const close of first.beforeClose) await close();
    await latest.close();
  });
  first.restart = async () => {
    await latest.close();
    latest = await start();
    return latest;
  };
  return first;
}

// A sandbox as a process of its own. kill() ends it without a chance to tidy up; start() again uses
// the same directory.
export async function sandboxProcessFor(t, { args = [] } = {}) {
  const dir = temporaryDir(t);
  let child;
  const start = async () => {
    const main = fileURLToPath(new URL('../main.mjs', import.meta.url));
    child = spawn(process.execPath, [main, ...argumentsFor(dir, args)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface(child.stdout)) {
      const { msg, url } = JSON.parse(line);
      if (msg !== 'listening') continue;
      child.stdout.resume();
      return clientOf(url, { dir });
    }
    throw new Error('the sandbox ended before it listened');
  };
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  t.after(() => child.exitCode === null && child.signalCode === null && kill());
  return { start, kill };
}

// A webhook on a free port. `answer(n)` gives the status for the n-th call (from 0), or a promise of it; the calls'
// headers and raw bodies stand in `calls`.
export async function startWebhook(t, answer = () => 200) {
  const calls = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    const n = calls.push({ headers: request.headers, raw, body: JSON.parse(raw) }) - 1;
    response.writeHead(await answer(n)).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${server.address().port}/line/webhook`, calls };
}

// Waits until the condition holds; fails after ten seconds.
export async function until(condition) {
  for (const end = Date.now() + 10_000; !condition(); await sleep(5)) {
    if (Date.now() > end) throw new Error(`waited in vain for ${condition}`);
  }
}

function clientOf(url, more) {
  const control = async (method, path, body) => {
    const response = await fetch(`${url}/_sandbox${path}`, { method, body: body && JSON.stringify(body) });
    return { status: response.status, body: await response.json() };
  };
  const line = async (method, path, body, headers = {}, signal) => {
    const response = await fetch(url + path, {
      method,
      signal,
      headers: {
        authorization: `Bearer ${ACCESS_TOKEN}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body:
        typeof body === 'string' || body === undefined || body instanceof URLSearchParams
          ? body
          : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: text && tryJson(text) };
  };
  const friend = async () => (await control('POST', '/users', { friend: true })).body[0].userId;
  const chat = async (userId) => (await control('GET', `/users/${userId}/chat`)).body;
  return { url, control, line, friend, chat, ...more };
}

function tryJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
