-- migrate:up
-- One sealed row per visit and nothing else, partitioned by Japan day so that a day ends by dropping
-- its table. The primary key is in this order because a redelivered event has the same venue and time
-- and so finds its own row, and because a venue's hours then lie together.
CREATE TABLE checkin.visits (
  day date NOT NULL,
  venue_id uuid NOT NULL,
  hour smallint NOT NULL,
  visit_id bytea NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT visits_pkey PRIMARY KEY (day, venue_id, hour, visit_id),
  CONSTRAINT visits_hour CHECK (hour BETWEEN 0 AND 23),
  CONSTRAINT visits_visit_id_length CHECK (length(visit_id) = 16),
  CONSTRAINT visits_sealed_length CHECK (length(sealed) <= 512)
) PARTITION BY RANGE (day);

-- The login role may add and read visits and replace a seal ("I left", undo), but owns no table:
-- days are made and dropped through these two functions only.
CREATE FUNCTION checkin.ensure_day(wanted date) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- Two processes may ask at once.
  PERFORM pg_advisory_xact_lock(hashtext('checkin.days'));
  IF to_regclass(format('checkin.%I', 'visits_' || to_char(wanted, 'YYYYMMDD'))) IS NULL THEN
    EXECUTE format('CREATE TABLE checkin.%I PARTITION OF checkin.visits FOR VALUES FROM (%L) TO (%L)',
                   'visits_' || to_char(wanted, 'YYYYMMDD'), wanted, wanted + 1);
  END IF;
END $$;

CREATE FUNCTION checkin.drop_day(ended date) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('checkin.days'));
  EXECUTE format('DROP TABLE IF EXISTS checkin.%I', 'visits_' || to_char(ended, 'YYYYMMDD'));
END $$;

CREATE FUNCTION checkin.days() RETURNS SETOF date
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT to_date(substr(c.relname, 8), 'YYYYMMDD')
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'checkin.visits'::regclass
  ORDER BY 1
$$;

REVOKE ALL ON FUNCTION checkin.ensure_day(date), checkin.drop_day(date), checkin.days() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION checkin.ensure_day(date), checkin.drop_day(date), checkin.days()
  TO oshirase_checkin;
GRANT SELECT, INSERT ON checkin.visits TO oshirase_checkin;
GRANT UPDATE (sealed) ON checkin.visits TO oshirase_checkin;

-- migrate:down
DO $$ BEGIN RAISE EXCEPTION 'forward only'; END $$;
