"""The four services and their neighbours, as rows of the process table."""

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from . import checks, credentials, front, programs
from .layout import Layout
from .ports import PortBook
from .processes import Process
from .settings import REPOSITORY, Settings

BASIC_ID = "@oshirase"
# A made-up prefecture: nothing a stack of this kind sends may look like a real office's notice.
PREFECTURE_NAME = "みほん県"
CONSULTATION_PHONE = "0570-000-000"
MAIL_FROM_ADDRESS = "noreply@example.jp"

# For sanitizer builds: where they write and what they ignore.
_PASSED_ON = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS")


@dataclass
class Stack:
    """One stack: where it lies, what it remembers, which ports it has."""

    layout: Layout
    settings: Settings
    ports: PortBook

    def replicas(self, service):
        """The names of a service's processes: gateway, gateway-2, ..."""
        count = self.settings.replicas.get(service, 1)
        return [service if n == 1 else f"{service}-{n}" for n in range(1, count + 1)]

    def address(self, process):
        return f"127.0.0.1:{self.ports[process]}"

    def health(self, process):
        return f"127.0.0.1:{self.ports[f'{process}-health']}"

    def metrics(self, process):
        return f"127.0.0.1:{self.ports[f'{process}-metrics']}"

    def gateway_socket(self, process):
        return self.layout.run / "gateway" / f"{process}.sock"

    @property
    def redis_socket(self):
        return self.layout.run / "redis" / "redis.sock"

    @property
    def console_file(self):
        """Holds the console's address with its token."""
        return self.layout.secrets / "console-url"

    @property
    def front_url(self):
        return f"http://127.0.0.1:{self.ports['nginx']}"

    @property
    def line_base(self):
        if self.settings.own_line:
            return f"http://127.0.0.1:{self.ports['line-sandbox']}"
        return self.settings.line_bases["LINE_API_BASE"]

    def checkin_target(self):
        """All checkins, as their callers want them."""
        return ",".join(self.address(name) for name in self.replicas("checkin"))


def redis(stack):
    """Redis holds what can be rebuilt, so it keeps nothing on disk."""
    socket = stack.redis_socket
    return Process(
        name="redis",
        argv=(
            programs.find("redis-server"), "--port", "0", "--unixsocket", str(socket),
            "--unixsocketperm", "700", "--save", "", "--appendonly", "no", "--daemonize", "no",
            "--loglevel", "warning",
        ),
        env={"PATH": os.defpath},
        folder=stack.layout.data / "redis",
        leavings=(socket,),
        ready=partial(checks.redis_answers, socket),
        address=str(socket),
    )


def mail(stack):
    port, folder = stack.ports["mail"], stack.layout.data / "mail"
    return Process(
        name="mail",
        argv=(
            programs.find("node"), str(REPOSITORY / "tools" / "mail-sink" / "main.mjs"),
            "--smtp-port", str(stack.ports["mail-smtp"]), "--http-port", str(port),
            "--data", str(folder),
        ),
        env=_base_env(folder),
        folder=folder,
        ready=partial(checks.http_ok, port, "/api/messages"),
        ports=("mail", "mail-smtp"),
        address=f"http://127.0.0.1:{port}",
    )


def line_sandbox(stack):
    port, folder = stack.ports["line-sandbox"], stack.layout.data / "line-sandbox"
    secrets = stack.layout.secrets
    bot = credentials.channel(stack.layout, stack.settings)[2]
    return Process(
        name="line-sandbox",
        argv=(
            programs.find("node"), str(REPOSITORY / "tools" / "line-sandbox" / "main.mjs"),
            "--port", str(port), "--data", str(folder),
            "--channel-secret-file", str(secrets / "line-channel-secret"),
            "--access-token-file", str(secrets / "line-channel-access-token"),
            "--bot-user-id", bot, "--basic-id", BASIC_ID,
            "--webhook-url", f"{stack.front_url}/line/webhook",
        ),
        env=_base_env(folder) | _clock(stack),
        folder=folder,
        ready=partial(checks.http_ok, port, "/_sandbox/users"),
        ports=("line-sandbox",),
        address=f"http://127.0.0.1:{port}",
    )


def registry(stack):
    layout = stack.layout
    env = _grpc_env(stack, "registry", callers="client-cas.crt") | _public(stack) | {
        "DATABASE_URL_FILE": str(layout.secrets / "database-url-registry"),
        "KEYRING_DIRS": str(layout.keyrings / "registry"),
        "KEK_FILE": str(layout.secrets / "kek-registry"),
        "FIRST_OPERATOR_CERT_FILE": str(layout.tls / "operator.crt"),
        "LINE_BOT_BASIC_ID": BASIC_ID,
        "SMTP_URL": f"smtp://127.0.0.1:{stack.ports['mail-smtp']}",
        "MAIL_FROM_ADDRESS": MAIL_FROM_ADDRESS,
        "TEMP_DIR": str(layout.data / "registry"),
    }
    return _grpc_service(stack, "registry", env, needs=("postgres", "database"))


def checkin(stack, name):
    env = _grpc_env(stack, name, callers="ca.crt") | {
        "DATABASE_URL_FILE": str(stack.layout.secrets / "database-url-checkin"),
        "REDIS_URL": f"unix://{stack.redis_socket}",
        "REGISTRY_ADDR": stack.address("registry"),
    }
    needs = ("postgres", "database", "redis", "registry")
    return _grpc_service(stack, name, env, needs)


