"""Leaders: the persons who head a working group (组长:张三 副组长:李四), each a duty of role ``leader``.

1. A label of a leader with a colon, in a group that has a name: a line before it says 第一组, or ends in 组.  The roster of
   the leading group (领导小组) heads no task of its own, so it is left out, and so are members (成员, 组员).
2. A name is two to four characters up to a mark, a blank or a bracket; what follows it (副县长) is the post.
3. All leaders of a group are one assignment; its stretch begins with the group's name and ends before the next group's.

>>> text = "一、分组\\n宣传组\\n组 长:张三\\n副组长:李四、王小五\\n成员:赵六"
>>> [text[slice(*c.content)] for c in leaders(text, outline(text))]
['张三', '李四', '王小五']

Left to others: units that a group is made of.
"""

import re
from collections.abc import Iterator

from graph.model import Role, Span
from loaders.clauses import Clause
from loaders.outline import Node, is_flat, outline

__all__ = ["leaders", "outline"]

RULE = "group-leader"
LABEL = re.compile(r"(?P<label>(?:常务|执行|第一)?副?组[ \t\u3000\xa0]*长)[ \t\u3000\xa0]*[:：][ \t\u3000\xa0]*")
# 张三 · 杨 玲 (a blank within) · 欧阳小五 ; then a mark, a blank, a bracket or the end
NAME = re.compile(
    r"(?P<name>[\u4e00-\u9fff](?:[ \u3000]{1,2}[\u4e00-\u9fff](?![\u4e00-\u9fff])|[\u4e00-\u9fff]{1,3}))(?=[、，,；;。\s(（]|$)"
)
# 第一组 · 第2工作组: · （二）安全保卫组 ; not 领导小组
GROUP = re.compile(r"(?:第[一二三四五六七八九十\d]+[\u4e00-\u9fff]{0,4}组|[\u4e00-\u9fff、]{2,16}组)(?=[:：。]|$)")
LEADING_GROUP = re.compile(r"领导小?组|指挥部|工作小组|专班")
_LINE = re.compile(r"\n|[ \u3000\t]{2,}")
_PART = re.compile(r"[、，,；;]")
_LINES_BACK = 4


def leaders(text: str, nodes: list[Node]) -> list[Clause]:
    """One clause for each leader, in text order."""
    labels = list(LABEL.finditer(text))
    if not labels:
        return []
    breaks = re.compile(r"\n|[ \u3000\t]{2,}") if is_flat(text) else re.compile(r"\n")
    lines = _lines(text, breaks)
    marks = {node.start: node.text for node in nodes}
    named: list[tuple[int, re.Match[str]]] = []
    group = -1
    for label in labels:
        if not label["label"].startswith("副") or group < 0:
            group = _group(text, lines, marks, label.start())
        if group >= 0:
            named.append((group, label))
    starts = sorted({group for group, _ in named})
    found: list[Clause] = []
    for group, label in named:
        end = min([start for start in starts if start > group] + [_node_end(nodes, group, len(text))])
        stretch = group, group + len(text[group:end].rstrip())
        found += [
            Clause(Role.LEADER, (label.start("label"), name[1]), name, RULE, stretch)
            for name in _names(text, label.end(), breaks)
        ]
    return found


def _lines(text: str, breaks: re.Pattern[str]) -> list[Span]:
    made, at = [], 0
    for gap in breaks.finditer(text):
        if text[at : gap.start()].strip():
            made.append((at, gap.start()))
        at = gap.end()
    return [*made, (at, len(text))]


def _group(text: str, lines: list[Span], marks: dict[int, int], label: int) -> int:
    """Where the name of the group begins whose leader stands at ``label``; -1 when no group is named before it."""
    before = [line for line in lines if line[0] <= label][-_LINES_BACK:]
    for first, last in reversed(before):
        start = first + len(text[first:last]) - len(text[first:last].lstrip())
        start = marks.get(start, start)
        words = text[start : min(last, label)].strip()
        if LEADING_GROUP.search(words) or words.endswith("。"):
            return -1
        if GROUP.match(words):
            return start
        if LABEL.match(words) or words.startswith(("成", "组员")):
            return -1
    return -1


def _node_end(nodes: list[Node], at: int, default: int) -> int:
    """Where the innermost numbered node around ``at`` ends."""
    around = [node.end for node in nodes if node.start <= at < node.end]
    return around[-1] if around else default


def _names(text: str, start: int, breaks: re.Pattern[str]) -> Iterator[Span]:
    stop = breaks.search(text, start)
    end = stop.start() if stop else len(text)
    at = start
    while at < end:
        name = NAME.match(text, at, end)
        if name:
            yield name.span("name")
        part = _PART.search(text, at, end)
        at = part.end() if part else end
