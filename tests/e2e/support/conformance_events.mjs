// C10-C17, C20-C22, C30 and C31: what becomes of a webhook's events, through slowness, death and
// repetition, and how they are answered.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, test } from "node:test";

import { wordsOf } from "../../../tools/story/line.mjs";
import { newUserId } from "../../../tools/line-sandbox/ids.mjs";
import { again, REPLY, until } from "./conformance_kit.mjs";
import { MISSING, payload, vectorsDir } from "./conformance_vectors.mjs";
import { query } from "./database.mjs";

// LINE gives up after this long.
const LINE_WAITS_MS = 2000;

export function durability(kit) {
  describe("acknowledging", () => {
    test("C10 with LINE's API slow a webhook is 200 at once", async () => {
      const venue = await kit.venue();
      assert.equal(await kit.send([kit.scan(venue, { mode: "standby" })]), 200);
      await kit.line.fault({ path: REPLY, kind: "delay", ms: 5000, times: 3 });
      const answers = await Promise.all([1, 2, 3].map(() => kit.post(kit.body([kit.scan(venue)]), { once: true })));
      await kit.line.clearFaults();
      for (const { status, ms } of answers) {
        assert.equal(status, 200);
        assert.ok(ms < LINE_WAITS_MS, `${ms} ms`);
      }
      assert.equal(await kit.visits(venue), 4);
    });

    test("C10 with the database slow it is 503 within 1.5 s, never 200, and a redelivery finds the row", async () => {
      const venue = await kit.venue();
      const event = kit.scan(venue);
      const body = kit.body([event]);
      const answers = await kit.whileVisitsAreLocked(() => Promise.all([body, body, body].map((each) => kit.post(each, { once: true }))));
      for (const { status, ms } of answers) {
        assert.equal(status, 503);
        assert.ok(ms < LINE_WAITS_MS, `${ms} ms`);
      }
      assert.ok(Math.min(...answers.map(({ ms }) => ms)) < 1500);
      await kit.redeliver([event]);
      assert.equal(await kit.visits(venue), 1);
    });

    test("C11 what was answered 200 is there after kill -9 of everything it went through", async () => {
      const venue = await kit.venue();
      const event = kit.scan(venue);
      assert.equal(await kit.send([event]), 200);
      await kit.killAndRevive("gateway", "checkin", "postgres", "redis");
      assert.equal(await kit.visits(venue), 1);
    });

    test("C12 an event is recorded and answered once: at once, redelivered, and after a restart of gateway and checkin", async () => {
      const venue = await kit.venue();
      const event = kit.scan(venue);
      const copies = [event, again(event), event, again(event), event];
      const deliverOften = async () => {
        assert.equal(await kit.send([event], { duplicate: 3, redelivery: true }), 200);
        const answers = await Promise.all(copies.map((copy) => kit.post(kit.body([copy]))));
        assert.deepEqual(answers.map(({ status }) => status), [200, 200, 200, 200, 200]);
        await kit.line.settled(event.source.userId, 1, 30_000);
      };
      const tried = await kit.repliesDuring(deliverOften, "repeated", copies.length);
      assert.deepEqual(tried.map(({ status, body }) => [status, body.replyToken]), [[200, event.replyToken]]);
      assert.equal(await kit.visits(venue), 1);

      await kit.killAndRevive("gateway", "checkin");
      for (const copy of [event, again(event)]) assert.equal((await kit.post(kit.body([copy]))).status, 200);
      assert.equal(await kit.visits(venue), 1);
      // A new gateway does not know which tokens were tried: it tries one that LINE refuses, once.
      await until(async () => (await kit.metric("gateway", "oshirase_replies_total")) >= 2, "both replies have ended");
      const requests = await kit.repliesWith(event.replyToken);
      assert.deepEqual(requests.map(({ status }) => status), [200, 400]);
      assert.equal((await kit.line.replies(event.source.userId)).length, 1);
    });

    test("C13 a redelivery is recorded and answered when the first delivery never came", async () => {
      const venue = await kit.venue();
      const event = again(kit.scan(venue));
      assert.equal(await kit.send([event]), 200);
      assert.equal(await kit.visits(venue), 1);
      await kit.line.settled(event.source.userId, 1, 30_000);
      assert.equal((await kit.line.replies(event.source.userId)).length, 1);
    });

    test("C14 a visit that failed at first is recorded when it is redelivered", async () => {
      const venue = await kit.venue();
      const event = kit.scan(venue);
      assert.equal((await kit.whileStopped(["checkin"], () => kit.post(kit.body([event]), { once: true }))).status, 503);
      await kit.redeliver([event]);
      assert.equal(await kit.visits(venue), 1);
    });

    test("C14 a block that failed at first is remembered when it is redelivered", async () => {
      const left = async () => {
        const [{ count }] = await query(kit.stack, "SELECT count(*)::int FROM notifier.follow_states WHERE NOT following");
        return count;
      };
      const before = await left();
      const event = kit.event("unfollow", newUserId(), { replyToken: undefined });
      assert.equal((await kit.whileStopped(["notifier"], () => kit.post(kit.body([event]), { once: true }))).status, 503);
      await kit.redeliver([event]);
      assert.equal(await left(), before + 1);
    });

    test("C15 a failing event does not stop its neighbours, and a redelivery repeats none of them", async () => {
      const [known, unknown] = [await kit.venue(), await kit.venue()];
      await kit.redeliver([kit.scan(known)]);
      const events = [kit.scan(known), kit.scan(unknown), kit.scan(known)];
      const { status } = await kit.whileStopped(["registry"], () => kit.post(kit.body(events), { once: true }));
      assert.equal(status, 503);
      assert.deepEqual([await kit.visits(known), await kit.visits(unknown)], [3, 0]);
      await kit.redeliver(events);
      assert.deepEqual([await kit.visits(known), await kit.visits(unknown)], [3, 1]);
    });
  });
}

