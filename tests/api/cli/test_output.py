"""Rows on the terminal: the table with its proof, CSV, the envelope."""

import csv
import io
import json
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from api.cli.output import EXCERPT, as_csv, excerpt, print_rows, print_table

CLAUSE = "责任单位：市财政局、市司法局、市政府法制办，各县区政府按职责分工分别负责。"


def row(number: int | None, **more: Any) -> dict[str, Any]:
    item = (
        None
        if number is None
        else {
            "id": f"临江市-临发2020-1:s1-{number}",
            "number": number,
            "heading": "完善审批规则，健全行政许可事项动态管理制度",
            "document_id": "临江市-临发2020-1",
            "section": {"id": "临江市-临发2020-1:s1", "label": "一、", "title": "健全制度"},
        }
    )
    return {
        "id": f"{number}|lead|市政府法制办|1",
        "role": "lead",
        "unit": {"id": "临江市:市政府法制办", "name": "市政府法制办"},
        "item": item,
        **({"document": {"id": "临江市-临发2020-1", "title": "分工方案"}} if item is None else {}),
        "due": {"date": "2018-12-31", "precision": "year", "basis": "item"},
        "ongoing": False,
        "inferred": False,
        "open_list": False,
        "evidence": {
            "document_id": "临江市-临发2020-1",
            "text_sha256": "0" * 64,
            "span": [115, 121],
            "quote": "市政府法制办",
            "clause": [100, 100 + len(CLAUSE)],
            "clause_quote": CLAUSE,
        },
    } | more


