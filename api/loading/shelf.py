"""The shelf: files that were given to the service and are not stored, or no longer, with what was read of them.

1. A row in the database of the service is one file: who gave it, what is told of its head, its state and its cards. The bytes and
   the plan lie beside it in the folder ``readings``, for the owner of the service alone (0600).
2. A row names its plan file. A plan that is read anew is a new file, and one statement exchanges both: a kill leaves the old
   or the new, and a file that no row names, which `ReadingShelf.sweep` removes.
3. `ReadingShelf.move` takes a reading from one state to another, or says that it is no longer in that state.
4. The shelf is bounded in number, bytes and age (`ShelfLimits`). If it is full, what is stored or failed goes first; then new
   files are refused. What is in work is never removed.

::

    waiting → reading → read → storing → stored
                 ↓        ↓        ↓
               failed  cancelled  read (if it could not be stored)

Example: ``shelf.find(shelf.add(…).id).state`` is ``read``.

Left to others: reading, cards and storing (`api.loading.staged`), files in turn (`api.loading.jobs`).
"""

import secrets
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from api.security.database import ServiceDatabase
from api.security.folder import own_file, own_folder
from api.security.keys import Person
from graph.errors import NoRoom, NotFound, StoreUnavailable, WrongState
from graph.model import ParseOptions, Plan
from graph.stamps import stamp, utc_now
from loaders.children.job import SMALL, Job

FINISHED = ("stored", "failed", "cancelled")
_plan_from = msgspec.msgpack.Decoder(Plan)
_options_from = msgspec.json.Decoder(ParseOptions)


@dataclass(frozen=True, slots=True)
class ShelfLimits:
    """How many files are kept, how many bytes of them, and for how many hours."""

    readings: int = 200
    size: int = 2 * 1024**3
    hours: float = 168.0


@dataclass(frozen=True, slots=True)
class GivenSource:
    """A file as it was given: its bytes, or where they are; ``is_text`` is a text in UTF-8 that nobody has to recognise."""

    body: bytes | str
    name: str | None = None
    encoding: str | None = None
    is_text: bool = False

    @property
    def size(self) -> int:
        return len(self.body) if isinstance(self.body, bytes) else Path(self.body).stat().st_size

    def job(self, options: ParseOptions) -> Job:
        """The job of reading it."""
        data, path = (self.body, None) if isinstance(self.body, bytes) else (None, self.body)
        return Job(data, path, self.name or "", options, self.encoding, is_text=self.is_text)


@dataclass(frozen=True, slots=True)
class KeptReading:
    """One file on the shelf. ``plan`` is the name of its plan file; ``card``, ``report`` and ``problem`` are as they are answered."""

    id: str
    job: str | None
    place: int
    state: str
    name: str | None
    bytes: int
    is_text: bool
    encoding: str | None
    options: ParseOptions
    key: str
    who: str
    created_at: str
    expires_at: str
    plan: str | None
    card: Mapping[str, Any] | None
    report: Mapping[str, Any] | None
    problem: Mapping[str, Any] | None


