"""The command line of tools/stack."""

import argparse
import sys

from . import commands
from .errors import StackError

_ENVIRONMENT = """\
environment (remembered in DIR; set but empty takes it back):
  OSHIRASE_BUILD         another build folder than build/release, by path or preset name
  OSHIRASE_CLOCK_OFFSET  seconds by which the services' and the LINE sandbox's clocks are off
  LINE_API_BASE          the LINE platform to use instead of a sandbox of our own; with it
                         LINE_DATA_BASE and LINE_LOGIN_BASE if different, and the channel:
                         LINE_CHANNEL_SECRET, LINE_CHANNEL_ACCESS_TOKEN, LINE_BOT_USER_ID.
                         Loopback only.

exit codes: 0 done, 1 failed, 2 wrong use, 130 interrupted
"""


def main(arguments=None):
    """Runs one command and returns its exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        chosen.act(chosen)
        sys.stdout.flush()
        return 0
    except StackError as problem:
        print(f"stack: {problem}", file=sys.stderr)
        return problem.exit_code
    except KeyboardInterrupt:
        return 130


def _parser():
    parser = argparse.ArgumentParser(
        prog="tools/stack",
        description="Runs the whole suite privately in one folder: Postgres, Redis, nginx, a mail "
        "sink, a LINE sandbox and the four services. Several stacks run side by side.",
        epilog=_ENVIRONMENT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name, act, text):
        command = subparsers.add_parser(name, help=text, description=text)
        command.add_argument("dir", metavar="DIR", help="the folder of the stack")
        command.set_defaults(act=act)
        return command

    up = add("up", lambda a: commands.up(a.dir, a.replicas, a.set, a.console),
             "start what does not run, wait until all is ready, write DIR/env")
    up.add_argument("--replicas", metavar="gateway=N,checkin=N", help="how many processes of each")
    up.add_argument("--set", metavar="SERVICE.VARIABLE=VALUE", action="append", default=[],
                    help="set a service's variable; repeatable; remembered; empty takes it back")
    add("down", lambda a: commands.down(a.dir), "stop everything; data stay")
    up.add_argument("--console", action="store_true",
                    help="also officer-a's web console, CONSOLE_URL; remembered")
    status = add("status", lambda a: commands.status(a.dir, a.check), "print a line per process")
    status.add_argument("--check", action="store_true", help="exit 1 unless all are ready")
    restart = add("restart", lambda a: commands.restart(a.dir, a.service),
                  "restart one process, also after it was killed")
    restart.add_argument("service", metavar="SERVICE", help="a name as status shows it")
    _add_seed(add)
    return parser


def _add_seed(add):
    seed = add("seed", lambda a: commands.seed(a.dir, _seed_arguments(a)),
               "register N venues through the registry; print one JSON line each")
    seed.add_argument("count", metavar="N", type=_count, help="how many")
    seed.add_argument("--kind", default="restaurant", help="the kind of venue (restaurant)")
    seed.add_argument("--prefix", default="見本の店", help="what their names begin with")
    seed.add_argument("--drill", action="store_true", help="drill venues")


def _count(text):
    if not text.isdigit() or not 1 <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError("expected a number from 1 to 1000000")
    return int(text)


def _seed_arguments(chosen):
    arguments = ["--count", str(chosen.count), "--kind", chosen.kind, "--prefix", chosen.prefix]
    return [*arguments, "--drill"] if chosen.drill else arguments
