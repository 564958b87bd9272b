"""The default store: ArcadeDB inside this process. It and `graph.store.embedded.engine` alone import the engine.

Order of steps when a store opens: take the lock file (`graph.store.embedded.lock_file`); start the Java machine of the
engine (`graph.store.embedded.engine`); open or create the folder; apply migrations
(`graph.store.migrations`); read the data version.  After that a fair readers–writer lock
(`graph.store.embedded.read_write_lock`) keeps answers and loads apart, because the engine gives no snapshot: a reader
beside a writer would count rows of both versions.

A write adds two to ``Meta.data_version`` in its own transaction, if the engine has anything to commit. Versions are
even, as on servers, where an odd version marks a commit in progress.

Left to others: the text of queries (`graph.store.catalogue`), what a load writes (`loaders.storing.load`).

Example: ``EmbeddedStore(Path("plans"))`` keeps the graph in ``plans/`` and ``plans.lock``.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, TypeVar

from graph.errors import ENDING, SchemaMismatch, StoreError, StoreUnavailable
from graph.schema import NODE, RELATIONSHIP
from graph.store.catalogue import Catalogue, load_catalogue
from graph.store.contract import ReadTransaction, Row, StoreStatus, WriteTransaction
from graph.store.embedded.engine import keep_classes, start_engine
from graph.store.embedded.lock_file import StoreLock
from graph.store.embedded.read_write_lock import ReadWriteLock
from graph.store.migrations import Index, Migration, Statement, check_record, migrate, migrations, verify
from graph.store.row_order import in_order

T = TypeVar("T")

ROOM = 32 * 2**20  # bytes a disk must have left before a write
ROOM_TO_OPEN = 2 * 2**20  # bytes it must have left before a store opens
READ_WAIT = 5.0  # seconds a reader waits for a load to end before it says so
WRITE_WAIT = 60.0  # seconds a load waits for its turn
ANSWER_TIME = 10_000  # milliseconds one statement of an answer may take
LOAD_TIME = 120_000  # and one of a load, which nobody else can run beside: a busy machine makes it slow, not wrong


class EmbeddedStore:
    """The store in the folder ``path``; `graph.store.contract.Store` says what its methods promise."""

    def __init__(
        self,
        path: Path,
        *,
        apply: bool = True,
        brief: bool = False,
        loads: bool = False,
        read_wait: float = READ_WAIT,
        write_wait: float = WRITE_WAIT,
    ) -> None:
        self.path = path.absolute()
        self._catalogue = load_catalogue()
        self._turns = ReadWriteLock()
        self._read_wait, self._write_wait = read_wait, write_wait
        self._answer_time = LOAD_TIME if loads else ANSWER_TIME
        self._lock = StoreLock.acquire(self.path)
        self._database: Any = None
        self._interrupted = False
        try:
            self._database = _open(self.path, brief=brief, loads=loads)
            _set_time(self._database, self._answer_time)
            self._place = _place_of(self.path)
            self._version = 0
            if apply:
                self.migrate()
        except BaseException:
            self.close()
            raise

    @property
    def url(self) -> str:
        return f"embedded:{self.path}"

    def read(self, work: Callable[[ReadTransaction], T]) -> T:
        """``work``'s answer from one data version, see `graph.store.contract.Store.read`."""
        with self._turns.reading(self._read_wait):
            self._check_there()
            return work(_ReadTransaction(self))

    def version_now(self) -> int | None:
        """The data version of the last commit; None if the store is closed."""
        return None if self._database is None else self._version

    def write(self, work: Callable[[WriteTransaction], T]) -> T:
        """Run ``work`` in one transaction, see `graph.store.contract.Store.write`."""
        with self._alone() as database:
            self._check_there()
            _check_room(self.path)
            writing = _WriteTransaction(self)

            def whole() -> T:
                answer = work(writing)
                writing.bump()
                return answer

            with _engine_errors():
                # nobody else writes, so a conflict cannot be waited out
                answer: T = database.run_in_transaction(whole, retries=0)
            self._version = writing.data_version
            return answer

    def migrate(self) -> list[str]:
        """Apply the schema files not yet applied, see `graph.store.contract.Store.migrate`."""
        with self._alone():
            applied = migrate(_MigrationTarget(self), migrations("arcadedb"))
            verify(self.indexes())
            meta = self._rows("read/meta", {})
            self._version = meta[0]["data_version"] if meta else 0
            return applied

    def pending(self) -> list[str]:
        """The migrations not yet applied, see `graph.store.contract.Store.pending`."""
        with self._turns.writing(self._write_wait):
            shipped, recorded = migrations("arcadedb"), _MigrationTarget(self).recorded()
            check_record(recorded, shipped)
            pending = [m.name for m in shipped if m.name not in recorded]
            if not pending:
                verify(self.indexes())
            return pending

    def indexes(self) -> frozenset[Index]:
        """The indexes that the engine really has."""
        rows = self._open_database().query("sql", "SELECT FROM schema:indexes").to_list()
        # each index is listed once for its type and once for the bucket of records under it
        return frozenset(
            Index(_index_kind(row), row["typeName"], name)
            for row in rows
            if "associatedBucketId" not in row
            for names in row["properties"]
            for name in names
        )

    def status(self) -> StoreStatus:
        """Versions and counts."""
        return self.read(self._status)

    def announce(self, address: str, token: str) -> None:
        """Write into the lock file where this process serves the store, and the token for the same user."""
        self._lock.announce(address, token)

    def interrupt(self) -> None:
        """Let no further statement begin, see `graph.store.contract.Store.interrupt`."""
        self._interrupted = True

    def close(self) -> None:
        """Close the files of the engine and release the lock; a second call does nothing."""
        database, self._database = self._database, None
        if database is not None:
            with self._turns.writing(self._write_wait):
                database.close()
            keep_classes()
        self._lock.release()

    def _status(self, reading: ReadTransaction) -> StoreStatus:
        meta = reading.rows("read/meta")
        return StoreStatus(
            url=self.url,
            engine="ArcadeDB",
            engine_version=version("arcadedb-embedded"),
            schema_version=meta[0]["schema_version"],
            data_version=reading.data_version,
            counts=dict.fromkeys((*NODE, *RELATIONSHIP), 0)
            | {row["name"]: row["count"] for row in reading.rows("read/counts")},
        )

    def _rows(self, name: str, parameters: Mapping[str, Any] | None) -> list[Row]:
        if self._interrupted:
            raise StoreUnavailable(ENDING)
        query = self._catalogue[name]
        checked = query.check(parameters)
        database = self._open_database()
        run = database.command if query.mode == "write" else database.query
        language, text = ("opencypher", query.loose or query.text) if query.sql is None else ("sql", query.sql)
        with _engine_errors(name):
            result = run(language, text, _for_java(checked))
            rows: list[Row] = result.to_list() if result is not None else []
        return in_order(rows, query.order) if query.sql is None else rows

    @contextmanager
    def _alone(self) -> Iterator[Any]:
        """The engine's database while nobody else reads or writes, with the time that a load may take."""
        with self._turns.writing(self._write_wait):
            database = self._open_database()
            _set_time(database, LOAD_TIME)
            try:
                yield database
            finally:
                _set_time(database, self._answer_time)

    def _check_there(self) -> None:
        """Raise StoreUnavailable if the folder was taken away: the engine would go on writing files that have no name any more."""
        if self._database is not None and _place_of(self.path) != self._place:
            raise StoreUnavailable(
                f"the folder of the store {self.path} is gone, or another one; expected the one that was opened. Put it back, "
                f"or end this process and open the store again."
            )

    def _open_database(self) -> Any:
        if self._database is None:
            raise StoreUnavailable(f"the store {self.path} is closed; open it again.")
        return self._database


