// The entrance to LINE's endpoints: what every request passes before its handler sees it, and how its
// outcome is recorded before it is answered.
//
// A handler's decision, the journal line and the change of state happen without a pause in between,
// so two requests with one retry key or one reply token cannot both be accepted.

import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readBody, TooLarge } from '../http.mjs';
import { newRequestId } from '../ids.mjs';
import { error, internal, notFound, rateLimited, unauthenticated } from './errors.mjs';
import { answerOf, carriesOut, leavesUnanswered } from './faults.mjs';
import { readJson } from './read_json.mjs';
import { findRoute } from './routes.mjs';

const MOST_BYTES = 2 * 1024 * 1024;
const SECRET_FIELDS = new Set(['client_secret', 'client_assertion', 'access_token', 'id_token']);
const SECRET_HEADERS = new Set(['authorization', 'cookie']);
const BROKEN_JSON = '{"sentMessages":[{"id":"4612';

export class LineApi {
  // parts: platform, config, clock, log, validator, courier, faults, rateLimits, nextMessageId
  constructor(parts) {
    Object.assign(this, parts);
  }

  async handle(request, response, url) {
    const started = performance.now();
    const call = await this.#receive(request, url);
    const fault = this.faults.take(call.path);
    if (fault?.ms > 0) await sleep(fault.ms);

    let result = carriesOut(fault) ? this.#decide(call) : { status: null };
    // Only what changes nothing may take its time: everything else is decided and recorded in one go.
    if (result instanceof Promise) result = await result;
    const answer = leavesUnanswered(fault) ? undefined : (answerOf(fault) ?? result);
    this.#record(call, { status: answer?.status ?? null, effect: result.effect, fault: fault?.kind });

    if (answer) send(response, call.requestId, fault?.kind === 'bad-json' ? broken(answer) : answer);
    else if (fault.kind !== 'hang') request.socket.resetAndDestroy();
    this.log.info('request', {
      request_id: call.requestId,
      method: call.method,
      route: call.route?.path ?? 'unknown',
      status: answer?.status ?? null,
      ms: Math.round(performance.now() - started),
      bytes: call.raw.length,
      problems: call.problems.length,
      fault: fault?.kind,
    });
  }

  async #receive(request, url) {
    const { platform, config, courier, validator, nextMessageId } = this;
    const problems = [];
    const call = {
      platform,
      config,
      courier,
      validator,
      nextMessageId,
      problems,
      requestId: newRequestId(),
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      notes: [],
      problem: (property, message) => problems.push({ property, message }),
      ...findRoute(request.method, url.pathname),
    };
    try {
      call.raw = await readBody(request, MOST_BYTES);
    } catch (cause) {
      if (!(cause instanceof TooLarge)) throw cause;
      call.raw = Buffer.alloc(0);
      call.tooLarge = true;
    }
    call.bodySha256 = createHash('sha256').update(call.raw).digest('hex');
    call.now = this.clock.now();
    return call;
  }

  // Returns {status, body?, headers?, effect?}, or a promise of it without an effect.
  #decide(call) {
    try {
      return this.#refuse(call) ?? call.route.handle(call);
    } catch (cause) {
      this.log.error('the sandbox itself failed', { route: call.route?.path, error: cause.stack });
      return internal();
    }
  }

  #refuse(call) {
    if (!call.route) {
      call.problem('path', 'The sandbox knows no such endpoint');
      return notFound();
    }
    const { needs, method, path } = call.route;
    if (!needs.open && !this.#authenticated(call)) return unauthenticated();
    if (!this.rateLimits.take(`${method} ${path}`)) return rateLimited();
    if (call.tooLarge) {
      call.problem('', `The request body is larger than ${MOST_BYTES} bytes`);
      return error(413, 'The request body is too large');
    }
    if (needs.body === 'json') return readJson(call);
    if (needs.body === 'form') call.form = new URLSearchParams(call.raw.toString());
    return undefined;
  }

  #authenticated({ headers, platform, now }) {
    const [, token] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
    return token !== undefined && platform.accessTokens.find(token, now) !== undefined;
  }

  #record(call, { status, effect, fault }) {
    this.platform.commit({
      kind: 'request',
      id: call.requestId,
      time: call.now,
      method: call.method,
      path: call.path,
      query: withoutSecrets(Object.fromEntries(call.query)),
      status,
      headers: Object.fromEntries(Object.entries(call.headers).filter(([name]) => !SECRET_HEADERS.has(name))),
      body: call.json ?? (call.form ? withoutSecrets(Object.fromEntries(call.form)) : undefined),
      bodySha256: call.bodySha256,
      problems: call.problems,
      notes: call.notes,
      fault,
      effect,
    });
  }
}

const withoutSecrets = (fields) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, SECRET_FIELDS.has(name) ? '(not kept)' : value]),
  );

const broken = (answer) => (answer.status === 200 ? { ...answer, body: BROKEN_JSON } : answer);

function send(response, requestId, { status, body, headers }) {
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-line-request-id': requestId,
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(text);
}
