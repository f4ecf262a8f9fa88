// Japan time, at a fixed UTC+9.
const JAPAN = 9 * 3600 * 1000;

export const MINUTE = 60 * 1000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The midnight in Japan at or before `time`. */
export function midnightBefore(time) {
  return Math.floor((time + JAPAN) / DAY) * DAY - JAPAN;
}

/** "2020-06-01T19:00:30", Japan time, as the officer's program takes it. */
export function japanTime(time) {
  return new Date(time + JAPAN).toISOString().slice(0, 19);
}

/** "6/1 19:00" for people. */
export function shortTime(time) {
  const japan = new Date(time + JAPAN).toISOString();
  return `${Number(japan.slice(5, 7))}/${Number(japan.slice(8, 10))} ${japan.slice(11, 16)}`;
}

/** Seconds by which a clock must be off to read `hours:minutes` in Japan now. */
export function offsetTo(hours, minutes) {
  const now = Date.now();
  return Math.round((midnightBefore(now) + hours * HOUR + minutes * MINUTE - now) / 1000);
}
