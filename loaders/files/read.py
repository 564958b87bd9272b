"""The only reader of files: bytes in, :class:`loaders.files.source.Source` out.

Steps of `read_bytes`:

1. Refuse more than `MAX_BYTES`.
2. Recognise the format by the first bytes and, in a zip, by its parts, never by its name.  Word, Excel, PDF and OFD files
   go to their readers (`loaders.files`), pictures to the recogniser, formats that only an office program opens to
   LibreOffice; archives and data of other programs are refused with their name and what to do (`_REFUSED`).
3. Decode text (`loaders.files.decoding`): ``\\r\\n`` stays, so does a stray NUL.  Text of which more than 2 % are control
   characters is not text.  Text that begins like a web page is one: its main text is taken.
4. What a reader leaves out is told: `Source.notes` (`loaders.files.omissions`).

An empty file is readable text without a plan in it; the parser says so.

>>> read_bytes("牵头单位:市编办。".encode("gb18030"), name="方案.txt").encoding
'gb18030'

Left to others: encodings (`loaders.files.decoding`), what the text says (`loaders.plan`).
"""

import hashlib
import re
import stat
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from graph.errors import UnreadableSource
from loaders.files.archive import Archive, encrypted
from loaders.files.blocks import Block, Paragraph, compose
from loaders.files.decoding import decode
from loaders.files.delimited import delimited
from loaders.files.excel.sheets_2003 import read_sheets_2003
from loaders.files.excel.xlsx import read_xlsx
from loaders.files.folders import writable_name
from loaders.files.html import PAGE_BEGIN, read_html
from loaders.files.libreoffice import convert
from loaders.files.mhtml import is_mhtml, page_of_mhtml
from loaders.files.mixed import has_web_tables, mixed
from loaders.files.office_xml import OFFICE_XML, office_root, packed
from loaders.files.omissions import Omissions
from loaders.files.package import is_workbook, main_part
from loaders.files.paged.ofd import read_ofd
from loaders.files.source import Source
from loaders.files.word.docx import read_docx
from loaders.text.spellings import STRUCK

MAX_BYTES = 24 * 1024 * 1024
"""Larger files are refused, here as by the service: a plan of 45 items has 0.07 MB."""

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\x00", b"MM\x00*")
_ARCHIVE = "unpack it and give the files in it"
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\x1f\x8b", "a gzip archive", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _ARCHIVE),
    (b"Rar!\x1a\x07", "a RAR archive", _ARCHIVE),
    (b"SQLite format 3\x00", "an SQLite database", "give the text of a plan"),
)
_PDF, _OLE, _ZIP, _RTF = b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"{\\rtf"
_DEEPEST = 3  # Word files inside Word files
_BEFORE_A_TAG = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_PDF_REACH = 1024  # mail programs and scanners put something before a PDF's first line
# Inside a zip, the first member whose name starts so tells what is not read.
_ZIP_MEMBERS = (
    ("ppt/", "a PowerPoint file (.pptx)", "save its text as .docx"),
    ("xl/workbook.bin", "a binary Excel file (.xlsb)", "open it and save it as .xlsx"),
    ("content.xml", "an OpenDocument file", "open it and save it as .docx or .xlsx"),
)
# Inside an old Office file, the name of a stream tells what it is.
_OLE_STREAMS = (
    ("EncryptedPackage", "locked", ""),
    ("WordDocument", "docx", "an old Word file (.doc)"),
    ("Workbook", "xlsx", "an old Excel file (.xls)"),
    ("Book", "xlsx", "an old Excel file (.xls)"),
    ("PowerPoint", "", "an old PowerPoint file (.ppt)"),
)


def read_path(path: str | Path, *, encoding: str | None = None) -> Source:
    """The text of the file at ``path``; `Source.name` is the name of the file.

    Raises UnreadableSource if there is no such file or it may not be read, and whenever `read_bytes` does.
    """
    return read_bytes(file_bytes(path), name=Path(path).name, encoding=encoding)


