// Channel access tokens and ID tokens.

import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { channelAccessToken } from '@line/bot-sdk';
import { isSignedBy, parseJwt, signJwt } from './api/jwt.mjs';
import { CHANNEL_SECRET, sandboxFor } from './testing/harness.mjs';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const CHANNEL = '1000000001';
const LOGIN_CHANNEL = '1000000002';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const seconds = () => Math.floor(Date.now() / 1000);

const claims = (more = {}) => ({
  iss: CHANNEL,
  sub: CHANNEL,
  aud: 'https://api.line.me/',
  exp: seconds() + 600,
  token_exp: 86_400,
  ...more,
});
const assertion = (more, header = {}) =>
  signJwt({ alg: 'RS256', typ: 'JWT', kid: 'key-1', ...header }, claims(more), privateKey);

async function sandboxWithKey(t) {
  const sandbox = await sandboxFor(t);
  const key = publicKey.export({ format: 'jwk' });
  assert.equal((await sandbox.control('POST', '/assertion-keys', { kid: 'key-1', key })).status, 200);
  return sandbox;
}

const issueWith = (sandbox, jwt) =>
  sandbox.line(
    'POST',
    '/oauth2/v2.1/token',
    new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: jwt,
    }),
  );

const works = async (sandbox, token) =>
  (await sandbox.line('GET', '/v2/bot/info', undefined, { authorization: `Bearer ${token}` })).status === 200;

test("LINE's own client gets each kind of token, and each works until its end", async (t) => {
  const sandbox = await sandboxWithKey(t);
  const client = new channelAccessToken.ChannelAccessTokenClient({ baseURL: sandbox.url });
  const byJwt = await client.issueChannelTokenByJWT('client_credentials', ASSERTION_TYPE, assertion());
  const shortLived = await client.issueChannelToken('client_credentials', CHANNEL, CHANNEL_SECRET);
  const stateless = await client.issueStatelessChannelTokenByClientSecret(CHANNEL, CHANNEL_SECRET);

  assert.deepEqual([byJwt.expires_in, shortLived.expires_in, stateless.expires_in], [86_400, 2_592_000, 900]);
  for (const { access_token: token } of [byJwt, shortLived, stateless])
    assert.ok(await works(sandbox, token));
  assert.deepEqual(await client.getsAllValidChannelAccessTokenKeyIds(ASSERTION_TYPE, assertion()), {
    kids: [byJwt.key_id],
  });
  assert.equal((await client.verifyChannelTokenByJWT(byJwt.access_token)).client_id, CHANNEL);

  await sandbox.control('POST', '/clock', { offsetSeconds: 901 });
  assert.ok(!(await works(sandbox, stateless.access_token)));
  assert.ok(await works(sandbox, byJwt.access_token));
  await client.revokeChannelTokenByJWT(CHANNEL, CHANNEL_SECRET, byJwt.access_token);
  assert.ok(!(await works(sandbox, byJwt.access_token)));
});

test('an assertion with anything wrong about it gets no token', async (t) => {
  const sandbox = await sandboxWithKey(t);
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const wrong = {
    issuer: assertion({ iss: '2' }),
    subject: assertion({ sub: '2' }),
    audience: assertion({ aud: 'https://example.com/' }),
    'too long a life': assertion({ exp: seconds() + 31 * 60 }),
    'ended already': assertion({ exp: seconds() - 1 }),
    'end as text': assertion({ exp: String(seconds() + 60) }),
    'token end over 30 days': assertion({ token_exp: 2_592_001 }),
    'no token end': assertion({ token_exp: undefined }),
    'unknown key id': assertion({}, { kid: 'key-2' }),
    'no type': assertion({}, { typ: undefined }),
    'signed with another key': signJwt({ alg: 'RS256', typ: 'JWT', kid: 'key-1' }, claims(), stranger),
    'no algorithm': assertion().replace(
      /^[^.]+/,
      Buffer.from('{"alg":"none","typ":"JWT","kid":"key-1"}').toString('base64url'),
    ),
    'not a JWT': 'a.b',
  };
  for (const [name, jwt] of Object.entries(wrong)) {
    const answer = await issueWith(sandbox, jwt);
    assert.deepEqual([answer.status, answer.body.error], [400, 'invalid_client'], name);
  }
});

test('the 31st token for an assertion is refused; the 31st short-lived one ends the oldest', async (t) => {
  const sandbox = await sandboxWithKey(t);
  for (let i = 0; i < 30; i += 1) assert.equal((await issueWith(sandbox, assertion())).status, 200);
  assert.equal((await issueWith(sandbox, assertion())).status, 400);

  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: CHANNEL,
    client_secret: CHANNEL_SECRET,
  });
  const tokens = [];
  for (let i = 0; i < 31; i += 1)
    tokens.push((await sandbox.line('POST', '/v2/oauth/accessToken', form)).body.access_token);
  assert.ok(!(await works(sandbox, tokens[0])));
  assert.ok(await works(sandbox, tokens[1]));
});

test('issued tokens outlive a restart', async (t) => {
  const sandbox = await sandboxWithKey(t);
  const { body } = await issueWith(sandbox, assertion());
  assert.ok(await works(await sandbox.restart(), body.access_token));
});

test('secrets stand in no list of requests and no log line', async (t) => {
  const sandbox = await sandboxWithKey(t);
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: CHANNEL,
    client_secret: CHANNEL_SECRET,
  });
  const { body } = await sandbox.line('POST', '/v2/oauth/accessToken', form);
  await sandbox.line('GET', `/oauth2/v2.1/verify?access_token=${encodeURIComponent(body.access_token)}`);
  await issueWith(sandbox, assertion());

  const seen = JSON.stringify((await sandbox.control('GET', '/requests')).body) + sandbox.lines.join('');
  for (const secret of [CHANNEL_SECRET, body.access_token, assertion().split('.')[0]])
    assert.ok(!seen.includes(secret));
});

test('an ID token is verified by the endpoint and by the published key', async (t) => {
  const sandbox = await sandboxFor(t);
  const userId = await sandbox.friend();
  const { idToken } = (
    await sandbox.control('POST', `/users/${userId}/id-token`, { claims: { nonce: 'n1' } })
  ).body;
  const verify = (more) =>
    sandbox.line(
      'POST',
      '/oauth2/v2.1/verify',
      new URLSearchParams({ id_token: idToken, client_id: LOGIN_CHANNEL, ...more }),
    );

  assert.equal((await verify({ nonce: 'n1', user_id: userId })).body.sub, userId);
  assert.equal((await verify({ client_id: CHANNEL })).body.error_description, 'Invalid IdToken Audience.');
  assert.equal((await verify({ nonce: 'n2' })).body.error_description, 'Invalid IdToken Nonce.');
  assert.equal(
    (await verify({ user_id: `U${'0'.repeat(32)}` })).body.error_description,
    'Invalid IdToken Subject Identifier.',
  );
  assert.equal((await verify({ id_token: `${idToken.slice(0, -8)}AAAAAAAA` })).status, 400);
  const [key] = (await sandbox.line('GET', '/oauth2/v2.1/certs')).body.keys;
  const jwt = parseJwt(idToken);
  assert.equal(jwt.header.kid, key.kid);
  assert.ok(isSignedBy(jwt, 'ES256', createPublicKey({ key, format: 'jwk' })));

  await sandbox.control('POST', '/clock', { offsetSeconds: 3601 });
  assert.equal((await verify()).body.error_description, 'IdToken expired.');
});
