"""The audit log: who did what, when; a line of JSON each, only ever appended, chained by hash.

1. A line says ``n`` (its number), ``at`` (UTC), what happened, and ``prev``, the SHA-256 of the line before it. Who changes or
   removes a line breaks the chain behind it; the number and hash of the last one also stand in the database, so that a
   shorter file is found, too.
2. `AuditLog.write` returns when the line is on the disk: so are writes, refused ones included. `AuditLog.note` returns at
   once; what was noted is on the disk within a second: so are reads. `AuditLog.note_look` is for what a page asks every second or
   two: the first look is a line like that, those of the `LOOKS_SECONDS` behind it are one line, with ``times``.
3. A file is closed at `FILE_BYTES` and the next begins: ``audit-000000000001.jsonl``, named by its first line. The service and
   the command line may append at once; each waits for the other. A line that a kill cut off is taken away and that is noted.
4. `verify_log` reads all files and names the first line that is not as it was written.

No line has words of a plan or a question, or a key; ids and names of what was asked for it has.

Example: ``{"n":7,"at":"2026-11-30T08:00:00.123+00:00","event":"load","who":"王五","what":"娄底市-娄发2017-4",…}``.

Left to others: which request is which line (`api.http.audit_trail`).
"""

import hashlib
import json
import logging
import os
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from api.security.database import ServiceDatabase
from api.security.folder import own_file
from graph.errors import StoreUnavailable
from graph.file_lock import take_lock

log = logging.getLogger("zeren.audit")

FILE_BYTES = 16 * 1024 * 1024
BEGINNING = "0" * 64  # ``prev`` of the first line
LOOKS_SECONDS = 60.0
_PAUSE = 0.5  # seconds between two batches of what was noted
_OF_ONE_LOOK = ("request", "rows", "data_version")  # what may differ among looks that are one line
_ROOM = 1024 * 1024  # bytes that must be free before a write is let begin
_HEAD = "audit_head"
AuditFields: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _End:
    """The last line: its number and hash, its file, and how long that is."""

    n: int
    digest: str
    path: Path
    size: int


@dataclass(slots=True)
class _Looks:
    """Looks behind a first one: the last of them, how many, and when they become a line."""

    until: float
    fields: AuditFields
    times: int = 0


