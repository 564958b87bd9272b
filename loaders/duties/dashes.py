"""Bodies behind a dash, an arrow or a blank at the end of a line: 严查分解住院。——市医保局、市卫健委 (rule ``dash-end``)

1. ``bearers``: behind a sentence, at the end of its paragraph.
2. ``rows``: three lines or more, each of which says what, and behind the dash or arrow who: 学校、幼儿园——县教育局.
3. ``marked``: three lines or more that each say what, and behind a blank who, each body with its mark: 粮库建设 州粮食局（牵头） 州财政局（配合）,
   or 州粮食局 牵头 州财政局 配合.

A dash before a sentence that goes on (——市医保局要加强监管) opens a point, so nothing but bearers may stand behind it.

>>> from loaders.duties.reading import read
>>> text = "1.清理文件。——市司法局、市财政局"
>>> [text[slice(*c.content)] for c in clauses(read(text), Taken())]
['市司法局、市财政局']

Left to others: dashes that begin a line (`loaders.duties.closing_sentences`), names (`loaders.phrases.bearers`).
"""

import re
from collections.abc import Iterator

from loaders.duties.clause import Clause, unremarked
from loaders.duties.reading import Reading, Taken
from loaders.lexicon.bodies import is_certain_body, looks_like_body
from loaders.lexicon.marks import DASHES, ROW_MARKS, end_of_line, lines
from loaders.lexicon.places import LEVEL
from loaders.lexicon.roles import ends_with_role_word, mark_role
from loaders.lexicon.vocabulary import any_of, load_yaml
from loaders.phrases.bearers import only_bearers, split
from loaders.rule import Rule, gives

_LEAST, _LONGEST = 3, 200
# 州粮食局（牵头）
_CELLS, _MARKED = re.compile(r"\S+"), re.compile(r"(?P<body>[^（）()]{2,24})[（(](?P<mark>[^（）()]{2,6})[）)]")
_MARK_ENDS, _NUMBER_SIGNS = ("）", ")"), "0123456789.．、 \t"
# what asks for bearers before a dash is a label: 责任站所——镇水利站
_LABEL = re.compile(
    rf"(?:^|[。；;，,：: \t])[^、。；;，,：:\s]{{0,6}}(?:{any_of(load_yaml('roles')['heads'])}|领导|人|组长)$"
)
# what may stand before the dash: the end of a sentence, not a name or a label (督导单位——市水利局)
_ENDS = "。；;！？”’）)〕」』》"


def clauses(reading: Reading, taken: Taken) -> Iterator[Clause]:
    """The bearers between a dash and the end of its paragraph, in text order."""
    yield from _rows(reading.text, taken)
    text, at = reading.text, reading.text.find(DASHES)
    while at >= 0:
        start = at + len(DASHES)
        end = end_of_line(text, start, len(text))
        at = text.find(DASHES, start)
        before = text[max(0, start - 6) : start - len(DASHES)].rstrip(" \t")[-1:]
        if not before or before not in _ENDS or end - start > _LONGEST or taken.holds(start):
            continue
        content = unremarked(text, start, end)
        words = text[slice(*content)]
        if only_bearers(words) and is_certain_body(split(words).all_said[0].name):
            yield Clause("responsible", (start - len(DASHES), content[1]), content, DASH_END)


def _rows(text: str, taken: Taken) -> Iterator[Clause]:
    """The bearers in lines that each say what, and behind a dash or an arrow who."""
    for mark in (mark for mark in ROW_MARKS if text.count(mark) >= _LEAST):
        found, at = [], text.find(mark)
        while at >= 0:
            line, end = text.rfind("\n", 0, at) + 1, end_of_line(text, at, len(text))
            row = _row(text, line, text.rfind(mark, at, end), end, len(mark))
            if row and not taken.holds(row.content[0]):
                found.append(row)
            at = text.find(mark, end)
        yield from found if len(found) >= _LEAST else ()


def _row(text: str, line: int, at: int, end: int, length: int) -> Clause | None:
    what = text[line:at].strip()
    if len(what) < 2 or what[-1] in _ENDS or end - at > _LONGEST or _LABEL.search(what) or LEVEL.match(what):
        return None  # behind the end of a sentence the other form takes it
    content = unremarked(text, at + length, end)
    words = text[slice(*content)]
    if not only_bearers(words) or not is_certain_body(split(words).all_said[0].name):
        return None
    stretch = line, line + len(text[line:end].rstrip())
    return Clause("responsible", (at, content[1]), content, ROWS, stretch)


