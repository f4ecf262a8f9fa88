// Channel access tokens: the three ways to issue one, their verification and their end.

import { randomBytes, randomUUID } from 'node:crypto';
import { MAX_LIVING } from '../state/access_tokens.mjs';
import { error, oauthError } from './errors.mjs';
import { isSignedBy, parseJwt } from './jwt.mjs';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const AUDIENCE = 'https://api.line.me/';
const THIRTY_DAYS = 30 * 24 * 3600;
const THIRTY_MINUTES = 30 * 60;
const STATELESS_SECONDS = 900;

const newToken = () => randomBytes(96).toString('base64');

// POST /oauth2/v2.1/token: a token with an end of the caller's choice, for a signed assertion.
export function issueByAssertion(call) {
  const refused = refuseGrant(call);
  if (refused) return refused;
  const { claims, reason } = checkAssertion(call, { withTokenEnd: true });
  if (reason) return oauthError('invalid_client', reason);
  if (call.platform.accessTokens.living('v2.1', call.now).length >= MAX_LIVING) {
    return oauthError('invalid_request', `More than ${MAX_LIVING} channel access tokens are valid`);
  }
  return issue(call, 'v2.1', claims.token_exp, randomUUID());
}

// POST /oauth2/v3/token: a stateless token, for the channel secret or a signed assertion.
export function issueStateless(call) {
  const refused = refuseGrant(call);
  if (refused) return refused;
  const reason = call.form.has('client_assertion')
    ? checkAssertion(call, { withTokenEnd: false }).reason
    : checkSecret(call);
  return reason ? oauthError('invalid_client', reason) : issue(call, 'stateless', STATELESS_SECONDS);
}

// POST /v2/oauth/accessToken: a short-lived token; the oldest beyond thirty ends without a word.
export function issueShortLived(call) {
  const refused = refuseGrant(call);
  if (refused) return refused;
  const reason = checkSecret(call);
  if (reason) return oauthError('invalid_client', reason);
  const living = call.platform.accessTokens.living('short-lived', call.now);
  const answer = issue(call, 'short-lived', THIRTY_DAYS);
  if (living.length >= MAX_LIVING) answer.effect.replaces = living[0].token;
  return answer;
}

function issue(call, type, seconds, keyId) {
  const token = { token: newToken(), type, expiresAt: call.now + seconds * 1000, keyId };
  const body = { access_token: token.token, expires_in: seconds, token_type: 'Bearer' };
  if (keyId) body.key_id = keyId;
  return { status: 200, body, effect: { type: 'issue-token', token } };
}

function refuseGrant({ form }) {
  if (form.get('grant_type') === 'client_credentials') return undefined;
  return oauthError('unsupported_grant_type', 'grant_type must be client_credentials');
}

function checkSecret({ form, config }) {
  if (form.get('client_id') !== config.channelId) return 'invalid client_id';
  return form.get('client_secret') === config.channelSecret ? undefined : 'invalid client_secret';
}

// Returns {claims} or {reason}.
function checkAssertion({ form, config, now }, { withTokenEnd }) {
  if (form.get('client_assertion_type') !== ASSERTION_TYPE)
    return { reason: 'invalid client_assertion_type' };
  const jwt = parseJwt(form.get('client_assertion'));
  const key = jwt && config.assertionKeys.get(jwt.header.kid);
  if (!key || jwt.header.typ !== 'JWT') return { reason: 'Invalid JWT header, or its kid is not registered' };
  if (!isSignedBy(jwt, 'RS256', key)) return { reason: 'Invalid JWT signature' };
  const { iss, sub, aud, exp, token_exp: tokenEnd } = jwt.claims;
  const seconds = Math.floor(now / 1000);
  if (iss !== config.channelId || sub !== config.channelId) return { reason: 'Invalid iss or sub' };
  if (aud !== AUDIENCE) return { reason: 'Invalid aud' };
  if (!Number.isInteger(exp) || exp <= seconds || exp > seconds + THIRTY_MINUTES)
    return { reason: 'Invalid exp' };
  if (withTokenEnd && !(Number.isInteger(tokenEnd) && tokenEnd > 0 && tokenEnd <= THIRTY_DAYS)) {
    return { reason: 'Invalid token_exp' };
  }
  return { claims: jwt.claims };
}

// GET /oauth2/v2.1/verify and POST /v2/oauth/verify: what a channel access token is good for.
export function verifyAccessToken(call) {
  const text = (call.form ?? call.query).get('access_token');
  const token = call.platform.accessTokens.find(text, call.now);
  if (!token) return oauthError('invalid_request', 'access token expired');
  const left = token.expiresAt === Infinity ? THIRTY_DAYS : Math.floor((token.expiresAt - call.now) / 1000);
  return {
    status: 200,
    body: { client_id: call.config.channelId, expires_in: left, scope: 'profile chat_message.write' },
  };
}

// GET /oauth2/v2.1/tokens/kid: the key ids of the living tokens issued for assertions.
export function livingKeyIds(call) {
  const { reason } = checkAssertion({ ...call, form: call.query }, { withTokenEnd: false });
  if (reason) return oauthError('invalid_client', reason);
  const living = call.platform.accessTokens.living('v2.1', call.now);
  return { status: 200, body: { kids: living.map((token) => token.keyId) } };
}

// POST /oauth2/v2.1/revoke and /v2/oauth/revoke: 200 also for a token that never was.
export function revoke(call) {
  const token = call.form.get('access_token');
  if (!token) return error(400, 'access_token is missing');
  if (call.path === '/oauth2/v2.1/revoke') {
    const reason = checkSecret(call);
    if (reason) return oauthError('invalid_client', reason);
  }
  return { status: 200, body: undefined, effect: { type: 'revoke-token', token } };
}
