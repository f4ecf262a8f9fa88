// The register: searching, filtering, page by page; the file of what is found.
import { ask, download } from "../api.mjs";
import { el, told } from "../dom.mjs";
import { button, choiceField, textField } from "../fields.mjs";
import { loading, Paging, table, tag, titleLine } from "../page.mjs";
import { clearProblem, showProblem } from "../problems.mjs";
import { linkTo } from "../router.mjs";
import { catalogue } from "./measures.mjs";
import { certificateState, day, grouped, venueState } from "../words.mjs";

const KEPT = "register-search";
const STATES = [["", "すべて"], ["open", "利用中"], ["closed", "閉鎖"], ["suspended", "停止中"]];

// Kept for the way back from an entry, in the tab alone: an address would stay in the history.
function kept() {
  try {
    return { filter: {}, before: [], ...JSON.parse(sessionStorage.getItem(KEPT)) };
  } catch {
    return { filter: {}, before: [] };
  }
}

export const stateTag = (state) => tag(venueState(state), state === "OPEN" ? "good" : "bad");

const unbroken = (text) => el("span", { class: "unbroken" }, text);

function row(entry, kinds) {
  const { details, certificate } = entry;
  return [
    el("a", { href: linkTo("/register/entry/:id", entry.venue_id) }, told(details.name)),
    unbroken(kinds.get(details.kind) ?? details.kind),
    told(details.municipality + details.address),
    [stateTag(entry.state), details.drill && tag("訓練")],
    certificate ? [unbroken(grouped(certificate.number)), " ", unbroken(certificateState(certificate.state))] : "–",
    unbroken(day(entry.registered_at)),
    unbroken(day(entry.inspected_at)),
  ];
}

const HEADS = ["施設名", "業種", "住所", "状態", "取組書", "登録", "現地確認"];

function searchForm(filter, kinds) {
  return el("form", { class: "search", role: "search", novalidate: true },
    textField({ name: "text", label: "言葉", type: "search", value: filter.text ?? "",
      hint: "名前、かな、住所、電話番号、メール、コード、取組書の番号", autocomplete: "off" }),
    el("div", { class: "search-line" },
      choiceField({ name: "kind", label: "業種", value: filter.kind ?? "", choices: [["", "すべて"], ...kinds] }),
      textField({ name: "municipality", label: "市区町村", value: filter.municipality ?? "", size: "short" }),
      choiceField({ name: "state", label: "状態", value: filter.state ?? "", choices: STATES }),
      textField({ name: "from", label: "登録日（から）", type: "date", value: filter.from ?? "", size: "short" }),
      textField({ name: "to", label: "登録日（まで）", type: "date", value: filter.to ?? "", size: "short" })),
    el("div", { class: "actions" }, button("探す")));
}

export async function open() {
  const { industries } = await catalogue();
  const kinds = new Map(industries.map(({ kind, name }) => [kind, name]));
  let { filter, before } = kept();
  let paging = new Paging(before);
  const form = searchForm(filter, [...kinds]);

  const results = loading(async () => {
    const found = await ask("/api/register", { ...filter, page: paging.current });
    paging.next = found.next;
    sessionStorage.setItem(KEPT, JSON.stringify({ filter, before: paging.before }));
    if (found.entries.length === 0) return el("p", { role: "status" }, "見つかりませんでした。");
    return [table("見つかった施設", HEADS, found.entries.map((entry) => row(entry, kinds))), paging.buttons(turn)];
  });

  async function turn() {
    await results.reload();
    results.scrollIntoView();
    results.querySelector(".scroll")?.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearProblem(form);
    filter = Object.fromEntries(new FormData(form));
    paging = new Paging();
    results.reload();
  });

  async function save() {
    clearProblem(form);
    try {
      await download("/api/register/export", filter, "register.csv");
    } catch (problem) {
      showProblem(form, problem);
    }
  }

  return [
    titleLine("台帳を探す", button("CSVに書き出す", save, "second small")),
    form,
    results,
  ];
}
