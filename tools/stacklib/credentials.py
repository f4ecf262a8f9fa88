"""The secrets of one stack: made once, 0600, and handed to the processes by file name."""

import os
import secrets
import subprocess
import time

from . import postgres
from .errors import StackError
from .settings import REPOSITORY, write_private

_KEPT_SECONDS = 90 * 24 * 3600


def ensure(layout, settings):
    """Makes what is missing. What exists stays, except what the caller's environment names."""
    folder = layout.secrets
    for name in ("kek-registry", "kek-notifier", "form-key"):
        _make_once(folder / name, secrets.token_bytes(32))
    for name, variable in (
        ("line-channel-secret", "LINE_CHANNEL_SECRET"),
        ("line-channel-access-token", "LINE_CHANNEL_ACCESS_TOKEN"),
    ):
        if variable in settings.line_channel:
            write_private(folder / name, settings.line_channel[variable] + "\n")
        else:
            _make_once(folder / name, secrets.token_hex(16) + "\n")
    for service in ("registry", "checkin", "notifier"):
        text = postgres.service_url(layout, service) + "\n"
        write_private(folder / f"database-url-{service}", text)
    _ensure_certificates(layout.tls)


def channel(layout, settings):
    """The test channel: secret, access token, bot user id."""
    secret, token = (
        (layout.secrets / name).read_text().strip()
        for name in ("line-channel-secret", "line-channel-access-token")
    )
    bot = settings.line_channel.get("LINE_BOT_USER_ID", settings.bot_user_id)
    return secret, token, bot


def _make_once(path, content):
    if not path.exists():
        write_private(path, content)


def _ensure_certificates(folder):
    # Written last by dev-ca, so a young one means a complete and valid set, unless dev-ca itself is
    # younger: it may know of further identities, and keeps those that are there.
    program = REPOSITORY / "tools" / "dev-ca"
    try:
        made_at = os.stat(folder / "client-cas.crt").st_mtime
        if time.time() - made_at < _KEPT_SECONDS and os.stat(program).st_mtime < made_at:
            return
    except FileNotFoundError:
        pass
    made = subprocess.run(
        [str(program), "make", str(folder)],
        capture_output=True, text=True, check=False,
    )
    if made.returncode != 0:
        raise StackError(made.stderr.strip())
