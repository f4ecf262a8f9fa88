// The phone page, used in a real browser as a person would use it.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { sandboxFor, until } from './testing/harness.mjs';
import { flex, inBody, quickReplies, text } from './testing/messages.mjs';
import { QR_URL, qrPicture } from './testing/qr_picture.mjs';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const skip = existsSync(CHROMIUM) ? false : `no browser at ${CHROMIUM}`;
const CODE = decodeURIComponent(QR_URL.split('?')[1]);

let browser;
before(async () => {
  if (skip) return;
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});
after(() => browser?.close());

// A webhook that answers each event through the sandbox with what `reply(event)` gives.
async function botFor(t, reply) {
  let sandbox;
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    response.end();
    for (const event of JSON.parse(Buffer.concat(chunks)).events) {
      const messages = event.replyToken && reply(event);
      if (messages)
        await sandbox.line('POST', '/v2/bot/message/reply', { replyToken: event.replyToken, messages });
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  sandbox = await sandboxFor(t, { webhook: { url: `http://127.0.0.1:${server.address().port}/` } });
  return sandbox;
}

// The page in a tab of its own; whatever it complains of or asks of another site fails the test.
async function open(t, sandbox, viewport = { width: 1280, height: 900 }) {
  const context = await browser.newContext({ viewport, locale: 'ja-JP' });
  sandbox.beforeClose.push(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(sandbox.url))
      complaints.push(request.url());
  });
  t.after(() => assert.deepEqual(complaints, []));
  await page.goto(sandbox.url);
  return page;
}

const inTalk = (page, words) => page.locator('#log').getByText(words, { exact: true });

test(
  'a visitor scans the picture of a QR code, sends its text, and presses a button of the answer',
  { skip },
  async (t) => {
    const pressed = [];
    const sandbox = await botFor(t, (event) => {
      if (event.type === 'postback') pressed.push(event.postback.data);
      return event.message?.text === CODE ? [flex()] : undefined;
    });
    const page = await open(t, sandbox);
    await page.fill('#new-name', '見本 太郎');
    await page.click('#new-visitor button');
    await page.getByText('見本 太郎 さんの画面').waitFor();
    await page.setInputFiles('#picture', { name: 'qr.png', mimeType: 'image/png', buffer: qrPicture() });
    await page.waitForFunction((code) => document.querySelector('#text').value === code, CODE);
    await page.click('#composer button');

    await inTalk(page, '喫茶みほん').waitFor();
    await inTalk(page, '12月1日').waitFor();
    await page.getByRole('button', { name: '取り消す' }).click();
    const [person] = (await sandbox.control('GET', '/users')).body;
    await until(() => pressed.length > 0);
    assert.deepEqual(pressed, ['undo']);
    assert.equal(person.follow, 'friend');
  },
);

test('quick replies stand above the composer and go when one is pressed', { skip }, async (t) => {
  const sandbox = await botFor(t, (event) =>
    event.message?.text === 'start' ? [text({ quickReply: quickReplies(3) })] : undefined,
  );
  const userId = await sandbox.friend();
  const page = await open(t, sandbox);
  await page.fill('#text', 'start');
  await page.press('#text', 'Enter');
  await page.locator('#quick-replies button').nth(1).click();
  await page.locator('#quick-replies').waitFor({ state: 'hidden' });
  assert.equal((await sandbox.chat(userId)).at(-1).text, '1');
});

test(
  'several visitors are switched between, and who is not shown has an unread mark',
  { skip },
  async (t) => {
    const sandbox = await sandboxFor(t);
    const people = (await sandbox.control('POST', '/users', { count: 3, friend: true })).body;
    const page = await open(t, sandbox);
    await page.locator('.visitor').nth(2).waitFor();
    await page.getByText(`${people[0].name} さんの画面`).waitFor();
    await sandbox.line('POST', '/v2/bot/message/multicast', {
      to: people.map(({ userId }) => userId),
      messages: [text({ text: 'お知らせ' })],
    });

    await inTalk(page, 'お知らせ').waitFor();
    await page.locator('.unread').nth(1).waitFor();
    assert.equal(await page.locator('.unread').count(), 2);
    await page.locator('.visitor', { hasText: people[2].name }).click();
    await page.getByText(`${people[2].name} さんの画面`).waitFor();
    await inTalk(page, 'お知らせ').waitFor();
    assert.equal(await page.locator('.unread').count(), 1);
  },
);

test('blocking ends writing, unblocking begins it again', { skip }, async (t) => {
  const sandbox = await sandboxFor(t);
  const userId = await sandbox.friend();
  const page = await open(t, sandbox);
  await page.getByRole('button', { name: 'ブロック' }).click();
  await page.getByText('このアカウントをブロックしています。').waitFor();
  assert.ok(await page.locator('#composer').isHidden());
  assert.equal((await sandbox.control('GET', `/users/${userId}`)).body.follow, 'blocked');
  await page.getByRole('button', { name: 'ブロックを解除' }).click();
  await page.locator('#composer').waitFor();
});

test('a QR code of another site is not taken for a check-in', { skip }, async (t) => {
  const sandbox = await sandboxFor(t);
  await sandbox.friend();
  const page = await open(t, sandbox);
  await page.fill('#url', 'https://example.com/');
  await page.click('#scan-url button');
  await page.getByRole('link', { name: 'ブラウザで開く' }).waitFor();
  assert.equal(await page.inputValue('#text'), '');
});

test('text that looks like markup is shown as text', { skip }, async (t) => {
  const hostile = '<img src=x onerror="document.title=1"><script>1</script>';
  const sandbox = await sandboxFor(t);
  await sandbox.control('POST', '/users', { name: hostile.slice(0, 30), friend: true });
  const [{ userId }] = (await sandbox.control('GET', '/users')).body;
  await sandbox.line('POST', '/v2/bot/message/push', {
    to: userId,
    messages: [text({ text: hostile }), inBody({ type: 'text', text: hostile, wrap: true })],
  });
  const page = await open(t, sandbox);
  await inTalk(page, hostile).first().waitFor();
  assert.equal(await inTalk(page, hostile).count(), 2);
  assert.equal(await page.locator('#log img').count(), 0);
});

test('the page has no accessibility faults and fits a small screen', { skip }, async (t) => {
  const sandbox = await sandboxFor(t);
  const userId = await sandbox.friend();
  await sandbox.line('POST', '/v2/bot/message/push', {
    to: userId,
    messages: [text({ quickReply: quickReplies(2) })],
  });
  await sandbox.line('POST', '/v2/bot/message/push', { to: userId, messages: [text({ text: '' })] });
  for (const viewport of [
    { width: 1280, height: 900 },
    { width: 390, height: 844 },
  ]) {
    const page = await open(t, sandbox, viewport);
    await inTalk(page, 'こんにちは').waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`),
      [],
    );
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), viewport.width);
  }
});
