"""Which roles the words of a clause allow a name, looked up with the gate's own short list of words.

1. What stands before the name as a label (牵头单位：) gives its role; over the cell of a table its head does.
2. What stands behind it (市财政局牵头, 市财政局（配合）), up to the next comma, gives it instead; behind a comma both may hold.
3. Where neither gives one, the name is responsible: a list of bodies alone says so.

>>> said = "市发改委、市财政局牵头，市审计局配合"
>>> sorted(roles_said(said, (5, 9))), sorted(roles_said(said, (12, 16))), sorted(roles_said("责任单位：市司法局", (5, 9)))
(['lead'], ['cooperating'], ['responsible'])

Left to others: the heads of columns (`loaders.gate.heads_again`), what a role by a stated convention rests on
(`loaders.gate.look_again`).
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml

_LIST = yaml.load((files("loaders.gate") / "role_words.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
RESPONSIBLE = "responsible"
_ROLE = {word: role for role, words in _LIST["words"].items() for word in words}
_IN_NAMES, _BEFORE, _EITHER = (frozenset(_LIST[kind]) for kind in ("in_names", "before", "either"))
_ROLES = {word: frozenset((role, RESPONSIBLE) if word in _EITHER else (role,)) for word, role in _ROLE.items()}
_BOXES = {"】": "【", "］": "［", "]": "["}
_PERSONS: tuple[str, ...] = tuple(_LIST["persons"])
_STARS = "★☆*＊▲△●"
_PAUSES = " \u3000\n:：—-，,、"
_SEES_TO_IT = "督"
_WITH = "商"  # 市住建局商|市财政局负责
_STOPS, _ENDS, _OPENING, _CLOSING = "，,；;。", "；;。", "（(〔[【", "）)〕]】"
_SEPARATORS, _NAME_ENDS = re.compile("[、，,]"), "局委办厅院府会部处站所社室心司团组市县区州镇乡联行队"
_BODY_ENDS = "局委办厅院府会部处站所社室"  # no word of role goes on over the end of a name


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _spread(words: Iterable[str]) -> str:
    """As `_any`, with blanks between the letters."""
    return "|".join(r"[ \u3000]{0,3}".join(map(re.escape, word)) for word in sorted(words, key=len, reverse=True))


# one word or several run together: 牵头负责, 督导检查, 责任配合
_RUN = re.compile(rf"(?:{_any(_ROLE)})(?:[^，,；;。、:：（）()\s{_BODY_ENDS}]{{0,2}}?(?:{_any(_ROLE)})){{0,3}}")
_WORD = re.compile(_any(_ROLE))
_HEADS = _any(_LIST["heads"])
# what makes a label of the words before it: |单位： · |（责任）单位〔 · |：
_LABEL = re.compile(
    rf"""
    [^，,；;。、:：）)】\]〕\s]{{0,5}}? (?: [（(] [^（）()]{{1,6}} [）)] )?   # （责任）
    (?: [ \u3000]? (?:{_HEADS}) (?: [（(] [^（）()]{{1,6}} [）)] )? (?! [，,；;。、）)] | $ )  # 单位
      | [】\]〕］〗]? \s? [:：\-—→/=“"] )                                       # ：
    """,
    re.VERBOSE,
)
_LABEL_OR_NAME = re.compile(
    rf"{_LABEL.pattern} | (?! (?:{_HEADS}) (?: [，,；;。、）)] | $ ) ) [^，,；;。、:：）)】\]〕\s]", re.VERBOSE
)  # 会同|市财政局 ; not 协同|单位）
# what may stand behind words of role before a list ends: 牵头|抓总， ; not 市场监督|管理局
_BEHIND = re.compile(rf"(?:{_HEADS})?[^，,；;。、）)】\]〕\n县区镇乡{_BODY_ENDS}]{{0,14}}(?=[，,；;。、）)】\]〕\n]|$)")
# a convention, which says nothing of the name before it: （逗号前为|牵头单位
_STATES = re.compile("(?:首|前|第[一1]|标|带|其[他它余]).{0,8}[为是]")
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000\xa0\n]+(?=[\u4e00-\u9fff\0])")


class _Run(NamedTuple):
    """Words of role that run together: their place, their role, and whether they are a label, or stand behind names."""

    start: int
    end: int
    all_roles: frozenset[str]
    roles: frozenset[str]
    sure: bool
    label: bool
    behind: bool


@lru_cache(maxsize=4096)
def _runs(clause: str) -> tuple[_Run, ...]:
    return tuple(_run(clause, match) for match in _RUN.finditer(clause))


def _run(clause: str, match: re.Match[str]) -> _Run:
    words = _WORD.findall(match[0])
    word = next((one for one in words if _ROLE[one] != RESPONSIBLE), words[0])
    label = (_LABEL if words[-1] not in _BEFORE else _LABEL_OR_NAME).match(clause, match.end()) is not None
    label = label or _is_boxed(clause, match.start(), match.end())
    behind = not label and _BEHIND.match(clause, match.end()) is not None
    others = frozenset(_ROLE[one] for one in words) - {RESPONSIBLE} or frozenset((RESPONSIBLE,))
    also = frozenset(_ROLE[one] for one in words if one.startswith(_SEES_TO_IT))  # 牵头督导单位
    return _Run(match.start(), match.end(), others, _ROLES[word] | also, word not in _IN_NAMES, label, behind)


def _is_boxed(clause: str, start: int, end: int) -> bool:
    """Whether words of role end a box that opens a field: 【整改牵头】 ; not 市财政局【牵头】."""
    opening = _BOXES.get(clause[end : end + 1])
    at = clause.rfind(opening, 0, start) if opening else -1
    if at < 0 or clause[at - 1 : at].isalnum():
        return False
    return start - at <= _LONGEST_WORD and not set(clause[at:start]) & set(_BODY_ENDS)


def roles_said(clause: str, name: tuple[int, int], heads: frozenset[str] = frozenset()) -> frozenset[str]:
    """The roles that the words of ``clause`` allow the name at a place in it; ``heads``: those that the head of its column gives.

    A blank may part two fields, or stand in the midst of a word (牵 头单位): both ways of reading it count.
    """
    found = _said(clause, name, heads)
    if not _BLANK.search(clause):
        return found
    start, end = (len(_BLANK.sub("", clause[:place] + "\0")) - 1 for place in name)
    return found | _said(_BLANK.sub("", clause), (start, end), heads)


def _said(clause: str, name: tuple[int, int], heads: frozenset[str]) -> frozenset[str]:
    start, end = name
    runs = _runs(clause)
    label = _label(runs, start)
    base = heads | (label or heads) or label or frozenset((RESPONSIBLE,))
    if any(sign in _STARS for sign in (clause[start - 1 : start], clause[end : end + 1]) if sign):
        return base | {"lead"}
    if clause[start - 1 : start] == _WITH:
        base |= {"cooperating"}
    seen = bool(label or heads)
    for run in runs:
        if run.start < end:
            continue
        if run.label:
            break
        between = clause[end : run.start]
        marks, apart = _mark(between)
        if _STATES.search(between) or not (run.behind or (run.sure and not apart)):
            continue
        if marks and apart:  # of the name before it, or of all that it stands behind
            base |= run.all_roles - {"lead"}
        elif run.all_roles == {RESPONSIBLE}:
            base, seen = base | run.all_roles, True
        elif not run.sure or _is_parted(between, seen) or ("、" in between and not marks and seen):
            return base if apart and label and not run.sure else base | run.all_roles
        else:
            return run.all_roles
    return base


def _is_parted(between: str, seen: bool) -> bool:
    """Whether a comma between a name and a word of role parts them; not one further on in a list of names: A、B，C配合."""
    if seen or any(sign in between for sign in _ENDS) or not between.startswith("、"):
        return any(stop in between for stop in _STOPS)
    pieces = _SEPARATORS.split(between)[:-1]
    return any(stop in between for stop in _STOPS) and not all(not piece or piece[-1] in _NAME_ENDS for piece in pieces)


def _mark(between: str) -> tuple[bool, bool]:
    """Whether a bracket opens between a name and a word of role, so that the word is a mark; and whether other words stand there."""
    opening = max(between.rfind(sign) for sign in _OPENING)
    if opening < 0 or any(sign in between[opening:] for sign in _CLOSING):
        return False, bool(between.strip())
    inside = between[opening + 1 :]
    return True, bool(between[:opening].strip()) or len(inside) > _LONGEST_WORD or bool(set(inside) & set(_BODY_ENDS))


def _label(runs: tuple[_Run, ...], name: int) -> frozenset[str]:
    """The roles of the label before a name; one label may be made of two: 牵头单位及责任人."""
    found: frozenset[str] = frozenset()
    begins = name
    for run in reversed(runs):
        if run.end > name or not run.label:
            continue
        if found and begins - run.end > _LONGEST_WORD:
            break
        found, begins = found | run.roles, run.start
    return found


@lru_cache(maxsize=4096)
def roles_in(words: str) -> frozenset[str]:
    """Every role of which a word stands in ``words``."""
    return frozenset().union(*(_ROLES[word] for word in _WORD.findall(words)))


@cache
def names_role_of_column(words: str) -> bool:
    """Whether the words over a column say who bears something: 牵头单位, 责任人, dept ; not 各有关部门."""
    plain = words.strip(" *：:（）()")
    if not plain or len(plain) > _LONGEST_HEAD or plain.startswith("各"):
        return False
    if plain in _PLAIN_HEADS or (len(plain) <= _LONGEST_WORD and plain.endswith(_ALONE)):
        return True
    return plain.endswith(_HEAD_ENDS) and bool(_WORD.search(plain))


def roles_of_head(head: str) -> frozenset[str]:
    """The roles that the head of a column gives: 牵头责任单位 a lead, 主管部门 who supervises or who bears, 承接科室 who bears."""
    found = roles_in(head)
    return found if any(word in head for word in _EITHER) else found - {RESPONSIBLE} or frozenset((RESPONSIBLE,))


def head_roles_in(words: str) -> Iterable[tuple[int, str]]:
    """Place and role of each head anywhere in ``words``: a word of role with 单位, 部门 … behind it, or alone in its cell.

    Blanks may spread it: 牵 头 部 门.
    """
    for match in _HEAD.finditer(words):
        for word in _WORD.findall("".join(match[0].split())):
            yield match.start(), _ROLE[word]


def roles_at_start(words: str) -> frozenset[str]:
    """The role of the verb with which words begin: what a body does whose name stands before them."""
    verb = _WORD.match(words.lstrip(_PAUSES))
    return _ROLES[verb[0]] if verb else frozenset()


def is_marked(words: str) -> bool:
    """Whether a word of role stands in ``words``, as a mark does behind a name."""
    return any(run.behind and run.all_roles != {RESPONSIBLE} for run in _runs(words))


_LONGEST_HEAD, _LONGEST_WORD = 16, 4
_ALONE = ("责任", "负责", *(word for word, role in _ROLE.items() if role != RESPONSIBLE and word not in _IN_NAMES))
# in running text: 牵头单位 · 牵头│⏎单位 · ⇥牵头⇥ ; not （牵头）
_HEAD = re.compile(
    rf"""
    (?: {_spread(_ROLE)} ) [\u4e00-\u9fff]{{0,5}}? [\s│|]{{0,6}} (?: {_spread(_LIST["column_ends"])} )  # 牵头|组织实施单位
  | (?<! [\u4e00-\u9fff（(] ) (?: {_any(_ROLE)} ) (?! [\u4e00-\u9fff）)] )             # ⇥牵头⇥
    """,
    re.VERBOSE,
)
_PLAIN_HEADS = frozenset(("单位", "部门", "分工", "dept", "department", "involved_dept", "unit", "org"))
_HEAD_ENDS = tuple(_LIST["column_ends"])


def names_person(words: str) -> bool:
    """Whether a word stands there by which a person leads something or answers for it."""
    return any(word in words for word in _PERSONS)
