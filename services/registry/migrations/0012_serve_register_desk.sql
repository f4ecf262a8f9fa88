-- migrate:up
-- What the register desk needs: finding entries by filters and by e-mail address, the last
-- inspection whatever it found, and runs of reissued certificates that can be gone on with.
--
-- Safe under the running version: it neither reads nor writes any of this, and rows it adds or
-- changes meanwhile are only not found by their e-mail address until they are changed again.

ALTER TABLE registry.venues
  -- Folded like search_text, but apart: only the desk searches in it. Its grams are in search_grams.
  ADD COLUMN search_email text NOT NULL DEFAULT '',
  -- When somebody last looked at the measures; inspect_time is when they were last confirmed, and
  -- null again when they were not found.
  ADD COLUMN last_inspect_time timestamptz;

-- Addresses are ASCII, so SQL can fold them as the service does.
UPDATE registry.venues AS v
SET search_email = f.folded, last_inspect_time = v.inspect_time,
    search_grams = ARRAY(
      SELECT unnest(v.search_grams)
      UNION SELECT substr(f.folded, i, 1) FROM generate_series(1, length(f.folded)) AS i
      UNION SELECT substr(f.folded, i, 2) FROM generate_series(1, length(f.folded) - 1) AS i)
FROM (SELECT venue_id, regexp_replace(lower(email COLLATE "C"), '[^a-z0-9]', '', 'g') AS folded
      FROM registry.venues) AS f
WHERE f.venue_id = v.venue_id;

-- Pages go by the time of registration. Rare states are few, so their index is small.
CREATE INDEX venues_created ON registry.venues (create_time, venue_id);
CREATE INDEX venues_kind_created ON registry.venues (kind, create_time, venue_id);
CREATE INDEX venues_municipality_created
  ON registry.venues (municipality, create_time, venue_id);
CREATE INDEX venues_not_open_created ON registry.venues (state, create_time, venue_id)
  WHERE state <> 'open';

ALTER TABLE registry.reissue_runs
  ADD COLUMN mail boolean NOT NULL DEFAULT false,
  -- How many rows of reissued_venues the run has. Its lock puts those who work on a run in a line.
  ADD COLUMN done integer NOT NULL DEFAULT 0;

GRANT UPDATE (search_email, last_inspect_time) ON registry.venues TO oshirase_registry;
GRANT UPDATE (done) ON registry.reissue_runs TO oshirase_registry;

-- migrate:down
DO $$ BEGIN RAISE EXCEPTION 'forward only'; END $$;
