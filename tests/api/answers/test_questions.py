"""The question library over REST, on its pages and on the command line; why an item is due when it is."""

import csv
import io
import re
from typing import Any

import pytest
from typer.testing import CliRunner

from api.answers.chinese.labels import chinese
from api.answers.lists import list_items
from api.answers.nesting import Evidence
from api.answers.paging import PageRequest
from api.answers.questions import card_of, columns, describe, find, parse_value, questions, run_question
from api.cli.main import app as cli
from api.export.list_sheets import chinese_heads
from api.pages.templates import cell
from api.schemas.base import Question, QuestionListing
from graph.library.steps import STEPS
from loaders.plan import parse_plan
from loaders.storing.load import load_plan

DOCUMENT = "娄底市-娄发2017-4"


def get(served: Any, address: str, status: int = 200) -> Any:
    response = served.client.get(address)
    assert response.status_code == status, response.text
    return response.json()


def test_the_library_lists_cards(sample: Any) -> None:
    body = get(sample, "/v1/questions")
    assert [one["number"] for one in body["items"]] == sorted(one["number"] for one in body["items"])
    for one in body["items"]:
        assert Question.model_validate(one).model_dump() == one
        assert set(one["headings"]) <= set(one["columns"])
        assert one["question"].endswith(("？", "。"))


def test_every_step_is_of_a_question_and_gives_the_columns_it_declares(sample: Any) -> None:
    assert set(STEPS) <= set(questions())
    body = get(sample, "/v1/questions/deadline-lights?evidence=full&limit=1&as_of=2017-12-01")
    assert QuestionListing.model_validate(body).headings["state"] == "状态"
    assert body["as_of"] == "2017-12-01"
    assert body["columns"] == list(columns(find("deadline-lights")))


def test_pages_of_a_step_go_on_and_a_cursor_of_another_day_is_refused(sample: Any) -> None:
    first = get(sample, "/v1/questions/deadline-lights?limit=50&as_of=2017-12-01")
    assert (first["total"]["value"], len(first["items"])) == (72, 50)
    second = get(sample, first["next_url"])
    assert (len(second["items"]), second["next"]) == (22, None)
    assert {row["id"] for row in first["items"]} & {row["id"] for row in second["items"]} == set()
    get(sample, f"/v1/questions/deadline-lights?limit=50&as_of=2018-12-01&after={first['next']}", 422)


def test_csv_of_the_lights_says_what_is_inferred(sample: Any) -> None:
    text = sample.client.get("/v1/questions/deadline-lights?format=csv&limit=500&evidence=full").text
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert len(rows) == 72
    assert {row["inferred"] for row in rows} == {"true", "false"}
    assert [row["due.date"] for row in rows] == sorted(row["due.date"] for row in rows)


@pytest.mark.parametrize(
    ("address", "met"),
    [
        ("deadline-lights?as_of=2017-02-30", "'2017-02-30'; expected ISO date such as 2026-11-23"),
        ("deadline-lights?near_days=many", "'near_days' is 'many'; expected a number of days"),
        ("deadline-lights?near_days=-1", "'near_days' is -1; expected a number from 0 to 3660"),
        ("deadline-lights?light=blue", "expected one of red, yellow, green"),
        ("recurring-tasks?since=2030-01-01&until=2029-01-01", "expected until on or after since"),
        ("recurring-tasks?since=2000-01-01&until=2999-01-01", "at most 50 years later"),
        ("working-day-deadlines?event=gestern", "expected ISO date"),
        ("items-with-open-list?wide=maybe", "'wide' is 'maybe'; expected true or false"),
        ("fact-evidence", "needs fact=… (the id of a fact) or item=…"),
        ("tasks-due", "the question tasks-due needs by=…"),
        ("items-due?by=2018-01-01&limit=many", "/query/limit: is 'many'; expected a whole number"),
        ("items-due?by=2018-01-01&limit=0", "/query/limit: is '0'; expected at least 1"),
        ("items-due?by=2018-01-01&format=doc", "/query/format: is 'doc'; expected one of 'json'"),
    ],
)
def test_a_question_that_cannot_be_asked_says_what_was_expected(sample: Any, address: str, met: str) -> None:
    response = sample.client.get(f"/v1/questions/{address}")
    assert response.status_code == 422
    assert met in response.json()["detail"]


