"""Clause: a stretch that assigns an item or sets its time, and what every rule that finds one needs.

`closing` finds the end of a bracket, `unremarked` what a clause says before its first remark
(列首位的为牵头单位，下同; 以下均涉及各县区: no bearers), `time_apart` the time that stands beside bearers.

>>> text = "（市财政局，下同）"
>>> text[slice(*unremarked(text, 1, len(text) - 1))]
'市财政局'

Left to others: where clauses stand (`clauses`, `narrative`, `leaders`, `flat_table`, `tables`, `unit_first`).
"""

import re
from typing import NamedTuple

from graph.model import Span

BRACKET = re.compile(r"[(（〔［\[【)）〕］\]】]")
OPENING, CLOSING = "(（〔［[【", ")）〕］]】"
_LONGEST_BRACKET, _DEEPEST = 1200, 4

# what only remarks on the assignment: ，列首位的为牵头单位，下同 · 。以下均涉及各县区，不再列出 ; not a bearer
REMARK = re.compile(
    r"[，,；;。（(]?\s*(?:(?:以下|以上|上述|下列|下文|后续|其他)[^、]{0,30}(?:不再|均|涉及)|[具各任事工][^、，,。；;]{0,8}[务项作]均?(?:需|须|由|涉及)[^，,。；;]{0,30}|[^、，,。；;（(]{0,8}不再(?:[一逐单]|重复|另行|做|作|列)|下同"
    r"|除[^、，,。；;]{1,24}外[，,][^、，,。；;]{0,8}(?:首|第一)"
    r"|(?:牵头(?:单位|部门))?均?(?:列|排)在?(?:首|第一|最前)|[^，,。；;、（(）)]{0,16}(?:首|第[一1]|最前)[^，,。；;）)]{0,14}为牵头|[^，,。；;、（(）)]{0,6}(?:前面|前列|列前|居前|打头|分号|顿号|黑体|加粗)[^，,。；;、（(）)]{0,10}为牵头|首家(?:单位|部门)牵头|第?一?个?逗号之?前|(?:加|标注?|带)?[*＊★]号?(?:的|为|者|标|表示)|(?:加|标注?|带)[*＊★])"
)
_REMARKED = re.compile(r"[下上首第最逗*＊★]|不再|均|为牵头")
TIME = re.compile(
    r"\d{1,2}月|\d年|季度|半年|年[底内末]|全年|[每本当]年|每[月周季]|长期|持续|常态化|立即|立行立改|近期|尽快|适时"
)
TIME_SIGN = re.compile(r"[月年季长持常立近尽适周]")  # one of them stands in whatever `TIME` or `TIMED` finds
MARKS = re.compile(r"[；;，,]|[ \u3000](?=20\d\d年|\d{1,2}月|长期|持续)")
_ROLE_WORD = re.compile(r"牵头|负责|配合|参与|责任|落实")


class Clause(NamedTuple):
    """``role`` is a `graph.model.Role` or ``deadline``; ``span`` the evidence, ``content`` what it says.

    ``stretch`` is the assigned stretch where the rule itself knows it; else it is what stands before the clause.
    """

    role: str
    span: Span
    content: Span
    rule: str
    stretch: Span | None = None


def closing(text: str, opening: int) -> int | None:
    """The end of the bracket that opens at ``opening``, nested brackets skipped; None when it does not close."""
    limit = opening + _LONGEST_BRACKET
    first = BRACKET.search(text, opening + 1, limit)
    if first is None or first[0] in CLOSING:  # most brackets hold no other
        return first.end() if first else None
    depth = 1
    for match in BRACKET.finditer(text, first.start(), limit):
        depth += 1 if match[0] in OPENING else -1
        if not depth:
            return match.end()
        if depth > _DEEPEST:
            return None
    return None


def unremarked(text: str, start: int, end: int) -> Span:
    """The bearers of a clause: what stands before its first remark."""
    remark = REMARK.search(text, start, end) if _REMARKED.search(text, start, end) else None
    return trim(text, start, remark.start() if remark else end)


def trim(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    body = words.strip().rstrip("。；;，, \t\u3000\xa0")
    first = start + len(words) - len(words.lstrip())
    return (first, first + len(body))


def time_apart(text: str, content: Span) -> tuple[Span, Span | None]:
    """The bearers of a narrative bracket, and the time that stands before or behind them: ；持续推进."""
    if not TIME_SIGN.search(text, *content):
        return content, None
    marks = [m.start() for m in MARKS.finditer(text, *content)]
    if marks and TIME.search(text, marks[-1], content[1]) and not _ROLE_WORD.search(text, marks[-1], content[1]):
        return trim(text, content[0], marks[-1]), trim(text, marks[-1] + 1, content[1])
    if marks and TIME.search(text, content[0], marks[0]) and not _ROLE_WORD.search(text, content[0], marks[0]):
        return trim(text, marks[0] + 1, content[1]), trim(text, content[0], marks[0])
    return content, None
