import assert from "node:assert/strict";
import test from "node:test";

import { addTo, roundOf } from "./measure.mjs";
import { cpuSeconds, familyOf, memoryMiB, parseStat } from "./processes.mjs";
import { table } from "./report.mjs";

const REPORT = {
  ok: 1000, rate: 500, own_cpu_seconds: 0.01, answers: { 200: 1000 }, ran_out: false,
  lost: 0, unanswered: 0, unsent: 0,
  latency_ms: { p50: 1, p90: 2, p99: 3, p99_9: 4, max: 5 },
};

test("a process's line is read whatever its name is, with the time of the children it outlived", () => {
  const stat = "42 (a) b (c) S 7 42 42 0 -1 4194560 100 0 0 0 10 20 300 4000 20 0 1 0 5 6 7";
  assert.deepEqual(parseStat(stat), { parent: 7, ticks: 4330 });
});

test("a family is a process with everything it started, and nobody else", () => {
  const table = new Map([[1, { parent: 0 }], [5, { parent: 1 }], [6, { parent: 5 }],
    [7, { parent: 6 }], [8, { parent: 1 }]]);
  assert.deepEqual(familyOf(5, table).sort(), [5, 6, 7]);
  assert.deepEqual(familyOf(99, table), []);
});

test("this process uses time and memory", () => {
  const before = cpuSeconds({ me: process.pid }).me;
  for (const until = Date.now() + 100; Date.now() < until;);
  assert.ok(cpuSeconds({ me: process.pid }).me > before);
  const { rss, pss } = memoryMiB({ me: process.pid }).me;
  assert.ok(rss >= pss && pss > 1);
});

test("a round's CPU is per webhook over all processes, its memory that of the service alone", () => {
  const round = roundOf({
    report: REPORT,
    cpu: { nginx: 0.02, gateway: 0.05, postgres: 0.03 },
    memory: {
      nginx: { rss: 9, pss: 9 }, gateway: { rss: 60, pss: 50 }, postgres: { rss: 200, pss: 100 },
    },
    served: ["gateway"], rows: 1000, commits: 40,
  });
  assert.ok(Math.abs(round.cpu_us - 100) < 1e-9);
  assert.ok(Math.abs(round.cpu_us_by_process.gateway - 50) < 1e-9);
  assert.equal(round.pss_mib, 50);
  assert.equal(round.rows_per_commit, 25);
  assert.equal(round.p99_ms, 3);
});

test("a tally counts other answers as refused, and what has no answer as open", () => {
  const tally = { ok: 1, refused: 0, open: 0, unsent: 0 };
  addTo(tally, { ...REPORT, answers: { 200: 1000, 503: 5 }, lost: 2, unanswered: 3, unsent: 4 });
  assert.deepEqual(tally, { ok: 1001, refused: 5, open: 5, unsent: 4 });
});

test("a table's numbers stand below one another", () => {
  assert.equal(table([["", "rate"], ["peer", "5"], ["ours", "12345"]]),
    "         rate\n  peer      5\n  ours  12345");
});
