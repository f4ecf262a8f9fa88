-- migrate:up
-- Cases with everything that was signed, their batches, and who must not be told. The first
-- migration: no older binary exists.
--
-- The login role may add and change what a case goes through, and may not touch what was signed.

-- Numbers that PrepareCase gave out; a case takes one of them.
CREATE TABLE notifier.notice_numbers (
  number text PRIMARY KEY CONSTRAINT notice_numbers_form CHECK (number ~ '^[0-9A-Z]{13}$'),
  reserve_time timestamptz NOT NULL
);

CREATE TABLE notifier.cases (
  case_id uuid PRIMARY KEY,
  request_id uuid NOT NULL CONSTRAINT cases_request_id_once UNIQUE,
  case_ref text NOT NULL CONSTRAINT cases_case_ref_form CHECK (case_ref ~ '^[ -~]{1,40}$'),
  notice_number text NOT NULL
    CONSTRAINT cases_notice_number_once UNIQUE
    CONSTRAINT cases_notice_number_reserved REFERENCES notifier.notice_numbers,
  drill boolean NOT NULL,
  statement bytea NOT NULL CONSTRAINT cases_statement_size CHECK (length(statement) <= 32768),
  submitted_by text NOT NULL,
  submit_time timestamptz NOT NULL,
  expire_time timestamptz NOT NULL,
  state text NOT NULL CONSTRAINT cases_state_known CHECK (state IN ('SUBMITTED', 'APPROVED',
    'SENDING', 'PAUSED', 'SENT', 'PARTIAL', 'CANCELLED', 'REJECTED', 'EXPIRED')),
  -- Why it stands still; '' while it does not.
  pause_reason text NOT NULL DEFAULT '',
  signatures_needed integer NOT NULL
    CONSTRAINT cases_signatures_needed CHECK (signatures_needed BETWEEN 2 AND 3),
  approve_time timestamptz,
  -- When its visits were first opened, and until when late ones count.
  open_time timestamptz,
  release_end_time timestamptz,
  rows_seen bigint NOT NULL DEFAULT 0,
  unreadable bigint NOT NULL DEFAULT 0,
  -- People left out when batches were planned, and when one was first claimed.
  suppressed_planned bigint NOT NULL DEFAULT 0,
  suppressed_later bigint NOT NULL DEFAULT 0,
  sending_finish_time timestamptz,
  -- Whether the registry has still to hear that the statement is void.
  void_untold boolean NOT NULL DEFAULT false,
  -- When its recipients and the hashes of people told were forgotten.
  forget_time timestamptz
);
CREATE INDEX cases_by_time ON notifier.cases (submit_time DESC, case_id DESC);
CREATE INDEX cases_by_state ON notifier.cases (state) WHERE state IN ('SUBMITTED', 'APPROVED', 'SENDING');
CREATE INDEX cases_void_untold ON notifier.cases (case_id) WHERE void_untold;
CREATE INDEX cases_remembered ON notifier.cases (release_end_time)
  WHERE open_time IS NOT NULL AND forget_time IS NULL;

CREATE TABLE notifier.case_signatures (
  case_id uuid NOT NULL REFERENCES notifier.cases,
  officer_id text NOT NULL,
  role text NOT NULL CONSTRAINT case_signatures_role CHECK (role IN ('submit', 'approve', 'reject')),
  sign_time timestamptz NOT NULL,
  signature bytea NOT NULL CONSTRAINT case_signatures_size CHECK (length(signature) = 64),
  -- The order in which they came.
  seq bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (case_id, role, officer_id)
);

CREATE TABLE notifier.case_messages (
  case_id uuid NOT NULL REFERENCES notifier.cases,
  language text NOT NULL,
  position integer NOT NULL,
  -- The JSON array in the exact bytes that were digested and are sent; not jsonb, which rewrites it.
  line_messages_json bytea NOT NULL,
  PRIMARY KEY (case_id, language)
);

