// The logic of the console's pages, without a browser.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { lengths, shortened } from "../web/bars.mjs";
import { carriedOver, detailsOf, differences, forField } from "../web/desk/details_form.mjs";
import { byGroup, offered } from "../web/desk/measures.mjs";
import { progressOf } from "../web/desk/reissue.mjs";
import { draftOf, hasDrafts } from "../web/drafts.mjs";
import { placeErrors } from "../web/problems.mjs";
import { find, linkTo, match, pathOf } from "../web/router.mjs";
import { pagesFor, sectionsFor } from "../web/sections.mjs";
import { meaningOf } from "../web/shortcuts.mjs";
import { actor, grouped, postalCode, time } from "../web/words.mjs";

describe("the way to a page", () => {
  test("a path fills the places of its pattern", () => {
    assert.deepEqual(match("/register/entry/:id", "/register/entry/a%2Fb"), { id: "a/b" });
    assert.equal(match("/register/entry/:id", "/register/entry/7/correct"), null);
    assert.equal(match("/register/entry/:id", "/register/entry/%E0%A4%A"), null, "no page has a broken address");
    assert.equal(linkTo("/register/entry/:id/correct", "a/b"), "#/register/entry/a%2Fb/correct");
    assert.equal(pathOf(""), "/");
    assert.equal(pathOf("#main"), "/");
  });

  test("a page without places goes before one with them", () => {
    const { page } = find(pagesFor(["desk"]), "/register/new");
    assert.equal(page.path, "/register/new");
  });

  test("an officer's menu has what the roles allow and nothing else", () => {
    assert.deepEqual(sectionsFor(["desk"]).map(({ title }) => title), ["事業者台帳"]);
    for (const roles of [[], ["submit", "approve"], ["audit"], ["operate"]]) {
      assert.equal(find(pagesFor(roles), "/register"), null, roles.join());
    }
  });
});

describe("drafts", () => {
  test("what is not sent is found again, until it is sent", () => {
    const storage = Object.create({
      getItem(name) { return this[name] ?? null; }, setItem(name, value) { this[name] = value; }, removeItem(name) { delete this[name]; },
    });
    const draft = draftOf("correct:7", storage);
    assert.equal(draft.load(), null);
    draft.save({ name: "たけ" });
    assert.deepEqual(draft.load(), { name: "たけ" });
    assert.equal(hasDrafts(storage), true);
    draft.clear();
    assert.equal(hasDrafts(storage), false);
    storage.setItem("draft:correct:7", "{broken");
    assert.equal(draft.load(), null, "a broken draft is none");
  });
});

describe("the details of a venue", () => {
  const fields = [{ name: "name", label: "施設名" }, { name: "measure_ids", label: "取組" }, { name: "event_end_time", label: "催しの終了" }];

  test("only what differs is called different", () => {
    const before = { name: "たけ", measure_ids: ["a"], event_end_time: "2020-06-01T21:00:00+09:00" };
    assert.deepEqual(differences(before, { ...before, event_end_time: "2020-06-01T21:00" }, fields), []);
    assert.deepEqual(differences(before, { ...before, name: "まつ", measure_ids: [] }, fields), ["施設名", "取組"]);
  });

  test("a correction is carried over to what somebody else has changed meanwhile", () => {
    const before = { name: "たけ", measure_ids: ["a"], event_end_time: null };
    const latest = { name: "たけ本店", measure_ids: ["a", "b"], event_end_time: null };
    assert.deepEqual(carriedOver({ before, ours: { ...before, event_end_time: "2020-06-01T21:00" }, latest }, fields),
      { details: { ...latest, event_end_time: "2020-06-01T21:00" }, theirs: ["施設名", "取組"], both: [] });
    const collision = carriedOver({ before, ours: { ...before, name: "まつ", measure_ids: ["a", "b"] }, latest }, fields);
    assert.deepEqual(collision, { details: { ...latest, name: "まつ" }, theirs: ["施設名", "取組"], both: ["施設名"] });
  });

  test("a form's empty lines and empty times are none", () => {
    const values = detailsOf({ own_measures: " 窓 \n\n扉", event_start_time: "", event_end_time: "2020-06-01T21:00" });
    assert.deepEqual(values, { own_measures: ["窓", "扉"], event_start_time: null, event_end_time: "2020-06-01T21:00" });
    assert.equal(forField("2020-06-01T21:00:00+09:00"), "2020-06-01T21:00");
    assert.equal(forField(null), "");
  });

  test("measures that the industry does not have are offered while they are ticked", () => {
    const industry = { measures: [{ id: "a", group: "換気", text: "窓" }] };
    const all = [...industry.measures, { id: "b", group: "歌", text: "歌わない" }];
    assert.deepEqual(offered(industry, ["b", "gone"], all).map(({ text }) => text), ["窓", "歌わない", "gone"]);
    assert.deepEqual(offered(undefined, [], all), []);
    assert.deepEqual(byGroup([{ group: "x", id: 1 }, { group: "y", id: 2 }, { group: "x", id: 3 }]).map(([name, { length }]) => [name, length]), [["x", 2], ["y", 1]]);
  });
});

