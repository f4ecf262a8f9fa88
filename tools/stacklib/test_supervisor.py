import os
import socket
import sys
import tempfile
import threading
import time
import unittest
import warnings
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

from stacklib.errors import Interrupted, PortTaken, StackError
from stacklib.layout import Layout
from stacklib.plan import Step
from stacklib.ports import PortBook
from stacklib.processes import Process
from stacklib.supervisor import Supervisor

PYTHON = os.path.realpath(sys.executable)

# Notes its name, then is ready; a real service would open a port.
SERVE = """
import pathlib, sys, time
with open(sys.argv[2], "a") as order:
    print(sys.argv[1], file=order)
pathlib.Path(sys.argv[1] + ".ready").touch()
time.sleep(60)
"""


class SupervisorTest(unittest.TestCase):
    def setUp(self):
        # What a supervisor starts is meant to outlive it.
        warnings.simplefilter("ignore", ResourceWarning)
        folder = tempfile.TemporaryDirectory(dir="/tmp")
        self.addCleanup(folder.cleanup)
        self.layout = Layout(folder.name)
        self.layout.create()
        self.order = self.layout.root / "order"
        self.order.touch()
        self.stack = SimpleNamespace(layout=self.layout, ports=PortBook(self.layout.ports_file))
        self.addCleanup(lambda: Supervisor(self.stack).stop(self.records().all()))
        self.addCleanup(self.stack.ports.release_all)

    def records(self):
        return Supervisor(self.stack).records

    def row(self, name, code=SERVE, **changes):
        folder = self.layout.data / name
        (folder / f"{name}.ready").unlink(missing_ok=True)

        def ready():
            return "" if (folder / f"{name}.ready").exists() else "not there"

        values = {
            "name": name,
            "argv": (PYTHON, "-c", code, name, str(self.order)),
            "folder": folder,
            "ready": ready,
            "env": {"PATH": os.defpath},
            "stop_seconds": 2,
        }
        return Process(**{**values, **changes})

    def up(self, *rows, seconds=10):
        supervisor = Supervisor(self.stack)
        supervisor.bring_up(list(rows), time.monotonic() + seconds)
        return supervisor

    def pids(self):
        return {record.name: record.pid for record in self.records().all() if record.alive()}

    def test_what_needs_others_starts_after_them_whatever_the_order_of_the_rows(self):
        done = []
        self.up(
            self.row("gateway", needs=("registry", "officers")),
            self.row("registry", needs=("database",)),
            Step("officers", ("registry",), lambda run: done.append("officers")),
            Step("database", ("postgres",), lambda run: done.append("database")),
            self.row("postgres"),
        )

        self.assertEqual(self.order.read_text().split(), ["postgres", "registry", "gateway"])
        self.assertEqual(done, ["database", "officers"])
        self.assertEqual(set(self.pids()), {"postgres", "registry", "gateway"})

    def test_one_that_dies_is_named_with_its_last_words_and_nothing_is_left_running(self):
        words = "import sys; print('config: FORM_KEY_FILE is not set'); sys.exit(2)"
        with self.assertRaises(StackError) as caught:
            self.up(self.row("postgres"), self.row("gateway", words, needs=("postgres",)))

        self.assertIn("gateway stopped before it was ready (exit code 2)", str(caught.exception))
        self.assertIn("FORM_KEY_FILE is not set", str(caught.exception))
        self.assertEqual(self.pids(), {})
        self.assertEqual(self.records().all(), [])

    def test_last_words_of_an_earlier_life_are_not_repeated(self):
        self.layout.log("gateway").write_text("an old complaint\n")
        with self.assertRaises(StackError) as caught:
            self.up(self.row("gateway", "raise SystemExit(1)"))
        self.assertNotIn("an old complaint", str(caught.exception))

    def test_one_that_never_gets_ready_is_named_with_the_reason(self):
        with self.assertRaisesRegex(StackError, "slow was not ready within 60 s: not there"):
            self.up(self.row("slow", "import time; time.sleep(60)"), seconds=0.3)
        self.assertEqual(self.pids(), {})

    def test_a_failing_step_is_named_with_its_output(self):
        def act(run):
            run(["sh", "-c", "echo no such role; exit 3"])

        with self.assertRaisesRegex(StackError, "(?s)database: sh failed:.*no such role"):
            self.up(self.row("postgres"), Step("database", ("postgres",), act))
        self.assertEqual(self.pids(), {})

    def test_a_step_that_hangs_is_ended(self):
        step = Step("database", (), lambda run: run(["sleep", "60"]))
        with self.assertRaisesRegex(StackError, "database was not done"):
            self.up(step, seconds=0.3)

    def test_a_second_up_leaves_what_runs_and_matches_and_replaces_the_rest(self):
        self.up(self.row("same"), self.row("changed"), self.row("killed"), self.row("unwanted"))
        before = self.pids()
        os.kill(before["killed"], 9)

        same = self.row("same")
        (same.folder / "same.ready").touch()
        changed = self.row("changed")
        self.up(same, replace(changed, env={**changed.env, "LEVEL": "2"}), self.row("killed"))

        after = self.pids()
        self.assertEqual(set(after), {"same", "changed", "killed"})
        self.assertEqual(after["same"], before["same"])
        self.assertNotEqual(after["changed"], before["changed"])
        self.assertNotEqual(after["killed"], before["killed"])

    def test_a_failed_up_leaves_what_ran_before(self):
        self.up(self.row("postgres"))
        before = self.pids()
        postgres = self.row("postgres")
        (postgres.folder / "postgres.ready").touch()

        with self.assertRaises(StackError):
            self.up(postgres, self.row("gateway", "raise SystemExit(1)"))

        self.assertEqual(self.pids(), before)

    def test_a_port_taken_meanwhile_is_told_apart_from_other_failures(self):
        port = self.stack.ports["gateway"]
        self.stack.ports.release("gateway")
        with socket.create_server(("127.0.0.1", port)):
            with self.assertRaises(PortTaken) as caught:
                self.up(self.row("gateway", "raise SystemExit(1)", ports=("gateway",)))
        self.assertEqual(caught.exception.names, ["gateway"])

    def test_a_killed_masters_workers_do_not_cost_it_its_port(self):
        port = self.stack.ports["nginx"]
        self.stack.ports.release("nginx")
        code = """
import os, pathlib, socket, sys, time
listening = socket.create_server(("127.0.0.1", int(sys.argv[3])))
if os.fork():
    pathlib.Path(sys.argv[1] + ".ready").touch()
time.sleep(60)
"""
        row = self.row("nginx", code, ports=("nginx",))
        row = replace(row, argv=(*row.argv, str(port)))
        self.up(row)
        os.kill(self.pids()["nginx"], 9)
        while self.pids():
            time.sleep(0.01)
        self.assertTrue(self.stack.ports.taken("nginx"))

        Supervisor(self.stack).hold_ports([row])

        self.assertEqual(self.stack.ports["nginx"], port)

    def test_an_interruption_stops_what_was_started(self):
        supervisor = Supervisor(self.stack)
        rows = [self.row("quick"), self.row("slow", "import time; time.sleep(60)")]
        timer = threading.Timer(0.5, supervisor.interrupt)
        timer.start()
        self.addCleanup(timer.join)
        with self.assertRaises(Interrupted):
            supervisor.bring_up(rows, time.monotonic() + 30)
        self.assertEqual(self.pids(), {})

    def test_what_needs_others_stops_before_them(self):
        ends = self.layout.root / "ends"
        code = f"""
import pathlib, signal, sys, time
def end(*_):
    with open({str(ends)!r}, "a") as file:
        print(sys.argv[1], file=file)
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
pathlib.Path(sys.argv[1] + ".ready").touch()
time.sleep(60)
"""
        supervisor = self.up(
            self.row("postgres", code),
            self.row("registry", code, needs=("postgres", "database")),
            self.row("gateway", code, needs=("registry",)),
            self.row("nginx", code),
            Step("database", ("postgres",), lambda run: None),
        )

        supervisor.stop(supervisor.records.all())

        self.assertEqual(ends.read_text().split(), ["nginx", "gateway", "registry", "postgres"])
        self.assertEqual(list(Path(self.layout.pids).iterdir()), [])


if __name__ == "__main__":
    unittest.main()
