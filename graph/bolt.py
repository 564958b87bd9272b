"""The store an office runs: a Neo4j server over Bolt. With `graph.bolt_errors` the only importer of its driver.

When a store opens, the server is asked whether it is there, and pending migrations are applied.

**A read** is one managed read transaction: the gate's version, the work, the gate's version again.  Neo4j gives no
snapshot, so an answer counts only when both are the same even number; else it is asked again, for a bounded time.

**A write** is three transactions, and readers are turned away only while the middle one commits:

1. the load begins its transaction and takes the turn: other loads wait for this lock on ``Meta {id: 'meta'}``;
   the work is done; the load's own mark and the next version are written beside it;
2. meanwhile open: the gate (``Meta {id: 'gate'}``) is closed with an odd version, and that is committed; now 1. commits;
3. the gate is opened with the next even version, once the mark is found: an orderly stop of a 5.26 server can confirm
   a commit that it did not make.

So a commit whose fate is unknown is decided by its mark, and repeated or not. A load killed between 2. and 3. leaves
the gate closed; the next load passes over that, and a reader who waited a second opens it, inside a turn of its own.

No transaction is open while a plan is parsed or compared with what is stored, unless loads meet (`loaders.load`).

Example: ``BoltStore(server_of("neo4j://127.0.0.1:7687")).status()``.

Left to others: addresses and passwords (`graph.server`), what errors say (`graph.bolt_errors`), indexes
(`graph.bolt_schema`).
"""

import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    Driver,
    GraphDatabase,
    ManagedTransaction,
    NotificationDisabledClassification,
    NotificationMinimumSeverity,
    Session,
    unit_of_work,
)

from graph.bolt_errors import AGAIN, LostCommit, is_timeout, server_errors
from graph.bolt_schema import Schema
from graph.catalogue import Catalogue, load_catalogue
from graph.errors import SchemaMismatch, StoreBusy, StoreError, StoreUnavailable
from graph.migrate import Index, compare, migrate, migrations, verify
from graph.schema import NODE, RELATIONSHIP
from graph.server import ServerAddress
from graph.store import Reading, Row, StoreStatus, Writing

T = TypeVar("T")

CONNECT_TIMEOUT = 3.0  # seconds to reach the server
READ_TIMEOUT = 10.0  # seconds one read transaction may take, waiting not counted
WRITE_TIMEOUT = 120.0  # seconds one write transaction may take, waiting for its turn included
READ_WAIT = 5.0  # seconds a reader waits for a load's commit to end before it says so
READ_RETRY = 0.6  # seconds in which a read that failed for the connection is begun again: a service answers 503 soon
WRITE_RETRY = 15.0  # the same for a write: a server that restarts is waited for
CLEAR_AFTER = 1.0  # seconds after which a closed gate may be a dead load's; a commit takes milliseconds
SHORTEST_PAUSE, LONGEST_PAUSE = 0.002, 0.05
ATTEMPTS = 4  # at a commit whose fate was unknown


