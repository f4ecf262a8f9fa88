"""The deployed nginx configuration, in front of a stand-in for the gateway that writes down what
reaches it. Real nginx, real sockets."""

import json
import os
import re
import socket
import socketserver
import tempfile
import threading
import time
import unittest
import warnings
from http.server import BaseHTTPRequestHandler
from types import SimpleNamespace

from stacklib import front
from stacklib.layout import Layout
from stacklib.ports import PortBook
from stacklib.supervisor import Supervisor

UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}")


class Gateway(BaseHTTPRequestHandler):
    """Remembers each request and answers 200; a dying one hangs up without an answer."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append(
            SimpleNamespace(method=self.command, path=self.path, headers=self.headers, body=body)
        )
        if self.server.dying:
            self.close_connection = True
            return
        answer = b"from the gateway"
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_GET

    def address_string(self):
        return "unix"

    def log_message(self, *_):
        pass


class GatewayServer(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 100

    def get_request(self):
        connection, _ = super().get_request()
        return connection, ("unix", 0)


class FrontTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # nginx is meant to outlive the supervisor that starts it.
        warnings.simplefilter("ignore", ResourceWarning)
        folder = tempfile.TemporaryDirectory(dir="/tmp")
        cls.addClassCleanup(folder.cleanup)
        os.chmod(folder.name, 0o755)
        cls.layout = Layout(folder.name)
        cls.layout.create()
        cls.layout.choose_run_dir()
        cls.addClassCleanup(cls.layout.remove_run_dir)
        sockets = [cls.layout.run / "gateway" / f"{n}.sock" for n in (1, 2)]
        cls.gateways = [cls.serve(path) for path in sockets]
        ports = PortBook(cls.layout.ports_file)
        cls.port = ports["nginx"]
        stack = SimpleNamespace(layout=cls.layout, ports=ports)
        supervisor = Supervisor(stack)
        row = front.process(cls.layout, cls.port, sockets)
        supervisor.bring_up([row], time.monotonic() + 20)
        cls.addClassCleanup(lambda: supervisor.stop(supervisor.records.all()))

    @classmethod
    def serve(cls, path):
        server = GatewayServer(str(path), Gateway)
        path.chmod(0o666)
        server.requests, server.dying = [], False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        cls.addClassCleanup(server.server_close)
        cls.addClassCleanup(server.shutdown)
        return server

    def setUp(self):
        for gateway in self.gateways:
            gateway.requests.clear()
            gateway.dying = False

    def requests(self):
        return [request for gateway in self.gateways for request in gateway.requests]

    def send(self, head, body=b"", timeout=10, source="127.0.0.1"):
        """Sends raw bytes, so that nothing is tidied up on the way; returns status and the rest."""
        front_door = ("127.0.0.1", self.port)
        with socket.create_connection(front_door, timeout, (source, 0)) as connection:
            text = head if "Host:" in head else head.replace("\n", "\nHost: example.jp\n", 1)
            text = text.rstrip("\n") + "\nConnection: close\n\n"
            try:
                connection.sendall(text.replace("\n", "\r\n").encode() + body)
            except ConnectionError:
                pass  # refused before everything was sent
            answer = b""
            try:
                while part := connection.recv(65536):
                    answer += part
            except ConnectionError:
                pass
        answer = answer.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
        status = int(answer.split(b" ", 2)[1]) if answer else 0
        return status, answer.decode(errors="replace")

    def post(self, path, size, extra=""):
        head = f"POST {path} HTTP/1.1\nContent-Length: {size}\n{extra}"
        return self.send(head, b"x" * size)

    def log(self):
        return self.layout.log("nginx").read_text()

    def test_a_request_reaches_the_gateway_whole_and_plain(self):
        head = (
            "POST /line/webhook HTTP/1.1\nContent-Length: 5\nX-Line-Signature: abc=\n"
            "Content-Encoding: gzip\nRange: bytes=0-1\nExpect: 100-continue\nTE: trailers\n"
            "Upgrade: h2c\nX-Forwarded-For: 1.2.3.4\nForwarded: for=1.2.3.4\nX-Real-IP: 1.2.3.4\n"
            "X_Line_Signature: smuggled\n"
        )
        self.assertEqual(self.send(head, b"hello")[0], 200)

        (request,) = self.requests()
        self.assertEqual(request.body, b"hello")
        self.assertEqual(request.headers["X-Line-Signature"], "abc=")
        self.assertEqual(request.headers.get_all("X-Real-IP"), ["127.0.0.1"])
        for name in (
            "Content-Encoding", "Range", "Expect", "TE", "Upgrade", "X-Forwarded-For", "Forwarded",
            "Transfer-Encoding", "X_Line_Signature", "Connection",
        ):
            self.assertIsNone(request.headers[name], name)

    def test_a_chunked_body_arrives_with_its_length(self):
        head = "POST /line/webhook HTTP/1.1\nTransfer-Encoding: chunked\n"
        self.assertEqual(self.send(head, b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")[0], 200)
        (request,) = self.requests()
        self.assertEqual((request.headers["Content-Length"], request.body), ("5", b"abcde"))

    def test_each_address_takes_bodies_up_to_its_limit(self):
        for path, limit in (
            ("/line/webhook", 1024 * 1024),
            ("/upkeep/csv", 5 * 1024 * 1024),
            ("/register", 64 * 1024),
            ("/api/v1/venues", 64 * 1024),
            ("/api/v1/imports", 5 * 1024 * 1024),
        ):
            self.assertEqual(self.post(path, limit)[0], 200, path)
            self.assertEqual(self.post(path, limit + 1)[0], 413, path)
        self.assertEqual(len(self.requests()), 5)

    def flood(self, path, count, source, method="POST"):
        """How many of `count` requests got each status, and one answer of 429 if there is one."""
        statuses, refused = {}, None
        for _ in range(count):
            head = f"{method} {path} HTTP/1.1\nContent-Length: 0\n"
            status, answer = self.send(head, source=source)
            statuses[status] = statuses.get(status, 0) + 1
            refused = answer if status == 429 else refused
        return statuses, refused

    def test_an_address_sends_so_many_forms_and_is_then_told_to_wait(self):
        statuses, refused = self.flood("/upkeep/venues/a/state", 700, "127.0.0.3")
        self.assertGreater(statuses[200], 290)
        self.assertGreater(statuses[429], 100)
        self.assertIn("Retry-After: 10", refused)
        self.assertIn("少し待って", refused)
        # Nobody is kept from reading, nor anybody else from sending.
        self.assertEqual(self.flood("/register", 20, "127.0.0.3", "GET")[0], {200: 20})
        self.assertEqual(self.flood("/links", 20, "127.0.0.4")[0], {200: 20})

    def test_what_sends_mails_has_a_limit_of_its_own(self):
        for number, path in enumerate(("/register", "/enquiry", "/report", "/upkeep/link")):
            statuses, _ = self.flood(path, 100, f"127.0.1.{number + 1}")
            self.assertLess(abs(statuses[200] - 61), 10, path)
        statuses, refused = self.flood("/api/v1/registrations", 100, "127.0.1.9")
        self.assertLess(abs(statuses[200] - 61), 10)
        self.assertIn("application/problem+json", refused)

    def test_webhooks_and_this_machine_have_no_limit(self):
        self.assertEqual(self.flood("/line/webhook", 800, "127.0.0.5")[0], {200: 800})
        self.assertEqual(self.flood("/register", 400, "127.0.0.1")[0], {200: 400})

    def test_what_nginx_refuses_by_itself_is_a_problem_for_programs(self):
        for line, status in (
            ("GET /api/v1/venues HTTP/1.1\nX-Long: " + "x" * 5000, 400),
            ("GET /" + "x" * 5000 + " HTTP/1.1", 414),
            ("TRACE /api/v1/venues HTTP/1.1", 405),
            ("POST /api/v1/venues HTTP/1.1\nContent-Length: 65537", 413),
        ):
            for language, words in (("ja", "。"), ("en-US,en", ".")):
                got, answer = self.send(f"{line}\nAccept-Language: {language}\n")
                self.assertEqual(got, status)
                head, body = answer.split("\r\n\r\n", 1)
                self.assertIn("application/problem+json", head)
                self.assertEqual(json.loads(body)["status"], status)
                # Of a header that was too long nothing behind it was read.
                if status not in (400, 414):
                    self.assertIn(words, json.loads(body)["detail"])

    def test_a_chunked_body_cannot_pass_the_limit(self):
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        head = "POST /register HTTP/1.1\nTransfer-Encoding: chunked\n"
        self.assertEqual(self.send(head, chunk * 2 + b"0\r\n\r\n")[0], 413)
        self.assertEqual(self.requests(), [])

    def test_a_body_in_very_many_chunks_is_taken_or_too_large(self):
        for path, fits, too_many in (
            ("/line/webhook", 200_000, 300_000),
            ("/register", 10_000, 20_000),
            ("/api/v1/venues", 10_000, 20_000),
        ):
            head = f"POST {path} HTTP/1.1\nTransfer-Encoding: chunked\n"
            for count, status in ((fits, 200), (too_many, 413)):
                body = b"1\r\nx\r\n" * count + b"0\r\n\r\n"
                self.assertEqual(self.send(head, body)[0], status, f"{path} {count}")
        self.assertEqual(len(self.requests()), 3)

    def test_bodies_never_reach_a_file(self):
        self.post("/line/webhook", 1024 * 1024)
        self.post("/upkeep/csv", 5 * 1024 * 1024)
        head = "POST /line/webhook HTTP/1.1\nTransfer-Encoding: chunked\n"
        self.send(head, b"1\r\nx\r\n" * 300_000 + b"0\r\n\r\n")
        self.assertEqual(len(self.requests()), 2)
        folder = self.layout.data / "nginx"
        self.assertTrue((folder / "no-body-files").is_file())
        self.assertEqual([p for p in folder.glob("tmp-*/**/*") if p.is_file()], [])

    def test_endless_headers_are_refused(self):
        status, _ = self.send("GET / HTTP/1.1\n" + f"X-Long: {'x' * 5000}\n")
        self.assertEqual(status, 400)
        many = "".join(f"X-{n}: {'x' * 1000}\n" for n in range(30))
        self.assertEqual(self.send(f"GET / HTTP/1.1\n{many}")[0], 400)
        self.assertEqual(self.requests(), [])

    def test_slow_senders_are_cut_off(self):
        with socket.create_connection(("127.0.0.1", self.port), 10) as slow:
            slow.sendall(b"POST /line/webhook HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nab")
            began = time.monotonic()
            try:
                slow.recv(1000)
            except ConnectionError:
                pass
            self.assertLess(time.monotonic() - began, 8)
        self.assertEqual(self.requests(), [])

    def test_a_request_id_is_passed_on_if_it_is_a_uuid_and_made_otherwise(self):
        given = "0f8fad5b-d9cb-469f-a165-70867728950e"
        self.send(f"GET /register HTTP/1.1\nX-Request-Id: {given}\n")
        self.send("GET /register HTTP/1.1\nX-Request-Id: not a uuid\n")
        self.send("GET /register HTTP/1.1\n")
        ids = {request.headers["X-Request-Id"] for request in self.requests()}
        self.assertIn(given, ids)
        self.assertEqual(len(ids), 3)
        for fresh in ids - {given}:
            self.assertRegex(fresh, UUID4)

    def test_the_log_holds_neither_addresses_nor_what_follows_a_known_page(self):
        secret = "s3cr3t"
        for path in (
            f"/line/webhook?{secret}", f"/c/{secret}", f"/liff/{secret}", f"/links/{secret}",
            f"/{secret}", f"/register/{secret}?x={secret}", f"/certificates/{secret}",
        ):
            self.assertEqual(self.send(f"GET {path} HTTP/1.1\nUser-Agent: {secret}\n")[0], 200)
        time.sleep(0.1)

        log = self.log()
        self.assertNotIn(secret, log)
        self.assertNotIn("127.0.0.1", log)
        lines = [json.loads(line) for line in log.splitlines()]
        self.assertIn("/register", {line["page"] for line in lines})
        self.assertIn("/certificates", {line["page"] for line in lines})

    def test_a_webhook_that_a_dying_gateway_did_not_answer_goes_to_the_next(self):
        self.gateways[0].dying = True
        answers = [self.post("/line/webhook", 3)[0] for _ in range(4)]
        self.assertEqual(answers, [200] * 4)
        self.assertEqual(len(self.gateways[1].requests), 4)
        self.assertGreater(len(self.gateways[0].requests), 0)

    def test_a_form_is_never_sent_twice(self):
        for gateway in self.gateways:
            gateway.dying = True
        self.assertEqual(self.post("/register", 3)[0], 503)
        self.assertEqual(len(self.requests()), 1)


class FrontWithoutGatewayTest(unittest.TestCase):
    def test_people_and_programs_learn_at_once_that_nobody_answers(self):
        with tempfile.TemporaryDirectory(dir="/tmp") as folder:
            layout = Layout(folder)
            layout.create()
            layout.choose_run_dir()
            ports = PortBook(layout.ports_file)
            port = ports["nginx"]
            supervisor = Supervisor(SimpleNamespace(layout=layout, ports=ports))
            row = front.process(layout, port, [layout.run / "gateway" / "gateway.sock"])
            supervisor.bring_up([row], time.monotonic() + 20)
            try:
                self.check_answers(port)
                self.assertNotIn("s3cr3t", layout.log("nginx").read_text())
            finally:
                supervisor.stop(supervisor.records.all())
                layout.remove_run_dir()

    def check_answers(self, port):
        page = self.get(port, "/c/s3cr3t")
        self.assertIn("503", page.splitlines()[0])
        self.assertIn("Retry-After: 10", page)
        self.assertIn("しばらくしてから", page)
        problem = self.get(port, "/api/v1/venues")
        self.assertIn("503", problem.splitlines()[0])
        self.assertIn("application/problem+json", problem)
        self.assertEqual(json.loads(problem.split("\r\n\r\n")[1])["status"], 503)

    def get(self, port, path):
        with socket.create_connection(("127.0.0.1", port), 5) as connection:
            connection.sendall(f"GET {path} HTTP/1.0\r\nHost: a\r\n\r\n".encode())
            return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


if __name__ == "__main__":
    unittest.main()