CREATE TABLE notifier.batches (
  batch_id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES notifier.cases,
  -- Of a half: the batch that was split.
  parent_id uuid REFERENCES notifier.batches,
  language text NOT NULL,
  state text NOT NULL CONSTRAINT batches_state_known CHECK (state IN ('PLANNED', 'SENDING',
    'ACCEPTED', 'SPLIT', 'REJECTED', 'UNKNOWN', 'UNSENT', 'CANCELLED')),
  people integer NOT NULL CONSTRAINT batches_people CHECK (people BETWEEN 0 AND 500),
  -- Sealed under the case key before they come here; null once nobody needs them.
  sealed_recipients bytea,
  retry_key uuid NOT NULL CONSTRAINT batches_retry_key_once UNIQUE,
  body_sha256 bytea NOT NULL CONSTRAINT batches_body_sha256_size CHECK (length(body_sha256) = 32),
  plan_time timestamptz NOT NULL,
  -- Of PLANNED and SENDING: from when a worker may take it; the end of its lease while one has it.
  claim_time timestamptz NOT NULL,
  lease_id uuid,
  attempts integer NOT NULL DEFAULT 0,
  -- The first attempt under this retry key, which LINE forgets after 24 h.
  first_attempt_time timestamptz,
  -- The first attempt under any key.
  start_time timestamptz,
  -- Whether an attempt may have been accepted without our knowing.
  doubtful boolean NOT NULL DEFAULT false,
  -- Of UNKNOWN: a person decided to leave it.
  given_up boolean NOT NULL DEFAULT false,
  settle_time timestamptz,
  line_status integer,
  line_request_id text,
  line_accepted_request_id text,
  CONSTRAINT batches_open_have_recipients
    CHECK (state NOT IN ('PLANNED', 'SENDING') OR sealed_recipients IS NOT NULL)
);
CREATE INDEX batches_by_case ON notifier.batches (case_id);
CREATE INDEX batches_by_parent ON notifier.batches (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX batches_open ON notifier.batches (claim_time)
  WHERE state IN ('PLANNED', 'SENDING');

-- Who has a batch, by hashes under the case key; gone when that key goes.
CREATE TABLE notifier.people_told (
  case_id uuid NOT NULL REFERENCES notifier.cases,
  person bytea NOT NULL CONSTRAINT people_told_size CHECK (length(person) = 32),
  PRIMARY KEY (case_id, person)
);

-- Who follows the account or left it, by hashes under the suppression key.
CREATE TABLE notifier.follow_states (
  person bytea PRIMARY KEY CONSTRAINT follow_states_size CHECK (length(person) = 32),
  following boolean NOT NULL,
  event_time timestamptz NOT NULL
);

-- A case as it is shown: with its approvals, and people counted by what became of their batches.
CREATE VIEW notifier.case_summaries AS
SELECT c.case_id, c.case_ref, c.notice_number, c.state, c.pause_reason, c.drill, c.submitted_by,
  c.submit_time, c.expire_time, c.signatures_needed, c.approve_time, c.open_time,
  c.release_end_time, c.forget_time, c.rows_seen, c.unreadable,
  c.suppressed_planned + c.suppressed_later AS suppressed, c.sending_finish_time,
  (SELECT coalesce(string_agg(s.officer_id, ',' ORDER BY s.seq), '')
    FROM notifier.case_signatures s
    WHERE s.case_id = c.case_id AND s.role = 'approve') AS approved_by,
  b.accepted, b.failed, b.unknown, b.unsent, b.pending, b.start_time, b.last_accept_time
FROM notifier.cases c
CROSS JOIN LATERAL (
  SELECT
    coalesce(sum(people) FILTER (WHERE state = 'ACCEPTED'), 0) AS accepted,
    coalesce(sum(people) FILTER (WHERE state = 'REJECTED'), 0) AS failed,
    coalesce(sum(people) FILTER (WHERE state = 'UNKNOWN'), 0) AS unknown,
    coalesce(sum(people) FILTER (WHERE state IN ('UNSENT', 'CANCELLED')), 0) AS unsent,
    coalesce(sum(people) FILTER (WHERE state IN ('PLANNED', 'SENDING')), 0) AS pending,
    min(start_time) AS start_time,
    max(settle_time) FILTER (WHERE state = 'ACCEPTED') AS last_accept_time
  FROM notifier.batches WHERE batches.case_id = c.case_id
) b;

GRANT SELECT ON notifier.case_summaries TO oshirase_notifier;
GRANT SELECT, INSERT ON notifier.notice_numbers TO oshirase_notifier;
GRANT SELECT, INSERT ON notifier.cases TO oshirase_notifier;
GRANT UPDATE (state, pause_reason, signatures_needed, approve_time, open_time, release_end_time,
  rows_seen, unreadable, suppressed_planned, suppressed_later, sending_finish_time, void_untold, forget_time) ON notifier.cases TO oshirase_notifier;
GRANT SELECT, INSERT ON notifier.case_signatures, notifier.case_messages TO oshirase_notifier;
GRANT SELECT, INSERT ON notifier.batches TO oshirase_notifier;
GRANT UPDATE (state, people, sealed_recipients, retry_key, body_sha256, claim_time, lease_id,
  attempts, first_attempt_time, start_time, doubtful, given_up, settle_time, line_status, line_request_id,
  line_accepted_request_id) ON notifier.batches TO oshirase_notifier;
GRANT SELECT, INSERT, DELETE ON notifier.people_told TO oshirase_notifier;
GRANT SELECT, INSERT, UPDATE (following, event_time) ON notifier.follow_states TO oshirase_notifier;

-- migrate:down
DO $$ BEGIN RAISE EXCEPTION 'forward only'; END $$;
