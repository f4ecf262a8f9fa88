// A real browser for the pages that people see: opened as a person would, looked over by axe, and
// photographed for people to judge.
import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { after, before } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";

import { ROOT } from "../../../tools/story/stack.mjs";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const SCREENSHOTS = path.join(ROOT, "build", "screenshots");

/** Why tests that need a browser are skipped; false when there is one. */
export const NO_BROWSER = existsSync(CHROMIUM) ? false : `no browser at ${CHROMIUM}`;

/** The widths that pages are looked at: a phone and a desk. */
export const SCREENS = [{ width: 390, height: 844 }, { width: 1280, height: 900 }];

/** Registers hooks around the tests of the calling suite; returns how to open a tab inside them. */
export function browserForTests() {
  let browser;
  before(async () => {
    if (!NO_BROWSER) browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
  }, { timeout: 60_000 });
  after(() => browser?.close());
  return (options) => Tab.open(browser, options);
}

/** A tab of its own, without cookies or history. */
export class Tab {
  #album;
  #browser;
  #complaints = [];
  #scripts;
  #status = 0;

  /** `site`: where it belongs; `scripts`: whether JavaScript runs; `album`: the folder of its pictures. */
  static async open(browser, { site, screen, scripts, album }) {
    const context = await browser.newContext({ viewport: screen, javaScriptEnabled: scripts, locale: "ja-JP" });
    const tab = new Tab(await context.newPage(), site);
    tab.#browser = browser;
    tab.#scripts = scripts;
    tab.#album = { folder: path.join(SCREENSHOTS, album), suffix: `${screen.width}${scripts ? "" : "-noscript"}` };
    return tab;
  }

  constructor(page, site) {
    this.page = page;
    this.site = site;
    page.setDefaultTimeout(10_000);
    page.on("pageerror", (error) => this.#complaints.push(String(error)));
    page.on("console", (message) => this.#hear(message));
    page.on("request", (request) => {
      if (!request.url().startsWith(site)) this.#complaints.push(`asked elsewhere: ${request.url()}`);
    });
    page.on("response", (response) => {
      if (response.request().isNavigationRequest()) this.#status = response.status();
    });
  }

  // A page that is an error on purpose is no complaint; a picture or a style that is missing is.
  #hear(message) {
    const itself = message.location().url === this.page.url();
    if (message.type() === "error" && !(itself && message.text().startsWith("Failed to load"))) {
      this.#complaints.push(message.text());
    }
  }

  close() {
    return this.page.context().close();
  }

  /** What the browser complained of, and the addresses of other sites it was sent to. */
  get complaints() {
    return this.#complaints;
  }

  async #follow(action) {
    const loaded = this.page.waitForEvent("load");
    await action();
    await loaded;
    return this.#status;
  }

  /** Opens a path of the site; the status of the answer. */
  go(where) {
    return this.#follow(() => this.page.goto(this.site + where));
  }

  /** Presses a button by what it is called; the status of the page that follows. */
  press(name) {
    return this.#follow(() => this.page.getByRole("button", { name }).click());
  }

  /** Fills in fields by their names: texts, choices, and true or false for boxes. */
  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) {
      const field = this.page.locator(`[name="${name}"]`);
      const tag = await field.evaluate((element) => element.tagName);
      if (typeof value === "boolean") await field.setChecked(value);
      else if (tag === "SELECT") await field.selectOption(value);
      else await field.fill(value);
    }
  }

  /** The heading of the page. */
  heading() {
    return this.page.locator("h1").innerText();
  }

  /** The id of the element that has the focus. */
  focused() {
    return this.page.evaluate("document.activeElement.id");
  }

  /**
   * Asserts that the page breaks no rule of WCAG 2.2 AA that axe can see and does not scroll sideways.
   * Takes its picture as `name`.
   */
  async looksRight(name) {
    mkdirSync(this.#album.folder, { recursive: true });
    const picture = path.join(this.#album.folder, `${name}-${this.#album.suffix}.png`);
    await this.page.screenshot({ path: picture, fullPage: true });
    const violations = this.#scripts ? await violationsOn(this.page) : await this.#violationsOnCopy();
    assert.deepEqual(violations, [], name);
    const { width } = this.page.viewportSize();
    assert.equal(await this.page.evaluate("document.documentElement.scrollWidth"), width, `${name} scrolls sideways`);
  }

  // Where scripts do not run, axe does not either: it sees the same page in a tab where they do.
  async #violationsOnCopy() {
    const context = await this.#browser.newContext({ viewport: this.page.viewportSize(), locale: "ja-JP" });
    try {
      const copy = await context.newPage();
      const body = await this.page.content();
      await copy.route(this.page.url(), (route) => route.fulfill({ body, contentType: "text/html; charset=utf-8" }));
      await copy.goto(this.page.url());
      return await violationsOn(copy);
    } finally {
      await context.close();
    }
  }
}

async function violationsOn(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG_22_AA).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
