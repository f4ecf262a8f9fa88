// C01-C25: what a webhook must withstand, and what becomes of its events. Each test is named after the
// item of the checklist it shows; see docs/line-conformance.md.
import assert from "node:assert/strict";
import http from "node:http";
import net from "node:net";
import { describe, test } from "node:test";

import { validateSignature } from "@line/bot-sdk";

import { newUserId } from "../../../tools/line-sandbox/ids.mjs";
import { sign } from "./conformance_kit.mjs";
import { lenientSpellings, middlewareVerdict, MISSING, vectors, vectorsDir } from "./conformance_vectors.mjs";

export function signatures(kit) {
  describe("signatures", () => {
    for (const vector of vectors) {
      test(`C01 a body ${vector.name} is ${vector.valid ? "accepted" : "refused"}, as LINE's SDK does`, async () => {
        const { status } = await kit.post(vector.body, { signature: vector.signature });
        assert.equal(status !== 401, vector.valid, `answered ${status}`);
        assert.ok([200, 400, 401].includes(status), `answered ${status}`);
        assert.equal(validateSignature(vector.body, vector.secret, vector.signature), vector.valid);
        assert.equal((await middlewareVerdict(vector)) !== "refused", vector.valid);
      });
    }

    test("C01 the SDKs' own vectors are among them", { skip: vectorsDir ? false : MISSING }, () => {
      assert.ok(vectors.filter(({ valid }) => valid).length >= 9);
      assert.ok(vectors.filter(({ valid }) => !valid).length >= 8);
    });

    test("C02 the bytes are signed, not what they mean: the same JSON in other bytes needs another signature", async () => {
      const venue = await kit.venue();
      const body = kit.body([kit.scan(venue)]);
      const rewritten = JSON.stringify(JSON.parse(body), null, 2);
      assert.equal((await kit.post(rewritten, { signature: sign(body, kit.secret) })).status, 401);
      assert.equal(validateSignature(rewritten, kit.secret, sign(body, kit.secret)), false);
      assert.equal(await kit.visits(venue), 0);
      assert.equal((await kit.post(rewritten)).status, 200);
      assert.equal(await kit.visits(venue), 1);
    });

    test("C03 emoji as escapes and as UTF-8 are each accepted under their own signature", async () => {
      const venue = await kit.venue();
      const raw = kit.body([kit.text(newUserId(), `来店 ${venue.venue_code} 😄`)]);
      const escaped = kit.body([kit.text(newUserId(), `来店 ${venue.venue_code} 😄`)]).replace("😄", "\\uD83D\\uDE04");
      assert.equal((await kit.post(raw)).status, 200);
      assert.equal((await kit.post(escaped)).status, 200);
      assert.equal(await kit.visits(venue), 2);
      assert.equal((await kit.post(raw, { signature: sign(escaped, kit.secret) })).status, 401);
    });

    test("C04 the signature's header is found however its name is written", async () => {
      const body = kit.body([]);
      const { hostname, port } = new URL(kit.stack.env.GATEWAY_URL);
      for (const name of ["x-line-signature", "X-Line-Signature", "X-LINE-SIGNATURE"]) {
        const status = await new Promise((resolve, reject) => {
          const headers = { "Content-Type": "application/json", "Content-Length": body.length, [name]: sign(body, kit.secret) };
          const call = http.request({ hostname, port, path: "/line/webhook", method: "POST", headers, agent: false },
            (response) => resolve(response.resume().statusCode));
          call.on("error", reject).end(body);
        });
        assert.equal(status, 200, name);
      }
    });

    test("C05 a signature that is missing or malformed is 401 and has no effect", async () => {
      const venue = await kit.venue();
      const body = kit.body([kit.scan(venue)]);
      const right = sign(body, kit.secret);
      const bad = [null, "", "=", "not Base64!", "A".repeat(43), right.slice(0, 43), `${right}A`, "A".repeat(44),
        `${"A".repeat(43)}=`, "A".repeat(4000), Buffer.from(right, "base64").toString("hex"), sign(body, kit.secret, "sha1")];
      for (const signature of bad) {
        assert.equal((await kit.post(body, { signature })).status, 401, String(signature).slice(0, 50));
      }
      assert.equal(await kit.visits(venue), 0);
    });

    test("C05 spellings that LINE's lenient SDK takes and LINE never sends are refused", async () => {
      const { body, right, spellings } = lenientSpellings(kit.secret, (i) => kit.body([{ type: String(i) }]));
      for (const signature of spellings) {
        assert.equal(validateSignature(body, kit.secret, signature), true, signature);
        assert.equal((await kit.post(body, { signature })).status, 401, signature);
      }
      assert.equal((await kit.post(body, { signature: right })).status, 200);
    });

    test("C07 an unverified body reaches no parser: broken or not, it is 401 and not 400", async () => {
      for (const body of ["{", "null", "[".repeat(10_000), Buffer.from([0xff, 0])]) {
        assert.equal((await kit.post(body, { signature: sign("other", kit.secret) })).status, 401);
      }
    });

    test("C27 while a secret changes, the old and the new one are both accepted", async () => {
      for (const { secret, body, signature } of vectors.filter(({ valid }) => valid)) {
        assert.notEqual(secret, kit.secret);
        assert.notEqual((await kit.post(body, { signature })).status, 401);
      }
      assert.equal((await kit.post(kit.body([]))).status, 200);
    });
  });
}

