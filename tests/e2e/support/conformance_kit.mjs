// What the conformance tests share: webhooks of their own making, fresh venues, processes that stand
// still for a while, and looks into the outbox.
import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import pg from "pg";

import { MINUTE } from "../../../tools/story/clock.mjs";
import { Line } from "../../../tools/story/line.mjs";
import { Officer } from "../../../tools/story/officer.mjs";
import { newReplyToken, newUserId, newWebhookEventId } from "../../../tools/line-sandbox/ids.mjs";
import { query } from "./database.mjs";

export const REPLY = "/v2/bot/message/reply";
export const MULTICAST = "/v2/bot/message/multicast";

export const sign = (body, secret, algorithm = "sha256") =>
  createHmac(algorithm, secret).update(body).digest("base64");

/** The same event, delivered again. */
export const again = (event) => ({ ...event, deliveryContext: { isRedelivery: true } });

/** Waits until `look` returns something true, and returns it. */
export async function until(look, what, timeoutMs = 60_000) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`still not so after ${timeoutMs / 1000} s: ${what}`);
    await sleep(100);
  }
}

export class Kit {
  #venues = [];

  constructor(stack) {
    this.stack = stack;
  }

  get line() {
    return new Line(this.stack.env.LINE_SANDBOX_URL);
  }

  get secret() {
    return this.stack.env.LINE_CHANNEL_SECRET;
  }

  /** A venue that no other test uses. */
  async venue() {
    if (this.#venues.length === 0) this.#venues = await this.stack.seed(20);
    return this.#venues.pop();
  }

  async visits(venue) {
    const sql = "SELECT count(*)::int FROM checkin.visits WHERE venue_id = $1";
    return (await query(this.stack, sql, [venue.venue_id]))[0].count;
  }

  /** When the tests' visits happen: a while ago, so that a case can be about them. */
  get visitTime() {
    return Math.floor(this.stack.now() / 1000) * 1000 - 20 * MINUTE;
  }

  /** An event as LINE sends it; `more` adds to it or, with undefined, takes out. */
  event(type, userId, more = {}) {
    return {
      type, mode: "active", timestamp: this.visitTime, source: { type: "user", userId },
      webhookEventId: newWebhookEventId(this.stack.now()), deliveryContext: { isRedelivery: false },
      replyToken: newReplyToken(), ...more,
    };
  }

  text(userId, words, more = {}) {
    return this.event("message", userId, { message: { type: "text", id: "1", quoteToken: "q", text: words }, ...more });
  }

  scan(venue, { userId = newUserId(), ...more } = {}) {
    return this.text(userId, `来店 ${venue.venue_code}`, more);
  }

  body(events, destination = this.stack.env.LINE_BOT_USER_ID) {
    return JSON.stringify({ destination, events });
  }

  /**
   * Posts bytes to the webhook, signed rightly unless told otherwise; `signature: null` leaves it out.
   * On a busy machine 503 may be the right answer: then it is posted again, as LINE would, unless `once`.
   */
  async post(body, { signature = sign(body, this.secret), headers = {}, once = false } = {}) {
    const signed = signature === null ? {} : { "x-line-signature": signature };
    const request = { method: "POST", headers: { "content-type": "application/json", ...signed, ...headers }, body };
    return until(async () => {
      const began = performance.now();
      const response = await fetch(`${this.stack.env.GATEWAY_URL}/line/webhook`, { ...request, redirect: "manual" });
      await response.arrayBuffer();
      const answer = { status: response.status, ms: performance.now() - began };
      return (once || answer.status !== 503) && answer;
    }, "the webhook has an answer for good");
  }

  /** Sends events as LINE, which knows their reply tokens; the status of the answer that is not 503. */
  send(events, delivery) {
    return until(async () => {
      const { status } = await this.line.events(events, delivery);
      return status !== null && status !== 503 && status;
    }, "the webhook has an answer for good");
  }

  /** Delivers events again, as LINE does after a failure. */
  redeliver(events) {
    return this.send(events.map(again));
  }

  /** Runs `work` while processes stand still. */
  async whileStopped(names, work) {
    const pids = names.map((name) => this.stack.pid(name));
    for (const pid of pids) process.kill(pid, "SIGSTOP");
    try {
      return await work();
    } finally {
      for (const pid of pids) process.kill(pid, "SIGCONT");
    }
  }

  /** Runs `work` while nothing can be written to the table of visits. */
  async whileVisitsAreLocked(work) {
    const [, user, database, host] = /^postgres:\/\/([^@]*)@\/([^?]*)\?host=(.*)$/.exec(this.stack.env.DATABASE_URL);
    const client = new pg.Client({ user, database, host });
    await client.connect();
    try {
      await client.query("BEGIN");
      await client.query("LOCK TABLE checkin.visits IN EXCLUSIVE MODE");
      return await work();
    } finally {
      await client.end();
    }
  }

  async killAndRevive(...names) {
    for (const name of names) this.stack.kill(name);
    await this.stack.up();
  }

  /** Every request the account made of LINE. */
  async requests() {
    return (await fetch(`${this.stack.env.LINE_SANDBOX_URL}/_sandbox/requests`)).json();
  }

  /** The replies with a token that LINE looked at. */
  async repliesWith(token) {
    return (await this.line.requests(REPLY)).filter(({ body }) => body?.replyToken === token);
  }

  async #metrics(service) {
    const pair = this.stack.env.METRICS_URLS.split(" ").find((each) => each.startsWith(`${service}=`));
    return new Promise((resolve, reject) => {
      // On a connection of its own: the endpoint closes kept ones without notice.
      http.get(pair.slice(service.length + 1), { agent: false }, async (response) => {
        let text = "";
        for await (const part of response.setEncoding("utf8")) text += part;
        resolve(text.split("\n"));
      }).on("error", reject);
    });
  }

