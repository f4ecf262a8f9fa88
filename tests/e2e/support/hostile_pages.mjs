// Tells whether a page shows hostile text as text. An independent reading of pages, and of what the
// product promises to keep of what is typed.
import assert from "node:assert/strict";

import { Parser } from "htmlparser2";

/** What becomes of a typed line: only what nobody sees is dropped, white space becomes one space. */
export function lineOf(typed) {
  return typed.toWellFormed()
    .replace(/(?!\p{White_Space})[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, "")
    .replace(/\p{White_Space}+/gu, " ")
    .replace(/^ | $/g, "");
}

/** Whether there is anything to see. */
export const isVisible = (text) => /[^\p{White_Space}\p{M}\p{Default_Ignorable_Code_Point}]/u.test(text);

const segmenter = new Intl.Segmenter("ja");

/** The length as a reader counts it. */
export const lengthOf = (text) => [...segmenter.segment(text)].length;

/** Reads a page: the kinds of its elements with their attributes, where it leads, and the texts of `tag`. */
export function readPage(html, tag = "dd") {
  const page = { kinds: new Set(), targets: [], texts: [] };
  let depth = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      page.kinds.add(`${name} ${Object.keys(attributes).sort().join(" ")}`);
      for (const leads of ["href", "src", "action", "formaction"]) {
        if (attributes[leads] !== undefined) page.targets.push(attributes[leads]);
      }
      if (name === tag && depth++ === 0) page.texts.push("");
    },
    ontext(text) {
      if (depth > 0) page.texts[page.texts.length - 1] += text;
    },
    onclosetag(name) {
      if (name === tag) depth--;
    },
  });
  parser.end(html);
  return page;
}

/** What pages may consist of, learnt from pages about harmless answers. */
export class Harmless {
  #kinds = new Set();
  #site;

  /** `site`: where its own addresses begin. */
  constructor(site) {
    this.#site = site;
  }

  learn(html) {
    for (const kind of readPage(html).kinds) this.#kinds.add(kind);
  }

  #leadsWell(target) {
    const chat = "https://line.me/R/oaMessage/%40oshirase/";
    return /^(\/(?!\/)|#|tel:0570-000-000$)/.test(target) || target.startsWith(`${this.#site}/`) || target.startsWith(chat);
  }

  /** Asserts that the page has no element, attribute or address that harmless answers do not bring. */
  assertAlike(html, what) {
    const { kinds, targets } = readPage(html);
    for (const kind of kinds) assert.ok(this.#kinds.has(kind), `${what}: the page has <${kind}>`);
    for (const target of targets) assert.ok(this.#leadsWell(target), `${what}: the page leads to ${target}`);
  }
}

/** Does `work` for all items, some at a time. */
export async function forEach(items, work, atOnce = 8) {
  let next = 0;
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (next < items.length) {
      const index = next++;
      await work(items[index], index);
    }
  }));
}