class BoltStore:
    """The store in the database of ``server``; see `graph.store.Store` for what its methods promise.

    With ``warnings`` whatever the server notes about a query (a deprecated form, a cartesian product) is a Python
    warning; what it does not know yet of an empty graph is left out.
    """

    def __init__(
        self, server: ServerAddress, *, apply: bool = True, warnings: bool = False, read_wait: float = READ_WAIT
    ) -> None:
        self.server = server
        self._catalogue = load_catalogue()
        self._read_wait = read_wait
        self._inside = threading.local()
        with server_errors(server, "the connection"):
            self._driver = _driver(server, warnings)
        self._bookmarks = GraphDatabase.bookmark_manager()
        self._schema = Schema(self._in_write, self._catalogue)
        try:
            with server_errors(server, "the connection"):
                self._driver.verify_connectivity()
            if apply:
                self.migrate()
        except BaseException:
            self.close()
            raise

    @property
    def url(self) -> str:
        return f"{self.server.uri}/{self.server.database}"

    def read(self, work: Callable[[Reading], T]) -> T:
        """``work``'s answer from one data version, see `graph.store.Store.read`."""
        with self._alone(), server_errors(self.server, "a read"):
            began, pause, cleared = time.monotonic(), SHORTEST_PAUSE, False
            while True:
                tried = self._try_read(work)
                if tried.error is not None:
                    raise tried.error
                if tried.whole:
                    return tried.answer  # type: ignore[return-value]
                waited = time.monotonic() - began
                if waited > self._read_wait:
                    raise StoreBusy(f"a load is in progress and did not end within {self._read_wait:g} s; try again.")
                if waited > min(CLEAR_AFTER, self._read_wait / 2) and not cleared:
                    cleared = True
                    self._open_dead_gate()
                time.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)

    def write(self, work: Callable[[Writing], T]) -> T:
        """Run ``work`` in one transaction, see `graph.store.Store.write`."""
        with self._alone(), server_errors(self.server, "a write"):
            load = _Load(self, work)
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    return load.run()
                except tuple(AGAIN):
                    if attempt == ATTEMPTS:
                        raise
                    time.sleep(attempt * 0.5)
            raise AssertionError("the last attempt returns or raises")

    def migrate(self) -> list[str]:
        """Apply the schema files not yet applied, see `graph.store.Store.migrate`."""
        with server_errors(self.server, "a schema change"):
            self._compare_schema()
            applied = migrate(self._schema, migrations("neo4j"))
            verify(self._schema.indexes())
            return applied

    def pending(self) -> list[str]:
        """The migrations not yet applied; see `graph.store.Store.pending`."""
        with server_errors(self.server, "the comparison of its schema"):
            recorded = self._compare_schema()
            pending = [m.name for m in migrations("neo4j") if m.name not in recorded]
            if not pending:
                verify(self._schema.indexes())
            return pending

    def indexes(self) -> frozenset[Index]:
        """The indexes that the server really has."""
        with server_errors(self.server, "the list of its indexes"):
            return self._schema.indexes()

    def status(self) -> StoreStatus:
        """Versions and counts."""
        with server_errors(self.server, "the connection"):
            # bounded, unlike a query: it says at once that nobody answers
            agent = self._driver.get_server_info().agent
        return self.read(lambda reading: self._status(reading, agent.removeprefix("Neo4j/")))

    def close(self) -> None:
        """Close all connections; a second call does nothing."""
        self._driver.close()

    def _compare_schema(self) -> Mapping[str, str]:
        """What is recorded. Raises SchemaMismatch for a newer schema, or a graph that is not ours."""
        recorded = self._schema.recorded()
        compare(recorded, migrations("neo4j"))
        nodes = 0 if recorded else self._schema.nodes()
        if nodes:
            raise SchemaMismatch(
                f"{self.server.where} holds {nodes} nodes and no record of Zeren's; expected an empty database or one "
                f"that Zeren made. Nothing was changed. Give another NEO4J_DATABASE or another server."
            )
        return recorded

    def _status(self, reading: Reading, engine_version: str) -> StoreStatus:
        meta = reading.rows("read/meta")
        return StoreStatus(
            url=self.url,
            engine="Neo4j",
            engine_version=engine_version,
            schema_version=meta[0]["schema_version"] if meta else 0,
            data_version=reading.data_version,
            counts=dict.fromkeys((*NODE, *RELATIONSHIP), 0)
            | {row["name"]: row["count"] for row in reading.rows("read/counts")},
        )

    def _try_read(self, work: Callable[[Reading], T]) -> "_Tried[T]":
        def attempt(tx: ManagedTransaction) -> _Tried[T]:
            version = self._gate(tx)
            if version % 2:
                return _Tried()
            reading = _Reading(self._catalogue, tx, version)
            answer, error = None, None
            try:
                answer = work(reading)
            except Exception as met:
                if reading.failed:
                    raise
                error = met  # perhaps only half of a load was seen
            return _Tried(self._gate(tx) == version, answer, error)

        with self._session(READ_ACCESS, READ_RETRY) as session:
            tried = session.execute_read(unit_of_work(timeout=READ_TIMEOUT)(attempt))
        return tried if tried.whole else _Tried()

    def _gate(self, tx: ManagedTransaction) -> int:
        rows = _run(self._catalogue, tx, "read/gate").rows
        if not rows:
            raise SchemaMismatch(f"{self.server.where} holds no graph of Zeren's yet; run: zeren migrate.")
        version: int = rows[0]["data_version"]
        return version

    def _open_dead_gate(self) -> None:
        """Open a gate that a killed load left closed; a live one holds the turn, then nothing happens."""

        def attempt(tx: ManagedTransaction) -> None:
            _run(self._catalogue, tx, "load/take-turn", {"turn": "reader"})
            _run(self._catalogue, tx, "load/clear-gate")

        try:
            with self._session(WRITE_ACCESS, READ_RETRY) as session:
                session.execute_write(unit_of_work(timeout=max(1.0, self._read_wait / 2))(attempt))
        except Exception as error:
            if not is_timeout(error):
                raise

    def _in_write(self, work: Callable[[ManagedTransaction], T]) -> T:
        with self._session(WRITE_ACCESS, WRITE_RETRY) as session:
            return session.execute_write(unit_of_work(timeout=WRITE_TIMEOUT)(work))

    def _session(self, access: str, retry: float) -> Session:
        return self._driver.session(
            database=self.server.database,
            default_access_mode=access,
            bookmark_manager=self._bookmarks,
            max_transaction_retry_time=retry,
            initial_retry_delay=0.1,
            fetch_size=-1,  # every result is read whole
        )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        # a write inside a read would wait for the connection pool, one inside a write for its own turn
        if getattr(self._inside, "held", False):
            raise StoreError("a read or write was begun inside another one; pass the inner work the outer's Reading.")
        self._inside.held = True
        try:
            yield
        finally:
            self._inside.held = False


