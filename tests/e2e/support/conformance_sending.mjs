// C18, C23 and C32-C40: how notices are sent, and how LINE's answers are taken.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { DAY, HOUR, MINUTE } from "../../../tools/story/clock.mjs";
import { Officer } from "../../../tools/story/officer.mjs";
import { OpenApi } from "../../../tools/line-sandbox/validation/openapi.mjs";
import { MULTICAST, REPLY, retryKeyOf, until } from "./conformance_kit.mjs";
import { MISSING, openApiDir } from "./conformance_vectors.mjs";

const distinct = (list) => [...new Set(list)];

/** All are attempts of one request: the same key and the same bytes. */
function assertOneRequest(attempts) {
  assert.equal(distinct(attempts.map(retryKeyOf)).length, 1, "one retry key");
  assert.equal(distinct(attempts.map(({ bodySha256 }) => bodySha256)).length, 1, "the same bytes");
}

export function following(kit) {
  describe("following", () => {
    test("C18 and C23 who left gets nothing, a late follow from before changes nothing, who came back is told", async () => {
      const venue = await kit.venue();
      const [stayed, left, late, back] = await kit.visitors(4, venue);
      const time = kit.visitTime;
      for (const user of [left, late, back]) assert.equal((await kit.line.block(user, { timestamp: time + 2 * MINUTE })).status, 200);
      assert.equal((await kit.line.follow(late, { timestamp: time + MINUTE })).status, 200);
      assert.equal((await kit.line.follow(back, { timestamp: time + 3 * MINUTE })).status, 200);

      const seen = (await kit.line.requests(MULTICAST)).length;
      await kit.reach(await kit.tell("C23", venue), "SENT");
      const told = (await kit.line.requests(MULTICAST)).slice(seen);
      assert.deepEqual(told.flatMap(({ body }) => body.to).sort(), [stayed, back].sort());
      assert.deepEqual(await kit.noticesOf([stayed, left, late, back]), [1, 0, 0, 1]);
    });

    // The stack has one sender: while LINE takes its time over the first case, the second one waits.
    test("C23 who leaves while a notice is queued is left out of it", async () => {
      const [busy, next] = [await kit.venue(), await kit.venue()];
      const first = await kit.visitors(1, busy);
      const [stays, leaves] = await kit.visitors(2, next);
      const [before, queued] = [await kit.submit("C23-busy", busy), await kit.submit("C23-queued", next)];
      await kit.line.fault({ path: MULTICAST, kind: "delay", ms: 8000 });
      await kit.approve(before);
      await until(async () => (await kit.batches(before))[0]?.attempts === 1, "the first case is being sent");
      await kit.approve(queued);
      const batch = await until(async () => (await kit.batches(queued))[0], "the second case is planned");
      assert.equal(batch.people, 2);
      assert.equal((await kit.line.block(leaves)).status, 200);
      assert.equal((await kit.batches(queued))[0].attempts, 0, "nothing of it was sent before");

      await kit.reach(before, "SENT");
      await kit.reach(queued, "SENT");
      const sent = await kit.line.requests(MULTICAST);
      assert.deepEqual(sent.slice(-2).map(({ body }) => body.to), [first, [stays]]);
      assert.deepEqual(await kit.noticesOf([...first, stays]), [1, 1]);
    });
  });
}