def envelope(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    total = {"value": len(rows), "relation": "eq"}
    return {"items": list(rows), "total": total, "next": None, "data_version": "4", "left_out": []} | more


def table(answer: dict[str, Any], width: int = 120) -> list[str]:
    target = io.StringIO()
    print_table(answer, Console(file=target, width=width, highlight=False, markup=False))
    return target.getvalue().splitlines()


def test_a_row_shows_what_it_rests_on() -> None:
    lines = table(envelope(row(20)))
    assert lines[1].split() == ["部分", "序号", "事项", "角色", "期限", "原文", "位置"]
    words = " ".join(lines).split()
    assert {"20", "牵头", "2018-12-31", "一、"} <= set(words)
    assert "[115, 121)" in "\n".join(lines)
    assert lines[-1] == "共 1 条（牵头 1），数据版本 4"


@pytest.mark.parametrize("width", [80, 120])
def test_wide_characters_stay_in_their_columns(width: int) -> None:
    lines = table(envelope(*(row(n) for n in range(1, 30))), width)
    assert max(map(cell_len, lines)) <= width
    (head,) = (line for line in lines if "角色" in line)
    at = cell_len(head[: head.index("角色")])
    places = [cell_len(line[: line.index("牵头")]) for line in lines if "牵头" in line and "共" not in line]
    assert places == [at] * 29


def test_a_duty_of_the_document_itself_and_weak_facts_are_said() -> None:
    inferred = {
        "inferred": True,
        "due": {"date": "2019-12-31", "precision": "year", "basis": "document"},
        "ongoing": True,
    }
    lines = table(
        envelope(row(None), row(6, **inferred), row(7, open_list=True), left_out=[{"reason": "undated", "count": 2}])
    )
    assert any("（整个文件）" in line for line in lines)
    assert any("2019-12-31 推定 常态" in line and line.rstrip().endswith("推定") for line in lines)
    assert any("名单未尽" in line for line in lines)
    assert lines[0] == "分工方案  临江市-临发2020-1"
    assert lines[-1] == "共 3 条（牵头 3），未列入：没有日期的事项 2，数据版本 4"


def test_rows_of_another_shape_show_their_own_columns() -> None:
    lines = table(envelope({"unit_count": 3, "open": True, "regions": ["甲市", "乙市"], "none": None}))
    assert lines[0].split() == ["unit_count", "open", "regions", "none"]
    assert lines[2].split() == ["3", "是", "甲市、乙市"]


def test_no_rows_is_an_answer() -> None:
    assert table(envelope()) == ["共 0 条，数据版本 4"]


def test_text_of_a_plan_is_no_markup() -> None:
    lines = table(envelope(row(1, item=row(1)["item"] | {"heading": "[red]完善[/red] :smile: \x1b[31m"})))
    joined = "".join("".join(lines).split())
    assert "[red]完善[/red]:smile:␛[31m" in joined


@pytest.mark.parametrize(
    ("clause", "name", "shown"),
    [
        ("牵头单位：市编办、市政府法制办。", "市政府法制办", "牵头单位：市编办、市政府法制办。"),
        (
            "责任单位：" + "市财政局、" * 9 + "市编办。",
            "市编办",
            "责任单位：…市财政局、市财政局、市财政局、市财政局、市编办。",
        ),
        ("责任单位：市编办、" + "市财政局、" * 9, "市编办", "责任单位：市编办、市财政局、市财政局、…"),
        ("由市编办" + "会同有关部门和单位按照职责分工" * 4, "市编办", "由市编办会同有关部门和单位按照职责分…"),
    ],
)
def test_a_long_clause_is_cut_around_the_name(clause: str, name: str, shown: str) -> None:
    start = clause.index(name)
    cut = excerpt(clause, start, start + len(name))
    assert cut == shown
    assert name in cut
    assert len(cut) <= EXCERPT + 2


def test_a_name_longer_than_the_excerpt_stays_whole() -> None:
    title = "《" + "关于" * 40 + "》"
    assert excerpt(f"落实{title}的要求", 2, 2 + len(title)) == f"…{title}…"


def test_csv_has_a_column_per_nested_key_and_no_formula() -> None:
    text = as_csv([row(1, as_written="=cmd()"), row(None)], bom=True)
    assert text.startswith("\ufeffid,role,unit.id,")
    first, second = csv.DictReader(io.StringIO(text[1:]))
    assert (first["item.number"], first["evidence.quote"]) == ("1", "市政府法制办")
    assert (first["evidence.start"], first["evidence.end"]) == ("115", "121")
    assert first["as_written"] == "'=cmd()"
    assert (second["item.number"], second["document.title"]) == ("", "分工方案")


def test_json_prints_the_envelope_as_it_came(capsys: pytest.CaptureFixture[str]) -> None:
    answer = envelope(row(1))
    print_rows(answer, "json")
    assert json.loads(capsys.readouterr().out) == answer


def test_names_that_are_the_answer_stand_behind_the_item_and_words_are_chinese() -> None:
    headings = {"unit.name": "单位", "other.role": "后者角色", "checks": "核对", "items": "事项号"}
    one = row(1, other={"role": "responsible"}, checks=["no-lead", "several-leads"], items=[20, 3])
    head, _, line, *_ = table(envelope(one, headings=headings), 200)[1:]
    assert head.split()[:8] == ["部分", "序号", "事项", "单位", "角色", "后者角色", "核对", "事项号"]
    assert line.split()[3:9] == ["市政府法制办", "牵头", "责任", "没有牵头单位、牵头单位不止一个", "20,", "3"]
    assert "单位" not in table(envelope(one))[1].split()


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_narrow_terminal_gets_a_line_for_each_field(width: int) -> None:
    due = {"date": "2019-12-31", "precision": "year", "basis": "document"}
    lines = table(envelope(row(10, due=due, ongoing=True, open_list=True)), width)
    assert lines[1:10] == [
        "部分：一、",
        "序号：10",
        "事项：完善审批规则，健全行政许可事项动态管理制度",
        "角色：牵头",
        "期限：2019-12-31 推定 常态",
        "原文：" + excerpt(CLAUSE, 15, 21),
        "位置：[115, 121)",
        "说明：名单未尽",
        "",
    ]
