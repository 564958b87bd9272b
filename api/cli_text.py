"""Words and safe text for the terminal.

A plan's text may hold characters that steer a terminal; each control character is shown as its picture, one for one,
so that places still count.  Example: ``printable("\\x1b[31m")`` is ``␛[31m``.
"""

import re
from collections.abc import Mapping

from graph.model import Relation, Role

ROLE_WORDS: dict[str, str] = {
    Role.LEAD: "牵头",
    Role.RESPONSIBLE: "责任",
    Role.COOPERATING: "配合",
    Role.LEADER: "负责人",
}
RELATION_WORDS: dict[str, str] = {
    Relation.BASIS: "依据",
    Relation.IMPLEMENTS: "落实",
    Relation.PRODUCES: "制定",
    Relation.REVISES: "修订",
    Relation.REPEALS: "废止",
    Relation.MENTIONS: "提及",
}
# the reasons of `left_out` that questions and lists give
LEFT_OUT_WORDS = {
    "undated": "没有日期的事项",
    "tasks": "正文中自有日期、届时到期的任务（见 tasks-due）",
    "other units": "按其他单位计算的时限",
}
WEAKNESS_WORDS: dict[str, str] = {
    "inferred": "推定",
    "collective": "集合称谓",
    "open-list": "名单未尽",
    "repaired": "原文有缺损，已修复",
    "unresolved": "名称未能确定",
    "not-basis": "并非作为依据或要求落实",
}
CHECK_WORDS: dict[str, str] = {
    "no-lead": "没有牵头单位",
    "several-leads": "牵头单位不止一个",
    "lead-and-responsible": "同一单位既牵头又负责",
}
# by the last part of a column's name: the words for its values
VALUE_WORDS: Mapping[str, Mapping[str, str]] = {
    "role": ROLE_WORDS,
    "relation": RELATION_WORDS,
    "weaknesses": WEAKNESS_WORDS,
    "checks": CHECK_WORDS,
    "via": {"item": "本事项", "document": "整份文件"},
}

_PICTURES: dict[int, int | str] = {0x0D: " ", 0x7F: 0x2421, **dict.fromkeys(range(0x80, 0xA0), 0xFFFD)}
_PICTURES |= {c: 0x2400 + c for c in range(0x20) if c not in (0x09, 0x0A, 0x0D)}


def printable(text: str) -> str:
    """``text`` with every control character but tab and line feed replaced by one that shows and does nothing."""
    return text.translate(_PICTURES)


def one_line(text: str) -> str:
    """`printable` text for one line: each run of line ends shows as ``⏎``."""
    return re.sub(r"\s*\n\s*", "⏎", printable(text.replace("\r\n", "\n")))
