"""Types of pieces: what a cell, or a line of one, can be by its words alone.

>>> [sorted(types_of(words)) for words in ("市财政局、县教育局", "2024年6月底前", "12", "63876776", "清理规范性文件", "—")]
[['bodies'], ['time'], ['figure', 'number'], ['contact', 'figure'], ['text'], ['nothing']]
>>> number_of("15-2"), number_of("3."), number_of("2024")
((15, 2), (3, 0), None)

Left to others: which column a piece belongs to (`loaders.tables.align`).
"""

import re
from functools import lru_cache

from loaders.lexicon.bodies import FIELD, ends_as_body, is_certain_body, is_collective, looks_like_body
from loaders.lexicon.places import LEVEL
from loaders.lexicon.roles import DOES
from loaders.lexicon.vocabulary import load_yaml
from loaders.phrases.bearers import NOBODY, split
from loaders.phrases.persons import POST
from loaders.tables.prices import Number
from loaders.times.places import TIME, TIME_SIGN, is_time

_LONGEST_NAME, _LONGEST_CELL, _LONGEST_TIME = 24, 2000, 40
_NUMBER = re.compile(r"[(（]?(\d{1,3})(?:[-－—.．](\d{1,2}))?(?:[.．]0)?[.．、)）]?")
_NUMERAL = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?")
_FIGURE = re.compile(r"(?:约|不少于|≥|≤)?\d[\d,.]*\s?(?:分|%|％|万元|亿元|元|个|项|件|人|家|处|公里|万|亿)?(?:/\d+)?")
_CONTACT = re.compile(
    r"""
    (?: [\u4e00-\u9fff]{0,8} [:：]? \s* )?                              # 网址： · 李明：
    (?: 1[3-9]\d{9} | (?: 0\d{2,3} [-－— ]? )? \d{7,8} (?: -\d{1,5} )?  # 13800000000 · 0738-8312345
      | 1 2 \d{3} | 9\d{4,5}                                            # 12366
      | https?://\S+ | www\.\S+ | [\w.]+@[\w.]+
    )
    (?: [、,，/;； \n]+ (?: 1[3-9]\d{9} | (?: 0\d{2,3} [-－—] )? \d{7,8} ) )*
    """,
    re.VERBOSE,
)
_PERSONS = re.compile(
    rf"(?:[{load_yaml('persons')['surnames']}][\u4e00-\u9fff]?[ ]?[\u4e00-\u9fff](?:[、，,; \n]|$))+"  # 张三、李小四
)
# 孙立军|（项目经理）
_POST_BEHIND = re.compile(rf"[（(][^（）()]{{0,16}}{POST.pattern.removesuffix('$')}[）)]")
_LONGEST_POST = 10
_NOTHING = re.compile(r"[\s—－\-/／\\…*＊√×○●]*|无|略|同上|[〃″\"]")
_LISTED = re.compile(r"[\u4e00-\u9fff（）()]{2,9}(?:[、，,\s][\u4e00-\u9fff（）()]{2,9})*(?:等(?:部门|单位)?)?")
_DOES = re.compile(rf"(?:{DOES})(?![局委处部站所中室组办科院队会]|管理[局委处中])|[的了将对把在是]")
# 组织人事局, 监督检查局: a short name of a bureau begins with such a word, too
_BUREAU = re.compile(r"[\u4e00-\u9fff]{4,6}局")
_MARKS = re.compile(r"[、，,\s]+")
_PROSE = re.compile(r"[。；;：:！？!?“”《》]")
_IN_PROSE = re.compile(r"[的了]|\d[^\d号中小]")  # 接入24小时有人值守的控制室
_LEAST_SHARE = 0.6


def number_of(words: str) -> Number | None:
    """The number of a row: 15, 15-2, 1.; None for other words."""
    if not words or not (words[0].isdigit() or words[0] in "(（"):
        return None
    match = _NUMBER.fullmatch(words)
    return (int(match[1]), int(match[2] or 0)) if match and int(match[1]) else None


@lru_cache(maxsize=16384)
def types_of(words: str) -> frozenset[str]:
    """The types of a piece without blanks around it; ``text`` where it has no other one."""
    if not words or _NOTHING.fullmatch(words) or words in NOBODY:
        return frozenset(("nothing",))
    found = set()
    if words[0].isdigit() or words[0] in "(（约不≥≤":
        if number_of(words):
            found.add("number")
        if _FIGURE.fullmatch(words):
            found.add("figure")
    if _NUMERAL.fullmatch(words):
        found.add("numeral")
    if _CONTACT.fullmatch(words):
        found.add("contact")
    if found:
        return frozenset(found)
    if len(words) <= _LONGEST_TIME and TIME_SIGN.search(words) and (is_time(words) or _says_when(words)):
        return frozenset(("time",))
    if _is_person(words) and not is_certain_body(words) and not any(map(FIELD.fullmatch, _MARKS.split(words))):
        return frozenset(("person",))
    if of_bodies(words):
        if not _has_certain(words):
            return frozenset(("maybe", "text"))
        # 县卫健委 can be nothing else; 建设乡镇卫生院 may be a task
        return frozenset(("bodies",)) if LEVEL.match(words) or is_collective(words) else frozenset(("bodies", "text"))
    if _is_list(words):
        return frozenset(("list", "text"))
    return frozenset(("text",))


def _is_person(words: str) -> bool:
    """Whether a piece names persons, or a post: 张三、李小四 · 孙立军（项目经理） · 分管副市长."""
    if words.endswith(("）", ")")):
        words = _POST_BEHIND.sub("", words)
    post = len(words) <= _LONGEST_POST and POST.search(words) is not None and not ends_as_body(words)
    return post or _PERSONS.fullmatch(words) is not None


def _says_when(words: str) -> bool:
    """Whether a short piece is about a time, though more than one: 2018年6月出台方案."""
    match = TIME.search(words)
    return match is not None and match.start() < 6 and len(words) <= 24 and not _PROSE.search(words)


def of_bodies(words: str) -> bool:
    """Whether a piece is a list of bodies, of which some may have names that no word tells."""
    if len(words) > _LONGEST_CELL or len(words) < 2 or "。" in words[:-1]:
        return False
    names = split(words).names
    if not names:
        return False
    look = sum(1 for name in names if len(name.name) <= _LONGEST_NAME and _is_body(name.name))
    does = _DOES.match(names[0].name) and not _BUREAU.fullmatch(names[0].name)
    return look >= _LEAST_SHARE * len(names) and not does


def _has_certain(words: str) -> bool:
    return any(is_certain_body(name.name) or FIELD.fullmatch(name.name) for name in split(words).names)


def _is_body(name: str) -> bool:
    return (
        is_certain_body(name)
        or is_collective(name)
        or FIELD.fullmatch(name) is not None
        or (looks_like_body(name) and not _DOES.match(name) and not _IN_PROSE.search(name))
    )


def _is_list(words: str) -> bool:
    """Whether a piece has the shape of a list of short names: 公安、财政、武警."""
    if len(words) > 80 or not _LISTED.fullmatch(words) or _DOES.search(words):
        return False
    parts = [part for part in _MARKS.split(words) if part]
    return len(parts) >= 3 and max(map(len, parts)) <= 6
