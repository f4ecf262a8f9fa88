// LINE Login's side: ID tokens signed with a key of the sandbox's own, their verification, and the
// key for those who verify by themselves.

import { error, oauthError } from './errors.mjs';
import { isSignedBy, parseJwt, signJwt } from './jwt.mjs';

const ISSUER = 'https://access.line.me';
const ONE_HOUR = 3600;

const invalid = (description) => oauthError('invalid_request', description);

// An ID token as a LIFF app would get for this person. `claims` override or add.
export function makeIdToken({ config, now }, person, claims = {}) {
  const seconds = Math.floor(now / 1000);
  const { privateKey, jwk } = config.loginKey;
  const standard = {
    iss: ISSUER,
    sub: person.userId,
    aud: config.loginChannelId,
    exp: seconds + ONE_HOUR,
    iat: seconds,
    amr: ['linesso'],
    name: person.name,
  };
  return signJwt({ alg: 'ES256', typ: 'JWT', kid: jwk.kid }, { ...standard, ...claims }, privateKey);
}

// GET /oauth2/v2.1/certs
export const certs = ({ config }) => ({ status: 200, body: { keys: [config.loginKey.jwk] } });

// POST /oauth2/v2.1/verify: with id_token; the other form of this path takes an access token by GET.
export function verifyIdToken({ form, config, now }) {
  if (!form.has('id_token')) return error(400, 'id_token is missing');
  const jwt = parseJwt(form.get('id_token'));
  if (!jwt || !isSignedBy(jwt, 'ES256', config.loginKey.publicKey)) return invalid('Invalid IdToken.');
  const { claims } = jwt;
  if (claims.iss !== ISSUER) return invalid('Invalid IdToken Issuer.');
  if (!(claims.exp > now / 1000)) return invalid('IdToken expired.');
  if (claims.aud !== form.get('client_id')) return invalid('Invalid IdToken Audience.');
  if (form.has('nonce') && claims.nonce !== form.get('nonce')) return invalid('Invalid IdToken Nonce.');
  if (form.has('user_id') && claims.sub !== form.get('user_id'))
    return invalid('Invalid IdToken Subject Identifier.');
  return { status: 200, body: claims };
}
