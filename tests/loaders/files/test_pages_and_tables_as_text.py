"""Saved pages, and tables that come as text: what a script shows, tables inside cells and inside texts, CSV."""

import pytest

from loaders.files.read import read_bytes
from loaders.files.source import Source

PLAN = ("长河市湿地保护实施方案", "1.修复湿地。", "牵头单位：市林业局。", "2.疏浚渠道。", "牵头单位：市水务局。") * 2
HEAD = "<tr><th>序号</th><th>任务</th><th>牵头单位</th></tr>"


def page(body: str) -> Source:
    return read_bytes(f"<!DOCTYPE html><html><body>{body}</body></html>".encode())


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def cells(source: Source) -> list[list[str]]:
    return [[source.text[slice(*span)] for span in row] for row in source.tables[0].rows]


@pytest.mark.parametrize("style", ["visibility: hidden; opacity: 0;", "display:none", 'visibility:hidden" data-x="1'])
def test_an_article_that_waits_for_its_script_is_read(style: str) -> None:
    source = page(f'<div id=menu>首页 栏目</div><div id=text style="{style}">{paragraphs(*PLAN)}</div>')
    assert source.text.endswith("\n".join((*PLAN, "")))
    assert not source.notes


def test_a_hidden_part_of_an_article_is_told() -> None:
    source = page(f'<div id=zoom>{paragraphs(*PLAN * 3)}<p style="display:none">3.此项已经取消，不再执行。</p></div>')
    assert "取消" not in source.text
    assert [(note.code, note.words) for note in source.notes] == [("page-part", "3.此项已经取消，不再执行。")]


def test_a_hidden_menu_is_no_loss() -> None:
    source = page(
        f'<ul style="display:none"><li>政务公开栏目导航与说明</li></ul><div id=zoom>{paragraphs(*PLAN * 3)}</div>'
    )
    assert not source.notes


def test_a_known_container_of_a_teaser_is_not_the_text() -> None:
    teaser = "<div class=article>" + "热点新闻，" * 25 + "</div>"
    source = page(f"{teaser}<div class=wz>{paragraphs(*PLAN * 6)}</div>")
    assert "2.疏浚渠道。" in source.text


def test_the_heaviest_of_containers_with_one_name_is_the_text() -> None:
    first = "<div class=TRS_Editor>" + "本站导读，" * 25 + "</div>"
    source = page(f"{first}<div class=TRS_Editor>{paragraphs(*PLAN * 6)}</div>")
    assert source.text.startswith(PLAN[0])


def test_a_table_inside_a_cell_is_the_words_of_that_cell() -> None:
    inner = "<table><tr><td>市水务局</td></tr><tr><td>市城管局</td></tr></table>"
    source = page(f"<table>{HEAD}<tr><td>1</td><td>疏浚渠道</td><td>{inner}</td></tr></table>")
    assert cells(source) == [["序号", "任务", "牵头单位"], ["1", "疏浚渠道", "市水务局\n市城管局"]]


def test_a_table_that_arranges_the_page_is_still_none() -> None:
    inner = f"<table>{HEAD}<tr><td>1</td><td>疏浚渠道</td><td>市水务局</td></tr></table>"
    source = page(f"<table><tr><td>导航<br>栏目</td><td>{inner}</td></tr></table>")
    assert cells(source)[0] == ["序号", "任务", "牵头单位"]


def test_web_tables_inside_markdown_are_tables() -> None:
    text = (
        "# 分工方案\n\n<table><tr><td>序号</td><td>任务</td><td>牵头单位</td></tr>"
        '<tr><td>1</td><td>疏浚渠道</td><td rowspan="2">市水务局</td></tr><tr><td>2</td><td>清理河岸</td></tr></table>\n\n说明\n'
    )
    source = read_bytes(text.encode(), name="方案.md")
    assert source.text.startswith("# 分工方案\n序号\t任务")
    assert source.text.endswith("2\t清理河岸\n说明\n")
    assert cells(source)[2] == ["2", "清理河岸", "市水务局"]


def test_a_tag_without_its_end_stays_text() -> None:
    text = "<table 见附件\n1.疏浚渠道。\n</table"
    assert read_bytes(("说明" + text).encode()).text.splitlines() == ["说明<table 见附件", "1.疏浚渠道。", "</table"]


ROWS = [["序号", "任务", "牵头单位"], ["1", "编制，修订\n并公示", "市司法局,市财政局"], ["2", "清理河岸", "市城管局"]]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "utf-16"])
def test_a_table_as_csv(sign: str, encoding: str) -> None:
    text = "\r\n".join(sign.join(f'"{cell}"' if len(cell) > 4 else cell for cell in row) for row in ROWS)
    assert cells(read_bytes(text.encode(encoding))) == ROWS


def test_a_title_above_the_head_of_a_csv() -> None:
    source = read_bytes("长河市任务分工表,,\n序号,任务,牵头单位\n1,疏浚渠道,市水务局\n2,清理河岸,市城管局\n".encode())
    assert cells(source)[1] == ["序号", "任务", "牵头单位"]


@pytest.mark.parametrize(
    "text",
    [
        "任务,牵头单位,完成时限都要写明.\n1.疏浚渠道,清理河岸.\n牵头单位:市水务局.\n",
        "方案\n序号\t任务\t牵头单位\n1\t疏浚渠道\t市水务局\n说明\n一是抓紧\n二是落实\n三是总结\n",  # a table inside a text
        "a,b,c\n1,2,3\n4,5,6\n",
    ],
)
def test_a_text_with_commas_or_a_table_in_it_stays_text(text: str) -> None:
    source = read_bytes(text.encode())
    assert (source.text, source.tables) == (text, ())


def test_a_bad_byte_in_a_csv_keeps_its_place() -> None:
    text = "序号,任务,牵头单位\n" + "".join(f"{n},疏浚渠道,市水务局\n" for n in range(1, 60))
    source = read_bytes(text.encode("gbk")[:-2])
    ((start, end),) = source.undecodable
    assert source.text[start:end] == "\ufffd"
