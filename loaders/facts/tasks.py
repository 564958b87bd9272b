"""Tasks: the clauses of a body with a checkable demand: a time, a recurrence, a number, a document.

1. Cores are found: the time phrases of `loaders.facts.deadlines`, targets (调解率达100%), documents to produce (制定…办法).
2. A sentence with one core is one task.  A sentence with several cores is cut at commas, and each core keeps the words that lead to it.
   Cores in one comma clause are one task, and so are a document and the date of its publication.

>>> text = "调解率达100%,成功率达96%以上。"
>>> [(t.target.name, t.target.value, t.target.comparison) for t in tasks(text, (0, len(text)), scan(text), [], [])]
[('调解率', 100.0, None), ('成功率', 96.0, '>=')]

Left to others: the meaning of a time phrase (`loaders.facts.deadlines`), the instrument of a produced document
(`loaders.facts.citations`).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from graph.model import DeadlineKind, Relation, Span, Target, TaskKind
from graph.numerals import numeral
from loaders.facts.citations import CitationMatch
from loaders.facts.deadlines import DeadlineMatch
from loaders.lexicon.scan import Token, Tokens, scan, tokens_within
from loaders.phrases.sentences import sentence

__all__ = ["TaskMatch", "scan", "tasks"]

COMMA = re.compile(r"[，,]")

# 制定出台相关配套实施办法 ; 编制公布目录 ; not 制定规范性文件 (any such paper), not 制定的…, not 在制定清单基础上
DELIVERABLE = re.compile(
    r"""
    (?: 制定 | 制订 | 出台 | 编制 | 拟定 | 编写 )
    (?: 出台 | 实施 | 完善 | 公布 | 公开 | 发布 | 印发 | 并公布 | 并公开 | 并完善 | 并实施 | 并印发 )?
    (?P<name> (?! 的 | 必要性 ) [^，,。；;《》\n]{0,40}?  # 相关配套实施|办法
        (?: 办法 | 方案 | 意见 | 规定 | 目录 | 清单 | 指南 | 负债表 | 规范 | 规章制度 | 制度 | 体系 | 细则 | 条例 | 规划 | 计划
          | 标准 | 规则 | 章程 | 预案 )
    )
    (?= [，,。；;、)）\n] | $ | 等 | 并 | 和考核 )        # not 制定清单基础上
    """,
    re.VERBOSE,
)
NOT_A_DOCUMENT = re.compile(r"^(?:相应的|有关)?[^，,]*(?:处置预案)$|^(?:本方案|本意见)$")
_IN_PASSING = re.compile(r"在$|不得$|擅自$")

# 调解率达100% ; 成功率达96%以上 ; 降至5%以下 ; 工业增加值增长8%
RATE = re.compile(
    r"""
    (?P<name> [^，,。；;、\d\s]{1,20}? )  # 调解率
    (?: 达到 | 达 | 不低于 | 不少于 | 超过 | 高于 | 提高到 | 控制在 | 降至 | 保持在 | 增长 | 下降 )
    (?P<value> \d+ (?: \.\d+ )? ) (?P<unit> [%％‰] | 个百分点 ) (?P<bound> 以上 | 以下 | 以内 )?  # 96%以上
    """,
    re.VERBOSE,
)
# 至少选择两件立法项目 ; 至少举办一期培训班
AT_LEAST = re.compile(
    r"""
    至少 [^，,。；;\d一二两三四五六七八九十]{0,4}  # 至少选择
    (?P<value> \d+ | [一二两三四五六七八九十]+ ) (?P<unit> [件期次个场名篇项批] )  # 两件
    (?P<name> [^，,。；;]{1,20} )                  # 立法项目
    """,
    re.VERBOSE,
)
# 两期以上法治专题讲座
OR_MORE = re.compile(
    r"(?P<value>\d+|[一二两三四五六七八九十]+)(?P<unit>[件期次个场名篇项批])以上(?P<name>[^，,。；;]{1,20})"
)
# 期限一般不少于30日
NO_LESS = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2})(?:一般)?不(?:少|低)于(?P<value>\d+)(?P<unit>日|天|个?工作日|人|次|个)"
)
# 确定1个市县和2个市直部门进行试点 ; not 三个五年规划 (no figure)
SO_MANY = re.compile(
    r"""
    (?: 确定 | 建成 | 建设 | 新建 | 培育 | 打造 | 创建 | 完成 )
    (?P<value> \d+ ) (?P<unit> [个家所条项处座] )                         # 2个
    (?P<name> [\u4e00-\u9fff]{1,10}? ) (?= [和、，,。；;\n] | 进行 | $ )  # 市直部门|进行试点
    """,
    re.VERBOSE,
)
# what stands before the sign of a rate; looked for first, because most signs belong to none
_RATE_AHEAD, _LONGEST_RATE = re.compile(r"[达于过到在至长降]\d+(?:\.\d+)?$"), 32
# what an amount token is read by, and how far before it the expression may begin
_TARGETS = {
    "rate": (RATE, _LONGEST_RATE),
    "least": (AT_LEAST, 0),
    "or-more": (OR_MORE, 6),
    "no-less": (NO_LESS, 6),
    "counted": (SO_MANY, 6),
}

# the date at which a document just named is made public belongs to it: 编制服务指南,2017年6月底前向社会公布
MADE_PUBLIC = re.compile(r"[^，,]{0,20}?(?:前|内)(?:向社会)?(?:公布|公开|印发|出台)")
_GOVERNS_NOTHING = re.compile(r"\s*(?:[，,。；;]|$)")


class TaskMatch(NamedTuple):
    """One task; ``phrases`` are indexes in the list given to `tasks`."""

    span: Span
    kinds: tuple[TaskKind, ...]
    target: Target | None
    phrases: tuple[int, ...]


_KINDS = tuple(TaskKind)
_DELIVERABLE, _PRODUCES = TaskKind.DELIVERABLE, Relation.PRODUCES  # of the class they are looked up slowly


class _Core(NamedTuple):
    span: Span
    kind: TaskKind
    phrase: int | None = None
    target: Target | None = None


_KIND = {
    DeadlineKind.EXPLICIT: TaskKind.TIMED,
    DeadlineKind.DURATION: TaskKind.TIMED,
    DeadlineKind.EVENT: TaskKind.TIMED,
    DeadlineKind.RECURRING: TaskKind.RECURRING,
}


def tasks(
    text: str, body: Span, tokens: Tokens, phrases: list[DeadlineMatch], citations: list[CitationMatch]
) -> Iterator[TaskMatch]:
    """The tasks of a body; ``tokens`` are those of the text, ``phrases`` and ``citations`` those of the item, of which the body
    is a part.
    """
    start, end = body
    cores: list[_Core] = []
    if phrases:
        inside = [(n, p) for n, p in enumerate(phrases) if start <= p.span[0] < end and p.kind in _KIND]
        cores += [_Core(p.span, _KIND[p.kind], phrase=n) for n, p in inside]
    if citations:
        cores += [
            _Core(c.span, _DELIVERABLE) for c in citations if start <= c.span[0] < end and c.relation is _PRODUCES
        ]
    for at, _, _ in tokens_within(tokens.makes, start, end):
        match = DELIVERABLE.match(text, at, end)
        if match and _is_document(text, match):
            cores.append(_Core(match.span(), _DELIVERABLE))
    if amounts := tokens_within(tokens.amounts, start, end):
        cores += _targets(text, start, end, amounts)
    if len(cores) > 1:
        cores.sort(key=lambda core: core.span)
    n = 0
    while n < len(cores):
        low, high = sentence(text, *cores[n].span)
        low, high = max(low, start), min(high, end)
        here = n
        while n < len(cores) and cores[n].span[0] < high:
            n += 1
        if n - here == 1:
            yield _task(text, low, high, cores[here:n])
        else:
            yield from _cut(text, low, high, cores[here:n])


def _is_document(text: str, match: re.Match[str]) -> bool:
    return not (
        NOT_A_DOCUMENT.match(match["name"])
        or _IN_PASSING.search(text[max(0, match.start() - 2) : match.start()])
        or (match["name"][:1] in "，,、" or match["name"] in ("制度", "体系", "标准", "计划", "规划", "规定"))
    )


def _targets(text: str, start: int, end: int, amounts: list[Token]) -> Iterator[_Core]:
    taken = start
    for first, last, kind in amounts:
        if kind == "rate" and not _RATE_AHEAD.search(text, max(taken, first - _LONGEST_RATE), first):
            continue
        expression, reach = _TARGETS[kind]
        for match in expression.finditer(text, max(taken, first - reach), min(end, last + 24)):
            if match.start() <= first < match.end():
                yield _Core(match.span(), TaskKind.TARGET, target=_target(expression, match))
                taken = match.end()
                break


def _target(expression: re.Pattern[str], match: re.Match[str]) -> Target:
    value = match["value"]
    figure = float(value) if value[0].isdigit() else float(numeral(value))
    words = match[0]
    if expression in (AT_LEAST, OR_MORE, NO_LESS) or any(
        w in words for w in ("以上", "不低于", "不少于", "超过", "高于")
    ):
        comparison: str | None = ">="
    else:
        comparison = "<=" if any(w in words for w in ("以下", "以内", "控制在", "降至")) else None
    return Target(match["name"], figure, match["unit"].replace("％", "%"), comparison)


def _cut(text: str, low: int, high: int, cores: list[_Core]) -> Iterator[TaskMatch]:
    """One sentence's cores as tasks."""
    at, group, stop = (
        low,
        cores[:1],
        _clause_end(text, cores[0], high),
    )  # cores of one task, and where its last clause ends
    for core in cores[1:]:
        own = _clause_end(text, core, high)
        if core.span[0] < stop or _one_task(text, group[-1], core, stop):
            group.append(core)
            stop = max(own, stop)
        else:
            yield _task(text, at, stop, group)
            at, group, stop = stop, [core], own
    yield _task(text, at, high, group)


