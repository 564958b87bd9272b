"""HTML: the main text of a page of a government site, its tables, its numbered lists; no navigation.

1. The main text is in the first container of `_CONTAINERS` with enough words. If there is none, the search goes down from
   the root as long as one child has nearly all words outside links.
2. Scripts, navigation, hidden and struck-through elements are left out (`loaders.files.page_parts`).
3. Block elements become paragraphs; a line break ends a paragraph; runs of blanks become one; the numbers of ``<ol>`` are
   written out.
4. A cell over several columns or rows stands at each of them. A caption, and words of a table outside its cells, stand above it.
5. A title outside the main text (``ArticleTitle``, ``<h1>``) becomes its first line.

>>> [b.text for b in read_html("<html><body><div id=zoom><p>一、目标</p>甲<br>乙</div></body></html>")]
['一、目标', '甲', '乙']

Left to others: the encoding of the bytes (`loaders.files.read`).
"""

import re
from collections.abc import Iterator

from lxml import etree

from loaders.files.archive import MAX_TAGS
from loaders.files.blocks import MAX_CELLS, Block, Cell, Grid, Paragraph, too_much
from loaders.files.omissions import Omissions
from loaders.files.page_parts import bare, tell_parts, tidy, weights_of, words_of_element
from loaders.files.word.list_numbers import figure

# what a page begins with ; not <附件> in a plain text
PAGE_BEGIN = re.compile(
    r"""
    \s* (?: <\?xml[^>]*> \s* )? (?: <!--.*?--> \s* )*
    < (?! [^>]* \\["'] )  # not <p align=\"left\">, what a program had quoted: a text with remains of a page
      (?: !doctype\s+html
        | (?: html | head | body | meta | title | div | table | p | span | center ) [\s>]
      )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
# ids and classes of the editors and site systems of governments; source: their pages, 2006-2026
_CONTAINERS = (
    *("zoom", "ucap-content", "trs_editor", "trs_ueditor", "trs_editor_view", "pages_content", "trs_preappend"),
    *("articlecontent", "article-content", "article_content", "article-con", "articlecon", "news_conent_two_text"),
    *("newscontent", "news_content", "news-content", "contentbox", "content-txt", "contxt", "con_text", "xxgkcontent"),
    *("maincontent", "main-content", "main_content", "maintext", "detail-content", "text-content", "view", "article"),
)
_ENOUGH = 100  # characters a main text has at least
_SHARE = 0.4  # of the words of a page, that a container of the main text has at least
_NEARLY_ALL = 0.8
_BLOCKS = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main")
) | {"header", "blockquote", "pre", "center", "address", "fieldset", "figure", "figcaption", "hr", "body", "html", "td"}
_LISTS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SITE = re.compile(r"\s*[_|]\s*.*$|\s+-\s+.*$")
_PARTS = ("thead", "tbody", "tfoot")
_OF_TABLES = frozenset((*_PARTS, "tr", "td", "th", "colgroup", "col"))
_WIDEST = 200


def read_html(text: str, left: Omissions | None = None) -> list[Block]:
    """The blocks of a page's main text; it tells ``left`` what of the page is not read."""
    root = _root(text)
    if root is None:
        return []
    title = _title(root)
    removed = tidy(root)
    main = _main(root)
    if left is not None:
        tell_parts(removed, main, left)
    blocks = list(_Reader().blocks(main))
    begin = bare("".join(_opening(blocks)))
    return [Paragraph(title), *blocks] if title and bare(title) not in begin else blocks


def read_fragment(text: str) -> list[Block]:
    """The blocks of a piece of a page, all of it: it has no title and no navigation."""
    root = _root(f"<html><body>{text}</body></html>")
    return [] if root is None else list(_Reader().blocks(root))


def _root(text: str) -> etree._Element | None:
    if text.count("<") > MAX_TAGS:
        raise too_much(f"more than {MAX_TAGS:,} tags", f"{MAX_TAGS:,}")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if any("depth" in entry.message for entry in parser.error_log):
        raise RecursionError  # what is deeper would be lost without a word
    return root


def _opening(blocks: list[Block]) -> Iterator[str]:
    for block in blocks[:12]:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Grid):
            yield "".join(cell.text for row in block.rows[:3] for cell in row)


