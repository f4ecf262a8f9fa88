"""The process table of one stack: what runs, what each needs, and the one-time steps between."""

import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Callable

from . import front, postgres, services
from .errors import StackError
from .processes import Process

OFFICERS = {
    "officer-a": "submit,approve",
    "officer-b": "submit,approve",
    "officer-c": "submit,approve",
    "auditor": "audit",
    "desk": "desk",
}


@dataclass(frozen=True)
class Step:
    """Something done once after `needs` are ready. `act` gets a function that runs a command."""

    name: str
    needs: tuple
    act: Callable


def table(stack):
    """Every process and step, in the order in which they are shown. Order of start: by needs."""
    gateways = stack.replicas("gateway")
    sockets = [stack.gateway_socket(name) for name in gateways]
    rows = [
        postgres.process(stack.layout),
        services.redis(stack),
        services.mail(stack),
        Step("database", ("postgres",), partial(postgres.migrate, stack.layout)),
        services.registry(stack),
        Step("officers", ("registry",), partial(_enrol, stack)),
        *(services.checkin(stack, name) for name in stack.replicas("checkin")),
        services.notifier(stack),
        *(services.gateway(stack, name) for name in gateways),
        front.process(stack.layout, stack.ports["nginx"], sockets),
    ]
    if stack.settings.console:
        rows.append(services.console(stack))
    if stack.settings.own_line:
        rows.insert(3, services.line_sandbox(stack))
    return rows


def processes(stack):
    """The rows that run."""
    return [row for row in table(stack) if isinstance(row, Process)]


def require_programs(rows):
    """Raises StackError when a program was not built or not installed."""
    missing = [row.argv[0] for row in rows if not Path(row.argv[0]).exists()]
    if missing:
        raise StackError("missing, build first (make build): " + " ".join(sorted(set(missing))))


def _enrol(stack, run):
    """Makes the officers known to the registry, as its first operator. Stamped inside the cluster
    with their certificates, so that nothing is repeated and a new cluster begins anew."""
    tls = stack.layout.tls
    certificates = "".join((tls / f"{name}.crt").read_text() for name in OFFICERS)
    digest = hashlib.sha256((certificates + str(OFFICERS)).encode()).hexdigest()
    stamp = stack.layout.data / "postgres" / "oshirase.enrolled"
    if stamp.exists() and stamp.read_text() == digest:
        return
    environment = {
        "OSHIRASE_REGISTRY": stack.address("registry"),
        "OSHIRASE_NOTIFIER": stack.address("notifier"),
        "OSHIRASE_TLS_CERT": str(tls / "operator.crt"),
        "OSHIRASE_TLS_KEY": str(tls / "operator.key"),
        "OSHIRASE_TLS_CA": str(tls / "ca.crt"),
    }
    program = str(Path(stack.settings.build) / "bin" / "oshirase-authority")
    for name, roles in OFFICERS.items():
        command = ["officer", "enrol", name, "--roles", roles, "--cert", str(tls / f"{name}.crt")]
        run([program, *command], environment)
    stamp.write_text(digest)
