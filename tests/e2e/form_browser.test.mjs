// The registration form in a real browser: on a phone and at a desk, with and without JavaScript.
// Pictures of every page are left in build/screenshots/registration.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { browserForTests, NO_BROWSER, SCREENS } from "./support/browser.mjs";
import { stackForTests } from "./support/stacks.mjs";

const VENUE = {
  name: "みなと食堂 日本大通り本店",
  kana: "みなとしょくどう",
  kind: "restaurant",
  postal_code: "231-0021",
  address: "神奈川県横浜市中区日本大通1 県庁前ビル3階",
  phone: "045-210-1111",
  email: "minato-shokudo@example.jp",
  measures: "入口に消毒液を置いています\n30分ごとに換気しています\n席の間隔を1メートルあけています",
  listed: true,
};

describe("the registration form", { skip: NO_BROWSER }, () => {
  const stack = stackForTests();
  const open = browserForTests();

  async function inTab(options, work) {
    const tab = await open({ site: stack.env.GATEWAY_URL, album: "registration", ...options });
    try {
      await work(tab);
      assert.deepEqual(tab.complaints, []);
    } finally {
      await tab.close();
    }
  }

  async function startsEmpty(tab) {
    assert.equal(await tab.go("/register"), 200);
    assert.equal(await tab.heading(), "施設の登録");
    await tab.looksRight("1-form");
  }

  async function namesEveryProblem(tab) {
    await tab.fill({ name: VENUE.name, phone: "1", email: "nobody" });
    assert.equal(await tab.press("入力内容を確認する"), 422);
    assert.match(await tab.page.title(), /^エラー：/);
    await tab.looksRight("2-problems");

    const links = tab.page.locator(".summary a");
    const fields = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    assert.deepEqual(fields, ["#kind", "#address", "#phone", "#email"]);
    await links.nth(1).click();
    assert.equal(await tab.focused(), "address");
    assert.equal(await tab.page.inputValue("#name"), VENUE.name, "what was typed is kept");
  }

  async function showsWhatWasTyped(tab) {
    await tab.fill(VENUE);
    assert.equal(await tab.press("入力内容を確認する"), 200);
    assert.equal(await tab.heading(), "入力内容の確認");
    for (const text of [VENUE.name, "飲食店", VENUE.address, ...VENUE.measures.split("\n")]) {
      await tab.page.locator("dd").getByText(text).waitFor();
    }
    await tab.looksRight("3-check");
  }

  async function letsOneAnswerBeChanged(tab) {
    assert.equal(await tab.press("：住所"), 200);
    assert.equal(await tab.focused(), "address");
    assert.equal(await tab.page.inputValue("#measures"), VENUE.measures);
    assert.ok(await tab.page.isChecked("#listed"));
    await tab.looksRight("4-edit");

    await tab.fill({ address: "神奈川県横浜市中区海岸通2" });
    assert.equal(await tab.press("入力内容を確認する"), 200);
    await tab.page.locator("dd").getByText("海岸通2").waitFor();
  }

  async function givesTheCodeAndItsPicture(tab) {
    assert.equal(await tab.press("この内容で登録する"), 200);
    assert.equal(await tab.heading(), "登録が終わりました");
    assert.match(await tab.page.locator(".code").innerText(), /^([0-9A-Z]{4}-){4}[0-9A-Z]$/);
    assert.ok(await tab.page.locator("img.qr").evaluate((image) => image.complete && image.naturalWidth > 0));
    await tab.looksRight("5-done");
  }

  for (const screen of SCREENS) {
    for (const scripts of [true, false]) {
      const where = `${screen.width} pixels wide, ${scripts ? "with" : "without"} JavaScript`;
      test(`leads from the first page to the QR code, ${where}`, { timeout: 60_000 }, () =>
        inTab({ screen, scripts }, async (tab) => {
          await startsEmpty(tab);
          await namesEveryProblem(tab);
          await showsWhatWasTyped(tab);
          await letsOneAnswerBeChanged(tab);
          await givesTheCodeAndItsPicture(tab);
        }));

      test(`says so where there is no page, ${where}`, { timeout: 60_000 }, () =>
        inTab({ screen, scripts }, async (tab) => {
          assert.equal(await tab.go("/nowhere"), 404);
          await tab.looksRight("6-not-found");
          await tab.page.getByRole("link", { name: "施設の登録へ" }).click();
          assert.equal(await tab.heading(), "施設の登録");
        }));
    }
  }
});