export function events(kit) {
  describe("events", () => {
    const source = (type, more) => ({ source: { type, ...more } });

    test("C15 events of several users and types in one body are each handled, whatever is among them", async () => {
      const venue = await kit.venue();
      const users = [newUserId(), newUserId(), newUserId()];
      const scans = users.map((userId) => kit.scan(venue, { userId }));
      const others = [kit.event("follow", newUserId(), { follow: { isUnblocked: false } }), kit.event("unfollow", newUserId()),
        kit.event("postback", newUserId(), { postback: { data: "x" } }),
        kit.event("join", newUserId(), source("group", { groupId: `C${"0".repeat(32)}` })),
        kit.event("beacon", newUserId(), { beacon: { hwid: "d41d8cd98f", type: "enter" } }), kit.text(newUserId(), "こんにちは"),
        kit.scan(venue, { timestamp: "soon" }), kit.scan(venue, source("user", { userId: "nobody" })), kit.event("message", newUserId())];
      const all = [others[0], scans[0], ...others.slice(1, 5), scans[1], ...others.slice(5), scans[2]];
      assert.equal(await kit.send(all), 200);
      assert.equal(await kit.visits(venue), 3);
      for (const userId of users) await kit.line.settled(userId, 1, 30_000);
      for (const userId of users) assert.match(wordsOf((await kit.line.replies(userId))[0]), new RegExp(venue.name));
    });

    test("C16 what LINE may add without notice is ignored with 200, and what we know beside it is read", async () => {
      const venue = await kit.venue();
      const unknown = [kit.event("greatNewFeature", newUserId()), kit.event("message", newUserId(), { message: { type: "hologram", id: "1" } }),
        kit.scan(venue, source("planet", { planetId: "P1" })),
        kit.event("messageEdited", newUserId(), { message: { type: "text", id: "1", text: `来店 ${venue.venue_code}` } }),
        kit.event("membership", newUserId(), { membership: { type: "joined" } })];
      assert.equal(await kit.send(unknown), 200);
      assert.equal(await kit.visits(venue), 0);

      const more = { newProperty: { deep: [1, null] }, mode: "someday", deliveryContext: { isRedelivery: false, hops: 3 } };
      const body = { batchId: 7, events: [kit.scan(venue, more)], destination: kit.stack.env.LINE_BOT_USER_ID };
      assert.equal((await kit.post(JSON.stringify(body))).status, 200);
      assert.equal(await kit.visits(venue), 1);
    });

    test("C16 the SDKs' bodies of unknown and of many events are 200", { skip: vectorsDir ? false : MISSING }, async () => {
      await kit.line.configure({ acceptUnknownReplyTokens: true });
      for (const name of ["unknown.json", "many-events.json"]) {
        const body = payload(name);
        assert.equal((await kit.post(JSON.stringify(body, null, 2))).status, 200, "as LINE's SDK has it");
        assert.equal((await kit.post(kit.body(body.events))).status, 200, "meant for us");
      }
      await kit.line.configure({ acceptUnknownReplyTokens: false });
    });

    test("C17 what LINE leaves out when it has no value is not needed", async () => {
      const venue = await kit.venue();
      const message = { type: "text", id: "1", text: `来店 ${venue.venue_code}` };
      const bare = [kit.scan(venue, { source: undefined }), kit.scan(venue, source("group", { groupId: "C1" })), kit.scan(venue, source("user")),
        kit.event("accountLink", newUserId(), { source: undefined, replyToken: undefined, link: { result: "failed" } }),
        kit.event("postback", newUserId(), { postback: { data: "x" } }), kit.event("postback", newUserId()), kit.event("follow", newUserId()),
        kit.event("unfollow", newUserId(), { replyToken: undefined }), kit.event("message", newUserId(), { message: { type: "text" } })];
      assert.equal(await kit.send(bare), 200);
      assert.equal(await kit.visits(venue), 0);
      const least = kit.event("message", newUserId(), { message, replyToken: undefined, deliveryContext: undefined });
      assert.equal(await kit.send([least]), 200);
      assert.equal(await kit.visits(venue), 1);
    });

    test("C20 in standby a visit is recorded and nothing is answered", async () => {
      const venue = await kit.venue();
      const standby = kit.scan(venue, { mode: "standby" });
      const active = kit.scan(venue);
      assert.equal(await kit.send([standby, active]), 200);
      assert.equal(await kit.visits(venue), 2);
      await kit.line.settled(active.source.userId, 1, 30_000);
      assert.deepEqual(await kit.repliesWith(standby.replyToken), []);
    });

    test("C21 a reply that fails does not change the webhook's 200", async () => {
      const venue = await kit.venue();
      const dummies = ["0", "f"].map((digit) => kit.text("Udeadbeefdeadbeefdeadbeefdeadbeef", "Hello, world", { replyToken: digit.repeat(32) }));
      assert.equal((await kit.post(kit.body(dummies))).status, 200);
      for (const status of [400, 401, 429, 500]) {
        const scan = async () => {
          await kit.line.fault({ path: REPLY, kind: "status", status });
          assert.equal(await kit.send([kit.scan(venue)]), 200);
        };
        const tried = await kit.repliesDuring(scan, status === 500 ? "failed" : "refused", 1);
        assert.deepEqual(tried.map((each) => each.status), [status]);
      }
      assert.equal(await kit.visits(venue), 4);
    });

    test("C22 a message that is unsent is not kept anywhere: none ever is", async () => {
      const words = `ひみつ${randomBytes(12).toString("hex")}`;
      const venue = await kit.venue();
      const user = newUserId();
      assert.equal(await kit.send([kit.text(user, `来店 ${venue.venue_code} ${words}`)]), 200);
      assert.equal(await kit.send([kit.event("unsend", user, { unsend: { messageId: "1" }, replyToken: undefined })]), 200);
      assert.equal(await kit.visits(venue), 1);
      assert.deepEqual(await kit.filesWith(words), []);
    });
  });
}

