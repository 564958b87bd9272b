"""The Neo4j store where it differs from any other: who is there, whose graph it is, what a server says.

All against a real server of this module's own; `test_store_contract` holds what it does like every store.
"""

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest
from neo4j.exceptions import ClientError, DatabaseError, TransientError
from typer.testing import CliRunner

from api.cli.main import app
from graph.errors import SchemaMismatch, StoreBusy, StoreError, StoreUnavailable
from graph.store.migrations import declared_indexes, migrations
from graph.store.neo4j.server_errors import server_errors, translated
from graph.store.neo4j.store import BoltStore
from graph.store.opening import open_store

pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]

UNIT = "试验市:甲"
SHIPPED = [migration.name for migration in migrations("neo4j")]
PENDING = "".join(f"待执行 {name}\n" for name in SHIPPED)


def merge(writing, name="甲"):
    writing.rows("load/merge-node/unit", {"rows": [{"id": UNIT, "properties": {"name": name}}]})


def name(store):
    rows = store.read(lambda reading: reading.rows("load/stored-node/unit", {"ids": [UNIT]}))
    return rows[0]["properties"]["name"] if rows else None


# who is there


def test_a_wrong_password_says_which_variables_to_set(blank):
    with pytest.raises(StoreUnavailable) as met:
        BoltStore(replace(blank, password="wrong"))
    assert f"{blank.uri} refused the user 'neo4j': the password does not fit" in str(met.value)
    assert "Set NEO4J_USERNAME and NEO4J_PASSWORD" in str(met.value)
    assert "wrong'" not in str(met.value)


def test_no_password_at_all_is_told_apart(blank):
    with pytest.raises(StoreUnavailable, match="no password was given"):
        BoltStore(replace(blank, password=None))


def test_an_address_where_nobody_listens_is_told_at_once(blank):
    began = time.monotonic()
    with pytest.raises(StoreUnavailable, match=r"no Neo4j answers at bolt://127\.0\.0\.1:9 .*Start the server"):
        BoltStore(replace(blank, uri="bolt://127.0.0.1:9"))
    assert time.monotonic() - began < 10  # the driver would try again for half a minute


def test_an_address_that_is_no_neo4j_is_refused(own_server, blank):
    with pytest.raises(StoreError) as met:
        BoltStore(replace(blank, uri=f"bolt://127.0.0.1:{own_server.http}"))
    assert f"127.0.0.1:{own_server.http}" in str(met.value)


def test_an_unknown_database_is_named(blank):
    with pytest.raises(StoreUnavailable, match=r"has no database 'plans'; set NEO4J_DATABASE"):
        BoltStore(replace(blank, database="plans"))


def test_the_routing_scheme_works_on_a_single_server(blank, monkeypatch):
    monkeypatch.setenv("NEO4J_URI", blank.uri.replace("bolt", "neo4j"))
    monkeypatch.setenv("NEO4J_PASSWORD", blank.password)
    store = open_store("neo4j")
    store.write(merge)
    assert (name(store), store.url) == ("甲", blank.uri.replace("bolt", "neo4j") + "/neo4j")
    store.close()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"NEO4J_PASSWORD": "wrong"}, "the password does not fit"),
        ({"NEO4J_URI": "neo4j://127.0.0.1:9"}, "no Neo4j answers at neo4j://127.0.0.1:9"),
        ({"NEO4J_DATABASE": "plans"}, "has no database 'plans'"),
    ],
)
def test_the_command_line_ends_with_one_sentence(blank, change, message):
    environment = os.environ | {"NEO4J_URI": blank.uri, "NEO4J_PASSWORD": blank.password} | change
    environment |= {"PYTHONPATH": os.pathsep.join(sys.path)}
    code = "import sys; from api.cli.main import main; sys.argv = ['zeren', 'status', '--store', 'neo4j']; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("zeren: ")
    assert message in done.stderr


def test_the_command_line_names_pending_migrations_and_applies_them(blank, monkeypatch):
    monkeypatch.setenv("NEO4J_PASSWORD", blank.password)
    for arguments, expected in (
        (["migrate", "--check"], (1, PENDING)),
        (["migrate"], (0, PENDING.replace("待", "已"))),
        (["migrate", "--check"], (0, "结构已是最新\n")),
    ):
        done = CliRunner().invoke(app, [*arguments, "--store", blank.uri])
        assert (done.exit_code, done.stdout) == expected, done.stderr


# whose graph it is


def test_a_graph_of_others_is_left_alone(blank, ask):
    ask(blank, "CREATE (:Person {name: 'Li'})")
    with pytest.raises(SchemaMismatch, match=r"holds 1 nodes and no record of Zeren's.*another NEO4J_DATABASE"):
        BoltStore(blank)
    assert ask(blank, "MATCH (n) RETURN n.name AS name") == [{"name": "Li"}]
    assert ask(blank, "SHOW CONSTRAINTS YIELD name") == []


def test_a_graph_of_a_newer_version_is_refused(own, blank, ask):
    ask(blank, "CREATE (:Migration {name: 'V009__later', checksum: '00'})")
    with pytest.raises(SchemaMismatch, match=rf"V009__later, this version knows up to {SHIPPED[-1]}.*newer version"):
        BoltStore(blank)


def test_a_graph_made_by_other_statements_is_refused(own, blank, ask):
    ask(blank, "MATCH (m:Migration) SET m.checksum = '00'")
    with pytest.raises(SchemaMismatch, match=r"V001__plans.* was applied with statements that differ"):
        BoltStore(blank)


