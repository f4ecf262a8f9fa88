// The register desk's pages of the console in a real browser: every page, at the screens that officers
// have, by mouse and by keyboard. Pictures of every state are left in build/screenshots/console-desk.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";

import { Officer } from "../../tools/story/officer.mjs";
import { browserForTests, NO_BROWSER } from "./support/browser.mjs";
import { atDesk, Console, consolesForTests, OFFICE_SCREENS } from "./support/console.mjs";
import { parseCsv } from "./support/csv.mjs";
import { mailTo, sendLetter } from "./support/letters.mjs";
import { stackForTests } from "./support/stacks.mjs";

const HOSTILE = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "=HYPERLINK(\"http://evil.example\",\"x\")", "\"><svg/onload=alert(1)>",
  "{{7*7}}", "${7*7}", "javascript:alert(1)", "&lt;b&gt;", "'; DROP TABLE venues; --", "髙﨑𠮷葛󠄀食堂", "مطعم الميناء", "👨‍👩‍👧‍👦食堂"];
const album = "console-desk";

describe("the register desk in the console", { skip: NO_BROWSER }, () => {
  const stack = stackForTests();
  const tools = { open: browserForTests(), start: consolesForTests(stack) };
  let desk;
  let names = 0;

  before(() => {
    desk = new Officer(stack, "desk");
  });

  const onEachScreen = (options, work) => OFFICE_SCREENS.reduce(
    (done, screen) => done.then(() => atDesk(tools, { screen, album, ...options }, work)), Promise.resolve());

  function addVenue(changes = {}) {
    names += 1;
    const all = { name: `居酒屋${names}`, kind: "restaurant", municipality: "横浜市中区", address: `本町${names}-1`, email: `take${names}@example.jp`,
      phone: "045-000-0000", own_measures: "窓を開ける", ...changes };
    return desk.json("register", "add", "--reason", "電話で依頼", ...Object.entries(all).flatMap(([name, value]) => ["--set", `${name}=${value}`]));
  }

  /** Opens a page by its address and waits until it stands. */
  async function at(tab, path, heading) {
    await tab.page.evaluate((hash) => { location.hash = hash; }, `#${path}`);
    await settled(tab, heading);
  }

  async function settled(tab, heading) {
    await tab.page.getByRole("heading", { level: 1, name: heading }).waitFor();
    await tab.page.waitForFunction(() => document.querySelector("[aria-busy]") === null);
  }

  const button = (tab, name) => tab.page.getByRole("button", { name, exact: true });
  const said = (tab, words) => tab.page.locator("#said", { hasText: words }).waitFor();
  const field = (tab, name) => tab.page.locator(`main [name="${name}"]`);

  /** Fills in the dialog that is open and confirms it. */
  async function confirm(tab, words, fields = {}) {
    const dialog = tab.page.getByRole("dialog");
    for (const [name, value] of Object.entries(fields)) {
      const control = dialog.locator(`[name="${name}"]`);
      if (await control.first().getAttribute("type") === "radio") await dialog.locator(`[name="${name}"][value="${value}"]`).check();
      else await control.fill(value);
    }
    await dialog.getByRole("button", { name: words, exact: true }).click();
  }

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
    await atDesk(tools, { screen: OFFICE_SCREENS[0], album }, async (tab) => {
      await at(tab, `/register/entry/${id}`, name);
      for (const [words, file] of [["取組書", "certificate.pdf"], ["ポスター", "poster.pdf"], ["卓上の三角", "table-tent.pdf"], ["シール", "stickers.pdf"]]) {
        const [saved] = await Promise.all([tab.page.waitForEvent("download"), button(tab, words).click()]);
        assert.equal(saved.suggestedFilename(), file);
        assert.equal(readFileSync(await saved.path()).subarray(0, 5).toString(), "%PDF-");
      }
    });
  });

  test("a venue is registered on behalf of a business, and a draft outlives other pages", async () => {
    await onEachScreen({ refused: [422] }, async (tab) => {
      names += 1;
      await at(tab, "/register/new", "代行登録");
      await tab.looksRight("12-on-behalf");
      await button(tab, "登録して取組書を出す").click();
      await tab.page.locator(".summary").waitFor();
      for (const label of ["施設名", "業種", "住所", "メールアドレス", "理由"]) assert.ok((await tab.text()).includes(`${label}を`), label);
      await tab.looksRight("13-on-behalf-wrong");
      await field(tab, "name").fill(`代行の店${names}`);
      await field(tab, "kind").selectOption("restaurant");
      await at(tab, "/letters/reports", "通報");
      await at(tab, "/register/new", "代行登録");
      assert.equal(await field(tab, "name").inputValue(), `代行の店${names}`);
      await field(tab, "address").fill(`海岸通${names}`);
      await field(tab, "email").fill(`on-behalf${names}@example.jp`);
      for (const box of (await field(tab, "measure_ids").all()).slice(0, 4)) await box.check();
      await field(tab, "reason").fill("電話で依頼");
      await tab.looksRight("14-on-behalf-filled");
      await button(tab, "登録して取組書を出す").click();
      await settled(tab, `代行の店${names}`);
      await said(tab, "登録しました");
      assert.equal(await tab.page.locator(".checked li").count(), 4);
    });
  });

  test("letters are read as they were written, answered, and closed", async () => {
    await onEachScreen({ refused: [422] }, async (tab) => {
      await sendLetter(stack, "enquiry", { sender: "たけ<b>商店</b>", reply_email: "ask@example.jp", subject: "ポスター", question: "何枚\n<script>alert(1)</script>" });
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
      for (const path of ["/api/register", "/api/register/counts", "/api/register/export", "/api/letters?kind=enquiries", "/api/api-keys"]) {
        const answer = await tab.page.evaluate(async (where) => {
          const response = await fetch(where);
          return [response.status, (await response.json()).reason];
        }, path);
        assert.deepEqual(answer, [403, "CALLER_NOT_ALLOWED"], path);
      }
    });
  });

  test("nobody is let in without the token, and the console listens on loopback alone", async () => {
    const { origin, url } = await tools.start("desk");
    for (const path of ["/", "/app.mjs", "/api/me", "/?token=wrong"]) assert.equal((await fetch(origin + path)).status, 401, path);
    assert.notEqual(url, origin);
    await assert.rejects(desk.run("console", "--listen", "0.0.0.0:0"), { exitCode: 2 });
    const other = await Console.start(stack, "desk");
    assert.equal(await other.stop(), 0);
  });
});
