// The next certificate for every open venue. The program does it whichever page is open; this one
// starts it and watches.
import { send } from "../api.mjs";
import { askBack } from "../dialogs.mjs";
import { el } from "../dom.mjs";
import { boxField, button, textField } from "../fields.mjs";
import { notice, titleLine } from "../page.mjs";

/** What is said of a run: {words, share} of 0 to 1, or null when there was none. */
export function progressOf({ run_id: id, running, waiting, done, total, problem }) {
  if (!id) return null;
  const share = total > 0 ? done / total : 0;
  const counted = `${done.toLocaleString("ja-JP")} / ${total.toLocaleString("ja-JP")} 件`;
  if (waiting) return { words: `サーバーにつながるのを待っています（${counted}）`, share };
  if (running) return { words: `再発行しています（${counted}）`, share };
  if (problem) return { words: `止まりました（${counted}）。${problem}`, share };
  return { words: `終わりました（${counted}）`, share: 1 };
}

// Until another page is opened: a stream keeps a thread of the program.
function watch(take) {
  const source = new EventSource("/api/certificates/reissue/watch");
  source.addEventListener("message", ({ data }) => take(JSON.parse(data)));
  window.addEventListener("hashchange", () => source.close(), { once: true });
}

export function open() {
  let runId = "";
  const bar = el("progress", { class: "progress", max: "1", value: 0, "aria-label": "再発行の進み" });
  const words = el("p", { role: "status" });
  const begin = button("再発行を始める", () => start("", "すべての取組書を再発行", "始める"));
  const goOn = button("続きから", () => start(runId, "再発行の続き", "続ける"), "second");
  const place = el("section", { hidden: true }, el("h2", {}, "進み"), words, bar);
  goOn.hidden = true;

  function take(state) {
    const progress = progressOf(state);
    place.hidden = progress === null;
    if (!progress) return;
    runId = state.run_id;
    words.textContent = progress.words;
    bar.value = progress.share;
    begin.disabled = state.running;
    goOn.hidden = state.running || !state.problem;
  }

  function start(id, title, doing) {
    return askBack({
      title,
      lead: el("p", {}, "利用中のすべての施設に次の版の取組書を出します。取り消せません。"),
      fields: [
        textField({ name: "reason", label: "理由", required: true, max: 200, hint: "様式の変更など。すべての施設の履歴に残ります。" }),
        boxField({ name: "mail", label: "新しい取組書を事業者にメールで送る", value: "yes" })],
      words: doing,
      act: async ({ reason, mail }) => take(await send("/api/certificates/reissue", { run_id: id, reason, mail: mail === "yes" })),
    });
  }

  watch(take);
  return [titleLine("取組書の再発行"),
    notice(el("p", {}, "様式や取組の一覧が変わったとき、利用中のすべての施設に次の版を出します。画面を閉じても、プログラムが動いている間は続きます。")),
    place, el("div", { class: "actions" }, begin, goOn)];
}
