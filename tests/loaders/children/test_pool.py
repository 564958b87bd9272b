"""The pool of reading children: limits of time and memory, turns, callers that go, children that die."""

import errno
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import ReadersBusy, ReadingFailed, ReadingStopped, UnreadableSource, ZerenError
from graph.model import ParseOptions
from loaders.children import child, job, pool
from loaders.children.child import Child
from loaders.children.job import SMALL, Job
from loaders.children.limits import MB, ReadLimits
from loaders.children.pool import Readers

PLAN = "临江市工作方案\n一、任务\n1.清理文件。\n牵头单位：市司法局。\n"
LONG = PLAN + "各科室要加强学习。\n" * 4000
ENDLESS = "序号工作任务责任单位完成时限" + "1清理市财政局（牵头）" * 60_000


def readers_of(**limits: float) -> Readers:
    return Readers(lambda: ReadLimits(**limits))  # type: ignore[arg-type]


def fails(*_: object) -> None:
    raise ZeroDivisionError("in a rule")


def told_by_a_child() -> ZerenError:
    """The error that a child answers to a job, as its caller gets it."""
    pipe, _ = multiprocessing.Pipe()
    answered = child._answer(Job(PLAN.encode()), False, child._Memory(pipe, ReadLimits()))
    return child._error(answered[1:])


