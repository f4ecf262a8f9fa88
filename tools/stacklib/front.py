"""nginx in front of the gateways, from the configuration that is deployed everywhere."""

import os
from functools import partial

from . import checks, programs
from .accounts import nginx_account
from .processes import Process
from .settings import REPOSITORY

TEMPLATE = REPOSITORY / "deploy" / "nginx" / "nginx.conf.template"

# Threads that answer in each gateway, and those that nginx leaves for direct probes.
GATEWAY_THREADS = 320
_SPARE_THREADS = 16


def configuration(listen, log, sockets):
    """The filled-in template."""
    connections = GATEWAY_THREADS - _SPARE_THREADS
    servers = (f"    server unix:{path} max_conns={connections} max_fails=0;" for path in sockets)
    text = TEMPLATE.read_text()
    # The comment at the top names the variables; only below it are they meant.
    head, _, body = text.partition("\nworker_processes ")
    body = f"worker_processes {body}"
    for name, value in {
        "FRONT_LISTEN": listen,
        "FRONT_LOG": log,
        "GATEWAY_CONNECTIONS": str(connections),
        "GATEWAY_KEEPALIVE": str(connections * len(sockets)),
        "GATEWAY_SERVERS": "\n".join(servers),
    }.items():
        body = body.replace("${" + name + "}", value)
    return f"{head}\n{body}"


def process(layout, port, sockets):
    """The row of the process table. Ready as soon as it answers: whether the gateway behind it is
    ready is another question, asked when the whole stack is up."""
    folder = layout.data / "nginx"
    account = nginx_account()
    user = f" user {account.name};" if account else ""
    return Process(
        name="nginx",
        argv=(programs.find("nginx"), "-p", str(folder), "-c", "nginx.conf", "-e", "stderr",
              "-g", f"daemon off;{user}"),
        env={"PATH": os.defpath},
        folder=folder,
        files={
            # The log by its way from the folder: DIR's own name may hold any character.
            folder / "nginx.conf":
                configuration(f"127.0.0.1:{port}", "../../logs/nginx.log", sockets),
            # In the way of temporary files with bodies.
            folder / "no-body-files": "",
        },
        ready=partial(checks.http_answers, port, "/healthz"),
        ports=("nginx",),
        # Finish what is being answered, then go.
        stop_signal=3,
        stop_seconds=5,
        address=f"http://127.0.0.1:{port}",
    )
