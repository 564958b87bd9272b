"""Brackets behind a body that are no part of its name.

1. Who answers there: 县住建局（马建军）, 县住建局（局长 马建军）; `Asides.persons` are the places of the names.  A family name tells a
   person, or a post beside him.
2. For which part the body bears: 县教育局（第1、2项措施）, 县教育局（负责师资）.  A word of role before the part gives the role:
   县财政局（牵头第3项） is 县财政局（牵头）.
3. How the body is reached or called: （联系电话：6622018）, （以下简称县住建局）.

Such a bracket becomes a mark and blanks, so that a list is cut behind it and every place stays.  Any other bracket stays
with its name; `is_of_name` says whether it can be part of one.

>>> found = asides("县住建局（局长马建军）、县教育局（第1、2项措施）")
>>> found.text, ["县住建局（局长马建军）"[slice(*name)] for name in found.persons]
('县住建局、      、县教育局、        ', ['马建军'])

Left to others: marks of role and times in brackets, other bodies in them (`loaders.phrases.bearers`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from graph.model import Span
from loaders.lexicon.bodies import FIELD, ends_as_body, is_collective, looks_like_body
from loaders.lexicon.roles import (
    DOES,
    DOES_WORDS,
    RESPONSIBLE,
    RESPONSIBLE_IN_PROSE,
    WORDS,
    begins_with_role_word,
    mark_role,
    role_of,
)
from loaders.lexicon.vocabulary import any_of, load_yaml, role_labels
from loaders.times.places import TIME

_KNOWN = load_yaml("persons")
_BRACKET = re.compile(
    r"""
    [(（〔\[【] (?P<words>
        (?: [^()（）〔〕\[\]【】] | [(（] [^()（）〔〕\[\]【】]{1,12} [)）] ){1,60}  # （第（1）项）: one bracket within
    ) [)）〕\]】]
    """,
    re.VERBOSE,
)
_ENDS_NAME = re.compile(r"$|[、，,；;。\s(（〔\[【)）省市县区州镇乡各等和及与]|以及|会同|分别|共同|联合|具体|按")
_MARKS = re.compile(r"[、，,；;]|\s{2,}")
# what stands before the body that a bracket stands behind
_BEFORE = "、，,；;。\n\t "
_LONGEST_NAME = 36
_POSTS = any_of((*_KNOWN["ends_of_posts"], *_KNOWN["kinds"], "同志", "责任人"))
# of 上官, 诸葛 and 司马 the first sign is no name of its own: 上半年
_ONE_SIGN = re.sub("[上诸司]", "", _KNOWN["surnames"] + _KNOWN["rarer_surnames"])
_FAMILY = rf"(?:{any_of(_KNOWN['double_surnames'])}|[{_ONE_SIGN}])"
_NUMBER = r"(?:[ \t:：]*(?:联系|办公)?(?:电话|手机)?[:：]?[ ]?[\d\-—]{7,13})?"
# 马建军 · 局长马建军 · 责任人：马 建 · 马建军局长 · 马建军 6622018
_PERSON = re.compile(
    rf"""
    \s* (?: (?P<post> [\u4e00-\u9fff、]{{0,16}}? (?:{_POSTS}) ) [ \t]* [:：]? [ \t]* )?
    (?: [\u4e00-\u9fff]{{2,14}} [股科室队站所部处委局办组] [ \t:：]+ )?                # 市政股 马建军
    (?P<name>
        {_FAMILY} [ ]{{0,2}} [\u4e00-\u9fff] (?: [ ]? [\u4e00-\u9fff] )?
      | (?(post) [\u4e00-\u9fff]{{2,3}} | (?!) )                                    # behind a post any name
    )
    (?: 等 [\d一二三四五]* [人名位]? )?
    (?: [ \t]* (?P<behind> [\u4e00-\u9fff]{{0,8}} (?:{_POSTS}) ) )? {_NUMBER} \s*
    """,
    re.VERBOSE,
)
_POST_ALONE = re.compile(rf"[\u4e00-\u9fff]{{0,14}}(?:{_POSTS})")
_NO_PERSON = frozenset((*_KNOWN["no_persons"], *DOES_WORDS, *(word for words in WORDS.values() for word in words)))
# 王家湾, 张庄: a place of a village
_PLACE = re.compile(r"[湾屯庄沟坝坪岭坡寨洼峪崖畈垸圩埠滩桥路街巷弄]$")
_CONTACT = re.compile(
    r"(?:联系|办公|监督|值班)?(?:电话|人|方式|手机|邮箱)[:：]?.*[\d@].*|(?:联系人|联络员|联系电话)[:：]?.*|[\d\-—\s]{7,15}"
)
_CALLED = re.compile(r"以下[简统]?称|[简下统]称|下同$")
# a figure or several: 1 · 第一、二 · 1-3 · （1）至（3） · ①②
_FIGURES = r"(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）]?|[①-⒇㈠-㈩])"
_SEVERAL = rf"{_FIGURES}(?:[条项款点个号]?(?:[、，,和及与至到\-—–~～－]{{0,2}})(?:第|措施|问题)?{_FIGURES}){{0,12}}"
_WHAT = r"(?:整改)?(?:措施|问题|任务|事项|内容|工作|目标|举措|隐患|点位|清单|部分|方面)"
_PART = re.compile(
    rf"""
    (?: {RESPONSIBLE} | 对应 | 涉及 | 针对 | 整改 )?
    (?: (?:{_WHAT}|序号|编号)? 第? {_SEVERAL} (?: [条项款点个类号家处批小]{{1,2}} )? (?:的)? (?:{_WHAT})?  # 第1、2项措施 · 措施一
      | [\u4e00-\u9fff]{{0,6}} \d [\d,.，]* (?: [余多]? [万亿千百]? (?:元|吨|亩|米|平方米|公里) | [余多]? [个家处户人所条件起宗栋台套名辆座间%％] )  # 欠缴412万元
      | (?: 前 | 后 | 其余 | 其他 | 其它 | 以上 | 上述 ) [\d一二两三四五六七八九十]{{0,2}} [条项款点个]? (?:{_WHAT})?  # 前两项
      | [\u4e00-\u9fff“”"、和及与]{{2,16}} (?: 方面 | 部分 | 环节 | 领域 | 事项 | 问题 | 工作 | 任务 | 内容 | 措施 | 范围内? | 路段 | 河段 | 辖区内 | 区域内 )
    )
    """,
    re.VERBOSE,
)
# （负责第1项） · （主要负责做好师资保障） · （落实经费）: what the body does
_DOING = re.compile(
    rf"(?:主要|具体|分别|共同)?(?:{any_of((*RESPONSIBLE_IN_PROSE, '分管', '主管'))})(?=.{{2}})(?!人|同志).+"
)
# how a bracket begins, or what it says, that explains a name and assigns nothing: （以下简称…） · （第3条） ; not （市财政局牵头）
EXPLAINS = re.compile(
    r"""
    ^ (?: 以下 | 含 | 包括 | 包含 | 即 | 如 | 指 | 详见 | 见 | 注 | 原 | 不含 | 试行 | 其中 | 或 | 下同 | 附 | 例如 | 简称 | 第
        | \d+ (?: 分 | % | ％ | 年 | 月 | 日 | 号 | 元 | 万 | 条 | 款 | 项 | 人 | 名 )  # 5分 · 2017年 · 30万元
      )
  | 另行 | 参照 | 应当 | 不得 | 可以 | [设挂]在 | 电话 | 统称  # anywhere: 时间另行通知 · 办公室设在市司法局
    """,
    re.VERBOSE,
)
# （资金保障）
_PURPOSE = re.compile(rf"[^()（）]{{2,8}}(?:{DOES})")
_ROLES_AHEAD = {
    role: re.compile(rf"(?:{any_of(WORDS[role])})(?:单位|部门)?[:：]?")
    for role in ("lead", "cooperating", "supervising")
}
# what may stand in a bracket that belongs to a collective: 各镇（含园区）, 各镇（开发区除外）
_INCLUDES = re.compile(r"^(?:含|不含|包括|除)|[除在]外$|其中")
_PLATE = re.compile(r"(?:牌子|党组|党委|集团|控股|筹|代管|试行)$|^[设挂]在|合署")


class Asides(NamedTuple):
    """The words of a list in which such brackets are blank, every place as before, and where they name persons."""

    text: str
    persons: tuple[Span, ...] = ()


def asides(text: str) -> Asides:
    """The words of a list without the brackets that are no part of a name."""
    parts: list[str] = []
    named: list[Span] = []
    at = 0
    for bracket in _BRACKET.finditer(text):
        start, end = bracket.span()
        behind = at > 0 and not text[at:start].strip()
        if not _ENDS_NAME.match(text, end) and not begins_with_role_word(text, end):
            continue  # 各区县（自治县，以下简称区县）|政府
        if not (behind or _stands_behind_body(text, max(at, start - _LONGEST_NAME), start)):
            continue
        said = _said(bracket["words"])
        if said is None:
            continue
        mark, persons = said
        named += [(bracket.start("words") + first, bracket.start("words") + last) for first, last in persons]
        parts += [text[at:start], mark, "、", " " * (end - start - len(mark) - 1)]
        at = end
    return Asides("".join([*parts, text[at:]]), tuple(named)) if parts else Asides(text)


def _stands_behind_body(text: str, low: int, at: int) -> bool:
    """Whether what stands before a bracket ends as a body: 县住建局, 县住建局牵头."""
    words = text[low:at].rstrip()
    first = max(words.rfind(sign) for sign in _BEFORE) + 1
    name = role_of(words[first:])[0] or words[first:]
    return looks_like_body(name) or FIELD.fullmatch(name) is not None


@lru_cache(maxsize=4096)
def _said(words: str) -> tuple[str, tuple[Span, ...]] | None:
    """What a bracket says that is no part of a name: the mark of a role that it gives, and the persons; None for any other."""
    if TIME.search(words):
        return None
    if persons := _persons(words):
        return "", persons
    if _CONTACT.fullmatch(words) or _CALLED.search(words) or _POST_ALONE.fullmatch(words):
        return "", ()
    for role, ahead in _ROLES_AHEAD.items():
        if (word := ahead.match(words)) and (_is_part(words[word.end() :]) or _does(words[word.end() :])):
            return f"（{WORDS[role][0]}）", ()
    for_what = _PURPOSE.fullmatch(words) and mark_role(words) is None and not ends_as_body(role_of(words)[0])
    return ("", ()) if for_what or _is_part(words) or _does(words) else None


def _does(words: str) -> bool:
    """Whether words say what a body does: 负责师资, 落实经费保障; not 组织部."""
    begins = _DOES_FIRST.match(words) is not None and mark_role(words) is None and not ends_as_body(words)
    return begins or _DOING.fullmatch(words) is not None or _BY_DUTY.fullmatch(words) is not None


_BY_DUTY = re.compile(r"(?:按照?|根据|依据|结合)[^，,。；;]{2,14}(?:职责|职能|分工|权限|原则)")  # 按行业管理职责
_DOES_FIRST = re.compile(rf"(?:{DOES}).{{2}}")


def _is_part(words: str) -> bool:
    whole = words[:1].isdecimal() or not ends_as_body(words)  # 3处
    return _PART.fullmatch(words) is not None and whole and words not in role_labels()


def _persons(words: str) -> tuple[Span, ...]:
    """The places of the names, if a bracket holds nothing but persons with their posts and numbers."""
    found: list[Span] = []
    for first, last in _pieces(words):
        part = words[first:last]
        person = _PERSON.fullmatch(part)
        if person and _is_person(person):
            found.append((first + person.start("name"), first + person.end("name")))
        elif not (_POST_ALONE.fullmatch(part) or _CONTACT.fullmatch(part)):
            return ()
    return tuple(found)


def _is_person(person: re.Match[str]) -> bool:
    name = person["name"]
    if person["post"] or person["behind"]:
        return name not in _NO_PERSON
    return not (
        name in _NO_PERSON
        or name.endswith(_NO_END)
        or ends_as_body(name)
        or FIELD.fullmatch(name)
        or _PLACE.search(name)
    )


_NO_END = tuple(_KNOWN["posts"])


def _pieces(words: str) -> Iterator[Span]:
    at = 0
    for mark in _MARKS.finditer(words):
        if words[at : mark.start()].strip():
            yield at, mark.start()
        at = mark.end()
    if words[at:].strip():
        yield at, len(words)


def is_of_name(words: str, name: str) -> bool:
    """Whether what stands in a bracket behind ``name`` can be part of that body's name: 市纪委|（市监委）, 各县|（市、区）.

    >>> [is_of_name(*pair) for pair in (("市监委", "市纪委"), ("含园区", "各镇"), ("城区", "县教育局"), ("初中", "县教育局"))]
    [True, True, True, False]
    """
    if is_collective(name) and _INCLUDES.search(words):
        return True
    last = _MARKS.split(words)[-1]
    return (
        ends_as_body(last)
        or is_collective(last)
        or FIELD.fullmatch(last) is not None
        or _PLATE.search(words) is not None
    )
