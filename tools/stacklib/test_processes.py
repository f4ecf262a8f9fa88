import json
import os
import pwd
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from dataclasses import replace
from pathlib import Path

from stacklib.accounts import Account
from stacklib.processes import FOLDER, Process, Records, spawn

PYTHON = os.path.realpath(sys.executable)

# A master with a worker that outlives it, as nginx's do.
MASTER = """
import os, time
if os.fork() == 0:
    time.sleep(60)
print("started", flush=True)
time.sleep(60)
"""


class ToyTest(unittest.TestCase):
    """Runs toy processes in a folder of its own and ends them."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(dir="/tmp")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.folder.chmod(0o755)
        self.log = self.folder / "log"

    def process(self, code="import time; time.sleep(60)", **changes):
        values = {
            "name": "toy",
            "argv": (PYTHON, "-c", code),
            "folder": self.folder / "toy",
            "ready": lambda: "",
            "env": {"PATH": os.defpath},
        }
        return Process(**{**values, **changes})

    def spawn(self, process):
        record, child = spawn(process, self.log)

        def end():
            record.stop()
            child.wait()

        self.addCleanup(end)
        return record, child

    def wait_for_log(self, text):
        deadline = time.monotonic() + 10
        while text not in self.log.read_text() and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertIn(text, self.log.read_text())

    def members(self):
        """Processes that work in the toy's folder."""
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                if os.readlink(f"/proc/{pid}/cwd") == str(self.folder / "toy"):
                    found.append(int(pid))
            except OSError:
                continue
        return found


class ProcessTest(ToyTest):
    def test_a_process_lives_in_a_session_of_its_own_until_it_is_stopped(self):
        record, child = self.spawn(self.process())
        self.assertTrue(record.alive())
        self.assertEqual(os.getsid(record.pid), record.pid)

        record.stop()

        child.wait()
        self.assertFalse(record.alive())

    def test_a_killed_process_is_dead_even_before_anybody_reaps_it(self):
        record, child = self.spawn(self.process())
        os.kill(record.pid, signal.SIGKILL)
        os.waitid(os.P_PID, record.pid, os.WEXITED | os.WNOWAIT)
        self.assertFalse(record.alive())
        child.wait()

    def test_one_that_ignores_the_kind_signal_is_killed(self):
        code = (
            "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
            "print('on', flush=True); time.sleep(60)"
        )
        record, child = self.spawn(self.process(code, stop_seconds=0.2))
        self.wait_for_log("on")
        record.stop()
        self.assertEqual(child.wait(), -signal.SIGKILL)

    def test_a_number_that_another_program_got_meanwhile_is_never_signalled(self):
        record, child = self.spawn(self.process())
        for stranger in (
            replace(record, started=record.started - 1, folder="/nowhere"),
            replace(record, boot="another boot", folder="/nowhere"),
        ):
            self.assertFalse(stranger.alive())
            self.assertFalse(stranger.signal(signal.SIGKILL))
            stranger.stop()
        self.assertIsNone(child.poll())

    def test_workers_of_a_killed_master_end_before_the_next_start(self):
        _, master = self.spawn(self.process(MASTER))
        self.wait_for_log("started")
        self.assertEqual(len(self.members()), 2)
        master.kill()
        master.wait()
        self.assertEqual(len(self.members()), 1)

        record, _ = self.spawn(self.process())

        self.assertEqual(self.members(), [record.pid])

    def test_another_program_in_the_same_folder_is_left_alone(self):
        (self.folder / "toy").mkdir()
        with subprocess.Popen(["sleep", "60"], cwd=self.folder / "toy") as bystander:
            record, _ = self.spawn(self.process())
            record.stop()
            self.assertIsNone(bystander.poll())
            bystander.kill()

    def test_files_are_written_and_leavings_removed_before_the_start(self):
        stale, config = self.folder / "stale.sock", self.folder / "config"
        stale.touch()
        code = "import os, sys; print(os.path.exists(sys.argv[1]), open(sys.argv[2]).read())"
        process = self.process(code, files={config: "content"}, leavings=(stale,))
        process = replace(process, argv=(*process.argv, str(stale), str(config)))
        _, child = self.spawn(process)
        child.wait()
        self.assertEqual(self.log.read_text(), "False content\n")

    def test_the_environment_of_the_caller_stays_outside(self):
        os.environ["OSHIRASE_TEST_SECRET"] = "x"
        self.addCleanup(os.environ.pop, "OSHIRASE_TEST_SECRET")
        _, child = self.spawn(self.process("import os; print(sorted(os.environ))"))
        child.wait()
        self.assertNotIn("OSHIRASE_TEST_SECRET", self.log.read_text())

    @unittest.skipUnless(os.geteuid() == 0, "only root starts others")
    def test_an_account_reaches_its_folder_below_one_it_cannot_enter(self):
        closed = self.folder / "closed"
        closed.mkdir(mode=0o700)
        nobody = pwd.getpwnam("nobody")
        script = 'cd "$0" && touch made && id -u && id -G && ls'
        process = self.process(
            argv=("/bin/sh", "-c", script, FOLDER),
            folder=closed / "toy",
            account=Account("nobody", nobody.pw_uid, nobody.pw_gid),
        )
        _, child = self.spawn(process)
        self.assertEqual(child.wait(), 0, self.log.read_text())
        self.assertEqual(self.log.read_text(), f"{nobody.pw_uid}\n{nobody.pw_gid}\nmade\n")

    def test_a_changed_row_has_another_fingerprint(self):
        row = self.process(files={Path("/a"): "1"})
        for changed in (
            replace(row, argv=(*row.argv, "more")),
            replace(row, env={**row.env, "A": "b"}),
            replace(row, files={Path("/a"): "2"}),
        ):
            self.assertNotEqual(row.fingerprint(), changed.fingerprint())
        self.assertEqual(row.fingerprint(), replace(row, needs=("x",)).fingerprint())


class RecordsTest(ToyTest):
    def test_the_pid_file_holds_the_plain_number_and_the_record_the_identity(self):
        records = Records(self.folder)
        record, _ = self.spawn(self.process())
        records.put(record)

        self.assertEqual((self.folder / "toy.pid").read_text(), f"{record.pid}\n")
        again = records.get("toy")
        self.assertTrue(again.alive())
        self.assertEqual([r.name for r in records.all()], ["toy"])

        records.remove("toy")
        self.assertIsNone(records.get("toy"))
        self.assertFalse((self.folder / "toy.pid").exists())

    def test_a_damaged_record_counts_as_none(self):
        (self.folder / "toy.json").write_text("{")
        self.assertIsNone(Records(self.folder).get("toy"))
        (self.folder / "toy.json").write_text(json.dumps({"pid": 1}))
        self.assertEqual(Records(self.folder).all(), [])


if __name__ == "__main__":
    unittest.main()
