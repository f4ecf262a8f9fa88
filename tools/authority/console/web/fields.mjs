// Parts of forms. Every field has a label, may have a hint, and has a place for what is wrong with it.
import { el, newId } from "./dom.mjs";

function wrap({ label, hint, required, optional }, control, id) {
  const hintId = hint ? `${id}-hint` : null;
  if (hintId) control.setAttribute("aria-describedby", hintId);
  return el("div", { class: "field" },
    el("label", { class: "label", for: id }, label,
      required && el("span", { class: "required" }, " 必須"), optional && el("span", { class: "optional" }, " 任意")),
    hint && el("p", { class: "hint", id: hintId }, hint),
    control);
}

/** One line, or several with `rows`. `size`: "short" or "medium". */
export function textField({ name, label, hint, value = "", type = "text", rows, size, required, optional, max, ...rest }) {
  const id = newId(name);
  const shared = {
    id, name, class: `input${size ? ` input-${size}` : ""}`, "aria-required": required ? "true" : null, value, ...rest,
  };
  const control = rows ? el("textarea", { ...shared, rows }) : el("input", { ...shared, type });
  if (max) control.setAttribute("maxlength", String(max * 2));  // The program counts as readers do; this only stops a flood.
  return wrap({ label, hint, required, optional }, control, id);
}

/** A choice of one: `choices` are [value, words]. */
export function choiceField({ name, label, hint, value = "", choices, required }) {
  const id = newId(name);
  const control = el("select", { id, name, class: "input input-medium", "aria-required": required ? "true" : null },
    choices.map(([key, words]) => el("option", { value: key }, words)));
  control.value = value;
  return wrap({ label, hint, required }, control, id);
}

/** A box to tick. */
export function boxField({ name, label, value = "", checked = false, hint }) {
  const id = newId(name);
  return el("div", { class: "check" },
    el("input", { type: "checkbox", class: "check-box", id, name, value, checked, "aria-describedby": hint ? `${id}-hint` : null }),
    el("label", { class: "check-label", for: id }, label, hint && el("span", { class: "hint", id: `${id}-hint` }, hint)));
}

/** One of several, all of which are seen: `choices` are [value, words]. */
export function radioField({ name, label, choices, value = "" }) {
  return el("fieldset", { class: "group" }, el("legend", { class: "label" }, label),
    choices.map(([key, words]) => {
      const id = newId(name);
      return el("div", { class: "check" },
        el("input", { type: "radio", class: "check-box", id, name, value: key, checked: key === value, required: true }),
        el("label", { class: "check-label", for: id }, words));
    }));
}

/** A button that does `act` while it cannot be pressed again. `kind`: "", "second", "warning" or "small". */
export function button(words, act, kind = "") {
  const kinds = kind.split(" ").filter(Boolean).map((each) => ` button-${each}`).join("");
  const control = el("button", { type: act ? "button" : "submit", class: `button${kinds}` }, words);
  if (act) control.addEventListener("click", () => onlyOnce(control, act));
  return control;
}

/** Does `act` unless it is being done already. The button keeps the focus. */
export async function onlyOnce(control, act) {
  if (control.getAttribute("aria-disabled") === "true") return;
  control.setAttribute("aria-disabled", "true");
  try {
    await act();
  } finally {
    control.removeAttribute("aria-disabled");
  }
}
