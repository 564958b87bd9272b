"""Lists of bodies, recognised by their look alone: by code that takes no duty, so that it can check what took them.

>>> words = "市财政局、县教育局等按职责分工负责"
>>> [words[slice(*name)] for name in names_of(words)], names_of("完善制度，推进落实")
(['市财政局', '县教育局'], ())

Left to others: where such a list stands and whether it assigns (`loaders.signs.find`, `loaders.signs.dismiss`).
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from graph.model import Span
from loaders.lexicon.bodies import FIELD, is_certain_body, is_collective, looks_like_body
from loaders.lexicon.roles import BEHIND, role_of
from loaders.text.plain_signs import NOTHING

OPENING, CLOSING = "（(〔［[【『「﹙〈〖", "）)〕］]】』」﹚〉〗"
TAKEN = NOTHING  # stands for what an earlier sign took; a text in one form has none
CLAUSE_SIGN = frozenset("。；;，,\n\t|:：！!？? " + OPENING + CLOSING + TAKEN)
BODY_END = "局委办厅院部会联府队司心位门区县镇社署"  # the last sign of most names
LONGEST = 260  # characters of a list; what is longer is prose
_LONGEST_NAME = 24
PLACE = re.compile(r"[\u4e00-\u9fff]{2,3}(?:镇|乡|街道)")  # stands for its government, beside others
_LEAST_SHARE = 0.7  # of the pieces of a list that look like bodies
_LONGEST_ANSWER, _LONGEST_PIECE = 60, 12
_NO_ANSWER = re.compile(r"[\d的了将把使被是每“”《》]|[^\w\s、，,；;。（）()〔〕/·.]")
_OPEN, _CLOSE = re.escape(OPENING), re.escape(CLOSING)
_NESTED = rf"[{_OPEN}][^{_OPEN}{_CLOSE}\n]{{0,30}}[{_CLOSE}]"
_PIECE = re.compile(rf"(?:[^、，,；;/／\s{_OPEN}]|{_NESTED})+|[{_OPEN}]")
# most brackets hold no other, and are taken at once
BRACKET = re.compile(
    rf"""
    [{_OPEN}]
    (?: [^{_OPEN}{_CLOSE}\n]{{2,200}}+
      | (?= [^{_OPEN}{_CLOSE}\n]{{0,200}} [{_OPEN}] ) (?: [^{_OPEN}{_CLOSE}\n] | {_NESTED} ){{2,200}}
    )
    [{_CLOSE}]
    """,
    re.VERBOSE,
)
_OPEN_END = re.compile(r"等(?:(?:有关|相关)?(?:部门和单位|部门|单位))?$")
_LEAD_IN = re.compile(r"(?:由|会同|及|和|与|以及)(?=[省市县区州镇各国])")
AROUND = " \t|*。.;；\"'`”,，、"
# the last sign of whatever may end a list of bodies
LAST = (
    frozenset(
        "局委办厅部院府司行团心会联关校学业位门构署社队站所处室组园区县市镇乡道村木厂协央支投力信动通塔油化保产馆台场班指城科间总织州盟旗气热务轨铁矿煤田道报网段建控庭中"
    )
    | {word[-1] for words in BEHIND.values() for word in words}
    | frozenset("等责担)）]】〕」』")
)
_NO_NAME = re.compile(
    r"""
    [的了将把使被是在每。：:“”"《》]                                          # a sentence
  | 应(?!急) | 要(?!闻) | 不(?!动产) | 以[上下] | ^等 | ^其他$               # 应急管理局 and 不动产登记中心 are names
  | ^(?: 新建 | 打造 | 成立 | 组建 | 设立 | 建设(?! [局委厅部办] ) )
  | ^(?:重点|部门|单位)?.{0,4}考核(?:部门|单位|项目)$ | 项目$  # what a table is about, and the name of a column
  | 干部$ | 人员$ | 加强 | 推[进动] | 开展 | 建立 | 完善 | 制定 | 提高 | 做好 | 严格 | 落实 | 确保 | 强化 | 组织(?![部宣人]|$)
  | ^ (?: 重点 | 考核 | 责任 | 主管 | 全 | 干 | 内 | 外 | 中 | 东 | 西 ) 部 $  # 全部, 内部, 中部
  | \d{3} | \d[处家个座所部台站条场]$
    """,
    re.VERBOSE,
)


def positions(text: str, signs: Iterable[str]) -> list[int]:
    """Where some signs stand, in text order; faster than an expression that looks for one of them, where they are few."""
    found: list[int] = []
    for sign in signs:
        at = text.find(sign)
        while at >= 0:
            found.append(at)
            at = text.find(sign, at + 1)
    return sorted(found)


def looks_like_name(name: str) -> bool:
    """Whether words can be the name of a body, or of several."""
    return 2 <= len(name) <= _LONGEST_NAME and looks_like_body(name) and not _NO_NAME.search(name)


def is_certain_name(name: str) -> bool:
    """Whether words can be nothing but the name of a body, or of several."""
    return looks_like_name(name) and (is_certain_body(name) or is_collective(name))


def shifted(start: int, names: tuple[Span, ...]) -> tuple[Span, ...]:
    """Places in words that begin at ``start`` of a text, as places of the text."""
    return tuple((start + first, start + last) for first, last in names)


def certain_names(text: str, span: Span) -> tuple[Span, ...]:
    """The pieces in a stretch of ``text`` that can be nothing but names of bodies."""
    pieces = pieces_of(text[slice(*span)])
    return tuple((span[0] + at, span[0] + at + len(name)) for at, name in pieces if is_certain_name(name))


def may_end_list(words: str) -> bool:
    """Whether words end as a list of bodies may: a look at one sign, before they are cut."""
    last = words[-1:]
    return last in LAST or (last in AROUND and words.rstrip(AROUND)[-1:] in LAST)


@lru_cache(maxsize=16384)
def names_of(words: str, asked: bool = False) -> tuple[Span, ...]:
    """The names of a list made of bodies only, in ``words``; nothing for other words, and for names that may be no bodies,
    unless a label asks for bodies (``asked``).
    """
    if not 2 <= len(words) <= LONGEST or not may_end_list(words):
        return ()
    found, others, certain = [], 0, asked
    for start, name in pieces_of(words):
        if looks_like_name(name) or FIELD.fullmatch(name):
            found.append((start, start + len(name)))
            certain = certain or is_certain_name(name) or (len(found) > 1 and PLACE.fullmatch(name) is not None)
        elif name:
            others += 1
    return tuple(found) if certain and len(found) >= _LEAST_SHARE * (len(found) + others) else ()


def names_only(words: str) -> bool:
    """Whether words behind a label may be nothing but names, of bodies or persons, known or not: few signs between marks."""
    if not 2 <= len(words.strip(AROUND)) <= _LONGEST_ANSWER:
        return False
    return not _NO_ANSWER.search(words) and all(len(name) <= _LONGEST_PIECE for _, name in pieces_of(words))


def pieces_of(words: str) -> list[tuple[int, str]]:
    """The pieces of a list between its marks, without the words of role around them: (where it begins, words)."""
    pieces = []
    for match in _PIECE.finditer(words):
        piece, start = match[0].strip("*。.;；\"'`“”#※—｜"), match.start()
        start += match[0].find(piece) if piece else 0
        if lead := _LEAD_IN.match(piece):
            start, piece = start + lead.end(), piece[lead.end() :]
        pieces.append((start, _without_open_end(role_of(_without_open_end(piece))[0])))
    return pieces


def _without_open_end(words: str) -> str:
    """A piece without what leaves its list open: 市司法局|等有关部门."""
    return _OPEN_END.sub("", words) if "等" in words else words
