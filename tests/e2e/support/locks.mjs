// An independent reader of what the suite stores: written from the documented formats with another
// binding of libsodium, so that a mistake in the product's own code cannot hide in it.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

import sodium from "libsodium-wrappers";

await sodium.ready;

/** Every key of a keyring, unwrapped: {purpose, label, key}. */
export function readKeyring(folder, keyEncryptionKeyFile) {
  const kek = readFileSync(keyEncryptionKeyFile);
  return readdirSync(folder).filter((name) => name.endsWith(".key")).map((name) => {
    const [, purpose, label] = /^([^.]+)\.(.+)\.key$/.exec(name);
    const wrapped = readFileSync(path.join(folder, name));
    const additional = Buffer.concat([wrapped.subarray(0, 1), Buffer.from(`${purpose}\0${label}`)]);
    const key = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null, wrapped.subarray(25), additional, wrapped.subarray(1, 25), kek);
    return { purpose, label, key: Buffer.from(key) };
  });
}

function uuidBytes(uuid) {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}

function int32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** The blob under the outer lock of a row {day (days since 1970), venue_id, hour, sealed}, or null. */
export function openOuter(row, daySeed) {
  const sealed = row.sealed;
  const seed = sodium.crypto_generichash(32,
    Buffer.concat([Buffer.from("oshirase outer 1"), int32(row.day), uuidBytes(row.venue_id), Buffer.from([row.hour])]), daySeed);
  const pair = sodium.crypto_box_seed_keypair(seed);
  try {
    return Buffer.from(sodium.crypto_box_open_easy(
      sealed.subarray(61), sealed.subarray(37, 61), sealed.subarray(5, 37), pair.privateKey));
  } catch {
    return null;
  }
}

/** Who and when, from a blob under the inner lock, or null. */
export function openInner(blob, row, innerKey) {
  try {
    const plain = Buffer.from(sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, blob.subarray(25),
      Buffer.concat([blob.subarray(0, 1), int32(row.day), uuidBytes(row.venue_id)]), blob.subarray(1, 25), innerKey));
    return { userId: `U${plain.subarray(0, 16).toString("hex")}`, time: Number(plain.readBigInt64BE(16)) };
  } catch {
    return null;
  }
}