class _ReadTransaction:
    def __init__(self, store: EmbeddedStore) -> None:
        self._store = store
        self._catalogue: Catalogue = store._catalogue

    @property
    def data_version(self) -> int:
        return self._store._version

    def rows(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        if self._catalogue[query].mode == "write":
            raise StoreError(f"query {query!r} writes; run it inside Store.write.")
        return self._store._rows(query, parameters)


class _WriteTransaction(_ReadTransaction):
    """``data_version`` is the version that this transaction will leave behind."""

    _bumped: int | None = None

    @property
    def data_version(self) -> int:
        if self._bumped is not None:
            return self._bumped
        return self._store._version + 2 * self._changed()

    def rows(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        return self._store._rows(query, parameters)

    def bump(self) -> None:
        """Write the next data version, if there is anything to commit."""
        self._bumped = self.data_version
        if self._bumped != self._store._version:
            self.rows("load/set-data-version", {"data_version": self._bumped})

    def _changed(self) -> bool:
        return bool(self._store._open_database().get_java_database().getTransaction().hasChanges())


class _MigrationTarget:
    """The store as `graph.store.migrations` sees it."""

    def __init__(self, store: EmbeddedStore) -> None:
        self._store = store

    def recorded(self) -> dict[str, str]:
        return {row["name"]: row["checksum"] for row in self._store._rows("read/migrations", None)}

    def imported(self) -> dict[str, str]:
        """Nothing: files of an import are for Neo4j."""
        return {}

    def apply(self, statement: Statement) -> None:
        language = "opencypher" if statement.language == "cypher" else "sql"
        try:
            self._store._open_database().command(language, statement.text)
        except Exception as error:
            raise SchemaMismatch(f"the schema file {statement.file} could not be applied: {error}") from error

    def run(self, query: str, parameters: Mapping[str, Any]) -> list[Row]:
        rows: list[Row] = self._store._open_database().run_in_transaction(lambda: self._store._rows(query, parameters))
        return rows

    def record(self, migration: Migration) -> None:
        row = migration.record()
        self._store._open_database().run_in_transaction(lambda: self._store._rows("load/record-migration", row))


def _for_java(parameters: dict[str, Any]) -> Any:
    """``parameters`` for the engine. A list is passed as one text, because each single value would cost a call into
    Java.
    """
    if not any(isinstance(value, list | tuple) for value in parameters.values()):
        return parameters
    reader, kind = _json_reader()
    return reader.fromJson(json.dumps(parameters, ensure_ascii=False, allow_nan=False), kind)


@cache
def _json_reader() -> tuple[Any, Any]:
    """The engine's JSON reader, configured to keep whole numbers whole, and the type to read."""
    import jpype

    whole = jpype.JClass("com.google.gson.ToNumberPolicy").LONG_OR_DOUBLE
    reader = jpype.JClass("com.google.gson.GsonBuilder")().setObjectToNumberStrategy(whole).create()
    return reader, jpype.JClass("java.util.Map")


def _index_kind(row: Row) -> Literal["unique", "range", "full text"]:
    if str(row["indexType"]) == "FULL_TEXT":
        return "full text"
    return "unique" if row["unique"] else "range"


def _open(path: Path, *, brief: bool, loads: bool) -> Any:
    """The engine's database in the folder ``path``; it is created if there is none."""
    _check_writable(path)
    _check_room(path, ROOM_TO_OPEN)
    engine = start_engine(path, brief=brief, loads=loads)
    if path.exists() and any(path.iterdir()) and not engine.database_exists(str(path)):
        raise StoreUnavailable(f"{path} holds other files than a store; give another --store, or an empty folder.")
    try:
        there = engine.database_exists(str(path))
        if not there:
            _check_room(path)
        database = engine.open_database(str(path)) if there else engine.create_database(str(path))
        database.set_wal_flush("yes_nometadata")  # a commit survives a power cut
        with suppress(OSError):  # the folder of another user, which can be written
            path.chmod(0o700)
    except engine.ArcadeDBError as error:
        raise StoreUnavailable(f"the store {path} cannot be opened: {error}") from error
    return database


def _place_of(path: Path) -> tuple[int, int] | None:
    """Which folder stands at ``path``, by its number on its disk."""
    try:
        met = path.stat()
    except OSError:
        return None
    return met.st_dev, met.st_ino


def _set_time(database: Any, milliseconds: int) -> None:
    database.get_java_database().getConfiguration().setValue("arcadedb.command.timeout", milliseconds)


def _check_writable(path: Path) -> None:
    """Raise StoreUnavailable if a file of the store may not be written: the engine writes when it opens one, even to read."""
    for place in (path, *path.iterdir()) if path.is_dir() else ():
        if not os.access(place, os.R_OK | os.W_OK):
            raise StoreUnavailable(
                f"the store {path} cannot be opened: {place} may not be written, and the engine writes even where one only "
                "reads. Make it writable for this user, or copy the folder and give the copy by --store."
            )


def _check_room(path: Path, room: int = ROOM) -> None:
    """Raise StoreUnavailable if the disk is nearly full: the engine would fail in the middle, with a trace of its own."""
    free = shutil.disk_usage(path if path.exists() else path.parent).free
    if free < room:
        raise StoreUnavailable(
            f"the disk that holds {path} is nearly full ({free / 2**20:.1f} MB free, expected {room // 2**20}). "
            "Make room, then run this again; what was stored before is whole."
        )


_JAVA_CLASS = re.compile(r"\b(?:com|java|javax|org)\.[\w.$]+:? ?")  # com.arcadedb.exception.TimeoutException:


@contextmanager
def _engine_errors(query: str = "") -> Iterator[None]:
    """Turn the engine's errors into ours; our own errors pass through."""
    from arcadedb_embedded import ArcadeDBError

    try:
        yield
    except ArcadeDBError as error:
        if "OutOfMemoryError" in str(error):
            raise StoreUnavailable(
                "the embedded engine ran out of memory: the plan, or the store, is larger than its heap holds. "
                "Give it more, such as ZEREN_EMBEDDED_HEAP=1g, and load again; what was stored before is whole."
            ) from error
        if "No space left" in str(error):
            raise StoreUnavailable(
                "the disk that holds the embedded store is full. Make room, then run this again; what was stored before is whole."
            ) from error
        what = f"the query {query!r}" if query else "the transaction"
        raise StoreError(f"the embedded engine refused {what}: {_JAVA_CLASS.sub('', str(error))}") from error
