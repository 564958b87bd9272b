"""Jobs: several files that are read, and loaded, one after the other, while whoever gave them is elsewhere.

1. `LoadJobs.add` puts the files on the shelf (`api.loading.shelf`) and a job behind those that wait. A job of the kind ``stage`` reads
   its files and keeps them for inspection; one of the kind ``load`` also stores each. `LoadJobs.store_rest` makes one of the other.
2. One thread works on one file at a time. What is refused (a conflict, no items) stays on the shelf with the reason; what cannot be
   done at the moment (a store that is away, readers that are busy) is tried again until it can, and the job says for what it waits.
3. `LoadJobs.cancel` ends a job before its next file; the reading of the present one is ended, a load that has begun is not.
4. Each step is a state of a file in the database. When the service ends, or is killed, the next one takes the job up where it was:
   a file that was being read is read again, one that was being stored is stored again, which writes nothing twice. A file over which
   the service ended `MOST_TRIES` times has failed.
5. The lock of the file ``jobs.lock`` makes one service of several over one folder the worker.

Each file that is stored is a line of the audit log with the name of who gave it and the job.

Example: ``jobs.add("load", sources, person).id``; then `job_answer` says which file is read at the moment.

Left to others: reading, storing and cards (`api.loading.staged`), addresses (`api.routes.jobs`).
"""

import logging
import os
import secrets
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Literal

from api.loading.shelf import FINISHED, GivenSource, KeptReading, ReadingShelf
from api.loading.staged import Answered, staged_card, store_kept, summary, told
from api.security.audit import AuditLog
from api.security.database import ServiceDatabase
from api.security.folder import own_file
from api.security.keys import Person
from graph.errors import (
    NoRoom,
    NotFound,
    ReadersBusy,
    ReadingStopped,
    StoreBusy,
    StoreUnavailable,
    WrongState,
    ZerenError,
)
from graph.file_lock import try_lock
from graph.model import ParseOptions
from graph.stamps import stamp, utc_now
from graph.store.contract import Store
from loaders.children.job import failure
from loaders.children.pool import Readers
from loaders.storing.load import LoadReport

log = logging.getLogger("zeren.jobs")

JobKind = Literal["load", "stage"]
MOST_TRIES = 3
ENDED_KEPT = 200  # jobs whose cards are kept
_PAUSE = 2.0  # seconds between two tries of what cannot be done at the moment
_IDLE = 60.0  # seconds between two looks at what is past its time
_AGAIN = (ReadersBusy, StoreBusy, StoreUnavailable)


@dataclass(frozen=True, slots=True)
class LoadJob:
    """One job. ``taken_up`` counts how often a service began anew with it."""

    id: str
    kind: JobKind
    replaces: bool
    allows_empty: bool
    key: str
    who: str
    role: str
    created_at: str
    expires_at: str
    ended_at: str | None
    cancelled_at: str | None
    taken_up: int