def _title(root: etree._Element) -> str | None:
    """The title of the article, else the <title> of the page without the name of the site."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "articletitle" and (meta.get("content") or "").strip():
            return _BLANKS.sub(" ", meta.get("content") or "").strip()
    for name in ("h1", "title"):
        for element in root.iter(name):
            words = _BLANKS.sub(" ", words_of_element(element)).strip()
            words = _SITE.sub("", words) if name == "title" else words
            if words:
                return words
    return None


def _main(root: etree._Element) -> etree._Element:
    body = root.find("body")
    whole = root if body is None else body
    weights = weights_of(whole)
    known: dict[str, list[etree._Element]] = {}
    for element in whole.iter(etree.Element):
        for name in ((element.get("id") or "").lower(), *(element.get("class") or "").lower().split()):
            if name in _CONTAINERS:
                known.setdefault(name, []).append(element)
    for name in filter(known.__contains__, _CONTAINERS):
        heaviest = max(known[name], key=weights.__getitem__)
        if weights[heaviest] >= max(_ENOUGH, _SHARE * weights[whole]):
            return heaviest
    at = whole
    while True:
        below = max((child for child in at if isinstance(child.tag, str)), key=weights.__getitem__, default=None)
        if below is None or below.tag not in ("div", "section", "article", "main", "table", "tbody", "tr", "td"):
            return at
        if below.tag == "table" and not _is_frame(below, weights):
            return at
        if weights[below] < max(_ENOUGH, _NEARLY_ALL * weights[at]):
            return at
        at = below


def _is_frame(table: etree._Element, weights: dict[etree._Element, int]) -> bool:
    """Whether a table only arranges the page: one of its cells has nearly all of its words."""
    cells = (cell for row in _inside(table, ("tr",)) for cell in _inside(row, ("td", "th")))
    return max((weights[cell] for cell in cells), default=0) >= _NEARLY_ALL * weights[table]


class _Reader:
    def __init__(self) -> None:
        self._cells = 0
        self._line: list[str] = []

    def blocks(self, element: etree._Element) -> Iterator[Block]:
        """The blocks of an element."""
        outer, self._line = self._line, []
        yield from self._walk(element)
        yield from self._end()
        self._line = outer

    def _walk(self, element: etree._Element) -> Iterator[Block]:
        self._add(element.text, element)
        number = 0
        for child in element:
            tag = child.tag
            if tag == "table":
                yield from self._end()
                yield from self._beside_rows(child)
                yield Grid(self._rows(child))
            elif tag == "br":
                yield from self._end()
            elif tag in _BLOCKS:
                yield from self._end()
                if tag == "li" and element.tag == "ol":
                    number = _number(child, number + 1 if number else _number(element, 1, "start"))
                    self._line.append(figure(number, _LISTS.get(element.get("type") or "", "decimal")) + ".")
                yield from self._walk(child)
                yield from self._end()
            elif isinstance(tag, str):
                yield from self._walk(child)
            self._add(child.tail, element)

    def _add(self, words: str | None, element: etree._Element) -> None:
        if words:
            self._line.append(words if element.tag == "pre" else _BLANKS.sub(" ", words))

    def _end(self) -> Iterator[Block]:
        words = "".join(self._line).strip(" ")
        self._line = []
        if words.strip():
            yield Paragraph(words)

    def _beside_rows(self, table: etree._Element) -> Iterator[Block]:
        """What a table holds beside its rows, as browsers show it: above the table."""
        for part in (table, *(part for part in table if part.tag in _PARTS)):
            self._add(part.text, part)
            for child in part:
                if isinstance(child.tag, str) and child.tag not in _OF_TABLES:
                    yield from self._end()
                    yield from self._walk(child)
                    yield from self._end()
                self._add(child.tail, part)
        yield from self._end()

    def _rows(self, table: etree._Element) -> list[list[Cell]]:
        rows: list[list[Cell]] = []
        lasting: dict[int, tuple[Cell, int]] = {}  # column -> a cell from above, and how many rows it still covers
        for row in _inside(table, ("tr",)):
            line: list[Cell] = []
            cells = _inside(row, ("td", "th"))
            while True:
                while len(line) in lasting:
                    self._continue(line, lasting)
                element = next(cells, None)
                if element is None:
                    break
                cell = Cell(blocks=list(self.blocks(element)))
                down = _number(element, 1, "rowspan") or MAX_CELLS  # 0: to the end
                for _ in range(min(max(_number(element, 1, "colspan"), 1), _WIDEST)):
                    if down > 1:
                        lasting[len(line)] = cell, down - 1
                    line.append(cell)
            while lasting and max(lasting) >= len(line):  # what hangs down behind the row's own cells
                if len(line) in lasting:
                    self._continue(line, lasting)
                else:
                    line.append(Cell())
            rows.append(line)
            self._cells += len(line)
            if self._cells > MAX_CELLS:
                raise too_much(f"tables with more than {MAX_CELLS:,} cells", f"{MAX_CELLS:,}")
        return rows

    @staticmethod
    def _continue(line: list[Cell], lasting: dict[int, tuple[Cell, int]]) -> None:
        cell, left = lasting.pop(len(line))
        if left > 1:
            lasting[len(line)] = cell, left - 1
        line.append(cell)


def _inside(parent: etree._Element, names: tuple[str, ...]) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, without those of a nested table."""
    for element in parent:
        if element.tag in names:
            yield element
        elif element.tag in _PARTS:
            yield from _inside(element, names)


def _number(element: etree._Element, otherwise: int, name: str = "value") -> int:
    words = (element.get(name) or "").strip()
    return int(words) if words.isdecimal() and len(words) < 6 else otherwise
