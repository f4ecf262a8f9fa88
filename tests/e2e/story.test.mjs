// The product's promise, through the front door, at three times of day: the patient's evening before
// and after midnight, and the services' own clocks passing it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { offsetTo } from "../../tools/story/clock.mjs";
import { playStory } from "../../tools/story/play.mjs";
import { findUserIds } from "./support/leaks.mjs";
import { stackForTests } from "./support/stacks.mjs";

for (const [hours, minutes] of [[2, 0], [23, 58], [0, 2]]) {
  const clock = `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
  describe(`with the clock at ${clock} in Japan`, () => {
    const stack = stackForTests({ clockOffset: offsetTo(hours, minutes) });

    test("exactly the right people are told", async () => {
      const finished = await playStory(stack);
      assert.equal(finished.state, "SENT");
    });

    test("no LINE user id is on disk, in Redis or in a log, in any encoding", async () => {
      assert.deepEqual(await findUserIds(stack), []);
    });
  });
}
