"""The sample plan, converted to each format and laid out as a table, gives the same duties and dates."""

import html
import io
import re
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pytest
import xlsxwriter
from playwright.sync_api import Browser

from graph.model import Plan, to_json
from graph.names import fold
from loaders.files.read import read_bytes, read_path
from loaders.files.source import Source
from loaders.plan import parse_plan

SAMPLE = Path(__file__).parents[2] / "examples" / "loudi-2017.txt"
LABEL = re.compile(r"[ \u3000]*(牵头单位|责?任单位|完成时限)[:：](.*)")
HEAD = ("序号", "任务", "牵头单位", "责任单位", "完成时限")


@pytest.fixture(scope="module")
def sample() -> Plan:
    return parse_plan(read_path(SAMPLE))


@pytest.fixture(scope="module")
def lines(sample: Plan) -> list[str]:
    return [line.strip() for line in sample.text.splitlines() if line.strip()]


class Laid(NamedTuple):
    """The plan laid out as a table: lines before it, its rows (one cell: a heading), lines behind it."""

    before: list[str]
    rows: list[tuple[str, ...]]
    after: list[str]


@pytest.fixture(scope="module")
def laid(sample: Plan) -> Laid:
    text = sample.text
    rows: list[tuple[str, ...]] = []
    section = None
    for item in sample.items:
        if item.section != section:
            section = item.section
            found = next(s for s in sample.sections if s.id == section)
            rows.append((f"{found.label}{found.title}",))
        cells = {"牵头单位": "", "责任单位": "", "完成时限": ""}
        for line in text[slice(*item.span)].splitlines():
            if label := LABEL.match(line):
                cells["责任单位" if label[1] == "任单位" else label[1]] = label[2]
        rows.append((str(item.number), item.body, *cells.values()))
    first, last = sample.items[0].span[0], sample.items[-1].span[1]
    before, after = text[:first].splitlines(), text[last:].splitlines()
    return Laid([x.strip() for x in before if x.strip()], rows, [x.strip() for x in after if x.strip()])


def printed(browser: Browser, page: str, **options: Any) -> Source:
    """A page as Chromium prints it, with a running head and page numbers."""
    opened = browser.new_page()
    opened.set_content(page)
    data = opened.pdf(
        format="A4",
        display_header_footer=True,
        header_template="<span style='font-size:9px;margin-left:60px'>娄底市委文件汇编</span>",
        footer_template="<div style='font-size:9px;width:100%;text-align:center'>— <span class=pageNumber></span> —</div>",
        margin={"top": "80px", "bottom": "80px", "left": "70px", "right": "70px"},
        **options,
    )
    opened.close()
    return read_bytes(data, name="方案.pdf")


def facts(plan: Plan) -> Any:
    """What must be the same in every format: duties, dates, citations; places and broken lines may differ."""
    return (
        plan.document.id,
        [(i.number, d.role, d.unit.id, fold(d.as_written), d.position) for i in plan.items for d in i.duties],
        [(d.role, d.unit.id) for d in plan.duties],
        [(i.number, d.kind, d.date, d.recurrence, d.duration) for i in plan.items for d in i.deadlines],
        [(i.number, to_json(i.due), i.ongoing) for i in plan.items],
        [(i.number, fold(c.title), c.relation) for i in plan.items for c in i.citations],
    )


def stated(plan: Plan) -> Any:
    """The same of a plan laid out as a table, where a body has no lines and rows no labels."""
    return (
        [(i.number, d.role, d.unit.id) for i in plan.items for d in i.duties],
        [(i.number, to_json(i.due), i.ongoing) for i in plan.items],
    )


def as_page(lines: list[str], style: str) -> str:
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><style>{style}</style></head><body>{paragraphs}</body></html>"
    )


def as_table(laid: Laid) -> str:
    rows = "".join(
        "<tr>" + (f"<td colspan=5>{html.escape(row[0])}</td>" if len(row) == 1 else "".join(f"<td>{html.escape(c)}</td>" for c in row)) + "</tr>"
        for row in laid.rows
    )  # fmt: skip
    head = "".join(f"<th>{name}</th>" for name in HEAD)
    before, after = ("".join(f"<p>{html.escape(line)}</p>" for line in part) for part in (laid.before, laid.after))
    style = "table{border-collapse:collapse}td,th{border:1px solid #000;font-size:12px;vertical-align:top}td{min-width:40px}"
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><style>{style}</style></head><body>{before}"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{after}</body></html>"
    )


