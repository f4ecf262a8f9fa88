"""A stack as its users drive it: by the command line of tools/stack alone. For tests."""

import os
import shutil
import signal
import subprocess
import tempfile
import unittest
import urllib.request
from pathlib import Path

from stacklib.settings import REPOSITORY

STACK = str(REPOSITORY / "tools" / "stack")
PROCESSES = (
    "postgres", "redis", "mail", "line-sandbox", "registry", "checkin", "notifier", "gateway",
    "nginx",
)


class RunningStack:
    """Drives one stack by its command line alone, as its users do."""

    def __init__(self, root):
        self.root = Path(root)

    def run(self, command, *arguments, **environment):
        return subprocess.run(
            [STACK, command, str(self.root), *arguments],
            capture_output=True, text=True, check=False, timeout=120,
            env={**os.environ, **environment},
        )

    def must(self, command, *arguments, **environment):
        done = self.run(command, *arguments, **environment)
        if done.returncode != 0:
            raise AssertionError(f"stack {command} {arguments}: {done.stderr}{self.root}")
        return done.stdout

    def env(self):
        """DIR/env as a shell reads it."""
        script = f'set -a; . "{self.root}/env"; env -0'
        output = subprocess.run(
            ["env", "-i", "sh", "-c", script], capture_output=True, check=True
        ).stdout.decode()
        return dict(line.split("=", 1) for line in output.split("\0") if line)

    def pid(self, name):
        return int((self.root / "pids" / f"{name}.pid").read_text())

    def kill(self, name):
        os.kill(self.pid(name), signal.SIGKILL)

    def states(self):
        """Process to state, as status prints them."""
        return {
            line[:13].strip(): line[14:24].strip() for line in self.must("status").splitlines()
        }

    def get(self, path):
        with urllib.request.urlopen(self.env()["GATEWAY_URL"] + path, timeout=10) as answer:
            return answer.status

    def venues(self):
        """The ids of all venues in the database."""
        output = subprocess.run(
            ["psql", "-XAt", "-c", "SELECT venue_id FROM registry.venues ORDER BY 1",
             self.env()["DATABASE_URL"]],
            capture_output=True, text=True, check=True,
        ).stdout
        return output.split()


def runs(pid):
    """Whether the process exists and is not just waiting to be reaped."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class StackTestCase(unittest.TestCase):
    @classmethod
    def new_stack(cls, name="stack", below=None):
        if below is None:
            below = Path(tempfile.mkdtemp(dir="/tmp"))
            below.chmod(0o755)
            cls.addClassCleanup(shutil.rmtree, below, ignore_errors=True)
        stack = RunningStack(below / name)
        cls.addClassCleanup(stack.run, "down")
        return stack

    def assert_ready(self, stack, processes=PROCESSES):
        self.assertEqual(stack.states(), {name: "ready" for name in processes})
        self.assertEqual(stack.get("/readyz"), 200)
        self.assertEqual(stack.run("status", "--check").returncode, 0)
