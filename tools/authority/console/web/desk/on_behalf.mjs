// Registering a venue for a business that cannot do it by itself (代行登録).
import { send } from "../api.mjs";
import { draftOf } from "../drafts.mjs";
import { el } from "../dom.mjs";
import { button, onlyOnce, textField } from "../fields.mjs";
import { sayNext } from "../frame.mjs";
import { notice, titleLine } from "../page.mjs";
import { clearProblem, showProblem } from "../problems.mjs";
import { go, openAgain } from "../router.mjs";
import { detailsForm } from "./details_form.mjs";
import { catalogue } from "./measures.mjs";

export async function open() {
  const known = await catalogue();
  const draft = draftOf("on-behalf");
  const begun = draft.load();
  const details = detailsForm(known, begun?.details, { drill: true });
  const submit = button("登録して取組書を出す");
  const form = el("form", { novalidate: true }, details.element,
    el("section", {}, el("h2", {}, "代行の理由"),
      textField({ name: "reason", label: "理由", required: true, max: 200, value: begun?.reason ?? "", hint: "電話での依頼など。記録に残ります。" })),
    el("div", { class: "actions" }, submit));
  const read = () => ({ details: details.read(), reason: form.elements.reason.value });
  form.addEventListener("input", () => draft.save(read()));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onlyOnce(submit, async () => {
      clearProblem(form);
      try {
        const entry = await send("/api/entries", read());
        draft.clear();
        sayNext("登録しました。取組書を事業者にメールで送ります。");
        go("/register/entry/:id", entry.venue_id);
      } catch (problem) {
        showProblem(form, problem);
      }
    });
  });

  function discard() {
    draft.clear();
    openAgain();
  }

  return [titleLine("代行登録"),
    begun && notice(el("p", {}, "書きかけの内容を戻しました。"), button("書きかけを捨てる", discard, "second small")), form];
}
