"""Where records go: a file of lines to which a run adds, and a file of failures beside it.

1. One run writes an output at a time: the lock of the system on the file says so.
2. A last line that a killed run left half is taken away, and said. The keys of the whole lines are known: of those files
   nothing is read again.
3. A record is added whole, in one write. A file that changed gets another line; the last line of a file counts.
4. The failures of a run (``….failures.ndjson``) replace those of the run before: what failed is tried again.

Example: ``with NdjsonOutput(Path("plans.ndjson")) as out: out.add(record)``.

Left to others: records in Parquet (`loaders.mapping.parquet`), which files are read (`loaders.mapping.folder`).
"""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import msgspec

from graph.errors import NoRoom, ParameterError
from graph.file_lock import try_lock
from loaders.mapping.record import PlanRecord, RecordHead, head_of, key_of

_BLOCK = 2**16


class RecordOutput(Protocol):
    """Something that keeps records. ``mended`` says in Chinese what had to be put right in what was there."""

    place: Path
    known: set[bytes]
    files: set[str]
    mended: str | None

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def add(self, record: PlanRecord) -> None: ...


class NdjsonOutput:
    """Records as lines of JSON in the file ``place``."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.known: set[bytes] = set()
        self.files: set[str] = set()
        self.mended: str | None = None

    def __enter__(self) -> Self:
        self._handle = lock_output(self.place)
        try:
            self._mend()
            last = {head.file: key_of(head) for head in record_heads(self.place)}
            self.known, self.files = set(last.values()), set(last)
        except BaseException:
            os.close(self._handle)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._handle)

    def add(self, record: PlanRecord) -> None:
        """Add a line. Raises NoRoom, and leaves what stood there."""
        line, before = memoryview(record.line()), os.fstat(self._handle).st_size
        try:
            while line:
                line = line[os.write(self._handle, line) :]
        except OSError as error:
            os.ftruncate(self._handle, before)
            raise NoRoom(f"{self.place} cannot be written ({error.strerror}); make room and run this again.") from error

    def _mend(self) -> None:
        """Take a last line away that has no end."""
        size = os.fstat(self._handle).st_size
        if not size or os.pread(self._handle, 1, size - 1) == b"\n":
            return
        keep, at = 0, size
        while at and not keep:
            start = max(0, at - _BLOCK)
            keep = start + os.pread(self._handle, at - start, start).rfind(b"\n") + 1
            keep, at = (keep, start) if keep > start else (0, start)
        os.ftruncate(self._handle, keep)
        self.mended = f"{self.place.name} 末行不完整（上次运行被中断），已去掉 {size - keep} 字节，该文件将重新读取"


def lock_output(place: Path) -> int:
    """The open file ``place``, locked. Raises ParameterError if it cannot be written or another run writes it."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(place, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    except OSError as error:
        raise ParameterError(
            f"--out is {str(place)!r}, which cannot be written ({error.strerror}); expected a file or a folder of this user."
        ) from error
    if not try_lock(handle):
        os.close(handle)
        raise ParameterError(
            f"another run is writing {str(place)!r}; expected an output of its own for each. Wait, or give another --out."
        )
    return handle


def record_heads(place: Path) -> Iterator[RecordHead]:
    """The heads of the records in a file of lines. Raises ParameterError for a line that is no record."""
    with place.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield head_of(line)
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise ParameterError(
                    f"line {number} of {str(place)!r} is no record of zeren parse ({error}); expected an output of it, or a "
                    "new file. Nothing was changed."
                ) from error


class FailureList:
    """The file ``….failures.ndjson`` beside an output: a line for each file that failed or was skipped in this run."""

    def __init__(self, output: Path) -> None:
        self.place = output.with_name(f"{output.name}.failures.ndjson")
        self._lines = self.place.open("w", encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lines.close()
        if self.place.stat().st_size == 0:
            self.place.unlink()

    def add(self, line: Mapping[str, Any]) -> None:
        """Add ``file`` with its ``error`` or why it was ``skipped``."""
        self._lines.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._lines.flush()
