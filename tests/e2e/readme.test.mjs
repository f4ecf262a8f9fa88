// The README's commands work as written, and the demo plays.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, test } from "node:test";

import { Officer } from "../../tools/story/officer.mjs";
import { ROOT, runProgram } from "../../tools/story/stack.mjs";

const README = readFileSync(path.join(ROOT, "README.md"), "utf8");

/** The lines of every block of commands. */
function commands() {
  return [...README.matchAll(/```(?:sh)?\n([\s\S]*?)```/g)]
    .flatMap(([, block]) => block.split("\n"))
    .map((line) => line.replace(/\s+#.*$/, "").trim())
    .filter((line) => /^(make|tools\/|oshirase-authority)/.test(line));
}

const inRoot = (line, env = {}) => runProgram("bash", ["-c", `cd '${ROOT}' && ${line}`], env);

describe("the README", () => {
  test("names make targets that exist", async () => {
    const targets = [...README.matchAll(/`?make ([a-z]+)/g)].map(([, target]) => target);
    assert.ok(targets.includes("demo") && targets.includes("test"));
    for (const target of new Set(targets)) await inRoot(`make --dry-run ${target}`);
  });

  test("keeps a stack with the commands it gives", { timeout: 180_000 }, async () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), "oshirase-readme-"));
    const lines = commands().filter((line) => line.startsWith("tools/"));
    assert.ok(lines.length >= 4);
    for (const line of lines) await inRoot(line.replaceAll("/tmp/oshirase", dir));
  });

  test("names commands that the officer's program has", async () => {
    const lines = commands().filter((line) => line.startsWith("oshirase-authority"));
    assert.ok(lines.length >= 6);
    for (const line of lines) {
      const [, group, command] = line.split(" ");
      assert.match(await runProgram(Officer.program(), [group, command, "--help"]), /Usage/);
    }
  });

  test("is short enough to be read", () => {
    assert.ok(README.split("\n").length < 250);
  });

  test("promises a demo that plays the whole story", { timeout: 300_000 }, async () => {
    const said = await runProgram(path.join(ROOT, "tools/demo"), ["--once"]);
    assert.match(said, /すべての約束が守られました/);
    assert.match(said, /居合わせた人だけに、一通ずつ届く/);
  });
});
