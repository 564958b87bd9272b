"""The three streams of the program, also where one is closed or takes nothing more.

Order of things: before a command runs, output that is closed is told and nothing is done; both streams speak UTF-8
whatever the terminal's code page says; behind the command what is left is written, and a full device is one sentence.
A reader that leaves (``zeren query | head``) is no fault.

Example: ``with streams(): app()``.

Left to others: what is printed (`api.cli.output`), control characters (`api.cli.text`).
"""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from graph.errors import ParameterError


def standard_input() -> BinaryIO:
    """The bytes of standard input. Raises ParameterError when it is closed."""
    if sys.stdin is None:
        raise ParameterError(
            "standard input is closed, and - stands for it; expected text on it, or a name instead of -."
        )
    return sys.stdin.buffer


@contextmanager
def streams() -> Iterator[None]:
    """The streams of one run of the program; ends it with exit code 1 where its output cannot be written."""
    if sys.stderr is None:
        sys.stderr = io.TextIOWrapper(io.BytesIO())  # nobody hears it
    if sys.stdout is None:
        sys.exit("zeren: standard output is closed; expected it open, such as > FILE.")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[union-attr]
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except OSError as error:
        if error.filename is not None:  # a file's, not a stream's
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left is not tried again at exit
        if isinstance(error, BrokenPipeError):
            sys.exit(1)
        sys.exit(
            f"zeren: what it prints cannot be written ({error.strerror}); expected standard output to take it. "
            f"Make room, or send it elsewhere."
        )
