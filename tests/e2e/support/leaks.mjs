// Looks for LINE user ids, byte by byte, wherever the suite leaves bytes behind.
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

import Redis from "ioredis";

import { Line } from "../../../tools/story/line.mjs";
import { query } from "./database.mjs";

/** The ways in which 16 bytes could be written. */
function encodings(userId) {
  const raw = Buffer.from(userId.slice(1), "hex");
  const base64 = [0, 1, 2].map((shift) => {
    // In the middle of other bytes, base64 falls in one of three phases; the edges differ.
    const text = Buffer.concat([Buffer.alloc(shift), raw]).toString("base64");
    return text.slice(shift === 0 ? 0 : 4, 4 * Math.floor((raw.length + shift) / 3));
  });
  const hex = raw.toString("hex");
  const texts = [hex, hex.toUpperCase(), ...base64, ...base64.map((text) => text.replace(/\+/g, "-").replace(/\//g, "_"))];
  return [raw, ...texts.map((text) => Buffer.from(text))];
}

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(file);
    else if (entry.isFile() && statSync(file).size > 0) yield file;
  }
}

/** Everything in Redis' memory, as one buffer per key. */
async function redisContents(url) {
  const redis = new Redis(url.replace("unix://", ""));
  try {
    const parts = [];
    for (const key of await redis.keysBuffer("*")) {
      parts.push(key, (await redis.dumpBuffer(key)) ?? Buffer.alloc(0));
    }
    return parts;
  } finally {
    redis.disconnect();
  }
}

/** Where a user id was found: `file: encoding`; empty when nowhere. The sandbox is LINE, not us. */
export async function findUserIds(stack) {
  const users = await new Line(stack.env.LINE_SANDBOX_URL).allUsers();
  const needles = users.flatMap(({ userId }) => encodings(userId));
  await query(stack, "CHECKPOINT");  // so that memory is on disk

  const places = new Map();
  for (const file of filesBelow(stack.dir)) {
    if (file.includes("line-sandbox")) continue;
    places.set(file, [readFileSync(file)]);
  }
  places.set("redis", await redisContents(stack.env.REDIS_URL));

  const found = [];
  for (const [place, buffers] of places) {
    if (buffers.some((buffer) => needles.some((needle) => buffer.includes(needle)))) found.push(place);
  }
  return found;
}
