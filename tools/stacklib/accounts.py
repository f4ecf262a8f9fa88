"""The unprivileged accounts that Postgres and nginx's workers run as when root runs the stack."""

import os
import pwd
from dataclasses import dataclass

from .errors import StackError


@dataclass(frozen=True)
class Account:
    """A user that owns only the folders it is given."""

    name: str
    uid: int
    gid: int

    def own(self, path):
        """Gives one path to this account."""
        os.chown(path, self.uid, self.gid)

    def can_enter(self, folder):
        """Whether this account can reach `folder`: asked of the kernel, in a process of its own,
        because a parent folder, an ACL or a mount may forbid it."""
        child = os.fork()
        if child == 0:
            try:
                os.setgroups([])
                os.setgid(self.gid)
                os.setuid(self.uid)
                os._exit(0 if os.access(folder, os.X_OK) else 1)
            except OSError:
                os._exit(1)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _lookup(name):
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise StackError(f"user '{name}' does not exist; run: tools/bootstrap") from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def postgres_account():
    """The account for Postgres, which refuses to run as root; None: stay who we are."""
    return _lookup("postgres") if os.geteuid() == 0 else None


def nginx_account():
    """The account of nginx's workers; None: stay who we are."""
    return _lookup("www-data") if os.geteuid() == 0 else None
