// The sandbox's clock: real time plus an offset that tests may move, so that "24 hours later" takes
// no time. Rate limits do not use it: they measure real speed.

const JAPAN_OFFSET_MS = 9 * 3600 * 1000;

export class Clock {
  constructor(offsetSeconds = 0) {
    this.offsetSeconds = offsetSeconds;
  }

  now() {
    return Date.now() + this.offsetSeconds * 1000;
  }
}

// LINE counts its days and months in UTC+9.
export const japanDay = (ms) => new Date(ms + JAPAN_OFFSET_MS).toISOString().slice(0, 10).replaceAll('-', '');
export const japanMonth = (ms) => japanDay(ms).slice(0, 6);
