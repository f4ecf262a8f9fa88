// The journal: every change of state as one JSON line, appended before it is acknowledged, so that a
// sandbox killed at any moment knows after its restart all that it ever answered. There is no fsync:
// the process may die, the machine is assumed not to.

import { closeSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 0x0a;

export class Journal {
  #fd;

  // Opens (creating if need be) DIR/journal.jsonl and gives every whole record in it to `replay`.
  // A last line cut off by a kill was never acknowledged: it is removed.
  constructor(dir, replay) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    this.path = join(dir, 'journal.jsonl');
    this.#fd = openSync(this.path, 'a+', 0o600);
    const wholeBytes = this.#readAll(replay);
    ftruncateSync(this.#fd, wholeBytes);
  }

  append(record) {
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    for (let done = 0; done < line.length;) done += writeSync(this.#fd, line, done);
  }

  close() {
    closeSync(this.#fd);
  }

  // Returns how many bytes the whole lines take.
  #readAll(replay) {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let pieces = [];
    let position = 0;
    let whole = 0;
    for (;;) {
      const count = readSync(this.#fd, chunk, 0, CHUNK_BYTES, position);
      if (count === 0) return whole;
      let start = 0;
      for (let end; (end = chunk.subarray(0, count).indexOf(NEWLINE, start)) >= 0; start = end + 1) {
        pieces.push(Buffer.from(chunk.subarray(start, end)));
        this.#replayLine(Buffer.concat(pieces), replay);
        pieces = [];
        whole = position + end + 1;
      }
      pieces.push(Buffer.from(chunk.subarray(start, count)));
      position += count;
    }
  }

  #replayLine(line, replay) {
    let record;
    try {
      record = JSON.parse(line);
    } catch {
      throw new Error(`${this.path} holds a line that is not JSON: move the file away to begin anew`);
    }
    replay(record);
  }
}
