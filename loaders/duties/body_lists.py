"""Unit-first lists: duties told body by body (市公安局负责…; 县财政局:落实…; 县气象局要…), beside what is assigned otherwise.

1. Looked for section by section: below a heading or a line that announces such a list (部门职责, 各单位任务明确如下：), where
   nothing else assigns: in running prose many a sentence begins with a body.  Only an excerpt that is nothing but such a
   list needs no heading, and numbers side by side that each name bodies before a colon or full stop (（一）县公安局：… （二）县水利局：…;
   （一）请县公安局负责…), or lines that begin with bodies in boxes (【县公安局】打击…).
2. The stretch below the heading is a list when most of its lines begin with bodies and what they do, or, where it is one
   paragraph, most of its sentences; three at least.
3. Each such beginning is a clause with a stretch of its own, up to the next one or to the end of its line.  The bodies bear
   what follows; 牵头 as their first verb makes them lead.

>>> text = "六、部门职责\\n市公安局负责疏散。\\n市水务局负责抢修。\\n市民政局、市商务局负责救济。"
>>> from loaders.duties.reading import read
>>> [text[slice(*c.content)] for c in clauses(read(text), Taken())]
['市公安局', '市水务局', '市民政局、市商务局']

Left to others: the bearers at the beginning of a line (`loaders.duties.list_heads`); labels and brackets (`loaders.duties.labels`); whether a text assigns otherwise (`loaders.duties.assignments`).
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from graph.model import Span
from loaders.duties.clause import Clause
from loaders.duties.list_heads import (
    BULLETS,
    DOES_AT,
    FIRST_LEADS,
    LONGEST_BEARERS,
    ListHead,
    are_bearers,
    behind_bullet,
    list_head,
    plain_head,
    without_duty,
)
from loaders.duties.reading import Reading, Taken, none_in
from loaders.lexicon.bodies import is_certain_body
from loaders.lexicon.marks import end_of_line, lines_with
from loaders.lexicon.roles import IN_PROSE
from loaders.lexicon.vocabulary import any_of, load_yaml
from loaders.phrases.sentences import closing
from loaders.rule import Rule, gives
from loaders.structure.outline import Node, innermost

# a heading that announces who does what: 部门职责, 明确责任分工 ; not 责任追究, 目标责任制, 压实责任
ANNOUNCES = re.compile("|".join(load_yaml("roles")["announce"]))
# 2.2 部门职责 · 附件1：任务分工表: a line that is nothing but such a heading.  The blanks are possessive (*+): given back one by
# one, a line of 10,000 of them took a minute
_OF_HEADING = ("职责", "分工", "职能")
LINE_HEADING = re.compile(
    rf"""
    ^ [ \t]*+ (?: 附[件录]? \d? [：:] )?                        # 附件1：
    (?: \d+ (?: \.\d+ )* [.、．]? )? [ \t]*+                        # 2.2 · 3、
    [^\n。；;：:，,]{{0,18}} (?: {any_of(_OF_HEADING)} ) [^\n。；;，,]{{0,6}} $  # 部门职责 ; not 明确职责，加强协调
    """,
    re.MULTILINE | re.VERBOSE,
)
# 现将各单位的任务明确如下：: a line that announces who does what
_OF_ANNOUNCEMENT = ("如下", "明确为", "划分为", "分工为")
LINE_ANNOUNCES = re.compile(
    rf"""
    ^ (?: [^\n]{{0,160}} 。 )?                                                            # 《条例》自3月1日起施行。
    [^\n。；;：:]{{0,80}} (?: 单位 | 部门 | 各[镇县区] | (?= 分工 ) )  # 现将各单位 · 经研究，|分工
    [^\n。；;：:]{{0,16}} (?: 职责 | 分工 | 任务 )        # 的任务
    [^\n。；;：:]{{0,12}} (?: {any_of(_OF_ANNOUNCEMENT)} )  # 明确如下
    [：:。] [ \t]* $
    """,
    re.MULTILINE | re.VERBOSE,
)
_LONGEST_HEADING = 24
_MOST_HEADINGS = 100
_BOX = re.compile(r"(?:^|(?<=\n))(?=[【〖])")
_LEAST, _SHARE, _NOTHING_ELSE = 3, 0.6, 0.9
_MOST_TOLD = 2  # paragraphs of a list that is told in sentences, not in lines
_END = re.compile(r"[。；;]")
# what gives a body behind a comma a duty of its own: ，镇文化站|负责宣传 ; not ，镇文化站配合
_STRONG = re.compile(rf"(?:{IN_PROSE})(?![人的])|(?<=[局委办站所队院府会])要")
_NAMED = re.compile("[:：。]")
# in a text that has lost its line breaks two blanks stand for one
_HEADING_END, _FLAT_HEADING_END = (
    re.compile(r"[\n。：:]"),
    re.compile(r"[\n。：:]|[ ]{2,}|[ ](?=[(（一二三四五六七八九十\d])|(?<=[责工能])[ ]"),
)
_LINE_END, _FLAT_LINE_END = re.compile(r"\n|$"), re.compile(r"[ ]{2,}|\n|$")


def clauses(reading: Reading, taken: Taken) -> Iterator[Clause]:
    """The clauses of every unit-first list, in text order; an excerpt that is nothing but one needs no heading.

    A section that assigns otherwise has none.  What stands before the first number is told of the page, not of a task.
    """
    text, nodes = reading.text, reading.nodes
    begin = nodes[0].start if nodes else 0
    assigned = sorted(
        clause.span[0] for clause in taken.clauses if clause.role != "deadline" and clause.span[0] >= begin
    )
    done = 0
    flat = reading.flat
    marks = {node.start: node.text for node in nodes}
    for node in nodes:
        if node.start < done:
            continue
        heading = _heading_end(text, node, flat)
        if heading and ANNOUNCES.search(text, node.text, heading) and none_in(assigned, heading, node.end):
            found = list(_list(text, heading, node.end, marks, flat))
            if found:
                done = node.end
                yield from found
    found = []
    for start, end in _announced(text, nodes) if not done else ():
        if none_in(assigned, start, end):
            found += _list(text, start, end, marks, flat)
    if not done and not found and not assigned:
        found = list(_list(text, 0, len(text), marks, flat, _NOTHING_ELSE))
    if not done and not found:
        found = [*_numbered(text, nodes, assigned), *_boxed(text, assigned)]
    yield from found


def _boxed(text: str, assigned: list[int]) -> Iterator[Clause]:
    """The clauses of lines that each begin with bearers in a box: 【县公安局】打击… ⏎【县水利局】清理…"""
    boxes = [box.end() for box in _BOX.finditer(text)] if "【" in text or "〖" in text else []
    begun: list[tuple[Span, ListHead]] = []
    for n, start in enumerate(boxes):
        box, end = closing(text, start), end_of_line(text, start, len(text))
        end = boxes[n + 1] if n + 1 < len(boxes) and none_in(assigned, start, boxes[n + 1]) else end
        line = start, start + len(text[start:end].rstrip())
        if box and box < line[1] and are_bearers(text, start + 1, box - 1) and none_in(assigned, *line):
            begun.append((line, ListHead(start, (start + 1, box - 1), box, FIRST_LEADS.match(text, box) is not None)))
    if len(begun) >= _LEAST:
        for line, head in begun:
            yield from _clauses(text, line, [head], BOXED)


def _numbered(text: str, nodes: list[Node], assigned: list[int]) -> Iterator[Clause]:
    """The clauses of numbers side by side that each name bearers before a colon: （一）县公安局：… （二）县水利局：…"""
    for siblings in ([node for node in nodes if node.parent is None], *(node.children for node in nodes)):
        begun: list[tuple[Span, ListHead]] = []
        least = max(_LEAST + 1, _SHARE * len(siblings))
        for left, node in zip(range(len(siblings), 0, -1), siblings, strict=True):
            if len(begun) + left < least:
                break  # too few can still begin with bearers
            line = node.text, node.text + len(text[node.text : node.end].rstrip())
            asked = text.startswith("请", line[0])
            colon = asked or _NAMED.search(text, line[0], min(line[1], line[0] + LONGEST_BEARERS))
            head = list_head(text, line, True) if colon and none_in(assigned, *line) else None
            if head and (asked or text[head.bearers[1]] in ":：。"):
                begun.append((line, head))
        if len(begun) >= least:
            for line, head in begun:
                yield from _clauses(text, line, [head], ASKED if text.startswith("请", line[0]) else NUMBERED)


def _announced(text: str, nodes: list[Node]) -> Iterator[Span]:
    """The stretches below headings that are lines of their own, with a number the outline does not know (2.2 职责)."""
    headings: list[re.Match[str]] = []
    for expression, words in ((LINE_HEADING, _OF_HEADING), (LINE_ANNOUNCES, _OF_ANNOUNCEMENT)):
        found = (expression.match(text, start) for start in lines_with(text, words))
        headings += islice(filter(None, found), _MOST_HEADINGS)
    headings.sort(key=lambda heading: heading.start())
    for n, heading in enumerate(headings):
        around = innermost(nodes, heading.start())
        following = headings[n + 1].start() if n + 1 < len(headings) else len(text)
        yield heading.end(), min(following, around.end if around else following)


def _heading_end(text: str, node: Node, flat: bool) -> int | None:
    """Where the heading of a node ends; None when its first words are no heading."""
    end = (_FLAT_HEADING_END if flat else _HEADING_END).search(text, node.text, node.end)
    return end.end() if end and end.start() - node.text <= _LONGEST_HEADING else None


def _list(
    text: str, start: int, end: int, marks: dict[int, int], flat: bool, share: float = _SHARE
) -> Iterator[Clause]:
    begun: list[tuple[Span, ListHead]] = []
    told: list[Span] = []
    most = 1 + text.count("\n", start, end) + (text.count("  ", start, end) if flat else 0)  # lines
    for line, numbered in _below_names(text, _lines(text, start, end, marks, flat)):
        head = list_head(text, line, numbered)
        if head:
            begun.append((line, head))
        if head or _END.search(text, *line) or line[1] - line[0] > _LONGEST_HEADING:
            told.append(line)
        missed = len(told) - len(begun)
        if missed > _MOST_TOLD and most - missed < share * most:
            return  # whatever the other lines begin with, they are too few
    if len(begun) >= _LEAST and len(begun) >= share * len(told):
        others = {line for line, _ in begun}
        begun += [(line, plain) for line in told if line not in others and (plain := plain_head(text, line))]
        for line, head in begun:
            # 3.市场监管所。由…: what follows bearers that stand alone is told of them
            alone = text[head.end - 1] in "。\n"
            more = () if alone else (*_further(text, line, "。"), *_beside(text, (head.end, line[1])))
            yield from _clauses(text, line, [head, *sorted(more)], LINES)
    elif len(told) <= _MOST_TOLD:
        for line in told:
            sentences = 1 + len(_END.findall(text, line[0], line[1] - 1))
            first = list_head(text, line, False)
            found = [*([first] if first else []), *_further(text, line, "。；;")]
            if len(found) >= _LEAST and len(found) >= share * sentences:
                yield from _clauses(text, line, sorted([*found, *_beside(text, (found[0].end, line[1]))]), SENTENCES)


def _lines(text: str, start: int, end: int, marks: dict[int, int], flat: bool) -> Iterator[tuple[Span, bool]]:
    """The lines of a stretch without their bullets and numbers, and whether each had a number."""
    at = start
    for gap in (_FLAT_LINE_END if flat else _LINE_END).finditer(text, start, end):
        first = at
        at = gap.end()
        while first < gap.start() and text[first] in BULLETS:
            first += 1
        numbered = first in marks
        first = marks[first] if numbered else behind_bullet(text, first, gap.start())
        first += len(text[first : gap.start()]) - len(text[first : gap.start()].lstrip())
        last = first + len(text[first : gap.start()].rstrip())
        if last > first:
            yield (first, last), numbered


def _below_names(text: str, lines: Iterable[tuple[Span, bool]]) -> Iterator[tuple[Span, bool]]:
    """The lines with those below a number's bearers joined to them: （一）县教育局⏎负责… ⏎负责…"""
    last: tuple[Span, bool] | None = None
    below = False
    ahead = iter(lines)
    following = next(ahead, None)
    while following:
        (line, numbered), following = following, next(ahead, None)
        # 县教育局⏎负责…: without a number only where the next line says what it does
        told = numbered or (following is not None and DOES_AT.match(text, following[0][0]) is not None)
        names = told and are_bearers(text, line[0], without_duty(text, line[1] - text.endswith(("：", ":"), *line)))
        if last and below and not names and not (numbered and list_head(text, line, True)):
            last = (last[0][0], line[1]), True
            continue
        if last:
            yield last
        below, last = names, (line, numbered)
    if last:
        yield last


