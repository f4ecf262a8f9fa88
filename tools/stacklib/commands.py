"""What tools/stack does with one stack: up, down, status, restart, seed."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from . import checks, credentials, envfile, plan, programs
from .errors import Misuse, PortTaken, StackError
from .layout import Layout
from .ports import PortBook
from .processes import Records
from .services import Stack
from .settings import Settings
from .supervisor import READY_SECONDS, Supervisor

_PORT_TRIES = 3


def up(root, replicas=None, overrides=(), console=False):
    """Starts what does not run and waits until all is ready."""
    layout = Layout(root)
    settings = Settings.load(layout.settings_file)
    settings.adopt_environment(os.environ, os.getcwd())
    if replicas:
        settings.adopt_replicas(replicas)
    settings.adopt_overrides(overrides)
    settings.console = settings.console or console
    began = time.monotonic()
    layout.create()
    with _locked(layout):
        layout.choose_run_dir(settings.run_dir)
        settings.run_dir = str(layout.run)
        settings.save(layout.settings_file)
        try:
            credentials.ensure(layout, settings)
            stack = Stack(layout, settings, PortBook(layout.ports_file))
            _bring_up(stack, began + READY_SECONDS)
        except StackError:
            if not Records(layout.pids).all():
                layout.remove_run_dir()
            raise
        envfile.write(stack)
    print(f"ready in {time.monotonic() - began:.1f} s: {stack.front_url} ({layout.env_file})")


def down(root):
    """Stops everything; data stay."""
    stack = _open(root)
    with _locked(stack.layout):
        supervisor = Supervisor(stack)
        supervisor.stop(supervisor.records.all())
        stack.layout.remove_run_dir()


def status(root, check):
    """Prints a line per process. With `check`, fails unless all are ready."""
    stack = _open(root)
    supervisor = Supervisor(stack)

    def look(row):
        record = supervisor.running(row.name)
        if not record:
            return row, "dead" if supervisor.records.get(row.name) else "stopped", "-", ""
        reason = row.ready()
        return row, "not ready" if reason else "ready", str(record.pid), reason

    rows = plan.processes(stack)
    with ThreadPoolExecutor(len(rows)) as pool:
        looks = list(pool.map(look, rows))
    for row, state, pid, reason in looks:
        note = f"  ({reason.splitlines()[0]})" if reason else ""
        print(f"{row.name:<13} {state:<10} {pid:>8}  {row.address}{note}")
    if check and any(state != "ready" for _, state, _, _ in looks):
        raise StackError("not everything is ready")


def restart(root, name):
    """Restarts one process, or starts it again after it was killed."""
    stack = _open(root)
    stack.settings.adopt_environment(os.environ, os.getcwd())
    supervisor = Supervisor(stack)
    with _locked(stack.layout):
        row = _row(stack, name)
        plan.require_programs([row])
        stack.settings.save(stack.layout.settings_file)
        stack.layout.choose_run_dir(stack.settings.run_dir)
        if record := supervisor.records.get(name):
            record.stop()
        before = [stack.ports[port] for port in row.ports]
        supervisor.hold_ports([row])
        if before != [stack.ports[port] for port in row.ports]:
            raise StackError(f"another program took a port of {name}; run: tools/stack up {root}")
        record, child = supervisor.start(row)
    absent = _absent_needs(stack, supervisor, row)
    if absent:
        # It waits for them by itself, and they may be started after it.
        print(f"{name} started; it will be ready when these run: {' '.join(absent)}",
              file=sys.stderr)
        return
    try:
        supervisor.wait_ready(row, record, time.monotonic() + READY_SECONDS, child)
    except PortTaken as problem:
        raise StackError(f"{problem}; run: tools/stack up {root}") from None
    if name == "console":
        envfile.write(stack)  # Its token is another at every start.


def seed(root, arguments):
    """Registers venues through the real registry; prints one JSON line each."""
    stack = _open(root)
    script = Path(__file__).with_name("seed.mjs")
    done = subprocess.run(
        [programs.find("node"), str(script), "--registry", stack.address("registry"),
         "--tls", str(stack.layout.tls), f"--clock-offset={stack.settings.clock_offset or 0}",
         *arguments],
        check=False,
    )
    if done.returncode != 0:
        raise StackError("seeding failed")


def _bring_up(stack, deadline):
    supervisor = Supervisor(stack)
    with _interruptible(supervisor):
        for attempt in range(1, _PORT_TRIES + 1):
            supervisor.hold_ports(plan.table(stack))
            rows = plan.table(stack)
            plan.require_programs(row for row in rows if not isinstance(row, plan.Step))
            try:
                supervisor.bring_up(rows, deadline)
                _await_front(stack, supervisor, deadline)
                return
            except PortTaken as problem:
                if attempt == _PORT_TRIES:
                    raise
                for port in problem.names:
                    stack.ports.replace(port)


def _await_front(stack, supervisor, deadline):
    """Ready means ready for a visitor: through nginx."""
    while reason := checks.http_ok(stack.ports["nginx"], "/readyz"):
        if time.monotonic() > deadline:
            supervisor.stop_started()
            raise StackError(f"nginx was not ready within {READY_SECONDS} s: {reason}")
        time.sleep(0.02)


def _open(root):
    layout = Layout(root)
    if not layout.exists():
        raise StackError(f"{root} holds no stack; start one: tools/stack up {root}")
    settings = Settings.load(layout.settings_file)
    layout.run = Path(settings.run_dir or layout.run)
    return Stack(layout, settings, PortBook(layout.ports_file))


def _row(stack, name):
    rows = {row.name: row for row in plan.processes(stack)}
    if name not in rows:
        raise Misuse(f"no process '{name}'; there are: {' '.join(rows)}")
    return rows[name]


def _absent_needs(stack, supervisor, row):
    """What the process needs, directly or not, and does not run."""
    rows = {other.name: other for other in plan.processes(stack)}
    needed, pending = {}, [row]
    while pending:
        for need in pending.pop().needs:
            if need in rows and need not in needed:
                needed[need] = supervisor.running(need)
                pending.append(rows[need])
    return [name for name, record in needed.items() if not record]


@contextmanager
def _locked(layout):
    """One command at a time changes a stack; another waits for it."""
    with open(layout.lock_file, "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _interruptible(supervisor):
    """Ctrl-C or a termination stops what was started instead of leaving half a stack."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, lambda *_: supervisor.interrupt()) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before):
            signal.signal(number, handler)
