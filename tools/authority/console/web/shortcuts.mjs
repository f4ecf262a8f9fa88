// Keys. Single ones only work outside of fields, and can be switched off, as people who speak to their
// computer need it.
import { show } from "./dialogs.mjs";
import { el } from "./dom.mjs";
import { boxField } from "./fields.mjs";

const OFF = "shortcuts-off";

const KEYS = [
  ["?", "この一覧"],
  ["/", "検索の欄へ"],
  ["1 – 9", "左のメニューを上から順に開く"],
  ["Tab ／ Shift+Tab", "次の項目へ／前の項目へ"],
  ["Enter", "決定"],
  ["Esc", "開いた窓を閉じる"],
];

/** What a key outside of fields asks for: "help", "search", a number of the menu, or null. */
export function meaningOf({ key, ctrlKey, altKey, metaKey }) {
  if (ctrlKey || altKey || metaKey) return null;
  if (key === "?") return "help";
  if (key === "/") return "search";
  return /^[1-9]$/.test(key) ? Number(key) : null;
}

const typing = (target) => target.closest("input, textarea, select, dialog") !== null;

export function showShortcuts() {
  const box = boxField({ name: "shortcuts", label: "一文字のキー操作を使う", checked: !localStorage.getItem(OFF) });
  box.querySelector("input").addEventListener("change", ({ target }) => {
    if (target.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
  show("キー操作", el("dl", { class: "facts" },
    KEYS.map(([key, words]) => el("div", { class: "fact" }, el("dt", {}, el("kbd", {}, key)), el("dd", {}, words)))), box);
}

export function listen() {
  document.addEventListener("keydown", (event) => {
    if (typing(event.target) || localStorage.getItem(OFF)) return;
    const meaning = meaningOf(event);
    if (meaning === null) return;
    if (meaning === "help") showShortcuts();
    else if (meaning === "search") document.querySelector("[type=search]")?.focus();
    else document.querySelectorAll(".menu-link")[meaning - 1]?.click();
    event.preventDefault();
  });
}