def _further(text: str, line: Span, marks: str) -> Iterator[ListHead]:
    """The heads inside a line, each behind one of ``marks``."""
    for mark in _END.finditer(text, *line):
        if mark[0] not in marks:
            continue
        at = behind_bullet(text, mark.end(), line[1])
        head = list_head(text, (at, line[1]), False)
        if head:
            yield head._replace(start=mark.end())


def _beside(text: str, span: Span) -> Iterator[ListHead]:
    """The heads behind commas that say with a strong word what another body does: 镇财政所保障经费，|镇文化站负责宣传."""
    last = -1
    for strong in _STRONG.finditer(text, *span):
        low = max(span[0], strong.start() - LONGEST_BEARERS)
        comma = max(text.rfind(mark, low, strong.start()) for mark in "，,")
        if comma <= last or _END.search(text, comma, strong.start()):
            continue
        last = comma
        head = list_head(text, (comma + 1, span[1]), False)
        if head and strong.start() < head.end and is_certain_body(text[slice(*head.bearers)]):
            yield head._replace(start=comma + 1)


def _clauses(text: str, line: Span, heads: list[ListHead], rule: Rule) -> Iterator[Clause]:
    for n, head in enumerate(heads):
        end = heads[n + 1].start if n + 1 < len(heads) else line[1]
        start = line[0] if n == 0 else head.bearers[0]
        stretch = start, start + len(text[start:end].rstrip())
        yield Clause(head.role, (start, head.end), head.bearers, rule, stretch)


