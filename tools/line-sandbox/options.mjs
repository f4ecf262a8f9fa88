// The command line, read once and checked whole: all problems are reported together.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { publicKeyFrom } from './api/jwt.mjs';
import { USER_ID } from './ids.mjs';

export const HELP = `usage: node tools/line-sandbox/main.mjs --data DIR --channel-secret-file F --access-token-file F \\
         --bot-user-id U... --basic-id @ID [options]

A stand-in for the LINE platform on a loopback port: LINE's endpoints, a control API under
/_sandbox, and a phone to play with at /.

  --port N                   port on 127.0.0.1 (default 0: any free one, told in the log)
  --data DIR                 where its state lives; a restart goes on where it was
  --channel-secret-file F    the channel secret webhooks are signed with
  --access-token-file F      the channel access token that is accepted
  --bot-user-id U...         the account's user id, the destination of its webhooks
  --basic-id @ID             the account's id as QR codes name it
  --webhook-url URL          where webhooks go
  --webhook-timeout-ms N     how long a webhook may take (default 2000, as LINE)
  --redelivery N             how often an unanswered webhook is delivered again (default 0)
  --quota N                  people that may be messaged a month (default: no limit)
  --channel-id ID            the Messaging API channel (default 1000000001)
  --login-channel-id ID      the LINE Login channel (default 1000000002)
  --assertion-key KID=FILE   a registered public key (PEM) for JWT assertions
  --openapi                  hold requests against LINE's OpenAPI too, found in LINE_OPENAPI_DIR
                             (default ../shared/line/openapi beside the project)
  --accept-unknown-reply-tokens   take each reply token it never issued once (for load tests)
  --help

Environment: OSHIRASE_CLOCK_OFFSET (seconds), LOG_LEVEL (debug, info, warn, error), LINE_OPENAPI_DIR.
`;

const SPEC = {
  port: { type: 'string', default: '0' },
  data: { type: 'string' },
  'channel-secret-file': { type: 'string' },
  'access-token-file': { type: 'string' },
  'bot-user-id': { type: 'string' },
  'basic-id': { type: 'string' },
  'webhook-url': { type: 'string' },
  'webhook-timeout-ms': { type: 'string', default: '2000' },
  redelivery: { type: 'string', default: '0' },
  quota: { type: 'string' },
  'channel-id': { type: 'string', default: '1000000001' },
  'login-channel-id': { type: 'string', default: '1000000002' },
  'assertion-key': { type: 'string' },
  openapi: { type: 'boolean', default: false },
  'accept-unknown-reply-tokens': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

const REDELIVERY_BACKOFF_MS = 200;
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

// Returns {help: true}, {problems: [line]} or {config, clockOffsetSeconds, logLevel, openApiDir}.
export function readOptions(args, env) {
  const problems = [];
  let values;
  try {
    ({ values } = parseArgs({ args, options: SPEC }));
  } catch (cause) {
    return { problems: [cause.message] };
  }
  if (values.help) return { help: true };
  const need = (name, check, what) => {
    if (values[name] === undefined) problems.push(`--${name} is missing`);
    else if (!check(values[name])) problems.push(`--${name} must be ${what}`);
    return values[name];
  };
  const number = (text, name, most) => {
    if (/^\d{1,12}$/.test(text) && Number(text) <= most) return Number(text);
    problems.push(`${name} must be a whole number up to ${most}`);
    return 0;
  };
  const secret = (name) =>
    readSecret(
      need(name, () => true),
      `--${name}`,
      problems,
    );
  const offset = env.OSHIRASE_CLOCK_OFFSET ?? '0';
  if (!/^-?\d{1,9}$/.test(offset)) problems.push('OSHIRASE_CLOCK_OFFSET must be a whole number of seconds');

  const config = {
    port: number(values.port, '--port', 65_535),
    dataDir: need('data', (dir) => dir !== '', 'a directory'),
    channelSecret: secret('channel-secret-file'),
    accessToken: secret('access-token-file'),
    botUserId: need('bot-user-id', (id) => USER_ID.test(id), 'U and 32 hexadecimal digits'),
    basicId: need('basic-id', (id) => /^@[a-z0-9._-]{1,20}$/.test(id), '@ and the id'),
    webhookUrl: values['webhook-url'] ?? null,
    webhookTimeoutMs: number(values['webhook-timeout-ms'], '--webhook-timeout-ms', 600_000),
    redelivery: {
      attempts: number(values.redelivery, '--redelivery', 100),
      backoffMs: REDELIVERY_BACKOFF_MS,
    },
    quota: values.quota === undefined ? null : number(values.quota, '--quota', 1e9),
    channelId: values['channel-id'],
    loginChannelId: values['login-channel-id'],
    assertionKeys: readAssertionKey(values['assertion-key'], problems),
    acceptUnknownReplyTokens: values['accept-unknown-reply-tokens'],
    deliveryCountsAtOnce: false,
  };
  if (config.webhookUrl !== null && !/^https?:$/.test(protocolOf(config.webhookUrl))) {
    problems.push('--webhook-url must be an http or https URL');
  }
  if (problems.length > 0) return { problems };
  return {
    config,
    clockOffsetSeconds: Number(offset),
    logLevel: env.LOG_LEVEL ?? 'info',
    openApiDir: values.openapi
      ? (env.LINE_OPENAPI_DIR ?? join(PROJECT, '../shared/line/openapi'))
      : undefined,
  };
}

const protocolOf = (url) => (URL.canParse(url) ? new URL(url).protocol : '');

function readSecret(path, name, problems) {
  if (path === undefined) return undefined;
  try {
    const text = readFileSync(path, 'utf8').trim();
    if (text === '') problems.push(`${name}: the file is empty`);
    return text;
  } catch (cause) {
    problems.push(`${name}: cannot read the file (${cause.code})`);
    return undefined;
  }
}

function readAssertionKey(setting, problems) {
  const keys = new Map();
  if (setting === undefined) return keys;
  const [, kid, path] = /^([^=]+)=(.+)$/.exec(setting) ?? [];
  const pem = readSecret(path, '--assertion-key', problems);
  try {
    if (pem) keys.set(kid, publicKeyFrom(pem));
    else if (!kid) problems.push('--assertion-key must be KID=FILE');
  } catch (cause) {
    problems.push(`--assertion-key: ${cause.message}`);
  }
  return keys;
}
