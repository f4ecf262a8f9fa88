// What people do that forms do not expect: two tabs, the way back, a second press, the same mailbox
// or place once more, links that are old, a session that is over. In a real browser; pictures of the
// pages are left in build/screenshots/twice.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { browserForTests, inTab, NO_BROWSER, SCREENS } from "./support/browser.mjs";
import {
  enter, fillIn, followMail, linksTo, mailsTo, newShop, openUpkeep, registerQuickly, SEND, tickSome, waitForMails,
} from "./support/business_pages.mjs";
import { query } from "./support/database.mjs";
import { stackForTests } from "./support/stacks.mjs";

const SAVE = "変更して確認へ進む";
const CHANGE = "この内容で変更する";
/** Long enough for a mail that should not be sent to arrive. */
const QUIET_MS = 2000;

const quiet = () => new Promise((resolve) => setTimeout(resolve, QUIET_MS));

describe("what is done twice", { skip: NO_BROWSER, concurrency: 2 }, () => {
  const stack = stackForTests();
  const open = browserForTests();
  const inNewTab = (way, work) => inTab(open, stack, { album: "twice", ...way }, work);

  async function inside(way, work) {
    const shop = newShop();
    const registered = await registerQuickly(stack, shop);
    await inNewTab(way, async (tab) => {
      await enter(tab, registered);
      await work(tab, shop, registered);
    });
  }

  async function changesThePhone(tab, phone) {
    await tab.click("：施設");
    await tab.fill({ phone });
    return tab.press(SAVE);
  }

  for (const screen of SCREENS) {
    test(`is shown to who was overtaken by another tab, ${screen.width} pixels wide`, () =>
      inside({ screen }, async (tab) => {
        const other = await tab.another();
        await other.page.goto(tab.page.url());
        await tab.click("対策を変える");
        const [ticked] = await tickSome(tab, 1);
        assert.equal(await changesThePhone(other, "045-210-2222"), 200);
        assert.equal(await other.press(CHANGE), 200);

        assert.equal(await tab.press(SAVE), 409);
        assert.equal(await tab.heading(), "ほかの画面で先に変更されました");
        assert.equal(await tab.focused(), "summary");
        for (const text of ["045-210-2222", ticked]) await tab.page.locator("dd").getByText(text).waitFor();
        await tab.looksRight("1-conflict");
        assert.equal(await tab.press("入力した内容で変更へ進む"), 200);
        assert.equal(await tab.page.locator("dd").getByText("045-210-2222").count(), 0, "what the other did is no change now");
        assert.equal(await tab.press(CHANGE), 200);
        await tab.click("施設のページへ");
        for (const text of ["045-210-2222", ticked]) await tab.page.locator("main").getByText(text).waitFor();
      }));
  }

  test("has no conflict when two tabs say the same", () =>
    inside({}, async (tab) => {
      const other = await tab.another();
      await other.page.goto(tab.page.url());
      for (const each of [tab, other]) assert.equal(await changesThePhone(each, "045-210-4444"), 200);
      assert.equal(await other.press(CHANGE), 200);
      assert.equal(await tab.press(CHANGE), 200);
      assert.equal(await tab.heading(), "変更しました", "it is as both wanted it");
    }));

  for (const scripts of [true, false]) {
    const where = scripts ? "with JavaScript" : "without JavaScript";

    test(`registers once for two presses, and once more after the way back, ${where}`, () =>
      inNewTab({ scripts }, async (tab) => {
        const shop = newShop();
        await fillIn(tab, shop);
        await tab.follow(() => tab.page.getByRole("button", { name: SEND }).dblclick());
        await tab.page.waitForURL(/\/register\/sent/);
        const receipt = /受付番号は (\S+)/.exec(await tab.text())[1];
        await tab.back();
        assert.equal(await tab.heading(), "入力内容の確認", "the way back shows what was sent");
        assert.equal(await tab.press(SEND), 200);
        assert.ok((await tab.text()).includes(receipt), "it is the same registration");
        await waitForMails(stack, shop.contact.email, 1);
        await quiet();
        assert.equal((await mailsTo(stack, shop.contact.email)).length, 1);
      }));

    test(`sends a corrected address after the way back, ${where}`, () =>
      inNewTab({ scripts }, async (tab) => {
        const [wrong, right] = [newShop(), newShop()];
        await fillIn(tab, wrong);
        assert.equal(await tab.press(SEND), 200);
        await tab.back();
        assert.equal(await tab.press("：メールアドレス"), 200);
        await tab.fill({ email: right.contact.email });
        assert.equal(await tab.press(SAVE), 200);
        assert.equal(await tab.press(SEND), 200);
        await followMail(tab, stack, { email: right.contact.email, button: "登録を終える" });
        assert.equal(await tab.heading(), "登録が終わりました");
      }));

    test(`changes once for two presses and the way back, ${where}`, () =>
      inside({ scripts }, async (tab, { contact: { email } }) => {
        await tab.click("対策を変える");
        await tickSome(tab, 1);
        assert.equal(await tab.press(SAVE), 200);
        await tab.follow(() => tab.page.getByRole("button", { name: CHANGE }).dblclick());
        await tab.page.waitForURL(/\/changed/);
        assert.match(await tab.text(), /第2版/);
        await tab.back();
        assert.equal(await tab.press(CHANGE), 200);
        assert.match(await tab.text(), /第2版/, "the same change, not a third version");
        await quiet();
        assert.equal((await waitForMails(stack, email, 3)).length, 3);
      }));
  }

  test("keeps all places of one mailbox together, and a place registered twice is one", async () => {
    const first = newShop();
    const second = newShop({ contact: { email: first.contact.email } });
    const { path } = await registerQuickly(stack, first);
    await registerQuickly(stack, second);
    const again = await registerQuickly(stack, { ...first, venue: { ...first.venue, phone: "045-210-5555" } });
    assert.equal(again.path, path, "the same place");
    await inNewTab({}, async (tab) => {
      await openUpkeep(tab, stack, first.contact.email);
      assert.equal(await tab.page.locator(".document").count(), 2);
      for (const { venue } of [first, second]) await tab.page.getByRole("link", { name: venue.name, exact: true }).waitFor();
    });
  });

  for (const screen of SCREENS) {
    test(`says kindly that a link is old or cut off, ${screen.width} pixels wide`, () =>
      inNewTab({ screen }, async (tab) => {
        const shop = newShop();
        await fillIn(tab, shop);
        await tab.press(SEND);
        await waitForMails(stack, shop.contact.email, 1);
        const [link] = await linksTo(stack, shop.contact.email);
        await tab.go(link);
        await query(stack, "UPDATE registry.links SET expire_time = now() WHERE token_hash = sha256($1)",
          [Buffer.from(link.split("/").at(-1))]);
        assert.equal(await tab.press("登録を終える"), 410);
        assert.equal(await tab.heading(), "このリンクの期限が過ぎました");
        await tab.looksRight("2-link-old");
        assert.equal(await tab.go(link.slice(0, -5)), 404);
        await tab.looksRight("3-link-cut");
      }));

    test(`asks for a new link when the session is over, ${screen.width} pixels wide`, () =>
      inside({ screen }, async (tab, { contact: { email } }) => {
        await tab.click("対策を変える");
        await query(stack, "UPDATE registry.sessions SET expire_time = now() WHERE business_id = " +
          "(SELECT business_id FROM registry.businesses WHERE email = $1)", [email]);
        assert.equal(await tab.press(SAVE), 200);
        assert.equal(await tab.heading(), "登録した内容を開く");
        assert.match(await tab.text(), /時間がたつと閉じます/);
        await tab.looksRight("4-session-over");
        assert.deepEqual(await tab.page.context().cookies(), [], "what no longer opens anything is taken away");
      }));

    test(`refuses what another site sends, ${screen.width} pixels wide`, () =>
      inside({ screen }, async (tab, _, { cookie, path }) => {
        const post = (headers, csrf) => fetch(`${tab.site}${path}/state`, {
          method: "POST",
          redirect: "manual",
          headers: { cookie, "content-type": "application/x-www-form-urlencoded", ...headers },
          body: new URLSearchParams({ state: "closed", csrf }),
        });
        const csrf = await tab.page.locator("[name=csrf]").first().inputValue();
        for (const response of [await post({ origin: "https://elsewhere.example" }, csrf), await post({ origin: tab.site }, "")]) {
          assert.equal(response.status, 403);
        }
        await tab.click("この施設を閉じる");
        await tab.page.locator("[name=csrf]").first().evaluate((field) => { field.value = "forged"; });
        assert.equal(await tab.press("閉じる"), 403);
        await tab.looksRight("5-refused");
        await tab.go(path);
        assert.equal(await tab.page.getByText("この施設は閉じています").count(), 0);
      }));
  }
});
