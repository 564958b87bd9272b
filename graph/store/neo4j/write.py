"""One write on a Neo4j server: three transactions, and a mark that tells whether the one that counts has arrived.

1. The load begins its transaction and takes the turn: other loads wait for this lock on ``Meta {id: 'meta'}``. The work
   is done; the load's own mark and the next version are written beside it. Nothing to write: it is rolled back.
2. Meanwhile open: the gate (``Meta {id: 'gate'}``) is closed with an odd version, and that is committed; then 1. commits.
3. The gate is opened with the next even version, once the mark is found: an orderly stop of a 5.26 server can confirm a
   commit that it did not make.

Why readers see one version: the data of 1. becomes visible after 2. and before 3., so whoever saw the same even version
before and after its work saw nothing of it, or all.  Why a late 3. does no harm: the next load closes the gate with
another odd number, and 3. opens only what its own load closed, holding the gate while it looks.

A commit whose fate is unknown is tried again with the same mark: when that is there, only 3. remains.  A load killed
between 2. and 3. leaves the gate closed; the next load passes over that, and a reader opens it (`graph.store.neo4j.store`).

Example: `Load(connection, work).run()` is one call of ``Store.write``.

Left to others: when to give up (`graph.store.neo4j.store`), which errors allow another try (`graph.store.neo4j.errors`).
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from neo4j import ManagedTransaction

from graph.errors import SchemaMismatch, StoreBusy
from graph.store.contract import Row, Writing
from graph.store.neo4j.connection import WRITE_TIMEOUT, Connection
from graph.store.neo4j.errors import LostCommit, is_timeout

T = TypeVar("T")


class _Unchanged(Exception):
    """Rolls a transaction back in which nothing was to be written."""


@dataclass(slots=True)
class Load(Generic[T]):
    """One call of ``Store.write``, with all its attempts; ``turn`` is its mark."""

    connection: Connection
    work: Callable[[Writing], T]
    turn: str = field(default_factory=lambda: uuid.uuid4().hex)
    _answers: list[T] = field(default_factory=list)  # of the attempts; the last one is that of the commit
    _version: int = 0

    def run(self) -> T:
        """One attempt. Raises what `graph.store.neo4j.errors.AGAIN` lists when another one may help."""
        try:
            self.connection.write(self._load)
        except _Unchanged:
            return self._answers[-1]
        self.connection.write(self._open_gate)
        return self._answers[-1]

    def _load(self, tx: ManagedTransaction) -> None:
        self._take_turn(tx)
        states = self._ask(tx, "load/turn")
        if not states:
            raise SchemaMismatch(f"{self.connection.server.where} holds no graph of Zeren's yet; run: zeren migrate.")
        if states[0]["arrived"]:
            return  # an earlier attempt was committed after all
        writing = _Writing(self.connection, tx, states[0]["data_version"])
        self._answers.append(self.work(writing))
        if not writing.changed:
            raise _Unchanged
        self._version = writing.data_version
        self._ask(tx, "load/end-turn", data_version=self._version)
        self.connection.write(self._close_gate)

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
        if not self._ask(tx, "load/hold-gate")[0]["arrived"]:
            raise LostCommit
        versions = {"closed": self._version - 1, "data_version": self._version}
        self.connection.run(tx, "load/open-gate", versions)

    def _ask(self, tx: ManagedTransaction, name: str, **parameters: Any) -> list[Row]:
        return self.connection.run(tx, name, {"turn": self.turn, **parameters}).rows


@dataclass(slots=True)
class _Writing:
    """``data_version`` is the one this transaction will leave behind."""

    connection: Connection
    tx: ManagedTransaction
    before: int
    changed: bool = False

    @property
    def data_version(self) -> int:
        return self.before + 2 * self.changed

    def rows(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        ran = self.connection.run(self.tx, query, parameters)
        self.changed = self.changed or ran.changed
        return ran.rows
