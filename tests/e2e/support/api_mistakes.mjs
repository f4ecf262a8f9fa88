// The mistakes that a program can make with any operation of the API, each with the answer it gets.
import assert from "node:assert/strict";

import { restaurant } from "./api_program.mjs";
import { NOBODYS_ID } from "./api_samples.mjs";

// No JSON, members twice, too deep, and more than one value.
const MALFORMED = ["{", "", '{"a":1,"a":1}', "[".repeat(9) + "]".repeat(9), "{}\0"];

/** Makes the right request `sample` of `operation` wrong in every way that applies. */
export async function makeMistakes(program, { operationId: id, security, responses }, { method, path, body, headers }) {
  const refused = async (status, more, at = path) => {
    const answer = await program.send(method, at, { body, ...more, headers: { ...headers, ...more.headers } });
    assert.equal(answer.status, status, `${id}: ${answer.bytes}`);
    return answer;
  };
  await refused(406, { headers: { Accept: "text/none" } });
  if (!security) {
    await refused(401, { headers: { Authorization: null } });
    const wrong = await refused(401, { headers: { Authorization: "Bearer osk_wrong", "Accept-Language": "en" } });
    assert.equal(wrong.json.title, "This API key does not work");
  }
  if (body) {
    const list = Array.isArray(body);
    for (const malformed of MALFORMED) await refused(400, { body: malformed });
    await refused(415, { headers: { "Content-Type": "text/plain" } });
    await refused(422, { body: list ? [{ x: 1 }] : { x: 1 } });
    await refused(413, { body: Buffer.alloc(list ? 5 * 2 ** 20 + 1 : 65537, 32) });
  }
  if (responses[428]) await refused(428, { headers: { "If-Match": null } });
  if (responses[412]) await refused(412, { headers: { "If-Match": '"99"' } });
  // A change that would make two venues one place.
  if (responses[412]) await refused(409, { body: restaurant("みなと食堂") });
  if (responses[404] && path.startsWith("/api/v1/venues/")) await refused(404, {}, path.replace(/[0-9a-f-]{36}/, NOBODYS_ID));
}
