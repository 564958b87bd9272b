"""A job: one file to read into a plan, and how. It is the same in a child and in the process of the caller.

1. The bytes come along, or are read from ``path``; `loaders.files.read` makes the text, `loaders.plan` the plan.
2. The answer is the plan, or its JSON, as bytes: what a child sends, nobody takes for anything but data.
3. Any exception becomes a failure that says what was met, and where in the program: a fault of ours is the failure of that file
   alone, and is told as ours.

Example: ``read_job(Job(data=b"...", name="方案.docx"))`` is a `loaders.plan` plan.

Left to others: the process in which it runs (`loaders.children.child`), what is a failure's answer (`api.http.problems`).
"""

import errno
import json
import traceback
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from graph.errors import ReadingFailed, ZerenError
from graph.model import ParseOptions, Plan, to_json
from loaders.files.read import file_bytes, is_plain, read_bytes
from loaders.files.source import Source
from loaders.plan import read_plan

SMALL = 64 * 1024
"""Bytes of a plain text that is read where it is met: 45 items have so many, and take a twentieth of a second."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file: its bytes, or the path where they are, its name, the options of the parser, the encoding if it is told.

    ``is_text``: it is a text in UTF-8 that nobody has to recognise, and no file.
    """

    data: bytes | None = None
    path: str | None = None
    name: str | None = None
    options: ParseOptions = field(default_factory=ParseOptions)
    encoding: str | None = None
    is_text: bool = False

    @property
    def is_small(self) -> bool:
        """Whether reading it costs so little that no child is asked: a short text that is no file of an office program."""
        return self.data is not None and len(self.data) <= SMALL and (self.is_text or is_plain(self.data))


def read_job(job: Job) -> Plan:
    """The plan in a file, read in this process. Raises ZerenError, and whatever a library raises for a file it fears."""
    data = file_bytes(job.path) if job.data is None and job.path is not None else job.data or b""
    name = Path(job.path).name if job.name is None and job.path is not None else job.name or None
    if job.is_text:
        source = Source(data.decode("utf-8").removeprefix("\ufeff"), name=name)
    else:
        source = read_bytes(data, name=name, encoding=job.encoding)
    return read_plan(source, job.options)


def plan_json(plan: Plan) -> bytes:
    """A plan as ``POST /v1/parse`` answers it."""
    return json.dumps(to_json(plan), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def failure(error: Exception) -> ZerenError:
    """What a job failed of, as an error that callers know; MemoryError is told by who knows the limit."""
    if isinstance(error, ZerenError):
        return error
    return ReadingFailed(
        f"reading it failed ({type(error).__name__}: {error}, in {_place(error)}); this is a fault of Zeren, not of the file. "
        "Please report it, with the file.",
        "".join(traceback.format_exception(error)),
    )


def _place(error: Exception) -> str:
    """The last line of our own code on the way to an exception: ``loaders/files/html.py:120``."""
    for line in reversed(traceback.extract_tb(error.__traceback__)):
        if (file := Path(line.filename)).is_relative_to(_LOADERS):
            return f"{file.relative_to(_LOADERS.parent)}:{line.lineno}"
    return "another part of the program"


_LOADERS = Path(str(files("loaders")))


def is_out_of_memory(error: Exception) -> bool:
    """Whether an exception says, in the words of some library, that there is no more memory."""
    words = str(error).lower()
    no_more = isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM)
    return no_more or any(sign in words for sign in _OUT_OF_MEMORY)


_OUT_OF_MEMORY = ("bad_alloc", "insufficient memory", "out of memory", "memory allocation", "failed to allocate")
