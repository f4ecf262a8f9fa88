// The received mail: in memory, and in a journal that is written before the sender hears 250, so
// that a message once taken is there after any restart.
import { fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export class Mailbox {
  #messages = [];
  #journal;
  #faults = [];

  constructor(folder) {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, 'journal.jsonl');
    this.#journal = openSync(path, 'a', 0o600);
    const text = readFileSync(path, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    // A line without its end was being written when the process died; its sender got no answer.
    if (whole.length < text.length) ftruncateSync(this.#journal, Buffer.byteLength(whole));
    this.#messages = whole.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  }

  /** Keeps a message for good and gives it its id. */
  add(message) {
    const kept = { id: String(Number(this.#messages.at(-1)?.id ?? 0) + 1), ...message };
    writeSync(this.#journal, `${JSON.stringify(kept)}\n`);
    fsyncSync(this.#journal);
    this.#messages.push(kept);
    return kept;
  }

  /** All messages, oldest first; with an address, those that were sent to it. */
  list(to) {
    if (!to) return this.#messages;
    return this.#messages.filter((message) => message.to.includes(to.toLowerCase()));
  }

  get(id) {
    return this.#messages.find((message) => message.id === id);
  }

  clear() {
    ftruncateSync(this.#journal, 0);
    this.#messages = [];
  }

  /**
   * Makes the next `times` messages fail: rejected for good or deferred (with `code`), delayed by
   * `ms`, or their connection dropped, before or after the message is kept. `at` is the stage of
   * the conversation, and with `to` only messages to that address count.
   */
  addFault(fault) {
    this.#faults.push({ times: 1, ms: 0, at: 'data', ...fault });
  }

  clearFaults() {
    this.#faults = [];
  }

  /** What is to happen now, or undefined. */
  takeFault(at, recipient = '') {
    const fault = this.#faults.find(
      (each) => each.at === at && (!each.to || each.to.toLowerCase() === recipient.toLowerCase()),
    );
    if (!fault) return undefined;
    fault.times -= 1;
    if (fault.times <= 0) this.#faults.splice(this.#faults.indexOf(fault), 1);
    return fault;
  }
}