def test_a_region_without_plans_has_no_rows(sample: Any) -> None:
    for name in ("deadline-lights", "targets", "deliverables", "inferred-facts", "items-with-several-leads"):
        assert get(sample, f"/v1/questions/{name}?region=临江市")["items"] == []


def test_a_region_chooses_among_plans(two_cities: Any) -> None:
    body = get(two_cities, "/v1/questions/items-with-several-leads?region=临江市&evidence=full")
    assert [(row["item"]["number"], row["leads"]) for row in body["items"]] == [(1, ["市编办", "市政府法制办"])]
    assert body["items"][0]["evidence"]["document_id"].startswith("临江市-")


def test_an_item_says_why_it_is_due(sample: Any) -> None:
    card = get(sample, f"/v1/items/{DOCUMENT}:6")
    reason = card["due_reason"]
    assert (reason["basis"], reason["rule"]) == ("document", "事项自己的条款没有给出日期，按整份文件的兜底条款推定。")
    assert [(one["outcome"], one["evidence"]["quote"]) for one in reason["weighed"]] == [
        ("of a task", "2017年年底前"),
        ("holds", "2019年年底前"),
    ]
    task = card["tasks"][0]
    assert (task["due"], task["due_reason"]["basis"]) == (
        {"date": "2017-12-31", "precision": "year", "basis": "task"},
        "task",
    )


def test_an_item_with_a_date_of_its_own_sets_the_fallback_aside(sample: Any) -> None:
    card = get(sample, f"/v1/items/{DOCUMENT}:20")
    assert [(one["outcome"], one["date"]) for one in card["due_reason"]["weighed"]] == [
        ("holds", "2018-12-31"),
        ("set aside", "2019-12-31"),
    ]
    assert card["tasks"][0]["due"] == {"date": "2018-12-31", "precision": "year", "basis": "item"}


def page(served: Any, address: str, status: int = 200) -> str:
    response = served.client.get(address)
    assert response.status_code == status, response.text
    assert set(re.findall("<script[^>]*>", response.text)) <= {'<script type="module" src="/static/workbench.js">'}
    return str(response.text)


def test_the_home_page_leads_to_the_questions(sample: Any) -> None:
    assert 'href="/questions"' in page(sample, "/")
    listed = page(sample, "/questions")
    for name, query in questions().items():
        assert f'href="/questions/{name}"' in listed
        assert describe(name, query)["question"] in listed


@pytest.mark.parametrize("name", list(questions()))
def test_every_question_has_a_form_with_a_field_for_each_parameter(sample: Any, name: str) -> None:
    text = page(sample, f"/questions/{name}")
    named = re.findall(r'<(?:input|select) id="p-([a-z_]+)"', text)
    own = [param["name"] for param in describe(name, find(name))["parameters"]]
    # every question takes a place, whether its statement has a parameter for it or not
    assert named == [*own, *(place for place in ("region", "exact") if place not in own)]


def test_an_answer_on_a_page_shows_words_and_leads_to_the_text_and_to_csv(sample: Any) -> None:
    text = page(sample, "/questions/tasks-due?by=2017-06-30&since=")
    assert "13 条" in text
    assert '<mark class="m told">20176月底前</mark>' in text
    assert text.count("原文修复</span>") == 13
    (address,) = re.findall(r'href="(/v1/questions/tasks-due[^"]+)">CSV', text)
    rows = list(csv.DictReader(io.StringIO(sample.client.get(address.replace("&amp;", "&")).text[1:])))
    assert len(rows) == 13


def test_a_form_with_a_fault_says_so_and_keeps_what_was_written(sample: Any) -> None:
    text = page(sample, "/questions/unit-duties?unit=市没有局", 404)
    assert 'value="市没有局"' in text
    assert "市没有局" in text.partition('role="alert"')[2]
    assert "2017-02-30" in page(sample, "/questions/items-due?by=2017-02-30", 422)
    page(sample, "/questions/nothing", 404)


