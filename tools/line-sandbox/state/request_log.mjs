// The requests received, newest last. Bounded, since a load run sends more than memory should hold;
// the problems found in them are kept for good: they are what tests look at.

const KEPT_REQUESTS = 20_000;

export class RequestLog {
  #requests = [];
  problems = [];
  dropped = 0;

  add(request) {
    this.#requests.push(request);
    if (this.#requests.length >= 2 * KEPT_REQUESTS) {
      this.dropped += this.#requests.length - KEPT_REQUESTS;
      this.#requests = this.#requests.slice(-KEPT_REQUESTS);
    }
    if (request.problems.length > 0) {
      const { id, time, method, path, problems } = request;
      this.problems.push({ requestId: id, time, method, path, problems });
    }
  }

  // Those whose path is `path` (undefined: all) and that came at or after `since`.
  list({ path, since = 0 }) {
    return this.#requests.filter(
      (request) => (path === undefined || request.path === path) && request.time >= since,
    );
  }

  forgetProblems() {
    this.problems = [];
  }
}
