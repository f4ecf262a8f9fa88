// The registration form in a real browser: on a phone and at a desk, with and without JavaScript.
// Pictures of every page are left in build/screenshots/registration.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { newLink } from "../../tools/story/business.mjs";
import { browserForTests, inTab, NO_BROWSER, WAYS } from "./support/browser.mjs";
import { fillIn, followMail, newShop, NEXT, NOODLE_SHOP, SEND, tickSome, waitForMails } from "./support/business_pages.mjs";
import { stackForTests } from "./support/stacks.mjs";

const DOCUMENTS = ["感染防止対策取組書", "ポスター", "卓上の三角札", "シール"];

describe("the registration form", { skip: NO_BROWSER }, () => {
  const stack = stackForTests();
  const open = browserForTests();
  const inNewTab = (way, work) => inTab(open, stack, { album: "registration", ...way }, work);

  /** The page says what is wrong: in its title, in a summary with the focus, and at the fields. */
  async function saysWhatIsWrong(tab, fields) {
    assert.match(await tab.page.title(), /^エラー：/);
    assert.equal(await tab.focused(), "summary");
    const links = tab.page.locator(".summary a");
    assert.deepEqual(await links.evaluateAll((all) => all.map((link) => link.getAttribute("href").slice(1))), fields);
    for (const [index, field] of fields.entries()) {
      const said = await links.nth(index).innerText();
      assert.match(await tab.page.locator(`#${field}-problem`).innerText(), new RegExp(`${said}$`));
      await links.nth(index).click();
      assert.equal(await tab.focused(), field);
    }
  }

  async function asksForTheIndustry(tab) {
    assert.equal(await tab.go("/register"), 200);
    assert.equal(await tab.heading(), "どのような施設ですか");
    assert.equal(await tab.page.locator("[name=kind]").count(), 20);
    await tab.looksRight("01-industry");
    assert.equal(await tab.press(NEXT), 422);
    await tab.looksRight("02-industry-problem");
    await saysWhatIsWrong(tab, ["kind"]);
    await tab.fill(NOODLE_SHOP.industry);
    assert.equal(await tab.press(NEXT), 200);
  }

  async function asksForTheVenue(tab, shop) {
    assert.equal(await tab.heading(), "施設の名前と場所");
    await tab.looksRight("03-venue");
    await tab.fill({ ...shop.venue, kana: "漢字", postal_code: "123", address: "", phone: "1" });
    assert.equal(await tab.press(NEXT), 422);
    await tab.looksRight("04-venue-problems");
    await saysWhatIsWrong(tab, ["kana", "postal_code", "address", "phone"]);
    assert.equal(await tab.page.inputValue("#name"), shop.venue.name, "what was typed is kept");
    assert.equal(await tab.page.inputValue("#phone"), "1", "what is wrong is kept");

    await tab.fill({ ...shop.venue, municipality: "", address: "" });
    await fillsTheAddress(tab);
    await tab.fill(shop.venue);
    assert.equal(await tab.press("前のページへ戻る"), 200);
    assert.ok(await tab.page.isChecked("[value=restaurant]"), "one step back keeps the answer");
    assert.equal(await tab.press(NEXT), 200);
    assert.equal(await tab.page.inputValue("#address"), shop.venue.address);
    assert.equal(await tab.press(NEXT), 200);
  }

  async function fillsTheAddress(tab) {
    const fill = tab.page.getByRole("button", { name: "郵便番号から住所を入れる" });
    if (tab.scripts) await fill.click();
    else assert.equal(await tab.follow(() => fill.click()), 200);
    await tab.page.locator("#address:focus").waitFor();
    // The example prefecture is another one, so that this one is named.
    assert.equal(await tab.page.inputValue("#municipality"), "神奈川県横浜市中区");
    assert.equal(await tab.page.inputValue("#address"), "日本大通");
  }

  async function asksForTheMeasures(tab, shop) {
    assert.equal(await tab.heading(), "取り組んでいる感染防止の対策");
    await tab.looksRight("05-measures");
    assert.equal(await tab.press(NEXT), 422);
    await tab.looksRight("06-measures-problem");
    await saysWhatIsWrong(tab, ["measure_ids"]);
    const ticked = await tickSome(tab);
    await tab.fill({ measures: "あ".repeat(101) });
    assert.equal(await tab.press(NEXT), 422);
    await saysWhatIsWrong(tab, ["measures"]);
    await tab.fill(shop.measures);
    assert.equal(await tab.press(NEXT), 200);
    return [...ticked, ...shop.measures.measures.split("\n")];
  }

  async function asksForTheContact(tab, shop) {
    assert.equal(await tab.heading(), "連絡先と公開の範囲");
    await tab.looksRight("07-contact");
    await tab.fill({ ...shop.contact, email: "nobody" });
    assert.equal(await tab.press(NEXT), 422);
    await tab.looksRight("08-contact-problem");
    await saysWhatIsWrong(tab, ["email"]);
    await tab.fill(shop.contact);
    assert.equal(await tab.press(NEXT), 200);
  }

  async function showsWhatWasTyped(tab, shop, measures) {
    assert.equal(await tab.heading(), "入力内容の確認");
    for (const text of ["飲食店", ...Object.values(shop.venue), ...measures, shop.contact.email]) {
      await tab.page.locator("dd").getByText(text, { exact: true }).waitFor();
    }
    await tab.looksRight("09-check");
  }

  async function letsOneAnswerBeChanged(tab) {
    assert.equal(await tab.press("：町名・番地・建物の名前"), 200);
    assert.equal(await tab.focused(), "address");
    await tab.looksRight("10-change");
    await tab.fill({ address: "海岸通2" });
    assert.equal(await tab.press("変更して確認へ進む"), 200);
    await tab.page.locator("dd").getByText("海岸通2").waitFor();
    assert.equal(await tab.press("：取り組んでいる感染防止の対策"), 200);
    assert.equal(await tab.page.locator("[name=measure_ids]:checked").count(), 4);
    assert.equal(await tab.press("前のページへ戻る"), 200);
  }

  async function sendsAMail(tab, { contact: { email } }) {
    assert.equal(await tab.press(SEND), 200);
    assert.equal(await tab.heading(), "メールをご確認ください");
    assert.match(await tab.text(), new RegExp(email.replaceAll(".", "\\.")));
    assert.ok(!tab.page.url().includes("example"), "an address has no place in a URL");
    await tab.looksRight("11-sent");
  }

  async function waitsForTheButton(tab, { contact: { email } }) {
    const link = new URL(await newLink(stack.env.MAIL_URL, email, []));
    // What scanners of mail do, before the person gets to it.
    for (const method of ["HEAD", "GET", "GET"]) assert.equal((await fetch(tab.site + link.pathname, { method })).status, 200);
    assert.equal(await tab.go(link.pathname), 200);
    assert.equal(await tab.heading(), "あとひと押しで、登録が終わります");
    await tab.looksRight("12-link");
    assert.equal(await tab.press("登録を終える"), 200);
    return link.pathname;
  }

  async function givesEverything(tab) {
    assert.equal(await tab.heading(), "登録が終わりました");
    assert.match(await tab.page.locator(".panel .code").innerText(), /^([0-9A-Z]{4}-){4}[0-9A-Z]$/);
    assert.ok(await tab.page.locator("img.qr").evaluate((image) => image.complete && image.naturalWidth > 0));
    await tab.looksRight("13-done");
    for (const name of DOCUMENTS) {
      const { bytes, type, file } = await tab.download(`${name}（PDF）`);
      assert.equal(type, "application/pdf");
      assert.equal(bytes.subarray(0, 5).toString(), "%PDF-");
      assert.match(file, /\.pdf$/);
    }
    assert.equal((await tab.download("画像（PNG）")).type, "image/png");
    assert.equal((await tab.download("印刷用の画像（SVG）")).type, "image/svg+xml");
  }

  async function worksOnce(tab, link) {
    assert.equal(await tab.go(link), 410);
    assert.equal(await tab.heading(), "このリンクはもう使われています");
    await tab.looksRight("14-link-used");
    assert.equal(await tab.click("登録した内容のページを続ける"), 200);
    assert.equal(await tab.heading(), "登録した施設");
  }

  for (const way of WAYS) {
    test(`leads from the first page to the sheets to print, ${way.where}`, { timeout: 120_000 }, () =>
      inNewTab(way, async (tab) => {
        const shop = newShop();
        await asksForTheIndustry(tab);
        await asksForTheVenue(tab, shop);
        const measures = await asksForTheMeasures(tab, shop);
        await asksForTheContact(tab, shop);
        await showsWhatWasTyped(tab, shop, measures);
        await letsOneAnswerBeChanged(tab);
        await sendsAMail(tab, shop);
        const link = await waitsForTheButton(tab, shop);
        await givesEverything(tab);
        await worksOnce(tab, link);
        const mails = await waitForMails(stack, shop.contact.email, 2);
        assert.deepEqual(mails.map(({ attachments }) => attachments.length), [0, 1], "one with a link, one with the sheet");
      }));

    test(`says so where there is no page, ${way.where}`, { timeout: 60_000 }, () =>
      inNewTab(way, async (tab) => {
        assert.equal(await tab.go("/nowhere"), 404);
        await tab.looksRight("15-not-found");
        assert.equal(await tab.click("施設の登録へ"), 200);
        assert.equal(await tab.heading(), "どのような施設ですか");
      }));
  }
});