def test_an_item_page_says_why_this_date(sample: Any) -> None:
    text = page(sample, f"/items/{DOCUMENT}:6")
    assert "按整份文件的兜底条款推定" in text
    assert "以它为准" in text
    assert "只管正文中的那一项任务" in text


def test_cells_are_words() -> None:
    row = {
        "due": {"basis": "document"},
        "leads": ["甲", "乙"],
        "borne": False,
        "target_comparison": ">=",
        "position": 2,
    }
    assert [cell(row, key) for key in ("due.basis", "leads", "borne", "target_comparison", "position", "item.number")] == [
        "文件的兜底条款", "甲、乙", "否", "不少于", "2", "",
    ]  # fmt: skip


def test_the_command_says_what_a_question_takes() -> None:
    done = CliRunner().invoke(cli, ["query", "deadline-lights", "--about"])
    assert done.exit_code == 0
    assert "21. 红黄绿灯" in done.stdout
    assert "as_of=（可省略）  string  以哪一天为准" in done.stdout
    assert "不包括  " in done.stdout
    assert CliRunner().invoke(cli, ["query", "nothing", "--about"]).exit_code == 1


@pytest.fixture
def three(store: Any, plans: Any) -> Any:
    """A store of three plans, of which a page looks into one."""
    for n in (1, 2, 3):
        plan = plans.make(reference=f"临发〔2017〕{n}号", title=f"临江市第{n}号方案")
        load_plan(plan, store, now="2026-01-01T00:00:00+00:00")
    return store


