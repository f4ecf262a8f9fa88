-- migrate:up
-- An approval that waited too long for the last one is signed again, in place of the old one. A
-- binary that does not know of it goes on as before.
GRANT UPDATE (sign_time, signature) ON notifier.case_signatures TO oshirase_notifier;

-- migrate:down
DO $$ BEGIN RAISE EXCEPTION 'forward only'; END $$;
