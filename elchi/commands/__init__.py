"""The command line. Each command is a module; what it needs is imported when it runs, so that help is quick."""

from __future__ import annotations

import os
import sys

from elchi.commands.exits import Exit, exit_code


def main() -> None:
    """Entry of the ``elchi`` command: runs it, and turns our own errors into one sentence and an exit code."""
    from elchi.commands.app import app

    try:
        app()
    except BrokenPipeError:  # the reader of our output has left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.OK)
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
    except Exception as error:
        code = exit_code(error)
        if code is None:
            raise
        print(f"elchi: {error}", file=sys.stderr)
        sys.exit(code)
