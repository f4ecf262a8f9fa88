// The rest of the register desk's console in a real browser: who is let in, letters, keys, the reissue of
// all certificates. Pictures of every state are left in build/screenshots/console-office.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { NO_BROWSER } from "./support/browser.mjs";
import { at, button, confirm, Console, deskForTests, field, said } from "./support/console.mjs";
import { mailTo, sendLetter } from "./support/letters.mjs";

describe("the desk's office in the console", { skip: NO_BROWSER }, () => {
  const { stack, desk, start, addVenue, onEachScreen } = deskForTests("console-office");

  test("the first page takes the token out of the address and shows what the desk may do", async () => {
    await onEachScreen({}, async (tab, { origin }) => {
      assert.equal(tab.page.url(), `${origin}/`);
      assert.deepEqual(await tab.page.locator(".menu-link").allInnerTexts(),
        ["台帳を探す", "代行登録", "問い合わせ", "通報", "集計", "再発行", "APIキー"]);
      await tab.looksRight("01-home");
      await tab.page.keyboard.press("?");
      await tab.looksRight("02-keys");
      await tab.page.keyboard.press("Escape");
    });
  });

  test("letters are read as they were written, answered, and closed", async () => {
    await onEachScreen({ refused: [422] }, async (tab) => {
      await sendLetter(stack, "enquiry", { sender: "たけ<b>商店</b>", reply_email: "ask@example.jp", subject: "ポスター",
        question: "何枚\n<script>alert(1)</script>" });
      await sendLetter(stack, "report", { what: "tampered_qr", place: "本町の店", seen: "=シールが\n貼られていた" });
      await at(tab, "/letters/enquiries", "問い合わせ");
      assert.match(await tab.text(), /たけ<b>商店<\/b>[\s\S]*<script>alert\(1\)<\/script>/);
      await tab.looksRight("15-enquiries");
      await button(tab, "回答を送る").first().click();
      await tab.page.locator(".summary").waitFor();
      await tab.looksRight("16-answer-wrong");
      await field(tab, "answer").first().fill(`何枚でも貼れます。${tab.page.viewportSize().width}`);
      await button(tab, "回答を送る").first().click();
      await said(tab, "回答しました");
      await tab.page.getByText("閉じました", { exact: true }).waitFor();
      await mailTo(stack, "ask@example.jp", ({ text }) => text.includes(`何枚でも貼れます。${tab.page.viewportSize().width}`));
      await at(tab, "/letters/reports", "通報");
      await field(tab, "answer").first().fill("貼り直した");
      await button(tab, "対応を記録して閉じる").first().click();
      await said(tab, "記録しました");
      await at(tab, "/letters/enquiries", "問い合わせ");
      await tab.page.getByText("未回答のものはありません。").waitFor();
      await tab.page.getByLabel("閉じたものも見る").check();
      await tab.page.locator(".card").first().waitFor();
      await tab.looksRight("17-closed");
    });
  });

  test("a secret is shown once, and a key that is revoked is one no more", async () => {
    await onEachScreen({ refused: [422] }, async (tab) => {
      await at(tab, "/api-keys", "APIキー");
      await button(tab, "鍵を発行する").click();
      await tab.page.locator(".summary").waitFor();
      await tab.looksRight("21-key-wrong");
      await field(tab, "email").fill("chain@example.jp");
      await field(tab, "label").fill("チェーンの台帳");
      await button(tab, "鍵を発行する").click();
      const secret = await tab.page.locator(".secret").innerText();
      assert.ok(secret.length >= 20);
      await tab.looksRight("22-key-issued");
      await at(tab, "/register", "台帳を探す");
      await at(tab, "/api-keys", "APIキー");
      assert.ok(!(await tab.page.content()).includes(secret), "the secret is gone");
      await button(tab, "失効する").first().click();
      await confirm(tab, "失効する");
      await said(tab, "使えなくしました");
      await tab.looksRight("23-key-revoked");
    });
  });

  test("a reissue tells how far it is and goes on while other pages are open", async () => {
    await onEachScreen({ refused: [422] }, async (tab) => {
      const { venue_id: id, certificate } = await addVenue();
      await at(tab, "/register/reissue", "取組書の再発行");
      await tab.looksRight("24-reissue");
      await button(tab, "再発行を始める").click();
      await confirm(tab, "始める");
      await tab.page.getByRole("dialog").locator(".summary").waitFor();
      await tab.looksRight("25-reissue-wrong");
      await confirm(tab, "始める", { reason: "様式の変更" });
      await tab.page.getByRole("dialog").waitFor({ state: "detached" });
      await at(tab, "/register", "台帳を探す");
      await at(tab, "/register/reissue", "取組書の再発行");
      await tab.page.getByText("終わりました").waitFor();
      await tab.looksRight("26-reissued");
      assert.equal((await desk.json("register", "show", id)).certificate.version, certificate.version + 1);
    });
  });

  test("an officer of a health centre sees no register desk, and is refused by its API", async () => {
    await onEachScreen({ officer: "officer-a", refused: [403] }, async (tab) => {
      assert.ok(!(await tab.page.locator("body").innerText()).includes("事業者台帳"));
      await tab.looksRight("27-other-officer");
      await at(tab, "/register", "ページがありません");
      await tab.looksRight("28-no-such-page");
      const paths = ["/api/register", "/api/register/counts", "/api/register/export", "/api/letters?kind=enquiries", "/api/api-keys"];
      for (const path of paths) {
        const answer = await tab.page.evaluate(async (where) => {
          const response = await fetch(where);
          return [response.status, (await response.json()).reason];
        }, path);
        assert.deepEqual(answer, [403, "CALLER_NOT_ALLOWED"], path);
      }
    });
  });

  test("nobody is let in without the token, and the console listens on loopback alone", async () => {
    const { origin, url } = await start("desk");
    for (const path of ["/", "/app.mjs", "/api/me", "/?token=wrong"]) {
      assert.equal((await fetch(origin + path)).status, 401, path);
    }
    assert.notEqual(url, origin);
    await assert.rejects(desk.run("console", "--listen", "0.0.0.0:0"), { exitCode: 2 });
    const other = await Console.start(stack, "desk");
    assert.equal(await other.stop(), 0);
  });
});