def _task(text: str, start: int, end: int, cores: list[_Core]) -> TaskMatch:
    """The task of a stretch and its cores."""
    words = text[start:end].strip("，, \t")
    first = text.index(words, start)
    return TaskMatch(
        (first, first + len(words)),
        _kinds(cores),
        next((core.target for core in cores if core.target), None),
        tuple([core.phrase for core in cores if core.phrase is not None]),
    )


def _kinds(cores: list[_Core]) -> tuple[TaskKind, ...]:
    """The kinds of a task's cores, each once, in the order of `TaskKind`."""
    if len(cores) == 1:
        return (cores[0].kind,)
    found = {core.kind for core in cores}
    return tuple(kind for kind in _KINDS if kind in found)


def _clause_end(text: str, core: _Core, high: int) -> int:
    """The end of the comma clause of a core; a time that governs nothing before its comma reaches into the next clause."""
    comma = COMMA.search(text, core.span[1], high)
    if comma and core.phrase is not None and _GOVERNS_NOTHING.match(text, core.span[1]):
        comma = COMMA.search(text, comma.end(), high)
    return comma.start() if comma else high


def _one_task(text: str, last: _Core, core: _Core, stop: int) -> bool:
    """A document, then the date at which it is made public, in the next clause."""
    return (
        last.kind is TaskKind.DELIVERABLE
        and core.kind is TaskKind.TIMED
        and MADE_PUBLIC.match(text, stop + 1, core.span[1] + 10) is not None
    )
