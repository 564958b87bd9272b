"""Conventions that a plan states about its lists: 列首位的为牵头单位, 第一个逗号前为牵头单位.

From its place on, a convention gives the lead of every list that names none; some say what the others are, too:
排在第一位的为牵头单位，其他为配合单位.

>>> from loaders.lexicon.scan import scan
>>> text = "（市财政局、市教育局，列首位的为牵头单位）"
>>> [c.kind for c in conventions(text, scan(text))]
['first-named']

Left to others: applying a convention to a list (`loaders.phrases.bearers`).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from graph.model import Span
from loaders.lexicon.roles import COOPERATING_WORD, LEAD
from loaders.lexicon.scan import Tokens
from loaders.rule import Rule, gives

# 列首位的为牵头单位 · 排在第一位的部门为牵头评价部门 · 牵头单位排在首位 ; not 第一个逗号前为牵头单位
FIRST_NAMED = re.compile(
    rf"""
    (?: 首 | 第[一1] | 最前 | 前面 | 前列 | 列前 | 居前 | 打头 ) (?! 个?逗号 )   # 首|位的 ; not 第一个逗号前
        [^，,。；;）)]{{0,12}} 为 (?:{LEAD})                                     # 位的部门为牵头
        [^，,。；;）)〕]{{0,6}} (?: 单位 | 部门 | 机构 )                         # 评价部门
  | (?:{LEAD}) (?: 单位 | 部门 ) 均? (?: 列 | 排 ) 在? (?: 首 | 第一 | 最前 )    # 牵头单位均排在首
  | (?: 首 | 第[一1] ) [位家]? 的? (?: 单位 | 部门 ) (?:{LEAD})                  # 首家单位牵头
    """,
    re.VERBOSE,
)

# ，其他为配合单位 · ；其余部门均为协办单位
_OTHERS = re.compile(
    rf"[，,；;、]\s*(?:其[他它余后](?:的)?|后面的?)(?:责任)?(?:单位|部门)?均?[为是](?P<word>{COOPERATING_WORD})(?:单位|部门)"
)

BEFORE_COMMA = re.compile(
    rf"(?:第?一?个)?逗号之?前[^，,。；;）)]{{0,10}}为(?:{LEAD})[^，,。；;）)〕]{{0,6}}(?:单位|部门)"
)


# 加粗的为牵头单位: told by a type that a text has not
_BY_TYPE = re.compile(
    rf"(?:加粗|黑体|粗体|标黑|下划线|划线|标红|红字|红色|斜体)[^，,。；;）)]{{0,12}}为(?:{LEAD})(?:单位|部门)?"
)


class Convention(NamedTuple):
    """A stated convention that gives the lead from its place on, by its rule; ``others`` is the role of those who follow."""

    rule: Rule
    span: Span
    others: str | None = None

    @property
    def kind(self) -> str:
        """``first-named`` or ``before-comma``."""
        return self.rule.name.removeprefix("lead-")


def conventions(text: str, tokens: Tokens) -> list[Convention]:
    """The conventions stated in the text, in text order."""
    found = []
    for start, _, _ in tokens.conventions:
        for rule, expression in ((LEAD_FIRST_NAMED, FIRST_NAMED), (LEAD_BEFORE_COMMA, BEFORE_COMMA)):
            match = expression.search(text, max(0, start - 30), start + 16)
            if match:
                others = _OTHERS.match(text, match.end())
                span = match.start(), others.end() if others else match.end()
                found.append(Convention(rule, span, others and "cooperating"))
                break
    return found


def told_by_type(text: str, tokens: Tokens) -> Iterator[Span]:
    """Where a text says that bold or coloured names lead: its words alone do not tell which these are."""
    for start, _, _ in tokens.conventions:
        if match := _BY_TYPE.search(text, max(0, start - 24), start + 8):
            yield match.span()


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
RULES = (LEAD_FIRST_NAMED, LEAD_BEFORE_COMMA)
