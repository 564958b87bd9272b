"""Clauses: the stretches that assign an item or set its time.

1. ``label-line``: a label of the vocabulary with a colon (牵头单位:市编办) runs to the end of its line, its full stop, the next
   label or the next numbered node.  In prose (作为牵头单位的部门) a label is only a word.
2. ``label-in-parenthesis``: a label inside a bracket (（责任单位：市财政局）): the clause is that bracket; what stands before its
   first label and names a time (（6月底完成，牵头单位：…）) is a clause of its own.
3. Brackets without a label come from `loaders.duties.brackets`, sentences from `loaders.duties.closing_sentences`.
4. Remarks (列首位的为牵头单位，下同; 以下均涉及各县区) are no bearers: the content ends before them; `loaders.duties.conventions` reads them.

>>> text = "牵头单位:市编办、市政府法制办。\\n完成时限:2018年年底前完成。"
>>> [(c.role, text[slice(*c.content)]) for c in clauses(text, scan(text))]
[('lead', '市编办、市政府法制办'), ('deadline', '2018年年底前完成')]

Left to others: the bearers in a clause and their roles (`loaders.phrases.bearers`), dates in it (`loaders.facts.deadlines`).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from graph.model import Role, Span
from loaders.duties.brackets import narrative
from loaders.duties.clause import Clause, unremarked
from loaders.duties.closing_sentences import sentences
from loaders.lexicon.bodies import BODY, is_body, is_collective, is_sure
from loaders.lexicon.places import LEVEL
from loaders.lexicon.roles import told
from loaders.lexicon.scan import Token, Tokens
from loaders.lexicon.vocabulary import load_yaml
from loaders.phrases.bearers import TIMED, only_bearers, split
from loaders.phrases.persons import apart, persons
from loaders.phrases.sentences import BRACKET, CLOSING, OPENING, REACH, SENTENCE_END, closing, trim
from loaders.phrases.times import TIME, TIME_SIGN, time_apart
from loaders.structure.outline import is_flat

# 责任单位：… ; 责任单位（列首位的为牵头单位）：… ; 责任单位及责任人：…
COLON = re.compile(
    r"[ \t\u3000\xa0]*(?P<persons>(?:[及和与、/]|[(（])(?:责任人员?|负责人|责任领导)[)）]?)?"
    r"(?:[(（][^()（）:：\n]{2,30}[)）][ \t\u3000\xa0]*)?(?:[:：∶﹕︰]{1,2}|[｜丨](?![^\n]*[｜丨]))[ \t\u3000\xa0]*(?!是?指)"
)
# （责任单位 市财政局） · （责任单位；市财政局） · （责任单位市财政局）: in a bracket the colon may be lost
LOST_COLON = re.compile(r"[ \t\u3000\xa0]*[；;]?[ \t\u3000\xa0]*")
# 市级责任单位：… : what belongs to the label behind it
QUALIFIER = re.compile(rf"(?:{'|'.join(load_yaml('roles')['qualifiers'])})$")
_LONGEST_QUALIFIER = 3
# （牵头单位为市发改委，配合单位为市财政局） ; 牵头单位市发改委，配合单位市财政局。
VERB = re.compile(rf"[为是][ \t\u3000\xa0]*|(?={LEVEL.pattern})")
VERB_END = re.compile(r"[，,。；;\n)）〕］\]】]|$")
# 牵头单位 市委政法委 · 牵头单位⏎市委政法委
BLANK = re.compile(r"[ \t\u3000\xa0]*\n\s*(?=\S)|[ \t\u3000\xa0]+(?=\S)")
_BEFORE_BLANK = frozenset(("", "\n", " ", "\t", "\u3000", "\xa0", "。", "；", ";", "，", ","))
# the foot of a web page names who runs the site
_HOSTS = ("主办", "承办", "协办")
FOOT = re.compile(r"ICP备|网站标识码|公网安备|版权所有|网站地图|技术支持")
_FOOT_REACH = 200
TIME_AHEAD = re.compile(
    r"(?:20\d\d年|\d{1,2}月|年[底内]|第?[一二三四]季度|长期|持续|全年)[^。；;，,]{0,16}[。；;，,\s]*$"
)
# 【责任单位】市财政局: the box stands for the colon
CLOSED = re.compile(r"[】］\]][ \t\u3000\xa0]*[:：]?[ \t\u3000\xa0]*")
_BOXES = ("【", "［", "[")
# a bracket with a label in it opens at most this far before the label, and reaches at most so far
_BRACKET_REACH, _LONGEST_LINE, _LONGEST_NAMES = 80, 300, 24

# what ends a line; in a text that has lost its line breaks white space does, but not behind a mark of enumeration
_BREAK = re.compile(r"\n")
_BLANK = re.compile(r"(?<![、，,:：\s])\s")
_AND_LEADER = "+leader"
_OF_BODIES = ("lead", "responsible", "cooperating")
# the last name of a line and the first of the next one
_PIECE_BACK, _PIECE = (
    re.compile(r"[^、，,；;。：:\s]{2,16}$"),
    re.compile(r"[^、，,；;。：:\s（(]{1,16}(?=[、，,；;。\s（(]|$)"),
)
_BLANKS_ALL = re.compile(r"\s*")
# what a blank parts from the bodies before it
_PART = re.compile(r"\s(?P<words>[^\s。；;：:]+)(?=[\s。；;]|$)")
INDENT = re.compile(r"\n(?:[ \t\xa0]{6,}|\u3000{4,})(?=\S)")
TAIL = re.compile(r"(?:人民)?政府|党委|管委会|办事处")
_COMMAS = ("，", ",")
_ENUMERATES, _LONGEST_CUT = ("、", "，", ","), 40
# what a bare word of role stands behind when it is a label
_OPENS = frozenset(("", "(", "（", "〔", "［", "[", "【", "；", ";", "，", ",", "。", "\n", " ", "\u3000"))


def clauses(text: str, tokens: Tokens, markers: Sequence[int] = ()) -> list[Clause]:
    """Every clause in text order; ``markers`` are where the outline's nodes begin: no clause reaches into the next one."""
    labelled = list(_labelled(text, tokens, markers, _BLANK if is_flat(text) else _BREAK))
    taken = [c.span for c in labelled]
    told = list(narrative(text, tokens.brackets, taken))
    told += sentences(text, tokens, sorted([*taken, *(c.span for c in told)]))
    return sorted(labelled + told, key=lambda c: c.span) if told else labelled


