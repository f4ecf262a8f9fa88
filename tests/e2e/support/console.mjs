// The officer's web console: the program that an officer starts, and a browser on it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after } from "node:test";

import { Officer } from "../../../tools/story/officer.mjs";
import { browserForTests } from "./browser.mjs";
import { stackForTests } from "./stacks.mjs";

/** The screens that officers have. */
export const OFFICE_SCREENS = [{ width: 1280, height: 900 }, { width: 1920, height: 1080 }];

/** A console of one officer: `url` lets a browser in, `origin` is where it is. */
export class Console {
  static async start(stack, name, ...args) {
    const child = spawn(Officer.program(), ["console", "--json", ...args], {
      env: { ...process.env, ...new Officer(stack, name).env }, stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    for await (const piece of child.stdout) {
      printed += piece;
      if (printed.includes("\n")) break;
    }
    assert.notEqual(printed, "", "the console ended at once");
    const { url } = JSON.parse(printed);
    return Object.assign(new Console(), { child, url, origin: new URL(url).origin });
  }

  /** As Ctrl-C does; the exit code. */
  async stop() {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGINT");
    return ended;
  }
}

/** Registers a hook that ends them; returns how to start a console inside the suite's tests. */
export function consolesForTests(stack) {
  const started = new Map();
  after(() => Promise.all([...started.values()].map(async (running) => (await running).stop())));
  return (name) => {
    if (!started.has(name)) started.set(name, Console.start(stack, name));
    return started.get(name);
  };
}

/**
 * Does `work(tab, console)` in a tab on an officer's console, and asserts that the browser had nothing to
 * complain of but the refusals `refused` (HTTP statuses) that the work is about.
 */
export async function atDesk({ open, start }, { officer = "desk", screen, album, refused = [] }, work) {
  const running = await start(officer);
  const tab = await open({ site: running.origin, screen, scripts: true, album });
  try {
    await tab.page.goto(running.url);
    await tab.page.locator("h1").waitFor();
    await work(tab, running);
    const known = new RegExp(`^Failed to load resource: the server responded with a status of (${refused.join("|") || "none"}) `);
    assert.deepEqual(tab.complaints.filter((complaint) => !known.test(complaint)), []);
  } finally {
    await tab.close();
  }
}

/**
 * A stack for the tests of the calling suite, with browsers on consoles of its officers. `album`: where their
 * pictures are left. Returns the stack, how to work at one screen or at each, and how the desk registers a
 * venue of its own at the command line.
 */
export function deskForTests(album) {
  const stack = stackForTests();
  const tools = { open: browserForTests(), start: consolesForTests(stack) };
  const desk = new Officer(stack, "desk");
  let names = 0;

  function addVenue(changes = {}) {
    names += 1;
    const all = {
      name: `居酒屋${names}`, kind: "restaurant", municipality: "横浜市中区", address: `本町${names}-1`,
      email: `take${names}@example.jp`, phone: "045-000-0000", own_measures: "窓を開ける", ...changes,
    };
    const settings = Object.entries(all).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
    return desk.json("register", "add", "--reason", "電話で依頼", ...settings);
  }

  const onScreen = (screen, options, work) => atDesk(tools, { screen, album, ...options }, work);
  const onOneScreen = (options, work) => onScreen(OFFICE_SCREENS[0], options, work);
  async function onEachScreen(options, work) {
    for (const screen of OFFICE_SCREENS) await onScreen(screen, options, work);
  }
  return { stack, desk, start: tools.start, addVenue, onOneScreen, onEachScreen };
}

/** Opens a page by its address and waits until it stands. */
export async function at(tab, path, heading) {
  await tab.page.evaluate((hash) => { location.hash = hash; }, `#${path}`);
  await settled(tab, heading);
}

/** Waits until the page of this heading stands. */
export async function settled(tab, heading) {
  await tab.page.getByRole("heading", { level: 1, name: heading }).waitFor();
  await tab.page.waitForFunction(() => document.querySelector("[aria-busy]") === null);
}

/** A button by its words. */
export const button = (tab, name) => tab.page.getByRole("button", { name, exact: true });
/** Waits until the console has said it. */
export const said = (tab, words) => tab.page.locator("#said", { hasText: words }).waitFor();
/** A field by its name. */
export const field = (tab, name) => tab.page.locator(`main [name="${name}"]`);

/** Fills in the dialog that is open and confirms it. */
export async function confirm(tab, words, fields = {}) {
  const dialog = tab.page.getByRole("dialog");
  for (const [name, value] of Object.entries(fields)) {
    const control = dialog.locator(`[name="${name}"]`);
    const radio = await control.first().getAttribute("type") === "radio";
    if (radio) await dialog.locator(`[name="${name}"][value="${value}"]`).check();
    else await control.fill(value);
  }
  await dialog.getByRole("button", { name: words, exact: true }).click();
}
