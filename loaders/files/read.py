"""The only reader of files: bytes in, :class:`loaders.files.source.Source` out.

Steps of `read_bytes`:

1. Refuse more than `MAX_BYTES`.
2. Recognise the format by the first bytes and, in a zip, by its parts, never by its name.  Word, Excel, PDF and OFD files
   go to their readers (`loaders.files`), pictures to the recogniser, formats that only an office program opens to
   LibreOffice; archives and data of other programs are refused with their name and what to do (`_REFUSED`).
3. Decode text: strictly by the ``encoding`` of the caller, if there is one; otherwise BOM -> strict UTF-8 -> UTF-16 without
   a BOM, by its high bytes -> strict GB18030 -> UTF-8 with U+FFFD for at most 0.5 % bad bytes, each listed.  A page that
   declares Big5 is read as Big5.
4. One leading BOM is dropped, nothing else is touched: ``\\r\\n`` stays, so does a stray NUL.  Text of which more than
   2 % are control characters is not text.  Text that begins like a web page is one: its main text is taken.

An empty file is readable text without a plan in it; the parser says so.

>>> read_bytes("牵头单位:市编办。".encode("gb18030"), name="方案.txt").encoding
'gb18030'

Left to others: what the text says (`loaders.plan`).
"""

import codecs
import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from graph.errors import UnreadableSource
from loaders.files.archive import Archive, encrypted
from loaders.files.blocks import Block, compose
from loaders.files.docx import read_docx
from loaders.files.html import CHARSET, PAGE_BEGIN, read_html
from loaders.files.libreoffice import convert
from loaders.files.ofd import read_ofd
from loaders.files.source import Note, Source
from loaders.files.xlsx import read_xlsx

MAX_BYTES = 24 * 1024 * 1024
"""Larger files are refused, here as by the service: a plan of 45 items has 0.07 MB."""

MAX_BAD_SHARE = 0.005  # of bytes that are no UTF-8
MAX_CONTROL_SHARE = 0.02  # of control characters; bytes at random have a tenth