def _bare(text: str, tokens: Tokens) -> Iterator[Token]:
    """The words of role that are labels because they open a clause: （牵头：市科技局；配合：市财政局）."""
    for token in (*tokens.roles, *tokens.bare):  # 牵头 is a token of its own
        if text[token[0] - 1 : token[0]] in _OPENS and COLON.match(text, token[1]):
            yield token


def _labelled(text: str, tokens: Tokens, markers: Sequence[int], gap: re.Pattern[str]) -> Iterator[Clause]:
    # 各责任单位:… speaks to them, it assigns nothing
    heads: list[tuple[int, int, str]] = []
    labels = _without_foot(text, sorted([*tokens.labels, *_bare(text, tokens)]), markers)
    for n, (start, end, role) in enumerate(labels):
        before = text[start - 1 : start]
        colon = COLON.match(text, end)
        if heads and start < heads[-1][1]:
            continue  # 责任单位及|责任人：
        if colon and before != "各":
            if before not in _OPENS and (more := QUALIFIER.search(text, max(0, start - _LONGEST_QUALIFIER), start)):
                start = more.start()
            heads.append((start, colon.end(), role + _AND_LEADER if colon["persons"] and role in _OF_BODIES else role))
        elif before in _BOXES and (box := CLOSED.match(text, end)):
            heads.append((start - 1, box.end(), role))
        elif before in _OPENS and (verb := VERB.match(text, end)) and not _told_of(text, before, start, heads):
            stop = VERB_END.search(text, verb.end())
            if stop and only_bearers(text[verb.end() : stop.start()]):
                heads.append((start, verb.end(), role))
        elif start and before in OPENING and _in_bracket(text, labels, n):
            heads.append((start, _content_at(text, end), role))
        elif before in _BEFORE_BLANK and (blank := BLANK.match(text, end)):
            node = bisect_left(markers, start)
            limit = min(
                [following[0] for following in labels[n + 1 : n + 2]] + list(markers[node : node + 1]) + [len(text)]
            )
            if _says(text, role, blank.end(), min(limit, blank.end() + _LONGEST_LINE), gap):
                heads.append((start, blank.end(), role))
    last_bracket = (0, 0)
    opened = [token[0] for token in tokens.brackets]
    for n, (start, content, role) in enumerate(heads):
        following = heads[n + 1][0] if n + 1 < len(heads) else len(text)
        node = bisect_left(markers, content)
        if node < len(markers):
            following = min(following, markers[node])
        bracket: Span | None = last_bracket
        if not last_bracket[0] < start < last_bracket[1]:
            # most labels have no bracket before them
            behind = bisect_left(opened, start)
            bracket = _bracket(text, start) if behind and opened[behind - 1] >= start - _BRACKET_REACH else None
        if not bracket:
            end = _line_end(text, content, following, role, gap)
            yield from _told(text, Clause(role, (start, end), unremarked(text, content, end), "label-line"))
            continue
        if bracket != last_bracket:
            yield from _before_label(text, bracket, start)
        last_bracket = bracket
        inside = unremarked(text, content, min(bracket[1] - 1, following))
        yield from _told(text, Clause(role, bracket, inside, "label-in-parenthesis"))


