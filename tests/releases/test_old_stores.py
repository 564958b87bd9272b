"""A store of an earlier release opens, holds what its texts state, and answers as that release answered.

``tests/releases/VERSION`` was written by ``record.py`` with the release's own code. An answer may have more keys now; a
key that is gone, a value that changed or a row more or less fails.
"""

import gzip
import json
import re
import tarfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from neo4j import GraphDatabase
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli.main import app
from api.settings import Settings
from bench.same_answers import without_passing
from graph.judgements import read_judgements
from graph.store.contract import Store
from graph.store.embedded.store import EmbeddedStore
from graph.store.neo4j.address import ServerAddress
from graph.store.neo4j.store import BoltStore
from graph.store.opening import open_store
from loaders.plan import read_plan
from loaders.storing.check import check
from loaders.storing.differences import read_stored
from loaders.storing.judgements import store_judgement
from loaders.storing.load import load_plan
from loaders.storing.stored_source import stored_source, stored_texts

# several hundred questions to a cold server
pytestmark = pytest.mark.timeout(400)

FOLDER = Path(__file__).parent
LATER = "2026-11-30T00:00:00+00:00"
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
# a later version may have more of them, with what was there in its order
GROWING = {"columns", "rules", "questions", "parameters", "left_out"}
# sentences that a later version corrected: an item that goes on was said to have no clause that gives a date, beside one; a question
# was named by its id; and there was a second word for an item
MENDED = {
    "没有任何条款给出日期。": "属于常态化工作，没有截止日期。",
    "没有日期的事项不在内；正文中写明日期的任务也不在内，见 tasks-due。两者的数目都写在“未列入”里。": "没有日期的事项不在内；正文中写明日期的任务也不在内，见“某日之前必须完成的具体任务有哪些”。两者的数目都写在“未列入”里。",
    "同级的其他部分都有任务事项，这一部分一项也没有。总体要求、保障措施一类本来不列事项的部分不报。": "同级的其他部分都有事项，这一部分一项也没有。总体要求、保障措施一类本来不列事项的部分不报。",
}
# who issued an instrument, which was said in English
REWORDED = {
    "娄底市人民代表大会常务委员会; approved by 湖南省人民代表大会常务委员会": "娄底市人民代表大会常务委员会（湖南省人民代表大会常务委员会批准）"
}


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
    reworded = {f'issuer is "{old}", the text says "{new}"' for old, new in REWORDED.items()}
    other = [d for d in other if d.what not in reworded]
    assert [d for d in other if not all(is_more(d.kind, what) for what in d.what.split("; "))] == []


def is_more(kind: str, what: str) -> bool:
    """Whether a change only adds: what was absent, further names of a unit, or a higher count of what a plan has."""
    counted = re.fullmatch(r"count_\w+ is (\d+), the text says (\d+)", what)
    if counted is not None:
        return int(counted[2]) > int(counted[1])
    return " is absent, the text says " in what or (
        kind == "Unit" and what.startswith(("aliases is []", "search_text is ", "search_terms is "))
    )