def test_a_page(sample: Plan, lines: list[str]) -> None:
    page = f"<html><head><title>门户网站</title></head><body><nav>首页</nav><div class='TRS_Editor'>{as_page(lines, '')}</div></body></html>"
    for encoding in ("utf-8", "gb18030"):
        assert facts(parse_plan(read_bytes(page.encode(encoding)))) == facts(sample)


def test_word(sample: Plan, lines: list[str]) -> None:
    document, target = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(target)
    assert facts(parse_plan(read_bytes(target.getvalue()))) == facts(sample)


def test_excel_lines(sample: Plan, lines: list[str]) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet()
    for row, line in enumerate(lines):
        page.write(row, 0, line)
    book.close()
    assert facts(parse_plan(read_bytes(target.getvalue()))) == facts(sample)


@pytest.mark.browser
@pytest.mark.parametrize("style", ["", "p{text-indent:2em;margin:0;line-height:1.7;text-align:justify}"])
def test_pdf(sample: Plan, lines: list[str], browser: Browser, style: str) -> None:
    source = printed(browser, as_page(lines, style))
    assert facts(parse_plan(source)) == facts(sample)
    assert "文件汇编" not in source.text
    assert "— 1 —" not in source.text
    assert len(source.pages) > 10
    assert [re.sub(r"\s", "", line) for line in source.text.splitlines()] == [re.sub(r"\s", "", x) for x in lines]
    assert source.where((0, 4)) == "第1页"
    assert source.where((source.pages[6], source.pages[6] + 2)) == "第7页"


def test_word_table(sample: Plan, laid: Laid) -> None:
    document, target = docx.Document(), io.BytesIO()
    for line in laid.before:
        document.add_paragraph(line)
    table = document.add_table(1 + len(laid.rows), 5)
    for column, name in enumerate(HEAD):
        table.cell(0, column).text = name
    for n, row in enumerate(laid.rows, 1):
        if len(row) == 1:
            table.cell(n, 0).merge(table.cell(n, 4)).text = row[0]
        for column, words in enumerate(row if len(row) > 1 else ()):
            table.cell(n, column).text = words
    for line in laid.after:
        document.add_paragraph(line)
    document.save(target)
    plan = parse_plan(read_bytes(target.getvalue()))
    assert stated(plan) == stated(sample)
    assert {d.rule for i in plan.items for d in i.duties} == {"table-cell"}


def test_excel_table(sample: Plan, laid: Laid) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet("任务分工")
    for row, line in enumerate(laid.before):
        page.merge_range(row, 0, row, 4, line)
    top = len(laid.before)
    page.write_row(top, 0, HEAD)
    for n, cells in enumerate(laid.rows, top + 1):
        if len(cells) == 1:
            page.merge_range(n, 0, n, 4, cells[0])
        else:
            page.write_row(n, 0, (int(cells[0]), *cells[1:]))
    for n, line in enumerate(laid.after, top + 1 + len(laid.rows)):
        page.write(n, 0, line)
    book.close()
    source = read_bytes(target.getvalue())
    plan = parse_plan(source)
    assert stated(plan) == stated(sample)
    lead = plan.items[19].duties[0]
    assert lead.span is not None
    assert (lead.as_written, source.where(lead.span)) == (
        "市编办",
        f"工作表「任务分工」第{top + 2 + laid.rows.index(next(r for r in laid.rows if r[0] == '20'))}行「牵头单位」列",
    )


@pytest.mark.browser
@pytest.mark.parametrize("landscape", [False, True])
def test_pdf_table(sample: Plan, laid: Laid, browser: Browser, landscape: bool) -> None:
    source = printed(browser, as_table(laid), landscape=landscape)
    plan = parse_plan(source)
    assert stated(plan) == stated(sample)
    assert {d.rule for i in plan.items for d in i.duties} == {"table-cell"}
    assert len(source.tables) == 1
    assert len(source.tables[0].rows) == len(laid.rows) + 1
    duty = plan.items[-1].duties[-1]
    assert duty.span is not None
    assert re.fullmatch(r"第\d+页，表1第\d+行「责任单位」列", source.where(duty.span) or "")
