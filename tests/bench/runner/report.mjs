// The figures as a person reads them.
const COLUMNS = [
  ["rate/s", (figures) => figures.rate.toFixed(0)],
  ["CPU µs", (figures) => figures.cpu_us.toFixed(0)],
  ["p50 ms", (figures) => figures.p50_ms.toFixed(2)],
  ["p99 ms", (figures) => figures.p99_ms.toFixed(2)],
  ["p99.9 ms", (figures) => figures.p99_9_ms.toFixed(2)],
  ["max ms", (figures) => figures.max_ms.toFixed(1)],
  ["PSS MiB", (figures) => figures.pss_mib.toFixed(0)],
  ["RSS MiB", (figures) => figures.rss_mib.toFixed(0)],
  ["rows/commit", (figures) => figures.rows_per_commit.toFixed(1)],
];
const RATIO_TITLES = {
  rate: "rate", cpu_us: "CPU", p50_ms: "p50", p99_ms: "p99", pss_mib: "memory",
};

/** Aligned columns; the first is a title, the others are numbers. */
export function table(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const cell = (text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i]));
  return rows.map((row) => `  ${row.map(cell).join("  ")}`.trimEnd()).join("\n");
}

/** One scenario: a line per contender, the ratios, and where each one's CPU time goes. */
export function scenarioText({ title, medians, ratios }, titles) {
  const lines = Object.entries(medians).map(([name, figures]) =>
    [titles[name], ...COLUMNS.map(([, show]) => show(figures))]);
  const compared = Object.entries(ratios).map(([key, ratio]) => `${RATIO_TITLES[key]} ×${ratio.toFixed(2)}`);
  const shares = Object.entries(medians).map(([name, figures]) => {
    const parts = Object.entries(figures.cpu_us_by_process).filter(([, value]) => value >= 0.5);
    return `  ${titles[name]}: ${parts.map(([part, value]) => `${part} ${value.toFixed(0)}`).join(", ")}`;
  });
  return [
    title, table([["", ...COLUMNS.map(([heading]) => heading)], ...lines]),
    `  Oshirase to the better peer: ${compared.join(", ")}`,
    "  CPU µs per webhook by process:", ...shares.map((line) => `  ${line}`), "",
  ].join("\n");
}

/** The targets, one a line. */
export function verdictText(verdicts) {
  return verdicts.map(({ scenario, figure, ratio, at_least: atLeast, at_most: atMost, met }) => {
    const limit = atLeast ? `at least ${atLeast.toFixed(2)}` : `at most ${atMost.toFixed(2)}`;
    return `  ${met ? "met   " : "MISSED"} ${scenario}: ${RATIO_TITLES[figure]} ×${ratio.toFixed(2)}, ${limit}`;
  }).join("\n");
}
