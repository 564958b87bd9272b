"""Mentions: bodies that the text of an item demands something of, and that its unit lines neither name nor cover.

1. A subject is a body at the start of a comma clause with a demand directly after it (监察部门要…, 县级政府每年1月底前…), a bare
   demand (市县两级政府全面建立…), or an agent (由决策机关引入…).  Persons (领导干部) are no bodies.
2. A body is covered if a line names it, by name or field (法制部门 by 市政府法制办), or if a collective on the lines includes
   it: 各有关部门 includes departments, 各县市区政府 bodies at 县级, both together organs of any level, 市县两级政府 both levels;
   none of them includes party bodies or schools.

>>> text = "监察部门要将处理结果及时通报。领导干部要系统学习。"
>>> [s.name for s in subjects(text, (0, len(text)), scan(text))]
['监察部门']

Left to others: the content of a demand (`loaders.facts.tasks`).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from graph.model import Span
from graph.names import fold
from loaders.lexicon.bodies import ends_as_body, is_certain_body
from loaders.lexicon.roles import HEAD, IN_PROSE, ROLE_OF_WORD
from loaders.lexicon.scan import Tokens, scan, tokens_within
from loaders.lexicon.times import END_OF_MONTH, MONTH
from loaders.lexicon.vocabulary import any_of
from loaders.phrases.bearers import split
from loaders.phrases.sentences import clause
from loaders.rule import Rule, gives

__all__ = ["MentionMatch", "covered", "scan", "subjects"]

_HEAD = "(?:政府办公室|政府办|政府|局|办公室|部门|机关|机构|党委|党组|党组织|党校|学院|委员会|领导班子|法院|检察院|管委会|单位)"
_BODY = rf"(?:市、[县区]两级[\u4e00-\u9fff]{{0,4}}?|[\u4e00-\u9fff]{{0,9}}?){_HEAD}"
# what may still belong to the name: 及其部门, 及其部门党组(党委), 及所属部门, 的党组织
_MORE = rf"(?:及(?:其|所属)(?:[\u4e00-\u9fff]{{0,2}})?{_HEAD}(?:党组)?(?:\(党委\)|（党委）)?|的{_HEAD}|{_HEAD}){{0,2}}"
SUBJECT = re.compile(
    rf"""
    (?P<by>由)?
    (?P<names> {_BODY}{_MORE} (?: (?: 、 | 和 | 或者 | 以及 ) {_BODY}{_MORE} ){{0,4}} )  # 监察部门 · 市、县两级政府和各部门
    (?:等)?
    (?: (?:及其|和) [\u4e00-\u9fff]{{2,6}}? )?                                 # 及其执法人员, 和领导干部: persons, dropped
    (?P<demand>
        (?: 都 | 均 | 每年 (?: {MONTH}{END_OF_MONTH} )? )?                           # 均应当 · 每年1月底前要
        (?: 要(?!求|点) | 应当 | 应(?!用|对|急|诉) | 必须 | 不得 | 须(?!知) )  # not 要求, 应急
      | 每年 (?: {MONTH}{END_OF_MONTH} )? (?: [，,] | 至少 | 由 )                    # 每年1月底前, … 要 follows
      | (?: 全面 | 根据需要 | 全部 )                                           # a bare demand
    )
    """,
    re.VERBOSE,
)
AGENT = re.compile(
    rf"由(?P<names>{_BODY}{_MORE}(?:(?:、|和|或者){_BODY}{_MORE}){{0,4}})(?:组织|承担|纳入|引入|统一|依照|会同)"
)
NAMES = re.compile(
    rf"(?:市、[县区]两级[\u4e00-\u9fff]{{0,4}}?{_HEAD}{_MORE}|(?:(?!、|或者|和(?<=[府门关构委组校院班会局室]和)).)+?{_HEAD}{_MORE})(?=、|和|或者|以及|$)"
)
# 要 应 须 不得 每年 全面 全部 根据需要; one class stands first, because a search skips to it fast
DEMAND = re.compile("[要应须不每全根](?:(?<=[要应须])|(?<=不)得|(?<=每)年|(?<=全)[面部]|(?<=根)据需要)")
# a body is no subject when only its name stands inside something larger: 政府工作人员, 党委对…的领导
NOT_A_BODY = re.compile(
    r"^(?:对|向|在|把|将|与|给|为|从|以|按|经|因|使|让|报|依|凡|支持|加强|推进|完善|健全|建立|规范|重要|未经)"
)

ENFORCEMENT = re.compile(r"行政执法")
# a department is of the city; an organ (行政机关, 政府法制机构) may be of any level
DEPARTMENT = re.compile(r"(?:部门|单位)$|^部门")
ORGAN = re.compile(r"(?:机关|机构)$")
COUNTY = re.compile(r"^(?:各?县(?:市区|级|区)?|各?区县?)")
BOTH_LEVELS = re.compile(r"^(?:市县两级|市、县两级|各级(?:人民)?政府)", re.MULTILINE)
# collectives on the lines: of the counties, of the departments
COUNTIES = re.compile(r"^(?:各县|各区|各市|县市区)", re.MULTILINE)
DEPARTMENTS = re.compile(r"^(?=各).*(?:有关部门|相关部门|各部门|有关单位)$", re.MULTILINE)
PARTY = re.compile(r"党委|党组|党校|学院|党政|乡镇|领导班子|检察|法院|审判")
_FIELD = re.compile(
    r"^(?:各级|各|市委|市政府|政府|同级|县级)?(?P<field>(?!政府|行政|有关|相关|所属)(?:(?!政府)[\u4e00-\u9fff]){2,4}?)(?:部门|机关|机构)$"
)

# 由市司法局负责， · 市教育局牵头制定方案 · 市公安局、市财政局配合。 ; not 负责解释, 负责人, 牵头单位
TOLD = re.compile(
    rf"(?:{IN_PROSE})(?!解释|人|制(?!定|订)|同志|作用|{HEAD})|(?:{any_of(ROLE_OF_WORD)})(?:落实|实施)?(?=[，,。；;\n]|$)"
)
_NO_NAMES = re.compile("[“”《》谁要应须按]")  # “谁主管谁负责” ; a demand ahead has been met above
_LONGEST_TAIL = 16
_LONGEST_LIST = 400  # of bodies before a word of role
_ADVERBS = ("具体", "积极", "密切", "共同", "分别", "协同", "主要", "统一")
_ADVERB = re.compile(rf"(?:{any_of(_ADVERBS)})+$")
_ENDS_WITH_ADVERB = (*_ADVERBS, "\n")


class MentionMatch(NamedTuple):
    """A body with a demand; ``clause`` is the comma clause that states it."""

    name: str
    span: Span
    clause: Span


def subjects(text: str, body: Span, tokens: Tokens) -> Iterator[MentionMatch]:
    """Every body that the text of an item demands something of; ``tokens`` are those of the text."""
    done = body[0]
    named: set[int] = set()
    for at, behind, _ in tokens_within(tokens.bodies, *body):
        # most bodies bear no demand: look near the name before looking for its clause
        if at < done or not (DEMAND.search(text, behind, behind + 18) or "由" in text[max(0, at - 14) : at]):
            continue
        first, done = span = clause(text, at, at)
        match = SUBJECT.match(text, first, min(body[1], done + 1)) or AGENT.search(text, first, done)
        if match and not NOT_A_BODY.match(match["names"]):
            for name in NAMES.finditer(text, *match.span("names")):
                named.add(name.start())
                yield MentionMatch(name[0], name.span(), span)
    for found in _told(text, body, tokens):
        if found.span[0] not in named:
            yield found


def _told(text: str, body: Span, tokens: Tokens) -> Iterator[MentionMatch]:
    """The bodies that a word of role in prose names: each of its list must be one for sure."""
    done = body[0]
    for at, _, _ in tokens_within(tokens.doings, *body):
        if not ends_as_body(_without_adverb(text[max(0, at - _LONGEST_TAIL) : at])):
            continue  # most stand behind no body
        word = TOLD.match(text, at, body[1])
        if word is None:
            continue
        span = clause(text, at, word.end())
        start = text.rfind("由", span[0], at) + 1 or span[0]  # 建立由市教育局牵头的机制
        if start < done or at - start > _LONGEST_LIST:
            continue  # 市审计局具体负责落实: the first word has told it
        named = _without_adverb(text[start:at])
        names = () if _NO_NAMES.search(named) else split(named).names
        if all(is_certain_body(name.name) for name in names):
            for name in names:
                done = start + name.span[1]
                yield MentionMatch(name.name, (start + name.span[0], done), span)


def _without_adverb(words: str) -> str:
    """Words before a word of role, without those that say how: 市财政局|积极."""
    return _ADVERB.sub("", words) if words.endswith(_ENDS_WITH_ADVERB) else words


def covered(name: str, lines: str) -> bool:
    """Whether the names on the unit lines of an item name a body, or include it in one of their collectives.

    ``lines`` are those names, folded, each on its own line, with a line break at either end.
    """
    folded = fold(name)
    if f"\n{folded}\n" in lines:
        return True
    field = _FIELD.match(folded)
    if field and field["field"] in lines:
        return True
    if PARTY.search(folded):
        return False
    if BOTH_LEVELS.match(folded):
        return BOTH_LEVELS.search(lines) is not None
    if ENFORCEMENT.search(folded) and ENFORCEMENT.search(lines):
        return True
    counties = COUNTIES.search(lines) is not None
    if COUNTY.match(folded):
        return counties
    if not DEPARTMENTS.search(lines):
        return False
    return DEPARTMENT.search(folded) is not None or (counties and ORGAN.search(folded) is not None)


SUBJECT_OF_DEMAND = Rule(
    "subject-of-demand", "", "mention", "正文中被要求做事、或说由其牵头、负责、配合，而责任栏没有的单位", subjects,
    (
        gives("1.清理文件。监察部门要加强监督。\n责任单位：市司法局\n", "监察部门"),
        gives("1.清理文件。乡镇政府应当配合。\n责任单位：市司法局\n", "乡镇政府"),
    ),
    ("1.清理文件。司法部门要加强监督。\n责任单位：市司法局\n", "1.清理文件。领导干部要带头学习。\n责任单位：市司法局\n"),
)  # fmt: skip
MENTION_RULES = (SUBJECT_OF_DEMAND,)
