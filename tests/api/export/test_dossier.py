"""The dossier as files: what a spreadsheet and a word processor find in them, read back with the standard library."""

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from lxml import etree
from typer.testing import CliRunner

from api.cli.main import app as cli
from api.export.dossier import Dossier, Sheet, SheetColumn, make_dossier
from api.export.word_report import to_report
from api.export.workbook import CUT, MOST_CHARACTERS, to_workbook

LOUDI = "娄底市-娄发2017-4"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEETS = ["说明与口径", "职责清单", "时限", "依据", "证据", "疑点"]
SAMPLE = (Path(__file__).parents[3] / "examples/loudi-2017.txt").read_text(encoding="utf-8")


class Book:
    """A workbook read back: ``rows(name)`` are its cells as ``(value, is a formula, number format)``."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        book = self._xml("xl/workbook.xml")
        self.names = [sheet.get("name") for sheet in book.iter(f"{MAIN}sheet")]
        shared = self._xml("xl/sharedStrings.xml")
        self._strings = ["".join(t.text or "" for t in si.iter(f"{MAIN}t")) for si in shared.iter(f"{MAIN}si")]
        styles = self._xml("xl/styles.xml")
        codes = {n.get("numFmtId"): n.get("formatCode") for n in styles.iter(f"{MAIN}numFmt")}
        self._formats = [codes.get(xf.get("numFmtId")) for xf in styles.find(f"{MAIN}cellXfs")]

    def _xml(self, name: str) -> Any:
        return etree.fromstring(self._zip.read(name))

    def sheet(self, name: str) -> Any:
        return self._xml(f"xl/worksheets/sheet{self.names.index(name) + 1}.xml")

    def rows(self, name: str) -> Iterator[list[tuple[Any, bool, str | None]]]:
        for row in self.sheet(name).iter(f"{MAIN}row"):
            yield [self._cell(cell) for cell in row.iter(f"{MAIN}c")]

    def _cell(self, cell: Any) -> tuple[Any, bool, str | None]:
        value = cell.findtext(f"{MAIN}v")
        if value is not None:
            value = self._strings[int(value)] if cell.get("t") == "s" else float(value)
        return value, cell.find(f"{MAIN}f") is not None, self._formats[int(cell.get("s", "0"))]


def fetch(sample: Any, address: str) -> Any:
    answer = sample.client.get(address)
    assert answer.status_code == 200, answer.text[:300]
    return answer


@pytest.fixture(scope="module")
def book(sample: Any) -> Book:
    return Book(fetch(sample, "/v1/units/市政府法制办/dossier?format=xlsx").content)


def test_the_sheets_have_frozen_headings_and_filters(book: Book) -> None:
    assert book.names == SHEETS
    for name in SHEETS:
        sheet = book.sheet(name)
        assert sheet.find(f".//{MAIN}pane").get("state") == "frozen"
        assert sheet.find(f"{MAIN}autoFilter") is not None


def test_the_duties_are_those_of_the_plan_with_real_dates(book: Book) -> None:
    rows = list(book.rows("职责清单"))
    heads = [value for value, _, _ in rows[0]]
    number, role, due = heads.index("序号"), heads.index("角色"), heads.index("完成日期")
    led = [row[number][0] for row in rows[1:] if row[role][0] == "牵头"]
    assert led == [None, 9, 10, 11, 12, 13, 14, 17, 20, 21, 22, 23, 24, 33, 34, 39, 40, 41]
    assert len(rows) == 1 + 29
    # 2018-12-31 counted in days as spreadsheets do
    assert {row[due][0] for row in rows[1:] if row[number][0] == 20} == {43465.0}
    assert {row[due][2] for row in rows[2:]} == {"yyyy-mm-dd"}


def test_every_row_leads_to_words_that_stand_in_the_plan(book: Book) -> None:
    proofs = {row[0][0]: row for row in list(book.rows("证据"))[1:]}
    for row in proofs.values():
        assert row[1][0] == SAMPLE[int(row[5][0]) : int(row[6][0])]
    for name in ("职责清单", "时限", "依据"):
        rows = list(book.rows(name))
        at = [value for value, _, _ in rows[0]].index("证据编号")
        assert {row[at][0] for row in rows[1:]} <= set(proofs), name
    doubts = list(book.rows("疑点"))
    at = [value for value, _, _ in doubts[0]].index("证据编号")
    assert {float(n) for row in doubts[1:] for n in str(row[at][0]).split("、")} <= set(proofs)


def test_no_cell_is_a_formula_or_a_link(book: Book) -> None:
    hostile = ("=1+1", "+1", "-1", "@SUM(A1)", "http://127.0.0.1/x", "\x01控制", "长" * 40_000)
    sheet = Sheet("查询结果", (SheetColumn("原文", 20),), [[words] for words in hostile])
    made = Book(to_workbook(make_dossier("试验", "试验", [("对象", "=2+2")], [], sheet)))
    rows = list(made.rows("查询结果"))[1:]
    assert [row[0][1] for row in rows] == [False] * len(hostile)
    assert [row[0][0] for row in rows][:5] == list(hostile[:5])
    assert rows[6][0][0].endswith(CUT)
    assert len(rows[6][0][0]) == MOST_CHARACTERS
    assert not any(formula for name in SHEETS for row in book.rows(name) for _, formula, _ in row)


def test_the_file_has_a_chinese_name(sample: Any) -> None:
    said = fetch(sample, "/v1/units/市政府法制办/dossier?format=docx").headers["Content-Disposition"]
    assert unquote(said.partition("filename*=UTF-8''")[2]) == "市政府法制办责任审计底稿.docx"
    assert re.search(r'filename="[ -~]+\.docx"', said)


def test_the_report_quotes_the_plan_with_places(sample: Any) -> None:
    paper = docx.Document(io.BytesIO(fetch(sample, "/v1/units/市政府法制办/dossier?format=docx").content))
    titles = [p.text for p in paper.paragraphs if p.style.name.startswith("Heading")]
    assert titles[:3] == ["一、说明与口径", "二、事项", "1. （整个文件）娄底市法治政府建设(2016—2020年)实施方案"]
    assert sum("项 " in title for title in titles) == 28
    cells = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert "“牵头单位:市编办、市政府法制办。”[12292–12308]" in cells
    assert "市政府法制办牵头17项" in cells
    assert "核查意见" in cells


def test_words_that_xml_cannot_hold_do_no_harm() -> None:
    made: Dossier = make_dossier("\x01坏\x0b字", "x", [("对象", "\x00空\ufffe")], [])
    assert docx.Document(io.BytesIO(to_report(made))).paragraphs[0].text == "␀坏␀字"


def test_a_plan_and_an_answer_have_dossiers_too(sample: Any) -> None:
    whole = Book(fetch(sample, f"/v1/documents/{LOUDI}/dossier").content)
    assert whole.names == SHEETS
    assert len(list(whole.rows("职责清单"))) == 1 + 54 + 196 + 1
    answer = Book(fetch(sample, "/v1/questions/unit-duties?unit=市编办&role=lead&format=xlsx").content)
    assert answer.names == ["说明与口径", "查询结果", *SHEETS[1:]]
    rows = list(answer.rows("查询结果"))
    assert [row[1][0] for row in rows[1:]] == [1, 2, 3, 20]
    assert {cell[0] for row in rows[1:] for cell in row} >= {"牵头", 43465.0}


def test_a_list_comes_as_a_workbook(sample: Any) -> None:
    answer = fetch(sample, "/v1/units/市编办/duties?role=lead&format=xlsx")
    zipped = zipfile.ZipFile(io.BytesIO(answer.content))
    assert zipped.testzip() is None
    assert unquote(answer.headers["Content-Disposition"]).endswith("市编办-duties.xlsx")


def test_what_cannot_be_made_is_said(sample: Any) -> None:
    assert sample.client.get("/v1/units/市政府法制办/dossier?format=pdf").status_code == 422
    assert sample.client.get("/v1/units/没有这个单位/dossier").status_code == 404
    assert sample.client.get("/v1/questions/no-such?format=xlsx").status_code == 404


def test_the_command_writes_a_file(sample_folder: Path, tmp_path: Path) -> None:
    run = CliRunner()
    store = f"embedded:{shutil.copytree(sample_folder, tmp_path / 'store')}"
    assert run.invoke(cli, ["load", "examples/loudi-2017.txt", "--store", store]).exit_code == 0
    target = tmp_path / "底稿.xlsx"
    done = run.invoke(cli, ["dossier", "unit", "市审计局", "-o", str(target), "--store", store])
    assert done.exit_code == 0, done.output
    assert Book(target.read_bytes()).names == SHEETS
    assert sorted(path.name for path in tmp_path.iterdir() if "底稿" in path.name) == ["底稿.xlsx"]
    wrong = run.invoke(cli, ["dossier", "unit", "市审计局", "-o", str(tmp_path / "x.pdf"), "--store", store])
    assert wrong.exit_code == 1
    assert "ends in .xlsx or .docx" in wrong.output


def test_an_inferred_date_is_marked_where_the_legend_says(sample: Any, book: Book) -> None:
    whole = Book(fetch(sample, f"/v1/documents/{LOUDI}/dossier").content)
    for made, items in ((whole, 20), (book, 1)):
        heads, *rows = [[value for value, _, _ in row] for row in made.rows("职责清单")]
        source, mark = heads.index("日期来源"), heads.index("日期推定")
        assert [row[mark] for row in rows if row[source] == "文件的兜底条款"] == ["是"] * items
        assert {row[mark] for row in rows if row[source] != "文件的兜底条款"} == {None}
        legend = " ".join(str(row[1][0]) for row in list(made.rows("说明与口径"))[2:])
        assert {"日期推定", "角色推定"} <= set(heads) & set(re.findall("“(.+?)”列", legend))


def test_the_report_says_that_a_date_is_inferred(sample: Any) -> None:
    paper = docx.Document(io.BytesIO(fetch(sample, "/v1/units/市政府法制办/dossier?format=docx").content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert any(words.startswith("2019-12-31（文件的兜底条款，推定）") for words in cells)


def test_the_legend_of_an_answer_says_its_conditions_and_counts(sample: Any) -> None:
    answer = Book(fetch(sample, "/v1/questions/items-due?by=2017-06-30&format=xlsx").content)
    about = {row[0][0]: row[1][0] for row in list(answer.rows("说明与口径"))[2:]}
    assert about["条件"] == "截至哪一天：2017-06-30"
    assert "没有日期的事项不在内" in about["不包括"]
    assert about["未列入"] == "正文中自有日期、届时到期的任务 13"


LISTS = {
    "/v1/documents": "文号",
    f"/v1/documents/{LOUDI}/sections": "标题",
    "/v1/items": "牵头单位",
    "/v1/units": "全称",
    "/v1/units/娄底市:市政府法制办/duties": "角色",
    "/v1/units/市编办/shared-with/市政府法制办": "另一单位的角色",
    "/v1/regulations": "文号",
    "/v1/regulations/湖南省行政程序规定/citing-items": "关系",
    "/v1/findings": "程度",
    "/v1/ask?q=法制办牵头哪些事项": "完成时限",
}


@pytest.mark.parametrize("address", LISTS)
def test_a_list_as_a_workbook_is_for_people(sample: Any, address: str) -> None:
    given = "&" if "?" in address else "?"
    heads, *rows = Book(fetch(sample, f"{address}{given}format=xlsx&limit=40").content).rows("列表")
    assert [head for head, _, _ in heads if head.isascii()] == []
    assert LISTS[address] in " ".join(head for head, _, _ in heads)
    assert [value for row in rows for value, _, _ in row if str(value).startswith(("[", "{"))] == []


def test_an_item_in_a_workbook_has_its_leads_and_a_real_date(sample: Any) -> None:
    heads, *rows = Book(fetch(sample, "/v1/items?format=xlsx&limit=50").content).rows("列表")
    at = {head: place for place, (head, _, _) in enumerate(heads)}
    (item,) = (row for row in rows if row[at["序号"]][0] == 20)
    assert item[at["牵头单位"]][0] == "市编办、市政府法制办"
    assert item[at["完成日期"]][::2] == (43465.0, "yyyy-mm-dd")
    assert item[at["日期来源"]][0] == "事项的完成时限"


def test_a_workbook_says_why_an_item_is_in_it(sample: Any) -> None:
    heads, *rows = Book(fetch(sample, "/v1/items?lead=市编办&responsible=市人社局&format=xlsx").content).rows("列表")
    at = {head: place for place, (head, _, _) in enumerate(heads)}
    assert [row[at["符合的条件"]][0] for row in rows] == ["由市编办牵头、市人社局是责任单位"] * 2


def test_the_sheet_of_an_answer_says_what_a_date_rests_on(sample: Any) -> None:
    made = Book(fetch(sample, "/v1/questions/unit-duties?unit=市政府法制办&format=xlsx").content)
    heads, *rows = made.rows("查询结果")
    at = {head: place for place, (head, _, _) in enumerate(heads)}
    (item,) = (row for row in rows if row[at["序号"]][0] == 10)
    assert (item[at["日期来源"]][0], item[at["长期工作"]][0]) == ("文件的兜底条款", "是")
