// Carries events to the account's webhook: signed, and when told so also twice, late, out of order or
// as a redelivery.
//
// `delivery` options, all optional:
//   duplicate    how many further copies go out beside the first, isRedelivery false
//   redelivery   true: after the first answer the same events go out once more as a redelivery
//   delayMs      how long to wait before the first call
//   perBody      events per body (else all in one); order "reverse" or "shuffle" of those bodies
//   escapeEmoji  true, false; else by chance
//   wait         false: the answer to the control call does not wait for the delivery

import { randomInt } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { signatureOf, webhookBytes } from './bytes.mjs';
import { asRedelivery } from './events.mjs';

const MOST_SOCKETS = 256;
const AGENTS = {
  'http:': new http.Agent({ keepAlive: true, maxSockets: MOST_SOCKETS }),
  'https:': new https.Agent({ keepAlive: true, maxSockets: MOST_SOCKETS }),
};

const succeeded = ({ status }) => status !== null && status >= 200 && status < 300;

export class Courier {
  constructor({ platform, config, clock, log }) {
    Object.assign(this, { platform, config, clock, log });
  }

  // Delivers recorded events. Returns {status, attempts, reason?}: the last answer (null if there was
  // none) and how many calls were made. Never rejects.
  async deliver(events, delivery = {}) {
    if (delivery.delayMs > 0) await sleep(delivery.delayMs);
    let outcome = { status: null, attempts: 0, reason: 'NO_EVENTS' };
    for (const body of arrange(events, delivery)) {
      const { attempts } = outcome;
      outcome = await this.#deliverBody(body, delivery);
      outcome.attempts += attempts;
    }
    return outcome;
  }

  // Calls the webhook once. Returns {status, reason?}; reasons as LINE's error statistics name them.
  async callOnce(events, { url = this.config.webhookUrl, escapeEmoji = randomInt(2) === 1 } = {}) {
    if (url === null) return { status: null, reason: 'NO_WEBHOOK_URL' };
    const bytes = webhookBytes(this.config.botUserId, events, { escapeEmoji });
    const started = performance.now();
    const outcome = await this.#post(new URL(url), bytes);
    this.log.info('webhook', {
      ...outcome,
      events: events.length,
      bytes: bytes.length,
      ms: Math.round(performance.now() - started),
    });
    return outcome;
  }

  // What a killed sandbox had recorded but not delivered.
  async resumeUnsettled() {
    const events = [...this.platform.unsettled.values()];
    if (events.length === 0 || this.config.redelivery.attempts === 0) return;
    this.log.info('resuming deliveries', { events: events.length });
    await Promise.all(events.map((event) => this.#deliverBody([asRedelivery(event)], {})));
  }

  async #deliverBody(events, delivery) {
    const copies = 1 + (delivery.duplicate ?? 0);
    const [first] = await Promise.all(Array.from({ length: copies }, () => this.#send(events, delivery)));
    let outcome = first;
    let attempts = copies;
    if (delivery.redelivery) {
      outcome = await this.#send(events.map(asRedelivery), delivery);
      attempts += 1;
    }
    const { attempts: again, backoffMs } = this.config.redelivery;
    for (let i = 0; i < again && !succeeded(outcome); i += 1) {
      await sleep(backoffMs * 2 ** i);
      outcome = await this.#send(events.map(asRedelivery), delivery);
      attempts += 1;
    }
    this.platform.commit({ kind: 'settled', webhookEventIds: idsOf(events), status: outcome.status });
    return { ...outcome, attempts };
  }

  #send(events, { escapeEmoji }) {
    this.platform.commit({ kind: 'sending', time: this.clock.now(), webhookEventIds: idsOf(events) });
    return this.callOnce(events, { escapeEmoji });
  }

  // A kept connection may have been closed by the other side just before: then once more on a new one.
  async #post(url, bytes) {
    const outcome = await this.#postOnce(url, bytes, AGENTS[url.protocol]);
    return outcome.staleConnection ? this.#postOnce(url, bytes, false) : outcome;
  }

  #postOnce(url, bytes, agent) {
    const { request } = url.protocol === 'https:' ? https : http;
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'content-length': bytes.length,
      'user-agent': 'LineBotWebhook/2.0',
      'x-line-signature': signatureOf(bytes, this.config.channelSecret),
    };
    return new Promise((resolve) => {
      const call = request(url, { method: 'POST', headers, agent }, (response) => {
        response.resume();
        response.on('close', () => {
          clearTimeout(timer);
          const reason = succeeded({ status: response.statusCode }) ? undefined : 'ERROR_STATUS_CODE';
          resolve({ status: response.statusCode, reason });
        });
      });
      const timer = setTimeout(() => call.destroy(new Error('timeout')), this.config.webhookTimeoutMs);
      call.on('error', (error) => {
        clearTimeout(timer);
        const staleConnection = call.reusedSocket && error.code === 'ECONNRESET';
        resolve({ status: null, reason: reasonOf(error), ...(staleConnection && { staleConnection }) });
      });
      call.end(bytes);
    });
  }
}

function reasonOf(error) {
  if (error.message === 'timeout') return 'REQUEST_TIMEOUT';
  return ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH'].includes(error.code)
    ? 'COULD_NOT_CONNECT'
    : 'UNCLASSIFIED';
}

const idsOf = (events) => events.map((event) => event.webhookEventId).filter((id) => id !== undefined);

function arrange(events, { perBody = Math.max(events.length, 1), order }) {
  const bodies = [];
  for (let i = 0; i < events.length; i += perBody) bodies.push(events.slice(i, i + perBody));
  if (order === 'reverse') bodies.reverse();
  if (order === 'shuffle') {
    for (let i = bodies.length - 1; i > 0; i -= 1) {
      const j = randomInt(i + 1);
      [bodies[i], bodies[j]] = [bodies[j], bodies[i]];
    }
  }
  return bodies;
}
