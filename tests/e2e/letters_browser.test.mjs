// Letters to the desk: a business asks, anybody reports a sheet that is not right. In a real browser;
// pictures are left in build/screenshots/letters.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { browserForTests, inTab, NO_BROWSER, WAYS } from "./support/browser.mjs";
import { waitForMails } from "./support/business_pages.mjs";
import { query } from "./support/database.mjs";
import { stackForTests } from "./support/stacks.mjs";

const SEND = "この内容で送信する";

describe("letters to the desk", { skip: NO_BROWSER, concurrency: 2 }, () => {
  const stack = stackForTests();
  const open = browserForTests();
  const inNewTab = (way, work) => inTab(open, stack, { album: "letters", ...way }, work);

  for (const way of WAYS) {
    test(`take an enquiry, acknowledged by mail, ${way.where}`, { timeout: 120_000 }, () =>
      inNewTab(way, async (tab) => {
        const email = `asks-${way.screen.width}-${way.scripts}@example.jp`;
        await tab.go("/");
        assert.equal(await tab.click("事業者の方の問い合わせ"), 200);
        await tab.looksRight("enquiry");
        assert.equal(await tab.press(SEND), 422);
        assert.match(await tab.page.title(), /^エラー：/);
        assert.equal(await tab.focused(), "summary");
        await tab.looksRight("enquiry-problems");
        await tab.fill({ sender: "みなと商店", reply_email: email, subject: "QRコードについて", question: "二行の\n質問です。" });
        assert.equal(await tab.press(SEND), 200);
        assert.equal(await tab.heading(), "問い合わせを受け付けました");
        const number = await tab.page.locator(".code").innerText();
        await tab.looksRight("enquiry-sent");
        const [mail] = await waitForMails(stack, email, 1);
        assert.ok(mail.text.includes(number), mail.text);
        await tab.back();
        assert.equal(await tab.press(SEND), 200, "the way back and once more is the same letter");
        assert.equal(await tab.page.locator(".code").innerText(), number);
      }));

    test(`take a report without a name, ${way.where}`, { timeout: 120_000 }, () =>
      inNewTab(way, async (tab) => {
        await tab.go("/report");
        await tab.looksRight("report");
        assert.equal(await tab.press(SEND), 422);
        await tab.looksRight("report-problems");
        const place = `みなと食堂の入口 ${way.where}`;
        await tab.fill({ what: "tampered_qr", place, seen: "QRコードの上に、\n別のシールが貼ってありました。" });
        assert.equal(await tab.press(SEND), 200);
        assert.equal(await tab.heading(), "お知らせいただき、ありがとうございます");
        await tab.looksRight("report-sent");
        const letters = await query(stack, "SELECT report_subject, email FROM registry.letters WHERE place = $1", [place]);
        assert.deepEqual(letters, [{ report_subject: "tampered-qr", email: "" }]);
      }));
  }
});
