// Signed bodies whose verdict is known: LINE's published one, ours, and those of LINE's SDKs where
// their files are at hand.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { JSONParseError, middleware, SignatureValidationFailed } from "@line/bot-sdk";

import { ROOT } from "../../../tools/story/stack.mjs";
import { sign } from "./conformance_kit.mjs";

const OPENAPI = process.env.LINE_OPENAPI_DIR ?? path.join(ROOT, "../shared/line/openapi");

/** LINE's OpenAPI files, or undefined where they are not at hand. */
export const openApiDir = existsSync(OPENAPI) ? OPENAPI : undefined;

const VECTORS = path.join(OPENAPI, "../vectors");

/** The SDKs' own payloads, or undefined where they are not at hand. */
export const vectorsDir = existsSync(path.join(VECTORS, "signature-vectors.json")) ? VECTORS : undefined;

export const MISSING = "LINE's files are not beside LINE_OPENAPI_DIR";

/** A payload of the SDKs' tests, parsed. */
export const payload = (name) => JSON.parse(readFileSync(path.join(vectorsDir, name), "utf8"));

// https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/
const PUBLISHED = {
  name: "published by LINE",
  secret: "8c570fa6dd201bb328f1c1eac23a96d8",
  body: Buffer.from('{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'),
  signature: "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=",
  valid: true,
};

const SECRET = "a secret of these tests, 秘密";

function made() {
  const bodies = ['{"events":[]}', '{"events":[ ] }', '{"events":[],"x":"\\uD83D\\uDE04"}', '{"events":[],"x":"😄"}',
    '\ufeff{"events":[]}', '{"events":[]}\r\n', "\xff\xfe", " "];
  const right = bodies.map((text) => {
    const body = Buffer.from(text, text.startsWith("\xff") ? "latin1" : "utf8");
    return { name: JSON.stringify(text), secret: SECRET, body, signature: sign(body, SECRET), valid: true };
  });
  const [first, second] = right;
  const wrong = (name, signature) => ({ ...first, name, signature, valid: false });
  const flipped = first.signature.replace(/[a-z]/i, (c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase()));
  return [...right,
    wrong("of another body", second.signature),
    wrong("under another secret", sign(first.body, "another")),
    wrong("one letter's case flipped", flipped),
    wrong("not keyed", createHash("sha256").update(first.body).digest("base64")),
    wrong("SHA-1", sign(first.body, SECRET, "sha1")),
    wrong("SHA-512", sign(first.body, SECRET, "sha512")),
    wrong("hex", Buffer.from(first.signature, "base64").toString("hex")),
    wrong("cut short", first.signature.slice(0, 40))];
}

function ofTheSdks() {
  if (!vectorsDir) return [];
  return payload("signature-vectors.json").map(({ file, ...vector }) => ({
    name: vector.source, ...vector, body: readFileSync(path.join(vectorsDir, file)),
  }));
}

/**
 * Other spellings of a right signature: LINE's SDK takes them because Node.js decodes Base64 leniently,
 * the gateway takes the one that LINE sends. The body is chosen so that all of them differ.
 */
export function lenientSpellings(secret, bodyOf) {
  for (let i = 0; ; i++) {
    const body = bodyOf(i);
    const right = sign(body, secret);
    if (!right.includes("+") || !right.includes("/")) continue;
    return { body, right, spellings: [
      right.replaceAll("+", "-").replaceAll("/", "_"), right.replace("=", ""), `${right}=`, right + right,
      `${right.slice(0, 20)} ${right.slice(20)}`,
    ] };
  }
}

/** {name, secret, body, signature, valid} */
export const vectors = [PUBLISHED, ...made(), ...ofTheSdks()];

export const vectorSecrets = [...new Set(vectors.map(({ secret }) => secret))];

/** What LINE's middleware makes of a request: "accepted", "not JSON" or "refused". */
export function middlewareVerdict({ secret, body, signature }) {
  const request = { headers: { "x-line-signature": signature }, rawBody: body };
  return new Promise((resolve, reject) => {
    middleware({ channelSecret: secret })(request, {}, (error) => {
      if (!error) resolve("accepted");
      else if (error instanceof SignatureValidationFailed) resolve("refused");
      else if (error instanceof JSONParseError) resolve("not JSON");
      else reject(error);
    });
  });
}
