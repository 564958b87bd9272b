"""PDF as Chromium prints it: merged cells over a page's end, figures and Latin words, scans among pages."""

import io

import pypdfium2
import pytest
from playwright.sync_api import Browser

from loaders.files.paged import ocr as recognise
from loaders.files.read import read_bytes
from loaders.files.source import Note
from loaders.plan import parse_plan
from tests.loaders.files.met import cells

pytestmark = pytest.mark.browser
STYLE = "<style>table{border-collapse:collapse}td,th{border:1px solid #000;padding:4px}tr{break-inside:avoid}</style>"


def printed(browser: Browser, body: str) -> bytes:
    page = browser.new_page()
    page.set_content(f"<!DOCTYPE html><html><head><meta charset=utf-8>{STYLE}</head><body>{body}</body></html>")
    data = page.pdf(format="A4", margin={"top": "60px", "bottom": "60px", "left": "60px", "right": "60px"})
    page.close()
    return data


def test_merged_cells_go_on_over_the_end_of_a_page(browser: Browser) -> None:
    rows = "".join(
        "<tr>" + (f"<td rowspan=6>{n // 6 + 1}<td rowspan=6>深化第{n // 6 + 1}项改革" if n % 6 == 0 else "")
        + f"<td style='height:70px'>措施{n}<td>市司法局、市编办<td>2024年底前</tr>" for n in range(24)
    )  # fmt: skip
    head = "<thead><tr><th>序号<th>重点任务<th>工作措施<th>责任单位<th>完成时限</tr></thead>"
    source = read_bytes(printed(browser, f"<p>临江市重点任务分工表</p><table>{head}<tbody>{rows}</tbody></table>"))
    assert len(source.pages) > 1
    assert len(source.tables) == 1
    assert cells(source)[1:] == [
        [str(n // 6 + 1), f"深化第{n // 6 + 1}项改革", f"措施{n}", "市司法局、市编办", "2024年底前"] for n in range(24)
    ]
    plan = parse_plan(source)
    assert [(i.number, i.part) for i in plan.items] == [(n, p) for n in range(1, 5) for p in (None, 1, 2, 3, 4, 5, 6)]
    assert all(len(i.duties) == 2 for i in plan.items if i.part)


def test_long_words_and_brackets_do_not_break_a_paragraph(browser: Browser) -> None:
    text = "".join(
        f"文件{n}按照《临江市行政程序规定（20{n:02}年修订）》办理，详见http://example.gov.cn/plans/{n}。"
        for n in range(10, 40)
    )
    source = read_bytes(printed(browser, f"<p>{text}</p><p>尾。</p>"))
    assert source.text == f"{text}\n尾。\n"


def test_two_tables_of_other_columns_stay_two(browser: Browser) -> None:
    table = "<table><tr><td>{}<td>{}</tr><tr><td>1<td>2</tr></table>"
    source = read_bytes(printed(browser, table.format("任务", "时限") + "<p>之间</p>" + table.format("单位", "人数")))
    assert source.text == "任务\t时限\n1\t2\n之间\n单位\t人数\n1\t2\n"
    assert len(source.tables) == 2


def test_a_page_that_is_a_picture_is_told(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognise, "available", lambda: False)
    square = (
        "<div style='break-before:page'><img style='width:300px;height:300px' "
        "src='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='></div>"
    )
    source = read_bytes(printed(browser, f"<p>一、目标</p>{square}"))
    assert source.notes == (Note("unread-part", "第2页是图像，没有文字，未读；装上识别组件（zeren[ocr]）后可读。"),)
    assert [w.message for w in parse_plan(source).warnings if w.code == "unread-part"] == [source.notes[0].message]


@pytest.mark.parametrize("turn", [90, 270])
def test_a_turned_page_is_read_as_it_is_shown(browser: Browser, turn: int) -> None:
    """What a page turned by its viewer shows is not what its text was drawn as: both turns together are upright."""
    page = browser.new_page()
    body = "<table><tr><td>序号<td>任务<td>责任单位</tr><tr><td>1<td>清理文件<td>市司法局</tr></table>"
    css = f"body{{margin:0}}div{{position:absolute;left:300px;top:300px;transform:rotate({-turn}deg)}}"
    page.set_content(
        f"<!DOCTYPE html><html><head><meta charset=utf-8>{STYLE}<style>{css}</style></head><body><div>{body}</div></body></html>"
    )
    document = pypdfium2.PdfDocument(page.pdf(width="800px", height="800px"))
    page.close()
    document[0].set_rotation(turn)
    target = io.BytesIO()
    document.save(target)
    document.close()
    source = read_bytes(target.getvalue())
    assert source.text == "序号\t任务\t责任单位\n1\t清理文件\t市司法局\n"


MARK = "<div style='position:fixed;left:{}px;top:{}px;transform:rotate(-35deg);color:#ccc;font-size:20px'>内部传阅 请勿外传</div>"
PARAGRAPH = "<p>1.疏浚渠道。（牵头单位：市水务局；责任单位：市财政局、市住房城乡建设局、各县区人民政府；完成时限：2025年6月底前）</p>"


def test_a_slanting_watermark_is_left_out_and_told(browser: Browser) -> None:
    marks = "".join(MARK.format(x, y) for x in (20, 250) for y in (30, 90, 150))
    source = read_bytes(printed(browser, f"{PARAGRAPH * 4}{marks}"))
    assert "内部" not in source.text
    assert "外传" not in source.text
    assert source.text.count("市住房城乡建设局") == 4
    assert [(note.code, note.place) for note in source.notes] == [("watermark", "第1页")]


def test_a_row_that_begins_a_page_is_no_rest_of_the_row_above(browser: Browser) -> None:
    """The last cell fills its line to the border, and the category is merged over the end of the page."""
    rows = "".join(
        "<tr>" + (f"<td rowspan=8>第{n // 8 + 1}类" if n % 8 == 0 else "")
        + f"<td>{n + 1}<td style='height:90px'>任务{n + 1}<td style='width:114px'>2024年12月底前</tr>" for n in range(16)
    )  # fmt: skip
    source = read_bytes(printed(browser, f"<table><tr><th>类别<th>序号<th>任务<th>完成时限</tr>{rows}</table>"))
    assert len(source.pages) > 1
    assert [row[1:3] for row in cells(source)[1:]] == [[str(n), f"任务{n}"] for n in range(1, 17)]
