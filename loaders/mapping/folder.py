"""The map step: the files of a folder, or a shard of them, become records; one bad file never stops the rest.

1. `loaders.files.folders` lists the files. The name of a file is its path below the folder that was given.
2. A shard takes the files whose name has its number by a hash: the same on every machine, whatever else the folder holds.
3. A file whose record stands in the output, read from the same bytes in the same way by the same versions, is passed over.
4. The others are read by ``read``: in children of this process (`loaders.bulk`), or elsewhere (`loaders.mapping.ray_workers`).
   Each becomes a `Mapped`: a record, or why there is none.

Example: shard 1/2 and shard 2/2 of a folder have, together, the records of the folder.

Left to others: where records are kept (`loaders.mapping.outputs`), the account (`api.cli.mapping`).
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

from graph.errors import ParameterError, ZerenError
from loaders.bulk import Outcome, parse_file, parse_files
from loaders.children.job import Job, failure
from loaders.children.pool import Readers
from loaders.files.folders import SkippedFile, files_of, writable_name
from loaders.files.read import file_bytes, file_digest
from loaders.mapping.outputs import RecordOutput
from loaders.mapping.record import PlanRecord, key_now, plan_record, told_options

_SHARD = re.compile(r"(\d{1,6})/(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Shard:
    """One of ``count`` parts of a folder; ``number`` is 1 … ``count``."""

    number: int
    count: int

    def takes(self, name: str) -> bool:
        """Whether a file of this name belongs to it."""
        digest = hashlib.sha256(os.fsencode(name)).digest()
        return int.from_bytes(digest[:8], "big") % self.count == self.number - 1


def shard_of(words: str) -> Shard:
    """``2/4`` as a shard. Raises ParameterError."""
    met = _SHARD.fullmatch(words)
    if met is None or not 1 <= int(met[1]) <= int(met[2]):
        raise ParameterError(f"the shard is {words!r}; expected i/n with i from 1 to n, such as 2/4.")
    return Shard(int(met[1]), int(met[2]))


class NamedFile(NamedTuple):
    """A file, and the name that its record has."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """What became of a file: its record, that the output has it already, or why there is none."""

    name: str
    record: PlanRecord | None = None
    known: bool = False
    error: ZerenError | None = None


Read: TypeAlias = Callable[[Iterable[NamedFile], Job], Iterator[Mapped]]


def files_to_map(top: str, shard: Shard | None) -> tuple[list[NamedFile], list[SkippedFile], int]:
    """The files of ``top`` (a folder or a file), what the walk skipped, and how many belong to other shards."""
    if not Path(top).exists():
        raise ParameterError(f"there is no file or folder {top!r}; expected one with plans.")
    paths, skipped = files_of([top])
    root = Path(top) if Path(top).is_dir() else Path(top).parent
    named = [NamedFile(path, Path(path).relative_to(root).as_posix()) for path in paths]
    mine = [one for one in named if shard is None or shard.takes(one.name)]
    others = len(named) - len(mine)
    left = [SkippedFile(_below(one.path, root), one.reason) for one in skipped]
    return [NamedFile(path, writable_name(name)) for path, name in mine], left, others


def _below(path: str, root: Path) -> str:
    return writable_name(Path(path).relative_to(root).as_posix() if Path(path).is_relative_to(root) else path)


def map_outcome(name: str, outcome: Outcome, how: Job) -> Mapped:
    """The record of a file that was read; the same function on every machine."""
    if outcome.plan is None:
        return Mapped(name, error=outcome.error)
    try:
        return Mapped(name, plan_record(name, outcome.plan, how.encoding))
    except Exception as error:  # one file never stops the rest; what it was is told
        return Mapped(name, error=failure(error))


def map_file(file: NamedFile, how: Job, readers: Readers) -> Mapped:
    """Read one file into its record, here and now: what a worker of another program calls."""
    return map_outcome(file.name, parse_file(file.path, how, {}, readers), how)


def read_here(readers: Readers) -> Read:
    """Reads files in the children of ``readers``."""

    def read(files: Iterable[NamedFile], how: Job) -> Iterator[Mapped]:
        names: dict[str, str] = {}

        def paths() -> Iterator[str]:
            for file in files:
                names[file.path] = file.name
                yield file.path

        for outcome in parse_files(paths(), how, {}, readers):
            yield map_outcome(names.pop(outcome.path), outcome, how)

    return read


def map_files(files: Sequence[NamedFile], how: Job, output: RecordOutput, read: Read) -> Iterator[Mapped]:
    """Each file's outcome; records are in ``output`` when they are told."""
    passed: list[Mapped] = []
    options = told_options(how.options, how.encoding)

    def wanted() -> Iterator[NamedFile]:
        for file in files:
            try:
                digest = file_digest(file_bytes(file.path)) if output.known else ""
            except ZerenError:
                digest = ""  # reading it says why
            if digest and key_now(file.name, digest, options) in output.known:
                passed.append(Mapped(file.name, known=True))
            else:
                yield file

    for mapped in read(wanted(), how):
        yield from passed
        passed.clear()
        if mapped.record is not None:
            output.add(mapped.record)
        yield mapped
    yield from passed
