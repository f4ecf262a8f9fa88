// A private stack of the whole suite, driven through tools/stack alone, as an outside program would.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Runs a program of the project and returns what it printed; throws with its stderr otherwise. */
export async function runProgram(program, args, env = {}) {
  try {
    const options = { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
    return (await run(program, args, options)).stdout;
  } catch (error) {
    const said = `${error.stderr ?? ""}`.trim() || error.message;
    throw Object.assign(new Error(`${path.basename(program)} ${args.slice(0, 3).join(" ")}: ${said}`), {
      exitCode: error.code,
      stdout: error.stdout,
      stderr: error.stderr,
    });
  }
}

export class Stack {
  /** `clockOffset`: seconds by which every clock of the stack is off. */
  constructor(dir, { clockOffset = 0, replicas, settings = [] } = {}) {
    this.dir = dir;
    this.clockOffset = clockOffset;
    this.replicas = replicas;
    this.settings = settings;
  }

  get callerEnv() {
    return { OSHIRASE_CLOCK_OFFSET: String(this.clockOffset) };
  }

  #stack(...args) {
    return runProgram(path.join(ROOT, "tools/stack"), args, this.callerEnv);
  }

  /** Starts what does not run and reads where everything is. */
  async up() {
    const replicas = this.replicas ? ["--replicas", this.replicas] : [];
    const settings = this.settings.flatMap((setting) => ["--set", setting]);
    await this.#stack("up", this.dir, ...replicas, ...settings);
    this.env = readEnv(path.join(this.dir, "env"));
    return this;
  }

  down() {
    return this.#stack("down", this.dir);
  }

  restart(service) {
    return this.#stack("restart", this.dir, service);
  }

  /** SIGKILL, at once, to one process. */
  kill(name) {
    process.kill(this.pid(name), "SIGKILL");
  }

  pid(name) {
    return Number(readFileSync(path.join(this.dir, "pids", `${name}.pid`), "utf8").split(/\s/)[0]);
  }

  log(name) {
    return readFileSync(path.join(this.dir, "logs", `${name}.log`), "utf8");
  }

  /** Registers venues through the registry and returns them. */
  async seed(count, ...options) {
    const lines = (await this.#stack("seed", this.dir, String(count), ...options)).trim().split("\n");
    return lines.map((line) => JSON.parse(line));
  }

  /** The services' time, in milliseconds. */
  now() {
    return Date.now() + this.clockOffset * 1000;
  }
}

/** Reads KEY=VALUE lines; values may be in single quotes, as a shell writes them. */
function readEnv(file) {
  const env = {};
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const at = line.indexOf("=");
    if (at < 0) continue;
    env[line.slice(0, at)] = line.slice(at + 1).replace(/^'(.*)'$/s, "$1");
  }
  return env;
}
