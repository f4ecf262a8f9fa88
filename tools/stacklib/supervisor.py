"""Starts and stops the rows of the process table, as many at once as their needs allow."""

import os
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from .errors import Interrupted, PortTaken, StackError
from .plan import Step
from .processes import Process, Records, end_leftovers_of, spawn

READY_SECONDS = 60
_LOG_LINES = 15


class Supervisor:
    """Acts on one stack. One command at a time: the caller holds the stack's lock."""

    def __init__(self, stack):
        self._stack = stack
        self.records = Records(stack.layout.pids)
        self._abort = threading.Event()
        self._started = []
        self._log_starts = {}

    def interrupt(self):
        """Makes `bring_up` give up soon. Safe in a signal handler."""
        self._abort.set()

    def hold_ports(self, rows):
        """Keeps the ports of what does not run until it starts. Ports taken by other programs are
        replaced, so the rows must be made anew afterwards."""
        for row in rows:
            if isinstance(row, Process) and not self.running(row.name):
                # A killed nginx's workers still listen on its port.
                end_leftovers_of(row)
                for port in row.ports:
                    self._stack.ports.hold(port)
        self._stack.ports.save()

    def bring_up(self, rows, deadline):
        """Makes the table true: stops what is not in it or has changed, starts what does not run,
        waits until all is ready. On failure, stops what it started and raises StackError."""
        self._stop_unwanted(rows)
        ready = {row.name: threading.Event() for row in rows}
        failures = []

        def carry(row):
            try:
                for need in row.needs:
                    self._wait_for(ready[need], deadline)
                self._run_step(row, deadline) if isinstance(row, Step) else self._run(row, deadline)
                ready[row.name].set()
            except StackError as problem:
                failures.append(problem)
                self._abort.set()

        threads = [threading.Thread(target=carry, args=(row,)) for row in rows]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self._stack.ports.release_all()
        if failures:
            self.stop_started()
            self._abort.clear()
            # The others only noticed that somebody gave up.
            raise next((f for f in failures if not isinstance(f, Interrupted)), failures[0])

    def running(self, name):
        """The record of a process that lives, else None."""
        record = self.records.get(name)
        return record if record and record.alive() else None

    def start(self, row):
        """Starts one process, which must not run, and remembers it."""
        log = self._stack.layout.log(row.name)
        self._log_starts[row.name] = log.stat().st_size if log.exists() else 0
        for port in row.ports:
            self._stack.ports.release(port)
        record, child = spawn(row, log)
        self.records.put(record)
        self._started.append(record)
        return record, child

    def wait_ready(self, row, record, deadline, child):
        """Waits until a process just started answers; raises StackError when it dies or takes too
        long."""
        if not self._answers(row, record, deadline, child):
            self._raise_death(row, child)

    def stop(self, records):
        """Stops processes, those that need others first."""
        remaining = {record.name: record for record in records}
        while remaining:
            needed = {need for record in remaining.values() for need in record.needs}
            # nginx needs nobody, and yet goes first: it is what lets requests in.
            layer = [r for r in remaining.values() if r.name == "nginx"] or [
                r for r in remaining.values() if r.name not in needed
            ]
            with ThreadPoolExecutor(len(layer)) as pool:
                list(pool.map(lambda record: record.stop(), layer))
            for record in layer:
                self.records.remove(record.name)
                del remaining[record.name]

    def stop_started(self):
        """Stops what this command has started."""
        self.stop(self._started)
        self._started = []

    def _stop_unwanted(self, rows):
        wanted = {row.name: row.fingerprint() for row in rows if isinstance(row, Process)}
        self.stop([r for r in self.records.all() if wanted.get(r.name) != r.fingerprint])

    def _run(self, row, deadline):
        record = self.running(row.name)
        # One that was killed a moment ago may still look alive.
        if record and self._answers(row, record, deadline):
            return
        record, child = self.start(row)
        self.wait_ready(row, record, deadline, child)

    def _answers(self, row, record, deadline, child=None):
        """Waits until the process is ready; False when it died."""
        pause = 0.01
        while reason := row.ready():
            if child:
                child.poll()  # or a dead child stays a zombie
            if not record.alive():
                return False
            if time.monotonic() > deadline:
                raise StackError(
                    f"{row.name} was not ready within {READY_SECONDS} s: {reason}"
                    + self._last_lines(row.name)
                )
            if self._abort.wait(pause):
                raise Interrupted("stopped before everything was ready")
            pause = min(pause * 1.5, 0.1)
        return True

    def _run_step(self, step, deadline):
        def run(command, environment=None):
            return self._command(step.name, command, environment, deadline)

        step.act(run)

    def _command(self, name, command, environment, deadline):
        with subprocess.Popen(
            command, env={**os.environ, **(environment or {})}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        ) as child:
            while True:
                try:
                    output = child.communicate(timeout=0.2)[0]
                    break
                except subprocess.TimeoutExpired:
                    if self._abort.is_set() or time.monotonic() > deadline:
                        child.kill()
                        self._give_up(name)
        if child.returncode != 0:
            raise StackError(f"{name}: {command[0]} failed:\n{output.strip()}")
        return output

    def _wait_for(self, event, deadline):
        while not event.wait(0.05):
            if self._abort.is_set() or time.monotonic() > deadline + 1:
                raise Interrupted("stopped before everything was ready")

    def _give_up(self, name):
        if self._abort.is_set():
            raise Interrupted("stopped before everything was ready")
        raise StackError(f"{name} was not done within {READY_SECONDS} s")

    def _raise_death(self, row, child):
        taken = [port for port in row.ports if self._stack.ports.taken(port)]
        if taken:
            raise PortTaken(row.name, taken)
        code = f" (exit code {child.returncode})" if child else ""
        words = self._last_lines(row.name)
        raise StackError(f"{row.name} stopped before it was ready{code}{words}")

    def _last_lines(self, name):
        """The end of what the process wrote since this command started it."""
        path = self._stack.layout.log(name)
        with open(path, "rb") as log:
            log.seek(self._log_starts.get(name, 0))
            lines = log.read().decode(errors="replace").splitlines()[-_LOG_LINES:]
        return f"\n--- {path}\n" + "\n".join(lines) if lines else f"\n--- {path} is empty"
