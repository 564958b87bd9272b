"""The store contract: what every store does, on any engine.

One catalogue of queries (`graph.store.catalogue`) runs on all stores; a caller never writes Cypher.  Order of steps:

1. ``open_store(url)`` opens ``embedded:PATH`` (default: the user's data folder) or a server, ``neo4j://host``.
2. ``store.read(work)`` runs ``work(reading)``; all rows that it sees have one data version.
3. ``store.write(work)`` runs ``work(writing)`` in one transaction. If ``work`` raises, nothing is written. The data version
   goes up if, and only if, ``work`` wrote something.

Left to others: a plan as rows (`loaders.storing.load`), schema files (`graph.store.migrations`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, TypeVar

from graph.store.migrations import Index

Row: TypeAlias = dict[str, Any]
T = TypeVar("T")


class ReadTransaction(Protocol):
    """One accepted read: all rows come from ``data_version``."""

    @property
    def data_version(self) -> int: ...

    def rows(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of the query ``query`` of the catalogue (``read/unit-duties``). Raises ParameterError for a wrong
        parameter.
        """
        ...


class WriteTransaction(ReadTransaction, Protocol):
    """One write transaction; ``rows`` also runs the files under ``cypher/load/``."""


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What ``zeren status`` and ``/v1/catalog`` print. ``counts`` maps labels and relationship types to numbers."""

    url: str
    engine: str
    engine_version: str
    schema_version: int
    data_version: int
    counts: dict[str, int]


class Store(Protocol):
    @property
    def url(self) -> str: ...

    def read(self, work: Callable[[ReadTransaction], T]) -> T:
        """The answer of ``work`` from one data version. ``work`` may run more than once, so it must have no side
        effect.

        Raises StoreBusy if a load does not end within the bounded wait, StoreUnavailable if the store is gone.
        """
        ...

    def write(self, work: Callable[[WriteTransaction], T]) -> T: ...

    def version_now(self) -> int | None:
        """The data version, if this process knows it without asking and without a wait."""
        ...

    def migrate(self) -> list[str]:
        """Apply the pending schema files and return their names. Raises SchemaMismatch for a newer or altered schema."""
        ...

    def pending(self) -> list[str]:
        """The migrations that `migrate` would apply. Raises SchemaMismatch like it, and also for a missing index."""
        ...

    def indexes(self) -> frozenset[Index]:
        """The indexes that the engine really has. After `migrate` these are all that `graph.schema` declares."""
        ...

    def status(self) -> StoreStatus: ...

    def announce(self, address: str, token: str) -> None:
        """Tell other programs of the same user where this process serves a store that only it can open, and the token.

        Does nothing for a store that every program can open.
        """
        ...

    def interrupt(self) -> None:
        """Let no further statement begin, for good: what is at work ends with StoreUnavailable at its next one, and nothing of a
        load is written. To be called before `close`, from any thread.
        """
        ...

    def close(self) -> None: ...