  /** The sum of a metric's values, over all labels unless `name` has some. */
  async metric(service, name) {
    const rows = (await this.#metrics(service)).filter((row) => row.startsWith(`${name} `) || row.startsWith(`${name}{`));
    return rows.reduce((sum, row) => sum + Number(row.split(" ").at(-1)), 0);
  }

  /**
   * Runs `work`, waits until `count` replies more have ended as `result`, and returns the requests they
   * were. A request that met a fault has no body, so they are told apart by their order.
   */
  async repliesDuring(work, result, count) {
    const ended = () => this.metric("gateway", "oshirase_replies_total");
    const matching = () => this.metric("gateway", `oshirase_replies_total{result="${result}"}`);
    const requests = () => this.line.requests(REPLY);
    for (let before = -1; before !== (await ended());) {  // none of an earlier test is under way
      before = await ended();
      await sleep(300);
    }
    const [seen, was] = [(await requests()).length, await matching()];
    await work();
    await until(async () => (await matching()) >= was + count, `${count} replies ${result}`);
    return (await requests()).slice(seen);
  }

  /** The files the suite keeps, the sandbox's aside, that hold `words`. */
  async filesWith(words) {
    await query(this.stack, "CHECKPOINT");  // so that memory is on disk
    const skip = ["--exclude-dir=line-sandbox", "--exclude=line-sandbox.log", "--devices=skip"];
    const found = await promisify(execFile)("grep", ["-rlaF", ...skip, "-e", words, this.stack.dir])
      .catch((error) => (error.code === 1 ? { stdout: "" } : Promise.reject(error)));
    return found.stdout.split("\n").filter((file) => file !== "");
  }

  // Cases.

  /** Friends of the account who were at `venue`; `count` of them. In standby, so that no reply is due. */
  async visitors(count, venue) {
    const users = (await this.line.users(count, { friends: true })).map(({ userId }) => userId);
    const scans = users.map((userId) => this.scan(venue, { userId, mode: "standby", replyToken: undefined }));
    for (let i = 0; i < scans.length; i += 100) await this.redeliver(scans.slice(i, i + 100));
    return users;
  }

  submit(ref, venue) {
    const time = this.visitTime;
    const places = [{ venue: venue.venue_code, from: time - 60 * MINUTE, to: time + 15 * MINUTE }];
    return new Officer(this.stack, "officer-a").submit({ ref, places });
  }

  approve(id) {
    return new Officer(this.stack, "officer-b").approve(id);
  }

  resume(id) {
    return new Officer(this.stack, "officer-b").run("case", "resume", id);
  }

  /** Submits and approves a case about `venue`; its id. */
  async tell(ref, venue) {
    const id = await this.submit(ref, venue);
    await this.approve(id);
    return id;
  }

  /** Waits until a case is in a state, and for its reason if it is paused. */
  reach(id, state, reason = "") {
    const sql = "SELECT state, pause_reason FROM notifier.cases WHERE case_id = $1";
    return until(async () => {
      const [seen] = await query(this.stack, sql, [id]);
      return seen.state === state && seen.pause_reason === reason;
    }, `case ${state} ${reason}`);
  }

  batches(id) {
    const sql = "SELECT * FROM notifier.batches WHERE case_id = $1 ORDER BY plan_time";
    return query(this.stack, sql, [id]);
  }

  async noticesOf(users) {
    return Promise.all(users.map(async (userId) => (await this.line.notices(userId)).length));
  }
}

export const retryKeyOf = (request) => request.headers["x-line-retry-key"];
