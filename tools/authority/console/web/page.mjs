// What pages are made of.
import { el, nodes } from "./dom.mjs";
import { button } from "./fields.mjs";
import { problemPanel } from "./problems.mjs";

/** A heading with things beside it. */
export function titleLine(title, ...beside) {
  return el("div", { class: "title-line" }, el("h1", { tabindex: "-1" }, title), el("div", { class: "title-beside" }, beside));
}

/** A table whose rows are lists of texts or nodes; the first cell of a row is its head. */
export function table(caption, heads, rows, { hidden = true } = {}) {
  return el("div", { class: "scroll", role: "region", "aria-label": caption, tabindex: "0" },
    el("table", { class: "table" }, el("caption", { class: hidden ? "hidden" : null }, caption),
      el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, rows.map(([first, ...others]) => el("tr", {}, el("th", { scope: "row" }, first),
        others.map((cell) => el("td", {}, cell)))))));
}

/** Names and values under each other. */
export function facts(pairs) {
  return el("dl", { class: "facts" },
    pairs.map(([name, value]) => el("div", { class: "fact" }, el("dt", {}, name), el("dd", {}, value))));
}

/** `kind`: "", "good", "bad". */
export const tag = (words, kind = "") => el("span", { class: `tag${kind ? ` tag-${kind}` : ""}` }, words);

/** A box with a word to the officer. */
export const notice = (...content) => el("div", { class: "notice" }, content);

/** A part of a page that loads by itself: `load()` returns nodes. Its reload() loads again. */
export function loading(load) {
  const place = el("div", { class: "loading", "aria-busy": "true" }, el("p", {}, "読み込んでいます…"));
  let newest = 0;
  place.reload = async () => {
    const mine = ++newest;
    place.setAttribute("aria-busy", "true");
    let content;
    try {
      content = await load();
    } catch (problem) {
      content = [problemPanel(problem, place.reload)];
    }
    if (mine !== newest) return;  // A later one was faster.
    place.replaceChildren(...nodes(content));
    place.removeAttribute("aria-busy");
  };
  place.reload();
  return place;
}

/** Going through pages of a list that only knows the way on: a stack of the ways so far. */
export class Paging {
  constructor(before = []) {
    this.before = before;
    this.next = "";
  }

  /** What to ask for. */
  get current() {
    return this.before.at(-1) ?? "";
  }

  /** The number of this page, from 1. */
  get number() {
    return this.before.length + 1;
  }

  onward() {
    this.before.push(this.next);
  }

  back() {
    this.before.pop();
  }

  /** The buttons; `turn` shows the page that is current then. Nothing when there is one page. */
  buttons(turn) {
    if (this.number === 1 && !this.next) return null;
    const to = (step) => async () => {
      step();
      await turn();
    };
    return el("nav", { class: "paging", "aria-label": "ページ" },
      this.number > 1 && button("前へ", to(() => this.back()), "second small"),
      el("span", {}, `${this.number} ページ`),
      this.next !== "" && button("次へ", to(() => this.onward()), "second small"));
  }
}
