// Live updates for the page, as server-sent events. Changes are gathered for a moment, so that a
// message to 500 people is one event and not 500.

const GATHER_MS = 60;
// With more changed chats than this the page reads its list anew.
const MOST_NAMED_USERS = 200;
const HEARTBEAT_MS = 15_000;

export class Live {
  #connected = new Set();
  #changedUsers = new Set();
  #requests = [];
  #timer;

  connect(response) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 1000\n\n');
    const heartbeat = setInterval(() => response.write(': \n\n'), HEARTBEAT_MS);
    this.#connected.add(response);
    response.on('close', () => {
      clearInterval(heartbeat);
      this.#connected.delete(response);
    });
  }

  // {userIds}: these people's chats or states changed. {request}: an API request was received.
  changed({ userIds = [], request }) {
    if (this.#connected.size === 0) return;
    for (const userId of userIds) this.#changedUsers.add(userId);
    if (request) this.#requests.push(brief(request));
    this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS);
  }

  close() {
    clearTimeout(this.#timer);
    for (const response of this.#connected) response.end();
  }

  #flush() {
    this.#timer = undefined;
    const many = this.#changedUsers.size > MOST_NAMED_USERS;
    const change = { userIds: many ? null : [...this.#changedUsers], requests: this.#requests.slice(-20) };
    this.#changedUsers.clear();
    this.#requests = [];
    for (const response of this.#connected) response.write(`data: ${JSON.stringify(change)}\n\n`);
  }
}

const brief = ({ id, time, method, path, status, problems, fault }) => ({
  id,
  time,
  method,
  path,
  status,
  problems,
  fault,
});
