// What a business does with several venues, in a real browser: another one, a room, a new QR code,
// closing, and the counts of visits. Pictures of every page are left in build/screenshots/venues.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Line } from "../../tools/story/line.mjs";
import { browserForTests, DESK, inTab, NO_BROWSER, PHONE, WAYS } from "./support/browser.mjs";
import { enter, newShop, NEXT, registerQuickly, SEND, tickSome } from "./support/business_pages.mjs";
import { stackForTests } from "./support/stacks.mjs";

const STEPS = ["industry", "venue", "measures", "contact"];

describe("several venues", { skip: NO_BROWSER, concurrency: 2 }, () => {
  const stack = stackForTests();
  const open = browserForTests();
  const inNewTab = (way, work) => inTab(open, stack, { album: "venues", ...way }, work);

  async function codeOf(tab) {
    return tab.page.locator(".answer", { hasText: "施設コード" }).locator(".code").innerText();
  }

  async function answerTo(code) {
    const line = new Line(stack.env.LINE_SANDBOX_URL);
    const [{ userId }] = await line.users(1, { friends: true });
    await line.text(userId, code);
    await line.settled(userId, 1);
    return JSON.stringify(await line.replies(userId));
  }

  // The gateway hears of a change within seconds.
  async function stopsAnswering(code, wrong) {
    const end = Date.now() + 20_000;
    while (wrong.test(await answerTo(code))) assert.ok(Date.now() < end, "the code is still answered");
  }

  async function addsAnother(tab, shop) {
    assert.equal(await tab.go("/upkeep"), 200);
    assert.equal(await tab.click("施設をもう一つ登録する"), 200);
    for (const step of STEPS) {
      if (step === "measures") await tickSome(tab);
      const { email, ...asked } = shop[step];
      await tab.fill(asked);
      assert.equal(await tab.press(NEXT), 200);
    }
    await tab.looksRight("01-add-check");
    assert.equal(await tab.press(SEND), 422, "one place is registered once");
    assert.match(await tab.text(), /同じ名前と場所の施設が登録されています/);
    await tab.looksRight("02-add-again");
    const other = newShop();
    await tab.fill(other.venue);
    await goesOnTo(tab, "入力内容の確認");
    assert.equal(await tab.press(SEND), 200);
    assert.equal(await tab.heading(), "登録が終わりました");
    await tab.looksRight("03-added");
    assert.equal(await tab.go("/upkeep"), 200);
    for (const { venue } of [shop, other]) await tab.page.getByRole("link", { name: venue.name }).waitFor();
  }

  async function addsARoom(tab, shop, path) {
    assert.equal(await tab.go(path), 200);
    assert.equal(await tab.click("この施設の中の部屋や売り場を別に登録する"), 200);
    assert.ok(await tab.page.isChecked("[value=restaurant]"), "what is likely the same is filled in");
    assert.equal(await tab.press(NEXT), 200);
    assert.equal(await tab.page.inputValue("#address"), shop.venue.address);
    assert.equal(await tab.page.inputValue("#name"), "");
    await tab.looksRight("04-room");
    await tab.fill({ name: `${shop.venue.name}2階 個室` });
    await goesOnTo(tab, "入力内容の確認");
    assert.equal(await tab.press(SEND), 200);
    assert.equal(await tab.heading(), "登録が終わりました");
    assert.equal(await tab.click("この部屋がある施設を見る"), 200);
    assert.equal(await tab.heading(), shop.venue.name);
  }

  async function goesOnTo(tab, heading) {
    while ((await tab.heading()) !== heading) assert.equal(await tab.press(/次へ進む|変更して確認へ進む/), 200);
  }

  async function replacesTheCode(tab, { grace, code, name }) {
    assert.equal(await tab.click("QRコードを取り替える"), 200);
    await tab.looksRight(`05-code-${name}`);
    assert.equal(await tab.press("確認へ進む"), 422);
    await tab.looksRight(`06-code-problem-${name}`);
    assert.match(await tab.page.title(), /^エラー：/);
    await tab.fill({ grace });
    assert.equal(await tab.press("確認へ進む"), 200);
    await tab.looksRight(`07-code-confirm-${name}`);
    assert.equal(await tab.press("QRコードを取り替える"), 200);
    assert.equal(await tab.heading(), "QRコードを取り替えました");
    await tab.looksRight(`08-code-replaced-${name}`);
    assert.equal(await tab.click("新しい書類を受け取る"), 200);
    const now = await codeOf(tab);
    assert.notEqual(now, code);
    return now;
  }

  async function closesAndOpens(tab, name) {
    assert.equal(await tab.click("この施設を閉じる"), 200);
    await tab.looksRight("09-close");
    assert.equal(await tab.press("閉じる"), 200);
    assert.match(await tab.text(), /この施設は閉じています/);
    await tab.looksRight("10-closed");
    assert.equal(await tab.go("/upkeep"), 200);
    await tab.page.getByText("閉じています").waitFor();
    await tab.looksRight("11-list");
    assert.equal(await tab.page.locator(".document", { hasText: "閉じています" }).count(), 1);
    assert.equal(await tab.click(new RegExp(`${name}$`)), 200);
    assert.equal(await tab.click("この施設を再開する"), 200);
    await tab.looksRight("12-reopen");
    assert.equal(await tab.press("再開する"), 200);
  }

  for (const way of WAYS) {
    test(`are added, given new codes, closed and opened, ${way.where}`, { timeout: 120_000 }, async () => {
      const shop = newShop();
      const { cookie, path, code } = await registerQuickly(stack, shop);
      await inNewTab(way, async (tab) => {
        await enter(tab, { cookie, path });
        await addsAnother(tab, shop);
        await addsARoom(tab, shop, path);
        const second = await replacesTheCode(tab, { grace: "7", code, name: "later" });
        assert.match(await tab.text(), /取り替える前のQRコードも、.*まで使えます/);
        await tab.looksRight("13-grace");
        await replacesTheCode(tab, { grace: "0", code: second, name: "now" });
        await closesAndOpens(tab, shop.venue.name);
      });
    });
  }

  test("are answered in LINE as their business has it", { timeout: 120_000 }, async () => {
    const shop = newShop();
    const recorded = new RegExp(`${shop.venue.name}.*記録しました`);
    const { cookie, path, code } = await registerQuickly(stack, shop);
    await inNewTab({}, async (tab) => {
      await enter(tab, { cookie, path });
      const second = await replacesTheCode(tab, { grace: "7", code, name: "line" });
      for (const each of [code, second]) assert.match(await answerTo(each), recorded);
      const third = await replacesTheCode(tab, { grace: "0", code: second, name: "line" });
      await stopsAnswering(second, recorded);
      await tab.click("この施設を閉じる");
      await tab.press("閉じる");
      await stopsAnswering(third, recorded);
      await tab.click("この施設を再開する");
      await tab.press("再開する");
      await stopsAnswering(third, /受付を終えている/);
      assert.match(await answerTo(third), recorded);
    });
  });

  test("show how many visits there were, rounded, as a chart and as a table", { timeout: 60_000 }, async () => {
    const { cookie, path, url } = await registerQuickly(stack, newShop());
    const line = new Line(stack.env.LINE_SANDBOX_URL);
    for (const { userId } of await line.users(23, { friends: true })) await line.scan(userId, { url });
    for (const screen of [PHONE, DESK]) {
      await inNewTab({ screen }, async (tab) => {
        await enter(tab, { cookie, path });
        assert.equal(await tab.click("日ごとの読み取り回数を見る"), 200);
        assert.match(await tab.page.locator("tbody tr").last().innerText(), /今日.*20～29回/s);
        assert.match(await tab.page.getByRole("img").getAttribute("aria-labelledby"), /chart-title/);
        await tab.looksRight("14-visits");
      });
    }
  });
});
