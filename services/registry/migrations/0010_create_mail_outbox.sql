-- migrate:up
-- Mails on their way to businesses. Written in the transaction of what they tell of. Older binaries
-- know nothing of the table and keep working; mails wait in it until a newer one sends them.

CREATE TABLE registry.mail_outbox (
  -- The left part of the Message-ID.
  mail_id uuid PRIMARY KEY,
  kind text NOT NULL CONSTRAINT mail_outbox_kind CHECK (kind ~ '^[A-Z_]{1,40}$'),
  state text NOT NULL DEFAULT 'QUEUED'
    CONSTRAINT mail_outbox_state_known CHECK (state IN ('QUEUED', 'SENT', 'FAILED', 'EXPIRED')),
  -- Address, links and names, sealed under the mail key of the day before they come here; null once
  -- the mail has left the queue.
  sealed_letter bytea,
  create_time timestamptz NOT NULL,
  -- From here on it is of no use and not sent any more.
  expire_time timestamptz NOT NULL,
  -- Of QUEUED: from when a worker may take it; the end of its lease while one has it.
  claim_time timestamptz NOT NULL,
  lease_id uuid,
  attempts integer NOT NULL DEFAULT 0,
  -- The name of the last failure; '' when there was none. Never what a mail server said.
  last_reason text NOT NULL DEFAULT ''
    CONSTRAINT mail_outbox_last_reason CHECK (last_reason ~ '^[A-Z0-9_]{0,60}$'),
  settle_time timestamptz,
  CONSTRAINT mail_outbox_letter_while_queued CHECK ((state = 'QUEUED') = (sealed_letter IS NOT NULL)),
  CONSTRAINT mail_outbox_settled CHECK ((state = 'QUEUED') = (settle_time IS NULL))
);
-- Claiming takes what expires first of what is due.
CREATE INDEX mail_outbox_queue ON registry.mail_outbox (expire_time, claim_time)
  WHERE state = 'QUEUED';
CREATE INDEX mail_outbox_next ON registry.mail_outbox (claim_time) WHERE state = 'QUEUED';
CREATE INDEX mail_outbox_settled ON registry.mail_outbox (settle_time) WHERE state <> 'QUEUED';

-- What a mail says is never changed, only blanked.
GRANT SELECT, INSERT, DELETE ON registry.mail_outbox TO oshirase_registry;
GRANT UPDATE (state, sealed_letter, claim_time, lease_id, attempts, last_reason, settle_time)
  ON registry.mail_outbox TO oshirase_registry;

-- migrate:down
DO $$ BEGIN RAISE EXCEPTION 'forward only'; END $$;
