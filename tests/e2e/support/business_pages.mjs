// The business's side as a person goes through it in a browser: the steps of the form, the mailed
// link, the page of a venue.
import assert from "node:assert/strict";

import { mailedLinks, newLink, registerByForm } from "../../../tools/story/business.mjs";

/** A noodle shop, step by step of the form. */
export const NOODLE_SHOP = {
  industry: { kind: "restaurant" },
  venue: {
    name: "みなと食堂 日本大通り本店",
    kana: "みなとしょくどう",
    postal_code: "231-0021",
    municipality: "横浜市中区",
    address: "日本大通1 県庁前ビル3階",
    phone: "045-210-1111",
  },
  measures: { measures: "入口に消毒液を置いています\n30分ごとに換気しています" },
  contact: { business_name: "みなと商店", name_consent: false, listed: true },
};

let shops = 0;

/** A noodle shop that no other test knows: its own name, place and address for mail. */
export function newShop(changes = {}) {
  const number = ++shops;
  const shop = structuredClone(NOODLE_SHOP);
  Object.assign(shop.venue, { name: `みなと食堂${number}号店`, address: `日本大通${number}` });
  Object.assign(shop.contact, { email: `shop${number}-${Date.now()}@example.jp` });
  for (const [step, answers] of Object.entries(changes)) Object.assign(shop[step], answers);
  return shop;
}

export const NEXT = "次へ進む";
export const SEND = "この内容で送信する";

/** The number of measures that `fillIn` ticks. */
const TICKED = 4;

/** Goes from the first step to the page that shows all answers. */
export async function fillIn(tab, shop, start = "/register") {
  await tab.go(start);
  for (const step of ["industry", "venue", "measures", "contact"]) {
    if (step === "measures") await tickSome(tab);
    await tab.fill(shop[step]);
    assert.equal(await tab.press(NEXT), 200, `${step}: ${await tab.text()}`);
  }
}

/** Ticks the first measures of the checklist; returns what they say. */
export async function tickSome(tab, count = TICKED) {
  const labels = [];
  for (const box of (await tab.page.locator("main [name=measure_ids]").all()).slice(0, count)) {
    await box.check();
    labels.push(await tab.page.locator(`label[for="${await box.getAttribute("id")}"]`).innerText());
  }
  return labels;
}

/** Opens the link that is mailed to `email`, not one of the `known`, and presses its button; returns its path. */
export async function followMail(tab, stack, { email, known = [], button, look = () => {} }) {
  const link = new URL(await newLink(stack.env.MAIL_URL, email, known));
  assert.equal(await tab.go(link.pathname), 200);
  await look();
  assert.equal(await tab.press(button), 200);
  return link.pathname;
}

/** Registers a shop, to the page with everything to download; returns that page's path. */
export async function register(tab, stack, shop) {
  const { email } = shop.contact;
  const known = await mailedLinks(stack.env.MAIL_URL, email);
  await fillIn(tab, shop);
  assert.equal(await tab.press(SEND), 200);
  await followMail(tab, stack, { email, known, button: "登録を終える" });
  return new URL(tab.page.url()).pathname;
}

/** A shop's answers in one, as a form sends them. */
export function flat({ industry, venue, measures, contact }) {
  const ticked = Object.entries(contact).filter(([, value]) => value !== false);
  const boxes = ticked.map(([name, value]) => [name, value === true ? "yes" : value]);
  return { ...industry, ...venue, ...measures, ...Object.fromEntries(boxes) };
}

/** Registers a shop without a browser; returns {code, url, path, cookie} of its venue. */
export function registerQuickly(stack, shop) {
  return registerByForm(stack.env, flat(shop));
}

/** Gives `tab` the session of who registered a venue, and opens the venue's page. */
export async function enter(tab, { cookie, path }) {
  const [name, value] = cookie.split("=");
  await tab.page.context().addCookies([{ name, value, url: tab.site }]);
  assert.equal(await tab.go(path), 200);
}

/** Opens the upkeep pages with a mailed link, as on another day. */
export async function openUpkeep(tab, stack, email) {
  const known = await mailedLinks(stack.env.MAIL_URL, email);
  await tab.go("/upkeep/link");
  await tab.fill({ email });
  assert.equal(await tab.press("リンクを送る"), 200);
  return followMail(tab, stack, { email, known, button: "登録した内容を開く" });
}

/** All mails to `email`, the oldest first. */
export async function mailsTo(stack, email) {
  return (await fetch(`${stack.env.MAIL_URL}/api/messages?to=${encodeURIComponent(email)}`)).json();
}

/** The paths of the links in all mails to `email`, the oldest first. */
export async function linksTo(stack, email) {
  return (await mailedLinks(stack.env.MAIL_URL, email)).map((link) => new URL(link).pathname);
}

/** Waits until `count` mails to `email` are there, and returns them. */
export async function waitForMails(stack, email, count, seconds = 30) {
  for (const end = Date.now() + seconds * 1000; ; ) {
    const mails = await mailsTo(stack, email);
    if (mails.length >= count) return mails;
    assert.ok(Date.now() < end, `${mails.length} mails instead of ${count}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
