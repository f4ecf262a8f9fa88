// What stands around every page: whose console it is, the menu, and a line that says what was done.
import { el, nodes } from "./dom.mjs";
import { linkTo } from "./router.mjs";
import { showShortcuts } from "./shortcuts.mjs";
import { roleName } from "./words.mjs";

const TITLE = "担当職員の画面";

function menu(sections) {
  return el("nav", { class: "menu", "aria-label": "メニュー" }, sections.map(({ title, pages }) => [
    el("h2", { class: "menu-title" }, title),
    el("ul", { class: "menu-list" }, pages.filter((page) => page.menu).map((page) => (
      el("li", {}, el("a", { class: "menu-link", href: linkTo(page.path) }, page.menu))))),
  ]));
}

/** Builds it around `main`, in which pages are shown. */
export function frame({ officer_id: id, roles }, sections) {
  const main = el("main", { id: "main", tabindex: "-1" });
  const skip = (event) => {
    event.preventDefault();
    main.focus();
  };
  document.getElementById("app").replaceChildren(
    el("a", { class: "skip", href: "#main", on: { click: skip } }, "本文へ"),
    el("header", { class: "head" },
      el("a", { class: "head-title", href: "#/" }, TITLE),
      el("p", { class: "head-officer" }, `職員 ${id}`, el("span", { class: "head-roles" }, roles.map(roleName).join("・"))),
      el("button", { type: "button", class: "head-keys", on: { click: showShortcuts } }, "キー操作 ", el("kbd", {}, "?"))),
    el("div", { class: "columns" }, sections.length > 0 && menu(sections), main),
    el("p", { class: "said", role: "status", "aria-live": "polite", id: "said" }));
  return main;
}

/** Says what was done, to eyes and ears, until the next page. */
export function say(words) {
  document.getElementById("said").textContent = words;
}

let next = "";

/** Says it on the page that is opened next. */
export function sayNext(words) {
  next = words;
}

/** Says what was kept for this page, or nothing any more. */
export function sayKept() {
  say(next);
  next = "";
}

/** Shows a page's nodes: its heading gets the focus, the menu and the tab's title say where it is. */
export function present(main, content, path) {
  main.replaceChildren(...nodes(content));
  const heading = main.querySelector("h1");
  document.title = `${heading?.textContent ?? ""} – ${TITLE}`;
  for (const link of document.querySelectorAll(".menu-link")) {
    if (link.getAttribute("href") === `#${path}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  heading?.focus();
}
