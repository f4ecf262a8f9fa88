import os
import stat
import tempfile
import unittest
from pathlib import Path

from stacklib.layout import LONGEST_SOCKET_NAME, LONGEST_SOCKET_PATH, Layout


class RunDirTest(unittest.TestCase):
    def setUp(self):
        # Not the default folder, which may itself be long or closed.
        folder = tempfile.TemporaryDirectory(dir="/tmp")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.folder.chmod(0o755)

    def layout(self, path, remembered=None):
        layout = Layout(path)
        layout.create()
        layout.choose_run_dir(remembered)
        self.addCleanup(layout.remove_run_dir)
        return layout

    def test_sockets_lie_under_dir_when_it_fits(self):
        layout = self.layout(self.folder / "stack")
        self.assertEqual(layout.run, layout.root / "run")

    def test_the_longest_name_that_fits_stays_and_one_more_moves(self):
        room = LONGEST_SOCKET_PATH - len(str(self.folder / "run" / LONGEST_SOCKET_NAME)) - 1
        fits, too_long = self.folder / ("x" * room), self.folder / ("y" * (room + 1))
        self.assertEqual(self.layout(fits).run, fits / "run")
        moved = self.layout(too_long)
        self.assertNotIn(str(self.folder), str(moved.run))
        self.assertLess(len(str(moved.run / LONGEST_SOCKET_NAME)), LONGEST_SOCKET_PATH)
        self.assertFalse((too_long / "run").exists())

    def test_a_name_that_means_something_elsewhere_moves_the_sockets(self):
        for name in ("with space", "a,b", "a'b", "取組書", "a?b=c"):
            self.assertNotIn(str(self.folder), str(self.layout(self.folder / name).run), name)

    @unittest.skipUnless(os.geteuid() == 0, "only root starts others")
    def test_a_folder_closed_to_the_unprivileged_accounts_moves_the_sockets(self):
        closed = self.folder / "closed"
        closed.mkdir(mode=0o700)
        layout = self.layout(closed / "deep" / "stack")
        self.assertNotIn(str(self.folder), str(layout.run))

    def test_the_remembered_folder_is_kept_and_made_again_when_it_is_gone(self):
        closed = self.folder / "a,b"
        first = self.layout(closed)
        first.remove_run_dir()

        second = self.layout(closed, remembered=str(first.run))

        self.assertEqual(second.run, first.run)
        self.assertTrue((second.run / "postgres").is_dir())

    def test_secrets_admit_nobody_else(self):
        layout = self.layout(self.folder / "stack")
        for folder in (layout.secrets, layout.tls, layout.keyrings, layout.keyrings / "registry"):
            self.assertEqual(stat.S_IMODE(folder.stat().st_mode), 0o700, folder)

    def test_a_folder_that_was_there_keeps_its_permissions(self):
        there = self.folder / "there"
        there.mkdir(mode=0o750)
        self.layout(there)
        self.assertEqual(stat.S_IMODE(there.stat().st_mode), 0o750)


if __name__ == "__main__":
    unittest.main()
