-- migrate:up
-- The desk's letter box (enquiries, reports of false certificates), and the runs in which all
-- certificates are issued anew. Safe under the running version, which knows none of these tables.

CREATE TABLE registry.letters (
  letter_number text PRIMARY KEY
    CONSTRAINT letters_number_form CHECK (letter_number ~ '^[0-9A-Z]{13}$'),
  request_id uuid NOT NULL CONSTRAINT letters_request_id_unique UNIQUE,
  kind text NOT NULL CONSTRAINT letters_kind CHECK (kind IN ('enquiry', 'report')),
  create_time timestamptz NOT NULL,
  email text NOT NULL,
  name text NOT NULL,
  subject text NOT NULL,
  -- What a report is about; empty for an enquiry.
  report_subject text NOT NULL CONSTRAINT letters_report_subject
    CHECK (report_subject IN ('', 'false-certificate', 'tampered-qr', 'measures-not-taken')),
  -- As typed: it may be the number of nothing.
  certificate_number text NOT NULL,
  place text NOT NULL,
  body text NOT NULL CONSTRAINT letters_body_length CHECK (length(body) BETWEEN 1 AND 64000),
  close_time timestamptz,
  closed_by text,
  answer text,
  CONSTRAINT letters_closed CHECK (
    (close_time IS NULL) = (closed_by IS NULL) AND (close_time IS NULL) = (answer IS NULL)),
  CONSTRAINT letters_kind_subject CHECK ((kind = 'report') = (report_subject <> ''))
);

-- Oldest open ones first.
CREATE INDEX letters_open ON registry.letters (kind, create_time, letter_number)
  WHERE close_time IS NULL;

CREATE TABLE registry.reissue_runs (
  run_id uuid PRIMARY KEY,
  reason text NOT NULL,
  actor text NOT NULL,
  create_time timestamptz NOT NULL
);

-- Which venues a run has done: what it goes on from.
CREATE TABLE registry.reissued_venues (
  run_id uuid NOT NULL REFERENCES registry.reissue_runs (run_id),
  venue_id uuid NOT NULL REFERENCES registry.venues (venue_id),
  PRIMARY KEY (run_id, venue_id)
);

GRANT SELECT, INSERT, UPDATE (close_time, closed_by, answer)
  ON registry.letters TO oshirase_registry;
GRANT SELECT, INSERT ON registry.reissue_runs, registry.reissued_venues TO oshirase_registry;

-- migrate:down
DO $$ BEGIN RAISE EXCEPTION 'forward only'; END $$;
