// Hostile text in the registration form: shown as text on every page, stored as typed or refused at
// its field, and in mails too, whose headers it cannot leave.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { before, describe, test } from "node:test";

import { sendForm, useLink } from "../../tools/story/business.mjs";
import { browserForTests, inTab, NO_BROWSER } from "./support/browser.mjs";
import { fillIn, followMail, linksTo, newShop, SEND, waitForMails } from "./support/business_pages.mjs";
import { forEach, Harmless, lengthOf, lineOf, readPage } from "./support/hostile_pages.mjs";
import { familyOf, HOSTILE_STRINGS } from "./support/hostile_strings.mjs";
import { stackForTests } from "./support/stacks.mjs";

const LONGEST = 100;
/** Of bodies in all; the front door takes no larger ones. */
const LARGEST_BODY = 64 * 1024;
const HEADERS = new Set(["auto-submitted", "content-transfer-encoding", "content-type", "date", "from", "message-id", "mime-version",
  "subject", "to", "x-auto-response-suppress", "content-language", "precedence", "reply-to"]);

const nameOf = (string) => `${familyOf(string)}: ${JSON.stringify(string).slice(0, 60)}`;
const some = (family, step) => HOSTILE_STRINGS.filter((string) => familyOf(string) === family).filter((_, i) => i % step === 0);

