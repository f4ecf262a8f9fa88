// What a business prints, as it downloads it: every QR code leads to the same place from every paper,
// every word can be read back, rare characters included, and every font is in the file.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";

import { browserForTests, DESK, inTab, NO_BROWSER } from "./support/browser.mjs";
import { enter, newShop, registerQuickly } from "./support/business_pages.mjs";
import { assertFontsEmbedded, qrsOfPdf, qrsOfPicture, textOfPdf, wordsOfPdf } from "./support/pdf.mjs";
import { stackForTests } from "./support/stacks.mjs";

// A variant of a character outside JIS, one outside the basic plane, and one chosen by a selector.
const NAME = "髙﨑𠮷葛\u{E0100}食堂";
const SHEETS = {
  "感染防止対策取組書（PDF）": { words: ["感染防止対策取組書", "みほん県"], verifies: true },
  "ポスター（PDF）": { words: ["LINE"], verifies: false },
  "卓上の三角札（PDF）": { words: ["LINE"], verifies: false },
  "シール（PDF）": { words: ["LINE"], verifies: false },
};
const RESOLUTIONS = [72, 200];
const MOST_BYTES = 150_000;

describe("the sheets of a venue", { skip: NO_BROWSER }, () => {
  const stack = stackForTests();
  const open = browserForTests();
  const dir = mkdtempSync(path.join(os.tmpdir(), "oshirase-sheets-"));
  after(() => rmSync(dir, { recursive: true }));
  const shop = newShop({ venue: { name: NAME, address: "鷗町１丁目　髙島ビル" } });
  const downloads = {};
  let venue;

  before(async () => {
    venue = await registerQuickly(stack, shop);
    await inTab(open, stack, { album: "sheets", screen: DESK }, async (tab) => {
      await enter(tab, venue);
      for (const name of Object.keys(SHEETS)) downloads[name] = (await tab.download(name)).bytes;
      downloads.png = (await tab.download("画像（PNG）")).bytes;
      downloads.number = await tab.page.locator(".answer", { hasText: "取組書の番号" }).locator(".code").innerText();
      // The SVG, as a browser draws it.
      downloads.svg = await tab.page.locator("img.qr").screenshot();
    });
  }, { timeout: 120_000 });

  function picture(name) {
    const file = path.join(dir, `${name}.png`);
    writeFileSync(file, downloads[name]);
    return qrsOfPicture(file);
  }

  test("leads to the same chat from the PNG and the SVG", async () => {
    assert.deepEqual(await picture("png"), [venue.url]);
    assert.deepEqual(await picture("svg"), [venue.url]);
  });

  for (const [name, { words, verifies }] of Object.entries(SHEETS)) {
    for (const resolution of RESOLUTIONS) {
      test(`leads to the same chat from ${name} at ${resolution} dpi`, async () => {
        const verify = `${stack.env.GATEWAY_URL}/certificates/${downloads.number.replaceAll("-", "")}`;
        const wanted = verifies ? [venue.url, verify] : [venue.url];
        const read = await qrsOfPdf(downloads[name], resolution);
        assert.deepEqual(read.map((url) => url.replace(downloads.number, downloads.number.replaceAll("-", ""))), wanted.sort());
      });
    }

    test(`can be read back from ${name}, rare characters too`, async () => {
      const text = await textOfPdf(downloads[name]);
      for (const word of [NAME, venue.code, ...words]) assert.ok(text.includes(word), `${word} is not in ${text}`);
      assert.ok(downloads[name].length < MOST_BYTES, `${downloads[name].length} bytes`);
      await assertFontsEmbedded(downloads[name], name);
    });
  }

  test("names every measure on the certificate", async () => {
    const text = await textOfPdf(downloads["感染防止対策取組書（PDF）"]);
    for (const measure of shop.measures.measures.split("\n")) assert.ok(text.includes(measure), measure);
    assert.ok(text.includes(downloads.number));
    assert.ok(text.includes("鷗町１丁目髙島ビル"), "spaces aside");
  });

  test("keeps what belongs to a sticker between its cuts", async () => {
    const [margin, height] = [22.68, 199.14];
    const rowOf = (y) => Math.floor((y - margin) / height);
    const words = await wordsOfPdf(downloads["シール（PDF）"]);
    for (const { text, top, bottom } of words) assert.equal(rowOf(top), rowOf(bottom - 1), `${text} is cut`);
    const addresses = words.filter(({ text }) => text.includes("/c/"));
    assert.deepEqual(addresses.map(({ bottom }) => rowOf(bottom)).sort(), [0, 0, 1, 1, 2, 2, 3, 3]);
  });

  test("is the same, byte by byte, when it is downloaded again", async () => {
    await inTab(open, stack, { album: "sheets", screen: DESK }, async (tab) => {
      await enter(tab, venue);
      for (const name of Object.keys(SHEETS)) assert.deepEqual((await tab.download(name)).bytes, downloads[name], name);
    });
  });
});
