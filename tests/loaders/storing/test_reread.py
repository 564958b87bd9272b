"""Plans that an earlier version read are read again: nothing else changes, ids that changed lead on, judgements stay."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.cli.backend import Local, Remote
from api.cli.client import Client
from api.settings import Settings
from graph.judgements import Judgement, read_judgements
from graph.model import Plan
from graph.store.contract import Store
from graph.store.embedded.store import EmbeddedStore
from loaders.files.read import read_bytes
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


TOURISM = """青川县人民政府办公室关于印发《青川县{what}方案》的通知
青政办发〔2024〕{number}号
2024年3月6日
青川县{what}方案
1.清理场所。依据《青川县场所条例》。
牵头单位：县文旅局、县执法局
2.登记{what}。
责任单位：县城管局、县公安局
"""
OLD_NAME, NEW_NAME = "青川县:县文化和旅游局", "青川县:县文旅局"
OLD_RULE, NEW_RULE = "青川县:青川县场所管理条例", "青川县场所条例"


def tourism(what: str, number: int, *, then: bool) -> Plan:
    """A plan as it is read now, or as an earlier version did: with other ids for a unit and an instrument."""
    plan = parse_plan(TOURISM.format(what=what, number=number))
    if not then:
        return plan
    text = msgspec.json.encode(plan).decode()
    text = text.replace(f'"id":"{NEW_NAME}","name":"县文旅局"', f'"id":"{OLD_NAME}","name":"县文化和旅游局"')
    text = text.replace("|县文旅局|", "|县文化和旅游局|").replace(f'"id":"{NEW_RULE}"', f'"id":"{OLD_RULE}"')
    old = msgspec.json.decode(text, type=Plan)
    return msgspec.structs.replace(old, document=msgspec.structs.replace(old.document, parser_version="1"))


def test_ids_of_units_and_instruments_that_changed_lead_on(store: Store) -> None:
    for what, number in (("娱乐", 8), ("网吧", 9)):
        load_plan(tourism(what, number, then=True), store, now=THEN)
    assert [one.fault for one in reread(store, now=NOW)] == [None, None]
    assert check(store).differences == ()
    with TestClient(create_app(Settings(), store), "http://127.0.0.1:8000", client=("127.0.0.1", 5000)) as client:
        for kind, old, new, ending in (
            ("units", OLD_NAME, NEW_NAME, ""),
            ("units", OLD_NAME, NEW_NAME, "/duties"),
            ("regulations", OLD_RULE, NEW_RULE, ""),
            ("regulations", OLD_RULE, NEW_RULE, "/citing-items"),
        ):
            answer = client.get(f"/v1/{kind}/{old}{ending}", follow_redirects=False)
            assert (answer.status_code, answer.headers["Cache-Control"]) == (307, "no-store"), old
            assert unquote(answer.headers["Location"]) == f"/v1/{kind}/{new}{ending}"
            assert client.get(answer.headers["Location"]).status_code == 200
            if not ending:
                assert client.get(f"/{kind}/{old}").status_code == 200
        asked = client.get(f"/v1/questions/unit-duties?unit={OLD_NAME}").json()
        assert {row["unit"]["id"] for row in asked["items"]} == {NEW_NAME}
        assert len(asked["items"]) == 2


def test_the_command_line_follows_an_id_that_changed(new_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(EmbeddedStore(new_store)) as store, Client("http://127.0.0.1:8000") as client:
        load_plan(tourism("娱乐", 8, then=True), store, now=THEN)
        list(reread(store, now=NOW))
        with TestClient(create_app(Settings(), store), client.address, client=("127.0.0.1", 5000)) as served:
            served.follow_redirects = client._http.follow_redirects
            monkeypatch.setattr(client, "_http", served)
            for given in (Local(store), Remote(client, client.address)):
                duties = given.question("unit-duties", {"unit": OLD_NAME})
                assert {row["unit"]["id"] for row in duties["items"]} == {NEW_NAME}
                assert given.question("regulation-citing-items", {"regulation": OLD_RULE})["total"]["value"] == 1
                dossier = read_bytes(given.dossier("unit", OLD_NAME, {}, "docx"), name="dossier.docx").text
                assert "清理场所" in dossier


def test_an_old_id_that_several_units_replaced_leads_nowhere(store: Store) -> None:
    """In one plan it is the body of the place, in another one that only that plan knows."""
    for what, number in (("娱乐", 8), ("网吧", 9)):
        load_plan(tourism(what, number, then=True), store, now=THEN)
    list(reread(store, now=NOW))
    apart = tourism("娱乐", 8, then=False)
    text = msgspec.json.encode(apart).decode().replace(f'"id":"{NEW_NAME}"', f'"id":"{apart.document.id}:?县文旅局"')
    load_plan(tourism("娱乐", 8, then=True), store, now=THEN)
    load_plan(msgspec.json.decode(text, type=Plan), store, now=NOW)
    with TestClient(create_app(Settings(), store), "http://127.0.0.1:8000", client=("127.0.0.1", 5000)) as client:
        answer = client.get(f"/v1/units/{OLD_NAME}", follow_redirects=False)
        assert answer.status_code == 404
        assert NEW_NAME in [one["id"] for one in answer.json()["candidates"]]
    load_plan(tourism("娱乐", 8, then=False), store, now=NOW)


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


@pytest.mark.parametrize("stays", [OLD_NAME, "青川县:县执法局"])
def test_a_judgement_on_an_id_that_changed_holds(own_store: Store, stays: str) -> None:
    """Also in a plan that was read again before the other unit of the judgement had its new id."""
    merged = ({OLD_NAME, "青川县:县执法局"} - {stays}).pop()
    first = tourism("网吧", 9, then=True)
    only_merged = first.items[0].duties[0 if merged == OLD_NAME else 1]
    first = msgspec.structs.replace(
        first, items=(msgspec.structs.replace(first.items[0], duties=(only_merged,)), *first.items[1:])
    )
    load_plan(first, own_store, now=THEN)
    load_plan(tourism("娱乐", 8, then=True), own_store, now=THEN)
    store_judgement(own_store, Judgement(merged, stays, "same", "审计员", THEN, "2019年合并"))
    load_plan(first, own_store, now=THEN)
    load_plan(tourism("娱乐", 8, then=True), own_store, now=THEN)
    assert [one.fault for one in reread(own_store, now=NOW) if one.fault] == []
    report = check(own_store)
    assert (report.differences, report.outdated) == ((), ())
    stays_now = {OLD_NAME: NEW_NAME}.get(stays, stays)
    with TestClient(create_app(Settings(), own_store), "http://127.0.0.1:8000", client=("127.0.0.1", 5000)) as client:
        for old in {merged, OLD_NAME, NEW_NAME} - {stays_now}:
            answer = client.get(f"/v1/units/{old}", follow_redirects=False)
            if answer.status_code != 404:  # an id that no unit ever bore is none
                assert unquote(answer.headers["Location"]) == f"/v1/units/{stays_now}", old
        assert client.get(f"/v1/units/{stays_now}/duties").json()["total"]["value"] == 4


def test_what_cannot_be_read_again_is_told(old: Store) -> None:
    remove_document(PLAN, old)
    assert list(reread(old, now=NOW)) == []
