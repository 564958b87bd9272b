"""Conventions that a plan states about its lists: 列首位的为牵头单位, 第一个逗号前为牵头单位.

From its place on, a convention gives the lead of every list that names none.

>>> from loaders.lexicon.scan import scan
>>> text = "（市财政局、市教育局，列首位的为牵头单位）"
>>> [c.kind for c in conventions(text, scan(text))]
['first-named']

Left to others: applying a convention to a list (`loaders.phrases.bearers`).
"""

import re
from typing import NamedTuple

from graph.model import Span
from loaders.lexicon.roles import LEAD
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

BEFORE_COMMA = re.compile(
    rf"(?:第?一?个)?逗号之?前[^，,。；;）)]{{0,10}}为(?:{LEAD})[^，,。；;）)〕]{{0,6}}(?:单位|部门)"
)


class Convention(NamedTuple):
    """A stated convention that gives the lead from its place on, by its rule."""

    rule: Rule
    span: Span

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
                found.append(Convention(rule, match.span()))
                break
    return found


LEAD_FIRST_NAMED = Rule(
    "lead-first-named", "stated", "duty", "已声明列首位的为牵头单位", conventions,
    (
        gives("1.清理。（责任单位：市司法局、市财政局，列首位的为牵头单位）\n", "lead 市司法局", "responsible 市财政局"),
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
