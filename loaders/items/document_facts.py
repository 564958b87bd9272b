"""What a document states outside its items: the fallback deadline, duties for the whole plan, citations.

1. The fallback is a clause such as 各项工作任务除本方案有明确时间要求外,原则上应当在2019年年底前完成.
2. A duty of the document is a sentence that gives a named unit a task for the whole plan by 牵头
   (市政府法制办要牵头做好督促检查), or makes it see to the others' tasks by 负责 (由市政府督查室负责督促检查: it supervises);
   collectives that must report bear no duty.
3. The document cites the titles outside the items.

Left to others: items (`loaders.items.items`); aims of the whole plan (力争到2017年年底…), which are nobody's deadline.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from msgspec.structs import replace

from graph.model import Citation, Deadline, DeadlineKind, Duty, Role, Span
from loaders.duties.clause import Clause
from loaders.facts.citations import CitationMatch
from loaders.facts.deadlines import DeadlineMatch
from loaders.facts.evidence import Facts
from loaders.items.stretches import TO_ALL, ChosenItem
from loaders.lexicon.bodies import is_collective
from loaders.lexicon.roles import BEHIND, RESPONSIBLE, RESPONSIBLE_IN_PROSE
from loaders.lexicon.scan import Token, Tokens
from loaders.lexicon.vocabulary import any_of
from loaders.phrases.bearers import Bearers, Name, split
from loaders.phrases.sentences import clause, sentence
from loaders.rule import Rule, gives
from loaders.times.bodies import LABELLED

# 各项工作任务除本方案有明确时间要求外,原则上应当在 … 完成 ; 没有明确时限的任务,应于 … 完成
FALLBACK = re.compile(
    r"""
    (?: ^ | [，,。；;\n] ) \s*
    (?P<clause> [^，,。；;\n]{0,30}                                      # 各项工作任务
        (?: 除 [^，,。；;\n]{0,16} (?:明确|另有) [^，,。；;\n]{0,12} 外  # 除本方案有明确时间要求外
          | (?:没有|未)明确 [^，,。；;\n]{0,12} 的? (?:任务|事项|工作)?  # 没有明确时限的任务
        )
        [，,] [^，,。；;\n]{0,16}                                        # ,原则上应当在
    ) $
    """,
    re.VERBOSE,
)
DONE = re.compile(r"[^，,。；;\n]{0,8}(?:完成|落实到位)")
_ENDS, _AIMS = frozenset("前内"), frozenset("到至")
# 要在2016年6月15日前完成 ; not 力争到2020年 (an aim of the whole plan)
DEMANDED = re.compile(
    r"(?:(?<!主|重|需|纪|概|摘|紧)要(?!求)|应当?|须|必须|务必|请|需)(?:[各于在]|[^，,。；;]{1,4}[于在]|各[^，,。；;]{1,6}[于在])?$"
)
# 市政府法制办要牵头做好督促检查 : a named unit, its demand, its task ; not 作为牵头单位的部门, not 各部门要牵头…, not 由市水利局牵头
LEADS_ALL = re.compile(rf"\s*(?P<unit>[\u4e00-\u9fff()（）]{{2,20}}?)(?:要|应当|应|具体|{RESPONSIBLE})$")
# 由市政府督查室负责督促检查 · 市委督查室负责对落实情况进行督查
SUPERVISES_ALL = re.compile(
    rf"""
    \s* (?:由)? (?P<units> [\u4e00-\u9fff()（）、]{{2,60}}? ) (?: 要 | 应当 | 应 | 具体 | 共同 )?
    (?: {any_of(RESPONSIBLE_IN_PROSE)} ) [^，,。；;\n]{{0,40}}? (?: {any_of(BEHIND["supervising"])} )
    """,
    re.VERBOSE,
)
BODY = re.compile(r"(?:局|委|办|办公室|厅|部|院|政府|党委|中心|公司|室|组)(?:[)）])?$")


@dataclass(frozen=True, slots=True)
class Own:
    """The document's own facts. ``fallback`` is the one of ``deadlines`` that items without a date inherit."""

    duties: tuple[Duty, ...]
    deadlines: tuple[Deadline, ...]
    citations: tuple[Citation, ...]
    fallback: Deadline | None


def whole_document(
    text: str,
    tokens: Tokens,
    chosen: list[ChosenItem],
    phrases: list[DeadlineMatch],
    validity: list[DeadlineMatch],
    titles: list[CitationMatch],
    document: str,
    facts: Facts,
) -> Own:
    """The facts outside the items that hold for the whole document."""
    stretches = _stretches(chosen)
    outside = [p for p in phrases if not _inside(p.span, stretches)]
    fallback = next((d for p in outside if (d := _fallback(text, p, document, facts))), None)
    deadlines = [fallback] if fallback else []
    unassigned = not any(c.clauses for c in chosen)  # what obliges is told to all whom the document addresses
    for phrase in (*validity, *outside):
        told = phrase.kind is DeadlineKind.DOCUMENT or _demanded(text, phrase) or (unassigned and _closed(text, phrase))
        if told and (fallback is None or fallback.span != facts.mended.place(phrase.span)):
            deadlines.append(facts.deadline(f"{document}-d{len(deadlines) + 1}", phrase, None))
    heads = [token for token in tokens.roles if not _inside(token[:2], stretches)]
    duties = [duty for token in heads for duty in _duty(text, token, document, facts)]
    seeing = [
        token for token in tokens.doings if token[2] in RESPONSIBLE_IN_PROSE and not _inside(token[:2], stretches)
    ]
    duties += [duty for token in seeing for duty in _supervisors(text, token, document, facts)]
    duties.sort(key=lambda duty: duty.clause)
    cited = [facts.citation(document, t, None) for t in titles if not _inside(t.span, stretches)]
    return Own(tuple(duties), tuple(deadlines), tuple(cited), fallback)


