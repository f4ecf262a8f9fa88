// Retry keys of accepted requests. A key is remembered for 24 hours from its first acceptance by the
// sandbox's clock; after that the same key is a new request, as at LINE.

const VALID_MS = 24 * 3600 * 1000;
const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isRetryKey = (text) => FORM.test(text);

export class RetryKeys {
  #accepted = new Map();

  // acceptance: {time, requestId, path, bodySha256, sentMessages?}
  remember(key, acceptance) {
    this.#accepted.set(key.toLowerCase(), acceptance);
  }

  // The acceptance of this key, or undefined if it was never used or is forgotten by `now`.
  find(key, now) {
    const acceptance = this.#accepted.get(key.toLowerCase());
    return acceptance && now - acceptance.time < VALID_MS ? acceptance : undefined;
  }
}
