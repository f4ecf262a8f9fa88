// One run of the load generator against one contender, and what it cost there.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

import { cpuSeconds, mapValues, memoryMiB } from "./processes.mjs";

const RECONCILED = ["lost", "unanswered"];

/**
 * Runs the load generator with these options. `atStart` is called when the webhooks are made, right
 * before the first is sent. Returns the generator's report and notes its answers in the contender's
 * own count.
 */
async function runLoad(program, contender, options, atStart = async () => {}) {
  const args = [
    "--port", contender.port, "--secret-file", contender.secretFile,
    "--venues", contender.venuesFile, "--bot-user-id", contender.botUserId, "--wait", ...options,
  ];
  const child = spawn(program, args.map(String), { stdio: ["pipe", "pipe", "pipe"] });
  const ended = once(child, "close");
  const said = text(child.stdout);
  const complaints = [];
  for await (const line of createInterface({ input: child.stderr })) {
    if (line !== "ready") complaints.push(line);
    else await atStart().then(() => child.stdin.end("\n"));
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(`webhook_load: ${complaints.join("; ")}`);
  const report = JSON.parse(await said);
  contender.tally ??= { ok: 0, refused: 0, open: 0, unsent: 0 };
  addTo(contender.tally, report);
  return report;
}

/** Adds what a report says about its webhooks to a tally. */
export function addTo(tally, report) {
  const answered = Object.values(report.answers).reduce((sum, count) => sum + count, 0);
  tally.ok += report.ok;
  tally.refused += answered - report.ok;
  for (const key of RECONCILED) tally.open += report[key];
  tally.unsent += report.unsent;
}

/** Visits every venue once, so that all caches and keys are as they are in the middle of a day. */
export async function warmUp(program, contender) {
  await runLoad(program, contender, ["--sweep", "--seconds", 120]);
}

/** One measured round of `seconds`, after a short one that is not. */
export async function measure(program, contender, { connections, rate }, seconds) {
  const load = ["--connections", connections, ...(rate ? ["--rate", rate] : [])];
  await runLoad(program, contender, [...load, "--seconds", Math.min(1, seconds / 2)]);
  let cpu;
  let commits;
  const report = await runLoad(program, contender, [...load, "--seconds", seconds], async () => {
    commits = await contender.commits();
    cpu = cpuSeconds(contender.roots);
  });
  const cpuAfter = cpuSeconds(contender.roots);
  const memory = memoryMiB(contender.roots);
  const commitsAfter = await contender.commits();
  return roundOf({
    report,
    cpu: mapValues(cpuAfter, (after, name) => after - cpu[name]),
    memory,
    served: contender.served,
    rows: commitsAfter.rows - commits.rows,
    commits: commitsAfter.commits - commits.commits,
  });
}

/** The figures of one round. CPU is in microseconds per webhook answered with 200. */
export function roundOf({ report, cpu, memory, served, rows, commits }) {
  const perWebhook = mapValues(cpu, (seconds) => (seconds * 1e6) / Math.max(report.ok, 1));
  const total = (values) => Object.values(values).reduce((sum, value) => sum + value, 0);
  const service = served.map((name) => memory[name]);
  return {
    rate: report.rate,
    p50_ms: report.latency_ms.p50,
    p90_ms: report.latency_ms.p90,
    p99_ms: report.latency_ms.p99,
    p99_9_ms: report.latency_ms.p99_9,
    max_ms: report.latency_ms.max,
    cpu_us: total(perWebhook),
    cpu_us_by_process: perWebhook,
    generator_cpu_us: (report.own_cpu_seconds * 1e6) / Math.max(report.ok, 1),
    rss_mib: total(service.map(({ rss }) => rss)),
    pss_mib: total(service.map(({ pss }) => pss)),
    pss_mib_by_process: mapValues(memory, ({ pss }) => pss),
    rows_per_commit: commits > 0 ? rows / commits : 0,
    answers: report.answers,
    ran_out: report.ran_out,
  };
}