def file_bytes(path: str | Path) -> bytes:
    """The bytes of the file at ``path``, at most one more than the limit. Raises UnreadableSource like `read_path`."""
    shown = writable_name(str(path))
    if not str(path):
        raise UnreadableSource(
            "the path of a file is empty; expected the path of a text file, or - for standard input."
        )
    try:
        if _is_named_pipe(Path(path)):
            raise UnreadableSource(
                f"{shown} is a pipe, not a file; expected a file. To read what a program writes, use -."
            )
        with Path(path).open("rb") as stream:
            return stream_bytes(stream)
    except IsADirectoryError:
        raise UnreadableSource(f"{shown} is a folder; expected one file with the text of a plan.") from None
    except FileNotFoundError:
        raise UnreadableSource(
            f"There is no file {shown}; expected the path of a text file, or - for standard input."
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL inside the path
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableSource(f"{shown} cannot be read ({reason}); expected a file that this user may read.") from None


def _is_named_pipe(path: Path) -> bool:
    """Whether reading would wait for a writer who may never come; a shell's <(…) has one."""
    return stat.S_ISFIFO(path.stat().st_mode) and not str(path).startswith(("/dev/", "/proc/"))


def stream_bytes(stream: BinaryIO) -> bytes:
    """The remaining bytes of ``stream``, at most one more than the limit: `read_bytes` then refuses them."""
    return stream.read(MAX_BYTES + 1)


def read_bytes(data: bytes, *, name: str | None = None, encoding: str | None = None) -> Source:
    """The text of the bytes of one file, with its sha256, the encoding it was read by, its tables and pages.

    ``undecodable`` of the result are places in its text.  Raises UnreadableSource if the bytes are too large, in a
    format that is not read, damaged, locked, binary data, or not text in their encoding.
    """
    name = None if name is None else writable_name(name)
    what = name or "The input"
    if len(data) > MAX_BYTES:
        raise UnreadableSource(
            f"{what} has more than {MAX_BYTES // 2**20} MB; expected the text of one plan. Give the plan alone."
        )
    try:
        left = Omissions()
        source = replace(_read(data, what, encoding, left), notes=left.notes())
    except RecursionError:
        raise UnreadableSource(f"{what} is nested deeper than any plan; expected a whole file.") from None
    except UnreadableSource as error:
        raise UnreadableSource(re.sub(r"^[Tt]he file\b", lambda _: what, str(error))) from None
    return replace(source, name=name, file_sha256=file_digest(data))


def file_digest(data: bytes) -> str:
    """The sha256 by which a file is recognised later."""
    return hashlib.sha256(data).hexdigest()


def is_plain(data: bytes) -> bool:
    """Whether bytes are at best a text without a form: no file of an office program, no picture, no page.

    >>> is_plain("牵头单位：市司法局".encode()), is_plain(b"%PDF-1.7"), is_plain(b"<html><body>")
    (True, False, False)
    """
    return not (
        data.startswith((_ZIP, _OLE, _RTF))
        or _PDF in data[:_PDF_REACH]
        or data[:_PDF_REACH].lstrip(_BEFORE_A_TAG).startswith(b"<")
        or _is_picture(data)
        or is_mhtml(data)
    )


def _read(data: bytes, what: str, encoding: str | None, left: Omissions) -> Source:
    """The source of a file by its format, without name and sha256."""
    if data.startswith(_ZIP):
        return _composed(_of_zip(Archive(data), what, left))
    if _PDF in data[:_PDF_REACH]:
        from loaders.files.paged.pdf import read_pdf  # a third of a second that only a PDF is worth; so below

        return _composed(read_pdf(data, left))
    if _is_picture(data):
        from loaders.files.paged.images import read_picture

        return _composed(read_picture(data, left))
    if data.startswith(_OLE):
        return _composed(_of_ole(data, what, left))
    if data.startswith(_RTF):
        return _composed(_word(Archive(convert(data, "docx", "an RTF file")), left))
    if (met := _refused(data)) is not None:
        raise _refusal(what, *met)
    if is_mhtml(data):
        return _composed(read_html(page_of_mhtml(data, left), left))
    made = decode(data, what, encoding)
    blocks = _of_text(made.text, what, left)
    if blocks is None:
        _tell_struck(made.text, left)
        return Source(made.text, encoding=made.encoding, undecodable=made.undecodable)
    source = replace(_composed(blocks), encoding=made.encoding)
    lost = (mark.span() for mark in re.finditer("\ufffd", source.text))
    return replace(source, undecodable=tuple(lost)) if made.undecodable else source


def _tell_struck(text: str, left: Omissions) -> None:
    """Tell of the words that Markdown strikes through; the parser leaves them out."""
    line = at = 0
    for struck in STRUCK.finditer(text) if "~~" in text else ():
        line += text.count("\n", at, struck.start())
        at = struck.start()
        left.add("struck-through", f"第{line + 1}行", struck[0].strip("~"))


def _of_text(text: str, what: str, left: Omissions) -> list[Block] | None:
    """The blocks of a text that has a form: an Office document as XML, a page, a table; None if it is plain."""
    if (form := OFFICE_XML.match(text)) is not None:
        tree = office_root(text)
        if form["root"] == "Workbook":
            return read_sheets_2003(tree, left)
        return _of_zip(Archive(packed(tree)), what, left)
    if PAGE_BEGIN.match(text):
        return read_html(text, left)
    if has_web_tables(text):
        return mixed(text)
    grid = delimited(text)
    return None if grid is None else [grid]


def _composed(blocks: list[Block]) -> Source:
    made = compose(blocks)
    return Source(made.text, tables=made.tables, pages=made.pages)


def _part(data: bytes, left: Omissions, depth: int) -> list[Block]:
    """The blocks of a part that stands whole inside a Word file: a page, a text, another Word file."""
    if depth > _DEEPEST:
        raise UnreadableSource("the file holds files inside files, deeper than any plan; expected one plan.")
    if data.startswith(_ZIP):
        return _of_zip(Archive(data), "the part", left, depth)
    made = decode(data, "the part")
    if PAGE_BEGIN.match(made.text):
        return read_html(made.text, left)
    return [Paragraph(line) for line in made.text.splitlines()]


def _word(archive: Archive, left: Omissions, depth: int = 0) -> list[Block]:
    return read_docx(archive, left, lambda data: _part(data, left, depth + 1))


def _is_picture(data: bytes) -> bool:
    return (
        data.startswith(_PICTURES)
        or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
        or (data[:2] == b"BM" and data[6:10] == b"\0\0\0\0")  # a bitmap's two reserved words; text has no NUL there
    )


def _of_zip(archive: Archive, what: str, left: Omissions, depth: int = 0) -> list[Block]:
    if (main := main_part(archive)) is not None:
        workbook = is_workbook(archive, main)
        if workbook is not None:
            return read_xlsx(archive, left) if workbook else _word(archive, left, depth)
    if "OFD.xml" in archive.names:
        return read_ofd(archive, left)
    for prefix, name, way_out in _ZIP_MEMBERS:
        if any(member.startswith(prefix) for member in archive.names):
            raise _refusal(what, name, way_out)
    raise _refusal(what, "a zip archive", _ARCHIVE)


def _of_ole(data: bytes, what: str, left: Omissions) -> list[Block]:
    """An old Office or WPS file, or a new one with a password: both are such containers."""
    for stream, to, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            if to == "locked":
                raise encrypted("an Office file")
            if not to:
                raise _refusal(what, kind, "save its text as .docx")
            archive = Archive(convert(data, to, kind))
            return _word(archive, left) if to == "docx" else read_xlsx(archive, left)
    raise _refusal(what, "an old Office or WPS file without a text", "open it and save it as .docx")


def _refused(data: bytes) -> tuple[str, str] | None:
    """The format of a file that is not read, by its first bytes, and what to do; None for anything that may be text."""
    return next(((kind, way_out) for signature, kind, way_out in _REFUSED if data.startswith(signature)), None)


def _refusal(what: str, kind: str, way_out: str) -> UnreadableSource:
    return UnreadableSource(
        f"{what} is {kind}; expected a text, web page, Word, Excel, PDF, OFD or image file. {way_out[0].upper()}{way_out[1:]}."
    )
