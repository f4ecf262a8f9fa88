// The prefecture's register desk at the command line: every command of an officer with role `desk`, and
// what the public sees of it afterwards.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { before, describe, test } from "node:test";

import { Officer } from "../../tools/story/officer.mjs";
import { parseCsv } from "./support/csv.mjs";
import { query } from "./support/database.mjs";
import { call, reasonOf } from "./support/grpc.mjs";
import { mailTo, sendLetter } from "./support/letters.mjs";
import { stackForTests } from "./support/stacks.mjs";

const FOLDER = mkdtempSync(path.join(os.tmpdir(), "oshirase-desk-"));
const HOSTILE = ['=HYPERLINK("http://evil.example","x")', "+81-3-0000-0000", "-2+3", "@SUM(A1)", "＝1＋1",
  '"引用", と改行', "<script>alert(1)</script>", "'; DROP TABLE venues; --"];

describe("the register desk", () => {
  const stack = stackForTests();
  let desk;
  let take;

  before(() => {
    desk = new Officer(stack, "desk");
    take = (...args) => desk.json("register", "add", "--reason", "電話で依頼", ...args);
  });

  /** Settings of a venue that can be registered. */
  function details(changes = {}) {
    const all = { name: "居酒屋たけ", kind: "restaurant", municipality: "横浜市中区", address: "本町1-1",
      email: "take@example.jp", phone: "045-000-0000", own_measures: "窓を開ける", ...changes };
    return Object.entries(all).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
  }

  /** How a command fails: {exitCode, stderr}. */
  function failure(officer, ...args) {
    return officer.run(...args).then(
      (stdout) => assert.fail(`not refused: ${args.join(" ")}: ${stdout}`),
      ({ exitCode, stderr, message }) => ({ exitCode, stderr: stderr ?? message }));
  }

  async function certificatePage(number) {
    const response = await fetch(`${stack.env.GATEWAY_URL}/certificates/${number}`);
    assert.equal(response.status, 200);
    return response.text();
  }

  test("registers on behalf of a business, finds the entry by what it says, and shows it", async () => {
    const added = await take(...details({ name: "髙﨑𠮷葛󠄀食堂" }));
    assert.equal(added.certificate.version, 1);
    assert.match(await certificatePage(added.certificate.number), /有効/);

    for (const text of ["髙﨑𠮷", "take@example.jp", "本町1-1", "0450000000", added.venue_code, added.certificate.number]) {
      const found = await desk.json("register", "find", text);
      assert.deepEqual(found.map(({ venue_id: id }) => id), [added.venue_id], text);
    }
    assert.deepEqual(await desk.json("register", "find", "髙﨑𠮷", "--kind", "gym"), []);
    assert.deepEqual(await desk.json("register", "find", "髙﨑𠮷", "--state", "closed"), []);
    assert.deepEqual(await desk.json("register", "find", "--from", "2999-01-01"), []);
    assert.equal((await desk.json("register", "find", "--kind", "restaurant", "--municipality", "横浜市中区")).length, 1);

    const shown = await desk.json("register", "show", added.certificate.number);
    assert.equal(shown.details.name, "髙﨑𠮷葛󠄀食堂");
    assert.deepEqual(shown.measures.map(({ text }) => text), ["窓を開ける"]);
    assert.deepEqual(shown.changes.map(({ action, actor, reason }) => [action, actor, reason]),
      [["registered", "officer/desk", "電話で依頼"]]);
    assert.match(await desk.run("register", "show", added.venue_id), /髙﨑𠮷葛󠄀食堂/);
  });

  test("corrects an entry from the revision that was seen; the history shows it", async () => {
    const added = await take(...details({ name: "まちがい" }));
    const file = path.join(FOLDER, "entry.json");
    writeFileSync(file, await desk.run("register", "show", added.venue_id, "--json"));

    const corrected = await desk.json("register", "correct", added.venue_code, "--set", "name=ただしい", "--set", "listed=true",
      "--reason", "看板と違った");
    assert.equal(corrected.details.name, "ただしい");
    assert.equal(corrected.details.email, "take@example.jp");
    assert.equal(corrected.certificate.version, 2);
    assert.match(await certificatePage(added.certificate.number), /新しい|古い/);
    const { changes } = await desk.json("register", "show", added.venue_id);
    assert.equal(changes[0].actor, "officer/desk");
    assert.equal(changes[0].reason, "看板と違った");
    assert.deepEqual(changes[0].fields.sort(), ["listed", "name"]);

    // The file is from before the correction.
    const late = await failure(desk, "register", "correct", added.venue_id, "--file", file, "--set", "phone=", "--reason", "x");
    assert.equal(late.exitCode, 3);
    assert.match(late.stderr, /ほかの人が先に変えました.*VENUE_CHANGED/s);
    assert.equal((await desk.json("register", "show", added.venue_id)).details.phone, "045-000-0000");
  });

  test("says everything that is wrong before anything is sent, and what the registry refuses", async () => {
    const wrong = await failure(desk, "register", "add", "--reason", "x",
      ...details({ nmae: "x", listed: "perhaps" }));
    assert.equal(wrong.exitCode, 2);
    assert.match(wrong.stderr, /nmae[\s\S]*listed/);
    const long = await failure(desk, "register", "add", "--reason", "x", ...details({ name: "あ".repeat(101), kind: "castle", email: "" }));
    assert.equal(long.exitCode, 2);
    for (const part of ["施設名", "業種", "メールアドレス"]) assert.ok(long.stderr.includes(part), long.stderr);

    const refused = await failure(desk, "register", "add", "--reason", "x", ...details({ phone: "電話なし" }));
    assert.equal(refused.exitCode, 3);
    assert.match(refused.stderr, /VENUE_INVALID/);
    assert.match(refused.stderr, /電話番号/);
    assert.equal((await failure(desk, "register", "show", "たけ")).exitCode, 2);
    assert.equal((await failure(desk, "register", "show", "6ba7b810-9dad-41d1-80b4-00c04fd430c8")).exitCode, 3);
  });

  test("saves the documents of a venue", async () => {
    const { venue_code: code } = await take(...details({ name: "紙の店" }));
    for (const name of ["certificate", "poster", "table-tent", "stickers"]) {
      const file = path.join(FOLDER, `${name}.pdf`);
      const { bytes } = await desk.json("register", "document", code, name, "--output", file);
      const pdf = readFileSync(file);
      assert.equal(pdf.length, bytes);
      assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
      assert.equal(statSync(file).mode & 0o777, 0o600);
    }
  });

  test("an inspection shows on the certificate's page only when the measures were seen", async () => {
    const { venue_id: id, certificate } = await take(...details({ name: "見られた店" }));
    await desk.run("register", "inspect", id, "--not-confirmed", "--note", "閉まっていた");
    assert.match(await certificatePage(certificate.number), /まだ確かめていません/);

    await desk.run("register", "inspect", id, "--confirmed", "--note", "窓が開いていた");
    assert.match(await certificatePage(certificate.number), /職員が現地で対策を確かめました/);
    const { inspected_at: at, changes } = await desk.json("register", "show", id);
    assert.ok(Math.abs(Date.parse(at) - stack.now()) < 60_000);
    assert.equal(changes.filter(({ actor }) => actor === "officer/desk").length, 3);
  });

  test("a certificate that is withdrawn says so to everybody", async () => {
    const { certificate } = await take(...details({ name: "うその店" }));
    const { state } = await desk.json("certificate", "withdraw", certificate.number, "--reason", "対策がなかった");
    assert.equal(state, "WITHDRAWN");
    assert.match(await certificatePage(certificate.number), /取り消した取組書です/);
    assert.equal((await failure(desk, "certificate", "withdraw", "0000-0000-0000-1", "--reason", "x")).exitCode, 2);
  });

  test("a venue is suspended and opened again", async () => {
    const { venue_code: code, venue_id: id, certificate } = await take(...details({ name: "止まる店" }));
    await desk.run("venue", "suspend", code, "--reason", "QRの貼り替え");
    assert.match(await certificatePage(certificate.number), /停止中/);
    assert.equal((await desk.json("register", "find", "止まる店", "--state", "suspended"))[0].venue_id, id);
    await desk.run("venue", "reopen", code, "--reason", "貼り直した");
    assert.match(await certificatePage(certificate.number), /有効/);
  });

  test("a business is told by mail that a notice concerns it, without when or who", async () => {
    const { venue_id: id } = await take(...details({ name: "知らせる店", email: "told@example.jp" }));
    await desk.run("register", "mail", id);
    const mail = await mailTo(stack, "told@example.jp", ({ text }) => text.includes("知らせる店") && /お知らせ/.test(text));
    assert.equal(mail.headers?.["auto-submitted"] ?? "auto-generated", "auto-generated");
  });

  test("an enquiry is read, answered by mail, and closed once and for all", async () => {
    const number = await sendLetter(stack, "enquiry", { sender: "たけ商店", reply_email: "ask@example.jp", subject: "ポスター", question: "何枚\n貼れますか" });
    const [letter] = await desk.json("letters", "list", "enquiries");
    assert.equal(letter.number, number.replaceAll("-", ""));
    assert.equal(letter.text, "何枚\n貼れますか");

    const answer = "何枚でも貼れます。\n入口に一枚をおすすめします。";
    const file = path.join(FOLDER, "answer.txt");
    writeFileSync(file, answer.replaceAll("\n", "\r\n"));
    await desk.run("letters", "answer", number, "--file", file);
    const mail = await mailTo(stack, "ask@example.jp", ({ text }) => text.includes("何枚でも貼れます。"));
    assert.ok(mail.text.includes("入口に一枚をおすすめします。"));

    assert.deepEqual(await desk.json("letters", "list", "enquiries"), []);
    const [closed] = await desk.json("letters", "list", "enquiries", "--all");
    assert.equal(closed.closed_by, "officer/desk");
    assert.equal(closed.answer, answer);
    await desk.run("letters", "answer", number, "--text", answer);
    const again = await failure(desk, "letters", "answer", number, "--text", "やはり一枚です");
    assert.equal(again.exitCode, 3);
    assert.match(again.stderr, /LETTER_CLOSED/);
  });

  test("a report of a false certificate is read and closed with what was done", async () => {
    const number = await sendLetter(stack, "report", { what: "tampered_qr", place: "本町の店", seen: "=シールが\n貼られていた" });
    const [report] = await desk.json("letters", "list", "reports");
    assert.equal(report.subject, "TAMPERED_QR");
    assert.match(await desk.run("letters", "list", "reports"), /本町の店/);
    await desk.run("letters", "answer", number, "--text", "貼り直した");
    assert.deepEqual(await desk.json("letters", "list", "reports"), []);
  });

  test("counts the register, with bars in the terminal and as a picture", async () => {
    const counts = await desk.json("register", "counts");
    const total = counts.by_state.reduce((sum, { count }) => sum + count, 0);
    const [{ venues }] = await query(stack, "SELECT count(*)::int AS venues FROM registry.venues");
    assert.equal(total, venues);
    assert.deepEqual(counts.by_municipality[0].key, "横浜市中区");

    const picture = path.join(FOLDER, "counts.svg");
    assert.match(await desk.run("register", "counts", "--plot", picture), /横浜市中区 +█+ \d+/);
    assert.match(readFileSync(picture, "utf8"), /^<svg [\s\S]*横浜市中区[\s\S]*<\/svg>\n$/);
    assert.equal((await failure(desk, "register", "counts", "--plot", "counts.exe")).exitCode, 2);
  });

  test("exports the register so that no cell is a formula", async () => {
    for (const [index, name] of HOSTILE.entries()) await take(...details({ name, email: `hostile${index}@example.jp` }));
    const file = path.join(FOLDER, "register.csv");
    const { entries } = await desk.json("register", "export", file);
    const text = readFileSync(file, "utf8");
    assert.equal(text.charCodeAt(0), 0xfeff);
    const [heads, ...rows] = parseCsv(text.slice(1));
    assert.equal(rows.length, entries);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    for (const row of rows) {
      assert.equal(row.length, heads.length);
      for (const cell of row) assert.doesNotMatch(cell, /^[=+\-@\t\r＝＋－＠]/);
    }
    const names = rows.map((row) => row[heads.indexOf("施設名")].replace(/^'(?=[=+\-@＝])/, ""));
    for (const name of HOSTILE) assert.ok(names.includes(name), name);

    const some = await desk.json("register", "export", path.join(FOLDER, "some.csv"), "--text", "DROP TABLE");
    assert.equal(some.entries, 1);
  });

  test("an API key opens its own business, until it is revoked", async () => {
    const { id, secret } = await desk.json("api-keys", "issue", "take@example.jp", "--label", "POS連携");
    const ask = () => call(stack, "gateway", "registry", "GetBusiness", { credential: { api_key: secret } });
    await ask();
    const [listed] = await desk.json("api-keys", "list");
    assert.equal(listed.id, id);
    assert.equal(listed.label, "POS連携");
    assert.ok(!JSON.stringify(listed).includes(secret));

    assert.ok((await desk.json("api-keys", "revoke", id)).revoked_at);
    await assert.rejects(ask, (error) => reasonOf(error) === "API_KEY_UNKNOWN");
    assert.equal((await failure(desk, "api-keys", "revoke", "6ba7b810-9dad-41d1-80b4-00c04fd430c8")).exitCode, 3);
  });

  test("the desk sees no case, and officers of cases see no register", async () => {
    const id = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";
    for (const command of [["list"], ["show", id], ["approve", id], ["pause", id], ["cancel", id]]) {
      assert.equal((await failure(desk, "case", ...command)).exitCode, 3, command[0]);
    }
    assert.equal((await failure(desk, "audit", "list")).exitCode, 3);
    const officer = new Officer(stack, "officer-a");
    for (const command of [["register", "find"], ["register", "show", id], ["register", "counts"], ["letters", "list", "enquiries"],
      ["register", "export", path.join(FOLDER, "none.csv")], ["api-keys", "list"], ["certificates", "reissue", "--reason", "x"],
      ["register", "add", "--reason", "x", ...details()], ["letters", "answer", "0000-0000-0000-0", "--text", "x"]]) {
      assert.equal((await failure(officer, ...command)).exitCode, 3, command.join(" "));
    }
  });

  describe("a reissue of all certificates", () => {
    let run;

    /** The venues' numbers of certificates, and the newest version of each. */
    function newest() {
      return query(stack, `SELECT max(version) AS version, count(*)::int AS count FROM registry.certificates
        JOIN registry.venues v USING (venue_id) WHERE v.name LIKE '再発行%' GROUP BY venue_id`);
    }

    before(() => stack.seed(2500, "--prefix", "再発行"));

    /** Starts the command; `said(pattern)` waits until its stderr has it, `ended` is its exit code. */
    function start(...args) {
      const child = spawn(Officer.program(), ["certificates", "reissue", "--reason", "様式の変更", ...args],
        { env: { ...process.env, ...desk.env } });
      let stderr = "";
      let told = () => {};
      child.stderr.on("data", (data) => {
        stderr += data;
        told();
      });
      const ended = new Promise((resolve) => child.on("close", resolve));
      const said = (pattern) => new Promise((resolve, reject) => {
        told = () => pattern.test(stderr) && resolve(pattern.exec(stderr));
        told();
        ended.then(() => reject(new Error(`ended without saying ${pattern}: ${stderr}`)));
      });
      return { child, ended, said, stderr: () => stderr };
    }

    test("is interrupted, killed, taken up again, and survives a registry that is killed: each venue has one new certificate", async () => {
      const first = start();
      [, run] = await first.said(/再発行のID: ([0-9a-f-]{36})/);
      await first.said(/\[#*-+\]/);
      first.child.kill("SIGINT");
      assert.equal(await first.ended, 1);
      assert.match(first.stderr(), new RegExp(`続けるには: oshirase-authority certificates reissue --run ${run} --reason '様式の変更'`));

      const second = start("--run", run);
      await second.said(/\[#*-+\]/);
      second.child.kill("SIGKILL");
      await second.ended;
      assert.ok((await newest()).some(({ version }) => version === 1), "killed too late to show anything");

      const third = start("--run", run, "--json");
      await third.said(/\[#*-+\]/);
      stack.kill("registry");
      await third.said(/つながるのを待っています/);
      await stack.restart("registry");
      assert.equal(await third.ended, 0, third.stderr());

      const venues = await newest();
      assert.equal(venues.length, 2500);
      assert.ok(venues.every(({ version, count }) => version === 2 && count === 2));
    });

    test("done once more under its id issues none; under another reason it is refused", async () => {
      const again = await desk.json("certificates", "reissue", "--run", run, "--reason", "様式の変更");
      assert.equal(again.done, again.total);
      assert.ok((await newest()).every(({ version }) => version === 2));
      assert.equal((await failure(desk, "certificates", "reissue", "--run", run, "--reason", "別の理由")).exitCode, 3);
    });
  });

  test("every look and change is in the audit log, without names, addresses or reasons", async () => {
    const entries = await new Officer(stack, "auditor").json("audit", "list");
    const own = entries.filter(({ actor }) => actor === "officer/desk");
    assert.ok(own.length > 50);
    for (const word of ["example.jp", "本町", "髙﨑", "看板と違った", "何枚"]) assert.ok(!JSON.stringify(own).includes(word), word);
  });
});
