"""The sentence about an item, its neighbours, the rules in Chinese, the chain of an instrument: what /v1 says of them."""

from typing import Any

import pytest

DOCUMENT = "娄底市-娄发2017-4"


def said(sample: Any, number: int) -> str:
    return "".join(part["text"] for part in sample.client.get(f"/v1/items/{DOCUMENT}:{number}").json()["said"])


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (4, "由市发改委牵头，娄底经开区管委会和 2 个统称责任，2017年底前完成。"),
        (6, "由市综治办牵头，市发改委等 15 个单位和 2 个统称责任，原则上2019年底前完成。"),
        (20, "由市编办、市政府法制办牵头，市委政法委等 4 个单位和 2 个统称责任，2018年底前完成。"),
        # only a collective bears it beside the lead
        (9, "由市政府法制办牵头，各有关部门责任，2019年底前完成，其中有长期工作。"),
    ],
)
def test_an_item_is_said_in_one_sentence(sample: Any, number: int, words: str) -> None:
    assert said(sample, number) == words


def test_a_name_in_the_sentence_has_its_unit(sample: Any) -> None:
    parts = sample.client.get(f"/v1/items/{DOCUMENT}:20").json()["said"]
    assert [part["unit"] for part in parts if "unit" in part] == [
        "娄底市:市编办",
        "娄底市:市政府法制办",
        "娄底市:市委政法委",
    ]


def test_an_item_without_a_lead_says_so(empty: Any) -> None:
    text = "青川县工作方案\n1.清理文件。\n责任单位：市司法局。\n2.公开清单。由市财政局牵头。\n"
    empty.client.post(
        "/v1/documents?document_id=一", content=text.encode(), headers=empty.key | {"Content-Type": "text/plain"}
    )
    first = empty.client.get("/v1/items/一:1").json()
    assert "".join(part["text"] for part in first["said"]) == "没有写明牵头单位，市司法局责任，没有写明时限。"
    assert (first["previous"], first["next"]["number"]) == (None, 2)


@pytest.mark.parametrize(("number", "before", "after"), [(1, None, 2), (8, 7, 9), (20, 19, 21), (45, 44, None)])
def test_an_item_has_neighbours_also_over_the_border_of_a_part(
    sample: Any, number: int, before: int | None, after: int | None
) -> None:
    card = sample.client.get(f"/v1/items/{DOCUMENT}:{number}").json()
    assert [card[name] and card[name]["number"] for name in ("previous", "next")] == [before, after]


def test_every_rule_of_a_fact_has_chinese_words(sample: Any) -> None:
    rules = {rule["name"]: rule for rule in sample.client.get("/v1/rules").json()["items"]}
    duties = sample.client.get("/v1/units/市政府法制办/duties").json()["items"]
    assert {duty["rule"] for duty in duties} <= set(rules)
    assert rules["label-line"]["said"] == "单位栏、时限栏的标签"
    assert all(rule["forms"] for rule in rules.values())


def test_what_was_repaired_or_left_out_is_said_in_chinese(sample: Any) -> None:
    repairs = sample.client.get(f"/v1/documents/{DOCUMENT}/repairs").json()["repairs"]
    left = sample.client.get(f"/v1/documents/{DOCUMENT}/coverage").json()["left_out"]
    assert {one["rule_zh"] for one in repairs if one["rule"] == "lost-year-before-month"} == {"20176月 补「年」"}
    assert left[0]["reason_zh"] == "第一个标题之前"


def test_a_regulation_has_the_units_that_carry_it(sample: Any) -> None:
    chain = sample.client.get("/v1/regulations/湖南省行政程序规定/chain").json()
    assert {path["nodes"][-1]["name"] for path in chain["downward"]} == {
        *("市编办", "市政府法制办", "市人社局", "娄底经开区管委会", "各有关部门", "各县市区政府")
    }
    assert {path["nodes"][1]["number"] for path in chain["downward"]} == {3, 21, 34}
    assert chain["complete"]
    assert all(step["evidence"]["quote"] for path in chain["downward"] for step in path["steps"])


def test_a_regulation_that_a_plan_cites_is_not_followed_into_its_items(sample: Any) -> None:
    """Only who has a duty of the whole plan carries it."""
    found = sample.client.get("/v1/regulations/法治政府建设实施纲要（2015－2020年）/chain").json()["downward"]
    assert [[node["kind"] for node in path["nodes"]] for path in found] == [["regulation", "document", "unit"]]
    assert found[0]["nodes"][-1]["name"] == "市政府法制办"