class LoadJobs:
    """The jobs of one service, and the thread that works on them. Its methods may be called from several threads."""

    def __init__(
        self, database: ServiceDatabase, shelf: ReadingShelf, store: Store, readers: Readers, audit: AuditLog, most: int
    ) -> None:
        self._database, self._shelf, self._store, self._readers, self._audit = database, shelf, store, readers, audit
        self.most = most
        self._closed, self._wake = threading.Event(), threading.Event()
        self._trouble: tuple[str, ZerenError] | None = None
        self._lock = os.open(own_file(database.folder / "jobs.lock"), os.O_RDWR)
        self._thread = threading.Thread(target=self._run, name="zeren-jobs", daemon=True)

    def start(self) -> None:
        """Begin to work, first on what an earlier service left."""
        if try_lock(self._lock):
            self._take_up()
        self._thread.start()

    def close(self) -> None:
        """End the work; the next service takes it up. To be called before the readers are closed."""
        self._closed.set()
        self._wake.set()

    def join(self) -> None:
        """Wait until the thread has ended. To be called after the readers are closed."""
        if self._thread.is_alive():
            self._thread.join()
        os.close(self._lock)

    async def add(
        self,
        kind: JobKind,
        sources: AsyncIterator[GivenSource],
        person: Person,
        options: ParseOptions,
        *,
        replaces: bool = False,
        allows_empty: bool = False,
        run: Callable[..., Any],
    ) -> LoadJob:
        """A new job with these files, behind those that wait. ``run`` calls a function on a thread. Raises NoRoom."""
        self.check_room()
        key = secrets.token_hex(8)
        try:
            place = 0
            async for source in sources:
                await run(lambda given=source, at=place: self._shelf.add(given, options, person, job=(key, at)))
                place += 1
            now = datetime.now(UTC)
            await run(
                lambda: self._database.run(
                    "INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, 0)",
                    *(key, kind, replaces, allows_empty, person.key, person.name, person.role.word, stamp(now)),
                    stamp(now + timedelta(hours=self._shelf.limits.hours)),
                )
            )
        except BaseException:
            self._shelf.forget_job(key)
            raise
        self._wake.set()
        return self.find(key)

    def check_room(self) -> None:
        """Raise NoRoom if as many jobs wait as may."""
        waiting = len(self._jobs("ended_at IS NULL"))
        if waiting >= self.most:
            raise NoRoom(
                f"{waiting} jobs are not ended; expected at most {self.most} (ZEREN_JOBS_WAITING). Wait until one is done, or "
                f"cancel one: GET /v1/jobs lists them."
            )

    def find(self, key: str) -> LoadJob:
        """Raises NotFound."""
        rows = self._jobs("id = ?", key)
        if not rows:
            raise NotFound(
                f"no job is called {key!r}; expected one of the last {self._shelf.limits.hours:g} hours. GET /v1/jobs lists them."
            )
        return rows[0]

    def listing(self) -> list[LoadJob]:
        """All jobs, the newest first."""
        return self._jobs("1 ORDER BY created_at DESC, rowid DESC")

    def cancel(self, key: str) -> LoadJob:
        """End a job before its next file; one that has ended stays as it is."""
        self.find(key)
        self._database.run("UPDATE jobs SET cancelled_at = ? WHERE id = ? AND ended_at IS NULL", utc_now(), key)
        self._wake.set()
        return self.find(key)

    def store_rest(self, key: str, *, replaces: bool, allows_empty: bool) -> LoadJob:
        """Store the files that a job has read and kept. Raises WrongState while it is at work, and NoRoom."""
        job = self.find(key)
        if job.ended_at is None:
            raise WrongState(
                f"the job {key} is at work; expected one that has ended. Wait until it is done, or cancel it."
            )
        self.check_room()
        self._database.run("UPDATE readings SET problem = NULL WHERE job = ? AND state = 'read'", key)
        self._database.run(
            "UPDATE jobs SET kind = 'load', replaces = ?, allows_empty = ?, ended_at = NULL, cancelled_at = NULL WHERE id = ?",
            *(replaces, allows_empty, key),
        )
        self._wake.set()
        return self.find(key)

    def trouble_of(self, key: str) -> ZerenError | None:
        """What a job waits for at the moment."""
        met = self._trouble
        return met[1] if met is not None and met[0] == key else None

    def _jobs(self, where: str, *values: object) -> list[LoadJob]:
        rows = self._database.rows(f"SELECT * FROM jobs WHERE {where}", *values)
        flags = ("replaces", "allows_empty")
        return [LoadJob(**{**row, **{name: bool(row[name]) for name in flags}}) for row in rows]

    def _take_up(self) -> None:
        """Put what an ended service had in work back to where it was."""
        self._shelf.taken_up(
            MOST_TRIES,
            told(
                ReadingStopped(
                    f"the service ended {MOST_TRIES} times during this job, the last time while it read this file; expected the file of one plan. Give it alone, or "
                    f"look at the file."
                )
            ),
        )
        self._database.run("UPDATE jobs SET taken_up = taken_up + 1 WHERE ended_at IS NULL")

    def _run(self) -> None:
        mine = try_lock(self._lock)
        while not self._closed.is_set():
            self._wake.clear()
            try:
                if not mine and (mine := try_lock(self._lock)):
                    self._take_up()
                waiting = self._jobs("ended_at IS NULL ORDER BY created_at, rowid LIMIT 1") if mine else []
                if waiting:
                    self._work(waiting[0])
                    continue
                self._sweep()
            except Exception:
                log.exception("a job met what nobody expected; it is tried again")
                self._closed.wait(_PAUSE)
                continue
            self._wake.wait(_IDLE if mine else _PAUSE)

    def _sweep(self) -> None:
        self._shelf.sweep()
        self._database.run("DELETE FROM jobs WHERE ended_at IS NOT NULL AND expires_at <= ?", utc_now())
        for job in self._jobs("ended_at IS NOT NULL ORDER BY ended_at DESC")[ENDED_KEPT:]:
            self._shelf.forget_job(job.id)
            self._database.run("DELETE FROM jobs WHERE id = ?", job.id)

    def _work(self, job: LoadJob) -> None:
        for kept in self._shelf.of_job(job.id):
            if self._closed.is_set():
                return
            if self._is_cancelled(job):
                break
            with suppress(NotFound, WrongState):  # somebody discarded or stored it meanwhile
                if kept.state == "waiting":
                    self._try(job, partial(self._read, kept, self._stopped(job)))
                kept = self._shelf.find(kept.id)
                if job.kind == "load" and kept.state == "read" and kept.problem is None:
                    self._try(job, partial(self._load, job, kept))
        if self._closed.is_set():
            return
        if self._is_cancelled(job):
            self._shelf.cancel_waiting(job.id)
        self._database.run("UPDATE jobs SET ended_at = ? WHERE id = ?", utc_now(), job.id)

    def _try(self, job: LoadJob, work: Callable[[], None]) -> None:
        """Do ``work``, again and again while it cannot be done at the moment."""
        stopped = self._stopped(job)
        while not stopped():
            try:
                work()
                break
            except _AGAIN as error:
                self._trouble = job.id, error
                self._closed.wait(_PAUSE)
        self._trouble = None

    def _read(self, kept: KeptReading, stopped: Callable[[], bool]) -> None:
        self._shelf.move(kept.id, ("waiting",), "reading")
        reading = self._shelf.find(kept.id)
        try:
            plan = self._readers.plan(self._shelf.source_of(reading).job(reading.options), gone=stopped)
            self._shelf.read_as(reading, plan, staged_card(plan), reading.options, reading.encoding)
        except _AGAIN:
            self._shelf.move(kept.id, ("reading",), "waiting")
            raise
        except Exception as error:  # one file never ends a job; what it was is told
            if stopped():
                self._shelf.move(kept.id, ("reading",), "waiting")
                return
            met = failure(error)
            if getattr(met, "trace", ""):
                log.error("reading %s failed: %s\n%s", kept.id, met, getattr(met, "trace", ""))
            self._shelf.move(kept.id, ("reading",), "failed", problem=told(met))

    def _load(self, job: LoadJob, kept: KeptReading) -> None:
        def written(report: LoadReport) -> None:
            self._audit.write(
                event="load",
                who=job.who,
                key=job.key,
                role=job.role,
                by="job",
                what=report.document_id,
                status=201 if report.created.get("Document") else 200,
                data_version=str(report.data_version),
                job=job.id,
            )

        self._audit.check()
        try:
            store_kept(self._shelf, self._store, kept, replace=job.replaces, allow_empty=job.allows_empty, done=written)
        except _AGAIN:
            raise
        except Exception as error:  # what is refused stays, with the reason
            met = failure(error)
            if not isinstance(error, ZerenError):
                log.exception("storing %s failed", kept.id)
            self._shelf.move(kept.id, ("read",), "read", problem=told(met))

    def _is_cancelled(self, job: LoadJob) -> bool:
        return self.find(job.id).cancelled_at is not None

    def _stopped(self, job: LoadJob) -> Callable[[], bool]:
        return lambda: self._closed.is_set() or self._is_cancelled(job)


