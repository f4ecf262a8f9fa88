import assert from "node:assert/strict";
import test from "node:test";

import { TARGETS, disagreement, median, medianRound, ratios, verdicts } from "./figures.mjs";

test("a median is the middle value, or the mean of the two in the middle", () => {
  assert.equal(median([9]), 9);
  assert.equal(median([10, 1, 2]), 2);
  assert.equal(median([10, 1, 2, 4]), 3);
});

test("rounds are summed up number by number, also those by process", () => {
  const round = (rate, nginx) => ({
    rate, cpu_us_by_process: { nginx }, answers: { 200: 1 }, ran_out: false,
  });
  assert.deepEqual(medianRound([round(1, 30), round(5, 10), round(3, 20)]),
    { rate: 3, cpu_us_by_process: { nginx: 20 } });
});

test("ours is compared with the peer that does better at each figure", () => {
  const figures = (rate, cpu, p50, p99, pss) =>
    ({ rate, cpu_us: cpu, p50_ms: p50, p99_ms: p99, pss_mib: pss });
  const compared = ratios({
    oshirase: figures(3000, 50, 2, 4, 100),
    "peer-1": figures(1000, 100, 4, 16, 150),
    "peer-2": figures(1500, 200, 3, 20, 400),
  });
  assert.deepEqual(compared, { rate: 2, cpu_us: 0.5, p50_ms: 2 / 3, p99_ms: 0.25, pss_mib: 2 / 3 });
});

test("a target is met up to its limit and missed beyond it", () => {
  const at = (rate, cpu, p99, p50) => verdicts({
    "closed-64": { rate, cpu_us: cpu, p99_ms: p99 }, "closed-1": { p50_ms: p50 },
  }).map(({ met }) => met);
  assert.deepEqual(at(2, 0.5, 1 / 3, 1.5), TARGETS.map(() => true));
  assert.deepEqual(at(1.99, 0.51, 0.34, 1.51), TARGETS.map(() => false));
});

test("every answer stands for one row; a webhook without an answer may have one", () => {
  const tally = { ok: 100, refused: 0, open: 0, unsent: 7 };
  assert.equal(disagreement(tally, 100), "");
  assert.match(disagreement(tally, 99), /only 99 rows/);
  assert.match(disagreement(tally, 101), /101 rows from 100/);
  assert.equal(disagreement({ ...tally, open: 2 }, 102), "");
  assert.match(disagreement({ ...tally, refused: 1 }, 100), /1 webhooks were not answered/);
});
