// What LINE counts: people reached per Japan day and way of sending, and the month's use of the
// quota, to which replies do not count.

import { japanDay, japanMonth } from '../clock.mjs';

export class Counters {
  #delivered = new Map();
  #monthly = new Map();

  add(via, people, time) {
    const day = `${via} ${japanDay(time)}`;
    this.#delivered.set(day, (this.#delivered.get(day) ?? 0) + people);
    if (via === 'reply') return;
    const month = japanMonth(time);
    this.#monthly.set(month, (this.#monthly.get(month) ?? 0) + people);
  }

  delivered(via, day) {
    return this.#delivered.get(`${via} ${day}`) ?? 0;
  }

  usedThisMonth(now) {
    return this.#monthly.get(japanMonth(now)) ?? 0;
  }
}
