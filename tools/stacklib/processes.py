"""Processes that outlive the command that started them, known again without ever being mistaken.

A process is identified by its number, its start time and the boot, so that a number given to
another program meanwhile is never signalled. `DIR/pids/NAME.pid` holds the plain number for
people and scripts, `NAME.json` the identity.
"""

import hashlib
import json
import os
import select
import signal
import subprocess
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Callable, Mapping, Optional

from .accounts import Account
from .settings import write_private

# In an argument: the process's own folder, reached through an open descriptor, so that an
# account that cannot enter the folders above it still gets there.
FOLDER = "@FOLDER@"


@dataclass(frozen=True)
class Process:
    """One row of the process table. `ready` answers '' or why the process is not ready yet."""

    name: str
    argv: tuple
    folder: Path
    ready: Callable[[], str]
    env: Mapping[str, str] = field(default_factory=dict)
    needs: tuple = ()
    # Written before each start; a changed text means another process.
    files: Mapping[Path, str] = field(default_factory=dict)
    # Left behind by a killed predecessor, removed before each start.
    leavings: tuple = ()
    ports: tuple = ()
    # Runs before each start while no earlier instance lives.
    prepare: Optional[Callable[[], None]] = None
    account: Optional[Account] = None
    stop_signal: int = signal.SIGTERM
    stop_seconds: float = 10.0
    address: str = ""

    def fingerprint(self):
        """Differs whenever a running instance would have to be restarted to match this row."""
        parts = [list(self.argv), sorted(self.env.items())]
        parts.append(sorted((str(path), text) for path, text in self.files.items()))
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Record:
    """What is remembered of a started process: enough to find and stop it without the table."""

    name: str
    pid: int
    started: int
    boot: str
    program: str
    folder: str
    fingerprint: str
    needs: tuple
    stop_signal: int
    stop_seconds: float

    def alive(self):
        return self.boot == _boot() and _start_time(self.pid) == self.started

    def signal(self, number):
        """Sends a signal to this very process; False when it is gone."""
        with self._descriptor() as descriptor:
            if descriptor is None:
                return False
            signal.pidfd_send_signal(descriptor, number)
            return True

    def stop(self):
        """Ends the process, kindly first, and then whatever it left behind."""
        with self._descriptor() as descriptor:
            if descriptor is not None:
                signal.pidfd_send_signal(descriptor, self.stop_signal)
                if not _ended(descriptor, self.stop_seconds):
                    signal.pidfd_send_signal(descriptor, signal.SIGKILL)
                    _ended(descriptor, 10)
        end_leftovers(self.program, self.folder)

    @contextmanager
    def _descriptor(self):
        """A descriptor of the process: it names this one even if the number is given away."""
        descriptor = None
        try:
            descriptor = os.pidfd_open(self.pid)
        except OSError:
            pass
        try:
            yield descriptor if descriptor is not None and self.alive() else None
        except ProcessLookupError:
            pass
        finally:
            if descriptor is not None:
                os.close(descriptor)


class Records:
    """The records of one stack, in its pids folder."""

    def __init__(self, folder):
        self._folder = Path(folder)

    def get(self, name):
        try:
            return Record(**json.loads((self._folder / f"{name}.json").read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def all(self):
        found = (self.get(path.stem) for path in sorted(self._folder.glob("*.json")))
        return [record for record in found if record]

    def put(self, record):
        write_private(self._folder / f"{record.name}.json", json.dumps(asdict(record)) + "\n")
        write_private(self._folder / f"{record.name}.pid", f"{record.pid}\n")

    def remove(self, name):
        (self._folder / f"{name}.json").unlink(missing_ok=True)
        (self._folder / f"{name}.pid").unlink(missing_ok=True)


def spawn(process, log):
    """Starts the process in a session of its own with its output in `log`, and returns its record
    and handle. No earlier instance may be alive."""
    process.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if process.account:
        process.account.own(process.folder)
    end_leftovers_of(process)
    for path, text in process.files.items():
        write_private(path, text)
    for path in process.leavings:
        Path(path).unlink(missing_ok=True)
    if process.prepare:
        process.prepare()
    child = _popen(process, log)
    record = Record(
        name=process.name,
        pid=child.pid,
        started=_start_time(child.pid) or 0,
        boot=_boot(),
        program=_program(process),
        folder=str(process.folder),
        fingerprint=process.fingerprint(),
        needs=tuple(process.needs),
        stop_signal=int(process.stop_signal),
        stop_seconds=process.stop_seconds,
    )
    return record, child


def _popen(process, log):
    account = {}
    if process.account:
        account = {
            "user": process.account.uid,
            "group": process.account.gid,
            "extra_groups": [],
        }
    descriptor = os.open(process.folder, os.O_RDONLY | os.O_DIRECTORY)
    by_descriptor = any(FOLDER in argument for argument in process.argv)
    try:
        with open(log, "ab") as output:
            return subprocess.Popen(
                [a.replace(FOLDER, f"/proc/self/fd/{descriptor}") for a in process.argv],
                env=dict(process.env),
                # Where the program goes to its folder by itself, it must start from a place that
                # it can come back to.
                cwd="/" if by_descriptor else process.folder,
                pass_fds=[descriptor] if by_descriptor else [],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                umask=0o077,
                **account,
            )
    finally:
        os.close(descriptor)


def end_leftovers_of(process):
    """Kills what a dead instance of the process left behind. No instance may be alive."""
    end_leftovers(_program(process), process.folder)


def end_leftovers(program, folder):
    """Kills the children that a killed master leaves behind: nginx's workers keep its port,
    Postgres's backends its shared memory. They are told by program and working folder, which no
    other process shares."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        left = [pid for pid in _processes() if _runs(pid, program, folder)]
        if not left:
            return
        for pid in left:
            _kill(pid, program, folder)
        time.sleep(0.01)


def _kill(pid, program, folder):
    try:
        descriptor = os.pidfd_open(pid)
    except OSError:
        return
    try:
        # Looked at again: the descriptor may be of a later process with the same number.
        if _runs(pid, program, folder):
            signal.pidfd_send_signal(descriptor, signal.SIGKILL)
    except ProcessLookupError:
        pass
    finally:
        os.close(descriptor)


def _runs(pid, program, folder):
    try:
        return (
            os.readlink(f"/proc/{pid}/cwd") == str(folder)
            and os.readlink(f"/proc/{pid}/exe").removesuffix(" (deleted)") == program
            and _start_time(pid) is not None
        )
    except OSError:
        return False


def _processes():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def _program(process):
    return os.path.realpath(process.argv[0])


def _ended(descriptor, seconds):
    return bool(select.select([descriptor], [], [], seconds)[0])


def _start_time(pid):
    """When the process started, in ticks since the boot; None when it is gone or a zombie."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = text.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else int(fields[19])


def _boot():
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
