"""Saved pages, and tables that come as text: what a script shows, tables inside cells and inside texts, CSV."""

import pytest

from loaders.files.read import read_bytes
from loaders.files.source import Source
from loaders.plan import parse_plan
from tests.loaders.files.met import cells, told

PLAN = ("长河市湿地保护实施方案", "1.修复湿地。", "牵头单位：市林业局。", "2.疏浚渠道。", "牵头单位：市水务局。") * 2
HEAD = "<tr><th>序号</th><th>任务</th><th>牵头单位</th></tr>"


def page(body: str) -> Source:
    return read_bytes(f"<!DOCTYPE html><html><body>{body}</body></html>".encode())


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


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


ARTICLE = paragraphs(*PLAN * 3)


def article(body: str, around: str = "") -> Source:
    return page(f"<div id=zoom>{ARTICLE}{body}</div>{around}")


def added(source: Source) -> str:
    """What the text has behind the article."""
    return source.text.removeprefix(article("").text)


@pytest.mark.parametrize(
    "struck",
    [
        "<s>、市旅游局</s>",
        "<del>、市旅游局</del>",
        "<strike>、市旅游局</strike>",
        '<span style="color:red;text-decoration: line-through">、市旅游局</span>',
        '<b style="text-decoration-line:underline line-through">、市旅游局</b>',
    ],
)
def test_words_that_a_page_strikes_through_are_left_out_and_told(struck: str) -> None:
    source = article(f"<p>3.巡查。</p><p>责任单位：市司法局{struck}。</p>")
    assert added(source) == "3.巡查。\n责任单位：市司法局。\n"
    assert [(note.code, note.words) for note in source.notes] == [("struck-through", "、市旅游局")]


def styled(sheet: str, body: str) -> Source:
    return read_bytes(
        f"<!DOCTYPE html><html><head>{sheet}</head><body><div id=zoom>{ARTICLE}{body}</div></body></html>".encode()
    )


@pytest.mark.parametrize(
    ("sheet", "kind"),
    [
        ("<style>.x{color:red;display:none}</style>", "page-part"),
        ("<style>/* .x */ p.x , .y { visibility : hidden }</style>", "page-part"),
        ("<style>@media screen{#zoom .x{display:none}}</style>", "page-part"),
        ("<style>.x{display:block}</style><style media=screen>.x{display:none}</style>", "page-part"),
        ("<style>.x{text-decoration:underline line-through}</style>", "struck-through"),
    ],
)
def test_what_a_style_sheet_hides_or_strikes_through_is_told(sheet: str, kind: str) -> None:
    source = styled(sheet, '<p class="x">责任单位：市旅游局。</p>')
    assert added(source) == ""
    assert [(note.code, note.words) for note in source.notes] == [(kind, "责任单位：市旅游局。")]


@pytest.mark.parametrize(
    "sheet",
    [
        "<style>@media print{.x{display:none}}</style>",
        "<style media=print>.x{display:none}</style>",
        "<style>.x:hover{display:none} .y{display:none}</style>",
        "<style>.x{display:none}.x{display:block}</style>",
        "<style>.x::before{display:none} .x{overflow:hidden} x(({display:none}</style>",
    ],
)
def test_what_a_style_sheet_shows_stays(sheet: str) -> None:
    source = styled(sheet, '<p class="x">责任单位：市旅游局。</p>')
    assert added(source) == "责任单位：市旅游局。\n"
    assert not source.notes


def test_what_an_element_says_of_itself_counts_above_the_style_sheet() -> None:
    source = styled("<style>.x{display:none}</style>", '<p class="x" style="display:block">责任单位：市旅游局。</p>')
    assert added(source) == "责任单位：市旅游局。\n"


def test_underlined_words_stay() -> None:
    assert (
        added(article("<p><u>市司法局</u><span style='text-decoration:underline'>牵头</span></p>")) == "市司法局牵头\n"
    )


def test_a_page_that_stands_in_a_form_is_read() -> None:
    source = page(f"<form id=f action=x><div>{ARTICLE}</div></form>")
    assert source.text == article("").text


def test_a_form_in_an_article_is_told() -> None:
    source = article("<form><p>意见征集：请填写您的意见</p></form>", "<form><p>站内搜索请输入关键词</p></form>")
    assert (added(source), [note.code for note in source.notes]) == ("", ["page-part"])


