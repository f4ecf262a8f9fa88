// The officer's web console: the program that an officer starts, and a browser on it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after } from "node:test";

import { Officer } from "../../../tools/story/officer.mjs";

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
