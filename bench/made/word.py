"""Word: a .docx of paragraphs and tables, with the parts of other programs, and what web offices save as .doc.

Example: ``docx(["1.清理文件。"])``; ``docx(lines, main="word/document2.xml", backslashes=True)`` is one of a web office.
"""

import base64
import quopri
from collections.abc import Mapping, Sequence
from html import escape

from bench.made.zips import unzipped, zipped

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/{}" ContentType="{}"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def paragraph(words: str, properties: str = "") -> str:
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table; a cell that is XML of paragraphs already stays as it is."""
    cells = (
        "".join(f"<w:tc>{cell if cell.startswith('<w:p>') else paragraph(cell)}</w:tc>" for cell in row) for row in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def body_of(lines: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> str:
    return "".join(map(paragraph, lines)) + (table(rows) if rows else "")


def packed(
    body: str,
    *,
    main: str = "word/document.xml",
    parts: Mapping[str, str | bytes] | None = None,
    related: Mapping[str, str] | None = None,
    backslashes: bool = False,
) -> bytes:
    """A file with this body; ``parts`` are further ones, ``related`` says which kind those of the main part are."""
    folder, _, name = main.rpartition("/")
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate((related or {}).items())
    )
    every: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES.format(main, _MAIN),
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" Type="{_OFFICE}/officeDocument" '
        f'Target="{main}"/></Relationships>',
        main: f'<?xml version="1.0" encoding="UTF-8"?><w:document {_SPACES}><w:body>{body}</w:body></w:document>',
        f"{folder}/_rels/{name}.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
        **(parts or {}),
    }
    return zipped({part.replace("/", "\\"): words for part, words in every.items()} if backslashes else every)


def docx(lines: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    return packed(body_of(lines, rows))


def docx_of_web_office(lines: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A main part with another name, and names of parts with backslashes."""
    return packed(body_of(lines, rows), main="word/document2.xml", backslashes=True)


def docx_with_page(page: str) -> bytes:
    """A file whose words stand in an embedded page."""
    return packed('<w:altChunk r:id="r0"/>', parts={"word/page.htm": page}, related={"page.htm": "aFChunk"})


def flat_opc(lines: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A .docx as one XML file."""
    inside = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{words.decode().partition("?>")[2] or words.decode()}</pkg:xmlData></pkg:part>'
        for name, words in unzipped(docx(lines, rows)).items()
        if not name.startswith("[")
    )
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return f'<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="{space}">{inside}</pkg:package>'.encode()


def word_2003(lines: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    """Word 2003 as XML."""
    space = "http://schemas.microsoft.com/office/word/2003/wordml"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
        f'<w:wordDocument xmlns:w="{space}"><w:body>{body_of(lines, rows)}</w:body></w:wordDocument>'
    ).encode()


def mhtml(page: str, charset: str = "gb2312", encoding: str = "base64") -> bytes:
    """A page saved in one file, as Word's "single file web page" writes it."""
    words = page.encode(charset, "replace")
    coded = base64.encodebytes(words) if encoding == "base64" else quopri.encodestring(words)
    head = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="----=_NextPart_01"\n\n------=_NextPart_01\n'
        f'Content-Location: file:///C:/plan.htm\nContent-Transfer-Encoding: {encoding}\nContent-Type: text/html; charset="{charset}"\n\n'
    )
    return head.encode() + coded + b"\n------=_NextPart_01--\n"