export function sending(kit) {
  describe("sending", () => {
    /**
     * A case about one venue with `count` visitors, approved after LINE was told how to fail. Its
     * `attempts()` are the multicasts since then; one that met a fault has no body, only its hash.
     */
    async function tellWith(ref, count, faults) {
      const venue = await kit.venue();
      const users = await kit.visitors(count, venue);
      const id = await kit.submit(ref, venue);
      for (const fault of faults) await kit.line.fault({ path: MULTICAST, ...fault });
      const seen = (await kit.line.requests(MULTICAST)).length;
      await kit.approve(id);
      return { id, users, attempts: async () => (await kit.line.requests(MULTICAST)).slice(seen) };
    }

    const statuses = (attempts) => attempts.map(({ status }) => status);

    test("C33 the first attempt has a fresh key, which is kept with the job", async () => {
      const before = await kit.line.requests(MULTICAST);
      const { id, attempts } = await tellWith("C33", 1, [{ kind: "status", status: 503, times: 2 }]);
      const first = await until(async () => (await attempts())[0], "a first attempt");
      assert.match(retryKeyOf(first), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.equal((await kit.batches(id))[0].retry_key, retryKeyOf(first));
      await kit.reach(id, "SENT");
      assert.ok(before.length > 0 && before.every((other) => retryKeyOf(other) !== retryKeyOf(first)));
      assertOneRequest(await attempts());
    });

    test("C34 after 500 and a reset the same bytes go again under the same key, later and later", async () => {
      const faults = [{ kind: "status", status: 500, times: 3 }, { kind: "reset" }];
      const { id, users, attempts: sent } = await tellWith("C34", 3, faults);
      await kit.reach(id, "SENT");
      const attempts = await sent();
      assert.deepEqual(statuses(attempts), [500, 500, 500, null, 200]);
      assertOneRequest(attempts);
      // Half of the back-off is chance. After the reset of a kept connection the next attempt may come at once.
      for (const i of [0, 1, 2]) {
        const waited = attempts[i + 1].time - attempts[i].time;
        assert.ok(waited >= 250 * 2 ** i - 20, `${waited} ms after attempt ${i + 1}`);
      }
      assert.deepEqual(await kit.noticesOf(users), [1, 1, 1]);
    });

    test("C35 409 is success, and the request LINE had accepted is remembered", async () => {
      const faults = [{ kind: "reset-after-accept" }, { kind: "status", status: 500 }];
      const { id, users, attempts: sent } = await tellWith("C35", 2, faults);
      await kit.reach(id, "SENT");
      const attempts = await sent();
      assert.deepEqual(statuses(attempts), [null, 500, 409]);
      assertOneRequest(attempts);
      const [batch] = await kit.batches(id);
      assert.equal(batch.state, "ACCEPTED");
      assert.equal(batch.line_status, 409);
      assert.equal(batch.line_request_id, attempts[2].id);
      assert.equal(batch.line_accepted_request_id, attempts[0].id);
      assert.deepEqual(await kit.noticesOf(users), [1, 1]);
    });

    test("C37 400 is not retried: the batch is halved, under keys of their own", async () => {
      const { id, users, attempts: sent } = await tellWith("C37-400", 2, [{ kind: "status", status: 400 }]);
      await kit.reach(id, "SENT");
      const attempts = await sent();
      assert.deepEqual(statuses(attempts), [400, 200, 200]);
      assert.equal(distinct(attempts.map(retryKeyOf)).length, 3);
      assert.deepEqual(attempts.slice(1).flatMap(({ body }) => body.to).sort(), [...users].sort());
    });

    test("C37 401, 403, 404, 410 and 415 stop the case until a person resumes it", async () => {
      const [barred, odd] = ["LINE_UNAUTHORIZED", "LINE_UNEXPECTED_ANSWER"];
      const reasons = { 401: barred, 403: barred, 404: odd, 410: odd, 415: odd };
      const order = (status) => ({ kind: "status", status: Number(status) });
      const [first, ...more] = Object.keys(reasons);
      const { id, users, attempts: sent } = await tellWith("C37-401", 1, [order(first)]);
      await kit.reach(id, "PAUSED", reasons[first]);
      for (const status of more) {
        await kit.line.fault({ path: MULTICAST, ...order(status) });
        await kit.resume(id);
        await kit.reach(id, "PAUSED", reasons[status]);
      }
      await kit.resume(id);
      await kit.reach(id, "SENT");
      // A retry would have been answered 200 between two of them.
      assert.deepEqual(statuses(await sent()), [401, 403, 404, 410, 415, 200]);
    });

    test("C38 429 for the rate is waited for, and the job goes on under its key", async () => {
      const { id, users, attempts: sent } = await tellWith("C38-rate", 2, [{ kind: "rate-limit", times: 2 }]);
      await kit.reach(id, "SENT");
      const attempts = await sent();
      assert.deepEqual(statuses(attempts), [429, 429, 200]);
      assertOneRequest(attempts);
      for (let i = 1; i < attempts.length; i++) assert.ok(attempts[i].time - attempts[i - 1].time >= 230);
    });

    test("C38 429 for the month stops counted sends with an alarm, and replies go on", async () => {
      const alarm = 'oshirase_notifier_pauses_total{reason="LINE_MONTHLY_LIMIT"}';
      const before = await kit.metric("notifier", alarm);
      const { id, users, attempts: sent } = await tellWith("C38-month", 2, [{ kind: "monthly-limit" }]);
      await kit.reach(id, "PAUSED", "LINE_MONTHLY_LIMIT");
      assert.equal(await kit.metric("notifier", alarm), before + 1);
      const event = kit.scan(await kit.venue());
      await kit.send([event]);
      await kit.line.settled(event.source.userId, 1, 30_000);
      assert.equal((await kit.line.replies(event.source.userId)).length, 1);
      assert.deepEqual(statuses(await sent()), [429]);
      await kit.resume(id);
      await kit.reach(id, "SENT");
      assert.deepEqual(await kit.noticesOf(users), [1, 1]);
    });

    test("C40 1,001 people are three requests of at most 500, and a failed one does not repeat the others", async () => {
      const { id, users, attempts: sent } = await tellWith("C40", 1001, [{ kind: "status", status: 500 }]);
      await kit.reach(id, "SENT");
      const attempts = await sent();
      assert.deepEqual(statuses(attempts).sort(), [200, 200, 200, 500]);
      const accepted = attempts.filter(({ status }) => status === 200);
      assert.equal(distinct(accepted.map(retryKeyOf)).length, 3);
      assert.ok(accepted.every(({ body }) => body.to.length <= 500 && distinct(body.to).length === body.to.length));
      assert.deepEqual(accepted.flatMap(({ body }) => body.to).sort(), [...users].sort());
      assertOneRequest(attempts.filter((each) => retryKeyOf(each) === retryKeyOf(attempts.find(({ status }) => status === 500))));
    });

    test("C36 a key is not used again the next day: a person decides, and the notice goes under a new one", async () => {
      const { id, users, attempts: sent } = await tellWith("C36", 2, [{ kind: "status", status: 500, times: 1000 }]);
      await until(async () => (await sent()).length >= 2, "it is tried");
      await kit.stack.down();
      kit.stack.clockOffset += (DAY + HOUR) / 1000;
      await kit.stack.up();
      const tried = (await sent()).length;
      await kit.reach(id, "PAUSED", "NOTHING_ACCEPTED");
      assert.equal((await kit.batches(id))[0].state, "UNKNOWN");
      const before = await sent();
      assert.equal(before.length, tried);

      await new Officer(kit.stack, "officer-b").run("case", "settle", id, "--resend", "--yes");
      await kit.reach(id, "SENT");
      const [resent, ...none] = (await sent()).slice(tried);
      assert.deepEqual(none, []);
      assert.equal(resent.status, 200);
      assertOneRequest(before);
      assert.notEqual(retryKeyOf(resent), retryKeyOf(before[0]));
      assert.deepEqual(await kit.noticesOf(users), [1, 1]);
    });
  });
}

export function sent(kit) {
  describe("everything that was sent", () => {
    test("C32 no retry key went where LINE takes none, and none was empty where it does", async () => {
      const requests = await kit.requests();
      for (const { path, headers } of requests) {
        if (path === MULTICAST) assert.match(headers["x-line-retry-key"], /^[0-9a-f-]{36}$/);
        else assert.ok(!("x-line-retry-key" in headers), path);
      }
      assert.deepEqual(distinct(requests.map(({ path }) => path)).sort(), [MULTICAST, REPLY, "/v2/bot/message/validate/multicast"]);
    });

    test("C44 the types of LINE's SDK and LINE's limits hold for it", async () => {
      assert.deepEqual(await kit.line.problems(), []);
    });

    test("C44 LINE's hardened OpenAPI holds for it", { skip: openApiDir ? false : MISSING }, async () => {
      const openApi = OpenApi.load(openApiDir, "messaging-api.yml");
      const looked = (await kit.requests()).filter(({ body }) => body !== undefined);
      assert.ok(looked.length > 50);
      for (const { path, body } of looked) assert.deepEqual(openApi.requestProblems(path, body), []);
    });
  });
}