def notifier(stack):
    layout = stack.layout
    env = _grpc_env(stack, "notifier", callers="client-cas.crt") | _public(stack) | _line(stack) | {
        "DATABASE_URL_FILE": str(layout.secrets / "database-url-notifier"),
        "KEYRING_DIRS": str(layout.keyrings / "notifier"),
        "KEK_FILE": str(layout.secrets / "kek-notifier"),
        "REGISTRY_ADDR": stack.address("registry"),
        "CHECKIN_ADDR": stack.checkin_target(),
    }
    needs = ("postgres", "database", "registry", *stack.replicas("checkin"))
    return _grpc_service(stack, "notifier", env, needs)


def gateway(stack, name):
    layout, socket = stack.layout, stack.gateway_socket(name)
    folder = layout.data / name
    env = _base_env(folder) | _clock(stack) | _public(stack) | _line(stack) | {
        "LISTEN_SOCKET": str(socket),
        "METRICS_ADDR": stack.metrics(name),
        "TLS_CERT_FILE": str(layout.tls / "gateway.crt"),
        "TLS_KEY_FILE": str(layout.tls / "gateway.key"),
        "TLS_CA_FILE": str(layout.tls / "ca.crt"),
        "REGISTRY_ADDR": stack.address("registry"),
        "CHECKIN_ADDR": stack.checkin_target(),
        "NOTIFIER_ADDR": stack.address("notifier"),
        "LINE_CHANNEL_SECRET_FILE": str(layout.secrets / "line-channel-secret"),
        "LINE_BOT_USER_ID": credentials.channel(layout, stack.settings)[2],
        "LINE_BOT_BASIC_ID": BASIC_ID,
        "FORM_KEY_FILE": str(layout.secrets / "form-key"),
        "HTTP_THREADS": str(front.GATEWAY_THREADS),
    }
    # Without the file the form does not fill in addresses.
    postal_codes = Path(stack.settings.build) / "share/postal_codes.tsv"
    if postal_codes.exists():
        env["POSTAL_CODES_FILE"] = str(postal_codes)
    return Process(
        name=name,
        argv=(_binary(stack, "gateway"),),
        env=env | stack.settings.overrides.get("gateway", {}),
        folder=folder,
        needs=("registry", "notifier", *stack.replicas("checkin")),
        leavings=(socket,),
        ready=partial(checks.http_ok, socket, "/readyz"),
        ports=(f"{name}-metrics",),
        address=str(socket),
    )


def console(stack):
    """Officer-a's web console. Its address holds the token that lets a browser in, so that it is
    written to a file that nobody else can read, and not to the log."""
    port, tls, file = stack.ports["console"], stack.layout.tls, stack.console_file
    env = _base_env(stack.layout.data / "console") | _clock(stack) | {
        "OSHIRASE_REGISTRY": stack.address("registry"),
        "OSHIRASE_NOTIFIER": stack.address("notifier"),
        "OSHIRASE_TLS_CERT": str(tls / "officer-a.crt"),
        "OSHIRASE_TLS_KEY": str(tls / "officer-a.key"),
        "OSHIRASE_TLS_CA": str(tls / "ca.crt"),
    }
    return Process(
        name="console",
        argv=(
            "/bin/sh", "-c", 'exec "$0" console --listen "$1" > "$2"',
            _binary(stack, "oshirase-authority"), f"127.0.0.1:{port}", str(file),
        ),
        env=env,
        folder=stack.layout.data / "console",
        needs=("registry", "notifier", "officers"),
        leavings=(file,),
        ready=partial(checks.console_answers, port, file),
        ports=("console",),
        address=f"http://127.0.0.1:{port}",
    )


def _grpc_service(stack, name, env, needs):
    service = name.partition("-")[0]
    return Process(
        name=name,
        argv=(_binary(stack, service),),
        env=env | stack.settings.overrides.get(service, {}),
        folder=stack.layout.data / name,
        needs=needs,
        ready=partial(checks.grpc_serving, stack.health(name)),
        ports=(name, f"{name}-health", f"{name}-metrics"),
        address=stack.address(name),
    )


def _grpc_env(stack, name, callers):
    service, tls = name.partition("-")[0], stack.layout.tls
    return _base_env(stack.layout.data / name) | _clock(stack) | {
        "LISTEN_ADDR": stack.address(name),
        "HEALTH_ADDR": stack.health(name),
        "METRICS_ADDR": stack.metrics(name),
        "TLS_CERT_FILE": str(tls / f"{service}.crt"),
        "TLS_KEY_FILE": str(tls / f"{service}.key"),
        "TLS_CLIENT_CAS_FILE": str(tls / callers),
        "TLS_CA_FILE": str(tls / "ca.crt"),
    }


def _base_env(folder):
    """Not the caller's environment: a stack behaves the same whoever starts it."""
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {"PATH": os.defpath, "HOME": str(folder), "LC_ALL": "C.UTF-8", **passed}


def _clock(stack):
    offset = stack.settings.clock_offset
    return {"OSHIRASE_CLOCK_OFFSET": offset} if offset else {}


def _public(stack):
    return {
        "PUBLIC_URL": stack.front_url,
        "PREFECTURE_NAME": PREFECTURE_NAME,
        "CONSULTATION_PHONE": CONSULTATION_PHONE,
    }


def _line(stack):
    """Only a loopback LINE: a stack of this kind must never message a real person."""
    token = stack.layout.secrets / "line-channel-access-token"
    return {
        **stack.settings.line_bases,
        "LINE_API_BASE": stack.line_base,
        "LINE_LOOPBACK_ONLY": "1",
        "LINE_CHANNEL_ACCESS_TOKEN_FILE": str(token),
    }


def _binary(stack, name):
    return str(Path(stack.settings.build) / "bin" / name)

