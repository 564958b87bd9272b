"""Where words begin with the names of bodies, whatever goes on behind them.

>>> words = "市财政局、县教育局统抓"
>>> [words[slice(*name)] for name in begin(words)], begin("还有小区无物业")
(['市财政局', '县教育局'], ())

Left to others: what the bodies do there (`loaders.signs.subjects`, `loaders.signs.labels`).
"""

import re

from graph.model import Span
from loaders.lexicon.bodies import FIELD_WORDS, FIELDS
from loaders.lexicon.roles import IN_PROSE, role_of
from loaders.lexicon.vocabulary import first_signs
from loaders.signs.body_names import PLACE, is_certain_name, looks_like_name

LONGEST_NAME = 18
_LONGEST_REST = 6  # of a name behind what is one already: 市委|组织部
# the last sign of what can be nothing but a body's name
HEAD = re.compile(r"[局厅委办府部院司行心处队所站署联社校关团道镇乡县区门）)]|会(?!同)")
# how the name of a body begins in the midst of words: with a level, a place, a field; 完善办, 还有小区 are words
NAMED = rf"""(?:
    [省市县区州旗盟镇乡](?![场级域别内外里长区情]|民(?![政族宗委]))
  | 各 (?: [省市县区州旗盟镇乡村社] | 街道 | 有关 | 相关 | 部门 | 单位 | 成员 | 责任 )
  | (?=...?[省市县区州旗镇乡]) (?!.{{0,2}}[送报向对经为让给与并和及的在于]) [\u4e00-\u9fff]{{2,3}} [省市县区州旗镇乡]
    (?=[\u4e00-\u9fff]{{2}}|、) (?<![地小园社]区)
  | 国 (?: 家 | 网 | 务院 ) | 中国 | 人民银行 | 人行 | 武警 | 海关 | 团[省市县区]
  | (?=[{first_signs(FIELD_WORDS)}]) (?: {FIELDS} )
  )"""
_NAMED = re.compile(NAMED, re.VERBOSE)
_SAYS = re.compile(rf"(?:{IN_PROSE})(?!小组|单位|部门)|会同")
# with what words begin that only end as a name does: 列入县政府督办项目, 含技工学校
_NO_BEGIN = re.compile(
    "列入|纳入|重点|主要|包?含|包括|经|报[^社]|按|向|对|为|原|即|如|见|下同|以下|不|除|自|从|根据|参照|其中|简称"
)


def may_begin(text: str, at: int) -> bool:
    """Whether a name, or the first of several, may begin at ``at`` of running text."""
    return _NAMED.match(text, at) is not None


def begin(words: str, *, asked: bool = False) -> tuple[Span, ...]:
    """The names of the bodies with which ``words`` begin; nothing where they begin otherwise.

    In running text the first signs must be those of a name; where bodies are expected (``asked``) its end is enough.
    """
    names: list[Span] = []
    at = 0
    while (mark := words.find("、", at, at + LONGEST_NAME + 6)) > 0 and looks_like_name(words[at:mark].strip()):
        names.append((at, mark))
        at = mark + 1
    if _NO_BEGIN.match(words, at) or not (asked or names or _NAMED.match(words, at)):
        return ()
    best = 0
    for head in HEAD.finditer(words, at, at + LONGEST_NAME):
        if best and head.end() - best > _LONGEST_REST:
            break
        name = words[at : head.end()]
        if _SAYS.search(name):  # 县住建局|负责校舍鉴定
            break
        if is_certain_name(name) or (PLACE.fullmatch(name) and (names or (asked and head.end() == len(words)))):
            best = head.end()
    if not best:
        return ()
    return *names, (at, at + len(role_of(words[at:best])[0]))  # 市司法局|承办
