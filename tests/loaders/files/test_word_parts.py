"""Word files that other programs write: parts with other names, embedded pages, automatic numbers in cells."""

import io
from collections.abc import Callable, Mapping

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bench.made.zips import unzipped, zipped
from graph.errors import UnreadableSource
from loaders.files.read import read_bytes

LINES = ("1.疏浚渠道。", "牵头单位：市水务局。")
CHUNK = '<R Id="c1" Type="x/aFChunk" Target="{0}"/></Relationships>'
PAGE = "<html><body>" + "".join(f"<p>{line}</p>" for line in LINES) + "</body></html>"


def document(chunk: bool = False) -> bytes:
    made = docx.Document()
    if chunk:
        space = 'xmlns:w="{}" xmlns:r="{}"'.format(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        )
        made.element.body.insert(0, parse_xml(f'<w:altChunk {space} r:id="c1"/>'))
    else:
        for line in LINES:
            made.add_paragraph(line)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def rewritten(data: bytes, change: Callable[[str, bytes], tuple[str, bytes]], more: Mapping[str, bytes] = {}) -> bytes:
    """The file with each part, its name and bytes, changed, and with ``more`` parts."""
    return zipped({**dict(change(*part) for part in unzipped(data).items()), **more})


def renaming(before: str, after: str) -> Callable[[str, bytes], tuple[str, bytes]]:
    """Parts with other names, also where a relation names them."""

    def change(name: str, words: bytes) -> tuple[str, bytes]:
        refers = name.endswith(".rels")
        return name.replace(before, after), words.replace(before.encode(), after.encode()) if refers else words

    return change


@pytest.mark.parametrize(
    "change",
    [
        renaming("document.xml", "main7.xml"),
        renaming("word/", "content/"),
        lambda name, words: (name.replace("/", "\\"), words),
        lambda name, words: (f"./{name}", words),
    ],
)
def test_parts_are_found_by_their_relations(change: Callable[[str, bytes], tuple[str, bytes]]) -> None:
    assert read_bytes(rewritten(document(), change)).text == "\n".join((*LINES, ""))


def with_chunk(name: str, part: bytes) -> bytes:
    def relate(at: str, words: bytes) -> tuple[str, bytes]:
        refers = at == "word/_rels/document.xml.rels"
        return at, words.replace(b"</Relationships>", CHUNK.format(name).encode()) if refers else words

    return rewritten(document(chunk=True), relate, {f"word/{name}": part})


@pytest.mark.parametrize(
    ("name", "part"),
    [("page.html", PAGE.encode()), ("part.docx", document()), ("plain.txt", "\n".join(LINES).encode("gb18030"))],
)
def test_what_is_embedded_whole_is_read(name: str, part: bytes) -> None:
    source = read_bytes(with_chunk(name, part))
    assert (source.text, source.notes) == ("\n".join((*LINES, "")), ())


def test_an_embedded_part_that_cannot_be_read_is_told() -> None:
    (note,) = read_bytes(with_chunk("part.bin", bytes(range(1, 256)) * 9)).notes
    assert (note.code, note.place) == ("embedded-part", "部分 word/part.bin（altChunk）")


def test_files_inside_files_end_somewhere() -> None:
    data = document()
    for _ in range(6):
        data = with_chunk("part.docx", data)
    source = read_bytes(data)
    assert {note.code for note in source.notes} == {"embedded-part"}


def test_a_number_that_word_counts_fills_an_empty_cell() -> None:
    made = docx.Document()
    numbering = made.part.numbering_part.element
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>'
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="88">{level}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="88"><w:abstractNumId w:val="88"/></w:num>'))
    table = made.add_table(3, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "序号", "任务"
    for at, task in ((1, "疏浚渠道"), (2, "清理河岸")):
        number = '<w:numPr {}><w:ilvl w:val="0"/><w:numId w:val="88"/></w:numPr>'.format(nsdecls("w"))
        table.rows[at].cells[0].paragraphs[0]._p.get_or_add_pPr().append(parse_xml(number))
        table.rows[at].cells[1].text = task
    target = io.BytesIO()
    made.save(target)
    assert read_bytes(target.getvalue()).text == "序号\t任务\n1\t疏浚渠道\n2\t清理河岸\n"


def test_a_zip_of_anything_else_is_still_refused() -> None:
    parts = {"_rels/.rels": '<R><x Type="x/officeDocument" Target="other.xml"/></R>', "other.xml": "<svg/>"}
    with pytest.raises(UnreadableSource, match="a zip archive"):
        read_bytes(zipped(parts))
