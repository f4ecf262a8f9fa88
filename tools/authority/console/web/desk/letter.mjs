// One letter to the desk, and the form that answers it.
import { send } from "../api.mjs";
import { draftOf } from "../drafts.mjs";
import { el, newId, told } from "../dom.mjs";
import { button, onlyOnce, textField } from "../fields.mjs";
import { say } from "../frame.mjs";
import { facts, notice, tag } from "../page.mjs";
import { clearProblem, showProblem } from "../problems.mjs";
import { actor, grouped, reportSubject, time } from "../words.mjs";

const WORDS = {
  enquiry: { answer: "回答", hint: "この文をメールで送り、問い合わせを閉じます。", act: "回答を送る", done: "回答しました。" },
  report: { answer: "対応", hint: "何をしたかの記録です。通報した人には送られません。", act: "対応を記録して閉じる", done: "記録しました。" },
};

function answerForm(letter, closed) {
  const words = WORDS[letter.kind];
  const draft = draftOf(`letter:${letter.number}`);
  const submit = button(words.act, null, "small");
  const form = el("form", { novalidate: true, class: "answer-form" },
    textField({ name: "answer", label: words.answer, hint: words.hint, rows: 5, required: true, max: 2000, value: draft.load() ?? "" }),
    submit);
  form.addEventListener("input", () => draft.save(form.elements.answer.value));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onlyOnce(submit, async () => {
      clearProblem(form);
      try {
        const answered = await send("/api/letters/close", { number: letter.number, answer: form.elements.answer.value });
        draft.clear();
        say(words.done);
        closed(answered);
      } catch (problem) {
        showProblem(form, problem);
      }
    });
  });
  return form;
}

/** The letter as a card, which changes by itself once it is answered. */
export function letterCard(letter) {
  const id = newId("letter");
  const subject = letter.kind === "report" ? reportSubject(letter.subject) : letter.subject;
  const optional = [
    letter.name && ["差出人", told(letter.name)], letter.email && ["メール", told(letter.email)],
    letter.certificate_number && ["取組書の番号", told(letter.certificate_number)], letter.place && ["場所", told(letter.place)],
  ].filter(Boolean);
  const closed = (answered) => {
    const fresh = letterCard(answered);
    card.replaceWith(fresh);
    fresh.querySelector("h2").focus();
  };
  const card = el("article", { class: "card", "aria-labelledby": id },
    el("h2", { id, tabindex: "-1" }, told(subject), " ", letter.closed_at ? tag("閉じました") : tag("未回答", "bad")),
    facts([["番号", grouped(letter.number)], ["受付", time(letter.received_at)], ...optional]),
    el("p", { class: "letter-text" }, told(letter.text)),
    letter.closed_at
      ? notice(
        el("p", {}, `${WORDS[letter.kind].answer}（${time(letter.closed_at)} ${actor(letter.closed_by)}）`),
        el("p", { class: "letter-text" }, told(letter.answer)))
      : answerForm(letter, closed));
  return card;
}