class ReadingShelf:
    """The shelf of one service. Its methods may be called from several threads."""

    def __init__(self, database: ServiceDatabase, limits: ShelfLimits) -> None:
        self._database, self.limits = database, limits
        self.folder = own_folder(database.folder / "readings")

    def add(
        self,
        source: GivenSource,
        options: ParseOptions,
        person: Person,
        *,
        plan: Plan | None = None,
        card: Mapping[str, Any] | None = None,
        job: tuple[str, int] | None = None,
    ) -> KeptReading:
        """Keep a file, read (with ``plan`` and ``card``) or waiting for its turn in a job. Raises NoRoom."""
        self.make_room(1, source.size)
        key = secrets.token_hex(8)
        self._write(self._source(key), source.body)
        held = None if plan is None else self._keep_plan(key, plan)
        now = datetime.now(UTC)
        self._database.run(
            "INSERT INTO readings (id, job, place, state, name, bytes, is_text, encoding, options, key, who, created_at, "
            "expires_at, plan, card) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(
                key,
                job and job[0],
                job[1] if job else 0,
                "waiting" if plan is None else "read",
                source.name,
                source.size,
            ),
            *(source.is_text, source.encoding, _json(options), person.key, person.name),
            *(stamp(now), stamp(now + timedelta(hours=self.limits.hours)), held, card and _json(card)),
        )
        return self.find(key)

    def find(self, key: str) -> KeptReading:
        """Raises NotFound for what was never kept, was discarded, or is past its time."""
        rows = self._rows("id = ?", key)
        if not rows:
            raise NotFound(
                f"no reading is kept as {key!r}; expected one that was given in the last {self.limits.hours:g} hours and not "
                f"discarded. GET /v1/readings lists them."
            )
        return rows[0]

    def listing(self) -> list[KeptReading]:
        """Everything on the shelf, the newest first."""
        return self._rows("1 ORDER BY created_at DESC, place, id")

    def of_job(self, job: str) -> list[KeptReading]:
        """The files of a job, in their order."""
        return self._rows("job = ? ORDER BY place", job)

    def plan_of(self, kept: KeptReading) -> Plan:
        """What was read of a file. Raises WrongState if nothing was, or it is no longer kept."""
        if kept.plan is None:
            raise WrongState(
                f"the reading {kept.id} is {kept.state}, so no plan of it is kept; expected one that is read."
            )
        try:
            return _plan_from.decode((self.folder / kept.plan).read_bytes())
        except (OSError, msgspec.DecodeError) as error:
            raise WrongState(
                f"what was read of {kept.id} cannot be used any more ({error}); expected the plan as this version keeps it. "
                f"Give the file again, or PATCH it with {{}} so that it is read anew."
            ) from error

    def source_of(self, kept: KeptReading) -> GivenSource:
        """The file of a reading. Raises WrongState if it is no longer kept."""
        path = self._source(kept.id)
        if not path.exists():
            raise WrongState(
                f"the reading {kept.id} is {kept.state}, so its file is no longer kept; give the file again."
            )
        body = path.read_bytes() if kept.bytes <= SMALL else str(path)
        return GivenSource(body, kept.name, kept.encoding, kept.is_text)

    def read_as(
        self, kept: KeptReading, plan: Plan, card: Mapping[str, Any], options: ParseOptions, encoding: str | None
    ) -> KeptReading:
        """Keep another plan of the same file. Raises WrongState if the reading was changed, stored or discarded meanwhile."""
        held = self._keep_plan(kept.id, plan)
        changed = self._database.run(
            "UPDATE readings SET state = 'read', plan = ?, card = ?, options = ?, encoding = ?, problem = NULL "
            "WHERE id = ? AND state = ? AND plan IS ?",
            *(held, _json(card), _json(options), encoding, kept.id, kept.state, kept.plan),
        )
        self._unlink(
            self.folder / (kept.plan or "") if changed and kept.plan else self.folder / held if not changed else None
        )
        if not changed:
            raise _changed(kept.id)
        return self.find(kept.id)

    def move(self, key: str, before: Iterable[str], state: str, **values: Mapping[str, Any] | None) -> None:
        """Take a reading from one of the states ``before`` to ``state``; ``values`` are its card, report or problem. Raises
        WrongState if it is in none of them. What is finished keeps its cards, not its file.
        """
        names, held = list(values), tuple(before)
        sets = "".join(f", {name} = ?" for name in names)
        given = [None if values[name] is None else _json(values[name]) for name in names]
        marks = ", ".join("?" * len(held))
        if not self._database.run(
            f"UPDATE readings SET state = ?{sets} WHERE id = ? AND state IN ({marks})",
            *(state, *given, key, *held),
        ):
            raise _changed(key)
        if state in FINISHED:
            self._database.run("UPDATE readings SET plan = NULL WHERE id = ?", key)
            self._remove_files(key)

    def remove(self, key: str) -> None:
        """Discard a reading. Raises NotFound, and WrongState while it is in work."""
        kept = self.find(key)
        if not self._database.run(
            "DELETE FROM readings WHERE id = ? AND state IN ('read', 'stored', 'failed', 'cancelled')", key
        ):
            raise WrongState(
                f"the reading {key} is {kept.state}; expected one that is not in work. Cancel its job first (POST "
                f"/v1/jobs/{kept.job}/cancel), or wait until it is done."
            )
        self._remove_files(key)

    def make_room(self, count: int, size: int) -> None:
        """See to it that so many files of so many bytes fit on the shelf. Raises NoRoom."""
        self.sweep()
        held = self._database.rows(
            "SELECT count(*) AS n, coalesce(sum(bytes), 0) AS size FROM readings WHERE plan IS NOT NULL "
            "OR state IN ('waiting', 'reading', 'storing')"
        )[0]
        if held["n"] + count > self.limits.readings or held["size"] + size > self.limits.size:
            raise NoRoom(
                f"{held['n']} files of {held['size']:,} bytes are kept and not stored; expected at most {self.limits.readings} of "
                f"{self.limits.size:,} bytes (ZEREN_READINGS_KEPT, ZEREN_READINGS_BYTES). Store or discard some, or wait: "
                f"each is kept for {self.limits.hours:g} hours."
            )
        finished = self._rows("state IN ('stored', 'failed', 'cancelled') AND job IS NULL ORDER BY created_at DESC, id")
        for kept in finished[max(0, self.limits.readings - count) :]:
            self._database.run("DELETE FROM readings WHERE id = ?", kept.id)

    def sweep(self) -> None:
        """Remove what is past its time, and files that no row names."""
        self._database.run(
            "DELETE FROM readings WHERE expires_at <= ? AND state IN ('read', 'stored', 'failed', 'cancelled')",
            utc_now(),
        )
        named = {row["plan"] for row in self._database.rows("SELECT plan FROM readings")}
        sources = {
            row["id"]
            for row in self._database.rows(
                "SELECT id FROM readings WHERE state NOT IN ('stored', 'failed', 'cancelled')"
            )
        }
        young = datetime.now(UTC).timestamp() - 3600  # one that is being written has no row yet
        for path in self.folder.iterdir():
            known = path.name in named or (path.suffix == ".source" and path.stem in sources)
            with suppress(OSError):
                if not known and path.stat().st_mtime < young:
                    path.unlink()

    def taken_up(self, tries: int, problem: Mapping[str, Any]) -> None:
        """After a service that ended: what it was reading waits again, or has failed with ``problem`` after so many ``tries``;
        what it was storing is read and not stored; files of a job that never began are gone.
        """
        self._database.run(
            "DELETE FROM readings WHERE job IS NOT NULL AND state = 'waiting' AND job NOT IN (SELECT id FROM jobs)"
        )
        for kept in self._rows("state = 'reading' AND job IN (SELECT id FROM jobs WHERE taken_up >= ?)", tries - 1):
            self.move(kept.id, ("reading",), "failed", problem=problem)
        self._database.run("UPDATE readings SET state = 'waiting' WHERE state = 'reading'")
        self._database.run("UPDATE readings SET state = 'read' WHERE state = 'storing'")

    def cancel_waiting(self, job: str) -> None:
        """The files of a job that were not read are cancelled."""
        for kept in self._rows("job = ? AND state = 'waiting'", job):
            self.move(kept.id, ("waiting",), "cancelled")

    def forget_job(self, job: str) -> None:
        """Remove the files of a job but those that were read and not stored: they stay by themselves."""
        for kept in self._rows("job = ? AND state NOT IN ('read', 'storing')", job):
            self._database.run("DELETE FROM readings WHERE id = ?", kept.id)
            self._remove_files(kept.id)
        self._database.run("UPDATE readings SET job = NULL WHERE job = ?", job)

    def _rows(self, where: str, *values: Any) -> list[KeptReading]:
        rows = self._database.rows(f"SELECT * FROM readings WHERE {where}", *values)
        return [KeptReading(**{**row, **_decoded(row)}) for row in rows]

    def _source(self, key: str) -> Path:
        return self.folder / f"{key}.source"

    def _keep_plan(self, key: str, plan: Plan) -> str:
        path = self.folder / f"{key}-{secrets.token_hex(4)}.plan"
        self._write(path, msgspec.msgpack.encode(plan))
        return path.name

    def _write(self, path: Path, body: bytes | str) -> None:
        own_file(path)
        try:
            if isinstance(body, bytes):
                path.write_bytes(body)
            else:
                shutil.copyfile(body, path)
        except OSError as error:
            self._unlink(path)
            raise StoreUnavailable(
                f"the file cannot be kept in {self.folder} ({error.strerror}); expected a disk with room. Nothing was kept."
            ) from error

    def _remove_files(self, key: str) -> None:
        for path in (self._source(key), *self.folder.glob(f"{key}-*.plan")):
            self._unlink(path)

    @staticmethod
    def _unlink(path: Path | None) -> None:
        if path is not None:
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _decoded(row: Mapping[str, Any]) -> dict[str, Any]:
    told = {
        name: None if row[name] is None else msgspec.json.decode(row[name]) for name in ("card", "report", "problem")
    }
    return told | {"options": _options_from.decode(row["options"]), "is_text": bool(row["is_text"])}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _changed(key: str) -> WrongState:
    return WrongState(
        f"the reading {key} was changed, stored or discarded meanwhile; expected it as you saw it. Look at it again and repeat."
    )
