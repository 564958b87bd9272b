"""Group leaders: the persons who head a working group (组长:张三 副组长:李四); each is a duty with the role ``leader``.

1. A label of a leader with a colon, in a group that has a name: a line before it says 第一组, or ends in 组.  The members of
   the leading group (领导小组) head no task, so they are left out, and so are other members (成员, 组员).
2. All leaders of a group are one assignment; its stretch begins with the group's name and ends before the next group's.

>>> text = "一、分组\\n宣传组\\n组长:张三\\n副组长:李四、王小五\\n成员:赵六"
>>> from loaders.duties.reading import read
>>> [text[slice(*c.content)] for c in clauses(read(text), Taken())]
['张三', '李四', '王小五']

Left to others: names and posts (`loaders.phrases.persons`), the units of a group.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from graph.model import Role, Span
from loaders.duties.clause import Clause
from loaders.duties.label_ends import INDENT
from loaders.duties.reading import Reading, Taken
from loaders.lexicon.roles import RESPONSIBLE
from loaders.phrases.persons import persons
from loaders.rule import Rule, gives
from loaders.structure.outline import Node, innermost

LABEL = re.compile(r"(?P<label>(?:常务|执行|第一)?副?组长)[ \t]*[:：][ \t]*")
CALLED = "组长"  # most texts name no leader
# ，副组长：李四 · ；成员由县公安局抽调: the next field of a group; with its colon right behind a name, too: 张三副组长：李四
LABEL_END = re.compile(
    rf"""
    [，,；;。\s] \s*
    (?:
        (?: 常务 | 执行 | 第一 )? 副? 组长  # ，常务副组长 · ；组长
      | 成员 | 组员 | 职责 | 联络员
      | 主要 | {RESPONSIBLE}  # 。负责现场抢险 ; not 张三负责抢险
    )
  | (?: (?: 常务 | 执行 | 第一 )? 副? 组长 | 成员 | 组员 | (?: 工作 | 主要 )? 职责 | 联络员 ) [:：]  # 成员： ; not 成员张三
    """,
    re.VERBOSE,
)
# 第一组 · 第2工作组: · （二）安全保卫组 · 水系连通专班 ; not 领导小组, 成立工作专班
GROUP = re.compile(
    r"(?:第[一二三四五六七八九十\d]+[\u4e00-\u9fff]{0,4}组|[\u4e00-\u9fff、]{2,16}(?:组|专班))(?=[:：。]|\s+(?![\s长])|$)"
)
LEADING_GROUP = re.compile(r"领导小?组|指挥部|工作小组|(?:^|[^\u4e00-\u9fff]|工作|推进)专班|成立[^，,。]*专班")
# in a text that has lost its line breaks two blanks stand for one
_BREAK, _FLAT_BREAK = (
    re.compile(r"\n"),
    re.compile(r"\n|[ \t]{2,}|(?=第[一二三四五六七八九十\d]{1,2}小?组[:：])"),
)
_WORDS = re.compile(r"\S|$")
_LINES_BACK, _LONGEST_NAME = 4, 120


def clauses(reading: Reading, taken: Taken) -> list[Clause]:
    """One clause for each leader, in text order."""
    text, nodes = reading.text, reading.nodes
    labels = list(LABEL.finditer(text))
    if not labels:
        return []
    breaks = _FLAT_BREAK if reading.flat else _BREAK
    lines = _lines(text, breaks)
    marks = {node.start: node.text for node in nodes}
    named: list[tuple[int, re.Match[str]]] = []
    group = -1
    for label in labels:
        if not label["label"].startswith("副") or group < 0:
            group = _group(text, lines, marks, label.start())
            group = _numbered_group(text, nodes, label.start()) if group < 0 else group
        if group >= 0:
            named.append((group, label))
    starts = [*sorted({group for group, _ in named}), len(text)]
    found: list[Clause] = []
    begins = [label.start() for label in labels] + [len(text)]
    for group, label in named:
        end = min(starts[bisect_right(starts, group)], _node_end(nodes, group, len(text)))
        stretch = group, group + len(text[group:end].rstrip())
        stop = begins[bisect_right(begins, label.start())]
        gap = LABEL_END.search(text, label.end(), stop)
        stop = gap.start() if gap else stop
        found += [
            Clause(Role.LEADER, (label.start("label"), name[1]), name, GROUP_LEADER, stretch)
            for first, last in _lines_of(text, breaks, label.end(), stop)
            for name in persons(text, first, last)
        ]
    return found


def _lines_of(text: str, breaks: re.Pattern[str], start: int, stop: int) -> Iterator[Span]:
    """The line behind a label, and those that go on below it: 组长：张三⏎　　　　李四　县水利局局长."""
    while start < stop:
        end = breaks.search(text, start, stop)
        yield start, end.start() if end else stop
        further = INDENT.match(text, end.start()) if end else None
        start = further.end() if further else stop


def _numbered_group(text: str, nodes: list[Node], label: int) -> int:
    """Where the group of a label begins that stands behind a number and the group's name: 1.抢险救援组。组长：张三；…"""
    around = innermost(nodes, label)
    if not around or label - around.text > _LONGEST_NAME or "\n" in text[around.text : label].rstrip():
        return -1
    start = around.text
    return start if GROUP.match(text, start) and not LEADING_GROUP.search(text, start, label) else -1


def _lines(text: str, breaks: re.Pattern[str]) -> list[Span]:
    made, at = [], 0
    for gap in breaks.finditer(text):
        if text[at : gap.start()].strip():
            made.append((at, gap.start()))
        at = gap.end()
    return [*made, (at, len(text))]


def _group(text: str, lines: list[Span], marks: dict[int, int], label: int) -> int:
    """Where the name of the group begins whose leader stands at ``label``; -1 when no group is named before it."""
    here = bisect_right(lines, (label, len(text)))
    for first, last in reversed(lines[max(0, here - _LINES_BACK) : here]):
        start = _WORDS.search(text, first, last).start()  # type: ignore[union-attr]  # a line has words
        start = marks.get(start, start)
        if min(last, label) - start > _LONGEST_NAME:
            return -1
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
    around = innermost(nodes, at)
    return around.end if around else default


GROUP_LEADER = Rule(
    "group-leader", "label", "duty", "工作组的组长、副组长", clauses,
    (
        gives("一、分组\n第一组：东片\n组长：张三\n第二组：西片\n组长：李四\n", "leader 张三", "leader 李四"),
        gives("一、分组\n宣传组\n组长:张三\n副组长:李四、王小五\n成员:赵六\n", "leader 张三", "leader 李四", "leader 王小五"),
    ),
    ("一、组织领导\n成立领导小组。\n组长：张三\n副组长：李四\n", "一、分组\n宣传组\n成员：张三、李四\n"),
)  # fmt: skip
RULES = (GROUP_LEADER,)
