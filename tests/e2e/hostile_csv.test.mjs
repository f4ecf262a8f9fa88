// Hostile text in a file of many venues: what is refused is named line by line, and all the rest is
// shown as text wherever it comes out: pages, sheets, open data.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import { browserForTests, inTab, NO_BROWSER } from "./support/browser.mjs";
import { enter, newShop, registerQuickly } from "./support/business_pages.mjs";
import { query } from "./support/database.mjs";
import { forEach, Harmless, isVisible, lengthOf, lineOf, readPage } from "./support/hostile_pages.mjs";
import { familyOf, HOSTILE_STRINGS } from "./support/hostile_strings.mjs";
import { textOfPdf } from "./support/pdf.mjs";
import { stackForTests } from "./support/stacks.mjs";

const LONGEST = 100;
const HEADINGS = ["業種", "施設の名前", "町名・番地・建物の名前", "ほかの対策", "事業者の名前", "対策", "公開の一覧に載せる"];

const fits = (text) => isVisible(text) && lengthOf(text) <= LONGEST;
const nameOf = (string) => `${familyOf(string)}: ${JSON.stringify(string).slice(0, 60)}`;
const cell = (text) => `"${text.toWellFormed().replaceAll('"', '""')}"`;
const csvOf = (rows) => [HEADINGS, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
/** A cell holds several measures, between semicolons and line ends. */
const measuresIn = (text) => text.toWellFormed().split(/[;；\r\n]/).map(lineOf).filter(Boolean);
const isGood = (string) => fits(lineOf(string)) && measuresIn(string).every(fits) && measuresIn(string).length <= 30;

const rowOf = (string, i) => ["restaurant", string, `本町${i}`, measuresIn(string).length > 0 ? string : "換気", string, "", "はい"];

describe("hostile text in a file", { skip: NO_BROWSER }, () => {
  const stack = stackForTests();
  const open = browserForTests();
  let harmless;
  const good = HOSTILE_STRINGS.filter(isGood);
  let own;
  let csrf;
  let stored;

  const get = (path) => fetch(new URL(path, stack.env.GATEWAY_URL), { headers: { cookie: own.cookie } }).then((page) => page.text());

  async function sends(rows) {
    const form = new FormData();
    form.append("csrf", csrf);
    form.append("file", new Blob([`\uFEFF${csvOf(rows)}`], { type: "text/csv" }), "venues.csv");
    const origin = stack.env.GATEWAY_URL;
    const response = await fetch(`${origin}/upkeep/csv`, { method: "POST", headers: { origin, cookie: own.cookie }, body: form });
    return { status: response.status, html: await response.text() };
  }

  async function imports({ html }) {
    const [, upload] = /name="upload" value="([^"]+)"/.exec(html);
    const origin = stack.env.GATEWAY_URL;
    return fetch(`${origin}/upkeep/csv/import`, { method: "POST", redirect: "manual", headers: { origin, cookie: own.cookie },
      body: new URLSearchParams({ csrf, upload }) });
  }

  before(async () => {
    harmless = new Harmless(stack.env.GATEWAY_URL);
    own = await registerQuickly(stack, newShop());
    csrf = /name="csrf" value="([^"]+)"/.exec(await get("/upkeep/csv"))[1];
    harmless.learn((await sends([["ラーメン屋", "", "", "", "", "消毒", "たぶん"]])).html);
    harmless.learn((await sends(good.map((_, i) => rowOf("みなと食堂", i)))).html);
    harmless.learn((await sends(Array.from({ length: 300 }, (_, i) => ["x", "", `本町${i}`, "a", "a", "", "はい"]))).html);
  }, { timeout: 120_000 });

  test("is named line by line where it cannot be taken, and nothing is registered", { timeout: 120_000 }, async () => {
    const bad = HOSTILE_STRINGS.filter((string) => !isGood(string));
    const { status, html } = await sends(HOSTILE_STRINGS.map(rowOf));
    assert.equal(status, 422);
    harmless.assertAlike(html, "the list of problems");
    const lines = new Set(readPage(html, "th").texts.filter((text) => /^\d+$/.test(text)));
    // At most 200 problems are shown at once, and a row may have three.
    assert.ok(lines.size >= Math.min(bad.length, 66), `${lines.size} lines for ${bad.length} bad rows`);
    assert.equal((await query(stack, "SELECT count(*) FROM registry.venues"))[0].count, "1");
  });

  test("is told as text in every column", { timeout: 120_000 }, async () => {
    for (const column of HEADINGS.keys()) {
      for (let start = 0; start < good.length; start += 180) {
        const rows = good.slice(start, start + 180).map((string, i) => rowOf("店", i).map((text, j) => (j === column ? string : j === 6 ? "たぶん" : text)));
        const { html } = await sends(rows);
        harmless.assertAlike(html, `${HEADINGS[column]} from ${start}`);
      }
    }
  });

  test("is registered as it was typed", { timeout: 120_000 }, async () => {
    assert.ok(good.length >= 500, `${good.length} good ones`);
    const check = await sends(good.map(rowOf));
    assert.equal(check.status, 200, [...readPage(check.html, "td").texts].slice(0, 20).join("\n"));
    harmless.learn(check.html);
    assert.equal((await imports(check)).status, 303);
    stored = await query(stack, "SELECT name, venue_id, certificate_number FROM registry.venues " +
      "JOIN registry.certificates USING (venue_id) WHERE address LIKE '本町%' ORDER BY substr(address, 3)::int");
    assert.equal(stored.length, good.length);
    for (const [i, venue] of stored.entries()) assert.equal(venue.name, lineOf(good[i]), nameOf(good[i]));
  });

  test("is text on the pages of certificates, venues and codes", { timeout: 120_000 }, async () => {
    const plain = await registerQuickly(stack, newShop());
    const [{ certificate_number: number }] = await query(stack,
      "SELECT certificate_number FROM registry.certificates WHERE venue_id = $1", [plain.path.split("/").at(-1)]);
    const pages = (venue) => [`/certificates/${venue.certificate_number}`, `/upkeep/venues/${venue.venue_id}`,
      `/upkeep/venues/${venue.venue_id}/state`, `/upkeep/venues/${venue.venue_id}/change/venue`];
    for (const page of [...pages({ certificate_number: number, venue_id: own.path.split("/").at(-1) }), "/venues", "/upkeep"]) harmless.learn(await get(page));
    await forEach(stored, async (venue, i) => {
      for (const page of i % 8 === 0 ? pages(venue) : pages(venue).slice(0, 1)) {
        const html = await get(page);
        harmless.assertAlike(html, `${nameOf(good[i])} on ${page}`);
        assert.ok(readPage(html, "main").texts[0].includes(venue.name) || page.endsWith("/change/venue"), `${nameOf(good[i])} on ${page}`);
      }
    });
    for (let next = "/venues"; next; ) {
      const html = await get(next);
      harmless.assertAlike(html, next);
      next = /<a class="button button-second" href="(\/venues\?[^"]+)"/.exec(html)?.[1].replaceAll("&amp;", "&");
    }
  });

  test("is no formula in the open data, and as typed in its JSON", { timeout: 120_000 }, async () => {
    const csv = await get("/open-data/venues.csv");
    const cells = [...csv.slice(1).matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare);
    for (const each of cells) assert.doesNotMatch(each, /^[=+\-@\t\r＝＋－＠]/, "a spreadsheet would reckon it out");
    const names = new Set(cells.map((each) => each.replace(/^'/, "")));
    const json = JSON.stringify(JSON.parse(await get("/open-data/venues.json")));
    for (const [i, { name }] of stored.entries()) {
      assert.ok(names.has(name) || names.has(name.replace(/^'/, "")), nameOf(good[i]));
      assert.ok(json.includes(JSON.stringify(name)), nameOf(good[i]));
    }
  });

  test("is printed, and every plain word can be read back from the sheets", { timeout: 240_000 }, async () => {
    const plain = stored.filter(({ name }) => /^[\x21-\x7eぁ-んァ-ヶ一-龠]{3,60}$/.test(name)).filter((_, i) => i % 5 === 0);
    assert.ok(plain.length > 20, `${plain.length} plain ones`);
    await forEach([...plain, ...stored.filter((_, i) => i % 25 === 0)], async ({ name, venue_id: id }) => {
      const response = await fetch(`${stack.env.GATEWAY_URL}/upkeep/venues/${id}/certificate.pdf`, { headers: { cookie: own.cookie } });
      assert.equal(response.status, 200, name);
      const text = await textOfPdf(Buffer.from(await response.arrayBuffer()));
      if (plain.some((venue) => venue.venue_id === id)) assert.ok(text.includes(name), `${name} in ${text}`);
    });
  });

  test("runs nothing in a browser that looks at all of it", { timeout: 120_000 }, async () => {
    await inTab(open, stack, { album: "hostile" }, async (tab) => {
      await enter(tab, own);
      for (const page of ["/upkeep", "/venues"]) {
        await tab.go(page);
        await tab.looksRight(page.slice(1));
      }
      for (const { certificate_number: number } of stored.filter((_, i) => i % 30 === 0)) await tab.go(`/certificates/${number}`);
    });
  });
});