def test_an_index_that_is_gone_is_named(own, blank, ask):
    ask(blank, "DROP INDEX unit_name")
    with pytest.raises(SchemaMismatch, match=r"lacks the range index on Unit\.name"):
        BoltStore(blank)
    with pytest.raises(SchemaMismatch, match=r"lacks the range index on Unit\.name"):
        own.pending()


@pytest.mark.parametrize(
    ("taken", "lacks"),
    [
        ("CREATE CONSTRAINT unit_id FOR (n:Person) REQUIRE n.id IS UNIQUE", "unique index on Unit.id"),
        (
            "CREATE FULLTEXT INDEX unit_search FOR (n:Unit) ON EACH [n.search_terms]",
            "full text index on Unit.search_terms",
        ),
    ],
)
def test_a_name_taken_by_something_else_is_noticed(blank, taken, lacks, ask):
    ask(blank, taken)
    with pytest.raises(SchemaMismatch, match=lacks.replace(".", r"\.")):
        BoltStore(blank)


def test_an_index_of_others_in_the_way_is_named(blank, ask):
    ask(blank, "CREATE INDEX by_hand FOR (n:Unit) ON (n.id)")
    with pytest.raises(SchemaMismatch, match=r"lacks the unique index on Unit\.id"):
        BoltStore(blank)


def test_pending_migrations_are_told_and_nothing_changed(blank, ask):
    store = BoltStore(blank, apply=False)
    assert store.pending() == SHIPPED
    with pytest.raises(SchemaMismatch, match="holds no graph of Zeren's yet; run: zeren migrate"):
        name(store)
    with pytest.raises(SchemaMismatch, match="run: zeren migrate"):
        store.write(merge)
    assert ask(blank, "SHOW CONSTRAINTS YIELD name") == []
    assert store.migrate() == SHIPPED
    assert (store.pending(), store.migrate()) == ([], [])
    assert store.indexes() == declared_indexes()
    store.close()


def test_many_may_migrate_at_once(blank, ask):
    stores, failures = [], []

    def work():
        try:
            stores.append(BoltStore(blank))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert ask(blank, "MATCH (n) RETURN labels(n)[0] AS label, count(n) AS n ORDER BY label") == [
        {"label": "Meta", "n": 2},
        {"label": "Migration", "n": len(SHIPPED)},
    ]
    for store in stores:
        store.close()


def test_where_one_may_only_read_the_answer_is_given_and_a_load_refused(own, own_server, blank):
    own.write(merge)
    own_server.stop()
    own_server.configure("server.databases.read_only=neo4j")
    try:
        own_server.start()
        store = BoltStore(blank)
        assert name(store) == "甲"
        with pytest.raises(StoreError, match=r"refused a write to the user 'neo4j', who may only read"):
            store.write(lambda writing: merge(writing, "乙"))
        assert name(store) == "甲"
        store.close()
    finally:
        own_server.stop()
        own_server.configure()
        own_server.start()


# what a server says


def test_a_statement_that_takes_too_long_is_ended_and_told(own, blank):
    slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(*) AS n"
    told = pytest.raises(StoreBusy, match="ended a long question, which took too long; nothing was written")
    with told, server_errors(blank, "a long question"):
        own._connection.read(lambda tx: tx.run(slow).consume(), timeout=0.5)
    assert name(own) is None


def test_a_read_is_refused_writes_by_the_server(own):
    with pytest.raises(ClientError, match="AccessMode"):
        own._connection.read(lambda tx: tx.run("CREATE (n:Unit {id: 'x'})").consume())


def test_a_note_of_the_server_on_a_query_is_a_warning(own):
    with pytest.warns(Warning, match="artesian"):
        own._connection.read(lambda tx: tx.run("MATCH (a:Unit), (b:Item) RETURN a.id, b.id").consume())


def test_what_was_written_is_known_to_the_next_transaction(own):
    before = set(own._connection.bookmarks.get_bookmarks())
    own.write(merge)
    after = set(own._connection.bookmarks.get_bookmarks())
    assert after
    assert not after & before


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (("Neo.DatabaseError.General.UnknownError", "No space left on device"), StoreUnavailable, "disk is full"),
        # what 5.26.30 said on a disk of 1.5 GB that was full: at the first write, and to whoever came after it
        (("Neo.DatabaseError.Transaction.TransactionLogError", "Could not append"), StoreUnavailable, "disk is full"),
        (("Neo.DatabaseError.Transaction.TransactionStartFailed", "critical"), StoreUnavailable, "restart it"),
        (("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "pool"), StoreBusy, "Try again later"),
        (("Neo.ClientError.Security.Forbidden", "x"), StoreError, "who may only read"),
        (("Neo.ClientError.Schema.ConstraintValidationFailed", "x"), SchemaMismatch, "only Zeren changes"),
        (("Neo.TransientError.General.DatabaseUnavailable", "x"), StoreUnavailable, "see its log"),
        (("Neo.ClientError.Statement.SyntaxError", "odd"), StoreError, "SyntaxError: odd"),
    ],
)
def test_errors_that_are_hard_to_cause_are_translated(blank, error, kind, words):
    code, message = error
    made = {"DatabaseError": DatabaseError, "TransientError": TransientError}.get(code.split(".")[1], ClientError)
    raised = made._hydrate_neo4j(code=code, message=message)
    found = translated(raised, blank, "a write")
    assert type(found) is kind
    assert words in str(found)
    assert blank.uri in str(found)


def test_a_closed_store_says_so(own):
    own.close()
    own.close()
    with pytest.raises(StoreUnavailable, match="is closed"):
        name(own)
