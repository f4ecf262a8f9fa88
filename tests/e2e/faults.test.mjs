// kill -9 of every process at random moments of the story: nothing acknowledged is lost, nobody is told
// twice, nobody is missed.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import Redis from "ioredis";

import { HOUR, MINUTE } from "../../tools/story/clock.mjs";
import { Line } from "../../tools/story/line.mjs";
import { Officer } from "../../tools/story/officer.mjs";
import { query } from "./support/database.mjs";
import { seededRandom } from "./support/random.mjs";
import { stackForTests } from "./support/stacks.mjs";

const VISITORS = 60;
const VICTIMS = ["gateway", "checkin", "notifier", "registry", "postgres", "redis", "nginx", "line-sandbox"];

describe("kill -9", () => {
  const stack = stackForTests();
  const random = seededRandom();

  /** Kills `victim` at a random moment of `work` and starts it again; what `work` returned. */
  async function killDuring(victim, work, withinMs) {
    const working = work();
    await sleep(random.int(0, withinMs));
    stack.kill(victim);
    await stack.restart(victim);
    return working;
  }

  /**
   * Tries until it works: an officer whose command failed for a passing reason gives it again. Longer
   * than a batch's lease, which a killed notifier leaves behind.
   */
  async function insist(action) {
    const end = Date.now() + 60_000;
    for (;;) {
      try {
        return await action();
      } catch (error) {
        if (Date.now() > end || error.exitCode === 2) throw error;
        await sleep(250);
      }
    }
  }

  /** Everybody scans; those whose webhook was answered 200 in the end. LINE delivers again. */
  async function scanAll(line, users, venue, now) {
    const acknowledged = new Set();
    await Promise.all(users.map(async ({ userId }, index) => {
      await sleep(index * 20);
      const text = `来店 ${venue.venue_code}`;
      const { status } = await line.text(userId, text, { timestamp: now - HOUR - index * 1000 }).catch(() => ({ status: null }));
      if (status === 200) acknowledged.add(userId);
    }));
    return acknowledged;
  }

  /** Submits once, whatever the answer's fate: a case that was stored is found by its reference. */
  async function submit(officer, ref, venue, now) {
    return insist(async () => {
      const stored = (await officer.json("case", "list")).find(({ case_ref }) => case_ref === ref);
      if (stored) return stored.id;
      return officer.submit({ ref, places: [{ venue: venue.venue_code, from: now - 2 * HOUR, to: now - 30 * MINUTE }] });
    });
  }

  async function tell(ref, venue, now) {
    const id = await submit(new Officer(stack, "officer-a"), ref, venue, now);
    const approver = new Officer(stack, "officer-b");
    await insist(async () => {
      if ((await approver.show(id)).state === "SUBMITTED") await approver.approve(id);
    });
    return insist(async () => {
      const seen = await approver.show(id);
      if (!["SENT", "PARTIAL"].includes(seen.state)) throw new Error(`still ${seen.state}`);
      return seen;
    });
  }

  for (const victim of VICTIMS) {
    for (const phase of ["scanning", "telling"]) {
      test(`${victim} while ${phase}`, { timeout: 180_000 }, async (context) => {
        context.diagnostic(`seed ${random.seed}`);
        const line = new Line(stack.env.LINE_SANDBOX_URL);
        await line.configure({ redelivery: { attempts: 40, backoffMs: 150 } });
        const [venue] = await stack.seed(1);
        const users = await line.users(VISITORS, { friends: true });
        const now = Math.floor(stack.now() / 1000) * 1000;

        const scan = () => scanAll(line, users, venue, now);
        const acknowledged = phase === "scanning" ? await killDuring(victim, scan, 1500) : await scan();
        if (victim !== "line-sandbox") assert.equal(acknowledged.size, VISITORS, "LINE delivers until it is taken");

        if (phase === "telling") await line.fault({ path: "/v2/bot/message/multicast", kind: "delay", ms: 400, times: 3 });
        const work = () => tell(`${victim}-${phase}`, venue, now);
        const finished = phase === "telling" ? await killDuring(victim, work, 1500) : await work();

        const [{ stored }] = await query(stack, "SELECT count(*)::int AS stored FROM checkin.visits WHERE venue_id = $1", [venue.venue_id]);
        let told = 0;
        for (const { userId } of users) {
          const notices = await line.notices(userId);
          assert.ok(notices.length <= 1, "nobody is told twice");
          if (acknowledged.has(userId)) assert.equal(notices.length, 1, "nobody is missed");
          told += notices.length;
        }
        assert.equal(told, stored, "exactly those who were there are told");
        assert.equal(finished.state, "SENT");
        assert.deepEqual(await line.problems(), []);
      });
    }
  }

  test("Redis flushed at any point changes no recipient, and the index is rebuilt by itself", async () => {
    const line = new Line(stack.env.LINE_SANDBOX_URL);
    const [venue] = await stack.seed(1);
    const users = await line.users(VISITORS, { friends: true });
    const now = Math.floor(stack.now() / 1000) * 1000;
    const redis = new Redis(stack.env.REDIS_URL.replace("unix://", ""));
    const flushing = setInterval(() => redis.flushall().catch(() => {}), 200);
    const acknowledged = await scanAll(line, users, venue, now);
    const id = await submit(new Officer(stack, "officer-a"), "redis-flushed", venue, now);
    const preview = await new Officer(stack, "officer-a").preview(id);
    clearInterval(flushing);
    const finished = await tell("redis-flushed", venue, now);

    assert.equal(preview.at_most, "50-199");
    assert.equal(finished.accepted, acknowledged.size);
    const rebuilt = async () => (await redis.hlen("index:whole")) >= 3 &&
      (await redis.keys(`visits:*${venue.venue_id}`)).length === 1;
    for (let i = 0; i < 50 && !(await rebuilt()); i++) await sleep(200);
    assert.ok(await rebuilt(), "the index is whole again");
    redis.disconnect();
  });
});
