// The promise that the data itself keeps: one holder's keys open nothing, and the registry lets keys
// go only against two officers' signatures over exactly these bytes.
import assert from "node:assert/strict";
import { createHash, createPrivateKey, randomUUID, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { before, describe, test } from "node:test";

import protobuf from "protobufjs";

import { HOUR, MINUTE } from "../../tools/story/clock.mjs";
import { Line } from "../../tools/story/line.mjs";
import { Officer } from "../../tools/story/officer.mjs";
import { ROOT } from "../../tools/story/stack.mjs";
import { query, storedVisits } from "./support/database.mjs";
import { call, reasonOf } from "./support/grpc.mjs";
import { openInner, openOuter, readKeyring } from "./support/locks.mjs";
import { stackForTests } from "./support/stacks.mjs";

const root = new protobuf.Root();
root.resolvePath = (_, target) => target.startsWith("google/")
  ? path.join(ROOT, "node_modules/protobufjs", target) : path.join(ROOT, "protos", target);
const Statement = root.loadSync("oshirase/registry/v1/exposure.proto").lookupType("oshirase.registry.v1.Statement");

describe("the two locks", () => {
  const stack = stackForTests();
  let venues;
  let users;
  let now;

  const keyrings = () => ({
    registry: readKeyring(stack.env.REGISTRY_KEYRING, path.join(stack.dir, "secrets/kek-registry")),
    notifier: readKeyring(stack.env.NOTIFIER_KEYRING, path.join(stack.dir, "secrets/kek-notifier")),
  });

  before(async () => {
    const line = new Line(stack.env.LINE_SANDBOX_URL);
    // LINE delivers again what a busy machine did not take at once.
    await line.configure({ redelivery: { attempts: 40, backoffMs: 150 } });
    venues = await stack.seed(7);
    users = await line.users(5, { friends: true });
    now = Math.floor(stack.now() / 1000) * 1000;
    for (const [index, { userId }] of users.entries()) {
      const timestamp = now - HOUR - index * MINUTE;
      assert.equal((await line.text(userId, `来店 ${venues[0].venue_code}`, { timestamp })).status, 200);
    }
  });

  test("a dump and both keyrings name who was where (so the tests below are not empty)", async () => {
    const { registry, notifier } = keyrings();
    const named = new Set();
    for (const row of await storedVisits(stack)) {
      for (const outer of registry) {
        const blob = openOuter(row, outer.key);
        for (const inner of blob ? notifier : []) {
          const visit = openInner(blob, row, inner.key);
          if (visit) named.add(visit.userId);
        }
      }
    }
    assert.deepEqual([...named].sort(), users.map(({ userId }) => userId).sort());
  });

  test("a dump and the registry's keys name nobody", async () => {
    const { registry } = keyrings();
    const rows = await storedVisits(stack);
    assert.ok(rows.length >= users.length);
    for (const row of rows) {
      for (const outer of registry) {
        const blob = openOuter(row, outer.key);
        if (!blob) continue;
        for (const { userId } of users) assert.ok(!blob.includes(Buffer.from(userId.slice(1), "hex")));
        for (const { key } of registry) assert.equal(openInner(blob, row, key), null);
      }
    }
  });

  test("a dump and the notifier's keys place nobody", async () => {
    const { notifier } = keyrings();
    for (const row of await storedVisits(stack)) {
      for (const { key } of notifier) {
        assert.equal(openOuter(row, key), null);
        for (let offset = 0; offset + 74 <= row.sealed.length; offset++) {
          assert.equal(openInner(row.sealed.subarray(offset, offset + 74), row, key), null);
        }
      }
    }
  });

  test("a row that was moved to another venue or hour does not open", async () => {
    const { registry } = keyrings();
    const [row] = await storedVisits(stack);
    const moved = [{ ...row, venue_id: venues[1].venue_id }, { ...row, hour: (row.hour + 1) % 24 }, { ...row, day: row.day + 1 }];
    for (const each of moved) for (const { key } of registry) assert.equal(openOuter(each, key), null);
  });

  // From here on the notifier is the attacker: it calls the registry with statements of its making.

  const time = (milliseconds) => ({ seconds: Math.floor(milliseconds / 1000) });

  function statement(changes = {}) {
    const exposure = (venue) => ({
      venueId: venue.venue_id, fromTime: time(now - 2 * HOUR), toTime: time(now - HOUR), staySeconds: 7200, lingerSeconds: 1800,
    });
    return Buffer.from(Statement.encode(Statement.fromObject({
      requestId: randomUUID(), caseRef: "T-1", noticeNumber: "0000000000000", template: "inform", templateVersion: 1,
      exposures: (changes.venues ?? [venues[0]]).map(exposure),
      messageDigests: [{ language: "ja", sha256: Buffer.alloc(32, 1) }],
      expireTime: time(now + HOUR), ...changes.fields,
    })).finish());
  }

  function signature(officer, role, bytes, { at = stack.now(), claim = officer } = {}) {
    const seconds = Math.floor(at / 1000);
    const when = Buffer.alloc(8);
    when.writeBigInt64BE(BigInt(seconds));
    const digest = createHash("sha256").update(bytes).digest();
    const message = Buffer.concat([Buffer.from(`oshirase/v1\0${role}\0`), digest, when]);
    const key = createPrivateKey(readFileSync(path.join(stack.env.TLS_DIR, `${officer}.key`)));
    return { officer_id: claim, role: `SIGNATURE_ROLE_${role.toUpperCase()}`, sign_time: { seconds, nanos: 0 }, signature: sign(null, message, key) };
  }

  const both = (bytes) => [signature("officer-a", "submit", bytes), signature("officer-b", "approve", bytes)];
  const release = (bytes, signatures, caseId = randomUUID()) =>
    call(stack, "notifier", "registry", "ReleaseOuterKeys", { statement: bytes, signatures, case_id: caseId });
  const refusal = (bytes, signatures, caseId) =>
    release(bytes, signatures, caseId).then(() => "RELEASED", (error) => reasonOf(error));

  test("two officers' signatures release exactly the hours they cover", async () => {
    const bytes = statement();
    const { venues: released } = await release(bytes, both(bytes));
    assert.deepEqual(released.map(({ venue_id }) => venue_id), [venues[0].venue_id]);
    const hourOf = (milliseconds) => Math.floor((milliseconds + 9 * HOUR) / HOUR);
    const hours = released[0].keys.map(({ day, hour }) => day * 24 + hour).sort((a, b) => a - b);
    assert.equal(hours[0], hourOf(now - 14 * HOUR));
    assert.equal(hours.at(-1), hourOf(now - HOUR / 2 - 1));
    assert.equal(new Set(hours).size, hours.at(-1) - hours[0] + 1);
  });

  test("one signature, or one person twice, releases nothing", async () => {
    const bytes = statement();
    assert.notEqual(await refusal(bytes, [signature("officer-a", "submit", bytes)]), "RELEASED");
    assert.notEqual(await refusal(bytes, [signature("officer-b", "approve", bytes)]), "RELEASED");
    assert.equal(await refusal(bytes, [signature("officer-a", "submit", bytes), signature("officer-a", "approve", bytes)]), "OFFICERS_NOT_DISTINCT");
    assert.notEqual(await refusal(bytes, [signature("officer-a", "submit", bytes), signature("officer-a", "approve", bytes, { claim: "officer-b" })]), "RELEASED");
    assert.notEqual(await refusal(bytes, []), "RELEASED");
  });

  test("whoever may not submit or approve signs for nothing", async () => {
    const bytes = statement();
    assert.notEqual(await refusal(bytes, [signature("officer-a", "submit", bytes), signature("auditor", "approve", bytes)]), "RELEASED");
    assert.notEqual(await refusal(bytes, [signature("operator", "submit", bytes), signature("officer-b", "approve", bytes)]), "RELEASED");
    assert.notEqual(await refusal(bytes, [signature("officer-a", "submit", bytes), signature("officer-b", "reject", bytes)]), "RELEASED");
  });

  test("an approval that is old, or of an expired statement, releases nothing", async () => {
    const bytes = statement();
    const old = signature("officer-b", "approve", bytes, { at: stack.now() - 31 * MINUTE });
    // The officers of this stack were enrolled a moment ago, so a signature of before is not theirs.
    const reason = await refusal(bytes, [signature("officer-a", "submit", bytes, { at: stack.now() - 40 * MINUTE }), old]);
    assert.ok(["APPROVAL_TOO_OLD", "SIGNATURE_INVALID"].includes(reason), reason);
    const expired = statement({ fields: { expireTime: time(now - MINUTE) } });
    assert.equal(await refusal(expired, both(expired)), "STATEMENT_EXPIRED");
  });

  test("one altered byte anywhere voids the signatures", async () => {
    const bytes = statement();
    const signatures = both(bytes);
    for (let i = 0; i < bytes.length; i++) {
      const altered = Buffer.from(bytes);
      altered[i] ^= 1 << (i % 8);
      assert.notEqual(await refusal(altered, signatures), "RELEASED", `byte ${i}`);
    }
  });

  test("a third venue slipped in under the signatures releases nothing", async () => {
    const bytes = statement();
    const more = statement({ venues: [venues[0], venues[1], venues[2]] });
    assert.equal(await refusal(more, both(bytes)), "SIGNATURE_INVALID");
    assert.equal(await refusal(Buffer.concat([bytes, more.subarray(-60)]), both(bytes)) === "RELEASED", false);
  });

  test("six venues need a third officer", async () => {
    const bytes = statement({ venues: venues.slice(0, 6) });
    assert.equal(await refusal(bytes, both(bytes)), "THIRD_SIGNATURE_NEEDED");
    const { venues: released } = await release(bytes, [...both(bytes), signature("officer-c", "approve", bytes)]);
    assert.equal(released.length, 6);
  });

  test("the same bytes are released again after a crash, but for no other case", async () => {
    const bytes = statement();
    const signatures = both(bytes);
    const caseId = randomUUID();
    const first = await release(bytes, signatures, caseId);
    await stack.restart("registry");
    assert.deepEqual(await release(bytes, signatures, caseId), first);
    assert.equal(await refusal(bytes, signatures, randomUUID()), "STATEMENT_OF_OTHER_CASE");
  });

  test("a statement that an officer voided is never released", async () => {
    const bytes = statement();
    const digest = createHash("sha256").update(bytes).digest();
    await call(stack, "notifier", "registry", "VoidStatement", { statement_sha256: digest, signature: signature("officer-b", "reject", bytes) });
    assert.equal(await refusal(bytes, both(bytes)), "STATEMENT_VOID");
  });

  test("every release and every refusal is in the audit log, and the log's chain is whole", async () => {
    const entries = (await new Officer(stack, "auditor").json("audit", "list")).filter(({ chain }) => chain === "registry");
    assert.deepEqual(entries.map(({ seq }) => seq), entries.map((_, index) => index + 1));
    const releases = entries.filter(({ action }) => action.startsWith("release"));
    assert.ok(releases.length > 20);
    for (const { userId } of users) assert.ok(!JSON.stringify(entries).includes(userId));
    const [{ count }] = await query(stack, "SELECT count(*)::int FROM registry.audit_entries");
    assert.equal(count, entries.length);
  });
});
