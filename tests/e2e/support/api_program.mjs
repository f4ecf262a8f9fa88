// A business's program: sends requests to the API, and holds every exchange to the description.
import { createHash, randomBytes, randomUUID } from "node:crypto";
import http from "node:http";

import { query } from "./database.mjs";

/** Gives the business of `email`, made if need be, an API key, and returns it. */
export async function issueApiKey(stack, email) {
  const key = `osk_${randomBytes(32).toString("base64url")}`;
  await query(stack,
    `INSERT INTO registry.businesses (business_id, email, email_key, create_time)
     VALUES (gen_random_uuid(), $1, lower($1), now()) ON CONFLICT (email_key) DO NOTHING`, [email]);
  await query(stack,
    `INSERT INTO registry.api_keys (api_key_id, request_id, secret_hash, business_id, label, create_time)
     SELECT gen_random_uuid(), gen_random_uuid(), $2, business_id, 'e2e', now()
     FROM registry.businesses WHERE email_key = lower($1)`, [email, createHash("sha256").update(key).digest()]);
  return key;
}

/** One request over a connection of its own, from the address `from`; like fetch(), but it sends what it is told. */
function send(url, { method, headers, body, from }) {
  const { hostname, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, path: pathname + search, method, localAddress: from, agent: false,
      headers: Object.fromEntries(headers) }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => {
        const answer = new Headers();
        for (let i = 0; i < response.rawHeaders.length; i += 2) answer.append(response.rawHeaders[i], response.rawHeaders[i + 1]);
        resolve({ status: response.statusCode, headers: answer, bytes: Buffer.concat(parts) });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

export class ApiProgram {
  /** `from` is an address of this machine; without `key` it shows none. */
  constructor(site, description, { key, from } = {}) {
    this.site = site;
    this.description = description;
    this.key = key;
    this.from = from;
  }

  /** Sends one request. `body`: an object is sent as JSON, bytes as they are. A header of null is not sent. */
  async send(method, path, { body, headers = {}, waits = true } = {}) {
    const sent = new Headers();
    const bytes = body === undefined ? undefined : Buffer.isBuffer(body) || typeof body === "string" ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
    if (this.key) sent.set("Authorization", `Bearer ${this.key}`);
    if (bytes) sent.set("Content-Type", "application/json");
    if (method === "POST") sent.set("Idempotency-Key", randomUUID());
    for (const [name, value] of Object.entries(headers)) {
      if (value === null) sent.delete(name);
      else sent.set(name, value);
    }
    if (bytes) sent.set("Content-Length", String(bytes.length));
    const url = new URL(path, this.site).href;
    const answer = await send(url, { method, headers: sent, body: bytes, from: this.from });
    const json = (answer.headers.get("content-type") ?? "").includes("json");
    this.description.check({ method, url, headers: sent, body: bytes, status: answer.status, answerHeaders: answer.headers, answerBody: answer.bytes.toString() });
    if (answer.status === 429 && waits && answer.headers.get("retry-after") === "1") {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return this.send(method, path, { body, headers: { ...Object.fromEntries(sent), ...headers }, waits });
    }
    return { ...answer, json: json ? JSON.parse(answer.bytes.toString()) : undefined };
  }

  get(path, options) {
    return this.send("GET", path, options);
  }

  post(path, body, options) {
    return this.send("POST", path, { body, ...options });
  }
}

/** Sends `count` requests that cost little, a hundred at a time; those that were refused for it. */
export async function flood(program, count) {
  const answers = [];
  for (let i = 0; i < count; i += 100) {
    const some = Array.from({ length: 100 }, () => program.get("/api/v1/problems/internal", { waits: false }));
    answers.push(...await Promise.all(some));
  }
  return answers.filter(({ status }) => status === 429);
}

/** What a program tells of a small restaurant of that name. */
export function restaurant(name, more = {}) {
  return { name, kind: "restaurant", address: "日本大通1", measure_ids: ["common-air-30min"], own_measures: ["入口に消毒液を置いています"], ...more };
}

/** "venue-not-found": which problem an answer is. */
export function problemIn(answer) {
  return answer.json?.type?.split("/").pop();
}

/** "#/name TOO_LONG" for each place of a problem. */
export function placesIn(answer) {
  return (answer.json?.errors ?? []).map(({ pointer, parameter, header, column, line, reason }) =>
    `${pointer ?? parameter ?? header ?? `${line}:${column}`} ${reason}`);
}
