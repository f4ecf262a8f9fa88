-- migrate:up
-- What was released for which case, and what is void. Of a statement only its digest is kept. First
-- version, so no older binary runs beside it.

CREATE TABLE registry.statements (
  statement_sha256 bytea PRIMARY KEY
    CONSTRAINT statements_digest CHECK (length(statement_sha256) = 32),
  -- A case has one statement, a statement one case.
  case_id uuid CONSTRAINT statements_case_id_unique UNIQUE,
  first_release_time timestamptz,
  release_end_time timestamptz,
  void_time timestamptz,
  CONSTRAINT statements_release CHECK (
    (case_id IS NULL) = (first_release_time IS NULL)
    AND (case_id IS NULL) = (release_end_time IS NULL)),
  CONSTRAINT statements_not_empty CHECK (case_id IS NOT NULL OR void_time IS NOT NULL)
);

-- A release is never rewritten, and a void statement never becomes valid again: void_time is the
-- only column that changes.
GRANT SELECT, INSERT, UPDATE (void_time) ON registry.statements TO oshirase_registry;

-- migrate:down
DO $$ BEGIN RAISE EXCEPTION 'forward only'; END $$;
