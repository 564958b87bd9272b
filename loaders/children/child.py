"""One child process that reads: jobs in, answers out, within limits of time and memory.

1. While this process has one thread, the child is forked: it has all modules at once, and no store or Java machine is open
   yet.  Later it is a fresh interpreter (``spawn``), which inherits nothing.
2. The child bounds its own memory (`ReadLimits.memory`), gives way to other processes, is the first that a system short of
   memory ends, and ends with whoever started it.
3. It tells when a long step begins and ends (`loaders.files.steps`): its time is counted apart, its memory bounded apart.
4. `Child.read` waits for the answer. When the limit of time is over, when the caller has gone, or when the child dies, the
   child ends with all that it started, and the file has failed for a reason that says which limit, and how to raise it.

Example: ``Child(ReadLimits()).read(Job(path="方案.pdf"), gone=lambda: False)`` is the plan, as MessagePack.

Left to others: who reads where (`loaders.children.pool`), the reading itself (`loaders.children.job`).
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import msgspec

from graph import errors
from graph.errors import ReadingFailed, ReadingStopped, ZerenError
from loaders.children.job import Job, failure, is_out_of_memory, plan_json, read_job
from loaders.children.limits import MB, ReadLimits
from loaders.children.sessions import end_session
from loaders.files import steps

STARTING = 120.0
"""Seconds a child may need until it reads, on a machine that is busy with other things."""

MOST_ANSWERED = 32 * MB
"""Bytes of a plan, as MessagePack, that a child hands on: 4,000 items. Whoever takes it has it in memory five times."""

LOOK = 0.2
"""Seconds between two looks at whether the caller is still there."""

_GRACE = 30.0  # seconds that a child has to end LibreOffice by itself; it is of further use then, and says more

_NICE = 5
_STARTED, _STEP, _PLAN, _JSON, _ERROR = b"s", b"t", b"p", b"j", b"e"


class Child:
    """One process; it reads one file after the other, and is of no more use when `is_alive` is false."""

    def __init__(self, limits: ReadLimits) -> None:
        self._limits = limits
        self._pipe, theirs = multiprocessing.Pipe()
        fork = multiprocessing.get_context("fork").Process if _has_one_thread() else None
        kind: type[BaseProcess] = fork or multiprocessing.get_context("spawn").Process
        self._process = kind(target=_work, args=(theirs, limits), daemon=True)
        self._process.start()
        theirs.close()
        self._started = False

    @property
    def is_alive(self) -> bool:
        return bool(self._process.is_alive())

    @property
    def memory(self) -> int:
        """Bytes that the process holds; 0 where the system does not tell."""
        try:
            resident = Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]
        except (OSError, IndexError):
            return 0
        return int(resident) * os.sysconf("SC_PAGE_SIZE")

    def read(self, job: Job, *, as_json: bool, gone: Callable[[], bool]) -> bytes:
        """The plan of a job, as MessagePack or JSON. Raises the error of the reading, or ReadingStopped."""
        clock = _Clock(self._limits, time.monotonic() + (0.0 if self._started else STARTING))
        try:
            self._pipe.send((job, as_json))
            while True:
                if self._pipe.poll(LOOK):
                    kind, rest = self._take()
                    if kind in (_PLAN, _JSON):
                        return rest
                    if kind == _ERROR:
                        raise _error(rest)
                    self._started = True
                    clock.step(rest.decode())
                if gone():
                    raise self._stopped("whoever asked for it has gone")
                if clock.is_late():
                    raise self._stopped(clock.in_words())
        except (EOFError, OSError):
            raise self._stopped(self._died(clock)) from None

    def end(self) -> None:
        """End the process with all that it started."""
        if self._process.pid is not None:
            end_session(self._process.pid)
        self._process.join()
        self._pipe.close()

    def _take(self) -> tuple[bytes, bytes]:
        sent = self._pipe.recv_bytes()
        return sent[:1], sent[1:]

    def _stopped(self, why: str) -> ReadingStopped:
        self.end()
        return ReadingStopped(f"{why}. Give the plan alone, or look at the file.")

    def _died(self, clock: "_Clock") -> str:
        self._process.join(10)
        code = self._process.exitcode
        how = signal.Signals(-code).name if code is not None and code < 0 else f"code {code}"
        return (
            f"the process that read it ended by itself ({how}), as it does when there is too little memory for a library "
            f"({clock.memory_in_words()}); expected the file of one plan"
        )


class _Clock:
    """When a job is late: its own seconds, without those of its long steps, each of which has a limit of its own."""

    def __init__(self, limits: ReadLimits, since: float) -> None:
        self._limits = limits
        self._end = since + limits.seconds
        self._kind = ""
        self._left = 0.0

    def step(self, kind: str) -> None:
        """Take what the child tells: "recognise" and "office" begin a step, "" ends it; "started" counts from now on."""
        now = time.monotonic()
        if kind == "started":
            self._end = now + self._limits.seconds
        elif kind:
            self._left, self._kind = max(0.0, self._end - now), kind
            self._end = now + self._seconds() + (_GRACE if kind == "office" else 0.0)
        else:
            self._end, self._kind = now + self._left, ""

    def is_late(self) -> bool:
        return time.monotonic() > self._end

    def in_words(self) -> str:
        what = {"": "it was not read", "recognise": "a page was not recognised", "office": "it was not converted"}
        return (
            f"{what[self._kind]} within {self._seconds():g} seconds ({_VARIABLES[self._kind][0]}); "
            "expected the file of one plan"
        )

    def memory_in_words(self) -> str:
        return _memory_in_words(self._limits, self._kind)

    def _seconds(self) -> float:
        known = {"recognise": self._limits.recognise_seconds, "office": self._limits.office_seconds}
        return known.get(self._kind, self._limits.seconds)


# what raises the limits of a step
_VARIABLES = {
    "": ("ZEREN_READ_SECONDS", "ZEREN_READ_MEMORY_MB"),
    "recognise": ("ZEREN_OCR_SECONDS", "ZEREN_OCR_MEMORY_MB"),
    "office": ("ZEREN_OFFICE_SECONDS", "ZEREN_READ_MEMORY_MB"),
}


def _memory_in_words(limits: ReadLimits, kind: str) -> str:
    bound = limits.recognise_memory if kind == "recognise" else limits.memory
    return f"{_VARIABLES[kind][1]} is {bound // MB}"


def _error(told: bytes) -> ZerenError:
    """The error that a child tells: the name of its class, its words and, of a fault, its trace."""
    name, words, trace = msgspec.json.decode(told, type=tuple[str, str, str])
    if name == ReadingFailed.__name__:
        return ReadingFailed(words, trace)
    kind = getattr(errors, name, ReadingStopped)
    return kind(words) if isinstance(kind, type) and issubclass(kind, ZerenError) else ReadingStopped(words)


def _has_one_thread() -> bool:
    """Whether a fork loses nothing: no other thread, of Python or of a library, holds a lock."""
    try:
        return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208
    except OSError:
        return False


def _work(pipe: Connection, limits: ReadLimits) -> None:
    """The loop of a child: jobs in, answers out, until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the caller ends its children
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(os, "setsid"):
        os.setsid()
        os.nice(_NICE)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    memory = _Memory(pipe, limits)
    steps.BOUNDS.around = memory.around
    steps.BOUNDS.office_seconds, steps.BOUNDS.office_memory = limits.office_seconds, limits.office_memory
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        pipe.send_bytes(_STEP + b"started")
        while True:
            job, as_json = pipe.recv()
            memory.bound(limits.memory)
            pipe.send_bytes(_answer(job, as_json, memory))


