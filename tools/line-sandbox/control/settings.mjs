// Looking at what the product sent, and changing how the sandbox behaves. Faults, clock and
// configuration are of this run: a restart takes them from the command line again.

import { publicKeyFrom } from '../api/jwt.mjs';
import { KINDS } from '../api/faults.mjs';
import { ControlError } from './control_error.mjs';

export function requests({ platform, query }) {
  const since = Number(query.get('since') ?? 0);
  return platform.requests
    .list({ path: query.get('path') ?? undefined, since })
    .map(({ kind, effect, ...request }) => ({ ...request, valid: request.problems.length === 0 }));
}

export const problems = ({ platform }) => platform.requests.problems;

export function forgetProblems({ platform }) {
  platform.requests.forgetProblems();
  return {};
}

export const faults = ({ faults: ordered }) => ordered.list();

export function orderFault({ faults: ordered, body }) {
  try {
    return { id: ordered.order(body) };
  } catch (cause) {
    throw new ControlError(400, cause.message, { kinds: KINDS });
  }
}

export function clearFaults({ faults: ordered }) {
  ordered.clear();
  return {};
}

export const clock = ({ clock: sandboxClock }) => ({
  now: sandboxClock.now(),
  offsetSeconds: sandboxClock.offsetSeconds,
});

export function setClock(ask) {
  const { offsetSeconds } = ask.body;
  if (!Number.isFinite(offsetSeconds)) throw new ControlError(400, 'offsetSeconds must be a number');
  ask.clock.offsetSeconds = offsetSeconds;
  return clock(ask);
}

const SETTINGS = [
  'webhookUrl',
  'webhookTimeoutMs',
  'redelivery',
  'quota',
  'deliveryCountsAtOnce',
  'acceptUnknownReplyTokens',
];

const isCount = (value) => Number.isInteger(value) && value >= 0;
const isBoolean = (value) => typeof value === 'boolean';
const CHECKS = {
  webhookUrl: (value) => value === null || /^https?:$/.test(URL.canParse(value) && new URL(value).protocol),
  webhookTimeoutMs: (value) => isCount(value) && value > 0,
  redelivery: (value) =>
    isBoolean(value) || isCount(value) || (isCount(value?.attempts) && isCount(value?.backoffMs)),
  quota: (value) => value === null || isCount(value),
  deliveryCountsAtOnce: isBoolean,
  acceptUnknownReplyTokens: isBoolean,
  rateLimits: (value) =>
    value !== null && typeof value === 'object' && Object.values(value).every((rate) => rate > 0),
};

export const config = ({ config: current, rateLimits }) => ({
  ...Object.fromEntries(SETTINGS.map((name) => [name, current[name]])),
  rateLimits: rateLimits.perSecond,
});

// All or nothing: a name or value that makes no sense leaves everything as it was.
export function setConfig(ask) {
  for (const [name, value] of Object.entries(ask.body)) {
    if (!CHECKS[name])
      throw new ControlError(400, `there is no setting ${name}`, { settings: Object.keys(CHECKS) });
    if (!CHECKS[name](value)) throw new ControlError(400, `${name} cannot have this value`);
  }
  const { rateLimits, redelivery, ...rest } = ask.body;
  Object.assign(ask.config, rest);
  if (redelivery !== undefined) ask.config.redelivery = redeliveryOf(redelivery);
  if (rateLimits) ask.rateLimits.configure(rateLimits);
  return config(ask);
}

const USUAL_REDELIVERY = { attempts: 3, backoffMs: 200 };

// true, false, a number of attempts, or {attempts, backoffMs}.
function redeliveryOf(value) {
  if (typeof value === 'object') return { attempts: value.attempts, backoffMs: value.backoffMs };
  const attempts = isBoolean(value) ? (value ? USUAL_REDELIVERY.attempts : 0) : value;
  return { ...USUAL_REDELIVERY, attempts };
}

// What a developer does in LINE's console: the public key whose private half signs JWT assertions.
export function registerAssertionKey({ config: current, body }) {
  const { kid, key } = body;
  if (typeof kid !== 'string' || kid === '')
    throw new ControlError(400, 'kid must be a string that is not empty');
  try {
    current.assertionKeys.set(kid, publicKeyFrom(key));
  } catch (cause) {
    throw new ControlError(400, cause.message);
  }
  return { kid };
}

export function status({ platform, config: current, clock: sandboxClock }) {
  return {
    botUserId: current.botUserId,
    basicId: current.basicId,
    webhookUrl: current.webhookUrl,
    openApi: current.openApi,
    now: sandboxClock.now(),
    users: platform.people.size,
    requestsDropped: platform.requests.dropped,
    problems: platform.requests.problems.length,
  };
}
