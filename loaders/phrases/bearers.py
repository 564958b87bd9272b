"""The bearers of a clause: its names, separated, each with the role that the words of the clause give it.

1. `split` cuts the content of a clause at 、，；, never inside a bracket that belongs to a name (市纪委(市监察局)) and never
   inside a collective whose parts share a head (市、县两级政府; 各市、县（区）人民政府).
2. A role word applies to the names before it (市发改委牵头，市财政局配合); words that only describe how a unit bears its duty are
   dropped (按职责分工分别负责).  等有关部门 marks the list as open and adds the collective 有关部门; 等 and 等部门 only mark it
   as open.
3. A bracket behind a name that is no part of it (县住建局（马建军）, 县教育局（第1项措施）) is read by `loaders.phrases.asides`; its persons,
   and those behind a post (副市长张明), are `Bearers.persons`.

>>> [n.name for n in split("市工商局、人民银行娄底市中心支行等有关部门,各县市区政府按职责分工分别负责").names]
['市工商局', '人民银行娄底市中心支行', '有关部门', '各县市区政府']

Left to others: which clause gives which role (`loaders.duties.labels`), which body a name stands for (`loaders.facts.unit_identity`), units that a body only
mentions (`loaders.facts.mentions`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from graph.model import Span
from graph.names import fold
from loaders.lexicon.bodies import (
    BARE_HEAD,
    ends_as_body,
    is_certain_body,
    is_collective,
    looks_like_body,
)
from loaders.lexicon.places import LEVEL
from loaders.lexicon.roles import DOES, NO_OBJECT, ends_with_role_word, mark_role, role_of
from loaders.phrases.asides import EXPLAINS, asides
from loaders.phrases.joined import NUMBERED, bodies_in
from loaders.phrases.no_names import is_no_name
from loaders.phrases.persons import person_behind_post
from loaders.times.places import is_time, without_time

# one name, or a collective whose parts share their head: 市、县两级政府 ; 各市、县（区）人民政府 ; 各区、县级市
_KIND = r"(?:自治[区州县旗]|县级市|市辖区|直辖市|[省市县区州盟旗镇乡])"
SHARED_HEAD = rf"""
    (?:各|有关|相关)? (?: {_KIND} (?: [(（〔「『] [^()（）〔〕「」『』]{{1,8}} [)）〕」』] )? 、 )+ {_KIND}
        (?= [(（〔「『、，] | 人民 | 政府 | 党 | 两 | 三 | [有相]关 | 管 | 乡 | 镇 | 街 | [负配参协落按] | $ )
  | (?: [市县区州]直 (?:机关|单位)? [和及与] )? (?: 中央 | 中 | 国家 | 省 ) (?: [、和]? [省市州] ){{0,2}} 驻  # 中央、省、市驻县有关单位
  | (?: 各 | 省、 )? [市州盟]、[县区旗] (?: [(（〔] [^()（）〔〕]{{1,8}} [)）〕] )?  # 市、县（区）农业农村部门
        (?= [\u4e00-\u9fff]{{2,8}} (?:部门|机构) )
    """
# a run of characters with which no shared head begins is taken at once
NAME = re.compile(
    rf"""
    (?: [^、，,；;。/／()（）〔〕\[\]【】「」『』各有相自中国县市省区州盟旗镇乡]+
      | {SHARED_HEAD}
      | [^、，,；;。/／()（）〔〕\[\]【】「」『』]
      | [(（〔\[【「『] [^()（）〔〕\[\]【】「」『』]* [)）〕\]】」』]  # 市纪委(市监察局): a bracket belongs to its name
    )+
    """,
    re.VERBOSE,
)
PLAIN_NAME = re.compile(r"[^、，,；;。/／]+")
# a shared head has a level right before its first 、: looked for first, because most lists have none
_NEEDS_CARE = re.compile(r"[(（〔\[【「『]")
_LEVEL_BEFORE_MARK = re.compile(r"[省市县区州盟旗镇乡]、")
_SHARED_HEAD = re.compile(SHARED_HEAD, re.VERBOSE)
# what may stand before the first body of a piece; behind 会同 and 商 stands who cooperates: 会同市财政局 ; not 商务厅
LEAD_IN = re.compile(
    r"""
    并? 由 | 以 (?= [省市县区州各] )                                                # 以|市财政局为主
  | 责任 (?:具体)? (?: 落实 | 明确 | 压实 | 分解 ) [到给] (?= [省市县区州镇乡各国] )  # 责任落实到|市财政局
  | 并? (?P<with> 会同 | 会商 | 商 (?= [省市县区州国各] ) )
  | 联合 (?= [省市县区州各] )
  | 以及
  | [及和] (?= [省市县区州各] )
    """,
    re.VERBOSE,
)
# 市发改委牵头|市财政局配合 · 市发改委（牵头）|市财政局 : a mark was lost behind a role word
INNER_ROLE = re.compile(rf"(?:{NO_OBJECT})[）)]?(?=\s*(?:会同|由)?[省市县区州各](?![场级别])[^、，,；;]{{2}})")
# an open list: 等有关部门 (a bearer more), 等市直有关部门和各县区政府 (two more) ; 等部门, 等 (only open)
OPEN = re.compile(
    r"""
    等
    (?: (?P<related>
            (?: (?: [省市县区州][直级]? | 国务院 | 中央 | 国家 )? 各? (?:有关|相关)  # 等有关部门 · 等市直有关部门 · 等国务院相关部门
              | [省市县区州][直级] 各?                                        # 等市直各部门
            )
            (?: 部门和单位 | 单位和部门 | 部门、单位 | 部门 | 单位 | 成员单位 | 机构 | 企业 | 方面 )
          | (?:行业|行政|业务) 主管部门                                       # 等行业主管部门
        )
        (?: (?: 及 | 和 | 以及 | 与 ) (?P<more> [省市县区州各].+ ) )?         # 等市直有关部门和|各县区政府
      | (?P<each> 各.{2,}? )                                                  # 等|各成员单位
      | 各? (?: [多几\d]+个 )? (?: 部门和单位 | 单位和部门 | 部门、单位 | 部委 | 部门 | 单位 | 机构 )  # 等部门 · 等10个部门
        (?: (?: 及 | 和 | 以及 | 与 ) (?P<rest> .{2,} ) )?                    # 等部门及|各镇
      | [在驻] [\u4e00-\u9fff]{1,2} (?:单位|部门)                             # 等驻市单位
      | [具负]? 有 [^、，,]{2,12} 的 (?:单位|部门)                            # 等负有监管职责的部门
      | [\u4e00-\u9fff]{1,4} (?: 媒体 | 高校 | 院校 | 企业 | 机构 | 运营商 )  # 等新闻媒体
    )? $
    """,
    re.VERBOSE,
)
# 市残联等单位及各镇 (the list goes on behind the open one) ; 青川大学等科研院所和高校 (a kind of bodies, only open)
OPEN_AMONG = re.compile(
    r"""
    (?<=[局委办厅部院会联行司校学站队所处心]) 等
    (?: (?:有关|相关)? (?: 部门和单位 | 部门 | 单位 ) (?: 及 | 和 | 以及 | 与 ) (?P<more> [省市县区州各].+ )  # 市残联等单位及|各镇
      | [^省市县区州各有相、，]{2,10}  # 青川大学等科研院所和高校 ; not 市残联等市直单位
    ) $
    """,
    re.VERBOSE,
)


class Name(NamedTuple):
    """A bearer as written. ``span`` is its place in the words that were split; ``role`` is set if they give one."""

    name: str
    span: Span
    role: str | None = None
    open_list: bool = False


class Bearers(NamedTuple):
    """The bearers of one clause in order. A name's ``open_list``: its list says that there are others (等).

    ``dropped`` stands among them and can be no name: a label, a figure, an address.  ``persons`` stand behind them or a post.
    """

    names: tuple[Name, ...]
    dropped: tuple[Name, ...] = ()
    persons: tuple[Name, ...] = ()

    @property
    def all_said(self) -> tuple[Name, ...]:
        """The names with what was dropped."""
        return tuple(sorted((*self.names, *self.dropped), key=lambda name: name.span)) if self.dropped else self.names

    @property
    def in_order(self) -> tuple[Name, ...]:
        """The names and the persons, as they stand in the text."""
        return tuple(sorted((*self.names, *self.persons), key=lambda name: name.span)) if self.persons else self.names

    @property
    def open_list(self) -> bool:
        """Whether any list of the clause is open."""
        return any(name.open_list for name in self.names)


# a list longer than this is not kept
_LONGEST_KEPT = 400
# longer than any name that is no body's, and the number of the next item behind a body
_NO_NAME = 24
_STRONG, _COMMA = re.compile(r"[；;]"), re.compile(r"[，,]")
_NUMBER_END = re.compile(r"(?<=[局委办厅部院会府心])[一二三四五六七八九十]{1,3}$")


def split(words: str) -> Bearers:
    """The bearers in the content of a clause, each with its place in ``words``."""
    return _split(words) if len(words) <= _LONGEST_KEPT else _split.__wrapped__(words)


@lru_cache(maxsize=8192)
def _split(written: str) -> Bearers:
    """`split`, kept: several rules look at one list, and one list stands in item after item."""
    text, named = asides(written) if _NEEDS_CARE.search(written) else (written, ())
    care = _NEEDS_CARE.search(text) or (_LEVEL_BEFORE_MARK.search(text) and _SHARED_HEAD.search(text))
    several = "；" in text or ";" in text
    names: list[Name] = []
    waiting = behind_comma = (
        0  # names from here on take the next role word; from there on those behind the last comma stand
    )
    open_list = False
    at = 0
    joining = None  # the role of what 会同 adds, up to the next role word
    bounds, marked = [0], set[int]()  # where a strong mark stands among the names; those with a mark of their own
    for first, last in _between_marks(text, NAME if care else PLAIN_NAME):
        found, role, opened, prose = _piece(text[first:last])
        if prose:
            # a sentence: the line break before the next item was lost, its number (十五、) stands behind the last body
            if names and (number := _NUMBER_END.search(names[-1].name)) and names[-1].span[1] + 1 == first:
                cut = names[-1]
                names[-1] = cut._replace(
                    name=cut.name[: number.start()], span=(cut.span[0], cut.span[0] + number.start())
                )
            break
        if several and _STRONG.search(
            text, at, first
        ):  # 市教育局；市卫健委、团市委配合: the word reaches back to the mark
            _close(names, waiting, None, open_list)
            waiting, open_list, joining = len(names), False, None
            bounds.append(len(names))
        if _COMMA.search(text, at, first):
            behind_comma = len(names)
        at = last
        for name, at_, given in found:
            own = given and given.startswith("marked-")  # of another body in a bracket: it says nothing of the next one
            names.append(
                Name(
                    name,
                    (first + at_, first + at_ + len(name)),
                    (given or joining or "").removeprefix("marked-") or None,
                )
            )
            joining = joining if own else given or joining
        open_list |= opened
        if role and role.startswith("marked-"):
            if len(names) > waiting and role != "marked-manner":
                names[-1] = names[-1]._replace(role=role.removeprefix("marked-"))
                marked.add(len(names) - 1)
        elif role:
            # 市教育局、市财政局，各县区配合: who bears stands before the comma, unless an earlier word says who
            start = behind_comma if role == "cooperating" and not waiting else waiting
            _close(names, start, None if role == "manner" else role, open_list)
            waiting, open_list, joining = len(names), False, None
    _close(names, waiting, None, open_list)
    if len(bounds) > 1 and marked:
        _mark_groups(names, [*bounds, len(names)], marked)
    whole = _whole(text, names)
    dropped = tuple(name for name in whole if is_no_name(name.name))
    posted = ((n, person_behind_post(n.name)) for n in whole)
    titled = {n: (n.span[0] + own[0], n.span[0] + own[1]) for n, own in posted if own}
    persons = tuple(Name(written[slice(*span)], span, "leader") for span in sorted((*named, *titled.values())))
    return Bearers(tuple(n for n in whole if n not in dropped and n not in titled), dropped, persons)


def _mark_groups(names: list[Name], bounds: list[int], marked: set[int]) -> None:
    """Let the mark at the end of each group hold for all of it: 市水利局（牵头）；市气象局、市自然资源局（配合）."""
    groups = [range(first, last) for first, last in pairwise(bounds) if first < last]
    if all(marked.intersection(group) == {group[-1]} for group in groups):
        for group in groups:
            names[group[0] : group[-1]] = [names[n]._replace(role=names[group[-1]].role) for n in group[:-1]]


def _between_marks(text: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    """The pieces of a list between its marks; 市发改委牵头市财政局配合 has lost one."""
    cut = INNER_ROLE.search(text) is not None
    for match in pattern.finditer(text):
        first = match.start()
        for lost in INNER_ROLE.finditer(text, *match.span()) if cut else ():
            yield first, lost.end()
            first = lost.end()
        yield first, match.end()


def _close(names: list[Name], start: int, role: str | None, open_list: bool) -> None:
    """Give the names from ``start`` on the role that a word says of them, and tell whether their list is open."""
    if role or open_list:
        names[start:] = [Name(n.name, n.span, n.role or role, n.open_list or open_list) for n in names[start:]]


@lru_cache(maxsize=65536)
def _piece(words: str) -> tuple[tuple[tuple[str, int, str | None], ...], str | None, bool, bool]:
    """One piece between two marks: its names with their places in it, what its role word says, whether 等 opens the list,
    and whether it is prose: longer than any name that is no body's.  Kept: one body stands in list after list.
    """
    first = len(words) - len(words.lstrip())
    name = ADDRESS.sub("", words.strip())
    if name and (name[0] in _ODD or name[-1] in _ODD):
        name = name.strip(_ODD)  # #市财政局#
    if (inside := _WRAPPED.fullmatch(name)) and mark_role(inside["words"]) is None:
        start = words.index(name) + inside.start("words")
        listed = split(inside["words"]).names
        return tuple((one.name, start + one.span[0], one.role) for one in listed), None, False, False
    if name.endswith(_BRACKETS_END) and not _OPENED.search(name):
        name = name.rstrip("".join(_BRACKETS_END))
    lead_in = LEAD_IN.match(name) if len(name) > 3 else None
    others = _others(name) if name.endswith(_ROUND_END) else None
    name = name[: others[0].start()].rstrip() if others else name
    name, role = role_of(without_time(NUMBERED.sub("", name[lead_in.end() :] if lead_in else name)))
    if name and (name[0] in _STARS or name[-1] in _STARS):
        name, role = name.strip(_STARS), "marked-lead"
    first += words[first:].find(name) if name else 0
    opened = (OPEN.search(name) or OPEN_AMONG.search(name)) if "等" in name else None
    if opened:
        name = name[: opened.start()].rstrip()
    names = bodies_in(name, first) if fold(name) and name not in NOBODY and not is_time(name) else []
    if opened and opened.re is OPEN_AMONG:
        if opened["more"]:
            names += bodies_in(opened["more"], first + opened.start("more"))
    elif opened and opened["rest"]:
        names += bodies_in(opened["rest"], first + opened.start("rest"))
    elif opened and opened["each"]:
        names += bodies_in(opened["each"], first + opened.start("each"))
    elif opened and opened["related"]:
        names.append((opened["related"], first + opened.start("related"), None))
        if opened["more"]:
            names += bodies_in(opened["more"], first + opened.start("more"))
    if others and names:
        at = words.index(others[0][0]) + others[0].start("words") - others[0].start()
        names += [(other.name, at + other.span[0], f"marked-{other.role}") for other in others[1]]
    if lead_in and lead_in["with"]:
        names = [(body, at, given or "cooperating") for body, at, given in names]
    prose = any(len(name) > _NO_NAME and not ends_as_body(name) for name, _, _ in names)
    return tuple(names), role, opened is not None, prose


def _others(name: str) -> tuple[re.Match[str], tuple[Name, ...]] | None:
    """The bodies of a bracket behind a body that say their own role: 市司法局（市督查室督办）; not （资金保障）."""
    found = BY_ANOTHER.search(name)
    if found is None or not is_certain_body(name[: found.start()].rstrip()):
        return None
    names = split(found["words"]).names
    return (found, names) if names and all(n.role and _is_another(n.name) for n in names) else None


def _is_another(name: str) -> bool:
    """Whether a name in a bracket is that of another body: 市督查室, 县纪委 ; not 办公室, the body's own."""
    told = LEVEL.match(name) is not None and looks_like_body(name)
    return (told or is_certain_body(name)) and BARE_HEAD.fullmatch(name) is None


def _whole(text: str, names: list[Name]) -> list[Name]:
    """The names with what was cut in a collective put together (各产业、招商主管部门), a name said twice only once."""
    seen: set[tuple[str, str | None]] = set()
    made: list[Name] = []
    last = ""
    for name in names:
        words, _, role, _ = name
        if (words, role) in seen:
            continue
        seen.add((words, role))
        # 各县（市、区）党委、政府 ; 各产业、招商主管部门: one collective
        if (last.endswith(_PARTY) and PARTY_END.search(last) and GOVERNMENT.fullmatch(words)) or (
            last.startswith("各")
            and words.endswith(_BROKEN_END)
            and not is_collective(words)
            and not ends_as_body(last)
        ):
            span = made[-1].span[0], name.span[1]
            made[-1] = name._replace(name=text[slice(*span)], span=span)
        else:
            made.append(name)
        last = made[-1].name
    return made


# 各乡镇党委、政府 · 各镇（街道）党（工）委、政府（办事处） · 各县（市）委、政府
PARTY_END = re.compile(
    r"(?<!各)党(?:[(（]工[)）])?委$|党委[(（]党?工委[)）]$|各级党委$|各党委$|^各[^、]*[)）县市区州旗]委$"
)
_PARTY = ("委", "委)", "委）")
GOVERNMENT = re.compile(r"(?:人民)?政府(?:[(（][^()（）]{2,10}[)）])?|办事处|管委会")
# a piece that is a list of its own: 市司法局、【市教育局；市民政局】
_WRAPPED = re.compile(r"[(（〔\[【「『](?P<words>[^()（）〔〕\[\]【】「」『』]*)[)）〕\]】」』]")
_OPENED = re.compile(r"[(（〔\[【〖「『《<{]")
_BRACKETS_END = (")", "）", "〕", "】", "〗", "」", "』", "》", ">", "}", "﹞", "﹚")
_ROUND_END = (")", "）")
_ODD = '#※"—｜|~^='
_STARS = "*＊★☆▲△"
_BROKEN_END = ("部门", "单位")
# 市政府办 http://www.…: where something is to be found names nobody
ADDRESS = re.compile(r"\s*(?:网址|网站)?[:：]?\s*(?:https?[:：]|www\.)\S*$")
# what stands where a bearer would and names none
NOBODY = frozenset(("无", "/", "／", "-", "—", "待定", "同上", "同前"))
# 市司法局（市督查室督办）: another body stands in the bracket, with its word of role
BY_ANOTHER = re.compile(rf"[(（](?P<words>[^()（）]{{3,40}}(?:{DOES}))[)）]$")
# 协调有关部门, 指导各镇政府: what a body does with others is no body ; not 组织部, 协调办公室
VERB_AHEAD = re.compile(
    rf"(?:积极|主动|及时|依法)?(?:{DOES})(?:[省市县区镇乡州各](?![直场])|有关|相关|所属|辖区|下属|社会|企业|群众)"
)
# a list may end with any of a kind, and with a short name that no word tells: 市委宣传部、青川日报社、青川新闻网
_ENDS_WITH_BEARER = re.compile(r"(?:^|[、，,；;])(?:各|有关|相关)[^、，,；;]{1,12}$|、[^、，,；;。等（(\d]{3,6}$")
# an office within the body that speaks: 建设管理科, 财务审计科
_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,12}(?:科|处室|[大中]队|站|所)")
_LONGEST_NAME, _LONGEST_FIELD = 36, 4


