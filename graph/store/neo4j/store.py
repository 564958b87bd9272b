"""The store of an office: a Neo4j server over Bolt.

When a store opens, it checks that the server answers and applies pending migrations.

A read is one managed read transaction: it reads the version of the commit gate, does the work, and reads the version
again. Neo4j gives no snapshot, so an answer counts only if both versions are the same even number. Otherwise the read is
repeated for a bounded time. A gate that stays closed for a second may have been left by a killed load. The reader then
takes the write lock and opens the gate; if a load is still alive, the lock makes the reader wait.
`graph.store.neo4j.write` describes a write.

No transaction is open while a plan is parsed. A plan is compared inside a transaction only if another load came in
between.

Example: ``BoltStore(server_of("neo4j://127.0.0.1:7687")).status()``.

Left to others: addresses and passwords (`graph.store.neo4j.address`), sessions (`graph.store.neo4j.connection`), error
messages (`graph.store.neo4j.server_errors`), the schema (`graph.store.neo4j.server_schema`).
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from neo4j import ManagedTransaction

from graph.errors import SchemaMismatch, StoreBusy, StoreError
from graph.schema import NODE, RELATIONSHIP
from graph.store.contract import ReadTransaction, Row, StoreStatus, WriteTransaction
from graph.store.migrations import Index, check_record, migrate, migrations, verify
from graph.store.neo4j.address import ServerAddress
from graph.store.neo4j.connection import READ_RETRY, Connection
from graph.store.neo4j.server_errors import RETRYABLE, is_timeout, server_errors
from graph.store.neo4j.server_schema import ServerSchema
from graph.store.neo4j.write import Load

T = TypeVar("T")

READ_WAIT = 5.0  # seconds a reader waits for a load's commit to end before it says so
CLEAR_AFTER = 1.0  # seconds after which a closed gate may be a dead load's; a commit takes milliseconds
SHORTEST_PAUSE, LONGEST_PAUSE = 0.002, 0.05
ATTEMPTS = 4  # at a commit whose fate was unknown
ATTEMPT_PAUSE = 0.5  # seconds, growing with each attempt


class BoltStore:
    """The store in the database of ``server``; `graph.store.contract.Store` says what its methods promise.

    With ``warnings`` every note of the server on a query (a deprecated form, a cartesian product) is a Python warning.
    """

    def __init__(
        self, server: ServerAddress, *, apply: bool = True, warnings: bool = False, read_wait: float = READ_WAIT
    ) -> None:
        self.server = server
        self._read_wait = read_wait
        self._inside = threading.local()
        self._connection = Connection(server, warnings=warnings)
        self._schema = ServerSchema(self._connection)
        try:
            self._connection.verify()
            if apply:
                self.migrate()
        except BaseException:
            self.close()
            raise

    @property
    def url(self) -> str:
        return f"{self.server.uri}/{self.server.database}"

    def read(self, work: Callable[[ReadTransaction], T]) -> T:
        """``work``'s answer from one data version, see `graph.store.contract.Store.read`."""
        with self._alone(), server_errors(self.server, "a read"):
            began, pause, cleared = time.monotonic(), SHORTEST_PAUSE, False
            while not (tried := self._try_read(work)):
                waited = time.monotonic() - began
                if waited > self._read_wait:
                    raise StoreBusy(f"a load is in progress and did not end within {self._read_wait:g} s; try again.")
                if waited > min(CLEAR_AFTER, self._read_wait / 2) and not cleared:
                    cleared = True
                    self._open_dead_gate()
                time.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            return tried.result()

    def version_now(self) -> int | None:
        """None: others write to the server, too, so it must be asked."""
        return None

    def write(self, work: Callable[[WriteTransaction], T]) -> T:
        """Run ``work`` in one transaction, see `graph.store.contract.Store.write`."""
        with self._alone(), server_errors(self.server, "a write"):
            load = Load(self._connection, work)
            for attempt in range(1, ATTEMPTS):
                try:
                    return load.run()
                except tuple(RETRYABLE):
                    time.sleep(attempt * ATTEMPT_PAUSE)
            return load.run()

    def migrate(self) -> list[str]:
        """Apply the schema files not yet applied, see `graph.store.contract.Store.migrate`."""
        with server_errors(self.server, "a schema change"):
            self._compare_schema()
            applied = migrate(self._schema, migrations("neo4j"))
            verify(self._schema.indexes())
            return applied

    def pending(self) -> list[str]:
        """The migrations not yet applied, see `graph.store.contract.Store.pending`."""
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
        engine_version = self._connection.verify()
        return self.read(lambda reading: self._status(reading, engine_version))

    def announce(self, address: str, token: str) -> None:
        """Does nothing: every program can ask the server itself."""

    def interrupt(self) -> None:
        """Let no further statement begin, see `graph.store.contract.Store.interrupt`."""
        self._connection.interrupted = True

    def close(self) -> None:
        """Close all connections; a second call does nothing."""
        self._connection.close()

    def _compare_schema(self) -> Mapping[str, str]:
        """The recorded migrations. Raises SchemaMismatch for a newer schema, or a graph that is not ours."""
        recorded = self._schema.recorded()
        known = {**self._schema.imported(), **recorded}
        check_record(known, migrations("neo4j"))
        nodes = 0 if known else self._schema.nodes()
        if nodes:
            raise SchemaMismatch(
                f"{self.server.where} holds {nodes} nodes and no record of Zeren's; expected an empty database or one "
                f"that Zeren made. Nothing was changed. Give another NEO4J_DATABASE or another server."
            )
        return recorded

    def _status(self, reading: ReadTransaction, engine_version: str) -> StoreStatus:
        meta = reading.rows("read/meta")
        return StoreStatus(
            url=self.url,
            engine="Neo4j",
            engine_version=engine_version,
            schema_version=meta[0]["schema_version"],
            data_version=reading.data_version,
            counts=dict.fromkeys((*NODE, *RELATIONSHIP), 0)
            | {row["name"]: row["count"] for row in reading.rows("read/counts")},
        )

    def _try_read(self, work: Callable[[ReadTransaction], T]) -> "_Whole[T] | None":
        """``work``'s outcome if everything it saw has one version, else None."""

        def attempt(tx: ManagedTransaction) -> _Whole[T] | None:
            version = self._gate(tx)
            if version % 2:
                return None
            reading = _ReadTransaction(self._connection, tx, version)
            try:
                outcome = _Whole([work(reading)], None)
            except Exception as error:
                if reading.broken:
                    raise
                outcome = _Whole([], error)  # it counts only if not half of a load was seen
            return outcome if self._gate(tx) == version else None

        return self._connection.read(attempt)

    def _gate(self, tx: ManagedTransaction) -> int:
        rows = self._connection.run(tx, "read/commit-gate").rows
        if not rows:
            raise SchemaMismatch(f"{self.server.where} holds no graph of Zeren's yet; run: zeren migrate.")
        version: int = rows[0]["data_version"]
        return version

    def _open_dead_gate(self) -> None:
        """Open a gate that a killed load left closed. Does nothing while a living load holds the write lock."""

        def attempt(tx: ManagedTransaction) -> None:
            self._connection.run(tx, "load/lock-writes", {"mark": "a reader's"})
            self._connection.run(tx, "load/clear-commit-gate")

        try:
            self._connection.write(attempt, timeout=max(1.0, self._read_wait / 2), retry=READ_RETRY)
        except Exception as error:
            if not is_timeout(error):
                raise

    @contextmanager
    def _alone(self) -> Iterator[None]:
        # a write inside another would wait for its own lock, and a read inside it would see another version
        if getattr(self._inside, "held", False):
            raise StoreError(
                "a read or write was begun inside another one; pass the outer transaction to the inner work."
            )
        self._inside.held = True
        try:
            yield
        finally:
            self._inside.held = False


@dataclass(frozen=True, slots=True)
class _Whole(Generic[T]):
    """The outcome of one read: ``answer`` holds it, unless the work raised ``error``."""

    answer: list[T]
    error: Exception | None

    def result(self) -> T:
        if self.error is not None:
            raise self.error
        return self.answer[0]


@dataclass(slots=True)
class _ReadTransaction:
    connection: Connection
    tx: ManagedTransaction
    data_version: int
    broken: bool = False  # a query failed on the server: nothing more can be asked in this transaction

    def rows(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        if self.connection.catalogue[query].mode == "write":
            raise StoreError(f"query {query!r} writes; run it inside Store.write.")
        checked = self.connection.catalogue[query].check(parameters)
        self.broken = True
        rows = self.connection.run(self.tx, query, checked).rows
        self.broken = False
        return rows
