"""Migrations: which files an engine gets, what is recorded, what is refused."""

from pathlib import Path

import pytest

from graph.errors import CatalogueError, SchemaMismatch
from graph.store.embedded.store import EmbeddedStore
from graph.store.migrations import Index, check_record, declared_indexes, migrate, migrations, verify

FILES = {
    "001-unit-id.cypher": "// one\nCREATE CONSTRAINT unit_id IF NOT EXISTS FOR (n:Unit) REQUIRE n.id IS UNIQUE;\n",
    "002-leads.arcadedb.sql": "CREATE EDGE TYPE LEADS IF NOT EXISTS;\n",
    "003-text.neo4j.cypher": "CREATE FULLTEXT INDEX t IF NOT EXISTS FOR (n:Unit) ON EACH [n.search_text];\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "V001__plans").mkdir()
    for name, text in FILES.items():
        (tmp_path / "V001__plans" / name).write_text(text, encoding="utf-8")
    return tmp_path


class Record:
    """A store as a migration sees it, kept in memory."""

    def __init__(self, recorded: dict[str, str] | None = None) -> None:
        self.names = dict(recorded or {})
        self.applied: list[str] = []

    def recorded(self):
        return self.names

    def imported(self):
        return {}

    def apply(self, statement):
        self.applied.append(statement.file)

    def record(self, migration):
        self.names[migration.name] = migration.checksum


def test_each_engine_gets_the_shared_files_and_its_own(folder):
    (embedded,) = migrations("arcadedb", folder)
    assert [(s.file, s.language) for s in embedded.statements] == [
        ("001-unit-id.cypher", "cypher"),
        ("002-leads.arcadedb.sql", "sql"),
    ]
    (server,) = migrations("neo4j", folder)
    assert [s.file for s in server.statements] == ["001-unit-id.cypher", "003-text.neo4j.cypher"]
    assert not any(s.text.endswith(";") for s in (*embedded.statements, *server.statements))


def test_a_migration_is_applied_once_and_recorded(folder):
    store = Record()
    shipped = migrations("arcadedb", folder)
    assert migrate(store, shipped) == ["V001__plans"]
    assert store.applied == ["001-unit-id.cypher", "002-leads.arcadedb.sql"]
    assert migrate(store, shipped) == []
    assert len(store.applied) == 2


def test_an_altered_migration_is_refused_and_nothing_applied(folder):
    store = Record()
    migrate(store, migrations("arcadedb", folder))
    (folder / "V001__plans" / "002-leads.arcadedb.sql").write_text("CREATE EDGE TYPE LEADERS IF NOT EXISTS")
    (folder / "V002__more").mkdir()
    (folder / "V002__more" / "001-more.cypher").write_text("CREATE INDEX more IF NOT EXISTS FOR (n:Unit) ON (n.kind)")
    with pytest.raises(SchemaMismatch, match="V001__plans was applied with statements that differ"):
        migrate(store, migrations("arcadedb", folder))
    assert len(store.applied) == 2


def test_line_ends_do_not_change_a_checksum(folder):
    (before,) = migrations("neo4j", folder)
    for path in (folder / "V001__plans").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert migrations("neo4j", folder) == (before,)


def test_a_newer_store_is_refused(folder):
    with pytest.raises(SchemaMismatch, match=r"V009__later, this version knows up to V001__plans.*newer version"):
        check_record({"V009__later": "00"}, migrations("arcadedb", folder))


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("V001__plans/004-more.sql", "not a schema file"),
        ("V001__plans/004-more.neo4j.sql", "not a schema file"),
        ("V001__plans/README.md", "not a schema file"),
        ("V1__more/001.cypher", "not named like a migration"),
        ("V003__more/001.cypher", "without a gap"),
    ],
)
def test_a_file_out_of_place_is_refused(folder, path, message):
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_text("RETURN 1")
    with pytest.raises(CatalogueError, match=message):
        migrations("arcadedb", folder)


def test_a_missing_index_is_named():
    gone = Index("unique", "Unit", "id")
    with pytest.raises(SchemaMismatch, match=r"lacks the unique index on Unit\.id"):
        verify(declared_indexes() - {gone})


def test_the_shipped_migrations_are_recorded_in_the_store(store):
    rows = store.read(lambda reading: reading.rows("read/migrations"))
    shipped = [migration.name for migration in migrations("arcadedb")]
    assert [row["name"] for row in rows] == shipped
    assert store.migrate() == []
    assert store.status().schema_version == len(shipped)


@pytest.fixture
def altered(new_store: Path):
    """Makes a store whose record of migrations was changed, closed again."""

    def make(name: str, checksum: str) -> Path:
        store = EmbeddedStore(new_store)
        row = {"name": name, "checksum": checksum, "applied_at": "2030-01-01T00:00:00+00:00", "schema_version": 9}
        store.write(lambda writing: writing.rows("load/record-migration", row))
        store.close()
        return new_store

    return make


def test_a_store_of_a_newer_version_does_not_open(altered):
    path = altered("V009__later", "00")
    with pytest.raises(SchemaMismatch, match="newer version"):
        EmbeddedStore(path)
    # refused, not locked: the lock was given back
    with pytest.raises(SchemaMismatch, match="newer version"):
        EmbeddedStore(path)


def test_a_store_made_by_other_statements_does_not_open(altered):
    path = altered("V001__plans", "00")
    with pytest.raises(SchemaMismatch, match="V001__plans was applied with statements that differ"):
        EmbeddedStore(path)
