-- migrate:up
-- How a business shows who it is: links mailed to it, the sessions they open, keys for its own
-- programs; and the registrations that wait for their mailbox to be proved. Tokens and keys are kept
-- as SHA-256 only: whoever reads this table can use none of them. Safe under the running version,
-- which knows none of these tables.

CREATE TABLE registry.pending_registrations (
  request_id uuid PRIMARY KEY,
  -- What was typed, as the service's JSON. Personal data of somebody who has not proved to be it:
  -- emptied when it becomes a venue, and at its expiry.
  details jsonb,
  create_time timestamptz NOT NULL,
  expire_time timestamptz NOT NULL
);

CREATE INDEX pending_registrations_expire ON registry.pending_registrations (expire_time);

CREATE TABLE registry.links (
  token_hash bytea PRIMARY KEY CONSTRAINT links_token_hash CHECK (length(token_hash) = 32),
  -- A link proves the mailbox of a registration, or opens the upkeep pages of a business.
  registration_id uuid REFERENCES registry.pending_registrations (request_id) ON DELETE CASCADE,
  business_id uuid REFERENCES registry.businesses (business_id),
  create_time timestamptz NOT NULL,
  expire_time timestamptz NOT NULL,
  use_time timestamptz,
  CONSTRAINT links_purpose CHECK ((registration_id IS NULL) <> (business_id IS NULL))
);

CREATE INDEX links_registration ON registry.links (registration_id);
CREATE INDEX links_expire ON registry.links (expire_time);

-- Mails asked for by strangers, by mailbox: what keeps the service from being used to fill one. Only
-- a hash, for an hour, since the address may be nobody's here.
CREATE TABLE registry.mail_requests (
  email_hash bytea NOT NULL CONSTRAINT mail_requests_hash CHECK (length(email_hash) = 32),
  request_time timestamptz NOT NULL
);

CREATE INDEX mail_requests_email ON registry.mail_requests (email_hash, request_time);
CREATE INDEX mail_requests_time ON registry.mail_requests (request_time);

CREATE TABLE registry.sessions (
  token_hash bytea PRIMARY KEY CONSTRAINT sessions_token_hash CHECK (length(token_hash) = 32),
  business_id uuid NOT NULL REFERENCES registry.businesses (business_id),
  create_time timestamptz NOT NULL,
  expire_time timestamptz NOT NULL
);

CREATE INDEX sessions_expire ON registry.sessions (expire_time);

CREATE TABLE registry.api_keys (
  api_key_id uuid PRIMARY KEY,
  request_id uuid NOT NULL CONSTRAINT api_keys_request_id_unique UNIQUE,
  secret_hash bytea NOT NULL CONSTRAINT api_keys_secret_hash_unique UNIQUE
    CONSTRAINT api_keys_secret_hash CHECK (length(secret_hash) = 32),
  business_id uuid NOT NULL REFERENCES registry.businesses (business_id),
  label text NOT NULL CONSTRAINT api_keys_label_length CHECK (length(label) BETWEEN 1 AND 3200),
  create_time timestamptz NOT NULL,
  revoke_time timestamptz
);

-- So that a file is not imported twice.
CREATE TABLE registry.imports (
  request_id uuid PRIMARY KEY,
  business_id uuid NOT NULL REFERENCES registry.businesses (business_id),
  venue_count integer NOT NULL,
  create_time timestamptz NOT NULL
);

-- Only what expires by itself may be deleted.
GRANT SELECT, INSERT, DELETE, UPDATE (details)
  ON registry.pending_registrations TO oshirase_registry;
GRANT SELECT, INSERT, DELETE, UPDATE (use_time) ON registry.links TO oshirase_registry;
GRANT SELECT, INSERT, DELETE ON registry.mail_requests, registry.sessions TO oshirase_registry;
GRANT SELECT, INSERT, UPDATE (revoke_time) ON registry.api_keys TO oshirase_registry;
GRANT SELECT, INSERT ON registry.imports TO oshirase_registry;

-- migrate:down
DO $$ BEGIN RAISE EXCEPTION 'forward only'; END $$;
