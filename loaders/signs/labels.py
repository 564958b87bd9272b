"""Signs of labels: words before a colon, a dash or a box, and bodies or a time behind them.

A label of the lexicon is a sign with a colon, dash, box or bracket, or with a body right behind it; another label where
nothing but bodies stands behind it.

>>> from loaders.lexicon.scan import scan
>>> text = "承办处室：市财政局"
>>> [(s.kind, text[slice(*s.at)], text[slice(*s.reach)]) for s in unknown_labels(text, [], scan(text))]
[('unknown-label', '承办处室', '市财政局')]

Left to others: bodies without a label (`loaders.signs.lists`).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from graph.model import Span
from loaders.lexicon.scan import Tokens
from loaders.lexicon.vocabulary import by_last_sign, load_yaml
from loaders.phrases.persons import is_posted, only_persons
from loaders.signs.body_names import (
    CLAUSE_SIGN,
    CLOSING,
    LONGEST,
    OPENING,
    is_certain_name,
    names_of,
    pieces_of,
    positions,
    shifted,
)
from loaders.signs.openings import begin
from loaders.signs.sign import Sign
from loaders.tables.header import column_kind

_LONGEST_REACH = 300
_LONGEST_LABEL = 12  # characters of a label that the lexicon does not have
# 责任单位（盖章）： · 责任单位—— · 【责任单位】
_COLON = re.compile(
    r"""
    [ \t*_]* (?: [（(] [^（）()\n]{1,12} [）)] )? [ \t*_]*  # （盖章）
    (?: [:：∶︰﹕] | [—–－]{1,2} | -{1,2} | [】」』\]］〕] )
    """,
    re.VERBOSE,
)
# 责任科室〖综治办〗
_FILLED = re.compile(rf"[ \t]*[{re.escape(OPENING)}]")
# 市场监管所；|属地单位：…: the next label, whether the lexicon has it or not
_NEXT = re.compile(r"[，,；;。·•|｜/ \t][ \t]*(?=[\u4e00-\u9fff]{2,10}[:：])|[ \t][·•→][ \t]")
# what a label ends with that asks for bodies
ASKS = tuple(load_yaml("roles")["asks_for_bodies"])
# what a label ends with that asks for persons: 服务专员
_OF_PERSONS = tuple(load_yaml("roles")["asks_for_persons"])
_IN_CHARGE = frozenset(load_yaml("roles")["in_charge"])  # who bears, or supervises where others bear
_LONGEST_PERSONS, _FIELD_END = 24, re.compile(r"[，,；;。（(]")
_SAID = re.compile(r"[ \t]*(?:由|为(?!主)|是|\t)")
# the end of what a label reaches over: a full stop, a line end, a bracket, the number of the next item; the signs stand first,
# because a search skips to them fast
_REACH_SIGN = re.compile(
    rf"[ 。\n<{re.escape(OPENING + CLOSING)}](?:(?<! )| *+(?=\d{{1,3}}[.、．]|[一二三四五六七八九十]{{1,3}}、))"
)
_COLONS, _DASHES = (":", "：", "∶"), ("—", "–", "－", "-")
_SLASHES = ("/", "／", "→")
_ASKS_IS = re.compile(rf"[{''.join(by_last_sign(ASKS))}][为是由]")  # 统抓单位为市财政局
_BOX_OF = {"】": "【", "〗": "〖", "］": "［", "」": "「"}
_BOX_ENDS = frozenset(_BOX_OF)
_ENDS = (*_COLONS, *_DASHES, *_SLASHES, *_BOX_OF)  # of a label
_BEFORE_DASH = "位门区室构体"


def label_starts(text: str, tokens: Tokens) -> list[int]:
    """Where words of the lexicon stand as labels do: before a colon or the like; not bare ones, behind a mark as well."""
    starts = [
        start
        for start, end, _ in tokens.labels
        if text[end : end + 1] in _COLONS + _DASHES or text[start - 1 : start] in CLAUSE_SIGN
    ]
    bare = [start for start, end, _ in tokens.bare if text[end : end + 1] in _COLONS]
    return sorted([*starts, *bare]) if bare else starts


def labels(text: str, tokens: Tokens, starts: Sequence[int]) -> list[Sign]:
    """The labels of the lexicon; every one, whatever it is there, begins at one of ``starts``."""
    found = []
    for start, end, role in tokens.labels:
        if role == "other":
            continue
        match = _COLON.match(text, end)
        if not match:
            before = text[start - 1 : start]
            if before and before not in CLAUSE_SIGN:
                continue
            match = _SAID.match(text, end) or _FILLED.match(text, end)
        behind = match.end() if match else end
        reach = _to_next(text, _reach(text, behind, starts))
        if text[end:behind].endswith("\t") and _names_columns(text, start, reach):
            continue
        if match or (reach[1] - behind <= LONGEST and _begins_with_body(text[behind : reach[1]])):
            role = "responsible" if text[start:end] in _IN_CHARGE else role
            found.append(Sign("label", role, (start, end), reach))
    return found


def _names_columns(text: str, start: int, reach: Span) -> bool:
    """Whether the cell before a label, or the one behind it, names a column: 任务⇥责任单位⇥对接 is the head of a table."""
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - _LONGEST_LABEL - 1) : start].split("\t")
    return any(column_kind(words.strip()) for words in (*before[-2:-1], text[slice(*reach)].split("\t")[0]))


def unknown_labels(text: str, starts: Sequence[int], tokens: Tokens) -> Iterator[Sign]:
    """Labels that the lexicon does not have, and those that it has as words of role only; known ones begin at ``starts``."""
    bare = {start for start, _, role in tokens.bare if role != "deadline"}
    verbs = [match.end() - 1 for match in _ASKS_IS.finditer(text) if text.endswith(ASKS, 0, match.end() - 1)]
    for end in sorted([*positions(text, _ENDS), *verbs]):
        if text[end] in _BOX_ENDS and text.rfind(_BOX_OF[text[end]], max(0, end - _LONGEST_LABEL), end) < 0:
            continue
        if text[end] in _SLASHES and (not text.endswith(ASKS, 0, end) or is_certain_name(text[max(0, end - 8) : end])):
            continue
        if text[end] in _DASHES and text[end - 1 : end] not in _BEFORE_DASH:
            continue
        start = end
        while start > 0 and end - start <= _LONGEST_LABEL and text[start - 1] not in CLAUSE_SIGN:
            start -= 1
        if 2 <= end - start <= _LONGEST_LABEL:
            reach = _to_next(text, _reach(text, end + 1 + (text[end + 1 : end + 2] in _DASHES), starts))
            if text[end] in _BOX_ENDS and (box := text.find(_BOX_OF[text[end]], *reach)) >= 0:
                reach = reach[0], box  # the next field
            asks = start in bare or text.endswith(ASKS, start, end)
            words = text[slice(*reach)]
            persons = text.endswith(_OF_PERSONS, start, end)
            names = _persons_in(words) if persons else names_of(words, asks) or (begin(words) if asks else ())
            if names := names or _posted_in(words):
                yield Sign("unknown-label", "unit", (start, end), reach, shifted(reach[0], names))


def _to_next(text: str, reach: Span) -> Span:
    """A reach up to the next words that stand as a label does, known or not."""
    further = _NEXT.search(text, *reach)
    return (reach[0], further.start()) if further else reach


def _persons_in(words: str) -> tuple[Span, ...]:
    """The name of the person or persons of which ``words`` consist, as one; nothing for other words."""
    end = len(_FIELD_END.split(words, maxsplit=1)[0])
    return ((0, end),) if 1 < end <= _LONGEST_PERSONS and only_persons(words, 0, end) else ()


def _posted_in(words: str) -> tuple[Span, ...]:
    """The person whose post tells that he is one, in words that name nobody else: 领衔督办：刘海滨副主任."""
    end = len(_FIELD_END.split(words.strip(), maxsplit=1)[0])
    return ((0, end),) if 1 < end <= _LONGEST_PERSONS and is_posted(words.strip()[:end]) else ()


def _begins_with_body(words: str) -> bool:
    pieces = pieces_of(words)
    return bool(pieces) and is_certain_name(pieces[0][1])


def _reach(text: str, start: int, starts: Sequence[int]) -> Span:
    """From a label's end to the end of its bracket, sentence or line, or to the next label; an empty rest goes on below."""
    depth, end = 0, min(len(text), start + _LONGEST_REACH)
    following = bisect_left(starts, start)
    if following < len(starts):
        end = min(end, starts[following])
    for match in _REACH_SIGN.finditer(text, start, end):
        sign = match[0]
        if sign in OPENING:
            depth += 1
        elif sign in CLOSING:
            depth -= 1
        elif sign[0] == " ":  # the next item, where the line end was lost
            return start, match.start()
        if sign == "\n" and not text[start : match.start()].strip(" \t*|"):
            start = match.end()
        elif depth < 0 or sign == "\n" or (depth == 0 and sign in "。<"):
            return start, match.start()
    return start, end
