"""The lock file: who holds a store, seen from this process and from others."""

import errno
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import StoreUnavailable
from graph.store.embedded.lock_file import LockInfo, StoreLock, holder, lock_path

HOLD = """
import sys
from pathlib import Path
from graph.store.embedded.lock_file import StoreLock
lock = StoreLock.acquire(Path(sys.argv[1]))
if len(sys.argv) > 2:
    lock.announce(sys.argv[2], "secret")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def hold(tmp_path: Path):
    """Starts another process that holds the store."""
    running = []

    def start(*more: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", HOLD, str(tmp_path / "store"), *more]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_a_free_store_has_no_holder(tmp_path):
    assert holder(tmp_path / "store") is None
    lock = StoreLock.acquire(tmp_path / "store")
    lock.release()
    assert holder(tmp_path / "store") is None


def test_the_file_is_for_its_owner_alone_and_names_the_holder(tmp_path):
    lock = StoreLock.acquire(tmp_path / "deep" / "store")
    path = lock_path(tmp_path / "deep" / "store")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert holder(tmp_path / "deep" / "store") == LockInfo(os.getpid(), lock.info.started_at)
    lock.announce("http://127.0.0.1:8000", "secret")
    assert holder(tmp_path / "deep" / "store") == LockInfo(
        os.getpid(), lock.info.started_at, "http://127.0.0.1:8000", "secret"
    )
    lock.announce("http://[::1]:1", "s")
    assert json.loads(path.read_text())["token"] == "s"
    lock.release()


def test_another_process_is_named_with_its_address(tmp_path, hold):
    process = hold("http://127.0.0.1:8123")
    found = holder(tmp_path / "store")
    assert found is not None
    assert (found.pid, found.address, found.token) == (process.pid, "http://127.0.0.1:8123", "secret")
    with pytest.raises(StoreUnavailable, match=rf"process {process.pid}, which serves it at http://127.0.0.1:8123"):
        StoreLock.acquire(tmp_path / "store")


def test_another_process_that_does_not_serve_is_named(tmp_path, hold):
    process = hold()
    with pytest.raises(StoreUnavailable, match=rf"held by process {process.pid} since .* another --store"):
        StoreLock.acquire(tmp_path / "store")


def test_the_same_process_is_told_so(tmp_path):
    lock = StoreLock.acquire(tmp_path / "store")
    with pytest.raises(StoreUnavailable, match="already open in this process"):
        StoreLock.acquire(tmp_path / "store")
    lock.release()


def test_a_file_left_by_a_killed_process_holds_nothing(tmp_path, hold):
    process = hold("http://127.0.0.1:8123")
    process.kill()
    process.wait()
    assert lock_path(tmp_path / "store").read_text().strip()
    assert holder(tmp_path / "store") is None
    StoreLock.acquire(tmp_path / "store").release()


def test_asking_does_not_keep_an_owner_out(tmp_path):
    path = tmp_path / "store"
    StoreLock.acquire(path).release()
    for _ in range(20):
        assert holder(path) is None
        StoreLock.acquire(path).release()


def test_a_holder_that_has_not_yet_written_its_name(tmp_path):
    lock = StoreLock.acquire(tmp_path / "store")
    lock_path(tmp_path / "store").write_text("")
    assert holder(tmp_path / "store") is None
    with pytest.raises(StoreUnavailable, match="another process that is starting"):
        StoreLock.acquire(tmp_path / "store")
    lock.release()


def test_a_path_that_can_hold_no_store_is_told_in_a_sentence(tmp_path):
    file = tmp_path / "plan.txt"
    file.write_text("牵头单位")
    with pytest.raises(StoreUnavailable, match="is a file, not a store"):
        StoreLock.acquire(file)
    for below in (file / "store", Path("/proc/store")):
        with pytest.raises(StoreUnavailable, match="no store can be kept at"):
            StoreLock.acquire(below)
    with pytest.raises(StoreUnavailable, match="no store can be kept at"):
        holder(file / "store")
    assert sorted(tmp_path.iterdir()) == [file]


def test_a_system_without_posix_locks_is_told_of_the_other_store(tmp_path, monkeypatch):
    monkeypatch.setattr("graph.store.embedded.lock_file.HAS_LOCKS", False)
    with pytest.raises(StoreUnavailable, match=r"needs Linux or macOS; .* neo4j://host:7687"):
        StoreLock.acquire(tmp_path / "store")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", full)
        with pytest.raises(StoreUnavailable, match=r"cannot be written \(No space left on device\)\. Make room"):
            StoreLock.acquire(tmp_path / "store")
    StoreLock.acquire(tmp_path / "store").release()


def test_a_disk_that_is_read_only_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(*_: object) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "open", read_only)
    with pytest.raises(StoreUnavailable, match="is no folder that can be written"):
        holder(tmp_path / "store")
    with pytest.raises(StoreUnavailable, match="is no folder that can be written"):
        StoreLock.acquire(tmp_path / "store")
