// Hostile text through the API: stored exactly as it was sent, or refused; and what was stored is drawn.
import assert from "node:assert/strict";

import { problemIn, restaurant } from "./api_program.mjs";
import { familyOf, HOSTILE_BYTES, HOSTILE_STRINGS } from "./hostile_strings.mjs";

const VENUES = "/api/v1/venues";
const AT_ONCE = 12;

/** As a name, and where names are refused still as a measure and as the business's name. */
async function sendsText(program, string, number) {
  let taken = 0;
  for (const body of [restaurant(string, { address: `本町${number}` }), restaurant(`店${number}`, { own_measures: [string], business_name: string })]) {
    const what = `${familyOf(string)}: ${JSON.stringify(string).slice(0, 60)}`;
    const answer = await program.post(VENUES, body);
    assert.ok(answer.status === 201 || (answer.status >= 400 && answer.status < 500), `${what}: ${answer.status}`);
    if (answer.status !== 201) continue;
    taken++;
    const { json } = await program.get(`${VENUES}/${answer.json.venue_id}`);
    for (const [member, value] of Object.entries(body)) assert.deepEqual(json[member], value, `${what}: ${member}`);
  }
  return taken;
}

/** Sends every hostile string and every sequence of bytes that is no UTF-8, by turns with `programs`. */
export async function sendsAnyText(programs) {
  assert.ok(HOSTILE_STRINGS.length >= 500);
  let taken = 0;
  for (let i = 0; i < HOSTILE_STRINGS.length; i += AT_ONCE) {
    const some = HOSTILE_STRINGS.slice(i, i + AT_ONCE);
    const counts = await Promise.all(some.map((string, j) => sendsText(programs[(i + j) % programs.length], string, i + j)));
    for (const count of counts) taken += count;
  }
  assert.ok(taken > HOSTILE_STRINGS.length / 2, `${taken} of ${2 * HOSTILE_STRINGS.length} taken`);
  const [head, tail] = JSON.stringify(restaurant("★")).split("★").map((part) => Buffer.from(part));
  for (const bytes of HOSTILE_BYTES) {
    assert.equal(problemIn(await programs[0].post(VENUES, Buffer.concat([head, bytes, tail]))), "malformed-json");
  }
}

/** Draws the certificate of every venue of the business, and fails when one cannot be drawn. */
export async function everySheetIsDrawn(program) {
  const started = await program.post("/api/v1/bundles", { document: "certificate", format: "zip" });
  let bundle = { state: "drawing" };
  for (; bundle.state === "drawing"; await new Promise((resolve) => setTimeout(resolve, 200))) {
    bundle = (await program.get(started.headers.get("location"))).json;
  }
  assert.equal(bundle.state, "done");
}
