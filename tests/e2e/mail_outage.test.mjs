// The mail server down, slow or refusing while businesses register: nothing is lost, every mail comes
// once when the server is back, and the pages say what to expect. SIGKILL of the registry meanwhile.
// Pictures of the pages are left in build/screenshots/mail.
import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";

import { fillInForm, sendForm, useLink } from "../../tools/story/business.mjs";
import { browserForTests, inTab, NO_BROWSER, SCREENS } from "./support/browser.mjs";
import { fillIn, flat, linksTo, mailsTo, newShop, SEND, waitForMails } from "./support/business_pages.mjs";
import { stackForTests } from "./support/stacks.mjs";

/** Beyond the five minutes for which a mail is left to who may be sending it. */
const LEASE_OVER_S = 330;
/** Longer than a mail takes that is on its way already. */
const QUIET_MS = 3000;
/** A page does not wait for a mail server. */
const PATIENCE_MS = 8000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

describe("registrations while the mail server", { skip: NO_BROWSER }, () => {
  const stack = stackForTests();
  const open = browserForTests();
  const inNewTab = (way, work) => inTab(open, stack, { album: "mail", ...way }, work);

  const misbehave = (fault) => fetch(`${stack.env.MAIL_URL}/api/faults`, { method: "POST", body: JSON.stringify(fault) });
  afterEach(() => fetch(`${stack.env.MAIL_URL}/api/faults`, { method: "DELETE" }));

  /** Sends the form of a shop, without a browser. */
  async function sends(shop) {
    const site = stack.env.GATEWAY_URL;
    const page = await fillInForm(site, flat(shop));
    const start = Date.now();
    const sent = await sendForm(site, page);
    assert.equal(sent.status, 303, "the registration is kept, whatever becomes of the mail");
    assert.ok(Date.now() - start < PATIENCE_MS, "the page does not wait for the mail");
  }

  /** The gateway takes a moment to reach a registry that was started again. */
  async function registryIsReached() {
    const page = `${stack.env.GATEWAY_URL}/links/${"x".repeat(43)}`;
    for (let i = 0; (await fetch(page)).status === 503; i++) {
      assert.ok(i < 40, "the registry is not reached");
      await pause(250);
    }
  }

  /** The one mail with a link comes, its link works, and the sheet follows. */
  async function finishes(shop) {
    const { email } = shop.contact;
    await waitForMails(stack, email, 1, 90);
    const [link] = await linksTo(stack, email);
    const { location } = await useLink(stack.env.GATEWAY_URL, stack.env.GATEWAY_URL + link);
    assert.match(location, /^\/upkeep\/venues\//);
    await waitForMails(stack, email, 2, 90);
  }

  async function eachGotOneOfEach(shops) {
    await pause(QUIET_MS);
    for (const { contact } of shops) {
      const mails = await mailsTo(stack, contact.email);
      assert.deepEqual(mails.map(({ attachments }) => attachments.length), [0, 1]);
    }
  }

  test("is down are kept, through a SIGKILL of the registry too", { timeout: 240_000 }, async () => {
    const shops = [newShop(), newShop(), newShop()];
    stack.kill("mail");
    await sends(shops[0]);
    await inNewTab({ scripts: false }, async (tab) => {
      await fillIn(tab, shops[1]);
      assert.equal(await tab.press(SEND), 200);
      assert.match(await tab.text(), /メールのサーバーが止まっていても、動きだしたら届きます/);
    });
    stack.kill("registry");
    await stack.restart("registry");
    await registryIsReached();
    await sends(shops[2]);
    await stack.restart("mail");
    for (const shop of shops) await finishes(shop);
    await eachGotOneOfEach(shops);
  });

  test("is slow do not wait for it", { timeout: 240_000 }, async () => {
    const shops = [newShop(), newShop()];
    await misbehave({ kind: "delay", ms: 4000, times: 2 });
    for (const shop of shops) await sends(shop);
    for (const shop of shops) await finishes(shop);
    await eachGotOneOfEach(shops);
  });

  for (const fault of [
    { kind: "defer", at: "rcpt", code: 450 },
    { kind: "defer", at: "connect", code: 421 },
    { kind: "drop", at: "data" },
  ]) {
    test(`says "${fault.kind}" at "${fault.at}" are tried again`, { timeout: 240_000 }, async () => {
      const shop = newShop();
      await misbehave(fault);
      await sends(shop);
      await finishes(shop);
      await eachGotOneOfEach([shop]);
    });
  }

  test("refuses one address do not keep others waiting", { timeout: 240_000 }, async () => {
    const [refused, other] = [newShop(), newShop()];
    await misbehave({ kind: "reject", at: "rcpt", code: 550, to: refused.contact.email, times: 100 });
    await sends(refused);
    await sends(other);
    await finishes(other);
    assert.deepEqual(await mailsTo(stack, refused.contact.email), [], "who typed a wrong address gets nothing");
  });

  test("is being spoken to when the registry dies are mailed once it is back", { timeout: 240_000 }, async () => {
    const shop = newShop();
    await misbehave({ kind: "delay", at: "connect", ms: 60_000 });
    await sends(shop);
    await pause(500);
    stack.kill("registry");
    stack.clockOffset = LEASE_OVER_S;
    await stack.restart("registry");
    await registryIsReached();
    await finishes(shop);
    await eachGotOneOfEach([shop]);
  });

  test("runs, but the registry is away, are sent again from the page", { timeout: 240_000 }, async () => {
    const shop = newShop();
    await inNewTab({}, async (tab) => {
      await fillIn(tab, shop);
      stack.kill("registry");
      assert.equal(await tab.press(SEND), 503);
      assert.equal(await tab.heading(), "まだ送信できていません");
      for (const screen of SCREENS) {
        await tab.page.setViewportSize(screen);
        await tab.looksRight(`again-${screen.width}`);
      }
      await stack.restart("registry");
      for (let i = 0; i < 20 && (await tab.heading()) === "まだ送信できていません"; i++) await tab.press("もう一度送信する");
      assert.equal(await tab.heading(), "メールをご確認ください");
    });
    await finishes(shop);
    await eachGotOneOfEach([shop]);
  });
});
