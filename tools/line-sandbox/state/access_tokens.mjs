// Channel access tokens: the long-lived one from the configuration, and those issued by the token
// endpoints, which end by the sandbox's clock.

export const MAX_LIVING = 30;

export class AccessTokens {
  #issued = new Map();

  constructor(longLived) {
    this.longLived = longLived;
  }

  // token: {token, type: "v2.1"|"short-lived"|"stateless", expiresAt, keyId?}
  add(token) {
    this.#issued.set(token.token, token);
  }

  revoke(text) {
    this.#issued.delete(text);
  }

  find(text, now) {
    if (text === this.longLived) return { token: text, type: 'long-lived', expiresAt: Infinity };
    const token = this.#issued.get(text);
    return token && token.expiresAt > now ? token : undefined;
  }

  // Living tokens of one type, the oldest first.
  living(type, now) {
    return [...this.#issued.values()].filter((t) => t.type === type && t.expiresAt > now);
  }
}
