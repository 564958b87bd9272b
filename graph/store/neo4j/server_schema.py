"""The schema of a Neo4j server for `graph.store.migrations`: statements, the record of migrations, the indexes.

Each statement runs in its own transaction (Neo4j does not mix schema and data).  Two programs may migrate one database
at the same time: every statement is ``IF NOT EXISTS``, it is no error to come second, and the record is merged on
constrained keys.

The indexes are read back with ``SHOW INDEXES``: ``IF NOT EXISTS`` does not say whether an index on something else has
taken the name, so `graph.store.migrations.verify` compares what is really there.  It waits for an index that is still
being filled.

Left to others: when to migrate (`graph.store.neo4j.store`), the files (`graph.store.migrations`).
"""

import time
from collections.abc import Mapping
from typing import Any, Literal

from neo4j import ManagedTransaction
from neo4j.exceptions import Neo4jError

from graph.errors import SchemaMismatch
from graph.store.contract import Row
from graph.store.migrations import Index, Migration, Statement
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.server_errors import ALREADY_THERE, code_of

IndexKind = Literal["unique", "range", "full text"]

FILL_LIMIT = 600.0  # seconds an index may take to be filled
ANALYSER = "whitespace"

_SHOW = """
SHOW INDEXES YIELD name, state, type, labelsOrTypes, properties, owningConstraint, options
RETURN name, state, type, labelsOrTypes AS owners, properties, owningConstraint AS constraint,
       options.indexConfig['fulltext.analyzer'] AS analyser
"""
# a constraint's index is listed under SHOW INDEXES too, but only this says that it is for uniqueness
_SHOW_CONSTRAINTS = """
SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties
RETURN name, type, labelsOrTypes AS owners, properties
"""
_UNIQUE = frozenset(
    ("UNIQUENESS", "RELATIONSHIP_UNIQUENESS", "NODE_PROPERTY_UNIQUENESS", "RELATIONSHIP_PROPERTY_UNIQUENESS")
)


class ServerSchema:
    """A `graph.store.migrations.MigrationTarget`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def recorded(self) -> Mapping[str, str]:
        """Name -> checksum of what was applied."""
        return {row["name"]: row["checksum"] for row in self._rows("read/migrations") if row["applied_at"]}

    def imported(self) -> Mapping[str, str]:
        """Name -> checksum of what came with an import (`loaders.mapping.neo4j_files`): its indexes are still to be made."""
        return {row["name"]: row["checksum"] for row in self._rows("read/migrations") if not row["applied_at"]}

    def nodes(self) -> int:
        """How many nodes the database has, of Zeren or of others."""
        count: int = self._rows("read/count-nodes")[0]["count"]
        return count

    def apply(self, statement: Statement) -> None:
        """Run one schema file."""
        try:
            self._connection.write(lambda tx: tx.run(statement.text).consume())
        except Neo4jError as error:
            if code_of(error) in ALREADY_THERE:
                return
            if not code_of(error).startswith(("Neo.ClientError.Schema.", "Neo.DatabaseError.Schema.")):
                raise
            raise SchemaMismatch(
                f"the schema file {statement.file} could not be applied: {error.message}. What it makes was made "
                f"otherwise by hand; remove that, or give another database."
            ) from error

    def run(self, query: str, parameters: Mapping[str, Any]) -> list[Row]:
        """The rows of a statement of the catalogue, run in a transaction of its own."""
        return self._connection.write(lambda tx: self._connection.run(tx, query, parameters).rows)

    def record(self, migration: Migration) -> None:
        """Record it, and create the commit gate."""
        row = migration.record()

        def work(tx: ManagedTransaction) -> None:
            self._connection.run(tx, "load/record-migration", row)
            self._connection.run(tx, "load/make-commit-gate")

        self._connection.write(work)

    def indexes(self) -> frozenset[Index]:
        """The indexes that exist and are filled."""
        end = time.monotonic() + FILL_LIMIT
        while True:
            shown = self._show(_SHOW)
            filling = sorted(row["name"] for row in shown if row["state"] == "POPULATING")
            if not filling:
                break
            if time.monotonic() > end:
                raise SchemaMismatch(f"the index {', '.join(filling)} is still being filled; try again later.")
            time.sleep(0.1)
        unique = [(row, "unique") for row in self._show(_SHOW_CONSTRAINTS) if row["type"] in _UNIQUE]
        plain = [(row, _kind(row)) for row in shown if row["state"] == "ONLINE" and row["constraint"] is None]
        return frozenset(
            Index(kind, owner, name)  # type: ignore[arg-type]  # mypy sees the kinds as any str
            for row, kind in (*unique, *plain)
            if kind is not None and len(row["properties"] or ()) == 1
            for owner in row["owners"]
            for name in row["properties"]
        )

    def _rows(self, name: str) -> list[dict[str, Any]]:
        return self._connection.read(lambda tx: self._connection.run(tx, name).rows)

    def _show(self, text: str) -> list[dict[str, Any]]:
        return self._connection.read(lambda tx: [dict(record) for record in tx.run(text)])


def _kind(row: Mapping[str, Any]) -> IndexKind | None:
    if row["type"] == "FULLTEXT":
        return "full text" if row["analyser"] == ANALYSER else None
    return "range" if row["type"] == "RANGE" else None
