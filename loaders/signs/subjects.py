"""Signs of clauses that begin with bodies: what the bodies do there may be told by any verb, known or not.

Three places tell that they bear something:

1. a bracket in which a clause begins with bodies and says little more: （市财政局统抓，市审计局襄助）;
2. behind a word that gives something to somebody: 由市财政局…, 请市审计局…;
3. the begin of a sentence that says little more, or of sentences that each begin so, one right after another.

>>> text = "严查拖欠（市财政局统抓，市审计局襄助）。由市司法局统抓。"
>>> [text[slice(*name)] for name in names_in_bracket(text, 4, 19)], [text[slice(*sign.reach)] for sign in clauses_of_bodies(text)]
(['市财政局', '市审计局'], ['由市司法局统抓'])

Left to others: clauses that say nothing but bodies, or bodies and a word of role (`loaders.signs.lists`); whether a clause is
prose (`loaders.signs.dismiss`).
"""

import re
from collections.abc import Iterator

from graph.model import Span
from loaders.lexicon.bodies import is_collective
from loaders.lexicon.roles import BEARS, IN_PROSE
from loaders.phrases.persons import WITH_DUTY
from loaders.signs.body_names import BODY_END, OPENING, TAKEN, shifted
from loaders.signs.openings import HEAD, LONGEST_NAME, NAMED, begin, may_begin
from loaders.signs.sign import Sign

_LITTLE = 8  # signs behind the bodies, in which a clause says how they bear
_MARKS = rf"，,。；;：:！!？?\n\t|{TAKEN}"
_CLAUSE_END = re.compile(rf"[{_MARKS}]")
_PARTS = re.compile(r"[，,；;。]")
# 1. · （一） · 一、 · 一是 : what stands before a sentence and is no part of it
_NUMBER = r"[^\w\n（(〔［\[【『「〖《“。；，]{0,4}(?:[（(]?[0-9一二三四五六七八九十]{1,3}(?:[）)]|[.．、](?![0-9])|是(?!否))|第[一二三四五六七八九十百]{1,4}条)?[ ]*"
_FIRST_BEGIN = re.compile(rf"{_NUMBER}(?={NAMED})", re.VERBOSE)
_SENTENCE_BEGIN = re.compile(rf"[。；;\n！!]{_NUMBER}(?={NAMED})", re.VERBOSE)
_GIVES = re.compile(r"[由请责会联委](?:(?<=[由请])|(?<=责)[成令]|(?<=会)同|(?<=联)合|(?<=委)托)")
# 此项工作|由市财政局…, 另|由…
_TOPICS = (
    *"另并拟均也交转",
    "工作",
    "任务",
    "事项",
    "措施",
    "问题",
    "环节",
    "项目",
    "活动",
    "部分",
    "案件",
    *"项条款类",
)
# what tells of a state or of what was done, and gives nothing to anybody; and what is asked of everybody
_TOLD = re.compile(r"[了已曾未须]|同意|不得|[0-9][年名]")
_ASKED = re.compile(r"(?<![主首次重需])要(?![求点素件闻])|应(?![急用对])")
_TELLS = re.compile(f"的|{_TOLD.pattern}|{_ASKED.pattern}")
_LONGEST_DUTY = 400
_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{2,5}[局办委厅院](?=、|[组负牵承统协配实起])"
)  # 由|统筹办、新农办组织…: no level says that it is a body
_BEARS = re.compile(BEARS, re.VERBOSE)
_SAYS_WHO = re.compile(rf"由[^，,。；;：:\n的]{{3,}}?(?:{IN_PROSE})(?![的人])")
_LONGEST_BY = 40
# 建立|由市医保局牵头的机制, 理|由
_NO_TOPICS = ("建立", "建成", "形成", "构建", "健全", "组建", "成立", "完善", "实行", "推行", "理", "自", "缘", "经")
_SENTENCE = re.compile(r"[。\n]+")
_SENTENCE_ENDS = frozenset("。；;\n！!")
_OPENS_SENTENCE = _SENTENCE_ENDS | frozenset(("", "）", ")", "、", ".", "．"))  # behind the number of an item, too
_CLAUSE_OPENS = _OPENS_SENTENCE | frozenset("，,：: \t" + OPENING)
_ENDS_BRACKET = frozenset('。；;，,\n\t "”' + OPENING)


