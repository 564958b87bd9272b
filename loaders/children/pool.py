"""The pool of reading children, one for a process: a folder's load, a single file and HTTP read through it alike.

1. A short plain text is read where it is met (`Job.is_small`); everything else waits for its turn.
2. At most `ReadLimits.at_once` children read. So many jobs as `ReadLimits.waiting` wait behind them, each no longer than
   `ReadLimits.patience`; more are refused at once (`ReadersBusy`).
3. A child that has read is kept for the next job, unless it holds much memory or has ended.
4. Whoever waits is asked all the while whether he is still there; when he has gone, the child is ended.

Example: ``with Readers(ReadLimits) as readers: plan = readers.plan(Job(path="方案.docx"))``.

No pool of a library is used: its workers share a pipe, and one killed worker stops all (docs/decisions/020-libraries.md).

Left to others: limits (`api.settings`), processes (`loaders.children.child`).
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from types import TracebackType

import msgspec

from graph.errors import ENDING, ReadersBusy, ReadingStopped, StoreUnavailable, ZerenError
from graph.model import Plan
from loaders.children.child import LOOK, Child
from loaders.children.job import Job, failure, plan_json, read_job
from loaders.children.limits import ReadLimits

_plan_of = msgspec.msgpack.Decoder(Plan)


def _stays() -> bool:
    return False


class Readers:
    """The children of this process; safe to be used by several threads. Use it as a context manager, or `close` it.

    ``limits`` is called when the first child is needed.
    """

    def __init__(self, limits: Callable[[], ReadLimits]) -> None:
        self._limits_of = limits
        self._turn = threading.Condition()
        self._idle: list[Child] = []
        self._busy: set[Child] = set()
        self._taken = self._waiting = 0
        self._closed = False

    @cached_property
    def _limits(self) -> ReadLimits:
        return self._limits_of()

    @property
    def at_once(self) -> int:
        """How many jobs are read at the same time."""
        return self._limits.at_once

    def __enter__(self) -> "Readers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self, count: int) -> None:
        """Start children before they are asked for: while nothing else is open, that is quick."""
        while len(self._idle) < min(count, self.at_once):
            self._idle.append(Child(self._limits))

    def plan(self, job: Job, *, gone: Callable[[], bool] = _stays) -> Plan:
        """The plan of a job. Raises ZerenError: of the reading, ReadingStopped beyond a limit, ReadersBusy without a turn."""
        if job.is_small:
            return _here(job)
        return _plan_of.decode(self._read(job, as_json=False, gone=gone))

    def json(self, job: Job, *, gone: Callable[[], bool] = _stays) -> bytes:
        """The plan of a job as ``POST /v1/parse`` answers it; raises like `plan`."""
        return plan_json(_here(job)) if job.is_small else self._read(job, as_json=True, gone=gone)

    def close(self) -> None:
        """End all children; whoever waits for one is told that the service is ending."""
        with self._turn:
            self._closed = True
            children = [*self._idle, *self._busy]
            self._idle.clear()
            self._turn.notify_all()
        for child in children:
            child.end()

    def _read(self, job: Job, *, as_json: bool, gone: Callable[[], bool]) -> bytes:
        with self._child(gone) as child:
            try:
                return child.read(job, as_json=as_json, gone=lambda: self._closed or gone())
            except ReadingStopped as error:
                if self._closed:  # it was `close` that ended the child
                    raise StoreUnavailable(ENDING) from error
                raise

    @contextmanager
    def _child(self, gone: Callable[[], bool]) -> Iterator[Child]:
        self._take_turn(gone)
        child: Child | None = None
        try:
            child = self._start_or_reuse()
            yield child
        finally:
            with self._turn:
                self._taken -= 1
                if child is not None:
                    self._busy.discard(child)
                kept = child is not None and not self._closed and child.is_alive
                if child is not None and kept and child.memory <= self._limits.memory // 2:
                    self._idle.append(child)
                    child = None
                self._turn.notify()
            if child is not None and kept:
                child.end()

    def _start_or_reuse(self) -> Child:
        with self._turn:
            while self._idle:
                child = self._idle.pop()
                if child.is_alive:
                    self._busy.add(child)
                    return child
        child = Child(self._limits)
        with self._turn:
            self._busy.add(child)
        return child

    def _take_turn(self, gone: Callable[[], bool]) -> None:
        end = time.monotonic() + self._limits.patience
        with self._turn:
            if self._taken >= self.at_once and self._waiting >= self._limits.waiting:
                raise self._too_many()
            self._waiting += 1
            try:
                while self._taken >= self.at_once:
                    self._turn.wait(LOOK)
                    if self._closed:
                        raise StoreUnavailable(ENDING)
                    if gone():
                        raise ReadingStopped("whoever asked for it has gone; it was not read.")
                    if time.monotonic() > end:
                        raise self._too_many()
                self._taken += 1
            finally:
                self._waiting -= 1

    def _too_many(self) -> ReadersBusy:
        return ReadersBusy(
            f"{self._taken} files are being read and {self._waiting} wait (ZEREN_READ_CHILDREN, ZEREN_READ_WAITING); "
            "expected fewer at once. Send it again in a while."
        )


def _here(job: Job) -> Plan:
    """The plan of a short text, read in this process: whatever goes wrong is a failure of this text."""
    try:
        return read_job(job)
    except ZerenError:
        raise
    except Exception as error:
        raise failure(error) from error
