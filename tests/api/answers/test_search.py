"""Full text on both stores: what is found, what stands first, where the words are marked."""

from collections.abc import Callable
from typing import Any, get_args

import pytest

from api.answers.chinese.labels import HIT_WORDS
from api.answers.paging import PageRequest
from api.answers.references import Narrow, NoSuchName
from api.answers.searching.match_names import match_names
from api.answers.searching.search import KINDS, NAMED, search
from api.cli.main import HitKindName
from api.schemas.search import HitKind, NamedKind
from graph.errors import ParameterError
from graph.model import Plan
from graph.store.contract import Store
from loaders.files.read import read_bytes
from loaders.plan import parse_plan
from loaders.storing.load import remove_document

NOW = "2026-11-23T08:00:00+00:00"
PLAN = """青川市人民政府办公室关于印发《青川市营商环境提升方案》的通知
青政办发〔2023〕15号
现将《青川市营商环境提升方案》印发给你们，请遵照执行。市营转办负责统筹Wi-Fi覆盖。
青川市人民政府办公室
2023年5月9日
青川市营商环境提升方案
一、主要任务
1.深化“放管服”改革。推行“双随机、一公开”监管。
牵头单位：市司法局
责任单位：市财政局、市市场监管局
2.建设ＡＩ客服平台。落实《青川市政务服务管理办法》，提速１００％。
牵头单位：市政务服务局
责任单位：市财政局
"""
ID = "青川市-青政办发2023-15"


def test_the_kinds_are_the_same_in_every_door() -> None:
    assert KINDS == get_args(HitKind) == tuple(HitKindName) == tuple(HIT_WORDS)
    assert NAMED == get_args(NamedKind) == KINDS[: len(NAMED)]


@pytest.fixture(scope="module")
def made(plans: Any) -> list[Plan]:
    return [parse_plan(read_bytes(PLAN.encode())), plans.make()]


@pytest.fixture
def two_plans(filled: Callable[..., Store], made: list[Plan]) -> Store:
    return filled(*made, now=NOW)


def first(store: Store, q: str, **given: Any) -> tuple[str, str]:
    row = search(store, q, page=PageRequest(), **given).body["items"][0]
    return row["kind"], row["name"]


@pytest.mark.parametrize(
    ("q", "kind", "name"),
    [
        ("市司法局", "unit", "市司法局"),
        ("司法局", "unit", "市司法局"),
        ("青政办发[2023]15号", "document", "青川市营商环境提升方案"),
        ("青政办发2023-15", "document", "青川市营商环境提升方案"),
        ("营商环境提升", "document", "青川市营商环境提升方案"),
        ("青川市政务服务管理办法", "regulation", "青川市政务服务管理办法"),
        ("放管服改革", "item", "深化“放管服”改革"),
        ("双随机一公开", "item", "深化“放管服”改革"),
        ("ai客服", "item", "建设AI客服平台"),
        ("100%", "item", "建设AI客服平台"),
        ("监管 放管服", "item", "深化“放管服”改革"),
        ("WiFi", "text", "青川市营商环境提升方案"),
        ("统筹wi-fi覆盖", "text", "青川市营商环境提升方案"),
    ],
)
def test_the_closest_stands_first(two_plans: Store, q: str, kind: str, name: str) -> None:
    assert first(two_plans, q) == (kind, name)


def test_a_hit_shows_its_words_its_place_and_its_plan(two_plans: Store) -> None:
    (row,) = search(two_plans, "放管服改革", kinds=("item",), page=PageRequest()).body["items"]
    assert [row["shown"][start:end] for start, end in row["highlights"]] == ["放管服”改革"]
    start, end = row["evidence"]["span"]
    assert PLAN[start:end] == row["evidence"]["quote"] == "放管服”改革"
    assert row["documents"] == [{"id": ID, "title": "青川市营商环境提升方案"}]
    assert not row["more_documents"]


def test_a_hit_in_a_name_has_its_words_marked(two_plans: Store) -> None:
    (row,) = search(two_plans, "青政办发[2023]15", kinds=("document",), page=PageRequest()).body["items"]
    assert (row["shown"], row["highlights"], row["evidence"]) == ("青政办发〔2023〕15号", [[0, 12]], None)


