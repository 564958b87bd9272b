"""Questions over plans of two places: the answer says which place it took, or offers each."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.store.contract import Store
from loaders.plan import parse_plan
from loaders.storing.load import load_plan

PLAN = """{place}园区建设工作方案
{number}
1．规划园区。2025年6月底前完成规划编制。牵头单位：市发改委。
2．建设园区。牵头单位：市住建局；督导单位：市督查室；完成时限：2025年12月底前。
"""
PLACES = {"青石市": "青政发〔2025〕3号", "白鹭市": "白政发〔2025〕5号", "白鹭县": "白县发〔2025〕7号"}
AS_OF = "截至2025年8月1日"


@pytest.fixture
def three(store: Store) -> Any:
    for place, number in PLACES.items():
        text = PLAN.format(place=place, number=number)
        if place.endswith("县"):
            text = text.replace("：市", "：县")
        load_plan(parse_plan(text), store, now="2025-03-01T00:00:00+00:00")
    with TestClient(create_app(Settings(), store), base_url="http://127.0.0.1", client=("127.0.0.1", 5000)) as client:
        yield client


def ask(client: Any, text: str, **given: str) -> Any:
    answer = client.get("/v1/ask", params={"q": text, **given})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_place_narrows_a_question_of_the_library(three: Any) -> None:
    body = ask(three, f"青石市{AS_OF}超期的事项")
    given = {"region": "青石市", "light": "red", "as_of": "2025-08-01"}
    assert body["read_as"] == {"question": "deadline-lights", "parameters": given}
    assert [row["item"]["document_id"].partition("-")[0] for row in body["items"]] == ["青石市"]
    assert "地区：青石市" in body["said"]
    whole = ask(three, "青石市到期的事项有哪些")
    assert whole["read_as"]["parameters"]["region"] == "青石市"


def test_the_sentence_says_the_place_of_the_unit(three: Any) -> None:
    assert "单位：市发改委（青石市）" in ask(three, "青石市发改委牵头哪些事项")["said"]
    assert "单位所在：青石市" in ask(three, "青石市发改委牵头的、2026年底前到期的有几项")["said"]


def test_two_places_are_refused_and_named(three: Any) -> None:
    body = ask(three, "青石市和白鹭市哪些事项没有牵头单位")
    assert (body["read_as"], body["items"]) == (None, [])
    assert "一次只能问一个地方" in body["said"]


def test_a_name_of_several_places_is_one_query_with_a_choice(three: Any) -> None:
    body = ask(three, "市住建局牵头的、2026年前到期的")
    assert [(row["name"], row["items"]) for row in body["items"]] == [("白鹭市", 1), ("青石市", 1)]
    found = three.get(body["query"]["url"]).json()
    assert found["total"]["value"] == sum(row["items"] for row in body["items"])
    left = {row["name"]: row["left_out"] for row in body["items"]}
    assert left == {"白鹭市": [], "青石市": []}
    early = ask(three, f"市发改委牵头的、{AS_OF}到期的")
    assert [[one["reason"] for one in row["left_out"]] for row in early["items"]] == [["undated", "body-dates"]] * 2
    assert [(one["reason"], one["count"]) for one in early["left_out"]] == [("undated", 2), ("body-dates", 2)]
    for one in early["left_out"]:
        assert three.get(one["url"]).json()["total"]["value"] == one["count"]
        assert three.get(one["url"].replace("/v1/", "/")).status_code == 200


def test_a_unit_of_no_known_place_is_one_of_the_choices(store: Store) -> None:
    unplaced = "园区工作方案\n1．扩大园区。牵头单位：市住建局；完成时限：2025年12月底前。\n"
    for text in (PLAN.format(place="青石市", number="青政发〔2025〕3号"), unplaced):
        load_plan(parse_plan(text), store, now="2025-03-01T00:00:00+00:00")
    with TestClient(create_app(Settings(), store), base_url="http://127.0.0.1", client=("127.0.0.1", 5000)) as client:
        body = ask(client, "市住建局牵头的、2026年前到期的")
    assert [(row["name"], row["items"]) for row in body["items"]] == [("没有写明地区", 1), ("青石市", 1)]


def test_a_short_name_of_two_places_is_refused_with_both(three: Any) -> None:
    answer = three.get("/v1/items", params={"region": "白鹭"})
    assert (answer.status_code, [one["id"] for one in answer.json()["candidates"]]) == (409, ["白鹭县", "白鹭市"])
    assert "“白鹭”是 2 个地方的简称" in answer.json()["detail_zh"]
    assert three.get("/v1/items", params={"region": "青石"}).json()["total"]["value"] == 2


@pytest.mark.parametrize(
    "address", ["items", "documents", "units", "findings", "ask?q=谁牵头", "questions/items-due?by=2025-01-01"]
)
def test_an_empty_place_is_refused(three: Any, address: str) -> None:
    joined = f"/v1/{address}{'&' if '?' in address else '?'}region="
    answer = three.get(joined)
    assert answer.status_code == 422
    assert "参数 region 是空的" in answer.json()["detail_zh"]


def test_pages_keep_the_place(three: Any) -> None:
    page = three.get("/questions/items-due", params={"by": "2026-01-01", "region": "青石市"}).text
    assert 'name="region" type="text" value="青石市"' in page
    assert "白鹭市园区建设工作方案" not in page.partition("<main")[2]  # the scope above it offers every plan
    asked = three.get("/ask", params={"q": "哪些事项没有责任单位", "region": "青石市"}).text
    assert 'name="region" value="青石市"' in asked  # the box keeps the scope
    assert three.get("/ask", params={"q": "哪些事项没有责任单位", "region": "", "document": ""}).status_code == 200


def test_every_row_names_its_plan(three: Any) -> None:
    for row in three.get("/v1/items").json()["items"]:
        assert row["document_title"] == row["document_id"].partition("-")[0] + "园区建设工作方案"
    csv = three.get("/v1/questions/items-due?by=2026-01-01&format=csv&heads=zh").text
    assert "青石市园区建设工作方案" in csv
    assert "文件" in csv.partition("\n")[0]
    page = three.get("/units/白鹭县:县住建局").text
    assert "白鹭县园区建设工作方案" in page


def test_items_are_counted_for_each_supervisor(three: Any) -> None:
    rows = three.get("/v1/items/groups", params={"by": "supervising", "region": "青石市"}).json()["items"]
    assert [(row["name"], row["items"]) for row in rows] == [(None, 1), ("市督查室", 1)]
    page = three.get("/items", params={"where": "supervising(青石市:市督查室)"}).text
    assert "由市督查室督导" in page
    assert "建设园区" in page