def only_bearers(words: str) -> bool:
    """Whether the words of a bracket are an assignment: bodies with a role word after them, or only bodies."""
    if len(words) < 2:
        return False
    by_word = ends_with_role_word(words)
    if not (by_word or ends_as_body(words) or OPEN.search(words) or _ENDS_WITH_BEARER.search(words)):
        return False
    said = split(words)
    names = said.all_said
    if not names:
        return by_word and bool(said.persons)
    if not all(_may_bear(n.name) for n in names):
        return False
    bodies = [stands_for_body(n, by_word) for n in names]
    # of a longer list one in three may have a name that no word tells: 区住建局、青川孵化器、区国资局、各街道
    told_apart = all(bodies) or (len(names) > 3 and 3 * bodies.count(False) <= len(names) and bodies[0])
    sure = any(is_certain_body(n.name) for n in names)
    of_level = by_word and any(LEVEL.match(n.name) or n.name.startswith("各") for n in names)
    offices = by_word and all(_OFFICE.fullmatch(n.name) for n in names)
    return (sure and (by_word or told_apart)) or ((of_level or offices) and all(bodies))


@lru_cache(maxsize=65536)
def _may_bear(name: str) -> bool:
    """Whether a name is none that explains another one, no label and no sentence; kept: one body stands in list after list."""
    if len(name) > _LONGEST_NAME or ":" in name or "：" in name:  # 设计单位：市规划院
        return False
    return not EXPLAINS.search(name) and not VERB_AHEAD.match(name)


def stands_for_body(name: Name, by_word: bool) -> bool:
    """Whether a name has the form of a body's, or is a field in an open list with a role word: 公安、民政等部门配合."""
    return looks_like_body(name.name) or (by_word and name.open_list and len(name.name) <= _LONGEST_FIELD)