@pytest.mark.parametrize("q", ["局", "市", "政务服务", "2023"])
def test_pages_give_every_hit_once_in_one_order(two_plans: Store, q: str) -> None:
    whole = search(two_plans, q, page=PageRequest(500)).body
    keys = [(row["kind"], row["id"]) for row in whole["items"]]
    assert len(keys) == len(set(keys)) == whole["total"]["value"] == sum(whole["by_kind"].values()) > 1
    paged, after = [], None
    while True:
        page = search(two_plans, q, page=PageRequest(2, after)).body
        paged += [(row["kind"], row["id"]) for row in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert paged == keys


def test_a_plan_that_is_named_bounds_every_kind(two_plans: Store) -> None:
    from api.answers.references import Narrow

    within = search(two_plans, "市", narrow=Narrow(document=ID), page=PageRequest(500)).body
    everywhere = search(two_plans, "市", page=PageRequest(500)).body
    assert within["total"]["value"] < everywhere["total"]["value"]
    assert {document["id"] for row in within["items"] for document in row["documents"]} == {ID}
    with pytest.raises(NoSuchName):
        search(two_plans, "市", narrow=Narrow(document="没有的方案"), page=PageRequest())


@pytest.mark.parametrize("q", ["AND", "a:b(", "放管服*", '"', "C++", "x" * 300])
def test_no_query_is_syntax(two_plans: Store, q: str) -> None:
    if q == '"':
        with pytest.raises(ParameterError, match="expected words"):
            search(two_plans, q, page=PageRequest())
    else:
        search(two_plans, q, page=PageRequest())


def test_what_is_removed_is_found_no_more(two_plans: Store) -> None:
    remove_document(ID, two_plans)
    assert search(two_plans, "放管服改革", page=PageRequest()).body["total"]["value"] == 0


@pytest.mark.parametrize(
    ("name", "meets", "kind", "found", "why"),
    [
        ("市司法局", "exact", "unit", "市司法局", "名称相同"),
        ("市 司 法 局", "exact", "unit", "市司法局", "名称相同（标点、大小写、全半角不计）"),
        ("青政办发[2023]15号", "exact", "document", "青川市营商环境提升方案", "文号相同"),
        (
            "《青川市政务服务管理办法》",
            "exact",
            "regulation",
            "青川市政务服务管理办法",
            "名称相同（标点、大小写、全半角不计）",
        ),
        ("市司发局", "near", "unit", "市司法局", "名称有 75% 相同"),
        ("青川市政务服务管理条例", "near", "regulation", "青川市政务服务管理办法", "名称有 82% 相同"),
    ],
)
def test_a_name_meets_what_it_names(two_plans: Store, name: str, meets: str, kind: str, found: str, why: str) -> None:
    (row,) = match_names(two_plans, [name])["items"]
    first = row["candidates"][0]
    assert (row["meets"], first["kind"], first["name"], first["why"]) == (meets, kind, found, why)


def test_names_keep_their_order_and_marks_meet_nothing(two_plans: Store) -> None:
    rows = match_names(two_plans, ["鱻", "市财政局", "，"], kinds=("unit",))["items"]
    assert [(row["name"], row["meets"]) for row in rows] == [("鱻", "none"), ("市财政局", "exact"), ("，", "none")]
    assert rows[0]["candidates"] == []


def test_no_hit_stands_twice_where_nothing_has_the_words(two_plans: Store) -> None:
    body = search(two_plans, "市司发局", page=PageRequest(500)).body
    keys = [(row["kind"], row["id"]) for row in body["items"]]
    assert (body["items"][0]["kind"], body["items"][0]["match"]) == ("unit", "near")
    assert len(keys) == len(set(keys)) == body["total"]["value"]


def test_a_common_word_is_answered_by_some_of_what_has_it_and_says_so(
    two_plans: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = search(two_plans, "市", page=PageRequest(200)).body
    assert (whole["total"]["relation"], whole["at_least"]) == ("eq", [])
    monkeypatch.setattr("api.answers.searching.search.MOST_HITS", 1)
    cut = search(two_plans, "市", page=PageRequest(200)).body
    assert cut["total"] == {"value": sum(cut["by_kind"].values()), "relation": "gte"}
    assert {"unit", "document"} <= set(cut["at_least"])
    assert cut["total"]["value"] < whole["total"]["value"]
    assert {row["id"] for row in cut["items"]} < {row["id"] for row in whole["items"]}


@pytest.mark.parametrize("kinds", [["item"], ["text"]])
def test_in_one_plan_all_is_looked_at(two_plans: Store, monkeypatch: pytest.MonkeyPatch, kinds: list[str]) -> None:
    def within() -> list[dict[str, Any]]:
        body = search(two_plans, "市", kinds=kinds, narrow=Narrow(document=ID), page=PageRequest(200)).body
        assert body["total"] == {"value": len(body["items"]), "relation": "eq"}
        return body["items"]

    every = search(two_plans, "市", kinds=kinds, page=PageRequest(200)).body["items"]
    of_plan = [row["id"] for row in every if row["documents"][0]["id"] == ID]
    monkeypatch.setattr("api.answers.searching.search.MOST_HITS", 1)
    monkeypatch.setattr("api.answers.searching.search.MOST_TEXTS", 1)
    assert [row["id"] for row in within()] == of_plan != []
