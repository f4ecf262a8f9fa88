// What anybody may look up: whether a certificate holds, which venues are listed, and what is behind a
// printed code; with the open data. In a real browser; pictures are left in build/screenshots/lookup.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import { Officer } from "../../tools/story/officer.mjs";
import { browserForTests, inTab, NO_BROWSER, WAYS } from "./support/browser.mjs";
import { enter, newShop, registerQuickly, tickSome } from "./support/business_pages.mjs";
import { query } from "./support/database.mjs";
import { stackForTests } from "./support/stacks.mjs";

const CHECK = "確かめる";
/** What is listed besides: more than a page of results. */
const MORE = 45;

const inGroups = (number) => number.replace(/(.{4})(?=.)/g, "$1-");

describe("what anybody may look up", { skip: NO_BROWSER, concurrency: 2 }, () => {
  const stack = stackForTests();
  const open = browserForTests();
  const inNewTab = (way, work) => inTab(open, stack, { album: "lookup", ...way }, work);
  const shops = {};

  async function registered(name, changes) {
    const shop = newShop(changes);
    const venue = await registerQuickly(stack, shop);
    const id = venue.path.split("/").at(-1);
    const [{ certificate_number: number }] = await query(stack, "SELECT certificate_number FROM registry.certificates WHERE venue_id = $1", [id]);
    shops[name] = { ...venue, id, number, shop };
  }

  async function closes(tab, { path }) {
    await tab.go(`${path}/state`);
    await tab.press("閉じる");
  }

  async function changes(tab, { path }) {
    await tab.go(path);
    await tab.click("対策を変える");
    await tickSome(tab, 1);
    await tab.press("変更して確認へ進む");
    await tab.press("この内容で変更する");
  }

  before(async () => {
    for (const name of ["valid", "superseded", "withdrawn", "suspended", "closed"]) await registered(name);
    await registered("unlisted", { contact: { listed: false } });
    await registered("event", { industry: { kind: "event" }, venue: { event_start_time: "2035-01-01T10:00", event_end_time: "2035-01-02T18:00" } });
    for (const [name, act] of [["superseded", changes], ["closed", closes]]) {
      await inNewTab({}, async (tab) => {
        await enter(tab, shops[name]);
        await act(tab, shops[name]);
      });
    }
    await new Officer(stack, "officer-a").run("venue", "suspend", shops.suspended.code, "--reason", "確認中");
    // What the desk does; its own tests show how.
    await query(stack, "UPDATE registry.certificates SET state = 'withdrawn', end_time = now() WHERE certificate_number = $1", [shops.withdrawn.number]);
    await query(stack, "UPDATE registry.venues SET inspect_time = now() WHERE venue_id = $1", [shops.valid.id]);
    // One after another from one mailbox: a list to turn the pages of.
    const origin = stack.env.GATEWAY_URL;
    const { cookie, path } = shops.valid;
    const [, csrf] = /name="csrf" value="([^"]+)"/.exec(await (await fetch(origin + path, { headers: { cookie } })).text());
    const rows = Array.from({ length: MORE }, (_, i) => `cinema,港町シネマ${i + 1}番館,港町${i + 1},換気しています,,はい`);
    const form = new FormData();
    form.append("csrf", csrf);
    form.append("file", new Blob([["kind,name,address,measures,measure_ids,listed", ...rows].join("\n")]), "venues.csv");
    const check = await (await fetch(`${origin}/upkeep/csv`, { method: "POST", headers: { origin, cookie }, body: form })).text();
    const [, upload] = /name="upload" value="([^"]+)"/.exec(check);
    const done = await fetch(`${origin}/upkeep/csv/import`, { method: "POST", redirect: "manual", headers: { origin, cookie }, body: new URLSearchParams({ csrf, upload }) });
    assert.equal(done.status, 303);
  }, { timeout: 180_000 });

  /** A number whose check character is right, of no certificate. */
  async function unknownNumber() {
    for (const last of "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U") {
      const number = `000000000007${last}`;
      const page = await (await fetch(`${stack.env.GATEWAY_URL}/certificates/${encodeURIComponent(number)}`)).text();
      if (page.includes("この番号の取組書はありません")) return number;
    }
    throw new Error("every check character is wrong");
  }

  const VERDICTS = { valid: "有効", superseded: "古い版", withdrawn: "取り消し", suspended: "停止中", closed: "閉店・終了" };

  for (const way of WAYS) {
    test(`is whether a certificate holds, ${way.where}`, { timeout: 120_000 }, () =>
      inNewTab(way, async (tab) => {
        await tab.go("/certificates");
        await tab.looksRight("01-certificates");
        for (const [typed, status, name] of [["", 422, "empty"], ["ABC", 422, "short"]]) {
          await tab.fill({ certificate_number: typed });
          assert.equal(await tab.press(CHECK), status, name);
          assert.match(await tab.page.title(), /^エラー：/);
          await tab.looksRight(`02-certificates-${name}`);
        }
        assert.equal(await tab.go(`/certificates/${"0".repeat(12)}1`), 404);
        await tab.looksRight("02-certificate-mistyped");
        assert.equal(await tab.go(`/certificates/${await unknownNumber()}`), 404);
        assert.equal(await tab.heading(), "この番号の取組書はありません");
        await tab.looksRight("02-certificate-unknown");
        for (const [state, verdict] of Object.entries(VERDICTS)) {
          const { number, shop } = shops[state];
          await tab.go("/certificates");
          // As people type: in groups, small, in wide letters.
          await tab.fill({ certificate_number: state === "valid" ? inGroups(number).toLowerCase() : number });
          assert.equal(await tab.press(CHECK), 200, state);
          assert.equal(await tab.page.locator(".state-word").innerText(), verdict);
          assert.match(await tab.heading(), new RegExp(`^${shop.venue.name}`));
          await tab.looksRight(`03-certificate-${state}`);
        }
        assert.equal(await tab.go(`/certificates/${shops.superseded.number}`), 200);
        assert.equal(await tab.click("最新の取組書を見る"), 200);
        assert.equal(await tab.page.locator(".state-word").innerText(), "有効");
        assert.equal(await tab.page.getByText("New!").count(), 1);
        await tab.go(`/certificates/${shops.valid.number}`);
        assert.match(await tab.text(), /職員が現地で対策を確かめました/);
        await tab.go(`/certificates/${shops.unlisted.number}`);
        assert.ok(!(await tab.text()).includes(shops.unlisted.shop.venue.address), "no address of who is not listed");
        await tab.looksRight("04-certificate-unlisted");
        assert.equal(await tab.click("内容がちがう、偽物のようだと知らせる"), 200);
        assert.equal((await tab.page.inputValue("#certificate_number")).replaceAll("-", ""), shops.unlisted.number);
      }));

    test(`is which venues are listed, ${way.where}`, { timeout: 120_000 }, () =>
      inNewTab(way, async (tab) => {
        assert.equal(await tab.go("/venues"), 200);
        await tab.looksRight("05-venues");
        await tab.fill({ q: "港町シネマ", kind: "cinema" });
        assert.equal(await tab.press("さがす"), 200);
        assert.match(await tab.text(), new RegExp(`${MORE}件見つかりました`));
        const names = new Set();
        for (;;) {
          for (const name of await tab.page.locator(".venue-name").allInnerTexts()) names.add(name);
          const next = tab.page.getByRole("link", { name: "次の施設を見る" });
          if (!(await next.count())) break;
          assert.equal(await tab.follow(() => next.click()), 200);
        }
        assert.equal(names.size, MORE, "every one once");
        await tab.looksRight("06-venues-last-page");
        assert.equal(await tab.click("最初に戻る"), 200);
        await tab.fill({ q: "どこにもない店" });
        assert.equal(await tab.press("さがす"), 200);
        assert.match(await tab.text(), /見つかりませんでした/);
        await tab.looksRight("07-venues-none");
        await tab.fill({ q: "あ".repeat(200) });
        assert.equal(await tab.press("さがす"), 422);
        await tab.looksRight("08-venues-problem");
        for (const hidden of ["unlisted", "closed", "suspended"]) {
          await tab.go(`/venues?q=${encodeURIComponent(shops[hidden].shop.venue.name)}`);
          assert.equal(await tab.page.locator(".venue-name", { hasText: new RegExp(`^${shops[hidden].shop.venue.name}$`) }).count(), 0, hidden);
        }
      }));

    test(`is what is behind a printed code, ${way.where}`, { timeout: 120_000 }, () =>
      inNewTab(way, async (tab) => {
        const code = (name) => shops[name].code.replaceAll("-", "");
        assert.equal(await tab.go(`/c/${code("valid")}`), 200);
        assert.equal(await tab.heading(), shops.valid.shop.venue.name);
        assert.equal(await tab.page.getByRole("link", { name: "LINEを開いて記録する" }).getAttribute("href"), shops.valid.url);
        await tab.looksRight("09-code");
        for (const [name, says] of [["closed", "閉店・終了"], ["suspended", "停止中"], ["event", "開催期間ではありません"]]) {
          await tab.go(`/c/${code(name)}`);
          assert.equal(await tab.page.locator(".state-word").innerText(), says);
          await tab.looksRight(`10-code-${name}`);
        }
        assert.equal(await tab.go("/c/7K3M-9QW2-TXB4-N8V6-0"), 404);
        await tab.looksRight("11-code-mistyped");
      }));
  }

  test("is the open data: all that is listed and open, in both forms", async () => {
    const get = (file) => fetch(`${stack.env.GATEWAY_URL}/open-data/${file}`);
    const csv = await (await get("venues.csv")).text();
    const { length } = csv.trim().split("\r\n");
    const names = ["valid", "superseded", "event"].map((name) => shops[name].shop.venue.name);
    for (const name of names) assert.ok(csv.includes(name), name);
    for (const name of ["unlisted", "closed", "suspended"]) assert.ok(!csv.includes(`${shops[name].shop.venue.name},`), name);
    const json = await (await get("venues.json")).json();
    assert.equal((Array.isArray(json) ? json : Object.values(json).find(Array.isArray)).length, length - 1);
  });
});
