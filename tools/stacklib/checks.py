"""Whether a process answers. Each check returns '' when it does, else why not, within 2 seconds."""

import http.client
import socket
import subprocess

TIMEOUT = 2

# An empty grpc.health.v1 HealthCheckRequest as a gRPC message: not compressed, 0 bytes long.
_HEALTH_REQUEST = b"\0\0\0\0\0"
# HealthCheckResponse{status: SERVING}: not compressed, 2 bytes long, field 1 is 1.
_SERVING = b"\0\0\0\0\2\x08\1"


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=TIMEOUT)
        self._path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(TIMEOUT)
        self.sock.connect(self._path)


def http_ok(where, path):
    """200 from `where`, a port on loopback or a unix socket's path."""
    status, body = _get(where, path)
    if status == 200:
        return ""
    return f"{path} answers {status} {body}".strip() if status else body


def http_answers(where, path):
    """Any answer at all: enough for a proxy whose upstream may be down."""
    status, body = _get(where, path)
    return "" if status else body


def console_answers(port, file):
    """The console has told its address and listens there; without the token it lets nobody in."""
    try:
        with open(file, encoding="ascii") as address:
            if not address.read().endswith("\n"):
                return "it has not told its address yet"
    except FileNotFoundError:
        return "it has not started yet"
    return http_answers(port, "/")


def _get(where, path):
    if isinstance(where, int):
        connection = http.client.HTTPConnection("127.0.0.1", where, timeout=TIMEOUT)
    else:
        connection = _UnixConnection(where)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read(300).decode(errors="replace")
    except (OSError, http.client.HTTPException) as problem:
        return 0, str(problem) or type(problem).__name__
    finally:
        connection.close()


def grpc_serving(address):
    """SERVING from the gRPC health service at host:port. curl speaks the one unary call."""
    try:
        answer = subprocess.run(
            [
                "curl", "--silent", "--show-error", "--http2-prior-knowledge",
                "--max-time", str(TIMEOUT), "--noproxy", "*",
                "--header", "content-type: application/grpc", "--header", "te: trailers",
                "--data-binary", "@-", f"http://{address}/grpc.health.v1.Health/Check",
            ],
            input=_HEALTH_REQUEST, capture_output=True, check=False,
        )
    except OSError as problem:
        return f"curl: {problem}"
    if answer.stdout == _SERVING:
        return ""
    return answer.stderr.decode(errors="replace").strip() or "health is not SERVING"


def redis_answers(path):
    """PONG from the Redis at the unix socket `path`."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(TIMEOUT)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            answer = connection.recv(64)
    except OSError as problem:
        return str(problem)
    return "" if answer == b"+PONG\r\n" else f"PING answers {answer!r}"


def postgres_answers(pg_isready, folder, user):
    """The Postgres with its socket in `folder` accepts connections."""
    answer = subprocess.run(
        [pg_isready, "--host", str(folder), "--username", user, "--timeout", str(TIMEOUT)],
        capture_output=True, text=True, check=False,
    )
    return "" if answer.returncode == 0 else answer.stdout.strip()