@dataclass(frozen=True, slots=True)
class _Tried(Generic[T]):
    """One attempt at a read; ``whole`` when all it saw is of one version."""

    whole: bool = False
    answer: T | None = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class _Ran:
    rows: list[Row]
    changed: bool


def _run(catalogue: Catalogue, tx: ManagedTransaction, name: str, parameters: Mapping[str, Any] | None = None) -> _Ran:
    query = catalogue[name]
    result = tx.run(query.text, query.check(parameters))
    names = result.keys()
    rows = [dict(zip(names, record.values(), strict=True)) for record in result]
    return _Ran(rows, result.consume().counters.contains_updates)


@dataclass(slots=True)
class _Reading:
    catalogue: Catalogue
    tx: ManagedTransaction
    data_version: int
    failed: bool = False  # the transaction is broken: nothing more can be asked in it

    def rows(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        if self.catalogue[query].mode == "write":
            raise StoreError(f"query {query!r} writes; run it inside Store.write.")
        checked = self.catalogue[query].check(parameters)
        self.failed = True
        rows = _run(self.catalogue, self.tx, query, checked).rows
        self.failed = False
        return rows


@dataclass(slots=True)
class _Writing:
    """``data_version`` is the one this transaction will leave behind."""

    catalogue: Catalogue
    tx: ManagedTransaction
    before: int
    changed: bool = False

    @property
    def data_version(self) -> int:
        return self.before + 2 * self.changed

    def rows(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        ran = _run(self.catalogue, self.tx, query, parameters)
        self.changed = self.changed or ran.changed
        return ran.rows


class _Unchanged(Exception):
    """Rolls a transaction back in which nothing was to be written."""


@dataclass(slots=True)
class _Load(Generic[T]):
    """One call of `BoltStore.write`, with all its attempts; ``turn`` is its mark."""

    store: BoltStore
    work: Callable[[Writing], T]
    turn: str = field(default_factory=lambda: uuid.uuid4().hex)
    _answers: list[T] = field(default_factory=list)  # of the attempts; the last one is that of the commit
    _version: int = 0

    def run(self) -> T:
        """Transactions 1 to 3 of the module's docstring."""
        with self.store._session(WRITE_ACCESS, WRITE_RETRY) as session:
            try:
                session.execute_write(unit_of_work(timeout=WRITE_TIMEOUT)(self._attempt))
            except _Unchanged:
                return self._answers[-1]
            if not session.last_bookmarks().raw_values:
                raise LostCommit
        self.store._in_write(self._open_gate)
        return self._answers[-1]

    def _attempt(self, tx: ManagedTransaction) -> None:
        self._take_turn(tx)
        states = self._ask(tx, "load/turn")
        if not states:
            raise SchemaMismatch(f"{self.store.server.where} holds no graph of Zeren's yet; run: zeren migrate.")
        state = states[0]
        if state["arrived"]:
            return  # an earlier attempt was committed after all
        writing = _Writing(self.store._catalogue, tx, state["data_version"])
        self._answers.append(self.work(writing))
        if not writing.changed:
            raise _Unchanged
        self._version = writing.data_version
        self._ask(tx, "load/end-turn", data_version=self._version)
        self.store._in_write(self._close_gate)

    def _take_turn(self, tx: ManagedTransaction) -> None:
        try:
            self._ask(tx, "load/take-turn")
        except Exception as error:
            if not is_timeout(error):
                raise
            raise StoreBusy(f"a load is in progress and did not end within {WRITE_TIMEOUT:g} s; try again.") from error

    def _close_gate(self, tx: ManagedTransaction) -> None:
        self._ask(tx, "load/close-gate", data_version=self._version - 1)

    def _open_gate(self, tx: ManagedTransaction) -> None:
        (state,) = self._ask(tx, "load/hold-gate")
        if not state["arrived"]:
            raise LostCommit
        _run(
            self.store._catalogue,
            tx,
            "load/open-gate",
            {"closed": self._version - 1, "data_version": self._version},
        )

    def _ask(self, tx: ManagedTransaction, name: str, **parameters: Any) -> list[Row]:
        return _run(self.store._catalogue, tx, name, {"turn": self.turn, **parameters}).rows


def _driver(server: ServerAddress, warnings: bool) -> Driver:
    severity = NotificationMinimumSeverity.INFORMATION if warnings else NotificationMinimumSeverity.OFF
    try:
        return GraphDatabase.driver(
            server.uri,
            auth=(server.user, server.password) if server.password is not None else None,
            connection_timeout=CONNECT_TIMEOUT,
            connection_acquisition_timeout=2 * CONNECT_TIMEOUT,
            notifications_min_severity=severity,
            # an empty graph has no relationship type yet: that is no fault of a query
            notifications_disabled_classifications=[NotificationDisabledClassification.UNRECOGNIZED],
            warn_notification_severity=severity,
            telemetry_disabled=True,
            user_agent="zeren",
        )
    except ValueError as error:
        raise StoreUnavailable(f"{server.uri} is no address the driver takes: {error}.") from error
