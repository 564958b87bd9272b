"""Plans that an earlier version read are read again: nothing else changes, ids that changed lead on, judgements stay."""

from collections.abc import Iterator
from contextlib import closing

import msgspec
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.judgements import Judgement, read_judgements
from graph.model import Plan
from graph.store.contract import Store
from graph.store.embedded.store import EmbeddedStore
from loaders.plan import parse_plan
from loaders.storing.check import check
from loaders.storing.judgements import store_judgement
from loaders.storing.load import load_plan, remove_document
from loaders.storing.reread import outdated, reread

TEXT = """青川县人民政府办公室关于印发《青川县河道整改方案》的通知
青政办发〔2024〕7号
各乡镇人民政府：
2024年3月6日
青川县河道整改方案
一、反馈问题
1.河道监管缺位。
牵头单位：县水利局
整改时限：2024年12月底前
（1）清淤疏浚。（责任单位：县住建局；完成时限：2024年6月底）
（2）加强巡查。（责任单位：县公安局）
"""
PLAN = "青川县-青政办发2024-7"
THEN, NOW = "2024-03-06T00:00:00+00:00", "2026-11-30T00:00:00+00:00"


def as_then(plan: Plan) -> Plan:
    """The plan as 0.1.0 read it: the measures stood in a section, and the problem lost its lead and its date."""
    problem, *measures = plan.items
    section = plan.sections[-1]
    below = msgspec.structs.replace(
        section,
        id=f"{section.id}.1",
        label="1.",
        title="河道监管缺位",
        level=2,
        position=1,
        parent=section.id,
        span=problem.span,
    )
    text = msgspec.json.encode(measures).decode().replace(f"{problem.id}.", f"{below.id}-")
    old = msgspec.json.decode(text, type=tuple[type(problem), ...])
    items = tuple(
        msgspec.structs.replace(
            item,
            section=below.id,
            parent=None,
            position=n,
            level=1,
            deadlines=tuple(d for d in item.deadlines if d.kind != "parent"),
        )
        for n, item in enumerate(old, 1)
    )
    document = msgspec.structs.replace(plan.document, parser_version="1")
    return msgspec.structs.replace(plan, document=document, items=items, sections=(*plan.sections, below))


@pytest.fixture
def old(store: Store) -> Iterator[Store]:
    load_plan(as_then(parse_plan(TEXT)), store, now=THEN)
    yield store
    assert check(store).differences == ()


def test_a_plan_read_again_equals_a_fresh_load(old: Store) -> None:
    assert outdated(old) == [PLAN]
    (done,) = reread(old, now=NOW)
    # the lead of the problem and two times; the measures with their duties and a time stand below it now
    assert (done.document, done.gained, done.lost, done.moved, done.fault) == (PLAN, 3, 0, 3, None)
    assert check(old).differences == check(old).outdated == ()
    assert load_plan(parse_plan(TEXT), old, now=NOW).unchanged
    assert outdated(old) == []
    assert list(reread(old, now=NOW)) == []


def test_an_id_that_changed_leads_to_the_item(old: Store) -> None:
    list(reread(old, now=NOW))
    with TestClient(create_app(Settings(), old), "http://127.0.0.1:8000", client=("127.0.0.1", 5000)) as client:
        answer = client.get(f"/v1/items/{PLAN}:s1.1-2", follow_redirects=False)
        assert answer.status_code == 307
        assert client.get(answer.headers["location"]).json()["id"] == f"{PLAN}:s1-1.2"
        assert client.get(f"/items/{PLAN}:s1.1-1").status_code == 200
        assert client.get(f"/v1/items/{PLAN}:s1.1-3").status_code == 404


def test_another_text_leaves_no_old_ids(old: Store) -> None:
    load_plan(parse_plan(TEXT.replace("加强巡查", "加强夜间巡查")), old, now=NOW)
    with TestClient(create_app(Settings(), old), "http://127.0.0.1:8000", client=("127.0.0.1", 5000)) as client:
        assert client.get(f"/v1/items/{PLAN}:s1.1-2", follow_redirects=False).status_code == 404


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.server)])
def own_store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store of the test's own: a judged unit stays in it for good."""
    if request.param == "neo4j":
        yield request.getfixturevalue("own")
        return
    with closing(EmbeddedStore(request.getfixturevalue("new_store"))) as store:
        yield store


def test_judgements_stay(own_store: Store) -> None:
    load_plan(as_then(parse_plan(TEXT)), own_store, now=THEN)
    units = ("青川县:县住建局", "青川县:县公安局")
    store_judgement(own_store, Judgement(*units, "different", "审计员", THEN, "两个单位"))
    list(reread(own_store, now=NOW))
    assert [(one.unit, one.other) for one in own_store.read(read_judgements)] == [units]


def test_what_cannot_be_read_again_is_told(old: Store) -> None:
    remove_document(PLAN, old)
    assert list(reread(old, now=NOW)) == []
