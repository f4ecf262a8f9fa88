"""Where everything of one stack lies: data under DIR, sockets where their users reach them."""

import os
import re
import shutil
import tempfile
from pathlib import Path

from .accounts import nginx_account, postgres_account

# sun_path holds 108 bytes with its final zero.
LONGEST_SOCKET_PATH = 107
LONGEST_SOCKET_NAME = "postgres/.s.PGSQL.5432"
# Others mean something in connection strings, lists of folders or nginx.conf.
PLAIN_PATH = re.compile(r"[A-Za-z0-9_./+@-]+")


class Layout:
    """The paths of the stack in `root`."""

    def __init__(self, root):
        self.root = Path(os.path.realpath(root))
        self.pids = self.root / "pids"
        self.logs = self.root / "logs"
        self.data = self.root / "data"
        self.secrets = self.root / "secrets"
        self.tls = self.root / "tls"
        self.keyrings = self.root / "keyrings"
        self.env_file = self.root / "env"
        self.lock_file = self.root / "lock"
        self.settings_file = self.root / "settings.json"
        self.ports_file = self.root / "ports.json"
        # Settled by choose_run_dir.
        self.run = self.root / "run"

    def exists(self):
        """Whether a stack was ever started here."""
        return self.settings_file.exists()

    def log(self, process):
        return self.logs / f"{process}.log"

    def create(self):
        """Makes the folders. Those with secrets admit nobody else; a DIR that was there keeps its
        permissions."""
        self.root.mkdir(parents=True, exist_ok=True)
        for folder, mode in (
            (self.pids, 0o755),
            (self.logs, 0o755),
            # Entered by Postgres's account on the way to its own folder.
            (self.data, 0o711),
            (self.secrets, 0o700),
            (self.tls, 0o700),
            (self.keyrings, 0o700),
            (self.keyrings / "registry", 0o700),
            (self.keyrings / "notifier", 0o700),
        ):
            folder.mkdir(exist_ok=True)
            folder.chmod(mode)

    def choose_run_dir(self, remembered=None):
        """Settles the folder of the sockets: DIR/run, or a short one when DIR is too long or
        too odd for a socket's name or closed to the unprivileged accounts. The remembered one is
        kept, so that a second `up` finds the sockets of what is running."""
        if remembered and Path(remembered) != self.root / "run":
            self.run = Path(remembered)
        elif not self._fit():
            shutil.rmtree(self.root / "run", ignore_errors=True)
            self.run = Path(tempfile.mkdtemp(prefix="oshirase-", dir="/tmp"))
        self._create_run_dir()

    def remove_run_dir(self):
        shutil.rmtree(self.run, ignore_errors=True)

    def _fit(self):
        longest = str(self.root / "run" / LONGEST_SOCKET_NAME)
        if len(longest) > LONGEST_SOCKET_PATH or not PLAIN_PATH.fullmatch(longest):
            return False
        probe = self.root / "run"
        probe.mkdir(exist_ok=True)
        probe.chmod(0o711)
        accounts = [account for account in (postgres_account(), nginx_account()) if account]
        return all(account.can_enter(probe) for account in accounts)

    def _create_run_dir(self):
        """Each socket lies in a folder that only its two ends can enter."""
        self.run.mkdir(exist_ok=True)
        self.run.chmod(0o711)
        postgres, nginx = postgres_account(), nginx_account()
        for name, account, mode in (
            ("postgres", postgres, 0o700),
            ("redis", None, 0o700),
            # The gateway's sockets are open to all who get here: nginx's workers, by their group.
            ("gateway", nginx, 0o710 if nginx else 0o700),
        ):
            folder = self.run / name
            folder.mkdir(exist_ok=True)
            if account:
                os.chown(folder, account.uid if name == "postgres" else 0, account.gid)
            folder.chmod(mode)
