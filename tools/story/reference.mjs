// Who must be told, computed from the rule's own words and nothing of the product.

const HOUR = 3600 * 1000;

/**
 * A visit is [scan, end): end is scan + stay, never beyond the event's end. An exposure is
 * [from, to + linger). Exposed: the two overlap by at least one second.
 */
export function isExposed(visit, exposure) {
  const stay = exposure.stay ?? 2 * HOUR;
  const linger = exposure.linger ?? HOUR / 2;
  const end = Math.min(visit.time + stay, exposure.eventEnd ?? Infinity);
  const overlap = Math.min(end, exposure.to + linger) - Math.max(visit.time, exposure.from);
  return visit.venue === exposure.venue && overlap >= 1000;
}

/** The users of `visits` who were at one of the places. */
export function exposedUsers(visits, exposures) {
  const users = visits
    .filter((visit) => exposures.some((exposure) => isExposed(visit, exposure)))
    .map((visit) => visit.user);
  return new Set(users);
}