def test_its_judgements_hold(old_store: Store) -> None:
    made = old_store.read(read_judgements)
    assert [(j.unit, j.judgement, j.other) for j in made] == [
        ("青川县:县城管局", "same", "青川县:县执法局"),
        ("临江市:市编办", "different", "临江市:市政府办"),
    ]


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.server)])
def old_url(request: pytest.FixtureRequest, version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the release's store, which is the test's own."""
    if request.param == "embedded":
        with tarfile.open(FOLDER / version / "embedded.tar.xz") as archive:
            archive.extractall(tmp_path / version, filter="data")
        return f"embedded:{tmp_path / version / 'store'}"
    address = request.getfixturevalue("blank")
    restore(address, kept(version, "neo4j.json.gz"))
    for name, value in (("USERNAME", address.user), ("PASSWORD", address.password), ("DATABASE", address.database)):
        monkeypatch.setenv(f"NEO4J_{name}", value)
    return str(address.uri)


def test_migrated_it_is_what_a_fresh_load_makes(old_url: str, new_store: Path) -> None:
    with closing(open_store(old_url)) as store:
        judged = store.read(read_judgements)
        before = [row["id"] for row in store.read(lambda reading: reading.rows("load/document-ids"))]
    done = CliRunner().invoke(app, ["migrate", "--store", old_url])
    assert done.exit_code == 0, done.output
    assert done.output.count("已重读 ") == 3
    with closing(open_store(old_url)) as store, closing(EmbeddedStore(new_store)) as fresh:
        report = check(store)
        assert (len(report.documents), report.differences, report.outdated) == (3, (), ())
        assert store.read(read_judgements) == judged
        assert sorted(before) == sorted(load_again(store, fresh))
        for document in before:
            assert facts(store, document) == facts(fresh, document), document
    again = CliRunner().invoke(app, ["migrate", "--store", old_url])
    assert (again.exit_code, again.output.count("已重读 ")) == (0, 0), again.output


def load_again(store: Store, fresh: Store) -> list[str]:
    """Load the texts of ``store`` into an empty store, judge there as people judged, and load again, which applies it."""
    plans = []
    for row in store.read(lambda reading: reading.rows("load/document-ids")):
        properties, (text,) = store.read(partial(stored_texts, document=row["id"]))
        plans.append(read_plan(*stored_source(properties, text)))
    for judging in (False, True):
        for judgement in store.read(read_judgements) if judging else ():
            store_judgement(fresh, judgement)
        for plan in plans:
            load_plan(plan, fresh, now=LATER)
    return [plan.document.id for plan in plans]


def facts(store: Store, document: str) -> tuple[Any, Any]:
    """Every node of a plan with its properties, and every relationship with its ends; without the time of loading."""
    rows = store.read(lambda reading: read_stored(reading, document))
    nodes = {
        (label, key): {name: value for name, value in properties.items() if name != "loaded_at"}
        for label, of_label in rows.nodes.items()
        for key, properties in of_label.items()
    }
    return nodes, {key: (link.ends, link.properties) for key, link in rows.relationships.items()}


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
    service = create_app(Settings(), old_store)
    lost: list[str] = []
    with TestClient(service, "http://127.0.0.1:8000", client=("127.0.0.1", 5000)) as client:
        for ask, before in recorded.items():
            answer = client.get(ask)
            assert answer.status_code == 200, (ask, answer.text[:300])
            now = json.loads(without_passing(answer.content))
            if ask == "/v1/questions":  # a later version may have more of them
                known = {one["id"] for one in before["items"]}
                now |= {"items": [one for one in now["items"] if one["id"] in known], "total": before["total"]}
            lost += [f"{ask}: {what}" for what in gone(before, now)]
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
            elif key in GROWING and isinstance(value, list):
                yield from gone(value, [each for each in now[key] if name(each) in map(name, value)], f"{at}.{key}")
            else:
                yield from gone(value, now[key], f"{at}.{key}")
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for place, (old, new) in enumerate(zip(before, now, strict=True)):
            yield from gone(old, new, f"{at}[{place}]")
    elif before != now and not _says_more(before, now):
        yield f"{at} was {before!r:.80}, is {now!r:.80}"


def _says_more(before: Any, now: Any) -> bool:
    """Whether a sentence goes on where it ended, or was corrected."""
    if isinstance(before, str) and REWORDED.get(before) == now:
        return True
    if not (isinstance(before, str) and isinstance(now, str) and before.endswith("。")):
        return False
    return now.startswith(f"{before[:-1]}；") or MENDED.get(before) == now


def name(one: Any) -> Any:
    return one.get("id", one.get("name")) if isinstance(one, dict) else one


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
        ({"a": "没有日期。"}, {"a": "没有日期；正文中有。"}, []),
        ({"a": "没有日期。"}, {"a": "没有日期吗。"}, [".a was '没有日期。', is '没有日期吗。'"]),
    ],
)
def test_what_counts_as_gone(before: Any, now: Any, said: list[str]) -> None:
    assert list(gone(before, now)) == said
