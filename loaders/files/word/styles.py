"""Styles of Word: which style a paragraph has, what it is based on, and what it does to the words that have it.

Struck-through and hidden are toggles: a style of characters inside a style of paragraphs that says the same turns it off again; what a
run says itself counts above both.

Example: a run in the style 删除 (``strike``) is struck through though it says nothing of that itself.

Left to others: numbers of styles (`loaders.files.word.list_numbers`), what is done with such words (`loaders.files.word.runs`).
"""

import re
from collections.abc import Iterator

from lxml import etree

from loaders.files.elements import child, local, value

MARKS = ("vanish", "strike", "dstrike")
"""The properties by which words are no part of the plan."""

_CONTENTS = re.compile(r"^(?:toc|TOC)\s?\d$")
_OFF = ("0", "false", "none")


class Styles:
    """The styles of one document; ``root`` is ``word/styles.xml``, or None if there is none."""

    def __init__(self, root: etree._Element | None) -> None:
        self.default: str | None = None
        self._known: dict[str, etree._Element] = {}
        self._marks: dict[tuple[str | None, str | None], frozenset[str]] = {}
        for style in root if root is not None else ():
            if local(style.tag) == "style":
                name = value(style, "styleId") or ""
                self._known[name] = style
                if value(style, "type") in ("paragraph", None) and value(style, "default") in ("1", "true"):
                    self.default = name

    def chain(self, style: str | None) -> Iterator[tuple[str, etree._Element]]:
        """A style and the styles that it is based on."""
        seen: set[str] = set()
        while style is not None and style in self._known and style not in seen:
            seen.add(style)
            yield style, self._known[style]
            style = value(child(self._known[style], "basedOn"))

    def is_contents(self, style: str | None) -> bool:
        """Whether paragraphs of a style are lines of a table of contents."""
        named = self._known.get(style or "")
        return _CONTENTS.match(value(child(named, "name")) or "") is not None

    def marks(self, paragraph: str | None, characters: str | None) -> frozenset[str]:
        """Which of `MARKS` words have by the style of their paragraph and by their own."""
        key = paragraph, characters
        if key not in self._marks:
            self._marks[key] = frozenset(
                mark for mark in MARKS if self._has(paragraph, mark) != self._has(characters, mark)
            )
        return self._marks[key]

    def _has(self, style: str | None, mark: str) -> bool:
        told = (child(element, "rPr", mark) for _, element in self.chain(style))
        return next((is_on(element) for element in told if element is not None), False)


def is_on(mark: etree._Element) -> bool:
    """Whether a toggle that stands there is on."""
    return value(mark) not in _OFF
