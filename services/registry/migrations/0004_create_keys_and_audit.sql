-- migrate:up
-- What the keyring must hold (never the keys themselves), and the audit log with its signed heads.
-- The shapes are those of the common keyring and audit libraries. First version, so no older
-- binary runs beside it.

CREATE TABLE registry.day_keys (
  day date NOT NULL,
  purpose text NOT NULL CONSTRAINT day_keys_purpose CHECK (purpose ~ '^[a-z0-9-]{1,40}$'),
  fingerprint bytea NOT NULL CONSTRAINT day_keys_fingerprint CHECK (length(fingerprint) = 16),
  made_at timestamptz NOT NULL,
  destroyed_at timestamptz,
  PRIMARY KEY (day, purpose)
);

CREATE TABLE registry.named_keys (
  label text NOT NULL CONSTRAINT named_keys_label CHECK (label ~ '^[a-z0-9-]{1,40}$'),
  purpose text NOT NULL CONSTRAINT named_keys_purpose CHECK (purpose ~ '^[a-z0-9-]{1,40}$'),
  fingerprint bytea NOT NULL CONSTRAINT named_keys_fingerprint CHECK (length(fingerprint) = 16),
  made_at timestamptz NOT NULL,
  destroyed_at timestamptz,
  PRIMARY KEY (label, purpose)
);

GRANT SELECT, INSERT, UPDATE (fingerprint, made_at, destroyed_at)
  ON registry.day_keys, registry.named_keys TO oshirase_registry;

CREATE TABLE registry.audit_entries (
  seq bigint PRIMARY KEY CONSTRAINT audit_entries_seq CHECK (seq > 0),
  entry_time timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  -- The JSON exactly as hashed; not jsonb, which rewrites it.
  detail text NOT NULL,
  previous_hash bytea NOT NULL CONSTRAINT audit_entries_previous CHECK (length(previous_hash) = 32),
  hash bytea NOT NULL CONSTRAINT audit_entries_hash CHECK (length(hash) = 32)
);

CREATE TABLE registry.audit_heads (
  signed_at timestamptz PRIMARY KEY,
  seq bigint NOT NULL,
  hash bytea NOT NULL,
  verify_key bytea NOT NULL,
  signature bytea NOT NULL
);

-- One row: the end of the chain. Locking it is what puts appenders in a line.
CREATE TABLE registry.audit_tail (
  only_row boolean PRIMARY KEY DEFAULT true CONSTRAINT audit_tail_only_row CHECK (only_row),
  seq bigint NOT NULL,
  hash bytea NOT NULL
);

INSERT INTO registry.audit_tail (seq, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

-- The service can add to its log, never change or remove.
GRANT SELECT, INSERT ON registry.audit_entries, registry.audit_heads TO oshirase_registry;
GRANT SELECT, UPDATE (seq, hash) ON registry.audit_tail TO oshirase_registry;

-- migrate:down
DO $$ BEGIN RAISE EXCEPTION 'forward only'; END $$;
