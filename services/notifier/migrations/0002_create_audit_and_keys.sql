-- migrate:up
-- The audit chain, and what the database remembers of keys. New tables only; the running binary
-- does not know them.

CREATE TABLE notifier.audit_entries (
  seq bigint PRIMARY KEY CONSTRAINT audit_entries_seq CHECK (seq > 0),
  entry_time timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  -- The JSON exactly as hashed; not jsonb, which rewrites it.
  detail text NOT NULL,
  previous_hash bytea NOT NULL
    CONSTRAINT audit_entries_previous CHECK (length(previous_hash) = 32),
  hash bytea NOT NULL CONSTRAINT audit_entries_hash CHECK (length(hash) = 32)
);
CREATE TABLE notifier.audit_heads (
  signed_at timestamptz PRIMARY KEY,
  seq bigint NOT NULL,
  hash bytea NOT NULL,
  verify_key bytea NOT NULL,
  signature bytea NOT NULL
);
-- One row: the end of the chain. Locking it is what puts appenders in a line.
CREATE TABLE notifier.audit_tail (
  only_row boolean PRIMARY KEY DEFAULT true CONSTRAINT audit_tail_only_row CHECK (only_row),
  seq bigint NOT NULL,
  hash bytea NOT NULL
);
INSERT INTO notifier.audit_tail (seq, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

CREATE TABLE notifier.day_keys (
  day date NOT NULL,
  purpose text NOT NULL CONSTRAINT day_keys_purpose CHECK (purpose ~ '^[a-z0-9-]{1,40}$'),
  fingerprint bytea NOT NULL CONSTRAINT day_keys_fingerprint CHECK (length(fingerprint) = 16),
  made_at timestamptz NOT NULL,
  destroyed_at timestamptz,
  PRIMARY KEY (day, purpose)
);
CREATE TABLE notifier.named_keys (
  label text NOT NULL CONSTRAINT named_keys_label CHECK (label ~ '^[a-z0-9-]{1,40}$'),
  purpose text NOT NULL CONSTRAINT named_keys_purpose CHECK (purpose ~ '^[a-z0-9-]{1,40}$'),
  fingerprint bytea NOT NULL CONSTRAINT named_keys_fingerprint CHECK (length(fingerprint) = 16),
  made_at timestamptz NOT NULL,
  destroyed_at timestamptz,
  PRIMARY KEY (label, purpose)
);

GRANT SELECT, INSERT ON notifier.audit_entries, notifier.audit_heads TO oshirase_notifier;
GRANT SELECT, UPDATE (seq, hash) ON notifier.audit_tail TO oshirase_notifier;
GRANT SELECT, INSERT, UPDATE (fingerprint, made_at, destroyed_at)
  ON notifier.day_keys, notifier.named_keys TO oshirase_notifier;

-- migrate:down
DO $$ BEGIN RAISE EXCEPTION 'forward only'; END $$;
