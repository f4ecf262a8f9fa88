// The health centre's side: one officer at the command line.
import path from "node:path";

import { japanTime } from "./clock.mjs";
import { ROOT, runProgram } from "./stack.mjs";

export class Officer {
  /** `name`: an identity in the stack's TLS_DIR, e.g. "officer-a". */
  constructor(stack, name) {
    this.stack = stack;
    this.name = name;
  }

  get env() {
    const { env } = this.stack;
    return {
      ...this.stack.callerEnv,
      OSHIRASE_NOTIFIER: env.NOTIFIER_ADDR,
      OSHIRASE_REGISTRY: env.REGISTRY_ADDR,
      OSHIRASE_TLS_CERT: path.join(env.TLS_DIR, `${this.name}.crt`),
      OSHIRASE_TLS_KEY: path.join(env.TLS_DIR, `${this.name}.key`),
      OSHIRASE_TLS_CA: path.join(env.TLS_DIR, "ca.crt"),
    };
  }

  static program() {
    const build = process.env.OSHIRASE_BUILD ?? "release";
    const folder = build.includes("/") ? path.resolve(build) : path.join(ROOT, "build", build);
    return path.join(folder, "bin/oshirase-authority");
  }

  /** Runs a command; what it printed. Throws with `exitCode` and `stderr`. */
  run(...args) {
    return runProgram(Officer.program(), args, this.env);
  }

  async json(...args) {
    return JSON.parse(await this.run(...args, "--json"));
  }

  /** Enters a case; `places` are {venue, from, to} with a venue code and milliseconds. Its id. */
  async submit({ ref, places, ...options }) {
    const args = ["case", "submit", "--case", ref];
    for (const { venue, from, to } of places) args.push("--at", venue, japanTime(from), japanTime(to));
    for (const [name, value] of Object.entries(options)) {
      if (value === true) args.push(`--${name}`);
      else if (value !== undefined && value !== false) args.push(`--${name}`, String(value));
    }
    return (await this.run(...args)).trim();
  }

  preview(id) {
    return this.json("case", "preview", id);
  }

  approve(id) {
    return this.json("case", "approve", id);
  }

  show(id) {
    return this.json("case", "show", id);
  }

  /** Waits until the case is finished and returns it. */
  async watch(id) {
    await this.run("case", "watch", id).catch((error) => {
      if (error.exitCode !== 1) throw error;
    });
    return this.show(id);
  }
}
