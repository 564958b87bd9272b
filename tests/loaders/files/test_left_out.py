"""What a file holds and its text does not: told with kind, place and words, up to the load's answer, page and dossier."""

import io
from datetime import date

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from api.export.dossier_requests import document_dossier
from bench.made.zips import unzipped, zipped
from graph.store.contract import Store
from loaders.files.omissions import OMITTED, SHOWN, Omissions
from loaders.files.read import read_bytes
from loaders.plan import parse_plan
from loaders.storing.check import check
from loaders.storing.load import load_plan
from tests.loaders.files.met import told

PLAN = ("长河市湿地保护实施方案", "1.修复湿地。", "责任单位：市林业局。", "完成时限：2025年6月底前。")


def saved(document: Document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def plan_of(*lines: str) -> Document:
    document = docx.Document()
    for line in lines or PLAN:
        document.add_paragraph(line)
    return document


def with_parts(data: bytes, parts: dict[str, str], related: str = "") -> bytes:
    """A Word file with more parts; ``related`` are relations of its main part."""
    old, listed = unzipped(data), "word/_rels/document.xml.rels"
    relations = old[listed].replace(b"</Relationships>", related.encode() + b"</Relationships>")
    return zipped({**old, listed: relations, **parts})


def test_struck_through_and_hidden_words_are_left_out_and_told() -> None:
    document = plan_of(PLAN[0], PLAN[1])
    line = document.add_paragraph("责任单位：市林业局")
    line.add_run("、市水务局").font.strike = True
    line.add_run("（内部掌握）").font.hidden = True
    line.add_run("。").font.strike = False
    source = read_bytes(saved(document))
    assert source.text.endswith("责任单位：市林业局。\n")
    assert told(source) == [
        ("struck-through", "在“责任单位：市林业局”之后", "、市水务局"),
        ("hidden-text", "在“责任单位：市林业局”之后", "（内部掌握）"),
    ]


def test_deletions_comments_and_footnotes_are_told_with_their_words() -> None:
    document = plan_of()
    paragraph = document.paragraphs[-1]._p
    space = nsdecls("w")
    for piece in (
        "<w:del {0}><w:r><w:delText>市水务局配合。</w:delText></w:r></w:del>",
        '<w:r {0}><w:footnoteReference w:id="7"/></w:r>',
        '<w:r {0}><w:commentReference w:id="3"/></w:r>',
    ):
        paragraph.append(parse_xml(piece.format(space)))
    note = '<w:{0}s {2}><w:{0} w:id="{1}"><w:p><w:r><w:t>{3}</w:t></w:r></w:p></w:{0}></w:{0}s>'
    parts = {
        "word/footnotes.xml": note.format("footnote", 7, space, "2026年起由市水务局负责。"),
        "word/notes-of-readers.xml": note.format("comment", 3, space, "与林业局核对"),
    }
    source = read_bytes(
        with_parts(saved(document), parts, '<R Id="c9" Type="x/comments" Target="notes-of-readers.xml"/>')
    )
    place = "在“完成时限：2025年6月底前。”之后"
    assert told(source) == [
        ("deleted-revision", place, "市水务局配合。"),
        ("footnote", place, "2026年起由市水务局负责。"),
        ("comment", place, "与林业局核对"),
    ]


def test_a_file_without_anything_hidden_tells_nothing() -> None:
    assert read_bytes(saved(plan_of())).notes == ()


def test_beyond_twenty_of_one_kind_the_rest_is_counted() -> None:
    left = Omissions()
    for number in range(SHOWN + 5):
        left.add("hidden-row", f"第{number}行", "字" * 500)
    notes = left.notes()
    assert len(notes) == SHOWN + 1
    assert notes[-1].message == f"{OMITTED['hidden-row']}：另有5处。"
    assert len(notes[0].words or "") < 130


@pytest.fixture
def struck() -> bytes:
    document = plan_of()
    document.paragraphs[2].add_run("市水务局。").font.strike = True
    return saved(document)


def test_it_reaches_the_warnings_the_answer_and_a_check(struck: bytes, store: Store) -> None:
    plan = parse_plan(read_bytes(struck))
    (warning,) = [warning for warning in plan.warnings if warning.place]
    assert (warning.code, warning.words, plan.left_out) == ("struck-through", "市水务局。", 1)
    report = load_plan(plan, store, now="2026-01-01T00:00:00")
    assert warning in report.warnings
    assert not check(store, report.document_id).differences


@pytest.mark.one_neo4j
def test_it_stands_in_the_dossier(struck: bytes, store: Store) -> None:
    report = load_plan(parse_plan(read_bytes(struck)), store, now="2026-01-01T00:00:00")
    dossier = document_dossier(store, report.document_id, date(2026, 1, 2)).body["dossier"]
    assert [words for name, words in dossier.about if name == "未读入"] == [
        "长河市湿地保护实施方案：划了删除线的文字没有读入：在“责任单位：市林业局。”之后“市水务局。”。"
    ]


SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def styled(*styles: str) -> Document:
    """A file with styles of its own: D strikes characters, P a paragraph, Q is based on P, H hides characters."""
    document = docx.Document()
    for style in styles:
        document.styles.element.append(parse_xml(style.replace("<w:style ", f"<w:style {SPACE} ", 1)))
    return document


STYLES = (
    '<w:style w:type="character" w:styleId="D"><w:name w:val="d"/><w:rPr><w:strike/></w:rPr></w:style>',
    '<w:style w:type="character" w:styleId="H"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>',
    '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="p"/><w:rPr><w:strike/></w:rPr></w:style>',
    '<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="q"/><w:basedOn w:val="P"/></w:style>',
)


@pytest.mark.parametrize(
    ("paragraph", "shown", "codes"),
    [
        (
            '<w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:rStyle w:val="D"/></w:rPr><w:t>乙</w:t></w:r>',
            "甲",
            ["struck-through"],
        ),
        ('<w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:rStyle w:val="H"/></w:rPr><w:t>乙</w:t></w:r>', "甲", ["hidden-text"]),
        # based on a style that strikes; a run that says no
        (
            '<w:pPr><w:pStyle w:val="Q"/></w:pPr><w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>乙</w:t></w:r>',
            "乙",
            ["struck-through"],
        ),
        # both strike: the one turns off the other
        ('<w:pPr><w:pStyle w:val="P"/></w:pPr><w:r><w:rPr><w:rStyle w:val="D"/></w:rPr><w:t>甲</w:t></w:r>', "甲", []),
        ('<w:r><w:rPr><w:rStyle w:val="Unknown"/></w:rPr><w:t>甲</w:t></w:r>', "甲", []),
    ],
)
def test_words_are_struck_through_and_hidden_by_their_style(paragraph: str, shown: str, codes: list[str]) -> None:
    document = styled(*STYLES)
    document.element.body.insert(0, parse_xml(f"<w:p {SPACE}>{paragraph}</w:p>"))
    source = read_bytes(saved(document))
    assert (source.text.strip(), [note.code for note in source.notes]) == (shown, codes)


@pytest.mark.parametrize(
    ("head", "told"),
    [("征求意见稿", ["页眉“征求意见稿”"]), ("— 3 —", []), ("第 1 页 共 9 页", []), ("Page 1 of 9", []), ("", [])],
)
def test_the_head_of_pages_is_told_unless_it_counts_them(head: str, told: list[str]) -> None:
    document = plan_of("1.清理文件。")
    document.sections[0].header.paragraphs[0].text = head
    document.add_section().header.is_linked_to_previous = False
    document.sections[1].header.paragraphs[0].text = head
    notes = read_bytes(saved(document)).notes
    assert [note.message.partition("：")[2].rstrip("。") for note in notes if note.code == "page-head"] == told