def job_answer(job: LoadJob, files: list[KeptReading], trouble: ZerenError | None, *, whole: bool) -> Answered:
    """A job as it is answered; ``whole`` with its files and their cards."""
    done = [one for one in files if _is_done(job, one)]
    now = next((one for one in files if one.state in ("reading", "storing")), None)
    counts = {state: sum(one.state == state for one in files) for state in ("read", *FINISHED)}
    made: Answered = {
        "id": job.id,
        "kind": job.kind,
        "state": _state(job, files),
        "who": job.who,
        "created_at": job.created_at,
        "expires_at": job.expires_at,
        "ended_at": job.ended_at,
        "cancelled_at": job.cancelled_at,
        "taken_up": job.taken_up,
        "files": {"total": len(files), "done": len(done), **counts, "refused": sum(_is_refused(one) for one in files)},
        "current": {"id": now.id, "name": now.name, "step": now.state, "place": now.place + 1} if now else None,
        "waits_for": told(trouble) if trouble else None,
    }
    return made | {"items": [_file(one) for one in files]} if whole else made


def _is_done(job: LoadJob, kept: KeptReading) -> bool:
    waits = job.kind == "load" and job.ended_at is None and not _is_refused(kept)
    return kept.state in FINISHED or (kept.state == "read" and not waits)


def _is_refused(kept: KeptReading) -> bool:
    return kept.state == "read" and kept.problem is not None


def _state(job: LoadJob, files: list[KeptReading]) -> str:
    if job.ended_at is not None:
        return "cancelled" if job.cancelled_at else "done"
    if job.cancelled_at is not None:
        return "cancelling"
    return "waiting" if all(one.state == "waiting" for one in files) else "running"


def _file(kept: KeptReading) -> Answered:
    report = kept.report or {}
    card = report.get("card") or (kept.card or {}).get("card")
    return {
        **summary(kept),
        "document_id": report.get("document_id") or (kept.card or {}).get("document_id"),
        "card": card,
        "unchanged": report.get("unchanged"),
        "data_version": report.get("data_version"),
    }
