"""The store contract: what every store does, whichever engine keeps the graph.

One catalogue of queries (`graph.store.catalogue`) runs on all; a caller never writes Cypher.  The order of things:

1. ``open_store(url)`` opens ``embedded:PATH`` (default: the user's data folder) or a server, ``neo4j://host``.
2. ``store.read(work)`` runs ``work(reading)``; every row it sees belongs to one data version.
3. ``store.write(work)`` runs ``work(writing)`` in one transaction; when ``work`` raises, nothing is written.
   The data version goes up when, and only when, ``work`` wrote something.

Left to others: what a plan looks like as rows (`loaders.storing.load`), schema files (`graph.store.migrations`).
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
        """The rows of the catalogue's ``query`` (``read/unit-duties``); ParameterError for a wrong parameter."""
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
        """``work``'s answer from one data version. May run ``work`` again: it must have no effect but its answer.

        Raises StoreBusy when a load did not end within the bounded wait, StoreUnavailable when the store is gone.
        """
        ...

    def write(self, work: Callable[[WriteTransaction], T]) -> T: ...

    def migrate(self) -> list[str]:
        """Apply the schema files not yet applied; their names. Raises SchemaMismatch for a newer or altered schema."""
        ...

    def pending(self) -> list[str]:
        """The migrations that `migrate` would apply. Raises SchemaMismatch like it, also for an index that is gone."""
        ...

    def indexes(self) -> frozenset[Index]:
        """The indexes that the engine really has; all that `graph.schema` declares, once migrated."""
        ...

    def status(self) -> StoreStatus: ...

    def announce(self, address: str, token: str) -> None:
        """Tell other programs of the same user where this process serves a store that it alone can open, and the token.

        A store that every program can open by itself does nothing.
        """
        ...

    def close(self) -> None: ...
