// Reply tokens: each good for one reply, for a minute after the webhook that carried it was last
// sent, and never more than 20 minutes after it was issued.
//
// Both limits count from when the sandbox sent the webhook, not from the event's own timestamp,
// which tests set to any hour they like.

const MINUTE_MS = 60 * 1000;
const AFTER_DELIVERY_MS = MINUTE_MS;
const AFTER_ISSUE_MS = 20 * MINUTE_MS;

export class ReplyTokens {
  #tokens = new Map();
  #byEventId = new Map();

  issue(event, time) {
    if (typeof event.replyToken !== 'string' || this.#tokens.has(event.replyToken)) return;
    const token = { userId: event.source?.userId, issuedAt: time, sentAt: time, used: false };
    this.#tokens.set(event.replyToken, token);
    this.#byEventId.set(event.webhookEventId, token);
  }

  // The webhook with these events is being sent (again).
  markSent(webhookEventIds, time) {
    for (const id of webhookEventIds) {
      const token = this.#byEventId.get(id);
      if (token) token.sentAt = time;
    }
  }

  isKnown(text) {
    return this.#tokens.has(text);
  }

  isUsable(text, now) {
    const token = this.#tokens.get(text);
    return (
      token !== undefined &&
      !token.used &&
      now - token.sentAt <= AFTER_DELIVERY_MS &&
      now - token.issuedAt <= AFTER_ISSUE_MS
    );
  }

  // Spends the token; returns the user it answers (undefined for a token the sandbox did not issue).
  use(text) {
    const token = this.#tokens.get(text) ?? { userId: undefined };
    token.used = true;
    this.#tokens.set(text, token);
    return token.userId;
  }
}