def rows_with_marks(reading: Reading, taken: Taken) -> Iterator[Clause]:
    """The bodies with their marks in lines that each say what, and behind a blank who."""
    text = reading.text
    found: list[list[Clause]] = []
    for start, line in lines(text):
        words = line.rstrip() if " " in line and len(line) <= _LONGEST else ""
        if (words[-1:] in _MARK_ENDS or ends_with_role_word(words)) and not taken.holds(start):
            row, first, mark = [], len(words), 0
            for cell in reversed(list(_CELLS.finditer(words))):
                if not mark and mark_role(cell[0]):
                    mark = cell.end()  # of 州粮食局 牵头
                    continue
                marked = _MARKED.fullmatch(cell[0]) if not mark else None
                body = marked["body"] if marked and mark_role(marked["mark"]) else cell[0] if mark else ""
                if not looks_like_body(body):
                    break
                row.append((start + cell.start(), start + (mark or cell.end())))
                first, mark = cell.start(), 0
            if row and words[:first].strip(_NUMBER_SIGNS):
                stretch = start, start + len(words)
                found.append([Clause("responsible", span, span, MARKED, stretch) for span in reversed(row)])
    for made in found if len(found) >= _LEAST else ():
        yield from made


DASH_END = Rule(
    "dash-end", "bearers", "duty", "段末破折号后只列单位", clauses,
    (
        gives("1.清理文件。——市司法局、市财政局\n", "responsible 市司法局、市财政局"),
        gives("1.清理文件。——市司法局、各县区\n2.公开清单。——市财政局\n", "responsible 市司法局、各县区", "responsible 市财政局"),
    ),
    ("1.清理文件。——市司法局要按月报送进展。\n", "1.督导单位——市司法局\n"),
)  # fmt: skip
ROWS = Rule(
    "dash-end", "rows", "duty", "连续数行先写事项，破折号或箭头后列单位", _rows,
    (
        gives(
            "学校、幼儿园——县教育局\n医院——县卫健局\n景区、民宿——县文旅局、县公安局\n",
            "responsible 县教育局", "responsible 县卫健局", "responsible 县文旅局、县公安局",
        ),
        gives(
            "1月5日前 清理文件 → 县司法局\n1月9日前 公开清单 → 县财政局\n2月底前 总结 → 各乡镇\n",
            "responsible 县司法局", "responsible 县财政局", "responsible 各乡镇",
        ),
    ),
    ("学校——县教育局\n医院——县卫健局\n", "责任站所——县水利局\n协助站所——县财政局\n督导站所——县司法局\n"),
)  # fmt: skip
MARKED = Rule(
    "dash-end", "marked", "duty", "逐行写任务，行末空格后列带（牵头）等标注的单位", rows_with_marks,
    (
        gives("1 清理 市司法局（牵头） 市财政局（配合）\n2 公开 市民政局（牵头）\n3 培训 市人社局（责任）\n", "responsible 市司法局（牵头）", "responsible 市财政局（配合）", "responsible 市民政局（牵头）", "responsible 市人社局（责任）"),
        gives("清理 市司法局（牵头）\n公开 市民政局（督导）\n培训 市人社局（牵头）\n", "responsible 市司法局（牵头）", "responsible 市民政局（督导）", "responsible 市人社局（牵头）"),
        gives("1 清理 市司法局 牵头 市财政局 配合\n2 公开 市民政局 牵头\n3 培训 市人社局 牵头\n", "responsible 市司法局 牵头", "responsible 市财政局 配合", "responsible 市民政局 牵头", "responsible 市人社局 牵头"),
    ),
    ("1 清理 市司法局（牵头）\n2 公开 市民政局（牵头）\n", "1 清理 市司法局（法规科）\n2 公开 市民政局（社救科）\n3 培训 市人社局（培训科）\n"),
)  # fmt: skip
RULES = (DASH_END, ROWS)
RULES_OF_MARKS = (MARKED,)
