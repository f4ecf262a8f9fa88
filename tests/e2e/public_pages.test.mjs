// The pages for everybody that only explain: home, guides, questions, privacy, open data. In a real
// browser, in every language; pictures are left in build/screenshots/public.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { browserForTests, inTab, NO_BROWSER, SCREENS } from "./support/browser.mjs";
import { stackForTests } from "./support/stacks.mjs";

const PAGES = {
  home: "/",
  "guide-residents": "/guide/residents",
  "guide-businesses": "/guide/businesses",
  "questions-residents": "/questions/residents",
  "questions-businesses": "/questions/businesses",
  privacy: "/privacy",
  "open-data": "/open-data",
};
const LANGUAGES = { ja: "ja", "ja-easy": "ja", en: "en" };

describe("the pages for everybody", { skip: NO_BROWSER, concurrency: 2 }, () => {
  const stack = stackForTests();
  const open = browserForTests();
  const inNewTab = (way, work) => inTab(open, stack, { album: "public", ...way }, work);

  /** Every address that a page links to. */
  const linksOn = (tab) => tab.page.locator("a[href^='/']").evaluateAll((all) => all.map((link) => link.getAttribute("href")));

  for (const [language, tag] of Object.entries(LANGUAGES)) {
    for (const screen of SCREENS) {
      test(`are read in ${language}, ${screen.width} pixels wide`, { timeout: 120_000 }, () =>
        inNewTab({ screen }, async (tab) => {
          for (const [name, path] of Object.entries(PAGES)) {
            assert.equal(await tab.go(`${path}?lang=${language}`), 200);
            assert.equal(await tab.page.getAttribute("html", "lang"), tag);
            assert.equal(await tab.page.locator("h1").count(), 1);
            await tab.looksRight(`${name}-${language}`);
          }
        }));
    }
  }

  test("lead to each other, and nowhere else", { timeout: 120_000 }, () =>
    inNewTab({ scripts: false }, async (tab) => {
      const seen = new Set(["/"]);
      for (const path of seen) {
        const status = (await fetch(tab.site + path, { redirect: "manual" })).status;
        assert.ok(status === 200 || (path.startsWith("/upkeep") && status === 303), `${path}: ${status}`);
        if (status !== 200 || /\.(csv|json)$/.test(path) || seen.size > 200) continue;
        await tab.go(path);
        for (const link of await linksOn(tab)) seen.add(link.split("#")[0]);
      }
      assert.ok(seen.size > 15, [...seen].join(" "));
    }));
});
