"""Bytes to text: which encoding a text has.

1. The ``encoding`` of the caller counts, if there is one; otherwise BOM -> strict UTF-8 -> UTF-16 without a BOM, by its high
   bytes -> strict GB18030 -> UTF-8, then GB18030, with U+FFFD for at most 0.5 % bad bytes, each listed.  A page that
   declares Big5 is read as Big5.
2. One leading BOM is dropped, nothing else is touched.

>>> decode("牵头单位:市编办。".encode("gb18030"), "方案.txt").encoding
'gb18030'

Left to others: the format of a file (`loaders.files.read`).
"""

import codecs
import re
from typing import NamedTuple

from graph.errors import UnreadableSource
from graph.model import Span

# charset=gb2312 in a <meta>
CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)

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

# High bytes of UTF-16 text in Chinese: ASCII, general punctuation, CJK marks, ideographs, full-width forms.
_HIGH_BYTES = bytes({0x00, 0x20, 0x30, 0xFF, *range(0x4E, 0xA0)})
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]+")  # not tab, line feeds, and the old end-of-file mark
_STAND_IN = "\ufdd0"  # a noncharacter: stands for a U+FFFD that the author wrote, while bad bytes are looked for


class Decoded(NamedTuple):
    """A text, its encoding, and the places of U+FFFD for bytes that it could not read."""

    text: str
    encoding: str
    undecodable: tuple[Span, ...] = ()


def decode(data: bytes, what: str, encoding: str | None = None) -> Decoded:
    """The text of ``data``, by the ``encoding`` of the caller or by the rule in the docstring of the module.

    Raises UnreadableSource if there is none, or if the text is full of control characters.
    """
    if encoding is None and declares_big5(data):
        encoding = "big5hkscs"
    made = _decode_as(data, encoding, what) if encoding else _detected(data, what)
    if not _looks_like_text(made.text):
        raise UnreadableSource(f"{what} holds binary data (control characters such as NUL); expected plain text.")
    return made


def declares_big5(data: bytes) -> bool:
    declared = CHARSET.search(data, 0, 4096)
    return declared is not None and declared[1].lower().startswith(b"big5") and _strict(data, "utf-8") is None


def _detected(data: bytes, what: str) -> Decoded:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_as(data, encoding, what)
    text = _strict(data, "utf-8")
    if text is not None and _looks_like_text(text):
        return Decoded(text, "utf-8")
    if (encoding_16 := _utf16_without_bom(data)) and (text_16 := _strict(data, encoding_16)) is not None:
        return Decoded(text_16, encoding_16)
    if text is not None:  # UTF-8, but full of control characters: the caller refuses it
        return Decoded(text, "utf-8")
    if (text_gb := _strict(data, "gb18030")) is not None:
        return Decoded(text_gb.removeprefix("\ufeff"), "gb18030")
    # UTF-8 first: GBK read as UTF-8 is bad nearly everywhere, UTF-8 read as GBK is bad only now and then
    for encoding in ("utf-8", "gb18030"):
        if (saved := _with_losses(data, encoding)) is not None:
            return saved
    raise UnreadableSource(
        f"{what} is neither UTF-8, GB18030 nor UTF-16 text and no format known here; expected a plan as plain text. "
        "If it has another encoding, name it (--encoding big5)."
    )


def _decode_as(data: bytes, encoding: str, what: str) -> Decoded:
    """The text by one encoding, given by the caller or by a BOM: strict, or with at most 0.5 % of bad bytes."""
    asked = encoding.strip().lower().replace("_", "-")
    asked = {"utf8": "utf-8", "utf-8-sig": "utf-8", "utf16": "utf-16", "big5-hkscs": "big5hkscs"}.get(asked, asked)
    if asked not in (*ENCODINGS, "utf-32-le", "utf-32-be"):
        raise UnreadableSource(f"{encoding!r} is not a known encoding; expected one of {', '.join(ENCODINGS)}.")
    used = "gb18030" if asked in ("gbk", "gb2312") else asked
    text = _strict(data, used)
    if text is not None:
        return Decoded(text.removeprefix("\ufeff"), used)
    if used in ("utf-8", "gb18030") and (saved := _with_losses(data, used)) is not None:
        return saved
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


def _with_losses(data: bytes, encoding: str) -> Decoded | None:
    """Text with U+FFFD for bad bytes, and their places; None if more than `MAX_BAD_SHARE` of the bytes are bad."""
    authors_own = "\ufffd".encode(encoding)
    marked = data.replace(authors_own, _STAND_IN.encode(encoding)) if encoding == "utf-8" else data
    text = marked.decode(encoding, "replace").removeprefix("\ufeff")
    good = len(text.replace("\ufffd", "").encode(encoding)) + (3 if data.startswith(codecs.BOM_UTF8) else 0)
    if len(data) - good > max(1, len(data) * MAX_BAD_SHARE):
        return None
    places, at = [], text.find("\ufffd")
    while at >= 0:
        places.append((at, at + 1))
        at = text.find("\ufffd", at + 1)
    return Decoded(text.replace(_STAND_IN, "\ufffd") if authors_own in data else text, encoding, tuple(places))


def _looks_like_text(text: str) -> bool:
    return sum(map(len, _CONTROL.findall(text))) <= len(text) * MAX_CONTROL_SHARE