describe("problems", () => {
  const fields = [{ name: "name", label: "施設名" }, { name: "own_measures", label: "独自の取組" }, { name: "reason", label: "理由" }];

  test("an error is shown at the field that it names, or with whose label it begins", () => {
    const errors = [{ field: "own_measures", detail: "独自の取組 2: 長すぎます" }, { field: "", detail: "理由を入力してください" }, { field: "", detail: "取組を選んでください" }];
    assert.deepEqual(placeErrors(errors, fields).map(({ name }) => name), ["own_measures", "reason", ""]);
  });

  test("the longest label decides", () => {
    const close = [{ name: "address", label: "住所" }, { name: "address2", label: "住所（建物）" }];
    assert.equal(placeErrors([{ field: "", detail: "住所（建物）は 40 文字までです" }], close)[0].name, "address2");
  });
});

describe("what is shown", () => {
  test("bars are as long as their counts, and none that is counted is invisible", () => {
    assert.deepEqual(lengths([100, 50, 0, 1], 400), [400, 200, 0, 4]);
    assert.deepEqual(lengths([100000, 1], 400), [400, 2]);
    assert.deepEqual(lengths([0], 400), [0]);
    assert.equal(shortened("神奈川県横浜市中区", 5), "神奈川県…");
    assert.equal(shortened("👨‍👩‍👧‍👦家", 2), "👨‍👩‍👧‍👦家");
  });

  test("numbers, times and people read as in print", () => {
    assert.equal(grouped("ABCDEFGHJKMNPQRST"), "ABCD-EFGH-JKMN-PQRS-T");
    assert.equal(grouped(""), "");
    assert.equal(time("2020-06-01T19:00:00+09:00"), "2020-06-01 19:00");
    assert.equal(time(null), "–");
    assert.equal(actor("officer/desk"), "職員 desk");
    assert.equal(actor("business-api"), "事業者のプログラム");
    assert.equal(postalCode("2310005"), "231-0005");
    assert.equal(postalCode("231"), "231");
  });

  test("a reissue says how far it is, that it waits, why it stopped and that it is done", () => {
    const run = { run_id: "x", running: true, waiting: false, done: 25, total: 100, problem: null };
    assert.equal(progressOf({ ...run, run_id: "" }), null);
    assert.deepEqual(progressOf(run), { words: "再発行しています（25 / 100 件）", share: 0.25 });
    assert.match(progressOf({ ...run, waiting: true }).words, /待っています/);
    assert.match(progressOf({ ...run, running: false, problem: "だめです。" }).words, /止まりました.*だめです/);
    assert.deepEqual(progressOf({ ...run, running: false, done: 0, total: 0 }), { words: "終わりました（0 / 0 件）", share: 1 });
  });

  test("a key with Ctrl belongs to the browser", () => {
    assert.equal(meaningOf({ key: "?" }), "help");
    assert.equal(meaningOf({ key: "3" }), 3);
    assert.equal(meaningOf({ key: "3", ctrlKey: true }), null);
    assert.equal(meaningOf({ key: "a" }), null);
  });
});
