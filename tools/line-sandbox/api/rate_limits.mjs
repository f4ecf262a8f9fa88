// LINE's rate limits: a token bucket per method and path. Requests count, whatever becomes of them
// and whoever sent them; retries too. Measured on the real, monotonic clock.

export const DEFAULT_PER_SECOND = {
  'POST /v2/bot/message/multicast': 200,
  'POST /v2/oauth/accessToken': 370,
};
const EVERYTHING_ELSE = 2000;

export class RateLimits {
  #buckets = new Map();

  // now: monotonic milliseconds.
  constructor(now = () => performance.now()) {
    this.now = now;
    this.perSecond = { ...DEFAULT_PER_SECOND };
  }

  // Changes limits ("METHOD /path" -> requests per second); full buckets anew.
  configure(perSecond) {
    Object.assign(this.perSecond, perSecond);
    this.#buckets.clear();
  }

  // Whether one more request to this route may pass now. A bucket holds one second's worth, and at
  // least one request.
  take(route) {
    const rate = this.perSecond[route] ?? EVERYTHING_ELSE;
    const most = Math.max(rate, 1);
    const now = this.now();
    const bucket = this.#buckets.get(route) ?? { tokens: most, at: now };
    bucket.tokens = Math.min(most, bucket.tokens + ((now - bucket.at) * rate) / 1000);
    bucket.at = now;
    this.#buckets.set(route, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}
