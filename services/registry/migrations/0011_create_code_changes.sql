-- migrate:up
-- Which venue codes would now be answered differently from before, so that gateways may keep answers
-- for long and still notice a change within seconds. Older binaries neither read nor write it.
--
-- A sequence would have gaps that fill later, when an earlier transaction commits after a later one.
-- Transaction ids have none: whoever asks again from the oldest transaction that was still open last
-- time (pg_snapshot_xmin) misses nothing, and at worst hears of a change twice.

CREATE TABLE registry.code_changes (
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  code text NOT NULL,
  change_time timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX code_changes_xid ON registry.code_changes (xid);

CREATE FUNCTION registry.note_venue_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO registry.code_changes (code)
    SELECT code FROM registry.venue_codes WHERE venue_id = NEW.venue_id;
  RETURN NULL;
END $$;

-- What a visitor's check-in depends on.
CREATE TRIGGER venues_note_change
  AFTER UPDATE OF name, state, event_start_time, event_end_time ON registry.venues
  FOR EACH ROW EXECUTE FUNCTION registry.note_venue_change();

CREATE FUNCTION registry.note_code_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO registry.code_changes (code) VALUES (NEW.code);
  RETURN NULL;
END $$;

CREATE TRIGGER venue_codes_note_change
  AFTER UPDATE ON registry.venue_codes
  FOR EACH ROW EXECUTE FUNCTION registry.note_code_change();

GRANT SELECT, INSERT, DELETE ON registry.code_changes TO oshirase_registry;

-- migrate:down
DO $$ BEGIN RAISE EXCEPTION 'forward only'; END $$;
