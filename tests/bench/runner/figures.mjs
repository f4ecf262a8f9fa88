// From rounds to medians, from medians to ratios, from ratios to verdicts.
import { mapValues } from "./processes.mjs";

/** The middle value, or the mean of the two in the middle. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median of every number in the rounds, also of those by process. */
export function medianRound(rounds) {
  const isMeasured = (value) => typeof value === "number" || value?.constructor === Object;
  const keys = Object.keys(rounds[0]).filter((key) => key !== "answers" && isMeasured(rounds[0][key]));
  return Object.fromEntries(keys.map((key) => {
    const values = rounds.map((round) => round[key]);
    if (typeof values[0] === "number") return [key, median(values)];
    return [key, mapValues(values[0], (_, name) => median(values.map((value) => value[name])))];
  }));
}

const MORE_IS_BETTER = new Set(["rate"]);
const COMPARED = ["rate", "cpu_us", "p50_ms", "p99_ms", "pss_mib"];

/** Ours over the peer's, figure by figure, each taken from the peer that does better at it. */
export function ratios(medians) {
  const peers = Object.entries(medians).filter(([name]) => name.startsWith("peer-"));
  return Object.fromEntries(COMPARED.map((key) => {
    const values = peers.map(([, figures]) => figures[key]);
    const best = MORE_IS_BETTER.has(key) ? Math.max(...values) : Math.min(...values);
    return [key, medians.oshirase[key] / best];
  }));
}

/** What must hold: the ratio to the better peer, in which scenario, and its limit. */
export const TARGETS = [
  { scenario: "closed-64", figure: "rate", at_least: 2 },
  { scenario: "closed-64", figure: "cpu_us", at_most: 1 / 2 },
  { scenario: "closed-64", figure: "p99_ms", at_most: 1 / 3 },
  { scenario: "closed-1", figure: "p50_ms", at_most: 1.5 },
];

/** The targets with the ratios measured and whether they are met. */
export function verdicts(ratiosByScenario) {
  return TARGETS.map((target) => {
    const ratio = ratiosByScenario[target.scenario][target.figure];
    return { ...target, ratio, met: target.at_least ? ratio >= target.at_least : ratio <= target.at_most };
  });
}

/** Why a contender's answers and rows do not agree, or ''. `open`: webhooks without an answer. */
export function disagreement({ ok, refused, open }, rows) {
  if (refused > 0) return `${refused} webhooks were not answered with 200`;
  if (rows < ok) return `${ok} webhooks were answered with 200, but there are only ${rows} rows`;
  if (rows > ok + open) return `${rows} rows from ${ok} answers`;
  return "";
}
