"""What a stack remembers between commands: replicas, clock, build, LINE platform, overrides.

A variable of the caller's environment replaces what is remembered; set but empty, it resets it.
"""

import ipaddress
import json
import os
import re
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from .errors import Misuse, StackError

REPOSITORY = Path(__file__).resolve().parents[2]
REPLICATED = ("gateway", "checkin")
SERVICES = ("registry", "checkin", "notifier", "gateway")
LINE_BASES = ("LINE_API_BASE", "LINE_DATA_BASE", "LINE_LOGIN_BASE")
LINE_CHANNEL = ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN", "LINE_BOT_USER_ID")


@dataclass
class Settings:
    """The remembered choices of one stack."""

    build: str = str(REPOSITORY / "build" / "release")
    clock_offset: str = ""
    replicas: dict = field(default_factory=lambda: {name: 1 for name in REPLICATED})
    # LINE_API_BASE and its companions; empty: a LINE sandbox of our own.
    line_bases: dict = field(default_factory=dict)
    # The channel of that LINE platform, where the caller names one; else generated.
    line_channel: dict = field(default_factory=dict)
    # service -> variable -> value, on top of what the table says.
    overrides: dict = field(default_factory=dict)
    bot_user_id: str = field(default_factory=lambda: "U" + secrets.token_hex(16))
    run_dir: str = ""
    # Whether officer-a's web console runs.
    console: bool = False

    @property
    def own_line(self):
        """Whether the stack runs its own LINE sandbox."""
        return "LINE_API_BASE" not in self.line_bases

    def adopt_environment(self, environ, cwd):
        """Takes over what the caller's environment names. Raises Misuse, changing nothing the
        caller will see, when it names something unusable."""
        if "OSHIRASE_CLOCK_OFFSET" in environ:
            offset = environ["OSHIRASE_CLOCK_OFFSET"].strip()
            if not re.fullmatch(r"(-?\d{1,10})?", offset):
                raise Misuse(f"OSHIRASE_CLOCK_OFFSET={offset}: not a number of seconds")
            self.clock_offset = offset
        if "OSHIRASE_BUILD" in environ:
            self.build = _build_folder(environ["OSHIRASE_BUILD"], cwd)
        if "LINE_API_BASE" in environ:
            bases = {name: environ[name] for name in LINE_BASES if environ.get(name)}
            for name, base in bases.items():
                _require_loopback(name, base)
            self.line_bases = bases
            self.line_channel = (
                {name: environ[name] for name in LINE_CHANNEL if environ.get(name)} if bases else {}
            )

    def adopt_replicas(self, text):
        """Takes over `gateway=2,checkin=2`."""
        for part in text.split(","):
            name, _, count = part.partition("=")
            if name not in REPLICATED or not re.fullmatch(r"[1-8]", count):
                raise Misuse(
                    f"--replicas {part}: expected gateway=N or checkin=N with N from 1 to 8"
                )
            self.replicas[name] = int(count)

    def adopt_overrides(self, assignments):
        """Takes over `notifier.SENDER_RATE_PER_SECOND=5`; an empty value takes it back."""
        for text in assignments:
            match = re.fullmatch(r"([a-z]+)\.([A-Z][A-Z0-9_]*)=(.*)", text)
            if not match or match[1] not in SERVICES:
                raise Misuse(f"--set {text}: expected SERVICE.VARIABLE=VALUE")
            variables = self.overrides.setdefault(match[1], {})
            if match[3]:
                variables[match[2]] = match[3]
            else:
                variables.pop(match[2], None)

    def save(self, path):
        text = json.dumps(asdict(self), indent=2) + "\n"
        write_private(path, text)

    @classmethod
    def load(cls, path):
        """The remembered settings, or fresh ones when this is a new stack."""
        try:
            return cls(**json.loads(Path(path).read_text()))
        except FileNotFoundError:
            return cls()
        except (ValueError, TypeError) as problem:
            raise StackError(f"{path} is damaged: {problem}") from None


def write_private(path, content):
    """Writes a file that only its owner can read, whole or not at all."""
    data = content if isinstance(content, bytes) else content.encode()
    fresh = Path(f"{path}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    fresh.replace(path)


def _build_folder(name, cwd):
    """A build folder by its path from here or from the repository, or by its preset's name."""
    if not name:
        return Settings().build
    for base in (Path(cwd), REPOSITORY, REPOSITORY / "build"):
        if (base / name).is_dir():
            return os.path.realpath(base / name)
    raise Misuse(f"OSHIRASE_BUILD={name}: no such folder")


def _require_loopback(name, base):
    parts = urlsplit(base)
    host = parts.hostname or ""
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if parts.scheme not in ("http", "https") or not loopback:
        raise Misuse(f"{name}={base}: only a loopback address may stand in for LINE")
