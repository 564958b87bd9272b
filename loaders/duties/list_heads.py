"""The bearers with which a line of a unit-first list begins, and where what they do begins: 市公安局|负责疏散, 县教育局：|牵头做好宣传.

>>> text = "市公安局负责疏散。"
>>> head = list_head(text, (0, len(text)), False)
>>> text[slice(*head.bearers)], text[head.end :], head.lead
('市公安局', '疏散。', False)

Left to others: which lines are a list (`loaders.duties.body_lists`).
"""

import re
from typing import NamedTuple

from graph.model import Role, Span
from loaders.duties.label_ends import field_end
from loaders.lexicon.bodies import ends_as_body, is_certain_body, is_collective, looks_like_body
from loaders.lexicon.marks import trim
from loaders.lexicon.numbers import MARKER
from loaders.lexicon.roles import DOES as DOES_WORD
from loaders.lexicon.roles import DOES_WORDS, HEAD, IN_NAMES, LEAD, LEADS_IN_PROSE, RESPONSIBLE, WORDS
from loaders.lexicon.vocabulary import any_of, first_signs, load_yaml
from loaders.phrases.bearers import VERB_AHEAD, only_bearers, split, stands_for_body
from loaders.phrases.persons import person_first

DECIMAL = re.compile(r"\d+(?:\.\d+)+[.、．]?[ \t]*")
# what follows the bodies: a colon, or what they do
_DOING = rf"(?!组织部)(?:{DOES_WORD})"
_BEING = rf"(?:责任|{LEAD})(?:主体|{HEAD})|主管部门"
# 县气象局要及时发布预警 ; not 要求, 应急
_DEMAND = "要(?![求点件素])|应当?(?![急对用诉变])|必?须(?!知)"
DOES = re.compile(
    rf"""
    (?= [:：—要应必须主具共予按作是为{first_signs(DOES_WORDS)}] )  # looked at first: most places have none
    (?: [:：] | ——                                               # 县财政局：落实… · 法规科——负责…
      | (?P<demand> {_DEMAND} )                                  # 要
      | (?: 主要 | 具体 | 共同 | 予以 | 按照? [^，,。；;]{{0,8}} )? (?: {_DOING} | 作? [是为] [^，,。；;：:]{{0,24}} (?: {_BEING} ) )  # 主要负责
    )
    """,
    re.VERBOSE,
)
_LONGEST_DOES = 13  # characters
DOES_AT = re.compile(DOES_WORD)
_NO_PLAIN = re.compile(f"{DOES_WORD}|设立|成立|组建|组成|设置")  # 乡镇设立防汛指挥部
# with what every match of `DOES` ends, and how far before that one may begin: looked for first, because most lines hold none
DOES_END, _LONGEST_BEFORE_END = (
    re.compile(
        rf"(?=[：:—责主要应必须{first_signs(WORDS['lead'])}{first_signs(DOES_WORDS)}])(?:：|:|——|{_DOING}|{_BEING}|{_DEMAND})"
    ),
    35,
)
# 县教育局|主要职责： ; 县教育局|履行下列职责：
DUTY, _LONGEST_DUTY = re.compile(r"的?(?:主要|工作|具体)?(?:职责|任务)$"), 5
DUTIES = re.compile(
    rf"""
    (?: 应当? | 要 | 须 | 依法 | 具体 | 主要 | {RESPONSIBLE} ){{0,2}} (?: {any_of(load_yaml("roles")["fulfils"])} )
        (?: 以下 | 下列 | 如下 ) [\u4e00-\u9fff]{{0,6}} (?: 职责 | 责任 | 任务 | 工作 | 事项 ) $  # 应当做好下列工作
  | 的? (?: 主要 | 具体 | 工作 ){{0,2}} (?: 职责 | 任务 ) [是为] $          # 主要职责是
    """,
    re.VERBOSE,
)
_LONGEST_DUTIES = 20
_LEADS = re.compile(rf"[^。；;：:]{{0,16}}?(?:{LEADS_IN_PROSE})")
# what stands behind a body and its mark: 县教育局：牵头做好… leads
FIRST_LEADS = re.compile(rf"\s*(?:[(（]?\d{{1,2}}[.、．)）])?\s*(?:主要|具体|{RESPONSIBLE})?(?:{LEAD})")
_SHARED_HEADS, _LONGEST_FIELD = ("部门", "机关", "单位"), 8
BULLETS = " \t—–•●◆■▪·*-"
LONGEST_BEARERS, _LONGEST_PLAIN, _LONGEST_REST = 80, 18, 6
_YOU = ("贵", "你")  # 请贵单位按以下分工…
_ITSELF = (
    "本方案",
    "本预案",
    "本办法",
    "本意见",
    "本通知",
    "本规划",
    "本计划",
    "本清单",
)  # 本方案由县防指办公室负责解释
_NAME_END = re.compile(r"[：:]?\n|[。；;]")
_COMMAS = ("，", ",")
_NO_DOES = ("解释", "室", "局", "科")
_COLONS = (":", "：", "——")
_MARK = re.compile(r"[，,。；;：:\n]")


