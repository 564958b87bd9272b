"""Heads of tables in a text: the names of columns side by side, whatever parts them.

The names stand in a line that signs or blanks part, on a line each, or one right after another:

>>> from loaders.lexicon.scan import scan
>>> text = "序号\\t任务\\t责任单位\\n1\\t清理\\t市司法局\\n\\n序号工作任务责任单位时间进度1公开清单市财政局持续推进"
>>> [(head.layout, head.kinds) for head in find_heads(text, scan(text).labels)]
[('signs', ('number', 'text', 'units')), ('glued', ('number', 'text', 'units', 'time'))]

Left to others: the rows below (`loaders.tables.align`), the meaning of a column's name (`loaders.tables.header`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from graph.model import Span
from loaders.lexicon.bodies import is_certain_body
from loaders.lexicon.marks import FRAME, end_of_line, lines
from loaders.lexicon.scan import Token
from loaders.tables.header import bare_kind, column_kind, edges_of_headings, known_headings, row_words, words_of
from loaders.tables.prices import KINDS

STROKES = "|│┃｜‖¦"
RULE = re.compile(rf"[\s|:：\-—－=+{FRAME}]+")
_SIGN = {"\t": re.compile("\t"), "|": re.compile(f"[{STROKES}]")}
_LINE = re.compile(r"[^\n]+")
# a cell that opens with a quote and does not close in its line: "1.扩容⏎2.完善"
_OPENED = re.compile(r'(?:(?<=\t)|(?<=\n)|(?<=\A))"(?![^"\n]*"[ ]*(?:\t|\n|$))')
_CLOSED = re.compile(r'"[ ]*(?=\t|\n|\Z)')
_LONGEST_QUOTED = 2000
_GAP = re.compile(r"[ \t]+")
_WIDE = re.compile(r"[ \t]{2,}|\t")
_LONGEST_NAME, _LONGEST_LINE, _WIDEST = 20, 400, 14
_ROWS_COUNTED = 40
_ROWS_LOOKED_AT = 4  # of a block of lines with signs, in which its head stands
_LEAST_LINES = 3
_BEGINS_ITEM = re.compile(r"[\d（(【\[一二三四五六七八九十]")
_BLANK = " \t\n"
_GLUED_GAP = re.compile(r"(?:20\d\d年度?)?(?:工作|重点|主要|具体|年度|拟定|计划)?")
_GAP_BEFORE = re.compile(r"(?:20\d\d年度?|重点|主要|具体|年度|拟定|计划)$")
_NO_TABLE_BEHIND = frozenset("：:、，,；;。的和及与")
_UNKNOWN = re.compile(r"[\u4e00-\u9fff（）()]{2,8}")  # a name among others that are known
_NO_NAME = re.compile(r"[。；;！？!?，,]")


class TableHead(NamedTuple):
    """``span`` reaches from the first name to the last; ``cells`` are the names, one a column, ``kinds`` what they ask for.

    ``layout``: ``signs`` (``mark`` is a tab or a stroke), ``blanks`` (``mark`` is one blank or two), ``lines``, ``glued``.
    """

    span: Span
    layout: str
    mark: str
    cells: tuple[Span, ...]
    kinds: tuple[str, ...]


def find_heads(text: str, labels: Sequence[Token]) -> list[TableHead]:
    """The heads of a text in text order; ``labels`` are those of its scan."""
    found: list[TableHead] = []
    for mark, signs in (("\t", "\t"), ("|", STROKES)):
        if any(sign in text for sign in signs):
            found += _by_signs(text, mark)
    found += _by_lines(text)
    found.sort(key=lambda head: head.span)
    more: list[TableHead] = []
    at = behind = 0
    for start, end, role in labels:
        while at < len(found) and found[at].span[1] <= start:
            at += 1
        if text[end : end + 1] in _NO_TABLE_BEHIND:  # 责任单位：… is a label of its own
            continue
        if role == "other" or start < behind or (at < len(found) and found[at].span[0] <= start):
            continue
        head = _by_blanks(text, (start, end)) or _glued(text, (start, end))
        if head:
            more.append(head)
            behind = head.span[1]
    return sorted([*found, *more], key=lambda head: head.span)


def kind_of(words: str) -> str | None:
    """What a column of this name asks for, as the alignment tells kinds apart; None for a name that is not known."""
    if len(words) > _LONGEST_NAME or _NO_NAME.search(words):
        return None
    kind = bare_kind(column_kind(words))
    return KINDS.get(kind) if kind else None


def is_head(kinds: Sequence[str | None]) -> bool:
    """Whether columns of these kinds are those of a table of tasks: what is to be done, and who or until when."""
    there = {kind for kind in kinds if kind}
    what = there & {"number", "text", "group"}
    known = sum(kind is not None for kind in kinds)
    return bool(known > 1 and what and there & {"units", "time", "person"} and 2 * known >= len(kinds))


def cells_of(text: str, line: Span, mark: str, *, closed: bool = True) -> list[Span]:
    """The cells of a line that signs part, each without the blanks around it; ``closed``: a stroke at an end is its frame."""
    start, end = line
    if mark == "|" and closed:
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        start += text[start : start + 1] in STROKES and start < end
        end -= start < end and text[end - 1] in STROKES
    cells = []
    for sign in _SIGN[mark].finditer(text, start, end):
        cells.append(_unquoted(text, trimmed(text, start, sign.start())))
        start = sign.end()
    return [*cells, _unquoted(text, trimmed(text, start, end))]


def _unquoted(text: str, cell: Span) -> Span:
    """A cell without the quotes in which a spreadsheet hands on what has lines or quotes of its own."""
    start, end = cell
    return (start + 1, end - 1) if end - start > 1 and text[start] == text[end - 1] == '"' else cell


def rows_of(text: str, span: Span, mark: str) -> Iterator[Span]:
    """The lines of a stretch, empty ones too; a quoted cell that tabs part off goes on over their ends."""
    at, stop = span
    while at < stop:
        end = end_of_line(text, at, stop)
        opened = _OPENED.search(text, at, end) if mark == "\t" else None
        while opened:
            closed = _CLOSED.search(text, opened.end(), min(stop, opened.end() + _LONGEST_QUOTED))
            if closed is None or closed.end() <= end:
                break
            end = end_of_line(text, closed.end(), stop)  # what stands behind the quote belongs to its row
            opened = _OPENED.search(text, closed.end(), end)
        yield at, end
        at = end + 1


def trimmed(text: str, start: int, end: int) -> Span:
    """A stretch without the blanks and the marks of bold type around it."""
    while start < end and text[start] in " \t\n*`":
        start += 1
    while end > start and text[end - 1] in " \t\n*`":
        end -= 1
    return start, end


def _by_signs(text: str, mark: str) -> Iterator[TableHead]:
    sign = _SIGN[mark]
    rows = rows_of(text, (0, len(text)), mark) if mark == "\t" and '"' in text else None
    lines = [row for row in rows if row[0] < row[1]] if rows else [line.span() for line in _LINE.finditer(text)]
    for parted, group in groupby(lines, key=lambda line: sign.search(text, *line) is not None):
        if not parted:
            continue
        block = [line for line in group if not RULE.fullmatch(text, *line)]
        for n, line in enumerate(block):
            cells = cells_of(text, line, mark) if line[1] - line[0] <= _LONGEST_LINE else []
            if n < _ROWS_LOOKED_AT or _names_columns(text, cells):
                head = _head("signs", mark, text, cells) or _head_of_bodies(text, mark, cells, line[1])
                if head:
                    yield head


def _head_of_bodies(text: str, mark: str, cells: Sequence[Span], end: int) -> TableHead | None:
    """A head that names no column of bodies, above rows of which half have a cell with one: that is the column."""
    kinds = [kind_of(words_of(text, cell)) for cell in cells]
    if len(cells) < _LEAST_LINES or len(set(kinds) & {"number", "text", "group"}) < 2 or "units" in kinds:
        return None
    below = (line.span() for line in _LINE.finditer(text, end) if _SIGN[mark].search(line[0]))
    rows = [cells_of(text, line, mark) for line in islice(below, _ROWS_COUNTED)]
    rows = [row for row in rows if 2 * len(row) > len(cells)]  # the others lack what was merged
    found = [n for row in rows for n, cell in enumerate(row[: len(cells)]) if is_body_cell(text[slice(*cell)])]
    if len(found) < _LEAST_LINES or 2 * len(found) < len(rows):
        return None
    column = max(set(found), key=found.count)
    # a heading over two columns stands in the first of them: 考核项目 | (its body)
    column += column + 1 < len(cells) and cells[column + 1][0] == cells[column + 1][1]
    kinds[column] = "units"
    return TableHead((cells[0][0], cells[-1][1]), "signs", mark, tuple(cells), tuple(kind or "any" for kind in kinds))


def is_body_cell(words: str) -> bool:
    """Whether a cell is the name of one body."""
    return len(words) <= _LONGEST_NAME and is_certain_body(words)


def _names_columns(text: str, cells: Sequence[Span]) -> bool:
    """Whether each filled cell of a row can be the name of a column: the head of the next table, or of the next page."""
    return len(cells) > 1 and all(column_kind(words_of(text, cell)) for cell in cells if cell[0] < cell[1])


def _head(layout: str, mark: str, text: str, cells: Sequence[Span]) -> TableHead | None:
    if not 2 <= len(cells) <= _WIDEST:
        return None
    kinds = [kind_of(words_of(text, cell)) for cell in cells]
    cells, kinds = _without_parents(layout, text, cells, kinds)
    filled = [kind for kind, cell in zip(kinds, cells, strict=True) if cell[0] < cell[1]]
    if not is_head(filled) or any(cell[1] - cell[0] > _LONGEST_NAME + 8 for cell in cells):
        return None
    span = min(cell[0] for cell in cells), max(cell[1] for cell in cells)
    return TableHead(span, layout, mark, tuple(cells), tuple(kind or "any" for kind in kinds))


def _without_parents(
    layout: str, text: str, cells: Sequence[Span], kinds: Sequence[str | None]
) -> tuple[list[Span], list[str | None]]:
    """The names without those that stand over others: 责任分工 over 牵头单位 and 配合单位, where nothing shows a second row.

    Where a second row stands behind the first (责任分工 完成时限 | 牵头单位 配合单位), its names stand in the place of that over them.
    """
    told = [bare_kind(column_kind(words_of(text, cell))) for cell in cells]
    # 复核单位 and what else only ends as such a name stands over no other
    told = [
        kind if kind != "unit" or words_of(text, cell) in known_headings() else ""
        for kind, cell in zip(told, cells, strict=True)
    ]
    if layout == "signs" or "unit" not in told or told.count("unit") == kinds.count("units"):
        return list(cells), list(kinds)
    parent = told.index("unit")
    below = len(kinds)
    while below > parent + 2 and told[below - 1] not in (None, "unit") and kinds[below - 1] == "units":
        below -= 1  # where the second row begins
    kept = [n for n, kind in enumerate(told[:below]) if kind != "unit"]
    place = sum(n < parent for n in kept)
    kept[place:place] = range(below, len(kinds))
    return [cells[n] for n in kept], [kinds[n] for n in kept]


def _by_lines(text: str) -> Iterator[TableHead]:
    """Three or more lines that each name a column; one among them may have a name that is not known."""
    run: list[tuple[Span, str | None]] = []
    for at, line in lines(text):
        words = line.strip(" \t|│┃*")
        if not words:
            continue
        short = len(words) <= _LONGEST_NAME and "\t" not in words and "|" not in words
        kind = kind_of("".join(words.split())) if short else None
        if not short or (kind is None and not (run and _may_name(words))) or len(run) >= _WIDEST:
            if len(run) >= _LEAST_LINES:
                yield from _of_run(text, run)
            run = []
        else:
            start = at + line.index(words[0])
            run.append(((start, start + len(words)), kind))
    yield from _of_run(text, run)


def _may_name(words: str) -> bool:
    return len(words) <= 8 and not _BEGINS_ITEM.match(words) and not _NO_NAME.search(words)


def _of_run(text: str, run: list[tuple[Span, str | None]]) -> Iterator[TableHead]:
    while run and run[-1][1] is None:
        run.pop()
    if len(run) < _LEAST_LINES:
        return
    # the names stand together at the end of a run: what is not known may be the first cells of a row below, and what stands
    # twice the names of columns over them
    names = row_words(text, (span for span, _ in run))
    for size in range(len(run), _LEAST_LINES - 1, -1):
        first = next((at + 1 for at in range(size - 1, -1, -1) if names[at] in names[at + 1 : size]), 0)
        part = run[first:size]
        known = sum(kind is not None for _, kind in part)
        if part[-1][1] and len(part) >= _LEAST_LINES and known * 3 >= len(part) * 2:
            head = _head("lines", "", text, [span for span, _ in part])
            if head:
                yield head
                return


def _by_blanks(text: str, label: Span) -> TableHead | None:
    """The names around a label in one line, parted by blanks."""
    start, end = text.rfind("\n", 0, label[0]) + 1, end_of_line(text, label[1], len(text))
    before, behind = text[label[0] - 1 : label[0]], text[label[1] : label[1] + 1]
    if behind not in ("", *_BLANK):
        return None
    start, end = max(start, label[0] - _LONGEST_LINE), min(end, label[1] + _LONGEST_LINE)
    mark = "  " if _WIDE.search(text[start:end].strip()) else " "
    if before not in ("", *_BLANK) and mark == " ":
        return None  # 河段责任单位: a name of its own only where wide gaps part the cells
    cells = blank_cells(text, (start, end), mark)
    at = next((n for n, cell in enumerate(cells) if cell[0] <= label[0] < cell[1]), 0)
    first, last = _names_around(text, cells, at)
    return _head("blanks", mark, text, cells[first:last]) if last - first >= _LEAST_LINES else None


def _names_around(text: str, cells: Sequence[Span], at: int) -> tuple[int, int]:
    """Where the names of columns around one of them begin and end, one among them may be a name that is not known."""
    edges = []
    for step in (-1, 1):
        edge, skipped = at, False
        while 0 <= (following := edge + step) < len(cells):
            if _is_name(text, cells[following]):
                edge = following
                continue
            behind = following + step
            if skipped or not 0 <= behind < len(cells) or not _UNKNOWN.fullmatch(words_of(text, cells[following])):
                break
            if not _is_name(text, cells[behind]):
                break
            edge, skipped = behind, True
        edges.append(edge)
    return edges[0], edges[1] + 1


def _is_name(text: str, cell: Span) -> bool:
    return column_kind(words_of(text, cell)) is not None


def blank_cells(text: str, line: Span, mark: str) -> list[Span]:
    """The cells of a line that blanks part."""
    cells, at = [], line[0]
    for gap in (_WIDE if mark == "  " else _GAP).finditer(text, *line):
        if gap.start() > at:
            cells.append((at, gap.start()))
        at = gap.end()
    return [*cells, (at, line[1])] if at < line[1] else cells


def _glued(text: str, label: Span) -> TableHead | None:
    """The names one right after another around a label."""
    cells = [label]
    while len(cells) < _WIDEST and (cell := _name_before(text, cells[0][0])):
        cells.insert(0, cell)
    while len(cells) < _WIDEST and (cell := _name_behind(text, cells[-1][1])):
        cells.append(cell)
    if text[cells[-1][1] : cells[-1][1] + 1] in _NO_TABLE_BEHIND or len(cells) < _LEAST_LINES:
        return None
    kinds = [kind_of(words_of(text, cell)) for cell in cells]
    if kinds[0] not in ("number", "text", "group") or len(set(row_words(text, cells))) < len(cells):
        return None
    return _head("glued", "", text, cells)


def _name_before(text: str, at: int, *, gapped: bool = True) -> Span | None:
    """The name of a column that ends at a place, blanks within and behind it left out (序 号)."""
    while at > 0 and text[at - 1] in " \t":
        at -= 1
    letters: list[int] = []
    start, found = at, None
    may_end = text[at - 1 : at] in edges_of_headings()[1]
    while may_end and start > 0 and len(letters) < _LONGEST_NAME // 2 and text[start - 1] not in "\n。；：:，、":
        start -= 1
        if text[start] not in " \t":
            letters.append(start)
            words = text[start:at].replace(" ", "").replace("\t", "")
            if len(letters) > 1 and words in known_headings():
                found = start, at
    if found is None and gapped:
        gap = _GAP_BEFORE.search(text, max(0, at - _LONGEST_NAME), at)
        return _name_before(text, gap.start(), gapped=False) if gap else None
    return found


def _name_behind(text: str, at: int) -> Span | None:
    while at < len(text) and text[at] in " \t":
        at += 1
    gap = _GLUED_GAP.match(text, at)
    best = None
    for start in {at, gap.end() if gap else at}:
        end = start
        may_begin = text[start : start + 1] in edges_of_headings()[0] or text[start : start + 1] in _BLANK
        while may_begin and end < len(text) and end - at < _LONGEST_NAME and text[end] not in "\n。；：:，、":
            end += 1
            words = text[start:end].replace(" ", "").replace("\t", "")
            if len(words) > 1 and words in known_headings() and (best is None or end > best[1]):
                best = at, end
    return best
