"""Tokens: one pass over the text finds every word at which a later rule starts.

One Aho-Corasick automaton has the labels of `vocabulary/roles.yaml`, the title mark 《 and the heads of times
(`loaders.lexicon.times`). Each later module looks only around its own tokens, so the text is scanned once, however many rules
there are.

>>> scan("牵头单位:市编办。完成时限:2018年年底前完成。").labels
[(0, 4, 'lead'), (9, 13, 'deadline')]

Left to others: the meaning of a token in its context (`loaders.duties.labels`, `loaders.facts.citations`, `loaders.times`).
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TypeAlias

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from loaders.lexicon.roles import BEHIND, WORDS
from loaders.lexicon.times import heads as heads_of_times
from loaders.lexicon.vocabulary import about_labels, by_last_sign, load_yaml, role_labels

Token: TypeAlias = tuple[int, int, str]  # start, end, what it stands for


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens by kind, each list in text order; offsets in the scanned text."""

    labels: list[Token]
    bare: list[Token]
    titles: list[Token]
    times: list[Token]
    roles: list[Token]
    amounts: list[Token]
    makes: list[Token]
    bodies: list[Token]
    brackets: list[Token]
    conventions: list[Token]
    doings: list[Token]


_ROLES = {"牵头": "lead"}
# what a number that can be checked stands beside, and the verbs of a document to produce; read by `tasks`
_AMOUNTS = {
    "%": "rate",
    "％": "rate",
    "‰": "rate",
    "个百分点": "rate",
    "至少": "least",
    "以上": "or-more",
    "不少于": "no-less",
    "不低于": "no-less",
}
# the heads of a body's name in running text; read by `loaders.facts.mentions`
_BODIES = (
    "政府",
    "局",
    "办公室",
    "部门",
    "机关",
    "机构",
    "党委",
    "党组",
    "党校",
    "学院",
    "委员会",
    "领导班子",
    "法院",
    "检察院",
    "管委会",
    "单位",
)
# what a stated convention says of the first named: 列首位的为牵头单位 · 牵头单位排在首位
_CONVENTIONS = (
    *(f"为{how}{word}" for how in ("", "工作", "具体", "主要", "该项工作") for word in WORDS["lead"]),
    *(f"{first}{body}牵头" for first in ("首位的", "首位", "首家", "第一位的", "第一位") for body in ("单位", "部门")),
    *(f"牵头{body}{order}" for body in ("单位", "部门") for order in ("列", "排", "均列", "均排")),
)
_MAKES = ("制定", "制订", "出台", "编制", "拟定", "编写")


# words of role in the midst of a sentence, too; the others are looked for before a mark that closes a clause: 市教育局推进。
_DOING = ("负责", "配合", "参与", "参加", "牵头", "协助", "协办", "主办", "承办", "落实", "实施", "指导", "监督")
_CLOSING = sorted({word if len(word) % 2 else word[-2:] for words in BEHIND.values() for word in words} - set(_DOING))
_MARKS = "，,。；;\n \t"
# what is a label by its colon alone: （协助：市财政局）
_BARE = {word: role for role, words in WORDS.items() for word in words} | {
    word: role for role, words in load_yaml("roles")["bare"].items() for word in words
}
_COLONS = ":：∶﹕︰ （(】］]」』〗〖【"  # 主办（盖章）： · 【主办】 · 节点〖9月底〗
_OPENING = "(（〔［[【「『〖"
# what else is a label by its colon alone, for it names bodies, too: 审计部门：… ; not 审计部门要通报
_ABOUT = frozenset(about_labels())
_BODY_LENGTH = 2  # of those words of `_BODIES` with which such a label ends


def _patterns() -> list[tuple[str, str, str]]:
    """(word, kind, what it stands for)."""
    labels = [(word, "labels", role) for word, role in role_labels().items()]
    times = [(word, "times", kind) for word, kind in heads_of_times().items()]
    tasks = [(w, "amounts", kind) for w, kind in _AMOUNTS.items()] + [(w, "makes", w) for w in _MAKES]
    tasks += [(w, "bodies", w) for w in _BODIES] + [(w, "conventions", w) for w in _CONVENTIONS]
    tasks += [(w, "brackets", w) for w in _OPENING]
    tasks += [(word + mark, "doings", word) for word in _CLOSING for mark in _MARKS]
    tasks += [(word + mark, "bare", role) for word, role in _BARE.items() if word not in _ROLES for mark in _COLONS]
    return labels + times + tasks + [("《", "titles", "《")] + [(w, "roles", role) for w, role in _ROLES.items()]


_TABLE = _patterns()
# of each word: which of the lists of `Tokens`, and what it stands for
_LISTS = tuple(Tokens.__slots__)
_MEANINGS = [(_LISTS.index(kind), meaning) for _, kind, meaning in _TABLE]
# 3个, 10家, and the words by which somebody bears: in the automaton they would hide 个工作日 and 责任单位.
# Their last sign stands first, because a search skips to it fast
_BY_LAST_SIGN = re.compile(
    rf"[个家所条项处座{''.join(by_last_sign(_DOING))}](?:(?P<counted>(?<=[0-9][个家所条项处座]))"
    rf"|(?<={'|'.join(_DOING)}))"
)
_AUTOMATON = AhoCorasick(
    [word for word, _, _ in _TABLE], matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
)


def scan(text: str) -> Tokens:
    """Every token of ``text``, in one pass."""
    found: list[list[Token]] = [[] for _ in _LISTS]
    add = [tokens.append for tokens in found]
    for index, start, end in _AUTOMATON.find_matches_as_indexes(text):
        at, meaning = _MEANINGS[index]
        add[at]((start, end, meaning))
    tokens = Tokens(*found)
    _tell_bodies(text, tokens)
    hidden = [(end - 1, end, text[end - 1]) for _, end, _ in tokens.bare if text[end - 1] in _OPENING]
    if hidden:  # 抓好落实（市司法局牵头）: the bracket belongs to the word before it, and opens all the same
        tokens.brackets.extend(hidden)
        tokens.brackets.sort()
    counted: list[Token] = []
    doings = [(start, end - 1, word) for start, end, word in tokens.doings]  # without their marks
    for match in _BY_LAST_SIGN.finditer(text):
        start, end = match.start() - 1, match.end()
        if match.lastgroup:
            counted.append((start, end, "counted"))
        else:
            doings.append((start, end, text[start:end]))
    if text[-2:] in _CLOSING:
        doings.append((len(text) - 2, len(text), text[-2:]))
    tokens.doings[:] = sorted(doings)
    if counted:
        tokens.amounts.extend(counted)
        tokens.amounts.sort()
    return tokens


def _tell_bodies(text: str, tokens: Tokens) -> None:
    """Make bodies of the labels of whom a text is about, where no colon follows them."""
    labels: list[Token] = []
    ends: list[int] = []
    for token in tokens.labels:
        if text[token[0] : token[1]] in _ABOUT and text[token[1] : token[1] + 1] not in _COLONS:
            ends.append(token[1])
        else:
            labels.append(token)
    if ends:
        tokens.labels[:] = labels
        words = ((end - _BODY_LENGTH, end, text[end - _BODY_LENGTH : end]) for end in ends)
        tokens.bodies.extend(token for token in words if token[2] in _BODIES)
        tokens.bodies.sort()


def tokens_within(tokens: list[Token], start: int, end: int) -> list[Token]:
    """The tokens that begin in ``[start, end)``."""
    if not tokens:
        return tokens
    first = bisect_left(tokens, (start,))
    return tokens[first : bisect_left(tokens, (end,), first)]
