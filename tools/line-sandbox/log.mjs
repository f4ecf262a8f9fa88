// One JSON object per line on standard output. Callers pass routes and counts, never a user id, a
// token or a text.

const LEVELS = ['debug', 'info', 'warn', 'error'];

export class Log {
  constructor(level = 'info', write = (line) => process.stdout.write(line)) {
    this.threshold = Math.max(LEVELS.indexOf(level), 0);
    this.write = write;
  }

  info(msg, fields) {
    this.#line('info', msg, fields);
  }

  warn(msg, fields) {
    this.#line('warn', msg, fields);
  }

  error(msg, fields) {
    this.#line('error', msg, fields);
  }

  #line(level, msg, fields) {
    if (LEVELS.indexOf(level) < this.threshold) return;
    this.write(
      `${JSON.stringify({ ts: new Date().toISOString(), level, service: 'line-sandbox', msg, ...fields })}\n`,
    );
  }
}
