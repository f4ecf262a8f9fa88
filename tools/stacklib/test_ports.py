import json
import os
import socket
import tempfile
import time
import unittest
from pathlib import Path

from stacklib.errors import StackError
from stacklib.ports import PortBook


class PortBookTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "ports.json"

    def book(self):
        book = PortBook(self.path)
        self.addCleanup(book.release_all)
        return book

    def test_a_port_is_the_same_after_a_restart(self):
        book = self.book()
        port = book["registry"]
        book.save()

        self.assertEqual(self.book()["registry"], port)

    def test_names_have_ports_of_their_own(self):
        book = self.book()
        self.assertEqual(len({book[f"service-{n}"] for n in range(50)}), 50)

    def test_a_port_that_another_program_took_is_replaced(self):
        book = self.book()
        port = book["registry"]
        book.release("registry")
        with socket.create_server(("127.0.0.1", port)):
            self.assertTrue(book.taken("registry"))
            book.hold("registry")
            self.assertNotEqual(book["registry"], port)

    def test_nobody_else_gets_a_held_port(self):
        book = self.book()
        port = book["registry"]
        with self.assertRaises(OSError):
            socket.create_server(("127.0.0.1", port), reuse_port=False)

        book.release("registry")

        socket.create_server(("127.0.0.1", port)).close()

    def test_a_released_port_is_free_even_while_a_child_was_being_started(self):
        book = self.book()
        port = book["registry"]
        child = os.fork()
        if child == 0:
            time.sleep(0.5)  # as long as a busy machine takes to get to exec
            os._exit(0)
        self.addCleanup(os.waitpid, child, 0)

        book.release("registry")

        socket.create_server(("127.0.0.1", port)).close()

    def test_a_port_with_connections_lingering_from_a_killed_server_is_not_taken(self):
        book = self.book()
        port = book["registry"]
        book.release("registry")
        server = socket.create_server(("127.0.0.1", port))
        client = socket.create_connection(("127.0.0.1", port))
        accepted, _ = server.accept()
        accepted.close()  # closed here first, so the server's end lingers in TIME_WAIT
        client.recv(1)
        client.close()
        server.close()

        self.assertFalse(book.taken("registry"))

    def test_no_port_lies_where_outgoing_connections_get_theirs(self):
        low, high = map(
            int, Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()
        )
        if low < 12000 and high > 65000:
            self.skipTest("this kernel leaves no room")
        book = self.book()
        for n in range(50):
            self.assertFalse(low <= book[f"service-{n}"] <= high)

    def test_a_damaged_file_is_named(self):
        self.path.write_text("{")
        with self.assertRaisesRegex(StackError, "ports.json is damaged"):
            PortBook(self.path)

    def test_the_file_maps_names_to_ports(self):
        book = self.book()
        port = book["nginx"]
        book.save()
        self.assertEqual(json.loads(self.path.read_text()), {"nginx": port})


if __name__ == "__main__":
    unittest.main()
