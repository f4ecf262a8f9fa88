// The console's start: who the officer is decides what there is; then the address decides the page.
import { ask } from "./api.mjs";
import { el } from "./dom.mjs";
import { askBeforeLeaving } from "./drafts.mjs";
import { frame, present, sayKept } from "./frame.mjs";
import { problemPanel } from "./problems.mjs";
import { find, linkTo, pathOf } from "./router.mjs";
import { pagesFor, sectionsFor } from "./sections.mjs";
import { listen } from "./shortcuts.mjs";
import { titleLine } from "./page.mjs";

function home(sections) {
  if (sections.length === 0) {
    return [titleLine("ようこそ"),
      el("p", {}, "この画面には、あなたの役割でできることがありません。運用の担当者に役割を確かめてください。")];
  }
  const link = ({ path, menu }) => el("li", {}, el("a", { href: linkTo(path) }, menu));
  return [titleLine("ようこそ"), sections.map(({ title, pages }) => (
    el("section", {}, el("h2", {}, title), el("ul", {}, pages.filter(({ menu }) => menu).map(link)))))];
}

async function start() {
  const officer = await ask("/api/me");
  const sections = sectionsFor(officer.roles);
  const pages = pagesFor(officer.roles);
  const main = frame(officer, sections);
  let newest = 0;

  async function open() {
    const mine = ++newest;
    const path = pathOf(location.hash);
    const found = find(pages, path);
    main.setAttribute("aria-busy", "true");
    let content;
    try {
      if (path === "/") content = home(sections);
      else if (!found) content = [titleLine("ページがありません"), el("p", {}, "アドレスが違うか、あなたの役割では開けないページです。")];
      else content = await found.page.open(found.values);
    } catch (problem) {
      content = [titleLine("開けませんでした"), problemPanel(problem, open)];
    }
    if (mine !== newest) return;  // Another page was asked for meanwhile.
    main.removeAttribute("aria-busy");
    present(main, content, path);
  }

  window.addEventListener("hashchange", () => {
    sayKept();
    open();
  });
  askBeforeLeaving();
  listen();
  await open();
}

start().catch((problem) => {
  document.getElementById("app").replaceChildren(
    el("main", {}, el("h1", {}, "開けませんでした"), problemPanel(problem, () => location.reload())));
});
