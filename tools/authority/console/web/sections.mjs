// What the console consists of: the menu, by what the officer may do, and the page behind each path.
import * as apiKeys from "./desk/api_keys.mjs";
import * as correct from "./desk/correct.mjs";
import * as counts from "./desk/counts.mjs";
import * as entry from "./desk/entry.mjs";
import * as letters from "./desk/letters.mjs";
import * as onBehalf from "./desk/on_behalf.mjs";
import * as register from "./desk/register.mjs";
import * as reissue from "./desk/reissue.mjs";

// `menu`: its words in the menu; without them it is reached from another page.
export const SECTIONS = [
  {
    title: "事業者台帳",
    roles: ["desk"],
    pages: [
      { path: "/register", menu: "台帳を探す", open: register.open },
      { path: "/register/new", menu: "代行登録", open: onBehalf.open },
      { path: "/register/entry/:id", open: entry.open },
      { path: "/register/entry/:id/correct", open: correct.open },
      { path: "/letters/enquiries", menu: "問い合わせ", open: () => letters.open("enquiries") },
      { path: "/letters/reports", menu: "通報", open: () => letters.open("reports") },
      { path: "/register/counts", menu: "集計", open: counts.open },
      { path: "/register/reissue", menu: "再発行", open: reissue.open },
      { path: "/api-keys", menu: "APIキー", open: apiKeys.open },
    ],
  },
];

/** The sections that an officer with these roles sees. */
export const sectionsFor = (roles, sections = SECTIONS) => (
  sections.filter((section) => section.roles.some((role) => roles.includes(role))));

/** The pages that an officer with these roles can open. */
export const pagesFor = (roles, sections = SECTIONS) => sectionsFor(roles, sections).flatMap(({ pages }) => pages);
