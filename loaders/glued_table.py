"""Glued tables: a table whose cells stand one behind the other without a mark (…活动市文广局（牵头）、市教育局持续实施13支持…).

1. Such a text is known by its marked leads (（牵头）, three at least) and by numbers that count them: a row runs from its number
   to the next, and between two numbers stands a lead.
2. The cell of units begins with the lead's name: the nearest place or level before the mark from which a body is named, else a
   name that another row spells out between marks.  It ends where a time begins, or with the last body.
3. What follows is the cell of the time; a heading that was glued to a row's end (二、政策措施) is cut off.

>>> text = "1开展活动市文广局（牵头）、市教育局持续实施2支持企业市商务局（牵头）2014年底3推进试点市卫生局（牵头）、市民政局长期"
>>> [(row.label, text[slice(*row.clauses[0].content)]) for row in rows(text)]
[('1', '市文广局'), ('2', '市商务局'), ('3', '市卫生局')]

Left to others: tables whose cells are known (`tables`).
"""

import re
from typing import NamedTuple

from graph.model import Role, Span
from loaders.clauses import Clause
from loaders.units import BODY, split

RULE = "glued-table"
LEAD = re.compile(r"[(（](?:牵头|牵头单位|牵头部门|主办)[)）]")
# 13支持 ; not 2014年, 3个, 5%, 第3
NUMBER = re.compile(
    r"(?<![\d年月日第.．,，:：\-—])(\d{1,3})(?=[\u4e00-\u9fff“\"(（《])(?![年月日个项条级层届家万亿元号人名次周天时分批种类公米%％])"
)
# where a cell of time begins
TIME = re.compile(
    r"20\d\d年|持续|长期|常年|常态|每[年季月半]|\d{1,2}月|年[底末]前?|按(?:国家|省|上级|要求)|立即|适时|尽快|逐步推|全年|已"
)
LEVEL = re.compile(r"(?<!城)[省市县区州盟旗镇](?![场级直])|各(?=[县市区])|(?:中国)?(?:人民银行|人行)|国网|国家")
HEADING = re.compile(r"(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）])[^\d。；;]{2,20}$")
_LONGEST_NAME = 20
_LEAST = 3


class Row(NamedTuple):
    """One row; ``start`` is its number's place, ``text`` the place behind it."""

    label: str
    start: int
    text: int
    clauses: tuple[Clause, ...]


def rows(text: str) -> list[Row]:
    """The rows of a glued table in text order; empty when the text holds none."""
    leads = [match.span() for match in LEAD.finditer(text)]
    if len(leads) < _LEAST:
        return []
    numbers = _series([(m.start(), m.end(), int(m[1])) for m in NUMBER.finditer(text)], [lead[0] for lead in leads])
    if len(numbers) < _LEAST:
        return []
    ends = [start for start, _, _ in numbers[1:]] + [len(text)]
    spelled = {n.name for lead in leads for n in split(text, lead[1], min(lead[1] + 60, len(text))).names}
    made = []
    for (start, inner, number), end in zip(numbers, ends, strict=True):
        lead = next((lead for lead in leads if inner < lead[0] < end), None)
        clauses = _cells(text, (inner, end), lead, spelled) if lead else ()
        if clauses:
            made.append(Row(str(number), start, inner, clauses))
    return made if len(made) >= _LEAST else []


def _series(numbers: list[tuple[int, int, int]], leads: list[int]) -> list[tuple[int, int, int]]:
    """The longest run of numbers each one more than the last, with a lead between two of them."""
    best: list[tuple[int, int, int]] = []
    for n, first in enumerate(numbers):
        run = [first]
        for number in numbers[n + 1 :]:
            if number[2] == run[-1][2] + 1 and any(run[-1][1] < lead < number[0] for lead in leads):
                run.append(number)
        if len(run) > len(best):
            best = run
        if len(best) * 2 > len(numbers):
            break
    return best


def _cells(text: str, row: Span, lead: Span, spelled: set[str]) -> tuple[Clause, ...]:
    """The clauses of a row: its lead, the others, its time."""
    start = _name_start(text, row[0], lead[0], spelled)
    if start is None:
        return ()
    end = row[0] + len(text[row[0] : row[1]].rstrip())
    heading = HEADING.search(text, lead[1], end)
    end = heading.start() if heading else end
    time = TIME.search(text, lead[1], end)
    last = time.start() if time else _last_body(text, lead[1], end)
    stretch = row[0], end
    others = lead[1] + len(text[lead[1] : last]) - len(text[lead[1] : last].lstrip("、，,和及与会同 "))
    made = [Clause(Role.LEAD, (start, lead[1]), (start, lead[0]), RULE, stretch)]
    if others < last:
        made.append(Clause(Role.RESPONSIBLE, (start, last), (others, last), RULE, stretch))
    if last < end:
        made.append(Clause("deadline", (last, end), (last, end), RULE, stretch))
    return tuple(made)


def _name_start(text: str, low: int, mark: int, spelled: set[str]) -> int | None:
    """Where the name before a lead's mark begins."""
    window = max(low, mark - _LONGEST_NAME)
    bank = [m.start() for m in re.finditer(r"(?:中国)?(?:人民银行|人行)", text[window:mark])]
    if bank:
        return window + bank[0]
    known = [name for name in spelled if text.endswith(name, window, mark) and len(name) > 2]
    if known:
        return mark - max(map(len, known))
    for level in reversed(list(LEVEL.finditer(text, window, mark))):
        if mark - level.start() > 2 and BODY.search(text[level.start() : mark]):
            return level.start()
    return None


def _last_body(text: str, start: int, end: int) -> int:
    """The end of the last body's name in a cell that no time closes."""
    last = start
    for n in range(start + 1, end + 1):
        if BODY.search(text[max(start, n - 8) : n]):
            last = n
    return last


