import os
import stat
import tempfile
import unittest
from pathlib import Path

from stacklib.errors import Misuse, StackError
from stacklib.settings import REPOSITORY, Settings, write_private


class SettingsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.path = self.folder / "settings.json"

    def adopted(self, **environment):
        settings = Settings()
        settings.adopt_environment(environment, self.folder)
        return settings

    def test_what_was_adopted_is_remembered(self):
        settings = self.adopted(OSHIRASE_CLOCK_OFFSET="-90")
        settings.adopt_replicas("gateway=2,checkin=3")
        settings.adopt_overrides(["notifier.SENDER_RATE_PER_SECOND=5"])
        settings.save(self.path)

        again = Settings.load(self.path)

        self.assertEqual(again, settings)
        self.assertEqual(again.clock_offset, "-90")
        self.assertEqual(again.replicas, {"gateway": 2, "checkin": 3})
        self.assertEqual(again.overrides, {"notifier": {"SENDER_RATE_PER_SECOND": "5"}})

    def test_an_absent_variable_changes_nothing_and_an_empty_one_resets(self):
        settings = self.adopted(
            OSHIRASE_CLOCK_OFFSET="60", LINE_API_BASE="http://127.0.0.1:1", OSHIRASE_BUILD="/"
        )
        settings.adopt_environment({}, self.folder)
        self.assertEqual(settings.clock_offset, "60")
        self.assertFalse(settings.own_line)
        self.assertEqual(settings.build, "/")

        settings.adopt_environment(
            {"OSHIRASE_CLOCK_OFFSET": "", "LINE_API_BASE": "", "OSHIRASE_BUILD": ""}, self.folder
        )

        self.assertEqual(settings.clock_offset, "")
        self.assertTrue(settings.own_line)
        self.assertEqual(settings.build, str(REPOSITORY / "build" / "release"))

    def test_an_override_can_be_taken_back(self):
        settings = Settings()
        settings.adopt_overrides(["gateway.LOG_LEVEL=debug"])
        settings.adopt_overrides(["gateway.LOG_LEVEL="])
        self.assertEqual(settings.overrides, {"gateway": {}})

    def test_a_build_is_found_from_here_from_the_repository_or_by_its_preset(self):
        (self.folder / "mine").mkdir()
        here = os.path.realpath(self.folder / "mine")
        self.assertEqual(self.adopted(OSHIRASE_BUILD="mine").build, here)
        self.assertEqual(self.adopted(OSHIRASE_BUILD="tools").build, str(REPOSITORY / "tools"))
        with self.assertRaises(Misuse):
            self.adopted(OSHIRASE_BUILD="no/such/folder")

    def test_only_a_loopback_line_is_accepted(self):
        for host in ("127.0.0.1:80", "127.9.9.9", "localhost:1", "[::1]:1"):
            base = f"http://{host}"
            self.assertFalse(self.adopted(LINE_API_BASE=base).own_line)
        for base in (
            "https://api.line.me",
            "http://127.0.0.1.example.com",
            "http://10.0.0.1",
            "http://0.0.0.0",
            "127.0.0.1:80",
            "file:///etc",
        ):
            with self.assertRaises(Misuse, msg=base):
                self.adopted(LINE_API_BASE=base)
        with self.assertRaises(Misuse):
            self.adopted(LINE_API_BASE="http://127.0.0.1", LINE_DATA_BASE="https://example.com")

    def test_the_channel_of_the_callers_line_is_used_only_with_it(self):
        self.assertEqual(self.adopted(LINE_CHANNEL_SECRET="s").line_channel, {})
        settings = self.adopted(LINE_CHANNEL_SECRET="s", LINE_API_BASE="http://127.0.0.1")
        self.assertEqual(settings.line_channel, {"LINE_CHANNEL_SECRET": "s"})

    def test_nonsense_is_refused_by_name(self):
        for text in ("gateway", "gateway=0", "registry=2", "gateway=two", ""):
            with self.assertRaisesRegex(Misuse, "--replicas"):
                Settings().adopt_replicas(text)
        for text in ("X=1", "nobody.X=1", "gateway.x=1", "gateway.X"):
            with self.assertRaisesRegex(Misuse, "--set"):
                Settings().adopt_overrides([text])
        with self.assertRaisesRegex(Misuse, "OSHIRASE_CLOCK_OFFSET"):
            self.adopted(OSHIRASE_CLOCK_OFFSET="tomorrow")

    def test_a_damaged_file_is_named(self):
        for text in ("{", '{"unknown": 1}'):
            self.path.write_text(text)
            with self.assertRaisesRegex(StackError, "settings.json is damaged"):
                Settings.load(self.path)

    def test_private_files_admit_only_their_owner_even_where_another_lay(self):
        self.path.write_text("old")
        self.path.chmod(0o666)
        write_private(self.path, b"new")
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)
        self.assertEqual(self.path.read_bytes(), b"new")


if __name__ == "__main__":
    unittest.main()
