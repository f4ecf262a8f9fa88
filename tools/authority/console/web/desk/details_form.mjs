// The details of a venue as a form: the same for a correction and for a registration on behalf.
import { el } from "../dom.mjs";
import { boxField, choiceField, textField } from "../fields.mjs";
import { measureBoxes } from "./measures.mjs";

const EMPTY = {
  name: "", kana: "", kind: "", business_name: "", postal_code: "", municipality: "", address: "", phone: "", email: "",
  measure_ids: [], own_measures: [], event_start_time: null, event_end_time: null, parent_venue_id: "",
  name_consent: false, listed: false, drill: false,
};
const TYPES = { phone: "tel", email: "email" };
const SIZES = { postal_code: "short", phone: "medium", kind: "medium" };
const HINTS = {
  postal_code: "7けたの数字", own_measures: "一行に一つずつ", parent_venue_id: "ビルやモールの一部であるとき、その施設のID",
};
const BEFORE_MEASURES = ["name", "kana", "kind", "business_name", "postal_code", "municipality", "address", "phone", "email"];

/** "2020-06-01T19:00" for a field, of a time of the register. */
export const forField = (time) => (time ? time.slice(0, 16) : "");

/** What a form's values say in the register's form: lists without empty lines, no time as null. */
export function detailsOf(values) {
  const lines = values.own_measures.split("\n").map((line) => line.trim()).filter(Boolean);
  return {
    ...values, own_measures: lines, event_start_time: values.event_start_time || null, event_end_time: values.event_end_time || null,
  };
}

const same = (one, other, name) => (name.endsWith("_time")
  ? forField(one[name]) === forField(other[name]) : JSON.stringify(one[name]) === JSON.stringify(other[name]));

/** The fields in which two details differ. */
const differing = (one, other, fields) => fields.filter(({ name }) => !same(one, other, name));

/** The labels of the details that differ. */
export const differences = (one, other, fields) => differing(one, other, fields).map(({ label }) => label);

/**
 * Our correction of `before` carried over to `latest`, which somebody else has changed meanwhile: what we
 * did not touch is as in `latest`. {details, theirs, both}: the labels of what they changed, and of what
 * both changed differently, where ours stays.
 */
export function carriedOver({ before, ours, latest }, fields) {
  const details = { ...latest };
  for (const { name } of differing(before, ours, fields)) details[name] = ours[name];
  const theirs = differing(before, latest, fields);
  const both = theirs.filter(({ name }) => !same(before, ours, name) && !same(ours, latest, name));
  return { details, theirs: theirs.map(({ label }) => label), both: both.map(({ label }) => label) };
}

/** {element, read()}; `drill`: whether it can be said that the venue is for drills. */
export function detailsForm({ industries, fields }, details = EMPTY, { drill = false } = {}) {
  const all = industries.flatMap(({ measures }) => measures);
  const field = (name) => fields.find((each) => each.name === name);
  const line = (name) => {
    const { label, max_characters: max, required } = field(name);
    const looks = { type: TYPES[name], size: SIZES[name], hint: HINTS[name], autocomplete: "off" };
    return textField({ name, label, max, required, value: details[name], ...looks });
  };
  const kinds = choiceField({ name: "kind", label: "業種", required: true, value: details.kind,
    choices: [["", "選んでください"], ...industries.map(({ kind, name }) => [kind, name])] });
  const times = el("div", { class: "search-line" }, ["event_start_time", "event_end_time"].map((name) => (
    textField({ name, label: field(name).label, type: "datetime-local", value: forField(details[name]), size: "medium" }))));
  const boxes = el("div", { class: "own" });
  const ticked = () => [...boxes.querySelectorAll(":checked")].map((box) => box.value);
  const industry = () => industries.find(({ kind }) => kind === kinds.querySelector("select").value);

  function follow(chosen) {
    boxes.replaceChildren(...measureBoxes(industry(), chosen, all));
    times.hidden = !industry()?.has_own_end;
  }
  kinds.addEventListener("change", () => follow(ticked()));
  follow(details.measure_ids);

  const element = el("div", { class: "details-form" },
    el("section", {}, el("h2", {}, "施設"), BEFORE_MEASURES.map((name) => (name === "kind" ? [kinds, times] : line(name)))),
    el("section", {}, el("h2", {}, "取組"), boxes,
      textField({ name: "own_measures", label: "独自の取組", rows: 3, hint: HINTS.own_measures, value: details.own_measures.join("\n") })),
    el("section", {}, el("h2", {}, "そのほか"),
      boxField({ name: "name_consent", label: field("name_consent").label, checked: details.name_consent }),
      boxField({ name: "listed", label: field("listed").label, checked: details.listed }),
      drill && boxField({ name: "drill", label: field("drill").label, checked: details.drill }),
      line("parent_venue_id")));
  return { element, read: () => readDetails(element, details, ticked()) };
}

function readDetails(element, details, measures) {
  const values = { ...details, measure_ids: measures };
  for (const control of element.querySelectorAll("[name]")) {
    if (control.name === "measure_ids") continue;
    values[control.name] = control.type === "checkbox" ? control.checked : control.value;
  }
  // Dates of an event that is none any more are not those of the venue.
  if (element.querySelector("[name=event_start_time]").closest(".search-line").hidden) {
    Object.assign(values, { event_start_time: "", event_end_time: "" });
  }
  return detailsOf(values);
}
