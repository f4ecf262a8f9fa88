-- The roles and schemas of Oshirase, in the database one is connected to. Run by a superuser before
-- the migrations; running it again changes nothing.
--
-- Each service has two roles: <service>_owner owns its schema and runs its migrations, and the
-- login role <service> gets what those migrations grant, so that a service cannot alter its tables
-- and cannot read the schema of another. Passwords are not set here.

DO $$
DECLARE
  service text;
  owner_role text;
  login_role text;
  role text;
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  REVOKE ALL ON SCHEMA public FROM PUBLIC;

  FOREACH service IN ARRAY ARRAY['registry', 'checkin', 'notifier'] LOOP
    login_role := 'oshirase_' || service;
    owner_role := login_role || '_owner';

    FOREACH role IN ARRAY ARRAY[owner_role, login_role] LOOP
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
        EXECUTE format('CREATE ROLE %I', role);
      END IF;
      EXECUTE format(
        'ALTER ROLE %I LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION'
        ' NOBYPASSRLS', role);
      EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), role);

      -- The server's log must not hold what the tables hold: the DETAIL of an error quotes the row
      -- that broke a constraint, and the statement may quote values.
      EXECUTE format('ALTER ROLE %I SET log_error_verbosity = terse', role);
      EXECUTE format('ALTER ROLE %I SET log_min_error_statement = panic', role);
      EXECUTE format('ALTER ROLE %I SET log_parameter_max_length = 0', role);
      EXECUTE format('ALTER ROLE %I SET log_parameter_max_length_on_error = 0', role);
    END LOOP;

    IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = service) THEN
      EXECUTE format('CREATE SCHEMA %I AUTHORIZATION %I', service, owner_role);
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', service, login_role);

    -- PostgreSQL lets everyone execute a new function. Ours run with their owner's rights, so each
    -- migration grants them one by one.
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC',
                   owner_role);
  END LOOP;
END $$;