def _without_foot(text: str, labels: list[Token], markers: Sequence[int]) -> list[Token]:
    """The labels, those at the foot of a web page without a role: 主办单位：… 承办单位：… 备案号：青ICP备…"""
    hosts = {token for token in labels if text.startswith(_HOSTS, token[0])}
    feet = [foot.start() for foot in FOOT.finditer(text)] if hosts else []
    if not feet:
        return labels

    def at_foot(start: int) -> bool:
        near = feet[bisect_left(feet, start - _FOOT_REACH) : bisect_left(feet, start + _FOOT_REACH)]
        return any(bisect_left(markers, start) == bisect_left(markers, foot) for foot in near)

    return [(token[0], token[1], "other") if token in hosts and at_foot(token[0]) else token for token in labels]


def _told_of(text: str, before: str, start: int, heads: list[tuple[int, int, str]]) -> bool:
    """Whether a label behind a comma goes on in a sentence that no label opens: 明确牵头单位为财务处，责任单位为各学院。"""
    if before not in _COMMAS:
        return False
    opened = heads[-1][1] if heads else -REACH
    return start - opened > REACH or SENTENCE_END.search(text, opened, start) is not None


def _says(text: str, role: str, start: int, limit: int, gap: re.Pattern[str]) -> bool:
    """Whether a label that lost its colon (牵头单位 市委政法委 完成时限 2019年底) has behind it what it asks for."""
    if role == "deadline":
        line = _BREAK.search(text, start, limit)
        return TIME_AHEAD.match(text, start, line.start() if line else limit) is not None
    return role in _OF_BODIES and only_bearers(
        text[slice(*trim(text, start, _line_end(text, start, limit, role, gap)))]
    )


def _in_bracket(text: str, labels: list[Token], n: int) -> bool:
    """Whether a label without a colon opens a bracket, and only bearers stand behind it: （责任单位；市财政局）."""
    start, end, role = labels[n]
    stop = closing(text, start - 1)
    if role not in _OF_BODIES or stop is None:
        return False
    following = labels[n + 1][0] if n + 1 < len(labels) else stop
    return only_bearers(text[slice(*trim(text, _content_at(text, end), min(stop - 1, following)))])


def _content_at(text: str, label_end: int) -> int:
    """Where what a label without a colon says begins."""
    lost = LOST_COLON.match(text, label_end)
    return lost.end() if lost else label_end


def _before_label(text: str, bracket: Span, label: int) -> Iterator[Clause]:
    """What stands in a bracket before its first label: a time (6月底完成，牵头单位：…) or bearers (市统计局牵头；完成时间：…)."""
    content = trim(text, bracket[0] + 1, label)
    if only_bearers(text[slice(*content)]):
        yield Clause("responsible", bracket, content, "narrative-parenthesis")
    elif TIME.search(text, *content):
        yield Clause("deadline", bracket, content, "label-in-parenthesis")


