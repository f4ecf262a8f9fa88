// The people who use LINE: who is a friend of the account, who blocked it, and what stands in each
// chat. A message sent to 500 people is one object that 500 chats point to.

const DAY_MS = 24 * 3600 * 1000;
// Who is no friend can be pushed to for this long after writing to the account.
const REACHABLE_AFTER_WRITING_MS = 7 * DAY_MS;

export class People {
  #byId = new Map();

  // follow: "none" (never added the account), "friend" or "blocked". Adding a known person again
  // changes nothing.
  add({ userId, name, follow }) {
    if (!this.#byId.has(userId)) {
      this.#byId.set(userId, { userId, name, follow, lastWroteAt: null, chat: [] });
    }
  }

  get(userId) {
    return this.#byId.get(userId);
  }

  all() {
    return [...this.#byId.values()];
  }

  get size() {
    return this.#byId.size;
  }

  // Whether a message sent now would be shown to this person.
  reachable(userId, now) {
    const person = this.#byId.get(userId);
    if (!person || person.follow === 'blocked') return false;
    return person.follow === 'friend' || this.#wroteRecently(person, now);
  }

  #wroteRecently(person, now) {
    return person.lastWroteAt !== null && now - person.lastWroteAt <= REACHABLE_AFTER_WRITING_MS;
  }

  // What the person did, as LINE's webhook event tells it. `shown` is the text their phone displays
  // for a button press.
  applyEvent(event, time, shown) {
    const person = this.#byId.get(event.source?.userId);
    if (!person) return;
    if (event.type === 'follow') person.follow = 'friend';
    if (event.type === 'unfollow') person.follow = 'blocked';
    if (event.type !== 'message' && event.type !== 'postback') return;
    person.lastWroteAt = time;
    person.chat.push({
      id: event.message?.id ?? event.webhookEventId,
      from: 'user',
      time: event.timestamp ?? time,
      text: event.message?.text ?? shown,
      postback: event.postback?.data,
    });
  }

  // Puts one posting into the chats of those of `userIds` whom it reaches; returns who they are.
  deliver(posting, userIds) {
    const reached = userIds.filter((userId) => this.reachable(userId, posting.time));
    for (const userId of reached) this.#byId.get(userId).chat.push(posting);
    return reached;
  }
}
