"""tools/stack with the real services: side by side, killed, deep, long, resumed.

python3 -m unittest discover -s tools/stacklib -t tools -p 'e2e_*.py'
The build is build/release unless OSHIRASE_BUILD names another.
"""

import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import unittest
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from stacklib.running_stack import PROCESSES, STACK, StackTestCase, runs

KEYS = {
    "GATEWAY_URL", "REGISTRY_ADDR", "CHECKIN_ADDR", "NOTIFIER_ADDR", "TLS_DIR", "DATABASE_URL",
    "REDIS_URL", "LINE_SANDBOX_URL", "LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN",
    "LINE_BOT_USER_ID", "MAIL_URL", "HEALTH_ADDRS", "REGISTRY_KEYRING", "NOTIFIER_KEYRING",
    "RUN_DIR", "METRICS_URLS",
}


class TwoStacksTest(StackTestCase):
    @classmethod
    def setUpClass(cls):
        cls.stacks = [cls.new_stack(), cls.new_stack()]
        starts = [threading.Thread(target=stack.must, args=("up",)) for stack in cls.stacks]
        for start in starts:
            start.start()
        for start in starts:
            start.join()

    def test_two_stacks_run_side_by_side_and_share_nothing(self):
        envs = [stack.env() for stack in self.stacks]
        for stack, env in zip(self.stacks, envs):
            self.assert_ready(stack)
            self.assertLessEqual(KEYS, set(env))
            self.assertEqual((stack.root / "env").stat().st_mode & 0o077, 0)
        for key in KEYS:
            self.assertNotEqual(envs[0][key], envs[1][key], key)

    def test_every_named_file_and_address_is_there(self):
        stack = self.stacks[0]
        env = stack.env()
        for name in ("ca", "officers-ca", "registry", "checkin", "notifier", "gateway", "officer-a",
                     "officer-b", "officer-c", "auditor", "operator", "desk"):
            self.assertTrue((Path(env["TLS_DIR"]) / f"{name}.crt").exists(), name)
        for name in PROCESSES:
            os.kill(stack.pid(name), 0)
            self.assertTrue((stack.root / "logs" / f"{name}.log").exists(), name)
        for pair in env["METRICS_URLS"].split():
            name, url = pair.split("=", 1)
            with urllib.request.urlopen(url, timeout=5) as answer:
                self.assertIn(b"# TYPE", answer.read(), name)
        with urllib.request.urlopen(env["MAIL_URL"] + "/api/messages", timeout=5) as answer:
            self.assertEqual(json.load(answer), [])
        health = dict(pair.split("=") for pair in env["HEALTH_ADDRS"].split())
        self.assertEqual(set(health), {"registry", "checkin", "notifier"})

    @unittest.skipUnless(os.geteuid() == 0, "only root starts others")
    def test_what_faces_a_network_or_holds_the_data_is_not_root(self):
        stack = self.stacks[0]
        workers = subprocess.run(
            ["ps", "-o", "user=", "--ppid", str(stack.pid("nginx"))],
            capture_output=True, text=True, check=True,
        ).stdout.split()
        self.assertEqual(workers, ["www-data"])
        status = Path(f"/proc/{stack.pid('postgres')}/status").read_text()
        self.assertNotIn("Uid:\t0\t", status)
        self.assertIn("CapEff:\t0000000000000000", status)

    def test_seeding_registers_venues_and_prints_a_line_each(self):
        stack = self.stacks[0]
        output = stack.must("seed", "25", "--prefix", "店")
        lines = [json.loads(line) for line in output.splitlines()]
        self.assertEqual(len({line["venue_id"] for line in lines}), 25)
        self.assertEqual(len({line["venue_code"] for line in lines}), 25)
        for line in lines:
            self.assertEqual(
                set(line), {"venue_id", "venue_code", "name", "kind", "stay_minutes"}
            )
            self.assertEqual((line["kind"], line["stay_minutes"]), ("restaurant", 120))
            self.assertTrue(line["name"].startswith("店"))
            self.assertIn(line["venue_id"], stack.venues())
        (event,) = stack.must("seed", "1", "--kind", "event", "--drill").splitlines()
        self.assertEqual(json.loads(event)["kind"], "event")
        self.assertEqual(stack.run("seed", "1", "--kind", "spaceship").returncode, 1)

    def test_each_process_comes_back_after_a_kill_whatever_the_order(self):
        stack = self.stacks[1]
        names = list(PROCESSES)
        random.shuffle(names)
        for name in names:
            before = stack.pid(name)
            stack.kill(name)
            self.assertEqual(stack.states()[name], "dead")
            stack.must("restart", name)
            self.assertNotEqual(stack.pid(name), before, names)
        self.assertEqual(stack.run("restart", "nobody").returncode, 2)
        stack.must("up")
        self.assert_ready(stack)

    def test_all_killed_at_once_come_back_one_by_one_in_any_order(self):
        stack = self.stacks[1]
        names = list(PROCESSES)
        random.shuffle(names)
        for name in names:
            stack.kill(name)
        for name in names:
            stack.must("restart", name)
        stack.must("up")
        self.assert_ready(stack)

    def test_up_brings_back_all_that_was_killed_and_leaves_the_rest(self):
        stack = self.stacks[1]
        env, venues = stack.env(), stack.venues()
        before = {name: stack.pid(name) for name in PROCESSES}
        for name in ("postgres", "nginx", "gateway", "redis"):
            stack.kill(name)
        stack.must("up")
        self.assert_ready(stack)
        self.assertEqual(stack.venues(), venues)
        self.assertEqual(stack.env(), env)
        for name in ("mail", "line-sandbox", "registry", "checkin", "notifier"):
            self.assertEqual(stack.pid(name), before[name], name)


