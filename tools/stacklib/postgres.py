"""The private Postgres: the truth of the suite, so fsync stays on; reached by its socket alone."""

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from functools import partial
from pathlib import Path
from urllib.parse import quote

from . import checks, programs
from .accounts import postgres_account
from .errors import StackError
from .processes import FOLDER, Process
from .settings import REPOSITORY

SUPERUSER = "postgres"
DATABASE = "oshirase"

# Trust: who may enter the socket's folder is the lock, and the roles are told apart by name.
_INITDB = (
    f"--username={SUPERUSER}", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
    "--data-checksums", "--no-sync",
)

_CREATE_DATABASE = f"CREATE DATABASE {DATABASE}\n"

_SETTINGS = {
    "listen_addresses": "",
    # After a kill, one sync of the file system instead of a thousand of files.
    "recovery_init_sync_method": "syncfs",
    "unix_socket_permissions": "0777",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Statements and the DETAIL of errors may hold what visitors sent: they stay out of the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


def process(layout):
    """The row of the process table."""
    folder, sockets = layout.data / "postgres", layout.run / "postgres"
    settings = {**_SETTINGS, "unix_socket_directories": str(sockets)}
    argv = [programs.postgres("postgres"), "-D", FOLDER]
    for name, value in settings.items():
        argv += ["-c", f"{name}={value}"]
    socket = sockets / ".s.PGSQL.5432"
    return Process(
        name="postgres",
        argv=tuple(argv),
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        folder=folder,
        ready=partial(checks.postgres_answers, programs.postgres("pg_isready"), sockets, SUPERUSER),
        # A killed postmaster leaves its locks; another process may have its number by now.
        leavings=(folder / "postmaster.pid", socket, Path(f"{socket}.lock")),
        prepare=partial(_ensure_cluster, folder),
        account=postgres_account(),
        # Fast: roll back what is open, do not wait for clients to leave.
        stop_signal=signal.SIGINT,
        stop_seconds=30,
        address=str(socket),
    )


def url(layout, role, **parameters):
    """A connection string for one role through the private socket."""
    parts = {"host": str(layout.run / "postgres"), **parameters}
    query = "&".join(f"{name}={quote(value, safe='/')}" for name, value in parts.items())
    return f"postgres://{role}@/{DATABASE}?{query}"


def service_url(layout, service):
    """The connection string of one service's login role, which notices a dead peer in seconds."""
    return url(
        layout,
        f"oshirase_{service}",
        connect_timeout="2",
        tcp_user_timeout="5000",
        keepalives="1",
        keepalives_idle="10",
        keepalives_interval="5",
        keepalives_count="3",
    )


def migrate(layout, run):
    """Brings the database's roles and schemas up to date. `run` runs a command for a step.

    What was applied is stamped inside the cluster, so that it goes when the cluster goes.
    """
    stamp = layout.data / "postgres" / "oshirase.migrated"
    digest = _digest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    run([str(REPOSITORY / "tools" / "migrate"), url(layout, SUPERUSER)])
    stamp.write_text(digest)


def _digest():
    """Changes whenever a file that shapes the database changes."""
    digest = hashlib.sha256()
    for pattern in ("deploy/postgres/**/*", "services/*/migrations/*.sql", "tools/migrate*"):
        for path in sorted(REPOSITORY.glob(pattern)):
            if path.is_file():
                digest.update(f"{path.relative_to(REPOSITORY)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _ensure_cluster(folder):
    """Fills an empty folder with a fresh cluster, whole or not at all."""
    if (folder / "PG_VERSION").exists():
        return
    fresh = folder.with_name("postgres.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    _do("tar", "-x", "--no-same-owner", "-p", "-f", str(_archive(folder.parent)), "-C", str(fresh))
    if account := postgres_account():
        _do("chown", "-R", f"{account.uid}:{account.gid}", str(fresh))
    # Takes the place of the empty folder in one step.
    fresh.rename(folder)


def _archive(spare):
    """A packed cluster with an empty database, made once: unpacking takes a tenth of the time. It
    lies in the build folder, or in `spare` when that cannot be written."""
    version = _do(programs.postgres("postgres"), "--version")
    key = hashlib.sha256(repr((version, _INITDB, _CREATE_DATABASE)).encode()).hexdigest()[:12]
    build = REPOSITORY / "build" / "cache"
    try:
        build.mkdir(parents=True, exist_ok=True)
    except OSError:
        pass
    archive = (build if os.access(build, os.W_OK) else spare) / f"postgres-{key}.tar"
    if not archive.exists():
        _pack(archive)
    return archive


def _pack(archive):
    account = postgres_account()
    with tempfile.TemporaryDirectory(prefix="oshirase-initdb-", dir="/tmp") as work:
        if account:
            account.own(work)
        cluster = f"{work}/cluster"
        _do(programs.postgres("initdb"), "--pgdata", cluster, *_INITDB, account=account)
        single = (programs.postgres("postgres"), "--single", "-F", "-D", cluster, SUPERUSER)
        _do(*single, account=account, said=_CREATE_DATABASE)
        packed = archive.with_name(f"{archive.name}.{os.getpid()}")
        _do("tar", "-c", "-f", str(packed), "-C", cluster, ".")
        packed.replace(archive)


def _do(*command, account=None, said=""):
    identity = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
    done = subprocess.run(
        command, input=said, capture_output=True, text=True, check=False, cwd="/", **identity
    )
    if done.returncode != 0:
        raise StackError(f"{command[0]}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