def _stretches(chosen: list[ChosenItem]) -> tuple[list[int], list[int]]:
    """The beginnings and ends of the stretches that items take; none reaches into another."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted((c.start, c.end) for c in chosen if not c.part):
        if ends and start < ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


def _demanded(text: str, phrase: DeadlineMatch) -> bool:
    """Whether a time outside the items is one of the whole document: labelled (走访时间：…), demanded (要在…前完成),
    or in a paragraph that speaks to all (各牵头单位于每周五报送进展)."""
    at = phrase.span[0]
    return (
        LABELLED.search(text, max(0, at - 16), at) is not None
        or DEMANDED.search(text, max(0, at - 12), at) is not None
        or (_closed(text, phrase) and TO_ALL.match(text, text.rfind("\n", 0, at) + 1, at) is not None)
    )


def _closed(text: str, phrase: DeadlineMatch) -> bool:
    """Whether a time is no aim (到2020年底) and no date of print: it comes back, is counted, or ends with 前 or 内."""
    start, end = phrase.span
    if phrase.kind in (DeadlineKind.RECURRING, DeadlineKind.DURATION, DeadlineKind.ONGOING):
        return True
    return phrase.hedge is None and text[end - 1] in _ENDS and text[start - 1 : start] not in _AIMS


def _inside(span: Span, items: tuple[list[int], list[int]]) -> bool:
    """Whether a place begins inside an item; ``items`` are the starts and ends of the items."""
    n = bisect_right(items[0], span[0])
    return n > 0 and span[0] < items[1][n - 1]


def _fallback(text: str, phrase: DeadlineMatch, document: str, facts: Facts) -> Deadline | None:
    if phrase.kind is not DeadlineKind.EXPLICIT:
        return None
    low = max(0, phrase.span[0] - 80)
    lead, done = FALLBACK.search(text[low : phrase.span[0]]), DONE.match(text, phrase.span[1])
    if not lead or not done:
        return None
    stated = replace(phrase, kind=DeadlineKind.DOCUMENT, rule=FALLBACK_CLAUSE, conditional=True)
    made = facts.deadline(f"{document}-d1", stated, None)
    return replace(made, because=(*made.because, facts.mended.place((low + lead.start("clause"), done.end()))))


def _duty(text: str, token: Token, document: str, facts: Facts) -> list[Duty]:
    match = LEADS_ALL.match(text, clause(text, token[0], token[0])[0], token[0])
    if not match or not BODY.search(match["unit"]) or is_collective(match["unit"]):
        return []
    high = sentence(text, *token[:2])[1]
    start = match.start("unit")
    stated = Clause(token[2], (start, min(high + 1, len(text))), (start, start), LEADS_WHOLE_PLAN)
    return facts.duties(document, stated, Bearers((Name(match["unit"], (0, len(match["unit"]))),)), {})


def _supervisors(text: str, token: Token, document: str, facts: Facts) -> list[Duty]:
    """Who sees to the whole plan: 由市政府督查室负责督促检查."""
    match = SUPERVISES_ALL.match(text, clause(text, *token[:2])[0])
    names = split(match["units"]).names if match else ()
    if match is None or not names or not all(BODY.search(n.name) and not is_collective(n.name) for n in names):
        return []
    start = match.start("units")
    stated = Clause(
        Role.SUPERVISING,
        (start, min(sentence(text, *token[:2])[1] + 1, len(text))),
        (start, start),
        SUPERVISES_WHOLE_PLAN,
    )
    return facts.duties(document, stated, Bearers(names), {})


SUPERVISES_WHOLE_PLAN = Rule(
    "supervises-whole-plan", "sentence", "duty", "正文中由谁负责督促检查全部工作", _supervisors,
    (
        gives("由市政府督查室负责督促检查。\n1.清理。\n责任单位：市财政局\n", "supervising 市政府督查室"),
        gives("市委督查室、市审计局负责对落实情况进行督查。\n1.清理。\n责任单位：市财政局\n", "supervising 市委督查室", "supervising 市审计局"),
    ),
    ("各部门负责督促检查。\n1.清理。\n责任单位：市财政局\n", "由市政府督查室负责解释。\n1.清理。\n责任单位：市财政局\n"),
)  # fmt: skip
LEADS_WHOLE_PLAN = Rule(
    "leads-whole-plan", "sentence", "duty", "正文中对全部工作的牵头要求", _duty,
    (
        gives("市司法局要牵头做好督促检查。\n1.清理。\n责任单位：市财政局\n", "lead 市司法局"),
        gives("市政府法制办应当牵头抓好落实。\n1.清理。\n责任单位：市财政局\n", "lead 市政府法制办"),
    ),
    ("各部门要牵头做好工作。\n1.清理。\n责任单位：市财政局\n", "一、由市水利局牵头，7月底前进场施工。\n"),
)  # fmt: skip


_NOTICE = "各项工作任务除本方案有明确时间要求外，应当在{}年底前完成。\n"
FALLBACK_CLAUSE = Rule(
    "fallback-clause", "", "deadline", "通知中对没有明确时限的任务的总要求", _fallback,
    (
        gives(_NOTICE.format(2026) + "1.清理。\n责任单位：市司法局\n", "document 2026-12-31"),
        gives("没有明确时限的任务，应于2027年6月底前完成。\n1.清理。\n责任单位：市司法局\n", "document 2027-06-30"),
    ),
    ("力争到2026年底，基本完成各项任务。\n1.清理。\n责任单位：市司法局\n", "1.没有明确时限的任务，应于2027年6月底前完成。\n责任单位：市司法局\n"),
)  # fmt: skip
