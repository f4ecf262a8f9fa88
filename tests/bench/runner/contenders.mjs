// Who is measured: Oshirase on a stack of its own, and the peer with 1 and with 2 processes, each
// with a Postgres, a Redis and an nginx that nobody else uses.
import { writeFileSync } from "node:fs";
import path from "node:path";

import pg from "pg";

import { ROOT, Stack, runProgram } from "../../../tools/story/stack.mjs";

const PEER_STACK = path.join(ROOT, "tests/bench/peer/stack");
const SERVICES = ["gateway", "checkin", "registry", "notifier"];
const AROUND = ["nginx", "postgres", "redis"];

class Contender {
  /** `served`: the processes that are the service itself, by their names in DIR/pids. */
  constructor({ name, title, dir, served, count }) {
    Object.assign(this, { name, title, dir, served, countStatement: count });
  }

  /** `env`: GATEWAY_URL and DATABASE_URL of the running stack. */
  async opened(stack, env) {
    this.port = Number(new URL(env.GATEWAY_URL).port);
    this.roots = Object.fromEntries([...this.served, ...AROUND].map((one) => [one, stack.pid(one)]));
    this.database = new pg.Client({ connectionString: env.DATABASE_URL });
    await this.database.connect();
  }

  /** How many visits the database holds. */
  async countRows() {
    return Number((await this.database.query(this.countStatement)).rows[0].count);
  }

  /** {commits, rows} so far; the peer commits each row alone. */
  async commits() {
    const rows = await this.countRows();
    return { rows, commits: rows };
  }

  async close() {
    await this.database?.end();
    await runProgram(path.join(ROOT, "tools/stack"), ["down", this.dir]).catch(() => {});
  }
}

class Oshirase extends Contender {
  constructor(dir) {
    super({ name: "oshirase", title: "Oshirase", dir, served: SERVICES,
      count: "SELECT count(*) FROM checkin.visits" });
  }

  async open() {
    this.stack = new Stack(this.dir);
    await this.stack.up();
    await this.opened(this.stack, this.stack.env);
    const urls = this.stack.env.METRICS_URLS.split(" ").map((pair) => pair.split("="));
    this.metricsUrl = Object.fromEntries(urls).checkin;
    this.botUserId = this.stack.env.LINE_BOT_USER_ID;
    this.secretFile = path.join(this.dir, "channel-secret");
    writeFileSync(this.secretFile, this.stack.env.LINE_CHANNEL_SECRET, { mode: 0o600 });
  }

  async commits() {
    const text = await (await fetch(this.metricsUrl)).text();
    const value = (name) => Number(text.match(new RegExp(`^${name} (\\S+)$`, "m"))?.[1] ?? 0);
    return {
      rows: value("oshirase_checkin_rows_per_commit_sum"),
      commits: value("oshirase_checkin_rows_per_commit_count"),
    };
  }
}

class Peer extends Contender {
  constructor(dir, workers) {
    super({ name: `peer-${workers}`, title: `Node peer, ${workers} process${workers > 1 ? "es" : ""}`,
      dir, served: ["peer"], count: "SELECT count(*) FROM visits" });
    this.workers = workers;
  }

  async open(secretFile, venues) {
    const said = await runProgram(PEER_STACK,
      ["up", this.dir, "--workers", String(this.workers), "--secret-file", secretFile]);
    const env = JSON.parse(said);
    await this.opened(new Stack(this.dir), env);
    const column = (name) => venues.map((venue) => venue[name]);
    await this.database.query(
      "INSERT INTO venues (venue_code, venue_id, name) SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[])",
      [column("venue_code"), column("venue_id"), column("name")]);
  }
}

/** Starts all three with the same venues and the same channel in folders under `dir`. */
export async function openContenders(dir, venueCount, contenders = []) {
  const ours = new Oshirase(path.join(dir, "oshirase"));
  contenders.push(ours);
  await ours.open();
  const venues = await ours.stack.seed(venueCount);
  const venuesFile = path.join(dir, "venues.jsonl");
  writeFileSync(venuesFile, venues.map((venue) => `${JSON.stringify(venue)}\n`).join(""));
  for (const workers of [1, 2]) {
    const peer = new Peer(path.join(dir, `peer-${workers}`), workers);
    contenders.push(peer);
    await peer.open(ours.secretFile, venues);
  }
  for (const one of contenders) {
    Object.assign(one, { venuesFile, secretFile: ours.secretFile, botUserId: ours.botUserId });
  }
  return contenders;
}
