// Counts as bars and, for those who cannot see them, as a table.
import { el, newId, svg } from "./dom.mjs";
import { table } from "./page.mjs";

const ROW = 28;
const LABEL = 210;
const WIDTH = 640;
const NUMBER = 70;

/** The length of each bar for the longest being `longest`; what is counted is never invisible. */
export function lengths(counts, longest) {
  const most = Math.max(0, ...counts);
  return counts.map((count) => (count > 0 ? Math.max(2, Math.round((count / most) * longest)) : 0));
}

/** At most `most` characters as a reader counts them. */
export function shortened(text, most = 15) {
  const characters = [...new Intl.Segmenter("ja").segment(text)].map(({ segment }) => segment);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** One chart of {title, bars: [{label, count}]} with its table behind a button. */
export function barChart({ title, bars }) {
  if (bars.length === 0) return el("section", { class: "chart-box" }, el("h2", {}, title), el("p", {}, "まだありません。"));
  const id = newId("chart");
  const long = lengths(bars.map(({ count }) => count), WIDTH - LABEL - NUMBER);
  const frame = { class: "chart", viewBox: `0 0 ${WIDTH} ${bars.length * ROW}`, role: "img" };
  const picture = svg("svg", { ...frame, "aria-labelledby": `${id} ${id}-words` },
    svg("desc", { id: `${id}-words` }, "同じ数は、下の表にもあります。"),
    bars.map(({ label, count }, index) => {
      const y = index * ROW;
      return svg("g", {},
        svg("text", { class: "chart-text", x: LABEL - 8, y: y + 19, "text-anchor": "end" }, shortened(label)),
        svg("rect", { class: "chart-bar", x: LABEL, y: y + 4, width: long[index], height: ROW - 8 }),
        svg("text", { class: "chart-text", x: LABEL + long[index] + 6, y: y + 19 }, count.toLocaleString("ja-JP")));
    }));
  return el("section", { class: "chart-box" }, el("h2", { id }, title), picture,
    el("details", {}, el("summary", {}, "表で見る"),
      table(title, ["項目", "数"], bars.map(({ label, count }) => [el("bdi", {}, label), count.toLocaleString("ja-JP")]))));
}
