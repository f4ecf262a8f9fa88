// Failures that tests order: each is used up after so many requests to its path.
//
//   delay               answers as usual, `ms` later
//   hang                never answers; with accepted: true the request is carried out first
//   reset               the connection is reset, nothing was carried out
//   reset-after-accept  carried out, then the connection is reset without an answer
//   status              answers `status`; with accepted: true the request is carried out first
//   rate-limit          429, too many requests a second
//   monthly-limit       429, the month's quota is used up
//   bad-json            carried out and answered 200, with a body that breaks off
//
// `ms` delays any of them.

import { internal, quotaUsedUp, rateLimited } from './errors.mjs';

export const KINDS = [
  'delay',
  'hang',
  'reset',
  'reset-after-accept',
  'status',
  'rate-limit',
  'monthly-limit',
  'bad-json',
];

const CARRIED_OUT = new Set(['delay', 'reset-after-accept', 'bad-json']);
const NO_ANSWER = new Set(['hang', 'reset', 'reset-after-accept']);

export class Faults {
  #ordered = [];
  #lastId = 0;

  // Returns the fault's id, or throws a TypeError that says what is wrong with the order.
  order({ path, kind, times = 1, ms = 0, status = 500, accepted = false }) {
    if (typeof path !== 'string' || path === '') throw new TypeError('path must be a path, or "*"');
    if (!KINDS.includes(kind)) throw new TypeError(`kind must be one of ${KINDS.join(', ')}`);
    if (!Number.isInteger(times) || times < 1) throw new TypeError('times must be a whole number from 1');
    if (!(ms >= 0)) throw new TypeError('ms must be a number from 0');
    if (!Number.isInteger(status) || status < 200 || status > 599)
      throw new TypeError('status must be 200-599');
    this.#lastId += 1;
    this.#ordered.push({ id: this.#lastId, path, kind, left: times, ms, status, accepted });
    return this.#lastId;
  }

  list() {
    return this.#ordered;
  }

  clear() {
    this.#ordered = [];
  }

  // The fault for a request to this path, if any; uses it up by one.
  take(path) {
    const fault = this.#ordered.find((each) => each.path === '*' || each.path === path);
    if (!fault) return undefined;
    fault.left -= 1;
    this.#ordered = this.#ordered.filter((each) => each.left > 0);
    return { ...fault };
  }
}

export const carriesOut = (fault) => fault === undefined || CARRIED_OUT.has(fault.kind) || fault.accepted;
export const leavesUnanswered = (fault) => fault !== undefined && NO_ANSWER.has(fault.kind);

// The answer the fault puts in place of the true one, or undefined.
export function answerOf(fault) {
  if (fault?.kind === 'rate-limit') return rateLimited();
  if (fault?.kind === 'monthly-limit') return quotaUsedUp();
  if (fault?.kind === 'status') return { ...internal(), status: fault.status };
  return undefined;
}