def until(holds: Callable[[], bool], seconds: float = 60) -> bool:
    """Wait for something that another thread or process does."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def is_gone(process: int | None) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_a_short_text_needs_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "Child", None)
    with readers_of() as readers:
        plan = readers.plan(Job(PLAN.encode(), name="方案.txt", options=ParseOptions(region="云溪县")))
        assert (plan.document.source, plan.document.region) == ("方案.txt", "云溪县")
        assert readers.json(Job(PLAN.encode(), is_text=True)).startswith(b'{"text":')


@pytest.mark.parametrize(
    ("data", "is_text", "small"),
    [
        (PLAN.encode(), False, True),
        (PLAN.encode("utf-16"), False, True),
        (b"", False, True),
        (PLAN.encode() * 1000, False, False),
        (b"PK\x03\x04", False, False),
        (b"\n  <html>", False, False),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", False, False),
        (b"<html>", True, True),
        (b"junk %PDF-1.4", False, False),
        (b"\x89PNG\r\n\x1a\n", False, False),
        (b"{\\rtf1 }", False, False),
        (b"MIME-Version: 1.0\nContent-Type: text/html\n", False, False),
    ],
)
def test_what_is_read_without_a_child(data: bytes, is_text: bool, small: bool) -> None:
    assert Job(data, is_text=is_text).is_small is small


def test_a_fault_of_a_rule_is_the_failure_of_a_short_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "read_job", fails)
    with (
        readers_of() as readers,
        pytest.raises(ReadingFailed, match=r"ZeroDivisionError: in a rule, in .*fault of Zeren"),
    ):
        readers.plan(Job(PLAN.encode()))


def test_a_fault_says_where_in_the_program_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "read_plan", fails)
    with readers_of() as readers, pytest.raises(ReadingFailed, match=r"in a rule, in loaders/children/job\.py:\d+\)"):
        readers.plan(Job(PLAN.encode()))


def test_a_fault_in_a_child_comes_with_its_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "read_job", fails)
    error = told_by_a_child()
    assert isinstance(error, ReadingFailed)
    assert "ZeroDivisionError: in a rule" in str(error)
    assert error.trace.startswith("Traceback")
    assert "in fails" in error.trace


@pytest.mark.parametrize(
    "error", [MemoryError(), OSError(errno.ENOMEM, "Cannot allocate memory"), RuntimeError("std::bad_alloc")]
)
def test_too_little_memory_is_no_fault(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_short(*_: object) -> None:
        raise error

    monkeypatch.setattr(child, "read_job", is_short)
    told = told_by_a_child()
    assert isinstance(told, ReadingStopped)
    assert "ZEREN_READ_MEMORY_MB is 900" in str(told)


@pytest.mark.server
def test_a_child_reads_one_job_after_the_other(tmp_path: Path) -> None:
    file = tmp_path / "方案.txt"
    file.write_text(LONG)
    with readers_of(children=1) as readers:
        assert readers.plan(Job(LONG.encode(), name="b.txt")).document.source == "b.txt"
        (first,) = readers._idle
        with pytest.raises(UnreadableSource, match=r"^坏\.docx is a damaged|damaged"):
            readers.plan(Job(b"PK\x03\x04 broken", name="坏.docx"))
        plan = readers.plan(Job(path=str(file)))
        assert [duty.as_written for duty in plan.items[0].duties] == ["市司法局"]
        assert readers.json(Job(path=str(file))).startswith(b'{"text":')
        assert readers._idle == [first]
        process = first._process.pid
    assert is_gone(process)


@pytest.mark.server
def test_a_file_beyond_the_limit_of_time_is_told_how_to_raise_it() -> None:
    with readers_of(seconds=4) as readers:
        with pytest.raises(ReadingStopped, match=r"not read within 4 seconds \(ZEREN_READ_SECONDS\); expected"):
            readers.plan(Job(ENDLESS.encode()))
        assert readers.plan(Job(LONG.encode())).items


@pytest.mark.server
def test_a_file_beyond_the_limit_of_memory_is_told_how_to_raise_it() -> None:
    with readers_of(memory=220 * MB) as readers:
        with pytest.raises(ReadingStopped, match="ZEREN_READ_MEMORY_MB is 220"):
            readers.plan(Job(PLAN.encode() * (20 * MB // len(PLAN.encode()))))
        assert readers.plan(Job(LONG.encode())).items


@pytest.mark.server
def test_a_child_that_is_killed_fails_with_its_file_alone() -> None:
    with readers_of(children=1) as readers:
        readers.start(1)
        (child,) = readers._idle
        killing = threading.Timer(1, lambda: os.kill(child._process.pid or 0, signal.SIGKILL))
        killing.start()
        with pytest.raises(ReadingStopped, match=r"ended by itself \(SIGKILL\)"):
            readers.plan(Job(ENDLESS.encode()))
        assert readers.plan(Job(LONG.encode())).items


@pytest.mark.server
def test_a_caller_that_goes_ends_the_reading() -> None:
    with readers_of(children=1) as readers:
        readers.start(1)
        (child,) = readers._idle
        gone = threading.Event()
        threading.Timer(1, gone.set).start()
        with pytest.raises(ReadingStopped, match="has gone"):
            readers.plan(Job(ENDLESS.encode()), gone=gone.is_set)
        assert is_gone(child._process.pid)


@pytest.mark.server
def test_jobs_wait_for_their_turn_and_no_more_than_may() -> None:
    with readers_of(children=1, waiting=1, patience=600) as readers:
        gone = threading.Event()
        ends: list[str] = []

        def read() -> None:
            try:
                readers.plan(Job(ENDLESS.encode()), gone=gone.is_set)
            except ReadingStopped as error:
                ends.append(str(error))

        threads = [threading.Thread(target=read) for _ in range(2)]
        for thread in threads:
            thread.start()
        assert until(lambda: (readers._taken, readers._waiting) == (1, 1))
        with pytest.raises(ReadersBusy, match=r"1 files are being read and 1 wait \(ZEREN_READ_CHILDREN"):
            readers.plan(Job(LONG.encode()))
        gone.set()
        for thread in threads:
            thread.join(60)
        assert len(ends) == 2
        assert (readers._taken, readers._waiting) == (0, 0)


@pytest.mark.server
def test_a_turn_that_does_not_come_is_refused() -> None:
    with readers_of(children=1, patience=0.3) as readers:
        gone = threading.Event()

        def read() -> None:
            with pytest.raises(ReadingStopped):
                readers.plan(Job(ENDLESS.encode()), gone=gone.is_set)

        thread = threading.Thread(target=read)
        thread.start()
        assert until(lambda: readers._taken == 1)
        with pytest.raises(ReadersBusy):
            readers.plan(Job(LONG.encode()))
        gone.set()
        thread.join(60)


OFFICE = """#!/bin/sh
sleep 300 &
echo $! > {pids}
echo $$ >> {pids}
{then}
"""


@pytest.mark.server
@pytest.mark.parametrize("then", ["sleep 300", "exit 0"])
def test_an_office_program_ends_with_all_that_it_started(
    then: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pids = tmp_path / "pids"
    program = tmp_path / "soffice"
    program.write_text(OFFICE.format(pids=pids, then=then))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with readers_of(children=1, office_seconds=2) as readers:
        with pytest.raises((ReadingStopped, UnreadableSource), match=r"ZEREN_OFFICE_(SECONDS|MEMORY_MB)"):
            readers.plan(Job(b"{\\rtf1 }", name="方案.rtf"))
        assert len(readers._idle) == 1  # the child ends it, and goes on
    assert all(is_gone(int(pid)) for pid in pids.read_text().split())


@pytest.mark.server
def test_an_office_program_ends_with_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pids = tmp_path / "pids"
    program = tmp_path / "soffice"
    program.write_text(OFFICE.format(pids=pids, then="sleep 300"))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with readers_of(children=1) as readers, pytest.raises(ReadingStopped, match="has gone"):
        readers.plan(Job(b"{\\rtf1 }"), gone=lambda: pids.exists() and len(pids.read_text().split()) == 2)
    assert all(is_gone(int(pid)) for pid in pids.read_text().split())


@pytest.mark.server
def test_a_long_step_has_a_time_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 7\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with readers_of(seconds=5) as readers, pytest.raises(UnreadableSource, match="could not open it"):
        readers.plan(Job(b"{\\rtf1 }"))


@pytest.mark.server
def test_a_child_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    parent = os.fork()
    if not parent:
        child = Child(ReadLimits())
        (tmp_path / "pid.new").write_text(str(child._process.pid))
        (tmp_path / "pid.new").rename(tmp_path / "pid")
        time.sleep(300)
        os._exit(0)
    assert until((tmp_path / "pid").exists)
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    assert until(lambda: is_gone(int((tmp_path / "pid").read_text())))


def test_the_size_of_a_short_text_is_that_of_a_plan_of_45_items() -> None:
    assert Path("examples/loudi-2017.txt").stat().st_size <= SMALL
