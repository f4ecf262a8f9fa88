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
// Nothing may scroll sideways here either: the narrowest phone, and a desk's screen at 200 %.
const OTHER_WIDTHS = [320, 640];

/** Why tests that need a browser are skipped; false when there is one. */
export const NO_BROWSER = existsSync(CHROMIUM) ? false : `no browser at ${CHROMIUM}`;

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1280, height: 900 };

/** The widths that pages are looked at: a phone and a desk. */
export const SCREENS = [PHONE, DESK];

/** A phone and a desk, each with JavaScript and without: {screen, scripts, where}. */
export const WAYS = SCREENS.flatMap((screen) => [true, false].map((scripts) => (
  { screen, scripts, where: `${screen.width} pixels wide, ${scripts ? "with" : "without"} JavaScript` })));

/** Registers hooks around the tests of the calling suite; returns how to open a tab inside them. */
export function browserForTests() {
  let browser;
  before(async () => {
    if (!NO_BROWSER) browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
  }, { timeout: 60_000 });
  after(() => browser?.close());
  return (options) => Tab.open(browser, options);
}

/** Does `work` in a tab of its own on `stack`, and asserts that the browser had nothing to complain of. */
export async function inTab(open, stack, options, work) {
  const tab = await open({ site: stack.env.GATEWAY_URL, screen: PHONE, scripts: true, ...options });
  try {
    await work(tab);
    assert.deepEqual(tab.complaints, []);
  } finally {
    await tab.close();
  }
}

/** A tab of its own, without cookies or history. */
export class Tab {
  #album;
  #browser;
  #complaints = [];
  #copy;
  #scripts;
  #status = 0;

  /** `site`: where it belongs; `scripts`: whether JavaScript runs; `album`: the folder of its pictures. */
  static async open(browser, { site, screen, scripts, album }) {
    const context = await browser.newContext({ viewport: screen, javaScriptEnabled: scripts, locale: "ja-JP" });
    return Tab.#make(context, browser, { site, screen, scripts, album });
  }

