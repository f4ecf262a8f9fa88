// Many venues at once, in a real browser: a CSV file with all that is wrong in it, registered whole or
// not at all, and the sheets of all in one file. Pictures of every page are left in
// build/screenshots/bulk.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";

import { browserForTests, inTab, NO_BROWSER, PHONE, WAYS } from "./support/browser.mjs";
import { enter, newShop, registerQuickly } from "./support/business_pages.mjs";
import { query } from "./support/database.mjs";
import { textOfPdf } from "./support/pdf.mjs";
import { stackForTests } from "./support/stacks.mjs";

const ROWS = 12;
/** So many that their sheets take some seconds. */
const MANY = 400;
const CHECK = "ファイルを確かめる";

/** A row of the template with other answers; `number` tells places apart. */
function rowOf(template, number, changes = {}) {
  const answers = { "施設の名前": `みなと食堂 ${number}号店 "離れ"`, "町名・番地・建物の名前": `本町${number}, 2階`, ...changes };
  return template.headings.map((heading, i) => answers[heading] ?? template.example[i]);
}

const csvOf = (rows) => rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\r\n");

/** What a spreadsheet program on an old Windows saves. */
const inShiftJis = (text) => execFileSync("iconv", ["-f", "UTF-8", "-t", "CP932"], { input: text });

