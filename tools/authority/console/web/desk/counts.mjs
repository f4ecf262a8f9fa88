// How many there are: by industry, municipality, state and month.
import { ask } from "../api.mjs";
import { barChart } from "../bars.mjs";
import { el } from "../dom.mjs";
import { loading, titleLine } from "../page.mjs";

export function open() {
  return [titleLine("集計"), loading(async () => {
    const { charts } = await ask("/api/register/counts");
    return el("div", { class: "charts" }, charts.map(barChart));
  })];
}
