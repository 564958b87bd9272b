"""The words of one paragraph of Word: what is shown as text, and what is left out and told.

1. Runs give their words; text boxes are collected for the caller, because they are paragraphs of their own.
2. Symbols and what is chosen in a form are words, too (`loaders.files.word.form_fields`).
3. Runs that are hidden or struck through, by themselves or by their style, deletions, footnotes, comments, pictures, diagrams
   and embedded objects are told; their place is the words before them.

Example: ``由市住建局`` struck through behind ``责任单位：`` is told as 划了删除线的文字 at 在“责任单位：”之后.

Left to others: paragraphs and tables (`loaders.files.word.docx`).
"""

from collections.abc import Callable, Iterator

from lxml import etree

from loaders.files.elements import child, local, value
from loaders.files.omissions import Omissions
from loaders.files.word.form_fields import chosen_words, symbol_sign
from loaders.files.word.styles import MARKS, Styles, is_on

# what stands there twice, or is no text; ``rt`` is the reading above a character
_UNSEEN = frozenset(("moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "sdtPr", "rt", "annotationRef"))
_SIGNS = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote", "commentReference": "comment"}
_DRAWN = {"relIds": "dm", "chart": "id", "textpath": "string"}  # a diagram, a chart, WordArt
_PICTURES = frozenset(("blip", "imagedata"))
_NEAR = 16  # characters that tell a place


class Runs:
    """Reads paragraphs of one document; ``part`` gives the root of its ``footnote``, ``endnote`` or ``comment`` part, ``drawn``
    that of a part by the id of its relation.
    """

    def __init__(
        self,
        left: Omissions,
        styles: Styles,
        part: Callable[[str], etree._Element | None],
        drawn: Callable[[str], etree._Element | None],
    ) -> None:
        self._left, self._styles, self._part, self._drawn = left, styles, part, drawn
        self._style: str | None = None
        self._noted: dict[str, dict[str, str]] = {}
        self._before = ""

    def words(self, paragraph: etree._Element, style: str | None, boxes: list[etree._Element]) -> str:
        """The visible words of a paragraph in a style; text boxes are added to ``boxes``."""
        words, self._style = "", style
        for part in self._words(paragraph, boxes):
            words += part
            if part.strip():
                self._before = words[-_NEAR:]
        return words

    def tell_deleted(self, element: etree._Element) -> None:
        """Tell of a deleted stretch: a revision, a row."""
        self._tell("deleted-revision", all_words(element))

    def _tell(self, kind: str, words: str | None) -> None:
        if words is None or words.strip():
            near = self._before.strip().rpartition("\n")[2]
            self._left.add(kind, f"在“{near}”之后" if near else "文首", words)

    def _words(self, parent: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
        for element in parent:
            name = local(element.tag)
            if name == "t":
                yield (element.text or "").replace("\t", " ")
            elif name == "r":
                if (kind := self._left_out(element)) is None:
                    yield from self._words(element, boxes)
                else:
                    self._tell(kind, all_words(element))
            elif name == "txbxContent":
                boxes.append(element)
            elif name == "br":
                yield "" if value(element, "type") in ("page", "column") else "\n"
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name == "sym":
                yield symbol_sign(value(element, "font") or "", value(element, "char") or "")
            elif name == "fldChar":
                yield chosen_words(element)
            elif name in _DRAWN:
                self._tell_drawn(name, element)
            elif name in ("footnote", "endnote", "comment"):  # Word 2003 has them in their place
                self._tell(name, all_words(element))
            elif name in _NOTES:
                self._tell(_NOTES[name], self._note(_NOTES[name], value(element, "id") or ""))
            elif name == "del":
                self.tell_deleted(element)
            elif name == "object":
                self._tell("embedded-part", None)
            elif name in _PICTURES:
                self._tell("picture", None)
            elif name not in _UNSEEN:
                yield from self._words(element, boxes)

    def _tell_drawn(self, name: str, element: etree._Element) -> None:
        """Tell of words that are drawn: of a diagram, a chart, or along a line."""
        written = value(element, _DRAWN[name]) or ""
        if name == "textpath":
            self._tell("drawing", written)
            return
        part = self._drawn(written)
        self._tell("drawing", all_words(part) if part is not None else None)

    def _left_out(self, run: etree._Element) -> str | None:
        """Why the words of a run are not part of the plan; None if they are."""
        properties = child(run, "rPr")
        by_style = self._styles.marks(self._style, value(child(properties, "rStyle")))
        if properties is None and not by_style:
            return None
        for name in MARKS:
            own = child(properties, name)
            if is_on(own) if own is not None else name in by_style:
                return "hidden-text" if name == "vanish" else "struck-through"
        return None

    def _note(self, kind: str, number: str) -> str:
        """The words of a footnote, endnote or comment."""
        if kind not in self._noted:
            root = self._part(kind)
            self._noted[kind] = {
                value(note, "id") or "": all_words(note) for note in (root if root is not None else ())
            }
        return self._noted[kind].get(number, "")


def all_words(element: etree._Element) -> str:
    """All words inside an element, shown or deleted, with blanks between paragraphs."""
    words = []
    for part in element.iter(etree.Element):
        name = local(part.tag)
        if name in ("t", "delText"):
            words.append(part.text or "")
        elif name in ("p", "tc", "tab"):
            words.append(" ")
    return "".join(words).strip()