def test_a_caption_and_words_beside_cells_stand_above_their_table() -> None:
    rows = f"{HEAD}<tr><td>1</td><td>疏浚渠道</td><td>市水务局</td></tr>"
    source = article(f"<table><caption>长河市任务分工表</caption>按季报送<tbody>{rows}<p>另行通知</p></tbody></table>")
    assert added(source).splitlines()[:4] == ["长河市任务分工表", "按季报送", "另行通知", "序号\t任务\t牵头单位"]


def test_readings_above_characters_are_no_words() -> None:
    assert added(article("<p>市<ruby>司<rp>(</rp><rt>sī</rt><rp>)</rp></ruby>法局</p>")) == "市司法局\n"


def test_a_cell_down_to_the_end_stands_in_each_row() -> None:
    rows = "<tr><td rowspan=0>市水务局</td><td>1</td><td>疏浚渠道</td></tr><tr><td>2</td><td>清理河岸</td></tr>"
    source = article("<table><tr><th>牵头单位</th><th>序号</th><th>任务</th></tr>" + rows + "</table>")
    assert cells(source)[2] == ["市水务局", "2", "清理河岸"]


def test_pictures_and_pages_inside_an_article_are_told() -> None:
    source = article(
        '<img src=a.png alt="分工表"><img src=b.gif width=16><iframe src="annex.htm"></iframe><embed src="plan.pdf">'
    )
    assert [(note.code, note.words) for note in source.notes] == [
        ("picture", "分工表"),
        ("embedded-part", "annex.htm"),
        ("embedded-part", "plan.pdf"),
    ]


@pytest.mark.parametrize(
    ("around", "told"),
    [
        ("<div><p>附件：责任单位：市林业局</p></div>", ["附件：责任单位：市林业局"]),
        (
            "<table><tr><td>索引号：4/2024</td><td>文号：长政发〔2024〕3号</td></tr></table>",
            ["索引号：4/2024文号：长政发〔2024〕3号"],
        ),
        ("<p>主办单位：市政府办公室 网站标识码4300000000</p>", []),
        ("<p>上一篇：关于放假的通知</p>", []),
    ],
)
def test_what_stands_outside_an_article_and_may_be_of_the_plan_is_told(around: str, told: list[str]) -> None:
    source = article("", around)
    assert added(source) == ""
    assert [note.words for note in source.notes if note.code == "page-outside"] == told


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


def test_lines_saved_as_csv_lose_their_quotes() -> None:
    data = '长河市工作方案\r\n"1.疏浚渠道,清理河岸。"\r\n牵头单位:市水务局\r\n"2.修订""一单四制"",并公示。"\r\n'.encode(
        "gbk"
    )
    assert (
        read_bytes(data).text == '长河市工作方案\n1.疏浚渠道,清理河岸。\n牵头单位:市水务局\n2.修订"一单四制",并公示。\n'
    )


@pytest.mark.parametrize("sign", [";", "|", "\t"])
def test_a_line_names_the_sign_of_a_csv(sign: str) -> None:
    text = f"sep={sign}\r\n" + "".join(sign.join(row).replace("\n", "") + "\r\n" for row in ROWS)
    assert cells(read_bytes(text.encode()))[2] == ROWS[2]


def test_words_that_markdown_strikes_through_are_told_and_not_read() -> None:
    source = read_bytes("1.巡查。\n\n责任单位：市司法局~~、市旅游局~~\n2.3~~5天\n".encode())
    assert told(source) == [("struck-through", "第3行", "、市旅游局")]
    assert [duty.as_written for item in parse_plan(source).items for duty in item.duties] == ["市司法局"]


def test_lines_above_a_table_in_a_csv() -> None:
    lines = ["长河市工作方案", *["一是抓紧,二是落实"] * 7]
    text = "".join(f'"{line}",,\n' if "," in line else f"{line},,\n" for line in lines)
    source = read_bytes((text + "序号,任务,牵头单位\n1,疏浚渠道,市水务局\n").encode())
    assert source.text.splitlines()[-3:] == ["一是抓紧,二是落实", "序号\t任务\t牵头单位", "1\t疏浚渠道\t市水务局"]


@pytest.mark.parametrize(
    "text",
    [
        '"一单四制",就是\n"两张清单",也是\n',
        '他说:\n"抓紧,落实"\n这是要求,要照办.\n',
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
