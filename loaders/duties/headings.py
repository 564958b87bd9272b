"""Headings that say who bears what stands below them: 一、由省发展改革委牵头落实的工作 (rule ``heading``)

The heading is a line of its own, and says nothing but who bears and that it is about tasks.

>>> from loaders.duties.reading import read
>>> text = "一、由市司法局牵头落实的工作\\n1.清理文件。\\n2.公开清单。"
>>> [(c.role, text[slice(*c.content)]) for c in clauses(read(text), Taken())]
[('lead', '市司法局')]

Left to others: that the heading is an item above the others (`loaders.items.parents`).
"""

import re
from collections.abc import Iterator

from graph.model import Role
from loaders.duties.clause import Clause
from loaders.duties.reading import Reading, Taken
from loaders.lexicon.marks import end_of_line
from loaders.lexicon.numbers import MARKER
from loaders.lexicon.roles import ROLE_OF_WORD
from loaders.phrases.bearers import only_bearers
from loaders.rule import Rule, gives

# 牵头|落实的工作⏎
_TASKS = re.compile(
    r"""
    (?: 组织 | 落实 | 推进 | 实施 | 办理 | 完成 | 承担 ){0,2} 的? (?: 重点 | 主要 | 其他 )?
    (?: 工作 | 任务 | 事项 | 项目 | 措施 ){1,2} (?: 清单 )?
    (?: [（(] [^（）()\n]{1,20} [)）] )? [：:。]? [ \t]* (?= \n | $ )  # （5项）：
    """,
    re.VERBOSE,
)
_TASK_SIGNS = frozenset("工任事项措的组落推实办完承重主其")
_LONGEST = 80
_BEFORE = re.compile(r"[ \t]*")


def clauses(reading: Reading, taken: Taken) -> Iterator[Clause]:
    """Who bears what stands below, in text order."""
    text = reading.text
    words = {(at, end) for tokens in (reading.tokens.roles, reading.tokens.doings) for at, end, _ in tokens}
    done = -1
    for at, end in sorted((at, end) for at, end in words if text[end : end + 1] in _TASK_SIGNS):
        if not _TASKS.match(text, end):
            continue
        if at < done:
            continue  # 牵头|落实的工作
        start = _BEFORE.match(text, text.rfind("\n", max(0, at - _LONGEST), at) + 1).end()  # type: ignore[union-attr]
        marker = MARKER.match(text, start, at)
        start = marker.end() if marker else start
        start += len(text[start:at]) - len(text[start:at].lstrip())
        start += text.startswith("由", start)
        if at - start > 1 and not taken.holds(start) and only_bearers(text[start:end]):
            done = end_of_line(text, end, len(text))
            role = ROLE_OF_WORD.get(text[at:end], Role.RESPONSIBLE.value)
            yield Clause(role, (start, end), (start, at), HEADING)


HEADING = Rule(
    "heading", "by", "duty", "标题只说由谁牵头、谁负责下列任务", clauses,
    (
        gives("一、由市司法局牵头落实的工作\n1.清理文件。\n2.公开清单。\n", "lead 市司法局"),
        gives("（一）市财政局、市审计局负责的任务（2项）\n1.清理文件。\n2.公开清单。\n", "responsible 市财政局、市审计局"),
    ),
    ("一、市司法局牵头落实的工作要按月报送。\n1.清理文件。\n", "一、有人负责的工作\n1.清理文件。\n"),
)  # fmt: skip
RULES = (HEADING,)
