// A throwaway stack for one test file: started before its tests, stopped and removed after them.
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before } from "node:test";

import { Stack } from "../../../tools/story/stack.mjs";

/** Registers hooks around the tests of the calling suite; the stack is ready inside them. */
export function stackForTests(options = {}) {
  const dir = mkdtempSync(path.join(os.tmpdir(), "oshirase-e2e-"));
  const stack = new Stack(dir, options);
  before(() => stack.up(), { timeout: 120_000 });
  after(async () => {
    await stack.down();
    if (process.env.OSHIRASE_KEEP_STACKS) console.log(`kept ${dir}`);
    else await rm(dir, { recursive: true, force: true });
  });
  return stack;
}
