// The private Postgres of a stack, seen by its superuser: what a dump would hold.
import pg from "pg";

/** Runs one statement and returns its rows. */
export async function query(stack, sql, parameters = []) {
  // postgres://user@/database?host=/folder has no host part, which URL() does not take.
  const [, user, database, host] = /^postgres:\/\/([^@]*)@\/([^?]*)\?host=(.*)$/.exec(stack.env.DATABASE_URL);
  const client = new pg.Client({ user, database, host });
  await client.connect();
  try {
    return (await client.query(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}

/** Every stored visit: {day (days since 1970), venue_id, hour, visit_id, sealed}. */
export function storedVisits(stack) {
  return query(stack, "SELECT day - date '1970-01-01' AS day, venue_id, hour, visit_id, sealed FROM checkin.visits");
}
