-- migrate:up
-- Businesses: whoever reads one mailbox owns the venues registered from it. And the history of each
-- venue, which the register desk reads.
--
-- Safe under the running version: it selects no new column, and what it inserts gets the defaults.
-- A venue it adds after this migration has no business yet; the service that comes next gives it one
-- when its mailbox is proved.

CREATE TABLE registry.businesses (
  business_id uuid PRIMARY KEY,
  -- As typed at the first registration.
  email text NOT NULL CONSTRAINT businesses_email_length CHECK (length(email) BETWEEN 3 AND 254),
  -- What tells mailboxes apart: the address in ASCII lower case.
  email_key text NOT NULL CONSTRAINT businesses_email_key_unique UNIQUE,
  create_time timestamptz NOT NULL
);

ALTER TABLE registry.venues
  ADD COLUMN business_id uuid REFERENCES registry.businesses (business_id),
  ADD COLUMN business_name text NOT NULL DEFAULT '',
  ADD COLUMN municipality text NOT NULL DEFAULT '',
  -- The venue that this one is a room of.
  ADD COLUMN parent_venue_id uuid REFERENCES registry.venues (venue_id)
    CONSTRAINT venues_parent_is_another CHECK (parent_venue_id <> venue_id),
  -- Ids of the catalogue; column `measures` holds the business's own words.
  ADD COLUMN measure_ids text[] NOT NULL DEFAULT '{}',
  ADD COLUMN revision integer NOT NULL DEFAULT 1 CONSTRAINT venues_revision CHECK (revision > 0),
  -- When the prefecture last confirmed the measures on the spot.
  ADD COLUMN inspect_time timestamptz,
  -- Equal for what one business would call the same venue; made by the service.
  ADD COLUMN twin_key bytea CONSTRAINT venues_twin_key CHECK (length(twin_key) = 32);

INSERT INTO registry.businesses (business_id, email, email_key, create_time)
SELECT gen_random_uuid(), first.email, first.email_key, first.create_time
FROM (SELECT DISTINCT ON (lower(email COLLATE "C"))
             email, lower(email COLLATE "C") AS email_key, create_time
      FROM registry.venues
      ORDER BY lower(email COLLATE "C"), create_time) AS first;

UPDATE registry.venues AS v
SET business_id = b.business_id
FROM registry.businesses AS b
WHERE b.email_key = lower(v.email COLLATE "C");

CREATE INDEX venues_business ON registry.venues (business_id, create_time, venue_id);
CREATE INDEX venues_parent ON registry.venues (parent_venue_id) WHERE parent_venue_id IS NOT NULL;
CREATE INDEX venues_twins ON registry.venues (business_id, twin_key);
CREATE INDEX venues_without_business ON registry.venues (lower(email COLLATE "C"))
  WHERE business_id IS NULL;

CREATE TABLE registry.venue_changes (
  change_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  venue_id uuid NOT NULL REFERENCES registry.venues (venue_id),
  change_time timestamptz NOT NULL,
  -- 'business', 'business-api', 'officer/<id>' or 'service/<name>'.
  actor text NOT NULL CONSTRAINT venue_changes_actor CHECK (length(actor) BETWEEN 1 AND 100),
  action text NOT NULL CONSTRAINT venue_changes_action CHECK (action ~ '^[a-z-]{1,40}$'),
  -- Names of details, never their values.
  fields text[] NOT NULL,
  reason text NOT NULL,
  -- Of the request that made the change, where it carries one that no other table keeps.
  request_id uuid CONSTRAINT venue_changes_request_id_unique UNIQUE
);

CREATE INDEX venue_changes_venue ON registry.venue_changes (venue_id, change_id DESC);

GRANT SELECT, INSERT ON registry.businesses TO oshirase_registry;
-- A venue stays what it was made as (id, request, drill, time); everything told about it can change.
GRANT UPDATE (business_id, name, kana, kind, postal_code, address, phone, email, measures,
              event_start_time, event_end_time, name_consent, listed, search_name, search_text,
              search_grams, business_name, municipality, parent_venue_id, measure_ids, revision,
              inspect_time, twin_key)
  ON registry.venues TO oshirase_registry;
GRANT SELECT, INSERT ON registry.venue_changes TO oshirase_registry;

-- migrate:down
DO $$ BEGIN RAISE EXCEPTION 'forward only'; END $$;
