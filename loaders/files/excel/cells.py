"""The words of one cell of Excel: strings, numbers under their formats, and what a cell has that is no text.

1. Shared strings, number formats and fonts are read once for a workbook.
2. Words that are struck through, in a run or by the font of the cell, are left out; so are an error value and what a format hides.  A formula without
   a stored value is handed back, for a reference can still be followed.

Example: the runs ``市体育局、`` and, struck through, ``市旅游局`` are the words ``市体育局、``.

Left to others: sheets, rows and columns (`loaders.files.excel.xlsx`), how a number looks (`loaders.files.excel.number_formats`).
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from lxml import etree

from loaders.files.blocks import MAX_CHARACTERS, too_much
from loaders.files.elements import child, local, value
from loaders.files.excel.number_formats import shown_day, shown_number, shown_text

_OFF = ("0", "false")


class Words(NamedTuple):
    """The words of a string, and those of its runs that are struck through."""

    shown: str
    struck: str = ""


class Style(NamedTuple):
    """What a cell looks like: the number of its format, the format's own code, whether its font strikes it through."""

    form: int = 0
    code: str = ""
    struck: bool = False


class Content(NamedTuple):
    """What a cell holds: its words; or why it has none, with the words that were left out; or a formula to follow."""

    words: str = ""
    left_out: str | None = None
    what: str = ""
    formula: str | None = None


_PLAIN = Style()
_NOTHING = Words("")


class CellReader:
    """Reads the cells of one workbook."""

    def __init__(self, strings: Iterator[etree._Element], styles: etree._Element | None, epoch: datetime) -> None:
        self._strings = list(_bounded(strings))
        self._styles = _styles(styles)
        self._epoch = epoch

    def content(self, cell: etree._Element) -> Content:
        """What a cell holds."""
        kind = cell.get("t") or "n"
        number = cell.get("s")
        style = (
            self._styles[int(number)] if number and number.isdecimal() and int(number) < len(self._styles) else _PLAIN
        )
        if kind == "inlineStr":
            inner = child(cell, "is")
            return _of_string(rich_words(inner) if inner is not None else _NOTHING, style)
        stored, formula = "", None
        for element in cell:
            name = local(element.tag)
            if name == "v":
                stored = element.text or ""
            elif name == "f":
                formula = element.text or ""
        if kind == "s":
            known = stored.isdecimal() and int(stored) < len(self._strings)
            return _of_string(self._strings[int(stored)] if known else _NOTHING, style)
        if kind == "e" and stored:
            return Content("", "error-cell", stored)
        if kind == "str":
            return _of_string(Words(_unescaped(stored)), style)
        if formula is not None and not stored:
            return Content(formula=formula)
        words = self._value(stored, kind, style)
        if style.struck and words:
            return Content("", "struck-through", words)
        hidden = not words and kind == "n" and stored.strip("0.") != ""
        return Content("", "hidden-text", stored) if hidden else Content(words)

    def _value(self, stored: str, kind: str, style: Style) -> str:
        if kind == "d":
            return shown_day(stored)
        if kind in ("b", "e"):
            return {"b1": "是", "b0": "否"}.get(kind + stored, "")
        try:
            return shown_number(float(stored), style.form, style.code, self._epoch) if stored else ""
        except (ValueError, OverflowError):
            return stored


def _of_string(words: Words, style: Style) -> Content:
    shown_words, struck = ("", words.shown + words.struck) if style.struck else words
    if struck.strip():
        return Content(shown_words, "struck-through", struck)
    seen = shown_text(shown_words, style.code) if style.code and shown_words else shown_words
    return Content(seen) if seen or not shown_words.strip() else Content("", "hidden-text", shown_words)


def _unescaped(words: str) -> str:
    """Words with the signs that XML cannot hold (``_x000D_``); a line end of two signs is one."""
    if "_x" not in words:
        return words
    return _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), words).replace("\r\n", "\n")


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def rich_words(element: etree._Element) -> Words:
    """The words of a string, whole or in runs, without its phonetic guide (``rPh``)."""
    words: list[str] = []
    struck: list[str] = []
    for part in element:
        name = local(part.tag)
        if name == "t":
            words.append(_unescaped(part.text or ""))
        elif name == "r":
            line = child(part, "rPr", "strike")
            into = struck if line is not None and value(line) not in _OFF else words
            into += [_unescaped(t.text or "") for t in part if local(t.tag) == "t"]
    return Words("".join(words), "".join(struck))


def _bounded(strings: Iterator[etree._Element]) -> Iterator[Words]:
    left = 4 * MAX_CHARACTERS
    for element in strings:
        words = rich_words(element)
        left -= len(words.shown) + len(words.struck)
        if left < 0:
            raise too_much(f"more than {4 * MAX_CHARACTERS:,} characters", f"{MAX_CHARACTERS:,}")
        yield words


def _styles(styles: etree._Element | None) -> list[Style]:
    codes = {value(e, "numFmtId"): value(e, "formatCode") or "" for e in _all(child(styles, "numFmts"))}
    struck = [_is_struck(font) for font in _all(child(styles, "fonts"))]
    found = []
    for element in _all(child(styles, "cellXfs")):
        form, font = value(element, "numFmtId") or "0", value(element, "fontId") or "0"
        through = font.isdecimal() and int(font) < len(struck) and struck[int(font)]
        found.append(Style(int(form) if form.isdecimal() else 0, codes.get(form, ""), through))
    return found


def _is_struck(font: etree._Element) -> bool:
    line = child(font, "strike")
    return line is not None and value(line) not in _OFF


def _all(root: etree._Element | None) -> Iterator[etree._Element]:
    return iter(root if root is not None else ())
