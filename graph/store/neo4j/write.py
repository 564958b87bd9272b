"""One write on a Neo4j server: three transactions, and a mark that shows whether the commit that counts has arrived.

1. The load begins its transaction and locks writes: it locks ``Meta {id: 'meta'}``, so that other loads wait. It does
   its work and writes its own mark and the next version. If there is nothing to write, it rolls back.
2. While 1. is still open, a second transaction closes the commit gate (``Meta {id: 'gate'}``) with an odd version and
   commits. Then 1. commits.
3. A third transaction looks for the mark and opens the gate with the next even version. It must look: a 5.26 server that
   is being stopped in good order can confirm a commit that it did not make.

Why readers see one version: the data of 1. becomes visible after 2. and before 3. A reader that saw the same even
version before and after its work therefore saw none of the data, or all of it.  Why a late 3. does no harm: the next
load closes the gate with another odd number. 3. opens only what its own load closed, and holds the gate while it looks.

If the fate of a commit is unknown, the load is tried again with the same mark. If the mark is there, only 3. remains.
A load that is killed between 2. and 3. leaves the gate closed. The next load ignores that, and a reader opens the gate
(`graph.store.neo4j.store`).

Example: `Load(connection, work).run()` is one call of ``Store.write``.

Left to others: when to give up (`graph.store.neo4j.store`), which errors allow another attempt
(`graph.store.neo4j.server_errors`).
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from neo4j import ManagedTransaction

from graph.errors import SchemaMismatch, StoreBusy
from graph.store.contract import Row, WriteTransaction
from graph.store.neo4j.connection import WRITE_TIMEOUT, Connection
from graph.store.neo4j.server_errors import LostCommit, is_timeout

T = TypeVar("T")


class _Unchanged(Exception):
    """Rolls back a transaction that has nothing to write."""


@dataclass(slots=True)
class Load(Generic[T]):
    """One call of ``Store.write``, with all its attempts; ``mark`` identifies the load."""

    connection: Connection
    work: Callable[[WriteTransaction], T]
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)
    _answers: list[T] = field(default_factory=list)  # of the attempts; the last one is that of the commit
    _version: int = 0

    def run(self) -> T:
        """Make one attempt. Raises one of `graph.store.neo4j.server_errors.RETRYABLE` if another attempt may help."""
        try:
            self.connection.write(self._load)
        except _Unchanged:
            return self._answers[-1]
        self.connection.write(self._open_gate)
        return self._answers[-1]

    def _load(self, tx: ManagedTransaction) -> None:
        self._lock_writes(tx)
        states = self._ask(tx, "load/write-state")
        if not states:
            raise SchemaMismatch(f"{self.connection.server.where} holds no graph of Zeren's yet; run: zeren migrate.")
        if states[0]["arrived"]:
            return  # an earlier attempt was committed after all
        writing = _WriteTransaction(self.connection, tx, states[0]["data_version"])
        self._answers.append(self.work(writing))
        if not writing.changed:
            raise _Unchanged
        self._version = writing.data_version
        self._ask(tx, "load/unlock-writes", data_version=self._version)
        self.connection.write(self._close_gate)

    def _lock_writes(self, tx: ManagedTransaction) -> None:
        try:
            self._ask(tx, "load/lock-writes")
        except Exception as error:
            if not is_timeout(error):
                raise
            raise StoreBusy(f"a load is in progress and did not end within {WRITE_TIMEOUT:g} s; try again.") from error

    def _close_gate(self, tx: ManagedTransaction) -> None:
        self._ask(tx, "load/close-commit-gate", data_version=self._version - 1)

    def _open_gate(self, tx: ManagedTransaction) -> None:
        if not self._ask(tx, "load/hold-commit-gate")[0]["arrived"]:
            raise LostCommit
        versions = {"closed": self._version - 1, "data_version": self._version}
        self.connection.run(tx, "load/open-commit-gate", versions)

    def _ask(self, tx: ManagedTransaction, name: str, **parameters: Any) -> list[Row]:
        return self.connection.run(tx, name, {"mark": self.mark, **parameters}).rows


@dataclass(slots=True)
class _WriteTransaction:
    """``data_version`` is the version that this transaction will leave behind."""

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
