-- migrate:up
-- Officers, the keys they sign with, and the roles they had over time: a signature is judged by the
-- roles of its moment too. First version, so no older binary runs beside it.

CREATE TABLE registry.officers (
  officer_id text PRIMARY KEY CONSTRAINT officers_id CHECK (officer_id ~ '^[a-z0-9-]{1,40}$'),
  enrol_time timestamptz NOT NULL,
  revoke_time timestamptz
);

-- A key belongs to one person: two identities with one key would be one person signing twice.
CREATE TABLE registry.officer_keys (
  public_key bytea PRIMARY KEY CONSTRAINT officer_keys_length CHECK (length(public_key) = 32),
  officer_id text NOT NULL REFERENCES registry.officers (officer_id),
  add_time timestamptz NOT NULL
);

CREATE INDEX officer_keys_officer ON registry.officer_keys (officer_id);

-- From since_time on the person has exactly these roles.
CREATE TABLE registry.officer_grants (
  grant_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  officer_id text NOT NULL REFERENCES registry.officers (officer_id),
  since_time timestamptz NOT NULL,
  -- Names joined by spaces, e.g. "submit approve".
  roles text NOT NULL CONSTRAINT officer_grants_roles CHECK (roles ~ '^[a-z]+( [a-z]+)*$')
);

CREATE INDEX officer_grants_officer ON registry.officer_grants (officer_id, grant_id);

-- No UPDATE of keys or grants: history is what signatures are judged by.
GRANT SELECT, INSERT, UPDATE (revoke_time) ON registry.officers TO oshirase_registry;
GRANT SELECT, INSERT ON registry.officer_keys, registry.officer_grants TO oshirase_registry;

-- migrate:down
DO $$ BEGIN RAISE EXCEPTION 'forward only'; END $$;
