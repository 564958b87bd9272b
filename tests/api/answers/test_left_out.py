"""What a query for dates passes over: the rows, what is passed over and the rest are all items, each once."""

import pytest

from api.answers.conditions import group_by_condition, list_by_conditions
from api.answers.lists import list_items
from api.answers.nesting import Evidence
from api.answers.paging import PageRequest
from api.answers.questions import run_question
from graph.conditions.passed_over import passed_over
from graph.conditions.query import bind, parse_where, written
from graph.store.contract import Store
from loaders.plan import parse_plan
from loaders.storing.load import load_plan

PLAN = """青石市园区建设工作方案
青政办发〔2025〕3号
一、园区
1．规划园区。2025年6月底前完成规划编制。牵头单位：市发改委。
2．建设园区。牵头单位：市住建局；完成时限：2025年12月底前。
3．管理园区。牵头单位：市发改委；完成时限：长期坚持。
4．宣传园区。牵头单位：市发改委；完成时限：尽快。
5．验收园区。2025年4月底前完成自查。牵头单位：市住建局；完成时限：2026年12月底前。
6．移交园区。牵头单位：市住建局。
2025年2月1日
"""


@pytest.fixture
def plan(store: Store) -> Store:
    load_plan(parse_plan(PLAN), store, now="2025-03-01T00:00:00+00:00")
    return store


def numbers(store: Store, where: str) -> list[int]:
    body = list_by_conditions(store, parse_where(where), page=PageRequest(), evidence=Evidence.NONE).body
    return [row["number"] for row in body["items"]]


@pytest.mark.parametrize(
    ("where", "found", "left"),
    [
        ("due-by(2025-08-01)", [], {"undated": [1, 3, 4, 6], "unread": [4], "body-dates": [1, 5]}),
        ("light(red, 2025-08-01)", [1, 5], {"undated": [3, 4, 6], "unread": [4]}),
        ("lead(市发改委) and due-by(2025-12-31)", [], {"undated": [1, 3, 4], "unread": [4], "body-dates": [1]}),
        ("lead(市住建局) or due-by(2025-12-31)", [2, 5, 6], {"undated": [1, 3, 4], "unread": [4], "body-dates": [1]}),
        ("due-after(2025-07-01)", [2, 5], {"undated": [1, 3, 4, 6], "unread": [4]}),
        ("not due-by(2025-12-31)", [1, 3, 4, 5, 6], {}),
        ("lead(市住建局)", [2, 5, 6], {}),
    ],
)
def test_every_item_is_found_or_told_with_the_way_to_it(
    plan: Store, where: str, found: list[int], left: dict[str, list[int]]
) -> None:
    query = parse_where(where)
    body = list_by_conditions(plan, query, page=PageRequest(), evidence=Evidence.NONE).body
    assert [row["number"] for row in body["items"]] == found
    assert {one["reason"]: one["count"] for one in body["left_out"]} == {key: len(those) for key, those in left.items()}
    bound = bind(query, lambda _, given: (f"青石市:{given}", given))
    shown = {one.reason: numbers(plan, written(one.query)) for one in passed_over(bound)}
    assert {reason: those for reason, those in shown.items() if those} == left
    grouped = group_by_condition(plan, query, "lead").body
    assert [one for one in grouped["left_out"] if "url" in one] == body["left_out"]


def test_what_is_a_part_of_another_count_says_so(plan: Store) -> None:
    body = list_by_conditions(plan, parse_where("due-by(2025-08-01)"), page=PageRequest(2), evidence=Evidence.NONE).body
    assert {one["reason"]: one.get("part_of") for one in body["left_out"]} == {
        "undated": None,
        "unread": "undated",
        "body-dates": None,
    }


def test_the_lights_and_what_they_leave_out_are_all_items_once(plan: Store) -> None:
    body = run_question(plan, "deadline-lights", {"as_of": "2025-08-01"})
    shown = {row["item"]["number"] for row in body["items"]}
    left = {one["reason"]: one["count"] for one in body["left_out"]}
    assert (shown, left) == ({1, 2, 5}, {"undated": 3, "unread": 1})
    assert [one["url"] for one in body["left_out"]] == [
        "/v1/items?where=no-date%28%29",
        "/v1/items?where=no-date%28%29+and+timing%28unread%29",
    ]


def test_items_due_name_the_tasks_of_bodies_and_where_they_are(plan: Store) -> None:
    body = run_question(plan, "items-due", {"by": "2025-08-01", "region": "青石市"})
    assert [(one["reason"], one["count"]) for one in body["left_out"]] == [("undated", 4), ("unread", 1), ("tasks", 2)]
    tasks = next(one["url"] for one in body["left_out"] if one["reason"] == "tasks")
    assert tasks == "/v1/questions/tasks-due?by=2025-08-01&region=%E9%9D%92%E7%9F%B3%E5%B8%82"


def test_a_filter_for_dates_tells_the_times_that_were_not_read(plan: Store) -> None:
    body = list_items(plan, due_before="2025-08-01", page=PageRequest(), evidence=Evidence.NONE).body
    assert {one["reason"]: one["count"] for one in body["left_out"]} == {"undated": 4, "unread": 1}
    assert body["left_out"][1]["part_of"] == "undated"
    assert numbers(plan, "due-basis(none) and timing(unread)") == [4]
    assert "timing%28unread%29" in body["left_out"][1]["url"]
