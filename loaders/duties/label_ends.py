"""Where what a label says ends: its line, the bracket around it, the list that goes on in the next line.

>>> text = "责任单位：市财政局、\\n市教育局\\n2.公开"
>>> text[5 : line_end(text, 5, len(text), "responsible", BREAK)]
'市财政局、\\n市教育局'

Left to others: which labels open (`loaders.duties.label_heads`), what is made of them (`loaders.duties.labels`).
"""

import re

from graph.model import Role
from loaders.lexicon.bodies import ends_as_body, is_certain_body, is_collective, looks_like_body
from loaders.lexicon.marks import trim
from loaders.lexicon.roles import ends_with_role_word
from loaders.phrases.bearers import only_bearers, split
from loaders.phrases.sentences import BRACKET, OPENING

# a bracket with a label in it opens at most this far before the label, and reaches at most so far
BRACKET_REACH, LONGEST_LINE, _LONGEST_NAMES = 80, 300, 24
# what ends a line; in a text that has lost its line breaks white space does, but not behind a mark of enumeration
BREAK = re.compile(r"\n")
STROKE = re.compile(r"[|｜丨]")
# 市财政局；开工时间：…: the next field, whatever its label is; a dot between blanks parts fields as a stroke does
_FIELD = re.compile(
    r"""
    (?: [，,；;。·•/] [ \t]* | [ \t]+ ) (?= [\u4e00-\u9fff]{2,8} [:：] )  # ；开工时间： · 验收：
  | [ \t] [·•] [ \t]
  | [ \t，,；;]* (?= [【〖［] [\u4e00-\u9fff]{2,8} [】〗］] )  # 〖协理部门〗
    """,
    re.VERBOSE,
)
_FIELD_SIGN = re.compile(r"[:：·•【〖［]")
BLANK_ENDS = re.compile(r"(?<![、，,:：\s])\s")
OF_BODIES = ("lead", "responsible", "cooperating", "supervising")
# the last name of a line and the first of the next one
_PIECE_BACK, _PIECE = (
    re.compile(r"[^、，,；;。：:\s]{2,16}$"),
    re.compile(r"[^、，,；;。：:\s（(]{1,16}(?=[、，,；;。\s（(]|$)"),
)
_BLANKS_ALL = re.compile(r"\s*")
# what a blank parts from the bodies before it
_PART = re.compile(r"\s(?P<words>[^\s。；;：:]+)(?=[\s。；;]|$)")
INDENT = re.compile(r"\n[ \t]{4,}(?=\S)")
TAIL = re.compile(r"(?:人民)?政府|党委|管委会|办事处")
_ENUMERATES, _LONGEST_CUT = ("、", "，", ","), 40


def bracket_end(text: str, start: int, end: int) -> int:
    """Where the bracket closes in which a stretch stands; its end when it stands in none."""
    depth = 0
    for match in BRACKET.finditer(text, start, end):
        depth += 1 if match[0] in OPENING else -1
        if depth < 0:
            return match.start()
    return end


def line_end(text: str, content: int, following: int, role: str, gap: re.Pattern[str]) -> int:
    """Where a label's line ends: its line break, the next label, or (units only) its first full stop."""
    written = content + len(text[content : content + 40]) - len(text[content : content + 40].lstrip())
    if role == Role.LEADER and gap is BLANK_ENDS:  # 副市长 孙立平: a blank within what names persons ends nothing
        gap, following = BREAK, min(following, written + _LONGEST_NAMES)
    line = gap.search(text, written, following)  # the content may stand on the next line
    end = line.start() if line else following
    while role in OF_BODIES and gap is BREAK and end < following and _goes_on(text, content, end, following):
        line = gap.search(text, _BLANKS_ALL.match(text, end, following).end(), following)  # type: ignore[union-attr]
        end = line.start() if line else following
    while role in OF_BODIES and gap is BLANK_ENDS and end < following and _further_body(text, end, following):
        line = gap.search(text, _BLANKS_ALL.match(text, end, following).end(), following)  # type: ignore[union-attr]
        end = line.start() if line else following
    stroke = STROKE.search(text, written, end)  # 市财政局｜进展：…: the next field of a line that strokes part
    end = field_end(text, written, stroke.start() if stroke else end)
    if role != "deadline":
        stop = text.find("。", content, end)
        end = stop + 1 if stop >= 0 else end
    return content + len(text[content:end].rstrip())


def field_end(text: str, start: int, end: int) -> int:
    """Where the next field of a line begins whose label no list has: 市财政局|；开工时间：6月."""
    field = _FIELD.search(text, start, end) if _FIELD_SIGN.search(text, start, end) else None
    return field.start() if field else end


def _further_body(text: str, end: int, following: int) -> bool:
    """Whether a blank that would end a line stands for a lost mark: only bodies stand behind it (市财政局 市教育局)."""
    if text[end - 1] in "。；;":
        return False
    piece = _PART.match(text, end, min(following, end + _LONGEST_CUT))
    names = split(piece["words"]).names if piece and not ends_with_role_word(piece["words"]) else ()
    return bool(names) and all(is_certain_body(n.name) and ends_as_body(n.name) for n in names)


def _goes_on(text: str, content: int, end: int, following: int) -> bool:
    """Whether a list is cut by the end of its line: behind a mark, or inside a name (市人力资源⏎和社会保障局)."""
    words = text[max(content, end - _LONGEST_CUT) : end].rstrip()
    rest = text[end : min(following, end + _LONGEST_CUT)].lstrip()
    if not words or not rest or words.endswith("。"):
        return False
    if words.endswith(_ENUMERATES) or rest[0] in "、，,":
        return True
    if INDENT.match(text, end) and not ends_with_role_word(words):
        # a second column of bodies: ⏎            市药监局 市城管执法局
        row = text.find("\n", text.index(rest[0], end), following)
        return only_bearers(text[slice(*trim(text, end, row if row >= 0 else following))])
    last = _PIECE_BACK.search(words)
    first = _PIECE.match(rest)
    if not last or not first or ends_with_role_word(words):
        return False
    if TAIL.match(rest) and is_collective(last[0]):
        return True
    return not looks_like_body(last[0]) and ends_as_body(last[0] + first[0])