def _told(text: str, found: Clause) -> Iterator[Clause]:
    """A labelled clause, a time among its bearers apart; where its label asks for persons, one for each that it names."""
    if found.role == Role.LEADER:
        yield from (found._replace(content=name) for name in persons(text, *found.content))
    elif found.role.endswith(_AND_LEADER):
        yield from with_persons(text, found._replace(role=found.role.removesuffix(_AND_LEADER)))
    elif found.role == "deadline" or (found.role in _OF_BODIES and not TIME_SIGN.search(text, *found.content)):
        yield found
    elif found.role in _OF_BODIES:
        bearers, time = time_apart(text, found.content)
        bracket = TIMED.search(text, *bearers)
        yield found._replace(content=bearers)
        if time or bracket:
            yield found._replace(role="deadline", content=time or (bracket.span("time") if bracket else bearers))


def with_persons(text: str, found: Clause) -> Iterator[Clause]:
    """A clause of bodies and persons: each stretch of bodies up to one with a person, then the persons."""
    start: int | None = None
    for body, names in (pieces := apart(text, found.content)):
        start = body[0] if start is None else start
        if names or body == pieces[-1][0]:
            yield found._replace(content=(start, body[1]))
            yield from (found._replace(role=Role.LEADER, content=name) for name in names)
            start = None


def _line_end(text: str, content: int, following: int, role: str, gap: re.Pattern[str]) -> int:
    """Where a label's line ends: its line break, the next label, or (units only) its first full stop."""
    written = content + len(text[content : content + 40]) - len(text[content : content + 40].lstrip())
    if role == Role.LEADER and gap is _BLANK:  # 副市长 孙立平: a blank within what names persons ends nothing
        gap, following = _BREAK, min(following, written + _LONGEST_NAMES)
    line = gap.search(text, written, following)  # the content may stand on the next line
    end = line.start() if line else following
    while role in _OF_BODIES and gap is _BREAK and end < following and _goes_on(text, content, end, following):
        line = gap.search(text, _BLANKS_ALL.match(text, end, following).end(), following)  # type: ignore[union-attr]
        end = line.start() if line else following
    while role in _OF_BODIES and gap is _BLANK and end < following and _further_body(text, end, following):
        line = gap.search(text, _BLANKS_ALL.match(text, end, following).end(), following)  # type: ignore[union-attr]
        end = line.start() if line else following
    if role != "deadline":
        stop = text.find("。", content, end)
        end = stop + 1 if stop >= 0 else end
    return content + len(text[content:end].rstrip())


def _further_body(text: str, end: int, following: int) -> bool:
    """Whether a blank that would end a line stands for a lost mark: only bodies stand behind it (市财政局 市教育局)."""
    if text[end - 1] in "。；;":
        return False
    piece = _PART.match(text, end, min(following, end + _LONGEST_CUT))
    names = split(piece["words"]).names if piece and not told(piece["words"]) else ()
    return bool(names) and all(is_sure(n.name) and BODY.search(n.name) for n in names)


def _goes_on(text: str, content: int, end: int, following: int) -> bool:
    """Whether a list is cut by the end of its line: behind a mark, or inside a name (市人力资源⏎和社会保障局)."""
    words = text[content:end].rstrip()
    rest = text[end : min(following, end + _LONGEST_CUT)].lstrip()
    if not words or not rest or words.endswith("。"):
        return False
    if words.endswith(_ENUMERATES) or rest[0] in "、，,":
        return True
    if INDENT.match(text, end) and not told(words):
        # a second column of bodies: ⏎            市药监局 市城管执法局
        row = text.find("\n", text.index(rest[0], end), following)
        return only_bearers(text[slice(*trim(text, end, row if row >= 0 else following))])
    last = _PIECE_BACK.search(words)
    first = _PIECE.match(rest)
    if not last or not first or told(words):
        return False
    if TAIL.match(rest) and is_collective(last[0]):
        return True
    return not is_body(last[0]) and BODY.search(last[0] + first[0]) is not None


def _bracket(text: str, label: int) -> Span | None:
    """The bracket in which a label stands, if it opens before it and closes behind it."""
    depth = 0
    for match in reversed(list(BRACKET.finditer(text, max(0, label - _BRACKET_REACH), label))):
        if match[0] in CLOSING:
            depth += 1
        elif depth:
            depth -= 1
        else:
            end = closing(text, match.start())
            return (match.start(), end) if end else None
    return None