class LifeTest(StackTestCase):
    def test_down_stops_everything_and_up_resumes_it_with_its_data(self):
        stack = self.new_stack()
        stack.must("up")
        stack.must("seed", "3")
        env, venues = stack.env(), stack.venues()
        pids = [stack.pid(name) for name in PROCESSES]

        stack.must("down")

        for pid in pids:
            self.assertFalse(runs(pid))
        self.assertFalse(Path(env["RUN_DIR"]).exists())
        self.assertEqual(set(stack.states().values()), {"stopped"})
        stack.must("down")
        stack.must("up")
        self.assert_ready(stack)
        self.assertEqual(stack.env(), env)
        self.assertEqual(stack.venues(), venues)

    def test_ports_that_others_took_meanwhile_are_replaced(self):
        stack = self.new_stack()
        stack.must("up")
        env = stack.env()
        stack.must("down")
        taken = [int(env[key].rpartition(":")[2]) for key in ("GATEWAY_URL", "REGISTRY_ADDR")]
        with contextlib.ExitStack() as others:
            for port in taken:
                others.enter_context(socket.create_server(("127.0.0.1", port)))
            stack.must("up")
            self.assert_ready(stack)
        after = stack.env()
        self.assertNotEqual(after["GATEWAY_URL"], env["GATEWAY_URL"])
        self.assertNotEqual(after["REGISTRY_ADDR"], env["REGISTRY_ADDR"])
        self.assertEqual(after["CHECKIN_ADDR"], env["CHECKIN_ADDR"])

    def test_an_interrupted_up_leaves_nothing_running(self):
        stack = self.new_stack()
        with subprocess.Popen([STACK, "up", str(stack.root)], stderr=subprocess.PIPE) as up:
            while not (stack.root / "pids" / "postgres.pid").exists():
                self.assertIsNone(up.poll())
            up.send_signal(signal.SIGINT)
            self.assertEqual(up.wait(), 130)
            self.assertIn(b"stopped before everything was ready", up.stderr.read())
        self.assertEqual(set(stack.states().values()), {"stopped"})

    def test_a_second_gateway_and_checkin_share_the_work_and_go_again(self):
        stack = self.new_stack()
        stack.must("up", "--replicas", "gateway=2,checkin=2")
        more = ("gateway-2", "checkin-2")
        self.assert_ready_with(stack, more)
        stack.kill("gateway")
        for _ in range(10):
            self.assertEqual(stack.get("/healthz"), 200)
        stack.must("restart", "gateway")
        stack.must("down")
        stack.must("up")
        self.assert_ready_with(stack, more)
        stack.must("up", "--replicas", "gateway=1,checkin=1")
        self.assert_ready(stack)

    def assert_ready_with(self, stack, more):
        self.assertEqual(stack.states(), {name: "ready" for name in (*PROCESSES, *more)})
        self.assertEqual(stack.get("/readyz"), 200)

    def test_a_console_is_there_when_asked_for_and_its_token_is_new_at_each_start(self):
        stack = self.new_stack()
        stack.must("up", "--console")
        self.assert_ready_with(stack, ["console"])
        before = stack.env()["CONSOLE_URL"]
        self.assertRegex(before, r"^http://127\.0\.0\.1:\d+/\?token=[\w-]{43}$")
        self.assertNotIn("token=", (stack.root / "logs" / "console.log").read_text())
        stack.kill("console")
        stack.must("restart", "console")
        self.assertNotEqual(stack.env()["CONSOLE_URL"], before)
        stack.must("down")

    def test_a_service_that_cannot_start_is_named_and_nothing_is_left(self):
        stack = self.new_stack()
        done = stack.run("up", "--set", "gateway.FORM_KEY_FILE=/nowhere")
        self.assertEqual(done.returncode, 1)
        self.assertIn("gateway stopped before it was ready (exit code 2)", done.stderr)
        self.assertIn("FORM_KEY_FILE", done.stderr)
        self.assertEqual(set(stack.states().values()), {"stopped"})
        stack.must("up", "--set", "gateway.FORM_KEY_FILE=")
        self.assert_ready(stack)

    def test_a_line_platform_of_the_caller_takes_the_sandboxs_place(self):
        class Line(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(404)
                self.end_headers()

            def log_message(self, *_):
                pass

        with HTTPServer(("127.0.0.1", 0), Line) as line:
            threading.Thread(target=line.serve_forever, daemon=True).start()
            stack = self.new_stack()
            base = f"http://127.0.0.1:{line.server_port}"
            stack.must("up", LINE_API_BASE=base, LINE_CHANNEL_SECRET="of the caller")
            env = stack.env()
            self.assertNotIn("LINE_SANDBOX_URL", env)
            self.assertEqual(env["LINE_CHANNEL_SECRET"], "of the caller")
            self.assert_ready(stack, [name for name in PROCESSES if name != "line-sandbox"])
            line.shutdown()

    def test_the_clock_offset_is_remembered(self):
        stack = self.new_stack()
        stack.must("up", OSHIRASE_CLOCK_OFFSET="86400")
        stack.must("restart", "registry")
        for name in ("registry", "checkin", "notifier", "gateway", "line-sandbox"):
            environ = Path(f"/proc/{stack.pid(name)}/environ").read_bytes().split(b"\0")
            self.assertIn(b"OSHIRASE_CLOCK_OFFSET=86400", environ, name)


class UnfitFolderTest(StackTestCase):
    def check(self, stack):
        stack.must("up")
        self.assert_ready(stack)
        stack.must("seed", "1")
        run_dir = Path(stack.env()["RUN_DIR"])
        self.assertFalse(run_dir.is_relative_to(stack.root))
        self.assertLess(len(str(run_dir)), 40)
        self.assertTrue((stack.root / "data" / "postgres" / "PG_VERSION").exists())
        for name in ("postgres", "nginx", "gateway"):
            stack.kill(name)
            stack.must("restart", name)
        self.assert_ready(stack)
        stack.must("down")
        self.assertFalse(run_dir.exists())

    def test_a_folder_deep_below_a_closed_one(self):
        top = Path(tempfile.mkdtemp(dir="/tmp"))
        self.addClassCleanup(shutil.rmtree, top, ignore_errors=True)
        if os.geteuid() != 0:
            self.skipTest("only root starts processes for others")
        self.assertEqual(top.stat().st_mode & 0o777, 0o700)
        self.check(self.new_stack("deep/er/stack", below=top))

    def test_a_folder_too_long_for_a_socket(self):
        self.check(self.new_stack("x" * 120))

    def test_a_folder_with_an_odd_name(self):
        self.check(self.new_stack("お知らせ & 'stack', 2"))


if __name__ == "__main__":
    unittest.main()
