"""Word: signs and choices that are no text, ends of paragraphs that are deleted, words that are drawn."""

import pytest

from bench.made.word import packed, paragraph
from loaders.files.read import read_bytes
from loaders.files.source import Source
from tests.loaders.files.met import told

LINE = paragraph("1.疏浚渠道。")


def read(body: str, parts: dict[str, str] | None = None, related: dict[str, str] | None = None) -> Source:
    return read_bytes(packed(body, parts=parts, related=related))


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Wingdings 2", "F052", "☑"),
        ("Wingdings 2", "F0A3", "☐"),
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F0A8", "☐"),
        ("Wingdings", "F082", "②"),
        ("Wingdings 2", "F06A", "①"),
        ("宋体", "2460", "①"),
        ("Wingdings", "F001", ""),
        ("Wingdings", "x", ""),
    ],
)
def test_symbols_of_a_font_are_signs(font: str, code: str, sign: str) -> None:
    symbol = f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    assert read(f"<w:p>{symbol}{run('市水务局')}</w:p>").text == f"{sign}市水务局\n"


def field(data: str) -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
    return f"<w:p>{run('责任单位：')}{begin}<w:r><w:instrText>FORM</w:instrText></w:r></w:p>"


@pytest.mark.parametrize(
    ("chosen", "words"), [('<w:result w:val="1"/>', "市水务局"), ("", "市林业局"), ('<w:default w:val="9"/>', "")]
)
def test_the_chosen_line_of_a_list_is_read(chosen: str, words: str) -> None:
    lines = "".join(f'<w:listEntry w:val="{line}"/>' for line in ("市林业局", "市水务局"))
    assert read(field(f"<w:ddList>{chosen}{lines}</w:ddList>")).text == f"责任单位：{words}\n"


@pytest.mark.parametrize(
    ("ticked", "sign"),
    [("<w:checked/>", "☑"), ('<w:checked w:val="0"/>', "☐"), ('<w:default w:val="1"/>', "☑"), ("", "☐")],
)
def test_a_box_has_its_tick(ticked: str, sign: str) -> None:
    assert read(field(f"<w:checkBox>{ticked}</w:checkBox>")).text == f"责任单位：{sign}\n"


DELETED = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    body = (
        f"<w:p>{DELETED}{run('责任单位：')}</w:p><w:p>{DELETED}{run('市水务局')}</w:p>{paragraph('、市林业局。')}{LINE}"
    )
    assert read(body).text == "责任单位：市水务局、市林业局。\n1.疏浚渠道。\n"


def test_the_properties_of_the_end_that_is_left_count() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    numbering = (
        f'<w:numbering {space}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    gone = f"<w:p>{DELETED}<w:del><w:r><w:delText>原文</w:delText></w:r></w:del></w:p>"
    kept = f'<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>{run("疏浚渠道。")}</w:p>'
    source = read(gone + kept, {"word/numbering.xml": numbering}, {"numbering.xml": "numbering"})
    assert source.text == "1.疏浚渠道。\n"
    assert [note.words for note in source.notes] == ["原文"]


def test_the_last_paragraph_keeps_its_words_without_its_end() -> None:
    assert read(f"{LINE}<w:p>{DELETED}{run('责任单位：市水务局')}</w:p>").text == "1.疏浚渠道。\n责任单位：市水务局\n"


@pytest.mark.parametrize(
    ("drawn", "kind", "part"),
    [
        ("<x:relIds r:dm='r0'/>", "diagramData", "<d:dataModel xmlns:d='d' xmlns:a='a'><a:t>市水务局牵头</a:t></d:dataModel>"),
        ("<x:chart r:id='r0'/>", "chart", "<c:chartSpace xmlns:c='c' xmlns:a='a'><a:t>市水务局牵头</a:t></c:chartSpace>"),
        ("<x:shape><x:textpath string='市水务局牵头'/></x:shape>", "image", "<a/>"),
    ],
)  # fmt: skip
def test_words_of_diagrams_charts_and_shapes_are_told(drawn: str, kind: str, part: str) -> None:
    body = f"{LINE}<w:p xmlns:x='x'><w:r><w:drawing>{drawn}</w:drawing></w:r></w:p>"
    source = read(body, {"word/drawn.xml": part}, {"drawn.xml": kind})
    assert source.text == "1.疏浚渠道。\n"
    assert told(source) == [("drawing", "在“1.疏浚渠道。”之后", "市水务局牵头")]


def test_a_diagram_whose_part_is_missing_is_told_without_words() -> None:
    source = read(f"{LINE}<w:p xmlns:x='x'><w:r><x:relIds r:dm='r7'/></w:r></w:p>")
    assert [(note.code, note.words) for note in source.notes] == [("drawing", None)]
