// The registration in other languages, by an event with dates, in a real browser. Pictures are left in
// build/screenshots/languages.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { browserForTests, DESK, inTab, NO_BROWSER, PHONE } from "./support/browser.mjs";
import { linksTo, newShop, tickSome, waitForMails } from "./support/business_pages.mjs";
import { textOfPdf } from "./support/pdf.mjs";
import { stackForTests } from "./support/stacks.mjs";

const DATES = { event_start_time: "2035-01-01T10:00", event_end_time: "2035-01-02T18:00" };

describe("the registration of an event", { skip: NO_BROWSER, concurrency: 2 }, () => {
  const stack = stackForTests();
  const open = browserForTests();
  const inNewTab = (way, work) => inTab(open, stack, { album: "languages", ...way }, work);

  /** The button that leads on: the first that is seen. */
  const goesOn = (tab) => tab.follow(() => tab.page.locator("main .actions .button").click());

  /** What a page asks for and how it goes on, without its examples. */
  const asked = async (tab) => (await tab.page.locator("main :is(h1, h2, legend, label, button, .required)").allInnerTexts()).join("\n");

  async function leadsToItsEnd(tab, language, shop) {
    await tab.go(`/register?lang=${language}`);
    for (const step of ["industry", "venue", "measures", "contact"]) {
      await tab.looksRight(`1-${step}-${language}`);
      if (language === "en") assert.doesNotMatch(await asked(tab), /[ぁ-んァ-ヶ一-龠]/);
      if (step === "venue") await refusesDates(tab, language, shop);
      if (step === "measures") await tickSome(tab);
      await tab.fill(shop[step]);
      assert.equal(await goesOn(tab), 200, step);
    }
    await tab.looksRight(`2-check-${language}`);
    assert.match(await tab.text(), /2035/);
    assert.equal(await goesOn(tab), 200);
    await tab.looksRight(`3-sent-${language}`);
    await waitForMails(stack, shop.contact.email, 1);
    const [link] = await linksTo(stack, shop.contact.email);
    await tab.go(`${link}?lang=${language}`);
    await tab.looksRight(`4-link-${language}`);
    assert.equal(await goesOn(tab), 200);
    await tab.looksRight(`5-done-${language}`);
  }

  async function refusesDates(tab, language, shop) {
    await tab.fill({ ...shop.venue, event_start_time: "" });
    assert.equal(await goesOn(tab), 422);
    await tab.fill({ ...DATES, event_end_time: "2034-12-31T10:00" });
    assert.equal(await goesOn(tab), 422);
    assert.equal(await tab.page.locator(".summary a").getAttribute("href"), "#event_end_time");
    await tab.looksRight(`1-dates-problem-${language}`);
  }

  const newEvent = () => newShop({
    industry: { kind: "event" },
    venue: { name: "夏祭り", kana: "なつまつり", address: "本町1 会場", ...DATES },
    measures: { measures: "" },
    contact: { business_name: "" },
  });

  for (const language of ["ja", "ja-easy", "en"]) {
    for (const screen of [PHONE, DESK]) {
      test(`leads to its end in ${language}, ${screen.width} pixels wide`, { timeout: 120_000 }, () =>
        inNewTab({ screen, scripts: screen === PHONE }, (tab) => leadsToItsEnd(tab, language, newEvent())));
    }
  }

  test("keeps what was typed when the language is changed half-way", { timeout: 120_000 }, () =>
    inNewTab({}, async (tab) => {
      const shop = newEvent();
      await tab.go("/register");
      await tab.fill(shop.industry);
      await goesOn(tab);
      await tab.fill(shop.venue);
      assert.equal(await tab.press("English"), 200);
      assert.equal(await tab.page.inputValue("#name"), shop.venue.name);
      assert.equal(await tab.page.inputValue("#event_start_time"), DATES.event_start_time);
      assert.equal(await goesOn(tab), 200);
      assert.equal(await tab.page.getAttribute("html", "lang"), "en");
    }));

  test("prints when it is", { timeout: 120_000 }, () =>
    inNewTab({ scripts: false }, async (tab) => {
      await leadsToItsEnd(tab, "ja", newEvent());
      const text = await textOfPdf((await tab.download("感染防止対策取組書（PDF）")).bytes);
      assert.match(text, /2035年1月1日.*2日/);
    }));
});
