// The visitors' side: LINE users, played through the sandbox.

export class Line {
  constructor(url) {
    this.url = url;
  }

  async #call(method, path, body) {
    const response = await fetch(`${this.url}/_sandbox${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`sandbox ${method} ${path.split("/")[1]}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }

  /** New users; `friends`: already friends of the account, without a webhook. */
  users(count, { friends = false, name } = {}) {
    return this.#call("POST", "/users", { count, name, friend: friends });
  }

  allUsers() {
    return this.#call("GET", "/users");
  }

  /** Reads a QR code (`url` or `png`, base64), adds the account if need be, and sends the text. */
  scan(userId, what, { timestamp, delivery } = {}) {
    return this.#call("POST", `/users/${userId}/scan`, { ...what, timestamp, delivery });
  }

  text(userId, text, { timestamp, delivery } = {}) {
    return this.#call("POST", `/users/${userId}/text`, { text, timestamp, delivery });
  }

  follow(userId, options = {}) {
    return this.#call("POST", `/users/${userId}/follow`, options);
  }

  block(userId, options = {}) {
    return this.#call("POST", `/users/${userId}/block`, options);
  }

  chat(userId) {
    return this.#call("GET", `/users/${userId}/chat`);
  }

  events(events, delivery) {
    return this.#call("POST", "/events", { events, delivery });
  }

  requests(path) {
    return this.#call("GET", path ? `/requests?path=${encodeURIComponent(path)}` : "/requests");
  }

  problems() {
    return this.#call("GET", "/problems");
  }

  fault(fault) {
    return this.#call("POST", "/faults", fault);
  }

  clearFaults() {
    return this.#call("DELETE", "/faults");
  }

  configure(config) {
    return this.#call("POST", "/config", config);
  }

  /** Waits until a user has got `count` replies: they are sent after the webhook's answer. */
  async settled(userId, count, timeoutMs = 5000) {
    const until = Date.now() + timeoutMs;
    while ((await this.replies(userId)).length < count && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** What the account sent a user other than replies: the notices. */
  async notices(userId) {
    const chat = await this.chat(userId);
    return chat.filter((entry) => entry.from === "bot" && entry.via !== "reply");
  }

  async replies(userId) {
    const chat = await this.chat(userId);
    return chat.filter((entry) => entry.from === "bot" && entry.via === "reply");
  }
}

/** All the words of a message the account sent. */
export function wordsOf(entry) {
  return (entry.messages ?? []).map((message) => message.text ?? message.altText ?? "").join("\n");
}
