"""Many files at once: child processes read and parse them, one file each at a time; the caller gets the plans as they come.

1. Children are started by ``spawn``, so they inherit nothing of the caller (a store, a Java machine).
2. A child gets a path and returns a plan, or the reason why there is none.  A file whose bytes are stored already, read by
   this parser and vocabulary, is not parsed again.
3. If a child dies or exceeds its time, only its file is reported as failed; a new child takes over.
4. Memory: a child may use `MEMORY`; at most one plan for each child is in progress.

No pool of a library is used: its workers share a pipe, and one killed worker stops all (docs/decisions/020-libraries.md).

Example: ``for outcome in parse_files(files, Job(), {}): …`` with ``outcome.plan``, ``outcome.known`` or ``outcome.error``.

Left to others: which files (`loaders.files.folders`), writing (`loaders.storing.load`).
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path

from graph.errors import ZerenError
from graph.model import ParseOptions, Plan
from loaders.files.read import file_bytes, file_digest, read_bytes
from loaders.plan import read_plan

SECONDS = 300.0
"""A file that is not read by then has failed; the slowest honest one met, a PDF of 500 pages of tables, takes a third."""

STARTING = 120.0
"""Seconds a child may need until it reads, on a machine that is busy with other things."""

MEMORY = 4 * 2**30
"""Bytes of address space of a child, where the system can bound it."""


@dataclass(frozen=True, slots=True)
class Job:
    """How files are read: the options of the caller, and the document ids of file contents that need no reading."""

    encoding: str | None = None
    options: ParseOptions = field(default_factory=ParseOptions)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one file: a plan, the id of the document that is already stored from it, or why it failed."""

    path: str
    plan: Plan | None = None
    known: str | None = None
    error: str | None = None


def parse_file(path: str, job: Job, known: Mapping[str, str]) -> Outcome:
    """Read and parse one file in this process; ``known`` maps the sha256 of stored files to their document ids."""
    try:
        data = file_bytes(path)
        if (document := known.get(file_digest(data))) is not None:
            return Outcome(path, known=document)
        source = read_bytes(data, name=Path(path).name, encoding=job.encoding)
        plan = read_plan(source, job.options)
    except ZerenError as error:
        return Outcome(path, error=str(error))
    except MemoryError:
        return Outcome(path, error=f"it needs more than {MEMORY // 2**30} GB of memory; expected one plan.")
    except Exception as error:  # one bad file never stops the rest; what it was is told
        return Outcome(path, error=f"reading it failed ({type(error).__name__}: {error}); please report this file.")
    return Outcome(path, plan)


def parse_files(
    files: Iterable[str],
    job: Job,
    known: Mapping[str, str],
    *,
    workers: int | None = None,
    seconds: float = SECONDS,
) -> Iterator[Outcome]:
    """The outcome of each file as it comes, from ``workers`` children (default: the cores free for this process)."""
    queue = iter(files)
    children: list[_Child] = []
    try:
        for _ in range(workers or _cores()):
            if (path := next(queue, None)) is None:
                break
            child = _Child(job, known)
            child.give(path)
            children.append(child)
        while any(child.path is not None for child in children):
            busy = {child.pipe: child for child in children if child.path is not None}
            first = min(child.until(seconds) for child in busy.values())
            ready = wait(list(busy), timeout=max(0.0, first - time.monotonic()))
            late = [c for c in busy.values() if c.pipe not in ready and time.monotonic() > c.until(seconds)]
            for child in [*(busy[pipe] for pipe in ready if isinstance(pipe, Connection)), *late]:
                outcome = child.failed(f"it was not read within {seconds:g} seconds") if child in late else child.take()
                if outcome is None:
                    continue
                path = next(queue, None)
                if path is not None:
                    child.give(path)
                yield outcome
    finally:
        for child in children:
            child.end()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Child:
    """One child process and its current file; it is started again if it dies."""

    def __init__(self, job: Job, known: Mapping[str, str]) -> None:
        self._job, self._known = job, dict(known)
        self.path: str | None = None
        self._since = 0.0
        self._started = False
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._job, self._known), daemon=True)
        self._process.start()
        self._started = False
        theirs.close()

    def give(self, path: str) -> None:
        if not self._process.is_alive():
            self._start()
        self.path, self._since = path, time.monotonic()
        with contextlib.suppress(BrokenPipeError):  # it died just now: `take` tells
            self.pipe.send(path)

    def until(self, seconds: float) -> float:
        """When its file is late. A child that is still starting gets `STARTING` more seconds."""
        return self._since + seconds + (0.0 if self._started else STARTING)

    def take(self) -> Outcome | None:
        """The outcome that the child has sent, or a failure if it died; None if it only reports that it has started."""
        try:
            outcome = self.pipe.recv()
        except (EOFError, OSError):
            self._process.join(10)
            return self.failed(f"the reading process ended by itself (code {self._process.exitcode})")
        if not isinstance(outcome, Outcome):
            self._started, self._since = True, time.monotonic()
            return None
        self.path = None
        return outcome

    def failed(self, why: str) -> Outcome:
        """End the child and say why its file failed."""
        path, self.path = self.path or "", None
        self.end()
        return Outcome(path, error=f"{why}; expected a file of one plan. Look at the file, or leave it out.")

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.pipe.close()


def _work(pipe: Connection, job: Job, known: Mapping[str, str]) -> None:
    """The loop of a child: paths in, outcomes out, until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the caller ends its children
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        pipe.send("started")
        while True:
            pipe.send(parse_file(pipe.recv(), job, known))
