// The control API under /_sandbox: what tests and the phone page use to act as LINE's users, to look
// at what the product sent, and to order failures. JSON in and out; errors are {"error": reason}.

import { readBody, sendJson, TooLarge } from '../http.mjs';
import { ControlError } from './control_error.mjs';
import * as settings from './settings.mjs';
import * as visitors from './visitors.mjs';

const MOST_BYTES = 32 * 1024 * 1024;

const ROUTES = [
  ['GET', '/users', visitors.list],
  ['POST', '/users', visitors.create],
  ['GET', '/users/([^/]+)', visitors.show],
  ['POST', '/users/([^/]+)/follow', visitors.follow],
  ['POST', '/users/([^/]+)/block', visitors.block],
  ['POST', '/users/([^/]+)/unblock', visitors.unblock],
  ['POST', '/users/([^/]+)/text', visitors.text],
  ['POST', '/users/([^/]+)/scan', visitors.scan],
  ['POST', '/users/([^/]+)/postback', visitors.postback],
  ['POST', '/users/([^/]+)/id-token', visitors.idToken],
  ['GET', '/users/([^/]+)/chat', visitors.chat],
  ['POST', '/events', visitors.rawEvents],
  ['POST', '/decode', visitors.decode],
  ['GET', '/requests', settings.requests],
  ['GET', '/problems', settings.problems],
  ['DELETE', '/problems', settings.forgetProblems],
  ['GET', '/faults', settings.faults],
  ['POST', '/faults', settings.orderFault],
  ['DELETE', '/faults', settings.clearFaults],
  ['GET', '/clock', settings.clock],
  ['POST', '/clock', settings.setClock],
  ['GET', '/config', settings.config],
  ['POST', '/config', settings.setConfig],
  ['POST', '/assertion-keys', settings.registerAssertionKey],
  ['GET', '/status', settings.status],
].map(([method, path, handle]) => ({ method, path, pattern: new RegExp(`^/_sandbox${path}$`), handle }));

export class ControlApi {
  // parts: platform, config, clock, log, courier, faults, rateLimits, live, nextMessageId
  constructor(parts) {
    this.parts = parts;
  }

  async handle(request, response, url) {
    if (request.method === 'GET' && url.pathname === '/_sandbox/live')
      return this.parts.live.connect(response);
    const { route, params } = find(request.method, url.pathname);
    const answer = await this.#answer(request, { route, params, query: url.searchParams });
    sendJson(response, answer.status, answer.body);
    this.parts.log.info('control', {
      method: request.method,
      route: route?.path ?? 'unknown',
      status: answer.status,
    });
    return undefined;
  }

  async #answer(request, { route, params, query }) {
    try {
      if (!route) throw new ControlError(404, 'no such control endpoint');
      const body = await readJson(request);
      return { status: 200, body: await route.handle({ ...this.parts, params, query, body }) };
    } catch (cause) {
      if (cause instanceof ControlError)
        return { status: cause.status, body: { error: cause.message, ...cause.more } };
      throw cause;
    }
  }
}

function find(method, path) {
  for (const route of ROUTES) {
    const match = route.method === method && route.pattern.exec(path);
    if (match) return { route, params: match.slice(1) };
  }
  return { route: undefined, params: [] };
}

async function readJson(request) {
  let raw;
  try {
    raw = await readBody(request, MOST_BYTES);
  } catch (cause) {
    if (cause instanceof TooLarge) throw new ControlError(413, cause.message);
    throw cause;
  }
  if (raw.length === 0) return {};
  try {
    const body = JSON.parse(raw);
    if (body !== null && typeof body === 'object' && !Array.isArray(body)) return body;
  } catch {
    // Reported below, like JSON that is no object.
  }
  throw new ControlError(400, 'the body must be a JSON object');
}
