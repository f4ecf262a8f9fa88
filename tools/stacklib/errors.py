"""What the commands report to people: one clear sentence, and the exit code that goes with it."""


class StackError(Exception):
    """The command failed; the message says what and why."""

    exit_code = 1


class Misuse(StackError):
    """The command line or the environment asks for something that does not exist."""

    exit_code = 2


class Interrupted(StackError):
    """Somebody asked this command to stop; what it had started is stopped."""

    exit_code = 130


class PortTaken(StackError):
    """A process could not start because another program took its port meanwhile."""

    def __init__(self, process, names):
        super().__init__(f"{process}: port taken by another program")
        self.names = names
