"""Finds the programs that a stack runs; what is missing is named with the way to get it."""

import os
import shutil
from functools import cache
from pathlib import Path

from .errors import StackError
from .settings import REPOSITORY

# Where tools/bootstrap puts a Node.js if the machine's is too old.
_PRIVATE = str(REPOSITORY / "build" / "node" / "bin")


@cache
def find(name):
    """The path of an installed program: ours, else the caller's choice, else Debian's."""
    places = (_PRIVATE, os.environ.get("PATH", ""), os.defpath, "/usr/sbin:/sbin")
    found = shutil.which(name, path=":".join(places))
    if not found:
        raise StackError(f"{name} is not installed; run: tools/bootstrap")
    return found


@cache
def postgres(name):
    """One of the newest Postgres's own programs (Debian's wrappers in /usr/bin are slow)."""
    found = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4])
    )
    if not found:
        raise StackError("Postgres is not installed; run: tools/bootstrap")
    return str(found[-1])