ENCODINGS = (
    "utf-8",
    "gb18030",
    "gbk",
    "gb2312",
    "big5",
    "big5hkscs",
    "cp950",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
)
"""What a caller may name.  gbk and gb2312 are read as gb18030, which holds both (pages that declare gb2312 use 镕)."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its first two bytes are that BOM
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\x00", b"MM\x00*")
_ARCHIVE = "unpack it and give the files in it"
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\x1f\x8b", "a gzip archive", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _ARCHIVE),
    (b"Rar!\x1a\x07", "a RAR archive", _ARCHIVE),
    (b"SQLite format 3\x00", "an SQLite database", "give the text of a plan"),
)
_PDF, _OLE, _ZIP, _RTF = b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"{\\rtf"
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

# High bytes of UTF-16 text in Chinese: ASCII, general punctuation, CJK marks, ideographs, full-width forms.
_HIGH_BYTES = bytes({0x00, 0x20, 0x30, 0xFF, *range(0x4E, 0xA0)})
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]+")  # not tab, line feeds, and the old end-of-file mark
_STAND_IN = "\ufdd0"  # a noncharacter: stands for a U+FFFD that the author wrote, while bad bytes are looked for


def read_path(path: str | Path, *, encoding: str | None = None) -> Source:
    """The text of the file at ``path``; `Source.name` is the name of the file.

    Raises UnreadableSource if there is no such file or it may not be read, and whenever `read_bytes` does.
    """
    return read_bytes(file_bytes(path), name=Path(path).name, encoding=encoding)


def file_bytes(path: str | Path) -> bytes:
    """The bytes of the file at ``path``, at most one more than the limit. Raises UnreadableSource like `read_path`."""
    try:
        with Path(path).open("rb") as stream:
            return stream_bytes(stream)
    except IsADirectoryError:
        raise UnreadableSource(f"{path} is a folder; expected one file with the text of a plan.") from None
    except FileNotFoundError:
        raise UnreadableSource(
            f"There is no file {path}; expected the path of a text file, or - for standard input."
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL inside the path
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableSource(f"{path} cannot be read ({reason}); expected a file that this user may read.") from None


def stream_bytes(stream: BinaryIO) -> bytes:
    """The remaining bytes of ``stream``, at most one more than the limit: `read_bytes` then refuses them."""
    return stream.read(MAX_BYTES + 1)


def read_bytes(data: bytes, *, name: str | None = None, encoding: str | None = None) -> Source:
    """The text of the bytes of one file, with its sha256, the encoding it was read by, its tables and pages.

    ``undecodable`` of the result are places in its text.  Raises UnreadableSource if the bytes are too large, in a
    format that is not read, damaged, locked, binary data, or not text in their encoding.
    """
    what = name or "The input"
    if len(data) > MAX_BYTES:
        raise UnreadableSource(
            f"{what} has more than {MAX_BYTES // 2**20} MB; expected the text of one plan. Give the plan alone."
        )
    try:
        source = _read(data, what, encoding)
    except RecursionError:
        raise UnreadableSource(f"{what} is nested deeper than any plan; expected a whole file.") from None
    except UnreadableSource as error:
        raise UnreadableSource(re.sub(r"^[Tt]he file\b", lambda _: what, str(error))) from None
    return replace(source, name=name, file_sha256=file_digest(data))


def file_digest(data: bytes) -> str:
    """The sha256 by which a file is recognised later."""
    return hashlib.sha256(data).hexdigest()


def _read(data: bytes, what: str, encoding: str | None) -> Source:
    """The source of a file by its format, without name and sha256."""
    if data.startswith(_ZIP):
        return _composed(_of_zip(Archive(data), what))
    if _PDF in data[:_PDF_REACH]:
        from loaders.files.pdf import read_pdf  # a third of a second that only a PDF is worth; so below

        return _noted(*read_pdf(data))
    if _is_picture(data):
        from loaders.files.images import read_picture

        return _noted(*read_picture(data))
    if data.startswith(_OLE):
        return _of_ole(data, what)
    if data.startswith(_RTF):
        return _composed(read_docx(Archive(convert(data, "docx", "an RTF file"))))
    if (met := _refused(data)) is not None:
        raise _refusal(what, *met)
    if encoding is None and _declares_big5(data):
        encoding = "big5hkscs"
    text, used, undecodable = _decode_as(data, encoding, what) if encoding else _decode(data, what)
    if not _looks_like_text(text):
        raise UnreadableSource(f"{what} holds binary data (control characters such as NUL); expected plain text.")
    if PAGE_BEGIN.match(text):
        return replace(_composed(read_html(text)), encoding=used)
    return Source(text, encoding=used, undecodable=undecodable)


def _composed(blocks: list[Block]) -> Source:
    made = compose(blocks)
    return Source(made.text, tables=made.tables, pages=made.pages)


def _noted(blocks: list[Block], notes: list[Note]) -> Source:
    return replace(_composed(blocks), notes=tuple(notes))


def _is_picture(data: bytes) -> bool:
    return (
        data.startswith(_PICTURES)
        or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
        or (data[:2] == b"BM" and data[6:10] == b"\0\0\0\0")  # a bitmap's two reserved words; text has no NUL there
    )


def _of_zip(archive: Archive, what: str) -> list[Block]:
    names = set(archive.names)
    if "word/document.xml" in names:
        return read_docx(archive)
    if "xl/workbook.xml" in names:
        return read_xlsx(archive)
    if "OFD.xml" in names:
        return read_ofd(archive)
    for prefix, kind, way_out in _ZIP_MEMBERS:
        if any(member.startswith(prefix) for member in archive.names):
            raise _refusal(what, kind, way_out)
    raise _refusal(what, "a zip archive", _ARCHIVE)


def _of_ole(data: bytes, what: str) -> Source:
    """An old Office or WPS file, or a new one with a password: both are such containers."""
    for stream, to, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            if to == "locked":
                raise encrypted("an Office file")
            if not to:
                raise _refusal(what, kind, "save its text as .docx")
            archive = Archive(convert(data, to, kind))
            return _composed(read_docx(archive) if to == "docx" else read_xlsx(archive))
    raise _refusal(what, "an old Office or WPS file without a text", "open it and save it as .docx")


def _refused(data: bytes) -> tuple[str, str] | None:
    """The format of a file that is not read, by its first bytes, and what to do; None for anything that may be text."""
    return next(((kind, way_out) for signature, kind, way_out in _REFUSED if data.startswith(signature)), None)


def _refusal(what: str, kind: str, way_out: str) -> UnreadableSource:
    return UnreadableSource(
        f"{what} is {kind}; expected a text, web page, Word, Excel, PDF, OFD or image file. {way_out[0].upper()}{way_out[1:]}."
    )


def _declares_big5(data: bytes) -> bool:
    declared = CHARSET.search(data, 0, 4096)
    return declared is not None and declared[1].lower().startswith(b"big5") and _strict(data, "utf-8") is None


def _decode(data: bytes, what: str) -> tuple[str, str, tuple[tuple[int, int], ...]]:
    """Text, encoding and places of U+FFFD, by the rule in the docstring of the module."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_as(data, encoding, what)
    text = _strict(data, "utf-8")
    if text is not None and _looks_like_text(text):
        return text, "utf-8", ()
    if (encoding_16 := _utf16_without_bom(data)) and (text_16 := _strict(data, encoding_16)) is not None:
        return text_16, encoding_16, ()
    if text is not None:  # UTF-8, but full of control characters: the caller refuses it
        return text, "utf-8", ()
    if (text_gb := _strict(data, "gb18030")) is not None:
        return text_gb.removeprefix("\ufeff"), "gb18030", ()
    if (saved := _utf8_with_losses(data)) is not None:
        return saved[0], "utf-8", saved[1]
    raise UnreadableSource(
        f"{what} is neither UTF-8, GB18030 nor UTF-16 text and no format known here; expected a plan as plain text. "
        "If it has another encoding, name it (--encoding big5)."
    )


