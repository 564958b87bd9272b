"""The lock file of an embedded store: one process holds the store, and others can see which process and where it
serves.

``<store>.lock`` lies beside the folder of the store; only its owner may read it (mode 0600).  What counts is the
exclusive lock of the operating system on the file, so a file left by a dead process holds nothing. Its JSON only
describes the holder::

    {"pid": 4711, "started_at": "2026-11-23T08:00:00+00:00", "address": "http://127.0.0.1:8000", "token": "…"}

Order of steps: `StoreLock.acquire` before the engine starts, `StoreLock.announce` when the server listens,
`StoreLock.release` after the engine has closed.  The file itself is never removed: otherwise two processes could lock
two files with one name.  The command line calls `holder`.

Left to others: what to do about a holder (`graph.store.embedded.store` refuses, `api.cli.client` talks to it).
"""

import json
import os
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from graph.errors import StoreUnavailable
from graph.file_lock import HAS_LOCKS, try_lock
from graph.stamps import utc_now

# `holder` takes the lock for an instant to see whether it is free; a starting owner outwaits that
_PATIENCE = 0.5
_STEP = 0.02


@dataclass(frozen=True, slots=True)
class LockInfo:
    """The holder of a store. ``address`` and ``token`` are known once it serves."""

    pid: int
    started_at: str
    address: str | None = None
    token: str | None = None


def lock_path(store: Path) -> Path:
    """The lock file of the store at ``store``: ``…/zeren/store`` -> ``…/zeren/store.lock``."""
    return store.with_name(store.name + ".lock")


def holder(store: Path) -> LockInfo | None:
    """The process that holds the store at ``store``, or None. A file left by a dead process counts as none."""
    try:
        fd = os.open(lock_path(store), os.O_RDWR)
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise StoreUnavailable(
            f"the lock file {lock_path(store)} belongs to another user. Ask that user, or choose another --store."
        ) from error
    except OSError as error:  # a folder on the way is none, the disk is read-only
        raise StoreUnavailable(_no_folder(store)) from error
    try:
        if try_lock(fd):
            return None
        return _read(fd)
    finally:
        os.close(fd)


class StoreLock:
    """A lock that is held. Create it with `acquire`."""

    def __init__(self, fd: int, info: LockInfo) -> None:
        self._fd = fd
        self.info = info

    @classmethod
    def acquire(cls, store: Path) -> "StoreLock":
        """Take the store at ``store`` for this process. Raises StoreUnavailable that names the holder."""
        path = lock_path(store)
        if not HAS_LOCKS:  # a store on a server works there all the same
            raise StoreUnavailable(
                "the embedded store needs Linux or macOS; on this system keep the graph on a Neo4j server, "
                "by --store neo4j://host:7687."
            )
        if store.exists() and not store.is_dir():
            raise StoreUnavailable(
                f"{store} is a file, not a store. Give another --store, such as embedded:{store}-store."
            )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except PermissionError as error:
            raise StoreUnavailable(
                f"the lock file {path} cannot be written. Choose another folder by --store embedded:/path."
            ) from error
        except OSError as error:
            raise StoreUnavailable(_no_folder(store)) from error
        deadline = time.monotonic() + _PATIENCE
        while not try_lock(fd):
            if time.monotonic() > deadline:
                info = _read(fd)
                os.close(fd)
                raise StoreUnavailable(_refusal(store, info))
            time.sleep(_STEP)
        os.fchmod(fd, 0o600)
        lock = cls(fd, LockInfo(os.getpid(), utc_now()))
        try:
            _write(fd, lock.info)
        except OSError as error:  # a full disk
            lock.release()
            raise StoreUnavailable(
                f"the lock file {path} cannot be written ({error.strerror}). Make room on that disk, then run this again."
            ) from error
        return lock

    def announce(self, address: str, token: str) -> None:
        """Tell others where this process serves the store, and the token for the same user."""
        self.info = replace(self.info, address=address, token=token)
        _write(self._fd, self.info)

    def release(self) -> None:
        """Release the lock; a second call does nothing."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.ftruncate(fd, 0)
            os.close(fd)  # the system's lock goes with it


def _no_folder(store: Path) -> str:
    return f"no store can be kept at {store}: {store.parent} is no folder that can be written. Give another --store."


def _refusal(store: Path, info: LockInfo | None) -> str:
    if info is None:
        return f"the store {store} is held by another process that is starting. Try again in a moment."
    if info.pid == os.getpid():
        return f"the store {store} is already open in this process (pid {info.pid}). Use that one, or close it first."
    if info.address is not None:
        return (
            f"the store {store} is held by process {info.pid}, which serves it at {info.address}. "
            f"Work through that address, stop that process, or give another --store."
        )
    return (
        f"the store {store} is held by process {info.pid} since {info.started_at}. "
        f"Wait until it ends, or give another --store."
    )


def _write(fd: int, info: LockInfo) -> None:
    """Write the whole file in one call, padded over the old content, so that a reader never sees half of it."""
    data = json.dumps(asdict(info)).encode()
    os.pwrite(fd, data.ljust(os.fstat(fd).st_size) + b"\n", 0)


def _read(fd: int) -> LockInfo | None:
    try:
        return LockInfo(**json.loads(os.pread(fd, 65536, 0)))
    except ValueError:  # between the lock and the first write
        return None