def names_in_bracket(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The names with which the clauses of a bracket begin that say little more, if it stands at the end or begin of a sentence."""
    if not (end == len(text) or text[end] in _ENDS_BRACKET or text[start - 1 : start] in _OPENS_SENTENCE):
        return ()
    if not HEAD.search(text, start + 1, end - 1):
        return ()
    names: list[Span] = []
    at = start + 1
    for part in _PARTS.split(text[at : end - 1]):
        by = _GIVES.match(part)
        words = part[by.end() :] if by else part
        found = begin(words, asked=True)
        if found and len(words) - found[-1][1] <= _LITTLE and not _TELLS.search(words, found[-1][1]):
            names += shifted(at + len(part) - len(words), found)
        at += len(part) + 1
    if names == [(start + 1, end - 1)] and text[start - 1 : start] in BODY_END:
        return ()  # 应急指挥部（市环境应急指挥部）
    return tuple(names)


def clauses_of_bodies(text: str) -> Iterator[Sign]:
    """Clauses that begin with bodies, behind a word that gives them something, or where a sentence begins."""
    row: list[tuple[Sign, bool]] = []  # sentences one after another, and whether each is a sign by itself
    done = 0
    for first, named, opens in sorted({*_sentences(text), *_given(text)}, key=_order):
        if first < done or not (sign := _subject(text, first, named)) or _TOLD.search(_behind(text, sign)):
            continue
        asked = is_asked(text, sign)
        if asked and any(_is_kind(text[slice(*name)]) for name in sign.names):
            continue  # 各部门要高度重视
        done = sign.reach[1]
        by, little = named > first, _says_little(text, sign)
        tells = (little and (by or _ends(text, done))) or (opens and (by or _bears(text, sign)))
        tells = tells or (opens and asked)
        if tells and not opens:
            yield sign
        elif opens and (tells or not any(is_collective(text[slice(*name)]) for name in sign.names)):
            if row and not _follows(text, row[-1][0].reach[1], first):
                yield from _row(text, row)
                row = []
            row.append((sign, tells))
        if tells and (little or asked):
            for further in _further(text, done, asked):
                done = further.reach[1]
                yield further
    yield from _row(text, row)


def _is_kind(name: str) -> bool:
    """Whether a name is that of a kind of bodies: 各镇, 财政部门."""
    return is_collective(name) or name.endswith(("部门", "单位"))


def posted_persons(text: str) -> Iterator[Sign]:
    """Persons behind their posts who are said to bear: 由副市长张明领办，市政协副主席钟伟督办."""
    for match in WITH_DUTY.finditer(text):
        low = max(0, match.start() - 2 * LONGEST_NAME)
        first = max((text.rfind(mark, low, match.start()) for mark in "，,。；;：:、\n（("), default=-1) + 1
        close = _CLAUSE_END.search(text, match.end())
        reach = max(first, low), close.start() if close else len(text)
        if TAKEN not in text[slice(*reach)] and not _TOLD.search(text, match.end(), reach[1]):
            yield Sign("subject", "leader", match.span("name"), reach, (match.span("name"),))


def _order(begun: tuple[int, int, bool]) -> tuple[int, int]:
    """By place; where a word gives something to somebody, it is no part of his name: 责成|县教育局."""
    return begun[0], -begun[1]


def is_asked(text: str, sign: Sign) -> bool:
    """Whether a clause asks its bodies for something: 市财政局要加大投入."""
    return _ASKED.search(_behind(text, sign)) is not None


def _behind(text: str, sign: Sign) -> str:
    """The words behind the bodies that tell what they do."""
    return text[sign.at[1] : min(sign.reach[1], sign.at[1] + 2 * _LITTLE)]


def _says_little(text: str, sign: Sign) -> bool:
    return sign.reach[1] - sign.at[1] <= _LITTLE and "的" not in _behind(text, sign)


def _bears(text: str, sign: Sign) -> bool:
    return _BEARS.match(text, sign.at[1]) is not None


def _further(text: str, at: int, asked: bool) -> Iterator[Sign]:
    """The clauses behind one that ends at ``at`` and go on with further bodies, or ask them as well: 由市财政局统抓，|市审计局襄助"""
    while text[at : at + 1] in ("，", ",") and (sign := _subject(text, at + 1, at + 1)):
        if not (_says_little(text, sign) or (asked and is_asked(text, sign))):
            return
        at = sign.reach[1]
        yield sign


def _sentences(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where sentences begin with what may be a name: twice that place, and that a sentence begins there."""
    first = _FIRST_BEGIN.match(text)
    for match in (*((first,) if first else ()), *_SENTENCE_BEGIN.finditer(text)):
        yield match.end(), match.end(), True


def _given(text: str) -> Iterator[tuple[int, int, bool]]:
    """Words that give something to somebody: (where they begin, where they end, whether a sentence begins there)."""
    for match in _GIVES.finditer(text):
        first = match.start()
        before = text[first - 1 : first]
        if not (may_begin(text, match.end()) or _OFFICE.match(text, match.end())):
            continue
        if before in _CLAUSE_OPENS or text.endswith(_TOPICS, 0, first) or _by_whom(text, first):
            yield first, match.end(), before in _OPENS_SENTENCE


def _by_whom(text: str, at: int) -> bool:
    """Whether bodies behind 由 are said to bear what stands before it, whatever that is: 末梢水|由县疾控中心负责监测."""
    return (
        text[at] == "由"
        and _SAYS_WHO.match(text, at, at + _LONGEST_BY) is not None
        and not text.endswith(_NO_TOPICS, 0, at)
    )


def _subject(text: str, first: int, named: int) -> Sign | None:
    """The clause that begins at ``first``, if it has names of bodies from ``named`` on."""
    close = _CLAUSE_END.search(text, named)
    end = close.start() if close else len(text)
    if not (names := begin(text[named:end], asked=named > first and _OFFICE.match(text, named) is not None)):
        return None
    names = shifted(named, names)
    return Sign("subject", "unit", (names[0][0], names[-1][1]), (first, end), names)


def _row(text: str, row: list[tuple[Sign, bool]]) -> list[Sign]:
    """Of sentences one after another that each begin with bodies: all, if two stand on lines of their own or three in one
    paragraph, else those that are signs by themselves.
    """
    lines = sum(text[sign.reach[0] - 1 : sign.reach[0]] in ("", "\n") for sign, _ in row)
    together = len(row) > 2 or lines > 1
    return [sign for sign, alone in row if together or alone]


def _ends(text: str, at: int) -> bool:
    """Whether a sentence ends at ``at``, or goes on with further bodies."""
    if text[at : at + 1] in ("，", ","):
        return bool(begin(text[at + 1 : at + 2 * LONGEST_NAME]))
    return at == len(text) or text[at] in _SENTENCE_ENDS


def _follows(text: str, end: int, start: int) -> bool:
    """Whether no other line or no other sentence stands between the clause that ends at ``end`` and one at ``start``."""
    between = text[end:start].rstrip(" ")
    return len(between) < _LONGEST_DUTY and (
        (between.count("\n") == 1 and between.endswith("\n")) or len(_SENTENCE.findall(between)) < 2
    )
