"""Headings that are typed in, items of several plans, and what is proposed where a text is not understood."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.store.contract import Store
from loaders.plan import parse_plan
from loaders.storing.load import load_plan
from tests.api.asking.test_places import ask

PLAN = """{place}教育工作方案
{number}
{notice}
1．办好学校。2026年6月底前验收。牵头单位：市教育局；督导单位：市督查室；完成时限：2026年12月底前。
2．{second}。牵头单位：市大数据局；督导单位：市督查室。
"""
NOTICE = "由市政府督查室负责督促检查。"


@pytest.fixture
def two(store: Store) -> Any:
    for place, number, second, notice in (
        ("青石市", "青政发〔2025〕3号", "推进智慧校园建设", NOTICE),
        ("白鹭市", "白政发〔2025〕5号", "改善办学条件", ""),
    ):
        text = PLAN.format(place=place, number=number, second=second, notice=notice)
        load_plan(parse_plan(text), store, now="2025-03-01T00:00:00+00:00")
    with TestClient(create_app(Settings(), store), base_url="http://127.0.0.1", client=("127.0.0.1", 5000)) as client:
        yield client


@pytest.mark.parametrize(
    "text", ["推进智慧校园建设", "推进智慧校园建设由谁牵头", "智慧校园建设谁牵头", "推进智慧校园建设的时限"]
)
def test_a_heading_of_any_plan_is_its_item(two: Any, text: str) -> None:
    body = ask(two, text)
    assert body["read_as"]["question"] == "item-card"
    assert {row["item"]["heading"] for row in body["items"]} == {"推进智慧校园建设"}


@pytest.mark.parametrize("text", ["办好学校由谁牵头", "第1项为什么2026年底到期", "第1项由谁牵头"])
def test_an_item_of_several_plans_is_asked_for_with_each(two: Any, text: str) -> None:
    body = ask(two, text)
    assert (body["read_as"], body["items"]) == (None, [])
    offered = [one for one in body["alternatives"] if "item" in one["parameters"]]
    assert {one["parameters"]["item"].partition("-")[0] for one in offered} == {"青石市", "白鹭市"}
    for one in offered:
        assert two.get(one["url"]).status_code == 200
    named = ask(two, f"青石市{text}")
    assert named["read_as"]["parameters"]["item"].startswith("青石市")


@pytest.mark.parametrize(
    ("text", "said", "instead"),
    [
        ("市数据局牵头的、2026年底前到期的", "把“市数据局”改为“市大数据局”", "市大数据局牵头的、2026年底前到期的"),
        ("市教肓局牵头的、2026年底前到期的", "把“市教肓局”改为“市教育局”", "市教育局牵头的、2026年底前到期的"),
        ("青石市教育局牵头、花钱超过一百万元的事项", "不考虑“花钱超过一百万元”", "青石市教育局牵头、的事项"),
    ],
)
def test_what_could_be_asked_instead_is_offered_and_not_answered(two: Any, text: str, said: str, instead: str) -> None:
    body = ask(two, text)
    assert (body["read_as"], body["query"], body["items"]) == (None, None, [])
    offered = {one["said"]: one for one in body["instead"]}
    assert offered[said]["q"] == instead
    answered = two.get(offered[said]["url"]).json()
    assert answered["read_as"] or answered["query"]
    page = two.get("/ask", params={"q": text}).text
    assert f"{said}：<a href=" in page


def test_the_name_that_nothing_has_is_named_whole(two: Any) -> None:
    (fault,) = ask(two, "市航天局牵头的、2026年底前到期的")["unread"]
    assert fault["words"] == "市航天局"
    assert "没有这个单位" in fault["why"]


def test_a_place_of_no_plan_is_said_to_be_one(two: Any) -> None:
    assert "如果说的是“玉山市”，载入的文件里没有这个地方" in ask(two, "玉山市教育局牵头什么")["said"]


def test_who_supervises_a_plan_as_a_whole(two: Any) -> None:
    body = ask(two, "整份文件由谁督促检查")
    assert body["read_as"]["question"] == "plan-supervisors"
    assert [(row["unit"]["name"], row["document"]["title"]) for row in body["items"]] == [
        ("市政府督查室", "青石市教育工作方案")
    ]


@pytest.mark.parametrize(
    "text", ["谁督导的最多", "各督导单位分别有几项", "哪个单位督导的事项最多", "按督导单位统计", "谁督导"]
)
def test_supervisors_are_counted(two: Any, text: str) -> None:
    body = ask(two, text)
    assert body["query"]["by"] == "supervising"
    assert [(row["name"], row["items"]) for row in body["items"]] == [("市督查室", 2), ("市督查室", 2)]


def test_a_question_about_an_item_looks_at_that_item_alone(two: Any) -> None:
    body = ask(two, "青石市第2项没写时限，什么时候算到期")
    assert body["read_as"]["question"] == "items-without-own-date"
    assert [row["item"]["number"] for row in body["items"]] == [2]
