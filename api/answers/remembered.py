"""A read that asks the store nothing twice.

One answer may need the same rows several times: the items that meet a query, and those it passes over, are of the same
plans; a text that is tried in other words has most of its stretches again.

Example: ``remembered = Remembered(reading)`` and two calls of ``remembered.rows("read/regions")`` ask once.
"""

from collections.abc import Mapping
from typing import Any

from graph.store.contract import ReadTransaction, Row


class Remembered:
    """A `ReadTransaction` that keeps the rows of every statement with its parameters as long as it lives."""

    def __init__(self, reading: ReadTransaction) -> None:
        self._reading = reading
        self._known: dict[tuple[str, str], list[Row]] = {}

    @property
    def data_version(self) -> int:
        return self._reading.data_version

    def rows(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        key = query, repr(sorted((parameters or {}).items()))
        if key not in self._known:
            self._known[key] = self._reading.rows(query, parameters)
        return list(self._known[key])
