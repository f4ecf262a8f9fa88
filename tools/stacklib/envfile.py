"""DIR/env: what outside programs may know of a running stack, as KEY=VALUE lines for a shell."""

import re
import shlex

from . import credentials, postgres
from .settings import write_private

_PLAIN = re.compile(r"[A-Za-z0-9_@%+=:,./?-]*")


def write(stack):
    """Writes the file, 0600 because it names the channel's secrets."""
    lines = (f"{name}={_quoted(value)}\n" for name, value in values(stack).items())
    write_private(stack.layout.env_file, "".join(lines))


def values(stack):
    """The keys and values, in the order in which they are documented."""
    layout, settings = stack.layout, stack.settings
    secret, token, bot = credentials.channel(layout, settings)
    grpc = ["registry", *stack.replicas("checkin"), "notifier"]
    everyone = [*grpc, *stack.replicas("gateway")]
    found = {
        "GATEWAY_URL": stack.front_url,
        "REGISTRY_ADDR": stack.address("registry"),
        "CHECKIN_ADDR": stack.address("checkin"),
        "NOTIFIER_ADDR": stack.address("notifier"),
        "TLS_DIR": str(layout.tls),
        "DATABASE_URL": postgres.url(layout, postgres.SUPERUSER),
        "REDIS_URL": f"unix://{stack.redis_socket}",
        "LINE_SANDBOX_URL": stack.line_base if settings.own_line else None,
        "LINE_CHANNEL_SECRET": secret,
        "LINE_CHANNEL_ACCESS_TOKEN": token,
        "LINE_BOT_USER_ID": bot,
        "MAIL_URL": f"http://127.0.0.1:{stack.ports['mail']}",
        "SMTP_ADDR": stack.address("mail-smtp"),
        "CONSOLE_URL": stack.console_file.read_text().strip() if settings.console else None,
        "HEALTH_ADDRS": " ".join(f"{name}={stack.health(name)}" for name in grpc),
        "REGISTRY_KEYRING": str(layout.keyrings / "registry"),
        "NOTIFIER_KEYRING": str(layout.keyrings / "notifier"),
        "RUN_DIR": str(layout.run),
        "METRICS_URLS": " ".join(
            f"{name}=http://{stack.metrics(name)}/metrics" for name in everyone
        ),
    }
    return {name: value for name, value in found.items() if value is not None}


def _quoted(value):
    """Quoted only where a shell needs it, so that simpler readers see most values as they are."""
    return value if _PLAIN.fullmatch(value) else shlex.quote(value)