_NAME = "unit-first"
LINES = Rule(
    _NAME, "lines", "duty", "职责分工标题下，逐行以单位开头的清单（其中不认得的动词随前后各行）", clauses,
    (
        gives(
            "一、职责分工\n市公安局负责秩序。\n市水务局负责抢修。\n市民政局负责救济。\n",
            "responsible 市公安局", "responsible 市水务局", "responsible 市民政局",
        ),
        gives(
            "现将各单位的任务明确如下：\n县财政局要安排经费。\n县教育局要做好宣传。\n县水利局牵头抢修设施。\n",
            "responsible 县财政局", "responsible 县教育局", "lead 县水利局",
        ),
        gives(
            "一、部门职责\n县财政局：安排经费。\n县教育局：牵头做好宣传。\n县水利局：抢修设施。\n",
            "responsible 县财政局", "lead 县教育局", "responsible 县水利局",
        ),
        gives(
            "一、部门职责\n县财政局负责经费。\n县融媒体中心曝光案例。\n县教育局负责宣传。\n县水利局负责抢修。\n",
            "responsible 县财政局", "responsible 县融媒体中心", "responsible 县教育局", "responsible 县水利局",
        ),
        gives(
            "一、责任分工\n高立新（市长）：负责全面工作。\n副市长周明远：分管水利。\n市水利局负责监测，市气象局负责预警。\n",
            "leader 高立新", "leader 周明远", "responsible 市水利局", "responsible 市气象局",
        ),
    ),
    ("一、职责分工\n市公安局负责秩序。\n各部门要高度重视。\n要加强督查。\n", "一、总体要求\n市公安局负责秩序。\n市水务局负责抢修。\n市民政局负责救济。\n责任单位：市司法局\n"),
)  # fmt: skip
SENTENCES = Rule(
    _NAME, "sentences", "duty", "职责分工标题下，一段之内逐句以单位开头的清单", clauses,
    (
        gives(
            "一、职责分工\n市公安局负责秩序；市水务局负责抢修；市民政局负责救济。\n",
            "responsible 市公安局", "responsible 市水务局", "responsible 市民政局",
        ),
        gives(
            "一、部门分工\n市公安局牵头维护秩序。市水务局负责抢修。市民政局负责救济。\n",
            "lead 市公安局", "responsible 市水务局", "responsible 市民政局",
        ),
    ),
    ("一、职责分工\n市公安局负责秩序；群众要配合；道路要畅通。\n", "一、职责分工\n各部门各司其职；密切配合；形成合力。\n"),
)  # fmt: skip
NUMBERED = Rule(
    _NAME, "numbered", "duty", "同级编号逐个以单位加冒号或句号开头", clauses,
    (
        gives(
            "一、救援\n（一）县公安局：维护秩序。\n（二）县水利局：抢修设施。\n（三）县民政局：发放物资。\n（四）县教育局：做好宣传。\n二、要求\n要高度重视。\n",
            "responsible 县公安局", "responsible 县水利局", "responsible 县民政局", "responsible 县教育局",
        ),
        gives(
            "一、要求\n要高度重视。\n二、救援\n1.市公安局：牵头维护秩序。\n2.市水利局：抢修设施。\n3.市民政局：发放物资。\n4.市教育局：做好宣传。\n",
            "lead 市公安局", "responsible 市水利局", "responsible 市民政局", "responsible 市教育局",
        ),
        gives(
            "一、救援\n（一）县公安局。维护秩序。\n（二）县水利局。抢修设施。\n（三）县民政局。发放物资。\n（四）各镇。落实巡查。\n二、要求\n要高度重视。\n",
            "responsible 县公安局", "responsible 县水利局", "responsible 县民政局", "responsible 各镇",
        ),
    ),
    ("（一）县公安局：维护秩序。\n（二）清理文件：全面清理。\n（三）公开清单：按时公开。\n", "1.基本原则：依法依规。\n2.工作目标：全面清理。\n"),
)  # fmt: skip
_ASK = """请按以下分工做好高考保障，按时报送名单。
1.请县公安局{0}押运。\n2.请县卫健局{0}救护。\n3.请县水利局{0}供水。\n4.请县教育局{0}宣传。\n"""
ASKED = Rule(
    _NAME, "asked", "duty", "同级编号逐个以「请」加单位开头（商请函）", clauses,
    (
        gives(_ASK.format("负责"), *(f"responsible 县{body}局" for body in ("公安", "卫健", "水利", "教育"))),
        gives(_ASK.format("牵头"), *(f"lead 县{body}局" for body in ("公安", "卫健", "水利", "教育"))),
    ),
    ("1.请于5月底前报送名单。\n2.请加强值守。\n3.请按时参会。\n4.请勿迟到。\n", "1.请县公安局负责押运。\n2.会议要求。\n3.请按时参会。\n4.请勿迟到。\n"),
)  # fmt: skip
BOXED = Rule(
    _NAME, "boxed", "duty", "逐行以方框里的单位开头", clauses,
    (
        gives(
            "责任分解如下。\n【县公安局】打击犯罪。\n【县水利局】牵头清理河道。\n【沿河乡镇】落实巡查。\n",
            "responsible 县公安局", "lead 县水利局", "responsible 沿河乡镇",
        ),
        gives("〖公安局〗疏导。\n〖气象局〗预警。\n〖教育局〗宣传。\n", "responsible 公安局", "responsible 气象局", "responsible 教育局"),
    ),
    ("【县公安局】打击犯罪。\n【县水利局】清理河道。\n", "【工作目标】完成任务。\n【工作措施】加强巡查。\n【工作要求】落实责任。\n"),
)  # fmt: skip
RULES = (LINES, SENTENCES, NUMBERED, ASKED, BOXED)
