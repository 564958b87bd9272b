"""Records to a Neo4j server by its own import: the graph is the one that loads make, is checked, answers, and can be loaded into."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from neo4j import GraphDatabase
from neo4j_server import LTS, PASSWORD, USER, Server
from typer.testing import CliRunner

from api.cli.main import app
from graph.store.contract import Store
from graph.store.migrations import migrations
from graph.store.neo4j.address import ServerAddress
from graph.store.neo4j.store import BoltStore
from loaders.files.read import read_path
from loaders.plan import parse_plan
from loaders.storing.check import check
from loaders.storing.load import load_plan

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.timeout(600)]
NOW = "2026-01-01T00:00:00+00:00"
PLAN = """{place}人民政府文件
{short}政发〔2017〕{n}号
{place}第{n}号工作方案
一、任务
1.清理文件。根据《湖南省行政程序规定》“逐项”办理,
换行处理。
牵头单位：市司法局、市财政局。
责任单位：市教育局（含"引号"）、各有关部门。
完成时限：2018年{n}月底前。
"""


def run(*arguments: str) -> Any:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("plans")
    shutil.copy("examples/loudi-2017.txt", place)
    for plan in Path("tests/gold/plans").glob("*.txt"):
        shutil.copy(plan, place)
    for n, (name, short) in enumerate((("临江市", "临"), ("娄底市", "娄"), ("娄底市", "娄"), ("长河市", "长")), 1):
        text = PLAN.format(n=n, place=name, short=short)
        (place / f"made-{n}.txt").write_bytes(text.replace("\n", "\r\n").encode("gb18030" if n == 1 else "utf-8"))
    return place


@pytest.fixture(scope="module")
def imported(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose database was imported from two shards; not migrated."""
    work = tmp_path_factory.mktemp("import")
    (work / "records").mkdir()
    for shard in ("1/2", "2/2"):
        assert run("parse", str(folder), "--out", str(work / "records"), "--shard", shard).exit_code == 0
    done = run("export", "neo4j-import", str(work / "files"), str(work / "records"))
    assert done.exit_code == 0, done.output
    server = Server(work / "home", LTS)
    server.admin("database", "import", "full", "neo4j", "@import.args", folder=work / "files")
    server.start()
    yield server
    server.kill()


def address_of(server: Server) -> ServerAddress:
    return ServerAddress(server.uri, USER, PASSWORD, "neo4j")


def dump(address: ServerAddress) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """All nodes and relationships but the state of the store; lists as tuples."""

    def plain(properties: dict[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in properties.items() if k != "loaded_at"}

    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        nodes = driver.execute_query(
            "MATCH (n) WHERE NOT n:Meta AND NOT n:Migration RETURN labels(n)[0] AS l, n.id AS id, properties(n) AS p"
        ).records
        links = driver.execute_query(
            "MATCH (a)-[r]->(b) RETURN type(r) AS t, a.id AS a, b.id AS b, r.id AS id, properties(r) AS p"
        ).records
    assert len(links) > 400
    return (
        {(r["l"], r["id"]): plain(r["p"]) for r in nodes},
        {(r["t"], r["a"], r["b"], r["id"]): plain(r["p"]) for r in links},
    )


def test_an_import_is_the_graph_of_the_loads_and_goes_on_as_one(
    imported: Server, folder: Path, own: Store, blank: ServerAddress
) -> None:
    for plan in sorted(folder.iterdir()):
        load_plan(parse_plan(read_path(plan)), own, now=NOW)
    address = address_of(imported)
    with closing(BoltStore(address, apply=False)) as store:
        assert store.pending()
        assert store.migrate() == [one.name for one in migrations("neo4j")]
        assert store.pending() == []
        assert store.indexes() == own.indexes()
        assert check(store).differences == ()
        for found, expected in zip(dump(address), dump(blank), strict=True):
            assert found.keys() == expected.keys()
            assert {key: (found[key], expected[key]) for key in found if found[key] != expected[key]} == {}
        assert store.status().counts == own.status().counts
        later = folder.parent / "later.txt"
        later.write_text(PLAN.format(n=9, place="娄底市", short="娄"), "utf-8")
        plan = parse_plan(read_path(later))
        reports = [load_plan(plan, one, now=NOW) for one in (store, own)]
        assert reports[0].created == reports[1].created
        assert check(store).differences == ()
        known = parse_plan(read_path(folder / "loudi-2017.txt"))
        assert load_plan(known, store, now=NOW).unchanged
