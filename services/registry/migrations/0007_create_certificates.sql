-- migrate:up
-- Certificates: what each sheet at a door declared, for good. Safe under the running version, which
-- knows none of this; a venue it adds has no certificate until it is changed or reissued.

CREATE TABLE registry.certificates (
  certificate_number text PRIMARY KEY
    CONSTRAINT certificates_number_form CHECK (certificate_number ~ '^[0-9A-Z]{13}$'),
  venue_id uuid NOT NULL REFERENCES registry.venues (venue_id),
  version integer NOT NULL CONSTRAINT certificates_version CHECK (version > 0),
  issue_time timestamptz NOT NULL,
  state text NOT NULL
    CONSTRAINT certificates_state CHECK (state IN ('current', 'superseded', 'withdrawn')),
  -- Everything that was on the sheet, the words of its measures included, so that it can be drawn again
  -- as it was when the catalogue has long changed.
  sheet jsonb NOT NULL,
  -- Since when it no longer holds.
  end_time timestamptz,
  CONSTRAINT certificates_version_unique UNIQUE (venue_id, version),
  CONSTRAINT certificates_end CHECK ((state = 'current') = (end_time IS NULL))
);

CREATE UNIQUE INDEX certificates_current ON registry.certificates (venue_id)
  WHERE state = 'current';

-- Which certificate a change brought about.
ALTER TABLE registry.venue_changes
  ADD COLUMN certificate_number text REFERENCES registry.certificates (certificate_number);

-- A certificate ends; it never becomes another.
GRANT SELECT, INSERT, UPDATE (state, end_time) ON registry.certificates TO oshirase_registry;

-- migrate:down
DO $$ BEGIN RAISE EXCEPTION 'forward only'; END $$;
