"""Dismissals: why a sign that no fact holds assigns nothing after all; each reason is counted in the coverage of a plan.

A reason that comes from the place (``heading``, ``page-furniture``) never holds for a cell of a table: a dismissal that is
wrong loses a duty in silence.

>>> text = "抄送：市委办公室、市政府办公室、市司法局。"
>>> reason(text, Sign("unknown-label", "unit", (0, 2), (3, 20)), 0, has_duties=False)
'page-furniture'

Left to others: finding signs (`loaders.signs.find`), which of them facts hold (`loaders.signs.account`).
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from graph.model import Span
from loaders.lexicon.marks import line_around
from loaders.lexicon.page_head import PAGE_HEAD
from loaders.lexicon.roles import BEARS, WORDS, begins_with_role_word, ends_with_role_word, role_of
from loaders.lexicon.vocabulary import about_labels, load_yaml
from loaders.phrases.persons import only_persons
from loaders.signs.body_names import CLOSING, OPENING, certain_names, is_certain_name, names_only
from loaders.signs.labels import ASKS
from loaders.signs.sign import Sign
from loaders.signs.subjects import is_asked
from loaders.signs.tables import head_of, is_unit_column
from loaders.tables.header import column_kind
from loaders.times.places import TIME


class _Place(NamedTuple):
    """Where a sign stands: its line, whether that is a row of a table, whether an item around it has duties, whether there is
    one, and where the first item or table begins."""

    line: Span
    in_table: bool
    has_duties: bool
    has_item: bool
    begin: int


_WORDS = load_yaml("page")
_FURNITURE = tuple(word for words in _WORDS["furniture"] for word in words)
_OTHER_LABELS = (*_WORDS["other_labels"], *about_labels())
_EXPLANATIONS, _OTHER_COLUMNS = _WORDS["explanations"], _WORDS["other_columns"]
_HEAD = 12  # characters of a line in which it says what it lists
_NEAR = 120  # characters around a sign in which the head of a page shows
_ROSTER = re.compile(
    r"组\s*长|成\s*员|主\s*任|指挥长|总指挥|召集人|联席会议|领导小组|指挥部|专班|组成(?!部门)|参会|出席"
)
_LEADS = tuple(f"{word}{mark}" for word in WORDS["lead"] for mark in "，,")
_APPOINTED = re.compile(r"任(?:总|副)?(?:指挥长?|组长|主任|召集人|队长)")
_DEFINITION = re.compile(r"以下(?:简|统|合)?称|简称|办公室设在|设在|指的?是|是指|包括|包?含|涉及")
_HISTORY = re.compile(r"不到位|缺乏|曾|此前|已由|发现|存在|不力|滞后|通报|反映|问题|虽然|未(?!来)")
_MADE = re.compile("[^。\n]{0,60}?(?:起草|拟定|制定|形成|研究|出台|印发|编制)了")
_NOTHING = re.compile(r"[\s:：*|]*(?:无|没有明确|未明确|[—－/／\-]+|略|同上|待定|×+|\.{3,}|…+|_+)?[\s。；;|*]*")
# a verb or a preposition before a list: 向市财政局、…报告 ; by whom something is done is told by a clause (由…牵头)
_BEFORE_LIST = re.compile(r"[由向对与和同报经请导促调织持及在到从把将让使给为以合括有据按送的]$")
_LIST_END = re.compile(r"等?(?:[）)〕］\]】』」》。；;\n\t|\d（(]|\s*$|按|分别|组成|等部门)")
_ONGOING = tuple(load_yaml("times")["ongoing"])
_ATTRIBUTE = re.compile(r"[\u4e00-\u9fff]{2,6}的")  # 市财政局牵头的12项任务, 各部门参加的联席会议
_DATED = re.compile(r"\s*(?:二[〇○0零oOＯ]|20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[（(](?:此件|公开|代章))")
_LINES_OF_SIGNATURE, _LONGEST_SIGNATURE = 8, 60
_HEADING = re.compile(
    r"[\s*#]*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+[章节条])"
)
_ITEM_NUMBER = re.compile(r"\d{1,3}[.．、]")
_FIGURE = re.compile(r"[0-9一二三四五六七八九十]")
_ADDRESSEE = re.compile(r"[:：]\s*$")  # 各县区政府、市直各单位：
_EXAMPLE = re.compile(r"例如|示例|举例|样表|样式|填写说明|示范文本")
_FIELD = re.compile(r"[，,；;。 \t\n]")
_SAYS = re.compile(BEARS, re.VERBOSE)
# the heading of a part, and what that of the last one says: 三、工作要求 · 四、组织保障
_PART = re.compile(r"(?:^|[\s。])[一二三四五六七八九十]{1,2}、[^\n。，；]{2,16}")
_EXHORTS = re.compile("要求|保障|组织领导|组织实施|加强领导")
_LONGEST_PART = 3000
_LONGEST_LINE = 1000  # characters on either side of a sign
_LONGEST_TITLE = 2000  # characters before the first sentence
_QUOTES = (("《", "》"), ("“", "”"), ("‘", "’"))


def reason(text: str, sign: Sign, begin: int, *, has_duties: bool, has_item: bool = False) -> str | None:
    """Why ``sign`` assigns nothing, or None: then it was not read, and has to be told.

    The first item or table begins at ``begin``; with ``has_duties`` an item around the sign has duties, with ``has_item`` there is
    an item around it.
    """
    line = line_around(text, sign.at, _LONGEST_LINE)
    words = text[slice(*line)]
    in_table = "\t" in words or words.count("|") > 1 or words.count("｜") > 1 or "│" in words
    place = _Place(line, in_table, has_duties, has_item, begin)
    return next((why for why, holds in _REASONS if holds(text, sign, place)), None)


def is_named_before(text: str, name: Span, sign: Sign) -> bool:
    """Whether the same list named a body before: the second time it is no bearer of its own."""
    return text[slice(*name)] in text[sign.reach[0] : name[0]]


def _is_furniture(text: str, sign: Sign, place: _Place) -> bool:
    if place.in_table:
        return False
    if sign.kind == "unknown-label" and place.has_item and text.endswith(ASKS, *sign.at):
        return False  # 审核单位：… in the midst of a plan; at its foot it says who made it
    line = max(place.line[0], sign.at[0] - _NEAR), min(place.line[1], place.line[0] + _NEAR)
    begins = (line, sign.at) if line[0] == place.line[0] else (sign.at,)
    if any(_squeezed(text, span).startswith(_FURNITURE) for span in begins):
        return True
    near = max(0, sign.at[0] - _NEAR), sign.at[1] + _NEAR
    return sign.at[0] < place.begin and PAGE_HEAD.search(_squeezed(text, near)) is not None


def _squeezed(text: str, span: Span) -> str:
    return "".join(text[slice(*span)].split()).lstrip("*#-•【[")


def _is_repeated(text: str, sign: Sign, place: _Place) -> bool:
    words = text[slice(*place.line)].strip()
    return sign.kind in ("list", "role-word", "run") and len(words) > 6 and _lines(text)[words] > 2


@lru_cache(maxsize=1)
def _lines(text: str) -> Counter[str]:
    """How often each line stands in a text; kept, because sign after sign asks for one text."""
    return Counter(map(str.strip, text.split("\n")))


def _is_empty(text: str, sign: Sign, place: _Place) -> bool:
    return sign.kind == "label" and _NOTHING.fullmatch(text, *sign.reach) is not None


def _is_without_time(text: str, sign: Sign, place: _Place) -> bool:
    """Whether a label of a time has words in which there is none: 按上级要求及时完成."""
    if sign.role != "deadline":
        return False
    return not _FIGURE.search(text, *sign.reach) and not TIME.search(text, *sign.reach)


def _is_person(text: str, sign: Sign, place: _Place) -> bool:
    return (
        sign.kind == "label"
        and sign.role == "leader"
        and not _names_person(text, sign.reach)
        and not names_only(text[slice(*sign.reach)])
    )


def _names_person(text: str, reach: Span) -> bool:
    """Whether the words behind a label of a leader begin with the names of persons, a post before them or none."""
    words = _FIELD.split(text[slice(*reach)], maxsplit=1)[0].strip()
    return only_persons(words, 0, len(words))


def _is_without_name(text: str, sign: Sign, place: _Place) -> bool:
    if sign.kind != "label" or sign.role == "deadline":
        return False
    return not (names_only(text[slice(*sign.reach)]) or certain_names(text, sign.reach))


def _is_another_label(text: str, sign: Sign, place: _Place) -> bool:
    return sign.kind == "unknown-label" and text.endswith(_OTHER_LABELS, *sign.at)


def _is_explanation(text: str, sign: Sign, place: _Place) -> bool:
    words = text[sign.reach[0] : min(place.line[1], sign.reach[1] + 8)]
    return any(word in words for word in _EXPLANATIONS)


def _is_definition(text: str, sign: Sign, place: _Place) -> bool:
    start, end = max(place.line[0], sign.reach[0] - 6), min(place.line[1], sign.reach[1])
    if len(sign.names) > 1:  # the name of one of several bodies may hold a definition
        end = sign.names[0][0] + 2
    return _DEFINITION.search(text, start, end) is not None


def _is_quoted(text: str, sign: Sign, place: _Place) -> bool:
    at = sign.at[0]
    start, end = max(place.line[0], at - _NEAR), min(place.line[1], at + _NEAR)
    return any(
        text.rfind(opening, start, at) > text.rfind(closing, start, at) and text.find(closing, at, end) >= 0
        for opening, closing in _QUOTES
    )


def _is_signature(text: str, sign: Sign, place: _Place) -> bool:
    """Whether a date stands below, and nothing but short lines between."""
    if sign.kind not in ("cell", "run", "subject") or place.in_table:
        return False
    if sign.kind == "subject" and (sign.reach[0] < sign.at[0] or sign.reach[1] < place.line[1]):
        return False  # 请市财政局…, or a sentence
    at = place.line[1] + 1
    for _ in range(_LINES_OF_SIGNATURE):
        if _DATED.match(text, at):
            return True
        end = text.find("\n", at)
        if end < 0 or end - at > _LONGEST_SIGNATURE:
            return False
        at = end + 1
    return False


def _is_addressee(text: str, sign: Sign, place: _Place) -> bool:
    if sign.kind == "unknown-label":  # 市直各单位：⏎⏎临江市人民政府: bodies that are spoken to, and who speaks
        return "\n" in text[sign.at[1] : sign.reach[0]] and is_certain_name(text[slice(*sign.at)])
    if sign.kind == "subject":  # 各区政府，市直各单位：
        ends = text[place.line[0] : place.line[1]].rstrip().endswith(("：", ":"))
        return ends and sign.reach[0] == sign.at[0] and not _SAYS.match(text, sign.at[1])
    return sign.kind in ("list", "cell") and _ADDRESSEE.match(text, sign.at[1], place.line[1]) is not None


def _is_title(text: str, sign: Sign, place: _Place) -> bool:
    # who issues, who agrees, whom it concerns; where nothing is an item, everything stands before one
    if sign.kind == "subject":
        return sign.reach[0] == sign.at[0] < place.begin < len(text) and not _SAYS.match(text, sign.at[1])
    if sign.kind != "cell" or sign.at[0] >= place.begin or place.in_table or text[sign.at[1] - 1] in "。；":
        return False
    return sign.at[0] < _LONGEST_TITLE and text.find("。", 0, sign.at[0]) < 0


def _is_heading(text: str, sign: Sign, place: _Place) -> bool:
    words = text[slice(*sign.at)].rstrip(" \t。；;")
    if sign.kind != "cell" or place.in_table or ends_with_role_word(words):
        return False  # （六）刊播公益广告，由市委宣传部统筹、各区协办。
    # 1.盛达物流有限公司。责任单位：…: what an item is about
    names_item = place.has_duties and _ITEM_NUMBER.match(text, *sign.at) is not None
    return names_item or _HEADING.match(text, *place.line) is not None


def _is_of_another_column(text: str, sign: Sign, place: _Place) -> bool:
    if not place.in_table or sign.kind not in ("cell", "list") or not (head := head_of(text, sign.at)):
        return False
    name, names = head
    if not name or any(word in name for word in _OTHER_COLUMNS):
        return True
    if name.endswith(ASKS):
        return False  # 业主单位: who they are, nobody knows, but they stand there for something
    return column_kind(name) is not None and not is_unit_column(name) and any(is_unit_column(other) for other in names)


def _is_roster(text: str, sign: Sign, place: _Place) -> bool:
    if sign.kind == "subject" and _APPOINTED.search(text, *sign.reach):
        return True  # 由乡镇长任指挥长
    if place.in_table or sign.kind not in ("list", "unknown-label", "role-word", "cell"):
        return False
    start = max(place.line[0], text.rfind("。", place.line[0], sign.at[0]) + 1, sign.at[0] - _NEAR)
    if any(word in text[start : sign.reach[0]] for word in _LEADS):
        return False  # 由县应急局牵头，县公安局、县气象局组成
    end = sign.reach[0] + (_HEAD if sign.kind == "cell" else 1)  # - 成员单位（26个）：市委宣传部、…
    return _ROSTER.search(text, start, end) is not None


def _is_history(text: str, sign: Sign, place: _Place) -> bool:
    if sign.kind not in ("role-word", "list"):
        return False
    if sign.kind == "role-word" and _MADE.match(text, sign.reach[1]):
        return True  # 省财政厅牵头，会同省直单位拟定了《意见》
    back = 2 if text.startswith("由", sign.reach[0]) else 12  # 问题交办|由县河长办负责, but 已|由
    return _HISTORY.search(text, max(place.line[0], sign.reach[0] - back), sign.reach[1]) is not None


def _is_prose(text: str, sign: Sign, place: _Place) -> bool:
    """Whether bodies stand in prose; a clause of bodies and a word of role, and one in which bodies 负责 or 牵头, is none."""
    if sign.kind == "role-word":
        return False
    if sign.kind == "subject":
        if is_asked(text, sign) and (not place.has_item or _closes_plan(text, sign.at[0])):
            return True
        of_a_kind = text.endswith(("部门", "单位"), *sign.at)  # 医保部门负责监管…
        strong = not of_a_kind and _SAYS.match(text, sign.at[1]) is not None
        says = strong or role_of(text[slice(*sign.reach)])[1] is not None
        return place.has_duties and not says
    if sign.kind == "list" and _in_bracket(text, sign.reach[0]):
        return False
    if sign.kind not in ("list", "run"):
        return False
    if _BEFORE_LIST.search(text, max(place.line[0], sign.at[0] - 1), sign.at[0]):
        return True
    return sign.kind == "list" and not _ends_list(text, sign.at[1])


def _closes_plan(text: str, at: int) -> bool:
    """Whether ``at`` stands in the part of a plan that exhorts everybody: 三、工作要求."""
    parts = list(_PART.finditer(text, max(0, at - _LONGEST_PART), at))
    return bool(parts) and _EXHORTS.search(parts[-1][0]) is not None


def _in_bracket(text: str, at: int) -> bool:
    """Whether a bracket opened before ``at`` in the same line and did not close."""
    for sign in reversed(text[max(0, at - _NEAR) : at]):
        if sign in OPENING:
            return True
        if sign in CLOSING or sign == "\n":
            return False
    return False


def _ends_list(text: str, at: int) -> bool:
    at += text[at : at + 1] in ("，", ",")
    if begins_with_role_word(text, at):
        return not _ATTRIBUTE.match(text, at)
    return _LIST_END.match(text, at) is not None or TIME.match(text, at) is not None or text.startswith(_ONGOING, at)


def _is_example(text: str, sign: Sign, place: _Place) -> bool:
    return sign.kind in ("list", "bracket", "role-word") and _EXAMPLE.search(text, *place.line) is not None


_REASONS: tuple[tuple[str, Callable[[str, Sign, _Place], bool]], ...] = (
    ("empty", _is_empty),
    ("no-time", _is_without_time),
    ("person", _is_person),
    ("no-body", _is_without_name),
    ("another-label", _is_another_label),
    ("page-furniture", _is_furniture),
    ("repeated-line", _is_repeated),
    ("explanation", _is_explanation),
    ("definition", _is_definition),
    ("quotation", _is_quoted),
    ("signature", _is_signature),
    ("addressee", _is_addressee),
    ("title", _is_title),
    ("heading", _is_heading),
    ("another-column", _is_of_another_column),
    ("roster", _is_roster),
    ("history", _is_history),
    ("told-in-prose", _is_prose),
    ("example", _is_example),
)
REASONS = tuple(name for name, _ in _REASONS)