describe("many venues at once", { skip: NO_BROWSER, concurrency: 2 }, () => {
  const stack = stackForTests();
  const open = browserForTests();
  const dir = mkdtempSync(path.join(os.tmpdir(), "oshirase-bulk-"));
  after(() => rmSync(dir, { recursive: true }));
  const inNewTab = (way, work) => inTab(open, stack, { album: "bulk", ...way }, work);

  const sends = async (tab, buffer) => {
    await tab.page.setInputFiles("#file", { name: "venues.csv", mimeType: "text/csv", buffer: Buffer.from(buffer) });
    return tab.press(CHECK);
  };

  const venuesOf = async ({ contact: { email } }) => Number((await query(stack,
    "SELECT count(*) FROM registry.venues JOIN registry.businesses USING (business_id) WHERE businesses.email = $1", [email]))[0].count);

  async function readsTheTemplate(tab) {
    const { bytes, type } = await tab.download("ひな形のCSVファイルを受け取る");
    assert.match(type, /^text\/csv/);
    const text = bytes.toString();
    assert.equal(text[0], "\uFEFF", "or Excel takes it for Shift_JIS");
    const [headings, example] = text.slice(1).trim().split("\r\n").map((line) => JSON.parse(`[${line}]`));
    assert.match((await tab.download("業種ごとの対策の一覧（CSV）")).bytes.toString(), /飲食店/);
    return { headings, example };
  }

  async function namesAllThatIsWrong(tab, template, shop) {
    assert.equal(await tab.press(CHECK), 422);
    assert.match(await tab.page.title(), /^エラー：/);
    await tab.looksRight("02-no-file");
    const rows = [
      template.headings,
      rowOf(template, 1),
      rowOf(template, 2, { "業種": "ラーメン屋", "電話番号": "1" }),
      rowOf(template, 3, { "施設の名前": "", "対策": "消毒" }),
      rowOf(template, 1),
      rowOf(template, 4, { "公開の一覧に載せる": "たぶん" }),
    ];
    assert.equal(await sends(tab, csvOf(rows)), 422);
    await tab.looksRight("03-wrong-lines");
    const told = await tab.page.locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText)));
    assert.deepEqual(told.map(([line, column]) => [line, column]),
      [["3", "業種"], ["3", "電話番号"], ["4", "対策"], ["4", "施設の名前"], ["5", "施設の名前"], ["6", "公開の一覧に載せる"]]);
    assert.match(told[4][2], /同じ名前と場所の施設が、上の行にもあります/);
    assert.equal(await sends(tab, Buffer.from([0xff, 0xfe, 0x00, 0xd8])), 422);
    await tab.looksRight("04-no-text");
    assert.equal(await venuesOf(shop), 1, "all or nothing");
  }

  async function registersAll(tab, template, { buffer, shop, count }) {
    assert.equal(await sends(tab, buffer), 200);
    assert.equal(await tab.heading(), "ファイルの確認");
    assert.match(await tab.text(), new RegExp(`登録する施設の数\\s+${count}`));
    await tab.looksRight("05-check");
    assert.equal(await venuesOf(shop), 1, "nothing yet");
    assert.equal(await tab.press(`${count}施設を登録する`), 200);
    assert.equal(await tab.heading(), "まとめて登録しました");
    await tab.looksRight("06-done");
    assert.equal(await venuesOf(shop), 1 + count);
    assert.equal(await tab.click("登録した施設の一覧へ"), 200);
    await tab.page.getByRole("link", { name: `みなと食堂 ${count}号店 "離れ"` }).waitFor();
    await tab.looksRight("07-list");
  }

  async function makes(tab, document, format) {
    await tab.go("/upkeep/bundles");
    await tab.fill({ document, format });
    assert.equal(await tab.press("書類を作る"), 200);
  }

  // The page is loaded anew by itself until all is done, with scripts and without.
  async function downloads(tab, button) {
    await tab.page.getByRole("link", { name: button }).waitFor({ timeout: 60_000 });
    const { bytes } = await tab.download(button);
    const file = path.join(dir, `${crypto.randomUUID()}.bin`);
    writeFileSync(file, bytes);
    return { file, bytes };
  }

  async function givesAllSheets(tab, count) {
    await tab.go("/upkeep/bundles");
    await tab.looksRight("08-bundles");
    await makes(tab, "certificate", "zip");
    const zip = await downloads(tab, "ZIPファイルを受け取る");
    await tab.looksRight("09-bundle-done");
    const names = execFileSync("unzip", ["-Z1", zip.file], { encoding: "utf8" }).trim().split("\n");
    assert.equal(names.filter((name) => name.endsWith(".pdf")).length, count);
    execFileSync("unzip", ["-tq", zip.file]);
    await makes(tab, "poster", "pdf");
    const pdf = await downloads(tab, "PDFファイルを受け取る");
    assert.match(execFileSync("pdfinfo", [pdf.file], { encoding: "utf8" }), new RegExp(`Pages: +${count}\n`));
    assert.ok((await textOfPdf(pdf.bytes)).includes('みなと食堂12号店"離れ"'));
  }

  for (const way of WAYS) {
    test(`are registered whole or not at all, ${way.where}`, { timeout: 120_000 }, async () => {
      const shop = newShop();
      const registered = await registerQuickly(stack, shop);
      await inNewTab(way, async (tab) => {
        await enter(tab, registered);
        await tab.go("/upkeep/csv");
        await tab.looksRight("01-csv");
        const template = await readsTheTemplate(tab);
        await namesAllThatIsWrong(tab, template, shop);
        const text = csvOf([template.headings, ...Array.from({ length: ROWS }, (_, i) => rowOf(template, i + 1))]);
        await registersAll(tab, template, { buffer: way.scripts ? text : inShiftJis(text), shop, count: ROWS });
        await givesAllSheets(tab, ROWS + 1);
      });
    });
  }

  for (const scripts of [true, false]) {
    test(`show how far their sheets are, ${scripts ? "with" : "without"} JavaScript`, { timeout: 180_000 }, async () => {
      const shop = newShop();
      const registered = await registerQuickly(stack, shop);
      await inNewTab({ screen: PHONE, scripts }, async (tab) => {
        await enter(tab, registered);
        await tab.go("/upkeep/csv");
        const template = await readsTheTemplate(tab);
        await sends(tab, csvOf([template.headings, ...Array.from({ length: MANY }, (_, i) => rowOf(template, i + 1))]));
        assert.equal(await tab.press(`${MANY}施設を登録する`), 200);
        await makes(tab, "certificate", "pdf");
        assert.equal(await tab.click("自動で新しくしない"), 200);
        assert.match(await tab.text(), /401施設のうち\d+施設ができました/);
        const done = Number(await tab.page.locator("progress").getAttribute("value"));
        await tab.looksRight("10-progress");
        assert.equal(await tab.click("いまの進み具合を見る"), 200);
        const bar = tab.page.locator("progress");
        if (await bar.count()) assert.ok(Number(await bar.getAttribute("value")) >= done);
        // By itself again, to its end.
        await tab.page.goto(tab.page.url().replace("?still", ""));
        const { file } = await downloads(tab, "PDFファイルを受け取る");
        assert.match(execFileSync("pdfinfo", [file], { encoding: "utf8" }), new RegExp(`Pages: +${MANY + 1}\n`));
      });
    });
  }
});
