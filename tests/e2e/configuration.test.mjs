// A process that was told wrong things says all of them, one line each, and ends at once with 2; one
// whose neighbour is away waits.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { describe, test } from "node:test";

import { Officer } from "../../tools/story/officer.mjs";

const BIN = path.dirname(Officer.program());
const DIR = mkdtempSync(path.join(os.tmpdir(), "oshirase-config-"));

function run(service, env, { forMs } = {}) {
  const began = Date.now();
  const child = spawn(path.join(BIN, service), [], { env: { PATH: process.env.PATH, ...env } });
  let stderr = "";
  let stdout = "";
  child.stderr.on("data", (data) => (stderr += data));
  child.stdout.on("data", (data) => (stdout += data));
  const timer = forMs && setTimeout(() => child.kill("SIGTERM"), forMs);
  return new Promise((resolve) => child.on("close", (code) => {
    clearTimeout(timer);
    resolve({ code, stderr, stdout, ms: Date.now() - began });
  }));
}

const NEEDED = {
  registry: ["LISTEN_ADDR", "HEALTH_ADDR", "METRICS_ADDR", "TLS_CERT_FILE", "TLS_KEY_FILE", "DATABASE_URL_FILE", "KEYRING_DIRS", "KEK_FILE", "PUBLIC_URL", "LINE_BOT_BASIC_ID", "PREFECTURE_NAME", "CONSULTATION_PHONE", "SMTP_URL", "MAIL_FROM_ADDRESS"],
  checkin: ["LISTEN_ADDR", "HEALTH_ADDR", "METRICS_ADDR", "TLS_CERT_FILE", "TLS_CA_FILE", "DATABASE_URL_FILE", "REDIS_URL", "REGISTRY_ADDR"],
  notifier: ["LISTEN_ADDR", "HEALTH_ADDR", "METRICS_ADDR", "DATABASE_URL_FILE", "REGISTRY_ADDR", "CHECKIN_ADDR", "KEYRING_DIRS", "KEK_FILE", "LINE_CHANNEL_ACCESS_TOKEN_FILE"],
  gateway: ["LISTEN_SOCKET", "METRICS_ADDR", "REGISTRY_ADDR", "CHECKIN_ADDR", "NOTIFIER_ADDR", "LINE_CHANNEL_SECRET_FILE", "LINE_CHANNEL_ACCESS_TOKEN_FILE", "PUBLIC_URL", "FORM_KEY_FILE"],
};

describe("configuration", () => {
  for (const [service, names] of Object.entries(NEEDED)) {
    test(`${service} names everything that is missing and ends with 2 at once`, async () => {
      const { code, stderr, ms } = await run(service, {});
      assert.equal(code, 2, stderr);
      assert.ok(ms < 2000, `${ms} ms`);
      const lines = stderr.trim().split("\n");
      for (const name of names) assert.equal(lines.filter((line) => line.includes(`${name}:`)).length, 1, `${name} in:\n${stderr}`);
    });

    test(`${service} names a taken port, a wrong address and a missing file together`, async () => {
      const server = net.createServer().listen(0, "127.0.0.1");
      await new Promise((resolve) => server.on("listening", resolve));
      const taken = `127.0.0.1:${server.address().port}`;
      const { code, stderr } = await run(service, { METRICS_ADDR: taken, REGISTRY_ADDR: "nowhere", TLS_CERT_FILE: "/does/not/exist" });
      server.close();
      assert.equal(code, 2);
      assert.match(stderr, /METRICS_ADDR: .*taken/);
      assert.match(stderr, /TLS_CERT_FILE:/);
      if (names.includes("REGISTRY_ADDR")) assert.match(stderr, /REGISTRY_ADDR:/);
    });
  }

  test("no secret is repeated in what is said about it", async () => {
    const file = path.join(DIR, "database-url");
    writeFileSync(file, "no connection string pass-word-1234", { mode: 0o600 });
    const { stderr } = await run("checkin", { DATABASE_URL_FILE: file });
    assert.match(stderr, /DATABASE_URL_FILE/);
    assert.doesNotMatch(stderr, /pass-word-1234/);
  });
});