class AuditLog:
    """The log in the folder of one service. Its methods may be called from several threads."""

    def __init__(self, database: ServiceDatabase, file_bytes: int = FILE_BYTES) -> None:
        self._database, self._file_bytes = database, file_bytes
        self.folder = database.folder
        self._lock_path = own_file(self.folder / "audit.lock")
        self._turn, self._noting = threading.Lock(), threading.Lock()
        self._end: _End | None = None
        self._noted: list[AuditFields] = []
        self._looks: dict[str, _Looks] = {}
        self._closed = threading.Event()
        self._wanted = threading.Event()
        self._thread = threading.Thread(target=self._run, name="zeren-audit", daemon=True)
        self._thread.start()

    def write(self, **fields: Any) -> None:
        """Append a line and return when it is on the disk. Raises StoreUnavailable if it cannot be."""
        self._append([{"at": _now(), **fields}])

    def note(self, **fields: Any) -> None:
        """Append a line within a second."""
        with self._noting:
            self._noted.append({"at": _now(), **fields})
        self._wanted.set()

    def note_look(self, **fields: Any) -> None:
        """Append a line within a second, unless it says what one of the last minute says: then it is counted (`_Looks`)."""
        same = json.dumps({name: fields[name] for name in fields if name not in _OF_ONE_LOOK})
        with self._noting:
            self._end_looks()
            known = self._looks.get(same)
            if known is not None:
                known.fields, known.times = {"at": _now(), **fields}, known.times + 1
                return
            self._looks[same] = _Looks(time.monotonic() + LOOKS_SECONDS, {})
        self.note(**fields)

    def _end_looks(self, *, all_of_them: bool = False) -> None:
        """Make lines of looks whose time is over. To be called with the lock on what was noted."""
        now = time.monotonic()
        for same, looks in list(self._looks.items()):
            if all_of_them or looks.until <= now:
                del self._looks[same]
                if looks.times:
                    self._noted.append({**looks.fields, "times": looks.times})

    def flush(self) -> None:
        """Put on the disk what was noted so far."""
        with self._noting:
            self._end_looks(all_of_them=True)
        self._append([])

    def check(self) -> None:
        """Raise StoreUnavailable if the log could not take a line now: then nothing may be written that must be in it."""
        try:
            free = os.statvfs(self.folder) if hasattr(os, "statvfs") else None
            os.close(os.open(self._lock_path, os.O_RDWR))
        except OSError as error:
            raise self._failed(error) from error
        if free is not None and free.f_bavail * free.f_frsize < _ROOM:
            raise self._failed(OSError(28, "the disk is nearly full"))

    def last(
        self, limit: int, before: int | None = None, *, who: str | None = None, event: str | None = None
    ) -> list[dict[str, Any]]:
        """The last lines, the newest first: at most ``limit``, with a number below ``before``."""
        self.flush()
        found: list[dict[str, Any]] = []
        for path in reversed(_files(self.folder)):
            for raw in reversed(path.read_bytes().splitlines()):
                line = json.loads(raw)
                fits = (who is None or line.get("who") == who) and (event is None or line.get("event") == event)
                if fits and (before is None or line["n"] < before):
                    found.append(line)
                    if len(found) == limit:
                        return found
        return found

    def close(self) -> None:
        """Put everything on the disk and end."""
        self._closed.set()
        self._wanted.set()
        self._thread.join()
        try:
            self.flush()
        except StoreUnavailable as error:
            log.error("%s", error)

    def _run(self) -> None:
        while not self._closed.is_set():
            self._wanted.wait(LOOKS_SECONDS)
            self._closed.wait(_PAUSE)
            self._wanted.clear()
            try:
                self._append([])
            except StoreUnavailable as error:
                log.error("%s", error)
                self._wanted.set()  # what was noted is kept, and tried again
                self._closed.wait(_PAUSE)

    def _append(self, fields: Sequence[AuditFields]) -> None:
        with self._turn:
            with self._noting:
                self._end_looks()
                noted, self._noted = self._noted, []
            if not noted and not fields:
                return
            try:
                with self._alone():
                    self._append_alone([*noted, *fields])
            except BaseException as error:
                with self._noting:
                    self._noted = [*noted, *self._noted]
                if isinstance(error, OSError):
                    raise self._failed(error) from error
                raise

    def _append_alone(self, fields: Sequence[AuditFields]) -> None:
        end = self._found_end()
        n, digest, lines = end.n, end.digest, b""
        for one in fields:
            n += 1
            line = json.dumps({"n": n, **one, "prev": digest}, ensure_ascii=False, separators=(",", ":")).encode(
                "utf-8", "backslashreplace"
            )
            digest = hashlib.sha256(line).hexdigest()
            lines += line + b"\n"
        path, size = (end.path, end.size) if end.size < self._file_bytes else (_file(self.folder, end.n + 1), 0)
        own_file(path)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND)
        try:
            _write_all(handle, lines)
            os.fsync(handle)
        except OSError:
            self._end = None
            os.ftruncate(handle, size)  # a full disk took a part of it
            raise
        finally:
            os.close(handle)
        self._end = _End(n, digest, path, size + len(lines))
        try:
            self._database.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", _HEAD, f"{n} {digest}")
        except StoreUnavailable as error:  # the lines are there; the end that is known is an earlier one
            log.warning("the end of the audit log could not be noted: %s", error)

    def _found_end(self) -> _End:
        """The end of the log, read again where another process has appended."""
        files = _files(self.folder)
        path = files[-1] if files else _file(self.folder, 1)
        size = path.stat().st_size if files else 0
        known = self._end
        if known is not None and (known.path, known.size) == (path, size):
            return known
        if not files:
            return _End(0, BEGINNING, path, 0)
        data = path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) < len(data):  # a kill cut the last line off; nobody was answered that it is there
            with path.open("r+b") as file:
                file.truncate(len(whole))
            self.note(event="cut-off-line", what=f"{len(data) - len(whole)} bytes")
        if not whole:
            before = files[:-1]
            if not before:
                return _End(0, BEGINNING, path, 0)
            last = before[-1].read_bytes().splitlines()[-1]
        else:
            last = whole.splitlines()[-1]
        return _End(json.loads(last)["n"], hashlib.sha256(last).hexdigest(), path, len(whole))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        handle = os.open(self._lock_path, os.O_RDWR)
        try:
            take_lock(handle)
            yield
        finally:
            os.close(handle)  # the lock goes with it

    def _failed(self, error: OSError) -> StoreUnavailable:
        return StoreUnavailable(
            f"the audit log in {self.folder} cannot take a line ({error.strerror}); expected a folder that can be written, "
            f"on a disk with room. Nothing is written until it can."
        )


@dataclass(frozen=True, slots=True)
class Verified:
    """What `verify_log` found: how many lines are as they were written, and the first fault, if any."""

    lines: int
    files: int
    fault: str | None


def verify_log(folder: Path, database: ServiceDatabase) -> Verified:
    """Read the whole log and compare every line with the chain, and its end with the database."""
    digest, n, files = BEGINNING, 0, _files(folder)
    head = database.rows("SELECT value FROM meta WHERE name = ?", _HEAD)
    expected = int(head[0]["value"].split()[0]) if head else 0
    seen = {0: BEGINNING}
    for path in files:
        if path.name != _file(folder, n + 1).name:
            return Verified(n, len(files), f"{path.name}: expected {_file(folder, n + 1).name}; a file is missing")
        for place, line in enumerate(path.read_bytes().splitlines(), start=1):
            where = f"{path.name}, line {place}"
            try:
                said = json.loads(line)
                met, prev = said["n"], said["prev"]
            except (ValueError, TypeError, KeyError):
                return Verified(n, len(files), f"{where}: no line of the log")
            if met != n + 1:
                return Verified(
                    n, len(files), f"{where}: has the number {met}, expected {n + 1}; a line is missing or new"
                )
            if prev != digest:
                return Verified(n, len(files), f"{where}: the line before it was changed")
            n, digest = met, hashlib.sha256(line).hexdigest()
            if n == expected:
                seen[n] = digest
    if n < expected:
        return Verified(n, len(files), f"the log ends at {n}, expected at least {expected}; its end is missing")
    if head and seen.get(expected) != head[0]["value"].split()[1]:
        return Verified(n, len(files), f"line {expected}: is not the one that was written; it was changed")
    return Verified(n, len(files), None)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("audit-*.jsonl"))


def _file(folder: Path, first: int) -> Path:
    return folder / f"audit-{first:012d}.jsonl"


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
