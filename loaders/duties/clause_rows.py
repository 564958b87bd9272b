"""Rows of clauses in one paragraph that each say who does what: 市财政局负责资金保障；市公安局负责交通管制，市城管局配合。

1. A paragraph is cut at its full stops and semicolons, and each clause that begins with bodies and what they do (市财政局负责…), or
   says by whom something is done (绿化补植由市园林中心负责), begins a part; further clauses may say who else bears (，市城管局配合) or
   go on with what.  A sentence may begin with what is to be done, if nothing but who does it stands behind (查处违规，由市监局负责).
   Behind 其中 a part begins anew.
2. Two parts side by side are a row, and so is one sentence in which three clauses behind what is to be done say who does it.
3. One part is enough behind a word by which a meeting decides (会议议定，由市住建局牵头，…), and in the first sentence of an item, or right
   behind its title, where it says by whom and no more (道路交通整治，由市公安局负责，市交通局配合。要…).
4. A row assigns only where nothing else does in its item, and where it does not tell of what was done.

>>> from loaders.duties.reading import read
>>> text = "经费由市财政局负责；市公安局负责交通管制，市城管局配合。"
>>> [text[slice(*c.content)] for c in clauses(read(text), Taken())]
['市财政局负责', '市公安局', '市城管局配合']

Left to others: lines of a list body by body (`loaders.duties.body_lists`), sentences that say nothing but who does it
(`loaders.duties.closing_sentences`), rows in an item that assigns otherwise (`loaders.signs`).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from graph.model import Role, Span
from loaders.duties.clause import Clause
from loaders.duties.list_heads import are_bearers, behind_bullet, list_head, plain_head
from loaders.duties.reading import Reading, Taken, none_in
from loaders.lexicon.bodies import is_certain_body, looks_like_body
from loaders.lexicon.marks import lines
from loaders.lexicon.roles import (
    COOPERATING_WORD,
    IN_PROSE,
    RESPONSIBLE,
    SUPERVISING_WORD,
    ends_with_role_word,
    role_of,
)
from loaders.lexicon.vocabulary import any_of, load_yaml
from loaders.phrases.bearers import only_bearers, split
from loaders.rule import Rule, gives
from loaders.structure.outline import innermost
from loaders.times.places import is_time

_WORDS = (*load_yaml("roles")["no_object"], "由")  # a paragraph without two of them holds no row
_PART_END = re.compile(r"[。；;]")
_COMMA = re.compile(r"[，,]")
_AMONG = re.compile(r"其中[，,：:]?")
_TITLE = re.compile(r"[^，,。；;：:\n]{2,12}。")  # 建立考核机制。|考核由市人社局组织实施
MEETING = "会议"
# 会议议定，|由市住建局牵头…
_DECIDES = re.compile(rf"(?:经(?:会议)?研究，)?(?:{any_of(load_yaml('roles')['resolves'])})[，,：:]")
_BY = re.compile(r"[^，,由：:]{2,30}(?<![自缘经])由")
_HELPS = re.compile(rf"(?:积极|主动|共同|具体)?(?:{COOPERATING_WORD})")
_WITH, _CONSISTS, _TIME = "会同", "组成", "deadline"
_SEES_TO_IT = re.compile(rf"(?:{RESPONSIBLE})?(?=督)(?:{SUPERVISING_WORD})")  # 负责督促进度
# what was done, and what is said of somebody: 县水利局牵头的12项任务
_PAST = re.compile(
    rf"了(?!解)|[已曾]|解释|不力|滞后|不到位|全部完|(?:{IN_PROSE}|{COOPERATING_WORD})[\u4e00-\u9fff]{{0,4}}的"
)
_LONGEST_LINE, _LEAST, _LEAST_TOLD = 3000, 2, 3
_BEGIN = 80  # characters in which the first sentence of an item says by whom


class _Bears(NamedTuple):
    """Who bears by one clause: the role that it gives, its evidence, the bearers; whether they bear or only help, and whether
    it says what they do."""

    role: str
    span: Span
    content: Span
    does: bool
    says_what: bool = True


class _Part(NamedTuple):
    span: Span
    bearing: list[_Bears]


def clauses(reading: Reading, taken: Taken) -> Iterator[Clause]:
    """The clauses of every row, in text order; each part of a row is a stretch of its own."""
    text = reading.text
    marks = {node.start: node.text for node in reading.nodes}
    assigned = sorted(clause.span[0] for clause in taken.clauses if clause.role != _TIME)
    words = sorted({at for at, _, _ in (*reading.tokens.doings, *reading.tokens.roles)})
    for start, line in lines(text):
        if len(line) > _LONGEST_LINE:
            continue
        if not (text.find("由", start, start + _BEGIN) >= 0 or (MEETING in line and _DECIDES.search(line))):
            if none_in(words, start, start + len(line)) and line.count("由") < _LEAST:
                continue
            if sum(map(line.count, _WORDS)) < _LEAST:
                continue
        around = innermost(reading.nodes, start)
        if reading.nodes and around is None:
            continue  # 第1至3项由县教育局牵头；…: told of the items below
        low, high = (around.start, around.end) if around and not around.children else (start, start + len(line))
        if not none_in(assigned, low, high) or taken.holds(start):
            continue
        for row in _rows(text, marks.get(start, start), start + len(line)):
            for part in row:
                for bears in part.bearing:
                    yield Clause(bears.role, bears.span, bears.content, ROW, part.span)


def _rows(text: str, start: int, end: int) -> Iterator[list[_Part]]:
    """The parts side by side in a line that bear, two at least."""
    row: list[_Part] = []
    decided = False
    titled = _TITLE.match(text, start, end)
    title = titled.end() if titled else start
    for span in _sentences(text, start, end):
        decides = _DECIDES.match(text, *span)
        among = _AMONG.search(text, *span)
        told = _PAST.search(text, *span) is not None
        begin = decides or among
        parts = [] if told else list(_parts(text, (begin.end(), span[1]) if begin else span, topic=not among))
        opens = span[0] in (start, title) and _says_by_whom(text, parts)
        if begin or opens or not parts:
            yield from _enough(row, decided)
            row, decided = [], decides is not None or opens
        row += parts
    yield from _enough(row, decided)


def _says_by_whom(text: str, parts: list[_Part]) -> bool:
    """Whether a sentence says by whom and nothing else, or who else bears: 道路交通整治，由市公安局负责，市交通局配合。"""
    if len(parts) != 1 or (len(parts[0].bearing) < _LEAST and any(bears.says_what for bears in parts[0].bearing)):
        return False
    return text.find("由", parts[0].span[0], parts[0].bearing[0].content[0]) >= 0


def _enough(row: list[_Part], decided: bool) -> Iterator[list[_Part]]:
    if row and (decided or len(row) >= _LEAST or len(row[0].bearing) >= _LEAST_TOLD):
        yield row


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """What stands in a line between its full stops and semicolons, without blanks and bullets before it."""
    while start < end:
        mark = _PART_END.search(text, start, end)
        stop = mark.start() if mark else end
        first = behind_bullet(text, start, stop)
        if first < stop:
            yield first, stop + bool(mark)
        start = stop + 1


def _parts(text: str, span: Span, *, topic: bool) -> Iterator[_Part]:
    """The parts of a sentence: each clause that says who does what, with those behind it that go on.

    Where it begins with a ``topic`` (查处违规，由市监局负责), nothing but who does it may stand behind.
    """
    made: list[_Part] = []
    ahead = False
    for start, end in _clauses(text, *span):
        bears = _bears(text, start, end) or (_members(text, start, end) if made else [])
        if not bears and not made:
            if ahead or not topic:
                return
            ahead = True
        elif ahead:
            if not bears and made and is_time(text[start:end]):
                bears = [_Bears(_TIME, (start, end), (start, end), False)]
            if not bears or (bears[0].says_what and not made):
                return
            first = made[0].bearing if made else []
            made = [_Part((span[0], end), [*first, *bears])]
        elif bears and (bears[0].does or (made and bears[0].says_what)):
            made.append(_Part((start, end), bears))
        elif not made:
            return
        else:
            made[-1] = _Part((made[-1].span[0], end), [*made[-1].bearing, *bears])
    yield from made


def _members(text: str, start: int, end: int) -> list[_Bears]:
    """Of what a group consists beside its lead: 由市应急局牵头，|市公安局、市气象局组成"""
    first, last = start + text.startswith("由", start, end), end - len(_CONSISTS)
    if not text.endswith(_CONSISTS, start, end) or not are_bearers(text, first, last):
        return []
    return [_Bears(Role.COOPERATING, (start, end), (first, last), False, False)]


def _clauses(text: str, start: int, end: int) -> Iterator[Span]:
    stop = end - (text[end - 1] in "。；;")
    while start < stop:
        comma = _COMMA.search(text, start, stop)
        last = comma.start() if comma else stop
        yield start, last
        start = last + 1


def _bears(text: str, start: int, end: int) -> list[_Bears]:
    """What one clause says of who bears: 经费由市财政局负责 · 市公安局负责交通管制 · 市城管局配合; nothing for other words."""
    by = _BY.match(text, start, end)
    at = by.end() if by else start + text.startswith("由", start, end)
    words = text[at:end]
    if "由" in words:
        return []
    if ends_with_role_word(words) and _are_bodies(text, at, words):
        helps = by is None and all(name.role == Role.COOPERATING for name in split(words).in_order)
        return [_Bears(Role.RESPONSIBLE, (start, end), (at, end), not helps, False)]
    head = list_head(text, (at, end), False)
    if head is None or text[head.end - 1] in ":：。" or text[head.end : head.end + 1] in (":", "："):
        return []
    behind = head.bearers[1]
    with_whom = (behind + len(_WITH), end)
    if text.startswith(_WITH, behind) and (other := list_head(text, with_whom, False) or plain_head(text, with_whom)):
        return [  # 市商务局会同市贸促会负责…
            _Bears(other.role, (start, other.end), head.bearers, True),
            _Bears(Role.COOPERATING, (start, other.end), other.bearers, False),
        ]
    if not all(is_certain_body(n.name) or n.role for n in split(text[slice(*head.bearers)]).names) and not head.leader:
        return []
    helps = _HELPS.match(text, behind) is not None
    role = Role.COOPERATING if helps else head.role
    if role == Role.RESPONSIBLE and _SEES_TO_IT.match(text, behind):
        role = Role.SUPERVISING
    return [_Bears(role, (start, head.end), head.bearers, True)]


def _are_bodies(text: str, at: int, words: str) -> bool:
    """Whether words that begin at ``at`` are bodies and a word of role, fields with a shared head too: 公安、交通部门负责."""
    if only_bearers(words) and all(looks_like_body(n.name) for n in split(words).names):
        return True
    return are_bearers(text, at, at + len(role_of(words)[0]))


ROW = Rule(
    "narrative-sentence", "row", "duty", "一段之内并列的分句，各说谁负责什么、谁配合", clauses,
    (
        gives(
            "1.做好保障。经费由市财政局负责；市公安局负责交通管制，市城管局配合。\n",
            "responsible 市财政局负责", "responsible 市公安局", "responsible 市城管局配合",
        ),
        gives(
            "1.新建水厂6座，其中，水厂由县水利局负责，管网由县水务集团负责。\n",
            "responsible 县水利局负责", "responsible 县水务集团负责",
        ),
        gives("1.整治。严查生产，市工信局牵头，市监局参加；抽检质量，由市监局负责。\n", "responsible 市工信局牵头", "responsible 市监局参加", "responsible 市监局负责"),
        gives("第8号提案，由副市长张明领办，市司法局主办，市财政局分办，9月底前答复。\n", "responsible 副市长张明领办", "responsible 市司法局主办", "responsible 市财政局分办", "deadline 9月底前答复"),
        gives("1.办赛。市体育局牵头赛事统筹；市卫健委协助医疗救护，市教育局负责志愿服务。\n", "lead 市体育局", "cooperating 市卫健委", "responsible 市教育局"),
        gives("1.道路交通整治，由市公安局负责，市交通局配合。要加大查处力度。\n", "responsible 市公安局负责", "responsible 市交通局配合"),
        gives("1.划线。由市城管局负责施划，市公安局配合，5月底前完成。\n", "responsible 市城管局", "responsible 市公安局配合"),
        gives("1.建立机制。考核由市人社局会同市财政局组织实施，结果报市政府备案。\n", "responsible 市人社局会同市财政局组织实施"),
        gives("1.协调组。由市应急局牵头，市公安局、市气象局组成。\n", "responsible 市应急局牵头", "cooperating 市公安局、市气象局"),
        gives("1.停车。会议议定，由市住建局牵头，市财政局配合，逐条划线停车。\n", "responsible 市住建局牵头", "responsible 市财政局配合"),
        gives("1.收费。会议明确，市发改委会同市监局于6月底前完成听证。\n", "responsible 市发改委", "cooperating 市监局"),
        gives("1.办赛。市体育局会同市贸促会负责招商；市教育局负责志愿服务。\n", "responsible 市体育局", "cooperating 市贸促会", "responsible 市教育局"),
    ),
    (
        "1.市公安局负责查处了3起案件；市城管局负责清理了5处摊点。\n",
        "1.做好保障。市财政局负责资金保障。各单位要高度重视。\n",
        "1.协调组。由市应急局、市公安局组成。\n",
        "1.停车。会议要求，各部门要高度重视，抓好落实。\n",
        "1.清理。经费由市财政局负责；市公安局负责秩序。\n责任单位：市司法局\n",
        "1.通报。市水利局牵头的12项任务完工；市教育局负责的学校进度滞后。\n",
    ),
)  # fmt: skip
RULES = (ROW,)
