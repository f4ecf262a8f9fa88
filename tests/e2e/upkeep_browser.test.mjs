// What a business does with its venue on another day, in a real browser: opens it by a mailed link,
// changes measures and details. Pictures of every page are left in build/screenshots/upkeep.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { browserForTests, inTab, NO_BROWSER, WAYS } from "./support/browser.mjs";
import { followMail, newShop, registerQuickly, tickSome, waitForMails } from "./support/business_pages.mjs";
import { textOfPdf } from "./support/pdf.mjs";
import { stackForTests } from "./support/stacks.mjs";

const SAVE = "変更して確認へ進む";
const CHANGE = "この内容で変更する";
const CERTIFICATE = "感染防止対策取組書（PDF）";

describe("the upkeep of a venue", { skip: NO_BROWSER }, () => {
  const stack = stackForTests();
  const open = browserForTests();
  const inNewTab = (way, work) => inTab(open, stack, { album: "upkeep", ...way }, work);

  async function opensByMail(tab, shop) {
    const { email } = shop.contact;
    assert.equal(await tab.go("/upkeep"), 200);
    assert.equal(await tab.heading(), "登録した内容を開く");
    await tab.looksRight("01-ended");
    await tab.fill({ email: "nobody" });
    assert.equal(await tab.press("リンクを送る"), 422);
    await tab.looksRight("02-email-problem");
    assert.equal(await tab.page.inputValue("#email"), "nobody");

    await tab.fill({ email });
    assert.equal(await tab.press("リンクを送る"), 200);
    assert.match(await tab.text(), /リンクを送りました/);
    await tab.looksRight("03-link-sent");
    await followMail(tab, stack, {
      email,
      known: await linksBefore(email),
      button: "登録した内容を開く",
      look: () => tab.looksRight("04-link"),
    });
    assert.equal(await tab.heading(), "登録した施設");
    await tab.looksRight("05-venues");
    assert.equal(await tab.click(shop.venue.name), 200);
    assert.equal(await tab.heading(), shop.venue.name);
    await tab.looksRight("06-venue");
  }

  // The first link to an address was the one that proved it.
  async function linksBefore(email) {
    const [first] = await waitForMails(stack, email, 1);
    return first.text.match(/https?:\S+\/links\/\S+/g);
  }

  async function changesMeasures(tab) {
    assert.equal(await tab.click("対策を変える"), 200);
    await tab.looksRight("07-measures");
    const ticked = await tickSome(tab, 2);
    await tab.fill({ measures: "" });
    assert.equal(await tab.press(SAVE), 200);
    assert.equal(await tab.heading(), "変更する内容の確認");
    for (const text of ticked) await tab.page.locator("li", { hasText: text }).getByText("New!").waitFor();
    await tab.page.locator("del").getByText("30分ごとに換気しています").waitFor();
    await tab.looksRight("08-check-measures");

    assert.equal(await tab.press(CHANGE), 200);
    assert.equal(await tab.heading(), "変更しました");
    assert.match(await tab.text(), /新しい取組書（第2版）を発行しました/);
    await tab.looksRight("09-changed");
    const text = await textOfPdf((await tab.download("新しい取組書を受け取る（PDF）")).bytes);
    for (const each of ticked) assert.ok(text.includes(each), each);
    assert.equal(text.match(/New!/g).length, 2);
    assert.equal(await tab.click("施設のページへ"), 200);
    assert.equal(await tab.page.locator("main").getByText("New!").count(), 2);
  }

  async function correctsDetails(tab, shop) {
    const name = `${shop.venue.name}新館`;
    assert.equal(await tab.click("：施設"), 200);
    await tab.fill({ name: "", phone: "045-210-2222" });
    assert.equal(await tab.press(SAVE), 422);
    assert.equal(await tab.page.inputValue("#phone"), "045-210-2222", "what was typed is kept");
    await tab.looksRight("10-details-problem");
    await tab.fill({ name });
    assert.equal(await tab.press(SAVE), 200);
    await tab.page.locator("dd").getByText(name).waitFor();
    await tab.looksRight("11-check-details");
    // Something else as well, before it is sent.
    assert.equal(await tab.press("連絡先と公開の範囲"), 200);
    await tab.looksRight("12-consents");
    await tab.fill({ name_consent: true, listed: false });
    assert.equal(await tab.press(SAVE), 200);
    assert.equal(await tab.press(CHANGE), 200);
    assert.match(await tab.text(), /第3版/);
    assert.ok((await textOfPdf((await tab.download("新しい取組書を受け取る（PDF）")).bytes)).includes(name));
    assert.equal(await tab.click("施設のページへ"), 200);
    assert.equal(await tab.heading(), name);
    for (const [label, answer] of [["お知らせに施設の名前を入れることに同意する", "はい"], ["施設を公開の一覧に載せる", "いいえ"]]) {
      await tab.page.locator(".answer", { hasText: label }).getByText(answer, { exact: true }).waitFor();
    }
  }

  async function changesWhatIsOnNoSheet(tab) {
    const before = await tab.download(CERTIFICATE);
    assert.equal(await tab.click("：施設"), 200);
    await tab.fill({ phone: "045-210-3333" });
    assert.equal(await tab.press(SAVE), 200);
    assert.match(await tab.text(), /取組書に印刷する内容は変わりません/);
    assert.equal(await tab.press(CHANGE), 200);
    assert.match(await tab.text(), /いまの取組書をそのままお使いください/);
    await tab.looksRight("13-changed-no-sheet");
    assert.equal(await tab.click("施設のページへ"), 200);
    assert.deepEqual((await tab.download(CERTIFICATE)).bytes, before.bytes, "the same sheet, byte by byte");
  }

  async function hasNothingToChange(tab) {
    assert.equal(await tab.click("対策を変える"), 200);
    assert.equal(await tab.press(SAVE), 200);
    assert.match(await tab.text(), /変わったところはありません/);
    await tab.looksRight("14-nothing-changed");
    assert.equal(await tab.click("施設のページへ"), 200);
  }

  async function leaves(tab) {
    const inside = tab.page.url();
    assert.equal(await tab.press("このページを閉じる"), 200);
    assert.match(await tab.text(), /登録した内容のページを閉じました/);
    await tab.looksRight("15-left");
    await tab.page.goto(inside);
    assert.equal(await tab.heading(), "登録した内容を開く", "who comes after sees nothing");
  }

  for (const way of WAYS) {
    test(`is done with a mailed link and no password, ${way.where}`, { timeout: 120_000 }, async () => {
      const shop = newShop();
      await registerQuickly(stack, shop);
      await inNewTab(way, async (tab) => {
        await opensByMail(tab, shop);
        await changesMeasures(tab);
        await correctsDetails(tab, shop);
        await changesWhatIsOnNoSheet(tab);
        await hasNothingToChange(tab);
        await leaves(tab);
      });
      // The link, the sheet, the link to the upkeep, and each new sheet.
      const mails = await waitForMails(stack, shop.contact.email, 5);
      assert.deepEqual(mails.map(({ attachments }) => attachments.length), [0, 1, 0, 1, 1]);
    });
  }
});
