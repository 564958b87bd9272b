"""stdin, stdout and stderr, including closed pipes and full disks.

Order of steps: before a command runs, a closed output is reported and nothing is done; both output streams write UTF-8
whatever the code page of the terminal; after the command the rest is flushed, and a full disk ends in one sentence.  A
reader that stops early (``zeren query | head``) is no error.

Example: ``with streams(): app()``.

Left to others: the output itself (`api.cli.output`), control characters (`api.cli.text`).
"""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from graph.errors import ParameterError


def standard_input() -> BinaryIO:
    """The bytes of standard input. Raises ParameterError if it is closed."""
    if sys.stdin is None:
        raise ParameterError(
            "standard input is closed, and - stands for it; expected text on it, or a name instead of -."
        )
    return sys.stdin.buffer


@contextmanager
def streams() -> Iterator[None]:
    """The streams of one run of the program. Ends it with exit code 1 if its output cannot be written."""
    if sys.stderr is None:
        sys.stderr = io.TextIOWrapper(io.BytesIO())  # nobody hears it
    if sys.stdout is None:
        sys.exit("zeren: 标准输出已关闭。（standard output is closed; expected it open, such as > FILE.）")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[union-attr]  # both are streams of text
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
            f"zeren: 标准输出无法写入。（what it prints cannot be written ({error.strerror}); expected standard output to "
            f"take it. Make room, or send it elsewhere.）"
        )
