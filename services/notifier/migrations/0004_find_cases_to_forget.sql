-- migrate:up
-- Cases whose key may still exist are all that were approved, also those whose visits were never
-- opened. An index only; the running binary does not need it.
CREATE INDEX cases_unforgotten ON notifier.cases (approve_time)
  WHERE approve_time IS NOT NULL AND forget_time IS NULL;

-- migrate:down
DO $$ BEGIN RAISE EXCEPTION 'forward only'; END $$;