def _answer(job: Job, as_json: bool, memory: "_Memory") -> bytes:
    try:
        plan = read_job(job)
        made = plan_json(plan) if as_json else msgspec.msgpack.encode(plan)
        if len(made) <= MOST_ANSWERED * (2 if as_json else 1):
            return (_JSON if as_json else _PLAN) + made
        told: ZerenError = ReadingStopped(
            f"it makes {len(plan.items):,} items, a plan of {len(made) // MB} MB; expected the file of one plan, of at most "
            f"{MOST_ANSWERED // MB} MB."
        )
    except Exception as error:  # one file never ends a child; what it was is told
        told = memory.failure() if is_out_of_memory(error) else failure(error)
    return _ERROR + msgspec.json.encode((type(told).__name__, str(told), getattr(told, "trace", "")))


class _Memory:
    """The bound on the memory of a child, and the long steps that have one of their own."""

    def __init__(self, pipe: Connection, limits: ReadLimits) -> None:
        self._pipe, self._limits = pipe, limits
        self._kind = ""

    def bound(self, size: int) -> None:
        """Bound what this process may allocate, where the system can."""
        self._kind = ""
        if sys.platform == "linux":
            import resource

            resource.setrlimit(resource.RLIMIT_DATA, (size, resource.getrlimit(resource.RLIMIT_DATA)[1]))

    @contextlib.contextmanager
    def around(self, kind: str) -> Iterator[None]:
        """Tell the beginning and the end of a long step. What a recogniser holds, it keeps to the end of the job."""
        if kind == "recognise":
            self.bound(self._limits.recognise_memory)
            self._kind = kind
        self._pipe.send_bytes(_STEP + kind.encode())
        yield
        self._pipe.send_bytes(_STEP)

    def failure(self) -> ReadingStopped:
        return ReadingStopped(
            f"reading it takes more memory than a reader may have ({_memory_in_words(self._limits, self._kind)}); "
            "expected the file of one plan. Give the plan alone, or raise the limit."
        )


def _end_with(parent: int) -> None:
    """End this process and all it started when its parent has gone."""
    while os.getppid() == parent:
        time.sleep(1)
    end_session(os.getpid())
