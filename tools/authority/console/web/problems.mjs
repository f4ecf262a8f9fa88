// What went wrong, where the officer looks: at the top of the form with links to the fields, and at
// each field.
import { el, newId } from "./dom.mjs";
import { Problem } from "./api.mjs";

/**
 * Which field each error is about: by its name, else by the label it begins with, the longest first.
 * `fields`: [{name, label}]. Returns [{name, detail}], name "" where there is none.
 */
export function placeErrors(errors, fields) {
  const longest = [...fields].sort((a, b) => b.label.length - a.label.length);
  return errors.map(({ field, detail }) => {
    const known = fields.some(({ name }) => name === field);
    const named = known ? field : longest.find(({ label }) => detail.startsWith(label))?.name;
    return { name: named ?? "", detail };
  });
}

function fieldsOf(form) {
  return [...form.querySelectorAll(".field")].map((field) => ({
    name: field.querySelector("[name]").name,
    label: field.querySelector(".label").firstChild.textContent,
    field,
    control: field.querySelector("[name]"),
  }));
}

const problemId = (control) => `${control.id}-problem`;

// What a control is described by: those ids that `keep` picks, and then `more`.
function describe(control, keep, ...more) {
  const ids = (control.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
  const left = [...ids.filter(keep), ...more];
  if (left.length > 0) control.setAttribute("aria-describedby", left.join(" "));
  else control.removeAttribute("aria-describedby");
}

/** Takes away what showProblem() put into the form. */
export function clearProblem(form) {
  form.querySelector(":scope > .summary")?.remove();
  for (const field of form.querySelectorAll(".field-wrong")) {
    field.classList.remove("field-wrong");
    field.querySelector(".problem").remove();
    const control = field.querySelector("[name]");
    control.removeAttribute("aria-invalid");
    describe(control, (id) => id !== problemId(control));
  }
}

/** Shows a Problem at the top of a form and at its fields, and moves the focus there. */
export function showProblem(form, problem) {
  if (!(problem instanceof Problem)) throw problem;
  clearProblem(form);
  const fields = fieldsOf(form);
  const lines = placeErrors(problem.errors, fields).map(({ name, detail }) => {
    const place = fields.find((field) => field.name === name);
    if (!place) return el("li", {}, detail);
    markWrong(place, detail);
    const go = (event) => {
      event.preventDefault();
      place.control.focus();
    };
    return el("li", {}, el("a", { href: `#${place.control.id}`, on: { click: go } }, detail));
  });
  const id = newId("summary");
  const summary = el("div", { class: "summary", role: "alert", tabindex: "-1", "aria-labelledby": id },
    el("h2", { class: "summary-title", id }, problem.title), lines.length > 0 && el("ul", { class: "summary-list" }, lines));
  form.prepend(summary);
  summary.focus();
}

function markWrong({ field, control }, detail) {
  const id = problemId(control);
  if (!field.querySelector(".problem")) {
    field.classList.add("field-wrong");
    field.insertBefore(el("p", { class: "problem", id }, detail), control);
  }
  control.setAttribute("aria-invalid", "true");
  describe(control, (other) => other !== id, id);
}

/** A Problem instead of a page, or of a part of one; `again` tries once more. */
export function problemPanel(problem, again) {
  if (!(problem instanceof Problem)) throw problem;
  return el("div", { class: "summary", role: "alert" },
    el("h2", { class: "summary-title" }, problem.title),
    problem.errors.length > 0 && el("ul", { class: "summary-list" }, problem.errors.map(({ detail }) => el("li", {}, detail))),
    again && el("button", { type: "button", class: "button button-second button-small", on: { click: again } }, "もう一度"));
}