  static async #make(context, browser, { site, screen, scripts, album }) {
    const tab = new Tab(await context.newPage(), site);
    tab.#browser = browser;
    tab.#scripts = scripts;
    tab.#album = { name: album, folder: path.join(SCREENSHOTS, album), suffix: `${screen.width}${scripts ? "" : "-noscript"}` };
    return tab;
  }

  constructor(page, site) {
    this.page = page;
    this.site = site;
    page.setDefaultTimeout(20_000);
    page.on("pageerror", (error) => this.#complaints.push(String(error)));
    page.on("dialog", (dialog) => {
      this.#complaints.push(`a dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    page.on("console", (message) => this.#hear(message));
    page.on("request", (request) => {
      if (!request.url().startsWith(site)) this.#complaints.push(`asked elsewhere: ${request.url()}`);
    });
    page.on("response", (response) => {
      if (response.request().isNavigationRequest()) this.#status = response.status();
    });
  }

  /** Another tab of the same browser: it shares the cookies. */
  another() {
    const screen = this.page.viewportSize();
    const options = { site: this.site, screen, scripts: this.#scripts, album: this.#album.name };
    return Tab.#make(this.page.context(), this.#browser, options);
  }

  // A page that is an error on purpose is no complaint; a picture or a style that is missing is.
  #hear(message) {
    const itself = message.location().url === this.page.url();
    if (message.type() === "error" && !(itself && message.text().startsWith("Failed to load"))) {
      this.#complaints.push(message.text());
    }
  }

  async close() {
    await this.#copy?.context().close();
    await this.page.context().close();
  }

  /** Whether JavaScript runs. */
  get scripts() {
    return this.#scripts;
  }

  /** What the browser complained of, and the addresses of other sites it was sent to. */
  get complaints() {
    return this.#complaints;
  }

  /** Does what leads to another page; the status of that page. */
  async follow(action) {
    await Promise.all([this.page.waitForEvent("load"), action()]);
    return this.#status;
  }

  /** Opens a path of the site; the status of the answer. */
  go(where) {
    return this.follow(() => this.page.goto(this.site + where));
  }

  /** Presses a button by what it is called; the status of the page that follows. */
  press(name) {
    return this.follow(() => this.page.getByRole("button", { name }).click());
  }

  /** Follows a link by what it is called; the status of the page that follows. */
  click(name) {
    return this.follow(() => this.page.getByRole("link", { name }).click());
  }

  /** The way back in the browser, which may show a page that it kept. */
  async back() {
    await this.page.goBack({ waitUntil: "load" });
  }

  /** Fills in fields by their names: texts, choices, true or false for boxes, lists for lists of boxes. */
  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) {
      const field = this.page.locator(`main [name="${name}"]`);
      const { tag, type } = await field.first().evaluate(({ tagName, type }) => ({ tag: tagName, type }));
      if (type === "radio") await this.page.locator(`main [name="${name}"][value="${value}"]`).check();
      else if (Array.isArray(value)) await this.#chooseOnly(field, value);
      else if (typeof value === "boolean") await field.setChecked(value);
      else if (tag === "SELECT") await field.selectOption(value);
      else await field.fill(value);
    }
  }

  async #chooseOnly(boxes, values) {
    for (const box of await boxes.all()) await box.setChecked(values.includes(await box.getAttribute("value")));
  }

  /** The heading of the page. */
  heading() {
    return this.page.locator("h1").innerText();
  }

  /** All that can be read on the page. */
  text() {
    return this.page.locator("main").innerText();
  }

  /** The id of the element that has the focus, or else its class. */
  focused() {
    return this.page.evaluate("document.activeElement.id || document.activeElement.className");
  }

  /** What is downloaded by following the link of this name, with the name of the file. */
  async download(name) {
    const link = this.page.getByRole("link", { name });
    const response = await this.page.context().request.get(new URL(await link.getAttribute("href"), this.site).href);
    assert.equal(response.status(), 200, name);
    const { "content-type": type, "content-disposition": disposition = "" } = response.headers();
    return { bytes: await response.body(), type, file: /filename="([^"]+)"/.exec(disposition)?.[1] };
  }

  /**
   * Asserts that the page breaks no rule of WCAG 2.2 AA that axe can see and does not scroll sideways
   * at any width. Takes its picture as `name`.
   */
  async looksRight(name) {
    mkdirSync(this.#album.folder, { recursive: true });
    const picture = path.join(this.#album.folder, `${name}-${this.#album.suffix}.png`);
    await this.page.screenshot({ path: picture, fullPage: true });
    const violations = this.#scripts ? await violationsOn(this.page) : await this.#violationsOnCopy();
    assert.deepEqual(violations, [], name);
    const { width, height } = this.page.viewportSize();
    for (const each of [...OTHER_WIDTHS, width]) {
      await this.page.setViewportSize({ width: each, height });
      const needed = await this.page.evaluate("document.documentElement.scrollWidth");
      assert.equal(needed, each, `${name} scrolls sideways`);
    }
  }

  // Where scripts do not run, axe does not either: it sees the same page in a tab where they do.
  async #violationsOnCopy() {
    const screen = this.page.viewportSize();
    this.#copy ??= await (await this.#browser.newContext({ viewport: screen, locale: "ja-JP" })).newPage();
    const body = await this.page.content();
    const copyOf = (route) => route.fulfill({ body, contentType: "text/html; charset=utf-8" });
    await this.#copy.route(this.page.url(), copyOf);
    await this.#copy.goto(this.page.url(), { waitUntil: "load" });
    await this.#copy.unroute(this.page.url(), copyOf);
    return violationsOn(this.#copy);
  }
}

async function violationsOn(page) {
  // Without frames, which no page has, and without a list of all that is right: half as long.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await axe.withTags(WCAG_22_AA).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
