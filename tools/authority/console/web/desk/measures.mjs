// The industries and the measures that each may tick, as the program knows them.
import { ask } from "../api.mjs";
import { el } from "../dom.mjs";
import { boxField } from "../fields.mjs";

let known;

/** {industries, fields}, asked for once. */
export function catalogue() {
  known ??= ask("/api/catalogue").catch((problem) => {
    known = undefined;
    throw problem;
  });
  return known;
}

/** The measures under their groups, in the order in which they come: [[group, measures]]. */
export function byGroup(measures) {
  const groups = new Map();
  for (const measure of measures) groups.set(measure.group, [...(groups.get(measure.group) ?? []), measure]);
  return [...groups];
}

/**
 * What can be ticked: the industry's measures, and those that are ticked already without being among
 * them, since a correction of something else must not drop them.
 */
export function offered(industry, ticked, all) {
  const own = industry?.measures ?? [];
  const others = ticked.filter((id) => !own.some((measure) => measure.id === id));
  const text = (id) => all.find((measure) => measure.id === id)?.text ?? id;
  return [...own, ...others.map((id) => ({ id, group: "この業種の一覧にないもの", text: text(id) }))];
}

/** The boxes for an industry. */
export function measureBoxes(industry, ticked, all) {
  return byGroup(offered(industry, ticked, all)).map(([group, measures]) => el("fieldset", { class: "group" },
    el("legend", { class: "label" }, group),
    measures.map(({ id, text }) => boxField({ name: "measure_ids", value: id, label: text, checked: ticked.includes(id) }))));
}
