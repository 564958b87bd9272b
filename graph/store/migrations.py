"""Migrations: they prepare an empty store for plans. Each is applied once and recorded.

A migration is a folder ``cypher/schema/V001__plans/`` of files with one statement each, applied in the order of their
names: ``*.cypher`` on every store, ``*.neo4j.cypher`` on Neo4j, ``*.arcadedb.sql`` on the embedded engine.  A folder is
written once and never changed; later changes are new folders.

Order of steps: the shipped folders are read; the record of the store (``Migration`` nodes: name, checksum) is compared
with them; a newer or unknown migration in the record, or a migration whose files have changed, is a SchemaMismatch; the
folders not yet recorded are applied, what they need in nodes of before is filled in (`graph.store.fills`), and they are
recorded.  A graph that was imported from files has noted the migrations as whose work its nodes are written: of these the
statements are applied and nothing is filled but empty lists.  Statements may run again (``IF NOT EXISTS``), so an interrupted
migration is simply repeated.

Afterwards the real indexes of the engine are compared with the declaration (`verify`): ``IF NOT EXISTS`` does not say
whether a name was already taken, and an index may be dropped by hand.

Left to others: running a statement, keeping the record, listing the indexes (the stores).
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, Protocol

from graph.errors import CatalogueError, SchemaMismatch
from graph.schema import NODES, RELATIONSHIPS
from graph.stamps import utc_now
from graph.store.fills import FILLS, fill_import

Engine = Literal["arcadedb", "neo4j"]
Language = Literal["cypher", "sql"]

_FOLDER = re.compile(r"V(?P<number>\d{3})__[a-z0-9-]+")
_FILE = re.compile(r"[a-z0-9-]+(?:\.(?P<engine>neo4j|arcadedb))?\.(?P<language>cypher|sql)")


@dataclass(frozen=True, slots=True)
class Statement:
    file: str
    language: Language
    text: str


@dataclass(frozen=True, slots=True)
class Migration:
    """One folder, as one engine sees it. ``checksum`` covers the names and texts of its statements."""

    number: int
    name: str
    statements: tuple[Statement, ...]
    checksum: str

    def record(self) -> dict[str, str | int]:
        """The row that ``load/record-migration`` stores for it, applied now."""
        return {
            "name": self.name,
            "checksum": self.checksum,
            "applied_at": utc_now(),
            "schema_version": self.number,
        }


@dataclass(frozen=True, slots=True, order=True)
class Index:
    """``kind`` is unique, range or full text; the index is over one property of a label or relationship type."""

    kind: Literal["unique", "range", "full text"]
    owner: str
    property: str


class MigrationTarget(Protocol):
    """The part of a store that a migration needs."""

    def recorded(self) -> Mapping[str, str]:
        """Name -> checksum of what was applied."""
        ...

    def imported(self) -> Mapping[str, str]:
        """Name -> checksum of what an import has noted and nobody has applied: its nodes are as this version writes them."""
        ...

    def apply(self, statement: Statement) -> None: ...

    def run(self, query: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows of a statement of the catalogue, run in a transaction of its own."""
        ...

    def record(self, migration: Migration) -> None: ...


def migrations(engine: Engine, root: Traversable | None = None) -> tuple[Migration, ...]:
    """The migrations shipped for ``engine``, in order. Raises CatalogueError for an invalid folder or file."""
    folder = root if root is not None else files("cypher").joinpath("schema")
    found = [_read(entry, engine) for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith("_")]
    found.sort(key=lambda m: m.number)
    if [m.number for m in found] != list(range(1, len(found) + 1)):
        raise CatalogueError(f"{[m.name for m in found]} are not migrations V001, V002, … without a gap.")
    return tuple(found)


def migrate(target: MigrationTarget, shipped: Sequence[Migration]) -> list[str]:
    """Apply what the store has not recorded and return the names. If it raises SchemaMismatch, nothing was applied."""
    recorded, imported = target.recorded(), target.imported()
    check_record({**imported, **recorded}, shipped)
    applied = []
    for migration in shipped:
        if migration.name not in recorded:
            for statement in migration.statements:
                target.apply(statement)
            if migration.name == max(imported, default=None):
                fill_import(target.run)
            if migration.name in FILLS and migration.name not in imported:
                FILLS[migration.name](target.run)
            target.record(migration)
            applied.append(migration.name)
    return applied


def check_record(recorded: Mapping[str, str], shipped: Sequence[Migration]) -> None:
    """Raise SchemaMismatch unless all recorded migrations are shipped with the same checksums."""
    known = {m.name: m for m in shipped}
    foreign = sorted(set(recorded) - set(known))
    if foreign:
        last = shipped[-1].name if shipped else "none"
        raise SchemaMismatch(
            f"the store has the migration {', '.join(foreign)}, this version knows up to {last}. "
            f"It was written by a newer version: use that, or another --store."
        )
    altered = [name for name, checksum in sorted(recorded.items()) if known[name].checksum != checksum]
    if altered:
        raise SchemaMismatch(
            f"the migration {', '.join(altered)} was applied with statements that differ from this version's. "
            f"Use the version that made the store, or load the plans into another --store."
        )


def declared_indexes() -> frozenset[Index]:
    """The indexes that `graph.schema` declares."""
    owners = [(n.label, n.properties) for n in NODES] + [(r.type, r.properties) for r in RELATIONSHIPS]
    found = set()
    for owner, properties in owners:
        for p in properties:
            if p.unique:
                found.add(Index("unique", owner, p.name))
            if p.range:
                found.add(Index("range", owner, p.name))
            if p.full_text is not None:
                found.add(Index("full text", owner, p.name))
    return frozenset(found)


def verify(there: frozenset[Index]) -> None:
    """Raise SchemaMismatch if a declared index is not ``there``."""
    missing = sorted(declared_indexes() - there)
    if missing:
        listed = ", ".join(f"{i.kind} index on {i.owner}.{i.property}" for i in missing)
        raise SchemaMismatch(
            f"the store lacks the {listed}: it was changed by hand. Load the plans into another --store, "
            f"or create the index again by the file under cypher/schema/."
        )


def _read(folder: Traversable, engine: Engine) -> Migration:
    name = _FOLDER.fullmatch(folder.name)
    if name is None:
        raise CatalogueError(f"cypher/schema/{folder.name} is not named like a migration; expected V001__some-words.")
    statements = []
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        met = _FILE.fullmatch(entry.name)
        if met is None or (met["language"] == "sql") != (met["engine"] == "arcadedb"):
            raise CatalogueError(
                f"cypher/schema/{folder.name}/{entry.name} is not a schema file; "
                f"expected *.cypher, *.neo4j.cypher or *.arcadedb.sql."
            )
        if met["engine"] in (None, engine):
            text = entry.read_text(encoding="utf-8").replace("\r\n", "\n").strip().removesuffix(";")
            statements.append(Statement(entry.name, "sql" if met["language"] == "sql" else "cypher", text))
    digest = hashlib.sha256()
    for statement in statements:
        digest.update(f"{statement.file}\0{statement.text}\0".encode())
    return Migration(int(name["number"]), folder.name, tuple(statements), digest.hexdigest())
