-- migrate:up
-- The register of venues, their codes, and the folded copy that officers search. First version, so
-- no older binary runs beside it.

CREATE TABLE registry.venues (
  venue_id uuid PRIMARY KEY,
  -- So that a repeated registration finds the first one.
  request_id uuid NOT NULL CONSTRAINT venues_request_id_unique UNIQUE,
  name text NOT NULL CONSTRAINT venues_name_length CHECK (length(name) BETWEEN 1 AND 3200),
  kana text NOT NULL,
  kind text NOT NULL CONSTRAINT venues_kind CHECK (kind ~ '^[a-z]{1,20}$'),
  postal_code text NOT NULL CONSTRAINT venues_postal_code CHECK (postal_code ~ '^([0-9]{7})?$'),
  address text NOT NULL CONSTRAINT venues_address_length CHECK (length(address) BETWEEN 1 AND 6400),
  phone text NOT NULL,
  email text NOT NULL CONSTRAINT venues_email_length CHECK (length(email) BETWEEN 3 AND 254),
  -- One measure a line: no measure holds a control character.
  measures text NOT NULL,
  event_start_time timestamptz,
  event_end_time timestamptz,
  name_consent boolean NOT NULL,
  listed boolean NOT NULL,
  drill boolean NOT NULL,
  state text NOT NULL CONSTRAINT venues_state CHECK (state IN ('open', 'closed', 'suspended')),
  create_time timestamptz NOT NULL,
  -- Made by the service (NFKC, case folded, hiragana as katakana): never shown, only searched.
  search_name text NOT NULL,
  search_text text NOT NULL,
  search_grams text[] NOT NULL,
  CONSTRAINT venues_event_dates CHECK (
    (kind = 'event') = (event_start_time IS NOT NULL)
    AND (kind = 'event') = (event_end_time IS NOT NULL)
    AND (event_end_time IS NULL OR event_end_time > event_start_time))
);

-- Characters and pairs of neighbours. Japanese words are often two characters long, which the
-- trigrams of pg_trgm cannot look up, and it ignores kana and kanji under the C locale.
CREATE INDEX venues_search_grams ON registry.venues USING gin (search_grams);

-- Every code a venue ever had. The current one has no end.
CREATE TABLE registry.venue_codes (
  code text PRIMARY KEY CONSTRAINT venue_codes_form CHECK (code ~ '^[0-9A-Z]{17}$'),
  venue_id uuid NOT NULL REFERENCES registry.venues (venue_id),
  -- Of the registration or replacement that issued it.
  request_id uuid NOT NULL CONSTRAINT venue_codes_request_id_unique UNIQUE,
  create_time timestamptz NOT NULL,
  end_time timestamptz
);

CREATE UNIQUE INDEX venue_codes_current ON registry.venue_codes (venue_id) WHERE end_time IS NULL;
CREATE INDEX venue_codes_venue ON registry.venue_codes (venue_id);

-- Nothing is ever deleted here: a closed venue's visits can still be opened until they end.
GRANT SELECT, INSERT, UPDATE (state) ON registry.venues TO oshirase_registry;
GRANT SELECT, INSERT, UPDATE (end_time) ON registry.venue_codes TO oshirase_registry;

-- migrate:down
DO $$ BEGIN RAISE EXCEPTION 'forward only'; END $$;
