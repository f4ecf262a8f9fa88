import contextlib
import io
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from stacklib.cli import main
from stacklib.envfile import _quoted


def call(*arguments):
    """Runs a command; returns exit code and what it said on stderr."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        try:
            code = main(list(arguments))
        except SystemExit as end:
            code = end.code
    return code, said.getvalue()


class CommandLineTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.dir = str(self.folder / "stack")

    def test_help_is_no_error(self):
        for arguments in (["--help"], ["up", "--help"], ["seed", "--help"]):
            self.assertEqual(call(*arguments)[0], 0)

    def test_wrong_use_is_2(self):
        for arguments in (
            [],
            ["explode", self.dir],
            ["up"],
            ["up", self.dir, "--consoles"],
            ["up", self.dir, "--replicas", "registry=2"],
            ["up", self.dir, "--set", "nonsense"],
            ["seed", self.dir, "many"],
            ["seed", self.dir, "0"],
        ):
            self.assertEqual(call(*arguments)[0], 2, arguments)
        self.assertFalse(Path(self.dir).exists(), "a refused command leaves nothing behind")

    def test_a_line_platform_that_is_not_loopback_is_refused_before_anything_starts(self):
        with mock.patch.dict(os.environ, {"LINE_API_BASE": "https://api.line.me"}):
            code, said = call("up", self.dir)
        self.assertEqual(code, 2)
        self.assertIn("only a loopback address may stand in for LINE", said)
        self.assertFalse(Path(self.dir).exists())

    def test_a_folder_without_a_stack_is_named(self):
        for command in ("down", "status"):
            code, said = call(command, self.dir)
            self.assertEqual(code, 1)
            self.assertIn(f"{self.dir} holds no stack", said)

    def test_programs_that_were_not_built_are_named(self):
        with mock.patch.dict(os.environ, {"OSHIRASE_BUILD": str(self.folder)}):
            code, said = call("up", self.dir)
        self.assertEqual(code, 1)
        for name in ("registry", "checkin", "notifier", "gateway"):
            self.assertIn(f"{self.folder}/bin/{name}", said)

    def test_an_unknown_process_is_wrong_use_and_the_known_are_named(self):
        with mock.patch.dict(os.environ, {"OSHIRASE_BUILD": str(self.folder)}):
            call("up", self.dir)
        code, said = call("restart", self.dir, "database")
        self.assertEqual(code, 2)
        self.assertIn("line-sandbox", said)

    def test_values_are_quoted_only_where_a_shell_needs_it(self):
        self.assertEqual(_quoted("postgres://u@/db?host=/a/b"), "postgres://u@/db?host=/a/b")
        self.assertEqual(_quoted("a=1:2 b=3:4"), "'a=1:2 b=3:4'")
        self.assertEqual(_quoted("it's"), "'it'\"'\"'s'")


if __name__ == "__main__":
    unittest.main()
