"""Conventions that a plan states about its lists: 列首位的为牵头单位, 第一个逗号前为牵头单位.

From its place on, a convention gives the lead of every list that names none; some say what the others are, too:
排在第一位的为牵头单位，其他为配合单位.  Where marks tell who leads (标★的为牵头单位，其余为配合单位), it says what the others are.

>>> from loaders.lexicon.scan import scan
>>> text = "（市财政局、市教育局，列首位的为牵头单位）"
>>> [c.kind for c in conventions(text, scan(text))]
['first-named']

Left to others: which lists of an item a convention applies to (`loaders.items.items`).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from graph.model import Span
from loaders.lexicon.roles import COOPERATING_WORD, LEAD
from loaders.lexicon.scan import Tokens
from loaders.phrases.bearers import Bearers
from loaders.rule import Rule, gives

# 列首位的为牵头单位 · 排在第一位的部门为牵头评价部门 · 牵头单位排在首位 ; not 第一个逗号前为牵头单位
FIRST_NAMED = re.compile(
    rf"""
    (?: 首 | 第[一1] | 最前 | 前面 | 前列 | 列前 | 居前 | 打头 ) (?! 个?逗号 )   # 首|位的 ; not 第一个逗号前
        [^，,。；;）)]{{0,12}} 为 (?: 工作 | 具体 | 主要 | 该项工作 )? (?:{LEAD})   # 位的部门为牵头 · 位者为工作牵头
        [^，,。；;）)〕]{{0,6}} (?: 单位 | 部门 | 机构 )                         # 评价部门
  | (?:{LEAD}) (?: 单位 | 部门 ) 均? (?: 列 | 排 ) 在? (?: 首 | 第一 | 最前 )    # 牵头单位均排在首
  | (?: 首 | 第[一1] ) [位家]? 的? (?: 单位 | 部门 ) (?:{LEAD})                  # 首家单位牵头
    """,
    re.VERBOSE,
)

# ，其他为配合单位 · ；其余部门均为协办单位
_OTHERS = re.compile(
    rf"""
    [，,；;、] \s*
    (?: 其[他它余后] (?:的)? | 后面的?                                     # ，其他
      | 不带的? | (?: 未 | 没有? | 不 ) (?: 带 | 标注? | 注 ) [*＊★☆▲△●]? 号? 的? )  # ，未标★的
    (?:责任)? (?:单位|部门)? 均? [为是] (?P<word>{COOPERATING_WORD}) (?:单位|部门)
    """,
    re.VERBOSE,
)

BEFORE_COMMA = re.compile(
    rf"(?:第?一?个)?逗号之?前[^，,。；;）)]{{0,10}}为(?:{LEAD})[^，,。；;）)〕]{{0,6}}(?:单位|部门)"
)


# 标★的为牵头单位: what the marks of leads in its lists say, and what the names without one are
MARKED = re.compile(
    rf"(?:加|标注?|带|注|打)(?:有|注)?[“‘]?[*＊★☆▲△●][”’]?号?[^，,。；;）)]{{0,8}}为(?:{LEAD})[^，,。；;）)〕]{{0,6}}(?:单位|部门|机构)"
)

# 加粗的为牵头单位: told by a type that a text has not
_BY_TYPE = re.compile(
    rf"(?:加粗|黑体|粗体|标黑|下划线|划线|标红|红字|红色|斜体)[^，,。；;）)]{{0,12}}为(?:{LEAD})(?:单位|部门)?"
)


class Convention(NamedTuple):
    """A stated convention that gives the lead from its place on, by its rule; ``others`` is the role of the other names."""

    rule: Rule
    span: Span
    others: str | None = None

    @property
    def kind(self) -> str:
        """``first-named``, ``before-comma`` or ``marked``."""
        return self.rule.name.removeprefix("lead-")


def conventions(text: str, tokens: Tokens) -> list[Convention]:
    """The conventions stated in the text, in text order."""
    found = []
    for start, _, _ in tokens.conventions:
        for rule, expression in _STATED:
            match = expression.search(text, max(0, start - 30), start + 16)
            if match:
                others = _OTHERS.match(text, match.end())
                span = match.start(), others.end() if others else match.end()
                found.append(Convention(rule, span, others and "cooperating"))
                break
    return found


def last_before(stated: list[Convention], end: int, *, marked: bool) -> Convention | None:
    """The last convention stated before ``end``, which gives the lead, or (``marked``) says what those without a mark are."""
    for at in range(bisect_left(stated, end, key=lambda one: one.span[0]) - 1, -1, -1):
        if (stated[at].kind == "marked") == marked:
            return stated[at] if not marked or stated[at].others else None
    return None


def told_by_type(text: str, tokens: Tokens) -> Iterator[Span]:
    """Where a text says that bold or coloured names lead: its words alone do not tell which these are."""
    for start, _, _ in tokens.conventions:
        if match := _BY_TYPE.search(text, max(0, start - 24), start + 8):
            yield match.span()


def by_convention(words: str, bearers: Bearers, kind: str, others: str | None) -> Bearers:
    """The bearers with the lead that a stated convention gives: the first name, all names before the first comma, or those
    with a mark, which are known already.

    ``others`` is the role that it gives to the names behind them.
    """
    names = bearers.names
    if not names:
        return bearers
    if kind == "marked":
        return bearers._replace(names=tuple(n._replace(role=n.role or others) for n in names))
    leads = 1
    if kind == "before-comma":
        between = (words[a.span[1] : b.span[0]] for a, b in pairwise(names))
        leads = next((n for n, gap in enumerate(between, 1) if "，" in gap or "," in gap), len(names))
    first = (n._replace(role="lead") for n in names[:leads])
    return bearers._replace(names=(*first, *(n._replace(role=n.role or others) for n in names[leads:])))


LEAD_FIRST_NAMED = Rule(
    "lead-first-named", "stated", "duty", "已声明列首位的为牵头单位", conventions,
    (
        gives("1.清理。（责任单位：市司法局、市财政局，列首位的为牵头单位）\n", "lead 市司法局", "responsible 市财政局"),
        gives("1.清理。（责任单位：市司法局、市财政局，排第一位的为牵头单位，其他为配合单位）\n", "lead 市司法局", "cooperating 市财政局"),
        gives("1.清理。（牵头单位排在首位）\n责任单位：市司法局、市财政局\n", "lead 市司法局", "responsible 市财政局"),
    ),
    ("1.清理。（责任单位：市司法局、市财政局）\n", "1.清理。（责任单位：市司法局牵头，市财政局，列首位的为牵头单位）\n"),
)  # fmt: skip
LEAD_BEFORE_COMMA = Rule(
    "lead-before-comma", "stated", "duty", "已声明第一个逗号前的为牵头单位", conventions,
    (
        gives("1.清理。（责任单位：市司法局，市财政局。第一个逗号前为牵头单位）\n", "lead 市司法局", "responsible 市财政局"),
        gives("1.清理。（责任单位：市司法局、市编办，市财政局。逗号之前的为牵头单位）\n", "lead 市司法局", "lead 市编办", "responsible 市财政局"),
    ),
    ("1.清理。（责任单位：市司法局，市财政局）\n", "1.清理。（责任单位：市司法局，市财政局。逗号前后均为责任单位）\n"),
)  # fmt: skip
LEAD_MARKED = Rule(
    "lead-marked", "stated", "duty", "已声明标★等记号的为牵头单位，其余为配合单位", conventions,
    (
        gives("1.清理。（标★的为牵头单位，其余为配合单位）\n责任单位：★市司法局、市财政局\n", "lead 市司法局", "cooperating 市财政局"),
        gives("1.清理。（责任单位：市司法局、市财政局*，加*的为牵头单位，其他为配合单位）\n", "cooperating 市司法局", "lead 市财政局"),
    ),
    ("1.清理。（标★的为牵头单位）\n责任单位：★市司法局、市财政局\n", "1.清理。（标★的为牵头单位，其余为配合单位）\n责任单位：市司法局、市财政局\n"),
)  # fmt: skip
_STATED = ((LEAD_FIRST_NAMED, FIRST_NAMED), (LEAD_BEFORE_COMMA, BEFORE_COMMA), (LEAD_MARKED, MARKED))
RULES = (LEAD_FIRST_NAMED, LEAD_BEFORE_COMMA, LEAD_MARKED)