class ListHead(NamedTuple):
    """The bearers at the beginning of a stretch and the place behind the word that says what they do; ``start`` stands
    before the number or bullet that the stretch may begin with."""

    start: int
    bearers: Span
    end: int
    lead: bool
    leader: bool = False  # a person with his post: 副市长周明远：分管…

    @property
    def role(self) -> Role:
        """The role that it gives."""
        return Role.LEADER if self.leader else Role.LEAD if self.lead else Role.RESPONSIBLE


def behind_bullet(text: str, at: int, end: int) -> int:
    """The place behind blanks, dashes and a number that the outline did not take: （二）公安部门负责…"""
    while at < end and text[at] in BULLETS:
        at += 1
    number = DECIMAL.match(text, at, end) or MARKER.match(text, at, end)
    return number.end() if number else at


def list_head(text: str, line: Span, numbered: bool) -> ListHead | None:
    """The bearers with which a line begins: a full stop may close them (县教育局。负责…), behind a number its end, too; or the
    person, with his post."""
    if person := person_first(text, line[0], min(line[1], line[0] + LONGEST_BEARERS)):
        return ListHead(line[0], person[0], person[1], False, True)
    start = line[0] + (text.startswith(("由", "请"), line[0]) and not text.startswith(_YOU, line[0] + 1))
    limit = min(line[1], start + LONGEST_BEARERS)
    stop = _NAME_END.search(text, start, limit)
    alone = stop and (numbered or (stop[0] == "。" and ends_as_body(text[start : stop.start()])))
    if stop and alone and are_bearers(text, start, named := without_duty(text, stop.start())):
        return ListHead(start, (start, named), stop.end(), FIRST_LEADS.match(text, stop.end()) is not None)
    mark = _MARK.search(text, start, limit)  # no bearers reach over one
    last = min(limit, mark.end() + _LONGEST_DOES) if mark else limit
    done = DOES_END.search(text, start, last)
    for does in DOES.finditer(text, max(start, done.start() - _LONGEST_BEFORE_END), last) if done else ():
        if does["demand"] and (text.startswith("各", start) or text.endswith(_SHARED_HEADS, start, does.start())):
            continue  # 各部门要高度重视, 财政部门要保障资金: it exhorts a kind of bodies
        if text.startswith(_NO_DOES, does.end()) or text.endswith(IN_NAMES, start, does.end()):
            continue  # 县防指办公室负责解释 ; 市政府督查室 ; 市社会办
        if are_bearers(text, start, named := without_duty(text, does.start())):
            if does[0] in _COLONS:
                if only_bearers(text[slice(*trim(text, does.end(), field_end(text, does.end(), line[1])))]):
                    return None  # 报到部门：县水利局: a label that no list has
                return ListHead(start, (start, named), does.end(), FIRST_LEADS.match(text, does.end()) is not None)
            lead = _LEADS.match(text, does.start(), limit)
            return ListHead(start, (start, named), lead.end() if lead else does.end(), lead is not None)
        if does[0] in _COLONS:
            return None
    return None


def plain_head(text: str, line: Span) -> ListHead | None:
    """The body with which a line begins, whatever it does: lines around it tell that each begins so."""
    best = start = line[0]
    if text.startswith(_ITSELF, start):
        return None
    for end in range(start + 3, min(line[1], start + _LONGEST_PLAIN)):
        if best > start and end - best > _LONGEST_REST:
            break
        words = text[start:end]
        if ends_as_body(words) and is_certain_body(words):
            best = end
    named = text[start:best]
    if best == start or is_collective(named) or not are_bearers(text, start, best) or _NO_PLAIN.search(named):
        return None
    return ListHead(start, (start, best), best, False)


def without_duty(text: str, end: int) -> int:
    """The end of the bearers before the word that says what follows: 县教育局|职责：…"""
    duty = DUTIES.search(text, max(0, end - _LONGEST_DUTIES), end) or DUTY.search(
        text, max(0, end - _LONGEST_DUTY), end
    )
    end = duty.start() if duty else end
    return end - 1 if text[end - 1 : end] in _COMMAS else end  # 县公安局，|负责…


def are_bearers(text: str, start: int, end: int) -> bool:
    words = text[start:end]
    if len(words) < 2 or _MARK.search(words):
        return False
    names = split(words).names
    if any(" " in n.name and not looks_like_body(n.name.split()[0]) for n in names):
        return False  # 盘活厂房 8处 市工信局: a row that has lost its cells
    if not names or not all(2 <= len(n.name) <= 30 and not VERB_AHEAD.match(n.name) for n in names):
        return False
    # 监察、审计部门: the first has its head from the last
    shared = names[-1].name.endswith(_SHARED_HEADS) and all(len(n.name) <= _LONGEST_FIELD for n in names)
    # 供销、粮食、邮政等部门: fields stand for their bodies
    fields = len(names) > 2 and words.endswith(_SHARED_HEADS)
    return all(stands_for_body(n, fields) for n in (names[-1:] if shared else names))