export function replies(kit) {
  describe("replies", () => {
    const pushes = async () => (await kit.requests()).filter(({ path }) => path.endsWith("/push"));

    test("C30 a check-in is answered by one free reply; when LINE refuses its token, it is logged and not pushed", async () => {
      const venue = await kit.venue();
      const event = kit.scan(venue);
      const answered = await kit.repliesDuring(() => kit.send([event]), "accepted", 1);
      assert.deepEqual(answered.map(({ status, body }) => [status, body.replyToken]), [[200, event.replyToken]]);

      const scanRefused = async () => {
        await kit.line.fault({ path: REPLY, kind: "status", status: 400 });
        await kit.send([kit.scan(venue)]);
      };
      const refused = await kit.repliesDuring(scanRefused, "refused", 1);
      assert.deepEqual(refused.map(({ status }) => status), [400]);
      const logged = kit.stack.log("gateway").split("\n").find((each) => each.includes(refused[0].id));
      assert.equal(JSON.parse(logged).status, 400);
      assert.deepEqual(await pushes(), []);
    });

    test("C31 a reply that got no answer is neither repeated nor pushed", async () => {
      const venue = await kit.venue();
      const event = kit.scan(venue);
      const scans = async () => {
        for (const kind of ["reset-after-accept", "reset"]) await kit.line.fault({ path: REPLY, kind });
        await kit.send([event]);
        await kit.line.settled(event.source.userId, 1, 30_000);
        await kit.send([kit.scan(venue)]);
      };
      const tried = await kit.repliesDuring(scans, "failed", 2);
      assert.deepEqual(tried.map(({ status }) => status), [null, null]);
      assert.deepEqual(await pushes(), []);
      assert.equal((await kit.line.replies(event.source.userId)).length, 1);
    });
  });
}