def test_a_page_looks_into_some_plans_and_the_next_one_goes_on(three: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"by": "2030-12-31"}
    every = run_question(three, "items-due", asked)
    assert len({row["item"]["id"].partition(":")[0] for row in every["items"]}) == 3
    assert every["total"] == {"value": len(every["items"]), "relation": "eq"}

    monkeypatch.setattr("api.answers.plan_window.ITEMS", 1)
    page = run_question(three, "items-due", asked, page=PageRequest(limit=100))
    assert page["total"] == {"value": len(every["items"]) // 3, "relation": "gte"}
    rows = list(page["items"])
    while page["next"] is not None:
        page = run_question(three, "items-due", asked, page=PageRequest(limit=100, after=page["next"]))
        rows += page["items"]
    assert rows == every["items"]


@pytest.mark.parametrize(("filters", "found"), [({}, 3), ({"q": "决策程序"}, 3), ({"cites": "湖南省行政程序规定"}, 3)])
def test_a_list_of_items_goes_on_the_same_way(
    three: Any, monkeypatch: pytest.MonkeyPatch, filters: dict[str, str], found: int
) -> None:
    def documents(**page: Any) -> tuple[list[str], Any]:
        body = list_items(three, page=PageRequest(**page), evidence=Evidence.NONE, **filters).body
        return [row["id"].partition(":")[0] for row in body["items"]], body["next"]

    every, _ = documents(limit=400)
    monkeypatch.setattr("api.answers.plan_window.ITEMS", 1)
    met, following = documents(limit=400)
    assert len(set(met)) == 1
    while following is not None:
        rows, following = documents(limit=400, after=following)
        met += rows
    assert (met, len(set(met))) == (every, found)


def test_a_step_over_some_plans_goes_on_with_the_next(three: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    every = run_question(three, "deadline-lights", {})
    monkeypatch.setattr("api.answers.plan_window.ITEMS", 1)
    body = run_question(three, "deadline-lights", {}, page=PageRequest())
    assert body["total"]["relation"] == "gte"
    rows = list(body["items"])
    while body["next"] is not None:
        body = run_question(three, "deadline-lights", {}, page=PageRequest(after=body["next"]))
        rows += body["items"]
    assert sorted(row["id"] for row in rows) == sorted(row["id"] for row in every["items"])
    named = run_question(three, "deadline-lights", {"document": "临江市-临发2017-2"}, page=PageRequest())
    assert (named["total"]["relation"], {row["item"]["id"].partition(":")[0] for row in named["items"]}) == (
        "eq",
        {"临江市-临发2017-2"},
    )


def test_items_without_a_unit_of_one_kind_or_of_any(store: Any) -> None:
    text = (
        "临江市法治政府建设实施方案\n\n一、健全制度\n\n1.完善审批制度。\n\n牵头单位：市编办。\n\n"
        "2.完善备案制度。\n\n责任单位：市财政局。\n\n"
        "完成时限：2018年年底前完成。\n\n3.完善公开制度。\n"
    )
    plan = parse_plan(text, region="临江市", issued_on="2017")
    load_plan(plan, store, now="2026-01-01T00:00:00+00:00")

    def numbers(**without: str) -> list[int]:
        return [row["item"]["number"] for row in run_question(store, "items-without-lead", without)["items"]]

    assert numbers() == numbers(without="lead") == [2, 3]
    assert numbers(without="responsible") == [1, 3]
    assert numbers(without="anyone") == [3]
    (due,) = run_question(store, "items-due", {"by": "2018-12-31"})["items"]
    assert (due["leads"], due["evidence"]["quote"]) == ([], "2018年年底前")


def test_every_choice_has_its_chinese_and_is_taken_by_it(sample: Any) -> None:
    for name, query in questions().items():
        for param in query.params:
            if param.note.startswith("one of "):
                for code in param.note.removeprefix("one of ").split():
                    word = chinese(param.name, code)
                    assert word != code, (name, param.name, code)
                    assert parse_value(param, word) == code
    by_word = get(sample, "/v1/units/市政府法制办/duties?role=牵头")["items"]
    assert by_word == get(sample, "/v1/units/市政府法制办/duties?role=lead")["items"] != []


@pytest.mark.parametrize(
    "address",
    ["/v1/questions/unit-duties?unit=市政府法制办", "/v1/units", "/v1/findings", "/v1/search?q=审批", "/v1/items"],
)
def test_the_heads_of_a_csv_are_chinese_where_asked(sample: Any, address: str) -> None:
    mark = "&" if "?" in address else "?"
    plain, said = (
        list(csv.reader(io.StringIO(sample.client.get(f"{address}{mark}format=csv{more}").text.removeprefix("\ufeff"))))
        for more in ("", "&heads=zh")
    )
    assert plain[1:] == said[1:] != []
    assert all(head.isascii() for head in plain[0])
    assert len(said[0]) == len(set(said[0])) == len(plain[0])
    assert [head for head in said[0] if not re.search("[一-鿿]", head)] == []
    assert sample.client.get(f"{address}{mark}format=xlsx").status_code == 200


@pytest.mark.parametrize("name", questions())
def test_every_column_of_a_question_has_a_chinese_head(name: str) -> None:
    heads = chinese_heads(columns(find(name)), dict(card_of(name).columns))
    assert [head for head in heads if not re.search("[一-鿿]", head)] == []
    assert len(heads) == len(set(heads))


def test_the_plans_that_fill_a_page_are_read_and_all_are_counted_where_no_others_are(
    three: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = run_question(three, "items-due", {"by": "2030-12-31"})
    monkeypatch.setattr("api.answers.plan_window.FIRST", 1)

    def walk() -> tuple[list[Any], list[Any]]:
        rows, totals, after = [], [], None
        while after is not None or not totals:
            page = run_question(three, "items-due", {"by": "2030-12-31"}, page=PageRequest(limit=2, after=after))
            rows, after = [*rows, *page["items"]], page["next"]
            totals.append(page["total"])
        return rows, totals

    rows, totals = walk()
    assert (rows, totals[0]) == (every["items"], every["total"])
    monkeypatch.setattr("api.answers.plan_window.MOST_PLANS", 2)  # a plan is left beyond
    rows, totals = walk()
    assert (rows, totals[0]) == (every["items"], {"value": every["total"]["value"] // 3, "relation": "gte"})
