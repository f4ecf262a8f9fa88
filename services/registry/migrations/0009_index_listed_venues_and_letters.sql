-- migrate:up
-- What the public search and the desk's lists read in order. Safe under the running version, which
-- asks for neither.

-- The first hundred characters of the folded name: a whole one may be longer than an index entry may
-- be. COLLATE "C": the same order on every server.
CREATE INDEX venues_listed ON registry.venues ((left(search_name, 100) COLLATE "C"), venue_id)
  INCLUDE (kind)
  WHERE listed AND state = 'open' AND NOT drill;

-- Newest first; letters_open has the open ones.
CREATE INDEX letters_closed ON registry.letters (kind, create_time, letter_number)
  WHERE close_time IS NOT NULL;

CREATE INDEX api_keys_newest ON registry.api_keys (create_time, api_key_id);

-- migrate:down
DO $$ BEGIN RAISE EXCEPTION 'forward only'; END $$;
