// JSON Web Tokens, as much of them as LINE's token endpoints need: compact form, one signature.

import {
  createPublicKey,
  generateKeyPairSync,
  createPrivateKey,
  createHash,
  sign,
  verify,
} from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

// How each algorithm names itself to node:crypto. Anything else, "none" above all, is no signature.
const ALGORITHMS = {
  RS256: (key) => ({ key }),
  ES256: (key) => ({ key, dsaEncoding: 'ieee-p1363' }),
};

export function signJwt(header, claims, privateKey) {
  const signed = `${encode(header)}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(signed), ALGORITHMS[header.alg](privateKey));
  return `${signed}.${signature.toString('base64url')}`;
}

// The parts of a token, unverified; undefined if it has not the form of one.
export function parseJwt(text) {
  const parts = String(text).split('.');
  if (parts.length !== 3) return undefined;
  try {
    const [header, claims] = parts.slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url')));
    if (header === null || typeof header !== 'object' || claims === null || typeof claims !== 'object')
      return undefined;
    return {
      header,
      claims,
      signed: `${parts[0]}.${parts[1]}`,
      signature: Buffer.from(parts[2], 'base64url'),
    };
  } catch {
    return undefined;
  }
}

// Whether the token was signed with this key and exactly this algorithm.
export function isSignedBy(jwt, algorithm, publicKey) {
  if (jwt.header.alg !== algorithm) return false;
  return verify('sha256', Buffer.from(jwt.signed), ALGORITHMS[algorithm](publicKey), jwt.signature);
}

// A public key from PEM text or a JWK object. Throws a TypeError with the reason.
export function publicKeyFrom(source) {
  try {
    const key = typeof source === 'string' ? source : { key: source, format: 'jwk' };
    return createPublicKey(key);
  } catch (cause) {
    throw new TypeError(`not a public key in PEM or JWK form: ${cause.message}`);
  }
}

// The key of this stand-in for LINE Login, P-256, kept in `path` so that ID tokens outlive a restart.
export function loginKey(path) {
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  }
  const privateKey = createPrivateKey(readFileSync(path));
  const publicKey = createPublicKey(privateKey);
  const { x, y } = publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256')
    .update(x + y)
    .digest('hex')
    .slice(0, 32);
  return { privateKey, publicKey, jwk: { kty: 'EC', crv: 'P-256', use: 'sig', alg: 'ES256', kid, x, y } };
}