describe("hostile text in the form", { skip: NO_BROWSER }, () => {
  const stack = stackForTests();
  const open = browserForTests();
  let harmless;

  /** All answers at once, as a program that skips the steps would send them. */
  const answersWith = (answers) => new URLSearchParams({
    step: "contact", kind: "restaurant", name: "みなと食堂", address: "本町1", measures: "換気しています",
    email: "minato@example.jp", ...answers,
  });

  /** The page that follows these answers. */
  async function checks(answers) {
    const origin = stack.env.GATEWAY_URL;
    const response = await fetch(`${origin}/register/check`, { method: "POST", headers: { origin }, body: answersWith(answers) });
    return { status: response.status, html: await response.text() };
  }

  const fitsRequest = (answers) => answersWith(answers).toString().length < LARGEST_BODY;

  before(async () => {
    const long = "あ".repeat(LONGEST + 1);
    const wrong = { kind: "x", name: "", kana: "漢字", postal_code: "1", municipality: long, address: "", phone: "1",
      measures: "", business_name: long, email: "x" };
    const pages = [{}, wrong, { measures: long }, { address: "あ".repeat(300) }, { kind: "event" }, { kind: "event", event_start_time: "2030-01-01T10:00" },
      ...Object.entries(wrong).map(([field, value]) => ({ [field]: value }))];
    harmless = new Harmless(stack.env.GATEWAY_URL);
    for (const page of pages) harmless.learn((await checks(page)).html);
  }, { timeout: 120_000 });

  test("is refused whole when it is too long for any form", async () => {
    const body = answersWith({ measures: "店".repeat(10_000) }).toString();
    const { stdout } = await promisify(execFile)("curl", ["--silent", "--header", `Origin: ${stack.env.GATEWAY_URL}`, "--data", body,
      `${stack.env.GATEWAY_URL}/register/check`]);
    assert.match(stdout, /大きすぎます/);
  });

  test("is shown as it was typed, or refused at its field", { timeout: 300_000 }, async () => {
    let shown = 0;
    await forEach(HOSTILE_STRINGS, async (string) => {
      const what = nameOf(string);
      const line = lineOf(string);
      const answers = { name: string, business_name: string };
      if (!fitsRequest(answers)) return;
      const { status, html } = await checks(answers);
      harmless.assertAlike(html, what);
      const fits = line !== "" && lengthOf(line) <= LONGEST;
      assert.equal(status, fits ? 200 : 422, what);
      if (!fits) return;
      shown++;
      // Of names, the first is the venue's.
      const texts = readPage(html).texts.filter((text) => text.trim() === line.trim());
      assert.ok(texts.length >= 2, `${what}: shown ${texts.length} times`);
    });
    assert.ok(shown >= 500, `${shown} shown`);
  });

  test("is taken line by line as measures, or refused", { timeout: 300_000 }, async () => {
    await forEach(HOSTILE_STRINGS, async (string) => {
      const what = nameOf(string);
      if (!fitsRequest({ measures: string })) return;
      const { status, html } = await checks({ measures: string });
      harmless.assertAlike(html, what);
      const lines = string.toWellFormed().split(/[\r\n]/).map(lineOf).filter(Boolean);
      const fit = lines.length > 0 && lines.length <= 30 && lines.every((line) => lengthOf(line) <= LONGEST);
      assert.equal(status, fit ? 200 : 422, what);
      if (!fit) return;
      const all = readPage(html, "span").texts;
      for (const line of lines) assert.ok(all.includes(line), `${what}: ${JSON.stringify(line)}`);
    });
  });

  for (const field of ["kana", "postal_code", "municipality", "address", "phone", "email", "kind", "event_start_time", "measure_ids", "draft", "step", "focus"]) {
    test(`is no danger as ${field}`, { timeout: 120_000 }, async () => {
      await forEach(HOSTILE_STRINGS.filter((_, i) => i % 7 === field.length % 7), async (string) => {
        if (!fitsRequest({ [field]: string })) return;
        const { status, html } = await checks({ [field]: string });
        assert.ok([200, 400, 410, 422].includes(status), `${nameOf(string)}: ${status}`);
        if (status !== 400 && status !== 410) harmless.assertAlike(html, nameOf(string));
        else assert.doesNotMatch(html, /<script>|onerror=|evil/, nameOf(string));
      });
    });
  }

  test("runs nothing in a browser, from the form to the sheets", { timeout: 120_000 }, async () => {
    const measures = some("script in a page", 4).slice(0, 20).map(lineOf);
    for (const name of ["</title><script>alert(1)</script>", "\"><svg/onload={{constructor.constructor('alert(1)')()}}>"]) {
      const shop = newShop({ venue: { name, kana: "" }, measures: { measures: measures.join("\n") }, contact: { business_name: name } });
      await inTab(open, stack, { album: "hostile" }, async (tab) => {
        await fillIn(tab, shop);
        for (const text of [name, ...measures]) await tab.page.locator("dd").getByText(text, { exact: true }).first().waitFor();
        await tab.looksRight("1-check");
        assert.equal(await tab.press(SEND), 200);
        await followMail(tab, stack, { email: shop.contact.email, button: "登録を終える" });
        for (const text of [name, ...measures]) await tab.page.locator("main").getByText(text, { exact: true }).first().waitFor();
        await tab.looksRight("2-done");
        await tab.click("QRコードを取り替える");
        await tab.page.getByText(name, { exact: true }).first().waitFor();
        await tab.go("/upkeep");
        await tab.click(name);
      });
    }
  });

  function assertOrdinary(mail, email, string) {
    assert.deepEqual(mail.to, [email], nameOf(string));
    for (const header of Object.keys(mail.headers)) assert.ok(HEADERS.has(header), `${nameOf(string)}: ${header}`);
    assert.doesNotMatch(mail.subject, /[\r\n]/, nameOf(string));
    const { kinds, targets } = readPage(mail.html);
    for (const kind of kinds) assert.doesNotMatch(kind, /^(script|img|svg|iframe|object|form|link|base|input)\b|\bon\w+/, nameOf(string));
    for (const target of targets) assert.ok(target.startsWith(stack.env.GATEWAY_URL), `${nameOf(string)}: ${target}`);
  }

  test("cannot leave its place in a mail", { timeout: 120_000 }, async () => {
    const strings = [...some("end of line and header", 6), ...some("script in a page", 12), ...some("turn of direction", 9), ...some("emoji", 6), ...some("template", 6)]
      .filter((string) => lineOf(string) !== "" && lengthOf(lineOf(string)) <= LONGEST);
    await forEach(strings, async (string) => {
      const shop = newShop();
      const { email } = shop.contact;
      const { status, html } = await checks({ name: string, business_name: string, email });
      assert.equal(status, 200);
      assert.equal((await sendForm(stack.env.GATEWAY_URL, html)).status, 303, nameOf(string));
      const site = stack.env.GATEWAY_URL;
      const [link] = await waitForMails(stack, email, 1).then(() => linksTo(stack, email));
      await useLink(site, site + link);
      const [asking, giving] = await waitForMails(stack, email, 2);
      assertOrdinary(asking, email, string);
      assertOrdinary(giving, email, string);
      // Whose mailbox it is has not been proved yet: nobody mails others their own words through us.
      assert.ok(lineOf(string).length < 3 || !asking.text.includes(lineOf(string)), nameOf(string));
      assert.ok(giving.text.includes(lineOf(string)), `${nameOf(string)} in ${giving.text}`);
    });
  });
});
