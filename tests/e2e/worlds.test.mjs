// Random worlds: venues, visits and cases made at random, edges on purpose, against a reference that
// shares nothing with the product.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { HOUR, MINUTE, offsetTo } from "../../tools/story/clock.mjs";
import { Line } from "../../tools/story/line.mjs";
import { Officer } from "../../tools/story/officer.mjs";
import { exposedUsers } from "../../tools/story/reference.mjs";
import { seededRandom } from "./support/random.mjs";
import { stackForTests } from "./support/stacks.mjs";

const WORLDS = 200;
const AT_ONCE = 4;
const KINDS = [["restaurant", 2 * HOUR], ["bar", 3 * HOUR], ["shop", HOUR], ["hotel", 12 * HOUR]];
const SECOND = 1000;

/** One world: venues of its own, exposures at some of them, visits around the exposures' edges. */
function makeWorld(random, venues, now) {
  const exposures = venues.slice(0, random.int(1, venues.length)).map((venue) => {
    const from = now - random.int(60, 20 * 60) * MINUTE;
    const to = from + random.int(1, Math.min(240, (now - from) / MINUTE)) * MINUTE;
    return { venue: venue.venue_code, from, to, stay: venue.stay, linger: random.pick([0, 1, 30, 180]) * MINUTE };
  });
  // The officer chooses one linger for the whole case.
  for (const exposure of exposures) exposure.linger = exposures[0].linger;

  const visits = [];
  const visitors = random.int(3, 9);
  for (let user = 0; user < visitors; user++) {
    for (let scans = random.pick([1, 1, 1, 2, 3]); scans > 0; scans--) {
      const { venue, from, to, stay, linger } = random.pick(exposures);
      const edge = random.pick([from - stay, from, to, to + linger, from + random.int(0, (to - from) / SECOND) * SECOND]);
      const time = edge + random.pick([-HOUR, -SECOND, -1, 0, 1, 999, SECOND, HOUR]);
      visits.push({ user, venue: random.chance(0.8) ? venue : random.pick(venues).venue_code, time });
    }
  }
  const recordable = visits.filter(({ time }) => time > now - 23.5 * HOUR && time <= now);
  return { exposures, visits: recordable, visitors };
}

async function playWorld(stack, line, world, index) {
  const users = await line.users(world.visitors, { friends: true });
  for (const visit of world.visits) {
    visit.user = users[visit.user].userId;
    const { status } = await line.text(visit.user, `来店 ${visit.venue}`, { timestamp: visit.time });
    assert.equal(status, 200);
  }
  const linger = `${world.exposures[0].linger / MINUTE}m`;
  const places = world.exposures.map(({ venue, from, to }) => ({ venue, from, to }));
  const id = await new Officer(stack, "officer-a").submit({ ref: `W-${index}`, places, linger });
  const officer = new Officer(stack, "officer-b");
  await officer.approve(id);
  const finished = await officer.watch(id);

  const told = new Set();
  for (const { userId } of users) {
    const notices = await line.notices(userId);
    assert.ok(notices.length <= 1, "nobody is told twice");
    if (notices.length === 1) told.add(userId);
  }
  const expected = exposedUsers(world.visits, world.exposures);
  assert.deepEqual([...told].sort(), [...expected].sort());
  assert.equal(finished.state, "SENT");
  assert.equal(finished.accepted, expected.size);
  return expected.size;
}

for (const [hours, minutes] of [[12, 0], [0, 2]]) {
  describe(`${WORLDS / 2} random worlds at ${hours}:${minutes}`, () => {
    const stack = stackForTests({ clockOffset: offsetTo(hours, minutes) });

    test("the people told are those of the reference", { timeout: 900_000 }, async (context) => {
      const random = seededRandom();
      context.diagnostic(`seed ${random.seed}`);
      const line = new Line(stack.env.LINE_SANDBOX_URL);
      const byKind = await Promise.all(KINDS.map(async ([kind, stay]) => {
        const venues = await stack.seed(WORLDS / 2, "--kind", kind);
        return venues.map((venue) => ({ ...venue, stay }));
      }));
      const now = Math.floor(stack.now() / SECOND) * SECOND;
      const worlds = Array.from({ length: WORLDS / 2 }, (_, index) =>
        makeWorld(random, byKind.map((venues) => venues[index]), now));

      let told = 0;
      const next = worlds.entries();
      const worker = async () => {
        for (const [index, world] of next) told += await playWorld(stack, line, world, index);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      assert.ok(told > WORLDS / 4, `worlds in which nobody is told show nothing (${told} told)`);
    });
  });
}
