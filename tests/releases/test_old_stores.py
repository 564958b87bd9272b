"""A store of an earlier release opens, holds what its texts state, and answers as that release answered.

``tests/releases/VERSION`` was written by ``record.py`` with the release's own code. An answer may have more keys now; a
key that is gone, a value that changed or a row more or less fails.
"""

import gzip
import json
import tarfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from neo4j import GraphDatabase
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from bench.same_answers import without_passing
from graph.judgements import read_judgements
from graph.store.contract import Store
from graph.store.embedded.store import EmbeddedStore
from graph.store.neo4j.address import ServerAddress
from graph.store.neo4j.store import BoltStore
from loaders.storing.check import check
from loaders.storing.reread import reread

# several hundred questions to a cold server
pytestmark = pytest.mark.timeout(400)

FOLDER = Path(__file__).parent
VERSIONS = sorted(path.parent.name for path in FOLDER.glob("*/answers.json.gz"))
# of the software that answers and of the place it keeps the graph in, not of the graph
# (a server has a second Meta node, its gate)
SOFTWARE = {
    *(
        "parser_version",
        "vocabulary_version",
        "engine",
        "engine_version",
        "schema_version",
        "data_version",
        "Meta",
        "Migration",
    ),
    "purpose",  # says in English what a statement is for
    *("meaning", "note", "pitfalls", "variants"),  # say in Chinese what a question is for
}
GROWING = {"columns", "rules"}  # a later version may have more of them, with what was there in its order


def kept(version: str, name: str) -> Any:
    return json.loads(gzip.decompress((FOLDER / version / name).read_bytes()))


def restore(address: ServerAddress, exported: dict[str, Any]) -> None:
    """Write an exported database into an empty one, by hand as any tool would."""
    with (
        GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver,
        driver.session(database=address.database) as session,
    ):
        for statement in exported["statements"]:
            session.run(statement).consume()
        session.run(
            "UNWIND range(0, size($nodes) - 1) AS i "
            "CREATE (n:$($nodes[i].labels)) SET n = $nodes[i].properties, n.__place = i",
            nodes=exported["nodes"],
        ).consume()
        session.run(
            "MATCH (n) WITH collect(n) AS found UNWIND found AS n WITH n.__place AS place, n ORDER BY place "
            "WITH collect(n) AS nodes UNWIND $links AS link "
            "WITH nodes[link.from] AS a, nodes[link.to] AS b, link "
            "CREATE (a)-[r:$(link.type)]->(b) SET r = link.properties",
            links=exported["relationships"],
        ).consume()
        session.run("MATCH (n) REMOVE n.__place").consume()


@pytest.fixture(scope="module", params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.server)])
def old_store(
    request: pytest.FixtureRequest, version: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """The release's store, opened by today's code."""
    if request.param == "embedded":
        folder = tmp_path_factory.mktemp(f"store-{version}")
        with tarfile.open(FOLDER / version / "embedded.tar.xz") as archive:
            archive.extractall(folder, filter="data")
        store: Store = EmbeddedStore(folder / "store")
    else:
        address = request.getfixturevalue("blank_of_module")
        restore(address, kept(version, "neo4j.json.gz"))
        store = BoltStore(address)
    yield store
    store.close()


def test_it_holds_what_its_texts_state(old_store: Store) -> None:
    """What the check names is only what a later version reads more; nothing that the release stored is lost or another."""
    report = check(old_store)
    assert len(report.documents) == 3
    assert {d.document for d in report.differences} <= set(report.outdated)
    assert [d for d in report.differences if d.change == "added"] == []
    other = [d for d in report.differences if d.change == "changed" and d.kind != "SourceText"]  # its coverage
    assert [d for d in other if not all(is_more(d.kind, what) for what in d.what.split("; "))] == []


def is_more(kind: str, what: str) -> bool:
    """Whether a change only adds: what was absent, or further names of a unit."""
    return " is absent, the text says " in what or (
        kind == "Unit" and what.startswith(("aliases is []", "search_text is "))
    )


def test_its_judgements_hold(old_store: Store) -> None:
    made = old_store.read(read_judgements)
    assert [(j.unit, j.judgement, j.other) for j in made] == [
        ("青川县:县城管局", "same", "青川县:县执法局"),
        ("临江市:市编办", "different", "临江市:市政府办"),
    ]


def test_read_again_it_is_what_a_fresh_load_makes(version: str, tmp_path: Path) -> None:
    with tarfile.open(FOLDER / version / "embedded.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    with closing(EmbeddedStore(tmp_path / "store")) as store:
        judged = store.read(read_judgements)
        done = list(reread(store, now="2026-11-30T00:00:00+00:00"))
        assert len(done) == 3
        assert [one.fault for one in done if one.fault] == []
        report = check(store)
        assert (report.differences, report.outdated) == ((), ())
        assert store.read(read_judgements) == judged


@pytest.fixture
def that_day(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the day on which the release answered: an answer about today names it."""
    day = date.fromisoformat((FOLDER / version / "day.txt").read_text().strip())

    class ThatDay(date):
        @classmethod
        def today(cls) -> date:
            return day

    monkeypatch.setattr("api.http.dependencies.date", ThatDay)


@pytest.mark.slow
@pytest.mark.usefixtures("that_day")
def test_it_answers_as_the_release_did(old_store: Store, version: str) -> None:
    recorded = kept(version, "answers.json.gz")
    app = create_app(Settings(), old_store)
    lost: list[str] = []
    with TestClient(app, "http://127.0.0.1:8000", client=("127.0.0.1", 5000)) as client:
        for ask, before in recorded.items():
            answer = client.get(ask)
            assert answer.status_code == 200, (ask, answer.text[:300])
            lost += [f"{ask}: {what}" for what in gone(before, json.loads(without_passing(answer.content)))]
    assert lost[:20] == [], "\n".join(lost[:20])
    assert len(recorded) > 150


def gone(before: Any, now: Any, at: str = "") -> Iterator[str]:
    """What ``before`` says and ``now`` does not, each with its place in the body."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key, value in before.items():
            if key in SOFTWARE:
                continue
            if key not in now:
                yield f"{at}.{key} is gone"
            elif key in GROWING:
                yield from gone(value, [each for each in now[key] if name(each) in map(name, value)], f"{at}.{key}")
            else:
                yield from gone(value, now[key], f"{at}.{key}")
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for place, (old, new) in enumerate(zip(before, now, strict=True)):
            yield from gone(old, new, f"{at}[{place}]")
    elif before != now:
        yield f"{at} was {before!r:.80}, is {now!r:.80}"


def name(one: Any) -> Any:
    return one["id"] if isinstance(one, dict) else one


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ({"columns": ["id", "due"]}, {"columns": ["id", "timing", "due"]}, []),
        ({"columns": ["id", "due"]}, {"columns": ["due"]}, [".columns was ['id', 'due'], is ['due']"]),
        (
            {"rules": [{"id": "a", "count": 1}]},
            {"rules": [{"id": "b"}, {"id": "a", "count": 2}]},
            [".rules[0].count was 1, is 2"],
        ),
        ({"a": 1}, {"a": 1, "b": 2}, []),
        ({"a": 1, "b": 2}, {"a": 1}, [".b is gone"]),
        ({"a": [{"b": 1}]}, {"a": [{"b": 2}]}, [".a[0].b was 1, is 2"]),
        ([1], [1, 2], [" was [1], is [1, 2]"]),
        ({"data_version": 2}, {"data_version": 4}, []),
    ],
)
def test_what_counts_as_gone(before: Any, now: Any, said: list[str]) -> None:
    assert list(gone(before, now)) == said