export function bodies(kit) {
  describe("bodies", () => {
    test("C08 no events, as the console's \"Verify\" sends, is 200", async () => {
      assert.equal(await kit.send([]), 200);
    });

    test("C09 signed bytes that are no webhook are 400 and nothing crashes", async () => {
      const pid = kit.stack.pid("gateway");
      for (const body of ["", " ", "null", "not json", "[]", "7", '"x"', '{"events":7}', '{"events":[}', "\0"]) {
        assert.equal((await kit.post(body)).status, 400, body);
      }
      process.kill(pid, 0);
    });

    test("C19 events for another bot are not acted on, though signed rightly", async () => {
      const venue = await kit.venue();
      assert.equal((await kit.post(kit.body([kit.scan(venue)], newUserId()))).status, 200);
      assert.equal(await kit.visits(venue), 0);
    });

    // Sends the head of a request and, one by one, `parts` of its body; the first line of the answer.
    function sendSlowly(head, parts) {
      const { hostname, port } = new URL(kit.stack.env.GATEWAY_URL);
      return new Promise((resolve, reject) => {
        const socket = net.connect(Number(port), hostname, () => {
          socket.write(`POST /line/webhook HTTP/1.1\r\nHost: ${hostname}\r\n${head}\r\n\r\n`);
          for (const part of parts) socket.write(part);
        });
        let answer = "";
        const done = () => resolve(answer.split("\r\n")[0]);
        socket.on("data", (data) => {
          answer += data;
          if (answer.includes("\r\n")) {
            done();
            socket.destroy();
          }
        });
        socket.on("error", (error) => (answer ? done() : reject(error)));
        socket.setTimeout(30_000, () => socket.destroy(new Error("no answer")));
      });
    }

    test("C24 a body over 1 MB is 413, before the rest of it was sent", async () => {
      const limit = 1024 * 1024;
      assert.match(await sendSlowly(`Content-Length: ${limit + 1}`, []), /^HTTP\/1\.1 413 /);
      assert.match(await sendSlowly("Content-Length: 99999999999", []), /^HTTP\/1\.1 413 /);
      const chunks = [`10000\r\n${" ".repeat(0x10000)}\r\n`, "F0001\r\n "];
      assert.match(await sendSlowly("Transfer-Encoding: chunked", chunks), /^HTTP\/1\.1 413 /);
      const body = kit.body([]);
      assert.equal((await kit.post(body + " ".repeat(limit - body.length))).status, 200);
    });

    test("C25 who sends it, from where and under which name does not matter", async () => {
      const sent = [{ "user-agent": "LineBotWebhook/2.0" }, { "user-agent": "" }, { "user-agent": "curl/8" },
        { "x-forwarded-for": "203.0.113.9, 10.0.0.1" }, { "x-real-ip": "198.51.100.7" }, { forwarded: "for=192.0.2.60" }];
      for (const headers of sent) assert.equal((await kit.post(kit.body([]), { headers })).status, 200);
    });
  });
}