def _decode_as(data: bytes, encoding: str, what: str) -> tuple[str, str, tuple[tuple[int, int], ...]]:
    """The text by one encoding, given by the caller or by a BOM: strict, except that UTF-8 may have 0.5 % of bad bytes."""
    asked = encoding.strip().lower().replace("_", "-")
    asked = {"utf8": "utf-8", "utf-8-sig": "utf-8", "utf16": "utf-16", "big5-hkscs": "big5hkscs"}.get(asked, asked)
    if asked not in (*ENCODINGS, "utf-32-le", "utf-32-be"):
        raise UnreadableSource(f"{encoding!r} is not a known encoding; expected one of {', '.join(ENCODINGS)}.")
    used = "gb18030" if asked in ("gbk", "gb2312") else asked
    text = _strict(data, used)
    if text is not None:
        return text.removeprefix("\ufeff"), used, ()
    if used == "utf-8" and (saved := _utf8_with_losses(data)) is not None:
        return saved[0], used, saved[1]
    raise UnreadableSource(
        f"{what} cannot be read as {used}; expected text in that encoding. Omit --encoding to have it detected."
    )


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf16_without_bom(data: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` if nine of ten bytes at its high positions are Chinese high bytes.

    They must also be clearly more than at the other positions, because GB18030 text full of digits has the same bytes
    at both.
    """
    if len(data) < 4 or len(data) % 2:
        return None
    shares = []
    for first in (0, 1):
        part = data[first::2]
        shares.append(1 - len(part.translate(None, _HIGH_BYTES)) / len(part))
    at, other = (1, 0) if shares[1] >= shares[0] else (0, 1)
    if shares[at] < 0.9 or shares[at] - shares[other] < 0.25:
        return None
    return "utf-16-le" if at == 1 else "utf-16-be"


def _utf8_with_losses(data: bytes) -> tuple[str, tuple[tuple[int, int], ...]] | None:
    """Text with U+FFFD for bad bytes, and their places; None if more than `MAX_BAD_SHARE` of the bytes are bad."""
    authors_own = "\ufffd".encode()
    text = data.replace(authors_own, _STAND_IN.encode()).decode("utf-8", "replace").removeprefix("\ufeff")
    good = len(text.replace("\ufffd", "").encode()) + (3 if data.startswith(codecs.BOM_UTF8) else 0)
    if len(data) - good > len(data) * MAX_BAD_SHARE:
        return None
    places, at = [], text.find("\ufffd")
    while at >= 0:
        places.append((at, at + 1))
        at = text.find("\ufffd", at + 1)
    return text.replace(_STAND_IN, "\ufffd") if authors_own in data else text, tuple(places)


def _looks_like_text(text: str) -> bool:
    return sum(map(len, _CONTROL.findall(text))) <= len(text) * MAX_CONTROL_SHARE
