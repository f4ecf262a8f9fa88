// Correcting an entry. It starts from the revision that was seen; when somebody was faster, the officer
// sees what changed, with both corrections in the form, and decides.
import { ask, send } from "../api.mjs";
import { draftOf } from "../drafts.mjs";
import { el, told } from "../dom.mjs";
import { button, onlyOnce, textField } from "../fields.mjs";
import { sayNext } from "../frame.mjs";
import { notice, titleLine } from "../page.mjs";
import { clearProblem, showProblem } from "../problems.mjs";
import { go, linkTo, openAgain } from "../router.mjs";
import { carriedOver, detailsForm, differences } from "./details_form.mjs";
import { catalogue } from "./measures.mjs";

export async function open({ id }) {
  const [known, shown] = await Promise.all([catalogue(), ask("/api/entries", { key: id })]);
  const draft = draftOf(`correct:${id}`);
  const begun = draft.load();
  let base = begun ?? { revision: shown.revision, before: shown.details };
  let details = detailsForm(known, begun?.details ?? shown.details);
  const submit = button("訂正する");
  const said = el("div", {});
  const form = el("form", { novalidate: true }, details.element,
    el("section", {}, el("h2", {}, "訂正の理由"),
      textField({ name: "reason", label: "理由", required: true, max: 200, value: begun?.reason ?? "", hint: "履歴に残ります。" })),
    el("div", { class: "actions" }, submit,
      el("a", { class: "button button-second", href: linkTo("/register/entry/:id", id), on: { click: draft.clear } }, "やめる")));
  const read = () => ({ revision: base.revision, before: base.before, details: details.read(), reason: form.elements.reason.value });
  form.addEventListener("input", () => draft.save(read()));

  // Somebody was faster: what they changed is taken over, what we wrote stays, and we look again.
  async function explain() {
    const latest = await ask("/api/entries", { key: id });
    const carried = carriedOver({ before: base.before, ours: details.read(), latest: latest.details }, known.fields);
    base = { revision: latest.revision, before: latest.details };
    const fresh = detailsForm(known, carried.details);
    details.element.replaceWith(fresh.element);
    details = fresh;
    draft.save(read());
    const startAgain = () => {
      draft.clear();
      openAgain();
    };
    said.replaceChildren(el("div", { class: "notice notice-alert", role: "alert", tabindex: "-1" },
      el("h2", {}, "ほかの人が先に変えました"),
      el("p", {}, `先に変わったところ: ${carried.theirs.join("、") || "取組書や状態"}。下の欄に取り入れました。`),
      carried.both.length > 0 && el("p", {}, `あなたも変えたところ: ${carried.both.join("、")}。あなたの書いたままにしてあります。`),
      el("p", {}, "内容を確かめて、もう一度「訂正する」を押してください。"),
      el("div", { class: "actions" }, button("いまの登録から書き直す", startAgain, "second small"))));
    said.firstChild.focus();
  }

  async function correct() {
    clearProblem(form);
    said.replaceChildren();
    const { before, ...body } = read();
    if (differences(before, body.details, known.fields).length === 0) {
      said.replaceChildren(notice(el("p", { role: "status" }, "変わるところがありません。")));
      return;
    }
    try {
      await send("/api/entries/correct", { venue_id: id, ...body });
      draft.clear();
      sayNext("訂正しました。");
      go("/register/entry/:id", id);
    } catch (problem) {
      if (problem.reason === "VENUE_CHANGED") await explain().catch((other) => showProblem(form, other));
      else showProblem(form, problem);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onlyOnce(submit, correct);
  });
  return [titleLine("登録の訂正"), el("p", { class: "lead" }, told(shown.details.name)),
    begun && notice(el("p", {}, "書きかけの内容を戻しました。")), said, form];
}
