// What the desk does with an entry; each asks back, says why it is done, and is audited.
import { Problem, send } from "../api.mjs";
import { askBack } from "../dialogs.mjs";
import { el, told } from "../dom.mjs";
import { button, radioField, textField } from "../fields.mjs";
import { say } from "../frame.mjs";
import { grouped } from "../words.mjs";

const reasonField = () => textField({ name: "reason", label: "理由", required: true, max: 200, hint: "記録に残ります。" });
const named = (entry) => el("p", { class: "lead" }, told(entry.details.name));

function inspect(entry) {
  return askBack({
    title: "現地で見たことを記録",
    lead: named(entry),
    fields: [
      radioField({ name: "confirmed", label: "取組書のとおりに対策が行われていましたか", value: "",
        choices: [["true", "行われていた（取組書のページに確認の日が出ます）"], ["false", "確認できなかった"]] }),
      textField({ name: "note", label: "記録", required: true, max: 500, hint: "見たこと。500字まで。" }),
    ],
    words: "記録する",
    act: async ({ confirmed, note }) => {
      if (!confirmed) throw new Problem({ title: "入力に誤りがあります。", errors: [{ field: "confirmed", detail: "対策が行われていたかどうかを選んでください" }] });
      await send("/api/entries/inspect", { venue_id: entry.venue_id, confirmed: confirmed === "true", note });
      return "記録しました。";
    },
  });
}

function suspend(entry) {
  return askBack({
    title: "施設を停止",
    lead: [named(entry), el("p", {}, "停止すると、QRコードでの記録ができなくなり、取組書のページに停止中と出ます。")],
    fields: [reasonField()],
    words: "停止する",
    kind: "warning",
    act: async ({ reason }) => {
      await send("/api/entries/state", { venue_id: entry.venue_id, suspended: true, reason });
      return "停止しました。";
    },
  });
}

function reopen(entry) {
  return askBack({
    title: "施設を再開",
    lead: named(entry),
    fields: [reasonField()],
    words: "再開する",
    act: async ({ reason }) => {
      await send("/api/entries/state", { venue_id: entry.venue_id, suspended: false, reason });
      return "再開しました。";
    },
  });
}

function withdraw(entry) {
  return askBack({
    title: "取組書を取り消し",
    lead: [named(entry), el("p", {}, `番号 ${grouped(entry.certificate.number)} のページに「取り消し」と出ます。元に戻せません。`)],
    fields: [reasonField()],
    words: "取り消す",
    kind: "warning",
    act: async ({ reason }) => {
      await send("/api/certificates/withdraw", { number: entry.certificate.number, reason });
      return "取り消しました。";
    },
  });
}

function mail(entry) {
  return askBack({
    title: "事業者にメール",
    lead: [named(entry), el("p", {}, "お知らせに関わることを伝えるメールを送ります。いつ、だれのことかは書きません。")],
    words: "送る",
    act: async () => {
      await send("/api/entries/mail", { venue_id: entry.venue_id });
      return "メールを送ります。";
    },
  });
}

/** The buttons; `changed()` shows the entry as it is then. */
export function actions(entry, changed) {
  const doing = (act) => async () => {
    const said = await act(entry);
    if (!said) return;
    await changed();
    say(said);
  };
  const open = entry.state === "OPEN";
  const valid = entry.certificate && entry.certificate.state !== "WITHDRAWN";
  return el("section", {}, el("h2", {}, "できること"), el("div", { class: "buttons" },
    button("現地確認を記録", doing(inspect), "second small"),
    button("事業者にメール", doing(mail), "second small"),
    button(open ? "停止する" : "再開する", doing(open ? suspend : reopen), "second small"),
    valid && button("取組書を取り消す", doing(withdraw), "second small")));
}
