// Keys for businesses' own programs. A secret is shown once, here, and never again.
import { ask, send } from "../api.mjs";
import { askBack } from "../dialogs.mjs";
import { el, told } from "../dom.mjs";
import { button, onlyOnce, textField } from "../fields.mjs";
import { say } from "../frame.mjs";
import { loading, table, tag, titleLine } from "../page.mjs";
import { clearProblem, showProblem } from "../problems.mjs";
import { time } from "../words.mjs";

function secretPanel({ secret, label }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      say("写しました。");
    } catch {
      say("写せませんでした。鍵を選んで写してください。");
    }
  };
  return el("div", { class: "panel", role: "alert", tabindex: "-1" },
    el("h2", {}, "鍵を発行しました"), el("p", {}, "用途: ", told(label)),
    el("p", { class: "secret" }, secret),
    el("p", {}, "鍵が表示されるのは今だけです。安全な方法で事業者に渡してください。"),
    button("写す", copy, "second small"));
}

function revoke(key) {
  return askBack({
    title: "鍵を失効",
    lead: [el("p", { class: "lead" }, told(key.label)), el("p", {}, "この鍵はすぐに使えなくなります。元に戻せません。")],
    words: "失効する",
    kind: "warning",
    act: () => send("/api/api-keys/revoke", { id: key.id }),
  });
}

export function open() {
  const issued = el("div", {});
  const list = loading(async () => {
    const { api_keys: keys } = await ask("/api/api-keys");
    if (keys.length === 0) return el("p", {}, "まだありません。");
    return table("鍵", ["用途", "事業者のメール", "発行", "状態", "操作"], keys.map((key) => [
      told(key.label), told(key.email), time(key.issued_at),
      key.revoked_at ? [tag("失効", "bad"), ` ${time(key.revoked_at)}`] : tag("有効", "good"),
      key.revoked_at ? "" : button("失効する", () => end(key), "second small")]));
  });

  async function end(key) {
    if (!await revoke(key)) return;
    await list.reload();
    say("使えなくしました。");
  }

  const submit = button("鍵を発行する");
  const form = el("form", { novalidate: true }, el("h2", {}, "新しい鍵"),
    textField({ name: "email", label: "メールアドレス", type: "email", required: true, hint: "事業者のもの", autocomplete: "off" }),
    textField({ name: "label", label: "用途", required: true, max: 100, autocomplete: "off" }),
    el("div", { class: "actions" }, submit));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onlyOnce(submit, async () => {
      clearProblem(form);
      try {
        const key = await send("/api/api-keys", Object.fromEntries(new FormData(form)));
        form.reset();
        issued.replaceChildren(secretPanel(key));
        issued.firstChild.focus();
        await list.reload();
      } catch (problem) {
        showProblem(form, problem);
      }
    });
  });
  return [titleLine("APIキー"), issued, form, el("h2", {}, "発行した鍵"), list];
}
