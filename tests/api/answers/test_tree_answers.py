"""One rule for parents and parts: a plan with three levels, read by hand, against every answer that names items; on both engines.

Questions about bearers and dates look at the items that have an assignment of their own or nothing below them (`queryable`).
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.answers.questions import questions
from api.app import create_app
from api.settings import Settings
from graph.findings.plan_rows import read_plan_rows
from graph.model import Plan
from graph.store.contract import Store
from loaders.files.read import read_bytes
from loaders.plan import parse_plan
from loaders.storing.check import check

pytestmark = pytest.mark.timeout(400)  # some forty questions to a cold server

TEXT = """青川市人民政府办公室关于印发《青川市水务工作方案》的通知
青政办发〔2024〕5号
各县区人民政府：
各项工作任务除本方案有明确时间要求外，应当在2025年底前完成。
2024年1月6日
青川市水务工作方案
一、河道整治（牵头单位：市水利局、市环保局；完成时限：2024年9月底前）
1.清淤疏浚。（责任单位：市住建局）
2.规范采砂。（牵头单位：市公安局；完成时限：2024年6月底前）
（1）日常巡查。依据《青川市河道条例》，2024年2月底前制定巡查办法。巡查率达95%。每年3月底前报告一次。自公布之日起30个工作日内登记。市气象局要提供预报。（责任单位：市交通局等部门）
（2）打击盗采。（责任单位：市司法局；完成时限：2024年3月底前）
二、信息公开
1.公开清单。（责任单位：市政府办）接着公开目录。（责任单位：市档案局；完成时限：2024年5月底前）
2.公开结果。（责任单位：各县区人民政府）
"""
PLAN = "青川市-青政办发2024-5"
# what the text states, read by hand: of each item its bearers, its date and what the date rests on
HELD = {
    "s1-h": (["lead 市水利局", "lead 市环保局"], "2024-09-30", "item"),
    "s1-1": (["responsible 市住建局"], "2024-09-30", "parent"),
    "s1-2": (["lead 市公安局"], "2024-06-30", "item"),
    "s1-2.1": (["responsible 市交通局"], "2024-06-30", "parent"),
    "s1-2.2": (["responsible 市司法局"], "2024-03-31", "item"),
    "s2-1": ([], None, "none"),
    "s2-1-a1": (["responsible 市政府办"], "2025-12-31", "document"),
    "s2-1-a2": (["responsible 市档案局"], "2024-05-31", "item"),
    "s2-2": (["responsible 各县区人民政府"], "2025-12-31", "document"),
}
QUERYABLE = [name for name in HELD if name != "s2-1"]
# question, its parameters -> the items of its rows, each once, in the order of the text
ASKED: list[tuple[str, str, list[str]]] = [
    ("items-due", "by=2024-06-30", ["s1-2", "s1-2.1", "s1-2.2", "s2-1-a2"]),
    ("items-due", "by=2026-01-01", QUERYABLE),
    ("deadline-lights", "", QUERYABLE),
    ("items-without-lead", "", ["s2-1-a1", "s2-1-a2", "s2-2"]),
    ("items-without-lead", "without=responsible", []),
    ("items-without-lead", "without=anyone", []),
    ("items-without-own-date", "", ["s1-1", "s1-2.1", "s2-1-a1", "s2-2"]),
    ("items-without-named-bearer", "", ["s2-2"]),
    ("items-with-several-leads", "", ["s1-h"]),
    ("items-with-open-list", "", ["s1-2.1"]),
    ("unit-duties", "unit=市水利局", ["s1-h"]),
    ("unit-duties", "unit=市交通局", ["s1-2.1"]),
    ("unit-dossier", "unit=市交通局", ["s1-2.1"]),
    ("unit-coverage", "unit=市水利局", QUERYABLE),
    ("unit-upward-chain", "unit=市交通局", ["s1-2.1"]),
    ("section-matrix", f"section={PLAN}:s1", ["s1-h", "s1-1", "s1-2", "s1-2.1", "s1-2.2"]),
    ("section-matrix", f"section={PLAN}:s2", ["s2-1-a1", "s2-1-a2", "s2-2"]),
    ("shared-items", "unit=市水利局&other=市环保局", ["s1-h"]),
    ("item-card", f"item={PLAN}:s1-2", ["s1-2", "s1-2.1", "s1-2.2"]),
    ("item-card", f"item={PLAN}:s2-1", ["s2-1-a1", "s2-1-a2"]),
    ("fact-evidence", f"item={PLAN}:s1-2", ["s1-2", "s1-2.1", "s1-2.2"]),
    ("inferred-facts", "", ["s1-1", "s1-2.1", "s2-1-a1", "s2-2"]),
    ("bearers-not-listed", "", ["s1-2.1"]),
    ("tasks-due", "by=2024-12-31", ["s1-2.1"]),
    ("deliverables", "", ["s1-2.1"]),
    ("targets", "", ["s1-2.1"]),
    ("recurring-tasks", "", ["s1-2.1"]),
    ("working-day-deadlines", "", ["s1-2.1"]),
    ("regulation-citing-items", "regulation=青川市河道条例", ["s1-2.1"]),
    ("regulation-unit-chains", "regulation=青川市河道条例&unit=市交通局", ["s1-2.1"]),
    ("units-only-leading", "", ["s1-h", "s1-2"]),
    ("units-never-leading", "", ["s1-1", "s1-2.1", "s1-2.2", "s2-1-a1", "s2-1-a2"]),
    ("county-demands", "", []),
    ("deadline-conflicts", "", []),
    ("lead-workload", "", []),  # its rows are units
    ("plan-supervisors", "", []),  # its rows are of the plan itself, and no sentence speaks of it
]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return parse_plan(TEXT)


@pytest.fixture
def loaded(filled: Callable[..., Store], plan: Plan) -> Store:
    return filled(plan, now="2024-03-06T00:00:00+00:00")


@pytest.fixture
def client(loaded: Store) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), loaded), "http://127.0.0.1:8000", client=("127.0.0.1", 5000)) as client:
        yield client


def test_what_is_stored_is_what_the_text_states(loaded: Store) -> None:
    assert check(loaded).differences == ()


def get(client: TestClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.text[:300])
    return answer.json()


def short(item: str) -> str:
    return item.rpartition(":")[2]


def items_of(rows: list[dict[str, Any]]) -> list[str]:
    """The items of rows, each once, in the order of the text."""
    met = {short(row["item"]["id"]) for row in rows if row.get("item")}
    return [name for name in HELD if name in met]


def test_the_parser_reads_what_was_read_by_hand() -> None:
    plan = parse_plan(TEXT)
    assert plan.document.id == PLAN
    read = {
        short(item.id): (
            [f"{duty.role.value} {duty.as_written}" for duty in item.duties],
            item.due.date,
            item.due.basis.value,
        )
        for item in plan.items
    }
    assert read == HELD
    assert [short(item.id) for item in plan.items if item.queryable] == QUERYABLE


def test_every_question_is_asked() -> None:
    assert {name for name, _, _ in ASKED} == set(questions())


def test_every_question_looks_at_the_same_items(client: TestClient) -> None:
    got = []
    for name, parameters, _ in ASKED:
        body = get(client, f"/v1/questions/{name}?document={PLAN}&limit=500&{parameters}")
        ids = [row["id"] for row in body["items"]]
        assert len(ids) == len(set(ids)), name
        assert body["total"]["value"] == len(ids), name
        got.append((name, parameters, items_of(body["items"])))
    assert got == ASKED


def test_questions_give_the_date_that_was_read(client: TestClient) -> None:
    rows = get(client, f"/v1/questions/items-due?document={PLAN}&by=2026-01-01&limit=500")["items"]
    assert {short(row["item"]["id"]): (row["due"]["date"], row["due"]["basis"]) for row in rows} == {
        name: HELD[name][1:] for name in QUERYABLE
    }
    lights = get(client, f"/v1/questions/deadline-lights?document={PLAN}&limit=500")["items"]
    of_items = [row for row in lights if row["task"] is None]
    assert {short(row["item"]["id"]): (row["due"]["date"], row["due"]["basis"]) for row in of_items} == {
        name: HELD[name][1:] for name in QUERYABLE
    }


# filters -> the rows of the list, each with what below it answers
LISTED: list[tuple[str, list[tuple[str, list[str]]]]] = [
    ("", [("s1-h", []), ("s1-1", []), ("s1-2", ["s1-2.1", "s1-2.2"]), ("s2-1", ["s2-1-a1", "s2-1-a2"]), ("s2-2", [])]),
    ("due_before=2024-05-31", [("s1-2", ["s1-2.2"]), ("s2-1", ["s2-1-a2"])]),
    ("due_after=2025-01-01", [("s2-1", ["s2-1-a1"]), ("s2-2", [])]),
    ("q=盗采", [("s1-2", ["s1-2.2"])]),
    ("cites=青川市河道条例", [("s1-2", ["s1-2.1"])]),
    (f"section={PLAN}:s2", [("s2-1", ["s2-1-a1", "s2-1-a2"]), ("s2-2", [])]),
    ("unit=市交通局", [("s1-2.1", [])]),
    ("unit=市水利局&role=lead", [("s1-h", [])]),
]


def test_lists_have_each_item_once_and_say_what_below_it_answers(client: TestClient) -> None:
    got = []
    for filters, _ in LISTED:
        body = get(client, f"/v1/items?document={PLAN}&limit=500&{filters}")
        assert body["total"]["value"] == len(body["items"]), filters
        got.append((filters, [(short(row["id"]), [short(one) for one in row["answered_by"]]) for row in body["items"]]))
    assert got == LISTED
    mere = get(client, f"/v1/items?document={PLAN}&limit=500")["items"][3]
    assert (mere["queryable"], mere["due"]["date"]) == (False, None)
    assert mere["due_below"] == {"first": "2024-05-31", "last": "2025-12-31"}


def test_counts_agree_with_the_lists(client: TestClient) -> None:
    counts = get(client, f"/v1/documents/{PLAN}")["counts"]
    duties = [duty.split()[0] for names, _, _ in HELD.values() for duty in names]
    assert (counts["lead"], counts["responsible"]) == (duties.count("lead"), duties.count("responsible"))
    assert counts["items"] == get(client, f"/v1/items?document={PLAN}")["total"]["value"] == 5
    listed = get(client, "/v1/documents")["items"][0]["counts"]
    assert listed == counts
    assert get(client, "/v1/units/市交通局")["counts"]["responsible"] == 1
    undated = get(client, f"/v1/items?document={PLAN}&due_before=2030-01-01")["left_out"]
    assert undated == []


def test_findings_look_above_and_below(client: TestClient, loaded: Store) -> None:
    rows = get(client, f"/v1/findings?document={PLAN}&rule=no-lead&limit=500")["items"]
    assert items_of(rows) == ["s2-1", "s2-2"]
    dates = get(client, f"/v1/findings?document={PLAN}&rule=no-own-date&limit=500")["items"]
    assert items_of(dates) == ["s2-1-a1", "s2-2"]  # a date from above is one
    plan = loaded.read(lambda reading: read_plan_rows(reading, PLAN))
    assert [short(leaf["id"]) for leaf in plan.leaves] == QUERYABLE
    assert [short(item["id"]) for item in plan.numbered] == ["s1-h", "s1-1", "s1-2", "s2-1", "s2-2"]


def test_a_card_says_who_bears_the_items_above(client: TestClient) -> None:
    card = get(client, f"/v1/items/{PLAN}:s1-2.1")
    assert (short(card["parent"]), card["level"], card["leads"]) == (f"{PLAN}:s1-2".rpartition(":")[2], 3, [])
    above = [(short(one["item"]["id"]), [duty["unit"]["name"] for duty in one["leads"]]) for one in card["by_parents"]]
    assert above == [("s1-2", ["市公安局"]), ("s1-h", ["市水利局", "市环保局"])]
    assert [one["outcome"] for one in card["due_reason"]["weighed"] if one["kind"] == "parent"] == ["holds"]
    mere = get(client, f"/v1/items/{PLAN}:s2-1")
    assert (mere["due_reason"]["weighed"], mere["queryable"]) == ([], False)
    assert [short(part["id"]) for part in mere["parts"]] == ["s2-1-a1", "s2-1-a2"]
    matrix = get(client, f"/v1/documents/{PLAN}/matrix")
    assert [short(item["id"]) for item in matrix["items"]] == QUERYABLE
    assert [short(item["id"]) for item in matrix["items"] if "no-lead" in item["checks"]] == [
        "s2-1-a1",
        "s2-1-a2",
        "s2-2",
    ]


@pytest.mark.one_neo4j
def test_a_number_names_one_item_and_no_heading(client: TestClient) -> None:
    assert client.get(f"/v1/items/{PLAN}:1").status_code == 409  # one in each section
    assert [short(one["id"]) for one in client.get(f"/v1/items/{PLAN}:1").json()["candidates"]] == ["s1-1", "s2-1"]


def test_pages_say_the_same(client: TestClient) -> None:
    plan = client.get(f"/documents/{PLAN}").text
    row = re.search(r"<tr[^>]*><td class=\"number\">1</td><th scope=\"row\">[^\n]*公开清单.*?</tr>", plan, re.DOTALL)
    assert row is not None
    assert "见分项" in row[0]
    assert "2024-05-31 至 2025-12-31" in re.sub("<[^>]+>", "", row[0])
    below = client.get(f"/items/{PLAN}:s1-2.1").text
    assert "没有写明牵头单位" not in below
    assert {"市公安局", "市水利局", "上级事项"} <= {
        word for word in ("市公安局", "市水利局", "上级事项") if word in below
    }
    mere = client.get(f"/items/{PLAN}:s2-1").text
    assert "没有任何条款给出日期" not in mere
    assert mere.count("没有写明牵头单位") == 2, mere  # of its two parts
    text = client.get(f"/documents/{PLAN}/text").text
    assert "打击盗采" in text


@pytest.mark.one_neo4j
def test_files_have_the_same_rows(client: TestClient) -> None:
    listed = client.get(f"/v1/items?document={PLAN}&format=csv").text
    rows = list(csv.DictReader(io.StringIO(listed.removeprefix("\ufeff"))))
    assert [short(row["id"]) for row in rows] == ["s1-h", "s1-1", "s1-2", "s2-1", "s2-2"]
    due = client.get(f"/v1/questions/items-due?document={PLAN}&by=2024-06-30&format=csv").text
    rows = list(csv.DictReader(io.StringIO(due.removeprefix("\ufeff"))))
    assert [short(row["item.id"]) for row in rows] == ["s1-2", "s1-2.1", "s1-2.2", "s2-1-a2"]
    for kind in ("xlsx", "docx"):
        answer = client.get(f"/v1/documents/{PLAN}/dossier?format={kind}")
        words = read_bytes(answer.content, name=f"dossier.{kind}").text
        for unit in ("市水利局", "市环保局", "市住建局", "市公安局", "市交通局", "市司法局", "市政府办", "市档案局"):
            assert unit in words, (kind, unit)
