"""Line wraps: line breaks inside paragraphs, from the width of a page (a copy of a printed page or an e-mail).

1. A text is wrapped when half of its characters stand in lines of one width, give or take two, hardly any line is longer, and
   most of these lines end inside a sentence.  The width counts characters, or columns of which one of ASCII takes half.
   Lines before the start of a paragraph do not count, and neither do rows of tables.
2. Such a line continues in the next one.  Joining never changes the structure: a line that is indented, that begins with a
   label, a number or a date, or that is a row of a table, is not joined to the line before it. Nothing is joined to a title or
   a reference number.
3. If a line begins with a number that continues no series, after a line that ends inside a sentence, the width may have put
   the number there: the line stays as it is, and a warning says so.

Wraps do not damage words, so they are not repairs: each is an `Edit`, as in `loaders.text.spellings`.

>>> text = "一、任务\\n" + "（一）清理文件并公开目录，要\\n求各部门在年底前完成清理工\\n作，报市司法局备案。\\n" * 3
>>> [text[end:end + 3] for _, end, _ in unwrapped(text)[0]][:2]
['求各部', '作，报']

Left to others: lists that continue after their line (`loaders.duties.labels`), the pages of a file (`loaders.files`).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from graph.model import PlanWarning, Span
from graph.numerals import numeral
from loaders.lexicon.bodies import ends_as_body
from loaders.lexicon.numbers import MARKER
from loaders.lexicon.vocabulary import LABEL_SHAPE, role_labels
from loaders.text.spellings import Edit

# what a line begins with that opens a paragraph, beside a marker: a label, whatever it says, or a date of its own
_OPENING = re.compile(
    rf"""
    [(（〔［【]? [\u4e00-\u9fff]{{2,10}} [】］]? [:：]               # 包保处室：
  | (?: 20\d\d 年 )? \d{{1,2}} 月 (?: \d{{1,2}} 日 | 底 | [上中下] 旬 ) 前? [ \t]  # 1月10日前 启动…
  | [(（]? 20\d\d 年 \d{{1,2}} 月 \d{{1,2}} 日 [)）]? [ \t]* (?: \n | $ )
  | [(（〔［【]? (?P<label> {LABEL_SHAPE} ) [】］]? \s* (?: [:：] | (?<=[】］]) )  # 【责任单位】 · 处(科)室 ：
    """,
    re.VERBOSE,
)
# what no line goes on behind: a number of reference, and a title of its own
_ENDED = re.compile(
    r"[〔\[［(（]20\d\d[〕\]］)）]\s*第?\d{1,4}号$|^[^，,。；;、：:]*(?:方案|意见|措施|计划|规划|细则|办法|要点|安排|规定|清单|通知|分工|任务)$"
)
_ROW_NUMBER = re.compile(r"(?P<row>\d{1,3})(?=[ ])")
# a tab, an arrow, a rule; of strokes one that opens the line, or two.  The signs stand first, because a search skips to them fast
_STROKE = re.compile(r"[\t→⇒|｜丨─-╿](?:(?<![|｜丨])|(?<=\A.)|[^|｜丨]*[|｜丨])")
_GAP = re.compile(r"\S {2,}(?=\S)")
_LEAST, _NARROWEST, _WIDEST, _SLACK = 6, 12, 60, 2
_CERTAINLY_WIDE = 2 * _WIDEST + 1  # characters: more columns than a page has, whatever they are
_OF_WORDS, _INSIDE, _WIDER = 0.5, 0.6, 0.03
_CLOSED = tuple("。；;：:！？)）”】〕")
# a number of these families opens a paragraph wherever a line begins with it
_HIGH = ("part", "chapter", "comma", "bracket")
_LONGEST_NAME = 16


def unwrapped(text: str) -> tuple[list[Edit], list[PlanWarning]]:
    """An edit for each line break that the width alone has made, in text order, and the lines for which that is
    uncertain.
    """
    breaks = text.count("\n")
    if breaks < _LEAST or len(text) > _WIDEST * (breaks + 1) or _is_of_paragraphs(text):
        return [], []
    lines = [line for line in _lines(text) if not _is_row(text[slice(*line)])]
    for width_of in (len, _columns):
        widths = [width_of(text[slice(*line)]) for line in lines]
        full = _full_width(widths)
        if full and (joints := list(_joints(text, lines, widths, full))) and _ends_inside(text, joints, width_of, full):
            edits = [(end, start, _gap(text, end, start)) for (_, end), (start, _) in joints]
            return edits, list(_doubtful(text, lines, widths, full))
    return [], []


def _is_of_paragraphs(text: str) -> bool:
    """Whether lines wider than any page, and no rows, hold more than all others: then no page has cut half of the text."""
    lines = [line.strip() for line in text.split("\n")]
    rest = sum(len(line) for line in lines if len(line) <= _CERTAINLY_WIDE)
    for line in lines:
        if len(line) > _CERTAINLY_WIDE and not _is_row(line):
            rest -= _columns(line)
            if rest < 0:
                return True
    return False


def _lines(text: str) -> Iterator[Span]:
    """The lines that say something, without the blanks around their words."""
    at = 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            start = at + len(line) - len(line.lstrip())
            yield start, start + len(words)
        at += len(line) + 1


def _is_row(words: str) -> bool:
    """Whether a line is a row of a table: its cells are parted by tabs, strokes or wide gaps."""
    return _STROKE.search(words) is not None or ("  " in words and len(_GAP.findall(words)) > 1)


def _columns(words: str) -> int:
    """The width of words in columns of a wide character; one of ASCII takes half of one."""
    return (len(words.encode("utf-8", "surrogatepass")) + len(words)) // 4


def _full_width(widths: Sequence[int]) -> int:
    """The least width of a full line; 0 where lines are not cut at one width."""
    counts = Counter(widths)
    at = max((n for n in counts if _NARROWEST <= n <= _WIDEST), key=lambda n: _near(counts, n), default=0)
    wider = sum(n for width, n in counts.items() if width > at)
    if _near(counts, at) < _OF_WORDS * sum(widths) or wider > _WIDER * len(widths):
        return 0
    return at - _SLACK if at else 0


def _near(counts: Counter[int], width: int) -> int:
    """How many characters stand in lines that are as wide, or a little less."""
    return sum(counts[n] * n for n in range(width - _SLACK, width + 1))


def _joints(text: str, lines: Sequence[Span], widths: Sequence[int], full: int) -> Iterator[tuple[Span, Span]]:
    """The full lines that go on in the next one, each with that one."""
    set_in = _set_in(text, lines)
    for (line, following), width in zip(pairwise(lines), widths, strict=False):
        if width < full or text.count("\n", line[1], following[0]) != 1 or following in set_in:
            continue
        if not (_opens(text, following[0]) or _number(text, following[0]) or _ended(text, line)):
            yield line, following


def _opens(text: str, at: int) -> bool:
    """Whether a line begins with what opens a paragraph."""
    opening = _OPENING.match(text, at)
    return opening is not None and (opening["label"] is None or opening["label"] in role_labels())


def _ends_inside(text: str, joints: Sequence[tuple[Span, Span]], width_of: Callable[[str], int], full: int) -> bool:
    """Whether most of the lines that may go on end inside a sentence, which goes on: over a full line, or up to its mark."""
    inside = sum(
        1
        for line, following in joints
        if not text.endswith(_CLOSED, *line)
        and (text.endswith(_CLOSED, *following) or width_of(text[slice(*following)]) >= full)
    )
    return len(joints) >= _LEAST and inside >= _INSIDE * len(joints)


def _set_in(text: str, lines: Sequence[Span]) -> set[Span]:
    """The lines that are set in, where only some are: they begin paragraphs."""
    found = {line for line in lines if text[line[0] - 1 : line[0]] in (" ", "\t")}
    return found if 2 * len(found) < len(lines) else set()


def _ended(text: str, line: Span) -> bool:
    return _ENDED.search(text[slice(*line)]) is not None


def _number(text: str, at: int) -> re.Match[str] | None:
    """The number with which a line begins, of a heading, an item or a row."""
    return MARKER.match(text, at) or _ROW_NUMBER.match(text, at)


def _doubtful(text: str, lines: Sequence[Span], widths: Sequence[int], full: int) -> Iterator[PlanWarning]:
    """The lines that begin with a number, though the line before ends inside a sentence and no series is continued."""
    last: dict[str, int] = {}
    before: Span | None = None
    for line, width in zip(lines, widths, strict=True):
        found = _number(text, line[0])
        if found:
            family = found.lastgroup or ""
            number = _value(found[family])
            opens = family in _HIGH or number in (1, last.get(family, 0) + 1)
            if before and not (opens or text.endswith(_CLOSED, *before) or _ends_with_body(text, before)):
                yield PlanWarning(
                    "line-not-joined", f"此行以编号开头，是否接上一行无法判断：{text[slice(*line)][:30]}", line
                )
            last[family] = number
        before = line if width >= full else None


def _value(figure: str) -> int:
    if figure.isdecimal():
        return int(figure)
    return numeral(figure) if figure[0] in "零〇○一二三四五六七八九十百" else ord(figure)


def _ends_with_body(text: str, line: Span) -> bool:
    return ends_as_body(text[max(line[0], line[1] - _LONGEST_NAME) : line[1]])


def _gap(text: str, end: int, start: int) -> str:
    return " " if text[end - 1].isascii() and text[start].isascii() and text[end - 1].isalnum() else ""
