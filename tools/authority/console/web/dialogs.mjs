// Asking back. A dialog holds a small form; it closes when what it is for has been done, shows what
// went wrong, and gives the focus back to where it was.
import { clearProblem, showProblem } from "./problems.mjs";
import { el, newId } from "./dom.mjs";
import { button, onlyOnce } from "./fields.mjs";

/**
 * `title`, `lead` (nodes), `fields`, `words` of the button, `kind` of it, `act(values)`.
 * Resolves with what `act` returned, or undefined when the officer let it be.
 */
export function askBack({ title, lead = [], fields = [], words, kind = "", act }) {
  return new Promise((resolve) => {
    let result;
    const id = newId("dialog");
    const confirm = button(words, null, kind);
    const form = el("form", { novalidate: true }, lead, fields,
      el("div", { class: "actions" }, confirm, button("やめる", () => dialog.close(), "second")));
    const dialog = el("dialog", { class: "dialog", "aria-labelledby": id }, el("h2", { id }, title), form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      onlyOnce(confirm, async () => {
        clearProblem(form);
        try {
          result = await act(Object.fromEntries(new FormData(form)));
          dialog.close();
        } catch (problem) {
          showProblem(form, problem);
        }
      });
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A dialog that only shows something. */
export function show(title, ...content) {
  const id = newId("dialog");
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": id }, el("h2", { id }, title), content,
    el("div", { class: "actions" }, button("閉じる", () => dialog.close(), "second")));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
