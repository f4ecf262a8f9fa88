// The register in the desk's pages of the console, in a real browser: found, looked at, corrected and acted
// upon at the screens that officers have, by mouse and by keyboard. Pictures of every state are left in
// build/screenshots/console-desk.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { NO_BROWSER } from "./support/browser.mjs";
import { at, button, confirm, deskForTests, field, said, settled } from "./support/console.mjs";
import { parseCsv } from "./support/csv.mjs";
import { mailTo } from "./support/letters.mjs";

const HOSTILE = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg/onload=alert(1)>", "{{7*7}}",
  "=HYPERLINK(\"http://evil.example\",\"x\")", "${7*7}", "javascript:alert(1)", "&lt;b&gt;", "'; DROP TABLE venues; --",
  "髙﨑𠮷葛󠄀食堂", "مطعم الميناء", "👨‍👩‍👧‍👦食堂"];

describe("the register in the console", { skip: NO_BROWSER }, () => {
  const { stack, desk, addVenue, onOneScreen, onEachScreen } = deskForTests("console-desk");

  test("an entry is found, opened and left by the keyboard alone", async () => {
    const { details: { name } } = await addVenue();
    await onEachScreen({}, async (tab) => {
      await tab.page.keyboard.press("1");
      await settled(tab, "台帳を探す");
      await tab.page.keyboard.press("/");
      await tab.page.keyboard.type(name);
      await tab.page.keyboard.press("Enter");
      await tab.page.waitForFunction((wanted) => document.querySelectorAll("tbody tr").length === 1
        && document.querySelector("tbody").innerText.includes(wanted), name);
      await tab.looksRight("03-register");
      for (let tabs = 0; await tab.page.evaluate(() => document.activeElement.closest("tbody") === null); tabs += 1) {
        assert.ok(tabs < 20, "the entry is reached by Tab");
        await tab.page.keyboard.press("Tab");
      }
      await tab.page.keyboard.press("Enter");
      await settled(tab, name);
      assert.match(await tab.text(), /本町\d+-1[\s\S]*窓を開ける[\s\S]*職員 desk\s+登録[\s\S]*電話で依頼/);
      await tab.looksRight("04-entry");
      await tab.page.goBack();
      await settled(tab, "台帳を探す");
      assert.equal(await field(tab, "text").inputValue(), name, "the search is kept");
      await field(tab, "text").fill("どこにもない店");
      await button(tab, "探す").click();
      await tab.page.getByText("見つかりませんでした。").waitFor();
      await tab.looksRight("05-nothing");
    });
  });

  test("a correction says what is wrong, and shows kindly that somebody was faster", async () => {
    await onEachScreen({ refused: [409, 422] }, async (tab) => {
      const { venue_id: id, details: { name } } = await addVenue();
      await at(tab, `/register/entry/${id}/correct`, "登録の訂正");
      await field(tab, "name").fill("");
      await button(tab, "訂正する").click();
      await tab.page.locator(".summary").waitFor();
      assert.match(await tab.page.locator(".summary").innerText(), /施設名を入力してください/);
      await tab.looksRight("06-correct-wrong");
      await tab.page.locator(".summary a").first().click();
      assert.equal(await tab.page.evaluate(() => document.activeElement.name), "name");

      await field(tab, "name").fill(`${name} 新館`);
      await field(tab, "reason").fill("看板と違った");
      await desk.json("register", "correct", id, "--set", "phone=045-111-1111", "--reason", "先に");
      await button(tab, "訂正する").click();
      await tab.page.getByRole("heading", { name: "ほかの人が先に変えました" }).waitFor();
      assert.match(await tab.page.locator(".notice-alert").innerText(), /先に変わったところ: 電話番号。/);
      await tab.looksRight("07-correct-conflict");
      assert.equal(await field(tab, "phone").inputValue(), "045-111-1111", "theirs is taken over");
      assert.equal(await field(tab, "name").inputValue(), `${name} 新館`, "ours stays");
      await button(tab, "訂正する").click();
      await settled(tab, `${name} 新館`);
      await said(tab, "訂正しました");
      const { details, changes } = await desk.json("register", "show", id);
      assert.equal(details.phone, "045-111-1111");
      assert.equal(changes[0].reason, "看板と違った");
    });
  });

  test("acts of office ask back, say why, and show what came of them", async () => {
    await onEachScreen({ refused: [422] }, async (tab) => {
      const { venue_id: id, details: { name, email } } = await addVenue();
      await at(tab, `/register/entry/${id}`, name);
      await button(tab, "現地確認を記録").click();
      await confirm(tab, "記録する");
      await tab.page.getByRole("dialog").getByText("対策が行われていたかどうかを選んでください").waitFor();
      await tab.looksRight("08-inspect-wrong");
      await confirm(tab, "記録する", { confirmed: "true", note: "窓が開いていた" });
      await said(tab, "記録しました");
      await button(tab, "停止する").click();
      await tab.looksRight("09-suspend");
      await confirm(tab, "停止する", { reason: "QRの貼り替え" });
      await said(tab, "停止しました");
      await tab.looksRight("10-suspended");
      await button(tab, "再開する").click();
      await confirm(tab, "再開する", { reason: "貼り直した" });
      await said(tab, "再開しました");
      await button(tab, "事業者にメール").click();
      await confirm(tab, "送る");
      await said(tab, "メールを送ります");
      await button(tab, "取組書を取り消す").click();
      await confirm(tab, "取り消す", { reason: "対策がなかった" });
      await said(tab, "取り消しました");
      await tab.looksRight("11-withdrawn");
      const { changes, certificate, state } = await desk.json("register", "show", id);
      assert.equal(state, "OPEN");
      assert.equal(certificate.state, "WITHDRAWN");
      assert.ok(changes.every(({ actor }) => actor === "officer/desk"));
      await mailTo(stack, email, ({ text }) => /お知らせ/.test(text));
    });
  });

  test("the documents of a venue are saved", async () => {
    const { venue_id: id, details: { name } } = await addVenue();
    await onOneScreen({}, async (tab) => {
      await at(tab, `/register/entry/${id}`, name);
      const documents = { 取組書: "certificate.pdf", ポスター: "poster.pdf", 卓上の三角: "table-tent.pdf", シール: "stickers.pdf" };
      for (const [words, file] of Object.entries(documents)) {
        const [saved] = await Promise.all([tab.page.waitForEvent("download"), button(tab, words).click()]);
        assert.equal(saved.suggestedFilename(), file);
        assert.equal(readFileSync(await saved.path()).subarray(0, 5).toString(), "%PDF-");
      }
    });
  });

  test("a venue is registered on behalf of a business, and a draft outlives other pages", async () => {
    await onEachScreen({ refused: [422] }, async (tab) => {
      const name = `代行の店${tab.page.viewportSize().width}`;
      await at(tab, "/register/new", "代行登録");
      await tab.looksRight("12-on-behalf");
      await button(tab, "登録して取組書を出す").click();
      await tab.page.locator(".summary").waitFor();
      for (const label of ["施設名", "業種", "住所", "メールアドレス", "理由"]) assert.ok((await tab.text()).includes(`${label}を`), label);
      await tab.looksRight("13-on-behalf-wrong");
      await field(tab, "name").fill(name);
      await field(tab, "kind").selectOption("restaurant");
      await at(tab, "/letters/reports", "通報");
      await at(tab, "/register/new", "代行登録");
      assert.equal(await field(tab, "name").inputValue(), name);
      await field(tab, "address").fill(`海岸通${tab.page.viewportSize().width}`);
      await field(tab, "email").fill("on-behalf@example.jp");
      for (const box of (await field(tab, "measure_ids").all()).slice(0, 4)) await box.check();
      await field(tab, "reason").fill("電話で依頼");
      await tab.looksRight("14-on-behalf-filled");
      await button(tab, "登録して取組書を出す").click();
      await settled(tab, name);
      await said(tab, "登録しました");
      assert.equal(await tab.page.locator(".checked li").count(), 4);
    });
  });

  test("what strangers wrote is shown as text, and counted and exported as it is", async () => {
    const kept = [];
    for (const name of HOSTILE) kept.push((await addVenue({ name, municipality: "<b>市</b>" })).details.name);
    await onEachScreen({}, async (tab) => {
      await at(tab, "/register", "台帳を探す");
      await field(tab, "text").fill("");
      await field(tab, "municipality").fill("<b>市</b>");
      await button(tab, "探す").click();
      await tab.page.waitForFunction((count) => document.querySelectorAll("tbody tr").length === count, kept.length);
      const shown = await tab.page.locator("tbody th").allInnerTexts();
      assert.deepEqual(shown.toSorted(), kept.toSorted());
      await tab.looksRight("18-hostile");
      const [saved] = await Promise.all([tab.page.waitForEvent("download"), button(tab, "CSVに書き出す").click()]);
      const rows = parseCsv(readFileSync(await saved.path(), "utf8"));
      assert.equal(rows.length, kept.length + 1);
      assert.deepEqual(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell)), []);
      await at(tab, "/register/counts", "集計");
      await tab.page.getByText("<b>市</b>").first().waitFor();
      await tab.looksRight("19-counts");
      await tab.page.getByText("表で見る").first().click();
      await tab.looksRight("20-counts-table");
    });
  });

  test("a long list is gone through page by page, and the place is kept", async () => {
    await stack.seed(60, "--prefix", "ページの店");
    await onOneScreen({}, async (tab) => {
      const rows = (count) => tab.page.waitForFunction((wanted) => document.querySelectorAll("tbody tr").length === wanted, count);
      await at(tab, "/register", "台帳を探す");
      await field(tab, "text").fill("ページの店");
      await button(tab, "探す").click();
      await rows(50);
      await button(tab, "次へ").click();
      await rows(10);
      const first = tab.page.locator("tbody a").first();
      await first.click();
      await settled(tab, /ページの店/);
      await tab.page.goBack();
      await rows(10);
      await button(tab, "前へ").click();
      await rows(50);
    });
  });
});
