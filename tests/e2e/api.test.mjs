// The business API from outside: what a program can do with it, what it is told when it errs, and that
// all of it is as its own description says.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { before, describe, test } from "node:test";

import { newLink, readQr, useLink } from "../../tools/story/business.mjs";
import { ROOT } from "../../tools/story/stack.mjs";
import { ApiDescription } from "./support/api_description.mjs";
import { ApiProgram, flood, issueApiKey, placesIn, problemIn, restaurant } from "./support/api_program.mjs";
import { NOBODYS_ID, samples } from "./support/api_samples.mjs";
import { everySheetIsDrawn, sendsAnyText } from "./support/api_hostile.mjs";
import { makeMistakes } from "./support/api_mistakes.mjs";
import { query } from "./support/database.mjs";
import { stackForTests } from "./support/stacks.mjs";

const DOCUMENT = JSON.parse(readFileSync(path.join(ROOT, "services/gateway/api/openapi.json"), "utf8"));
const VENUES = "/api/v1/venues";

describe("the business API", () => {
  const stack = stackForTests();
  const description = new ApiDescription(DOCUMENT);
  const programOf = async (email) => new ApiProgram(stack.env.GATEWAY_URL, description, { key: await issueApiKey(stack, email) });
  let own;
  let anybody;

  before(async () => {
    own = await programOf("minato@example.jp");
    anybody = new ApiProgram(stack.env.GATEWAY_URL, description);
  });

  async function added(name, more, program = own) {
    const answer = await program.post(VENUES, restaurant(name, more));
    assert.equal(answer.status, 201, answer.bytes.toString());
    return answer.json;
  }

  test("is described by a right OpenAPI 3.1 document, which it serves", async () => {
    await description.assertValid();
    const served = await anybody.get("/api/v1/openapi.json");
    assert.deepEqual(served.json, DOCUMENT);
    const meaning = await anybody.get("/api/v1/problems/venue-not-found", { headers: { "Accept-Language": "en" } });
    assert.equal(meaning.json.title, "No such venue");
  });

  test("gives the catalogue in each language, and its kinds and measures are taken", async () => {
    const { json: catalogue } = await anybody.get("/api/v1/catalogue");
    assert.equal(catalogue.kinds.length, 20);
    for (const language of catalogue.languages) {
      const { json } = await anybody.get(`/api/v1/catalogue?lang=${language}`);
      assert.deepEqual(json.kinds.map(({ kind }) => kind), catalogue.kinds.map(({ kind }) => kind));
    }
    for (const { kind, is_event: isEvent, measures } of catalogue.kinds) {
      const dates = isEvent ? { event_start_time: "2035-12-01T10:00:00+09:00", event_end_time: "2035-12-03T08:00:00Z" } : {};
      const venue = await added(`業種 ${kind}`, { kind, measure_ids: measures.map(({ measure_id: id }) => id), ...dates });
      if (isEvent) assert.equal(venue.event_end_time, "2035-12-03T17:00:00+09:00");
    }
    assert.deepEqual(placesIn(await anybody.get("/api/v1/catalogue?lang=tlh")), ["lang NOT_ONE_OF"]);
  });

  test("registers a venue with code, certificate and everything to print", async () => {
    const venue = await added("みなと食堂", { listed: true });
    assert.equal((await own.get("/api/v1/business")).json.email, "minato@example.jp");
    assert.deepEqual((await own.get(`${VENUES}/${venue.venue_id}`)).json, venue);
    const { documents } = venue.links;
    for (const name of ["certificate", "poster", "table-tent", "stickers"]) {
      const file = await own.get(documents[name]);
      assert.equal(file.bytes.subarray(0, 5).toString(), "%PDF-", name);
    }
    assert.equal(readQr((await own.get(documents["qr-png"])).bytes), venue.links.check_in);
    assert.match((await own.get(documents["qr-svg"])).bytes.toString(), /^<(\?xml|svg)/);
    assert.ok(venue.links.certificate_page.endsWith(`/certificates/${venue.certificate.certificate_number}`));
    assert.equal((await fetch(venue.links.check_in_page)).status, 200);
    const visits = await own.get(venue.links.visits);
    assert.equal(visits.json.days.at(-1).visits_to, 9);
  });

  test("does once what is sent again, and refuses a key used with other content", async () => {
    const headers = { "Idempotency-Key": `"${randomUUID()}"` };
    const [one, two] = await Promise.all([1, 2].map(() => own.post(VENUES, restaurant("二度送る店"), { headers })));
    assert.equal(one.status, 201);
    assert.deepEqual(two.json, one.json);
    assert.equal(two.headers.get("location"), one.headers.get("location"));
    assert.equal(problemIn(await own.post(VENUES, restaurant("別の店"), { headers })), "idempotency-key-reused");
    await stack.restart("gateway");
    assert.equal(problemIn(await own.post(VENUES, restaurant("別の店"), { headers })), "idempotency-key-reused");
    assert.deepEqual((await own.post(VENUES, restaurant("二度送る店"), { headers })).json, one.json);
    // The same key of another business is another key.
    const other = await programOf("other@example.jp");
    assert.equal((await other.post(VENUES, restaurant("別の店"), { headers })).status, 201);
    assert.equal((await own.post(VENUES, restaurant("二度送る店"))).status, 409);
    assert.equal(problemIn(await own.post(VENUES, restaurant("x"), { headers: { "Idempotency-Key": null } })), "idempotency-key-missing");
  });

  test("changes what is told, from the revision that was read", async () => {
    const venue = await added("変わる店");
    const at = `${VENUES}/${venue.venue_id}`;
    const patch = (body, tag, type) => own.send("PATCH", at, { body, headers: { "If-Match": tag, ...(type && { "Content-Type": type }) } });
    const consented = await patch({ name_consent: true, listed: true }, '"1"', "application/merge-patch+json");
    assert.equal(consented.headers.get("etag"), '"2"');
    assert.equal(consented.json.certificate.version, 1, "consent is not on the sheet");
    assert.deepEqual((await patch({ name_consent: true, listed: true }, '"1"')).json, consented.json);
    assert.equal(problemIn(await patch({ phone: "045-210-1111" }, '"1"')), "venue-changed");

    const body = { ...consented.json, own_measures: ["席を減らしています"], measure_ids: [] };
    const put = await own.send("PUT", at, { body, headers: { "If-Match": '"2"' } });
    assert.equal(put.status, 200, put.bytes.toString());
    assert.deepEqual(put.json.certificate.measures, [{ measure_id: null, text: "席を減らしています", is_new: true }]);
    assert.notEqual(put.json.certificate.certificate_number, venue.certificate.certificate_number);
    assert.equal(problemIn(await patch({ listed: false }, '"2"')), "venue-changed");
    assert.deepEqual(placesIn(await patch({ measure_ids: null, own_measures: null }, '"3"')), ["#/measure_ids REQUIRED"]);
  });

  test("keeps rooms, codes and states", async () => {
    const hall = await added("みなとホール");
    const room = await added("みなとホール 楽屋", { parent_venue_id: hall.venue_id });
    assert.equal(room.parent_venue_id, hall.venue_id);
    assert.deepEqual(placesIn(await own.post(VENUES, restaurant("奥の間", { parent_venue_id: room.venue_id }))), ["#/parent_venue_id PARENT_UNFIT"]);

    const at = `${VENUES}/${hall.venue_id}`;
    const headers = { "Idempotency-Key": randomUUID() };
    const replaced = await own.post(`${at}/code`, { grace_days: 7 }, { headers });
    assert.notEqual(replaced.json.venue_code, hall.venue_code);
    assert.equal(Math.round((Date.parse(replaced.json.old_code_end_time) - Date.now()) / 86_400_000), 7);
    assert.deepEqual((await own.post(`${at}/code`, { grace_days: 7 }, { headers })).json, replaced.json);
    for (const state of ["closed", "closed", "open"]) {
      assert.equal((await own.send("PUT", `${at}/state`, { body: { state } })).json.state, state);
    }
    await query(stack, "UPDATE registry.venues SET state = 'suspended' WHERE venue_id = $1", [hall.venue_id]);
    assert.equal(problemIn(await own.send("PUT", `${at}/state`, { body: { state: "open" } })), "venue-suspended");
    await query(stack, "UPDATE registry.certificates SET state = 'withdrawn', end_time = now() WHERE venue_id = $1", [room.venue_id]);
    assert.equal(problemIn(await own.get(`${VENUES}/${room.venue_id}/documents/certificate.pdf`)), "certificate-withdrawn");
  });

  test("shows a business its own venues and no other's", async () => {
    const stranger = await programOf("stranger@example.jp");
    assert.deepEqual((await stranger.get(VENUES)).json, { venues: [], next_page_token: null });
    const venue = await added("ひみつの店");
    const all = samples({ venue: venue.venue_id, etag: '"1"', bundle: NOBODYS_ID });
    for (const [id, { method, path: target, body, headers }] of Object.entries(all)) {
      if (!target.startsWith(`${VENUES}/`)) continue;
      assert.equal(problemIn(await stranger.send(method, target, { body, headers })), "venue-not-found", id);
    }
    const seen = [];
    for (let next = VENUES; next; ) {
      const page = await own.get(next);
      seen.push(...page.json.venues);
      next = page.headers.get("link")?.match(/<([^>]+)>/)[1];
    }
    assert.equal(new Set(seen.map(({ venue_id: id }) => id)).size, (await own.get("/api/v1/business")).json.venue_count);
  });

  test("lets a program without a key start a registration that a mail finishes", async () => {
    const body = { ...restaurant("メールの店"), email: "mail@example.jp" };
    const [first, again] = [await anybody.post("/api/v1/registrations", body), await anybody.post("/api/v1/registrations", body, { headers: { "Idempotency-Key": null } })];
    assert.equal(first.status, 202);
    assert.match(again.json.receipt_number, /^\d{4}-\d{4}$/);
    const { location } = await useLink(stack.env.GATEWAY_URL, await newLink(stack.env.MAIL_URL, body.email, []));
    const program = await programOf(body.email);
    const { json } = await program.get(VENUES);
    assert.deepEqual(json.venues.map(({ name }) => name), ["メールの店"]);
    assert.ok(location.includes(json.venues[0].venue_id));
    let last;
    for (let i = 0; i < 6; i++) last = await anybody.post("/api/v1/registrations", { ...body, name: `店${i}` }, { waits: false });
    assert.equal(problemIn(last), "too-many-mails");
  });

  test("registers lists and CSV files, all or none, and tells all that is wrong", async () => {
    const chain = await programOf("chain@example.jp");
    const list = Array.from({ length: 60 }, (_, i) => restaurant(`${i}号店`));
    const headers = { "Idempotency-Key": randomUUID() };
    assert.equal((await chain.post("/api/v1/imports?check_only=true", list)).json.venue_count, 60);
    assert.equal((await chain.get(VENUES)).json.venues.length, 0);
    const wrong = structuredClone(list);
    wrong[1].name = "x".repeat(101);
    wrong[2].colour = "red";
    wrong[3] = { ...wrong[4], measure_ids: ["nonsense"] };
    assert.deepEqual(placesIn(await chain.post("/api/v1/imports", wrong)).sort(),
      ["#/1/name TOO_LONG", "#/2/colour UNKNOWN_MEMBER", "#/3/measure_ids/0 UNKNOWN_MEASURE"]);
    assert.deepEqual((await chain.post("/api/v1/imports", list, { headers })).json, { venue_count: 60, check_only: false });
    assert.deepEqual((await chain.post("/api/v1/imports", list, { headers })).json, { venue_count: 60, check_only: false });
    assert.equal((await chain.get("/api/v1/business")).json.venue_count, 60);
    assert.equal(problemIn(await chain.post("/api/v1/imports", list.slice(1), { headers })), "idempotency-key-reused");
    assert.equal(placesIn(await chain.post("/api/v1/imports", list)).length, 60, "all are known");

    const csv = (text, encoding) => chain.post("/api/v1/imports", Buffer.from(text), { headers: { "Content-Type": `text/csv; charset=${encoding}` } });
    const head = "業種,施設の名前,町名・番地・建物の名前,対策\r\n";
    assert.equal((await csv(`${head}飲食店,CSVの店,本町1,common-air-30min\r\n`, "utf-8")).json.venue_count, 1);
    const bad = await csv(`${head}魔法,店,本町1,common-air-30min\r\n飲食店,,本町1,x\r\n`, "utf-8");
    assert.deepEqual(placesIn(bad).slice(0, 2), ["2:業種 UNKNOWN_KIND", "3:対策 UNKNOWN_MEASURE"]);
    const shiftJis = Buffer.from("kind,name,address,measure_ids\r\nrestaurant,\x83\x65\x83\x58\x83\x67,1-1,common-air-30min\r\n", "latin1");
    assert.equal((await chain.post("/api/v1/imports", shiftJis, { headers: { "Content-Type": "text/csv" } })).json.venue_count, 1);
    assert.equal((await chain.get(VENUES)).json.venues[0].name, "テスト");
  });

  test("draws the sheets of all venues into one file, with progress", async () => {
    const chain = await programOf("chain@example.jp");
    for (const [format, start] of [["zip", "PK"], ["pdf", "%PDF-"]]) {
      const started = await chain.post("/api/v1/bundles", { document: "poster", format });
      const at = started.headers.get("location");
      assert.equal(problemIn(await chain.get(`${at}/file.${format}`)), "bundle-not-done");
      let bundle;
      do bundle = (await chain.get(at)).json; while (bundle.state === "drawing");
      assert.equal(bundle.done, 62);
      const file = await chain.get(bundle.file);
      assert.equal(file.bytes.subarray(0, start.length).toString(), start);
    }
    assert.equal(problemIn(await (await programOf("empty@example.jp")).post("/api/v1/bundles", { document: "poster", format: "zip" })), "no-venues");
  });

  test("tells what is wrong with any request, in one form, and in English to those who ask", async () => {
    const venue = await added("まちがいの店");
    const all = samples({ venue: venue.venue_id, etag: '"1"', bundle: NOBODYS_ID });
    assert.deepEqual(Object.keys(all).sort(), description.operations.map(({ operationId }) => operationId).sort());
    for (const operation of description.operations) await makeMistakes(own, operation, all[operation.operationId]);
    for (const target of [all.getBundle, all.getBundleZip, all.getBundlePdf]) assert.equal(problemIn(await own.get(target.path)), "bundle-not-found");
    assert.equal(problemIn(await anybody.get("/api/v1/problems/nonsense")), "not-found");
    assert.deepEqual(placesIn(await own.get(`${VENUES}?page_token=x`)), ["page_token PAGE_TOKEN_INVALID"]);
  });

  test("answers problems where no operation is, also from the server in front", async () => {
    const cases = [["GET", "/api/v2", 404], ["GET", "/api/", 404], ["DELETE", VENUES, 405], ["PUT", VENUES, 405], ["DELETE", "/api/nowhere", 404],
      ["OPTIONS", VENUES, 405], ["TRACE", VENUES, 405], ["GET", `${VENUES}?${"x".repeat(5000)}`, 414]];
    for (const [method, target, status] of cases) {
      const answer = await own.send(method, target);
      assert.equal(answer.status, status, `${method} ${target.slice(0, 40)}`);
      assert.equal(answer.headers.get("content-type"), "application/problem+json");
      if (status === 405) assert.ok(answer.headers.get("allow").includes("GET"), method);
    }
    const long = await own.get(VENUES, { headers: { "X-Long": "x".repeat(5000), "Accept-Language": "en" } });
    assert.equal(long.status, 400);
    assert.equal(long.json.title, "The request cannot be read");
    assert.equal((await own.send("PUT", VENUES, { body: {} })).headers.get("allow"), "GET, HEAD, POST");
  });

  test("stores any text exactly as it was sent, or refuses it", { timeout: 300_000 }, async () => {
    const programs = await Promise.all(Array.from({ length: 6 }, () => programOf("hostile@example.jp")));
    await sendsAnyText(programs);
    await everySheetIsDrawn(programs[0]);
  });

  test("limits each key and each address, and says when to come back", { timeout: 120_000 }, async () => {
    const greedy = await programOf("greedy@example.jp");
    const limited = await flood(greedy, 1000);
    assert.ok(limited.length > 100);
    assert.equal(limited[0].headers.get("retry-after"), "1");
    assert.equal(problemIn(limited[0]), "too-many-requests");
    assert.equal((await own.get("/api/v1/business")).status, 200, "another key is not limited");

    const venue = await added("混む店");
    const all = samples({ venue: venue.venue_id, etag: '"1"', bundle: NOBODYS_ID });
    const key = await issueApiKey(stack, "greedy@example.jp");
    const near = new ApiProgram(stack.env.GATEWAY_URL, description, { from: "127.0.0.2" });
    const keyed = new ApiProgram(stack.env.GATEWAY_URL, description, { from: "127.0.0.2", key });
    assert.ok((await flood(near, 1800)).length > 100);
    for (const [id, { method, path: target, body, headers }] of Object.entries(all)) {
      const crowd = Promise.all([flood(near, 100), flood(near, 100)]);
      let answer;
      for (let tries = 0; tries < 50 && answer?.status !== 429; tries++) answer = await keyed.send(method, target, { body, headers, waits: false });
      await crowd;
      assert.equal(problemIn(answer), "too-many-requests", id);
    }
  });

  test("says so when it cannot ask, and goes on when it can again", { timeout: 120_000 }, async () => {
    const venue = await added("待つ店");
    const all = samples({ venue: venue.venue_id, etag: '"1"', bundle: NOBODYS_ID });
    const asking = description.operations.filter(({ responses }) => responses[503]);
    stack.kill("registry");
    await Promise.all(asking.map(async ({ operationId: id }) => {
      const { method, path: target, body, headers } = all[id];
      const answer = await own.send(method, target, { body, headers });
      assert.equal(problemIn(answer), "unavailable", id);
      assert.equal(answer.headers.get("retry-after"), "10");
    }));
    await stack.restart("registry");
    let status;
    for (const end = Date.now() + 20_000; status !== 200 && Date.now() < end; ) ({ status } = await own.get(`${VENUES}/${venue.venue_id}`));
    assert.equal(status, 200);
  });

  test("gave every answer that is described", () => {
    const missed = description.documented().filter((one) => !description.seen.has(one));
    assert.deepEqual(missed, []);
  });
});
