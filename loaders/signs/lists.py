"""Signs without a label: a list of bodies in a place where plans assign.

>>> text = "支持就业（县人社局负责）。由市财政局牵头。"
>>> [text[slice(*sign.at)] for sign in brackets(text)]
['（县人社局负责）']

Left to others: columns in which bodies stand (`loaders.signs.tables`), whether a list assigns (`loaders.signs.dismiss`).
"""

import re
from collections.abc import Iterator

from graph.model import Span
from loaders.lexicon.marks import lines
from loaders.lexicon.roles import IN_PROSE, ends_with_role_word, role_of
from loaders.lexicon.scan import Tokens
from loaders.phrases.persons import KIND_OF_PERSONS, OF_POST, PERSON
from loaders.signs.body_names import (
    AROUND,
    BRACKET,
    CLAUSE_SIGN,
    CLOSING,
    LAST,
    LONGEST,
    OPENING,
    TAKEN,
    certain_names,
    looks_like_name,
    may_end_list,
    names_of,
    pieces_of,
    positions,
    shifted,
)
from loaders.signs.sign import Sign
from loaders.times.places import TIME

_CELL = re.compile(rf"[^\n\t|│┃{TAKEN}]{{2,}}")
_WIDE_BLANK = re.compile(" {2,}")
_BROKEN = re.compile(r"[省市县区州][\u4e00-\u9fff]{1,9}")
_LEVEL = "省市县区州盟旗镇乡各国"
_ENDS = LAST | frozenset(AROUND)
_BODY_END = "局委办厅院部会联府队司心位门区县镇社署"
_SURE_MARK = re.compile(r"、(?<=[局委厅办署]、)(?=[省市县区州盟旗镇乡各国])")
_BEFORE_MARK = frozenset(_BODY_END + "）)")
_STOPS = "。；！”）)"
_FIRST = "省市县区州"
# where a name may begin right behind another one, or behind a sentence; its sign stands first, because a search skips to it fast
_JOINT = re.compile(rf"[{_FIRST}](?<=[{_BODY_END}{re.escape(_STOPS)}].)(?![场级直域别内外里])")
_HEAD = "(?:局|厅|委|办|署|政府|管委会|部|院|公司|中心|联|银行|支队|街道|部门|单位)"
_ONE = re.compile(rf"[省市县区州各][\u4e00-\u9fff]{{1,14}}?{_HEAD}")
_LAST_ONE = re.compile(rf"{_ONE.pattern}$")
_SOME = re.compile(rf"{_ONE.pattern}(?:[、，,][\u4e00-\u9fff（）()]{{2,20}}?(?:{_HEAD}|[队道会])){{0,20}}")
_SENTENCE_END = "。\n；"
_LONGEST_SUBJECT = 60
_LONGEST_DUTY = 1000
_ABOUT = re.compile(r"[^由]{0,16}(?:工作|任务|事项|措施|交办|[项条款])(?=由)")
# 局长, 督导员, 主要领导
_POST = re.compile(f"{OF_POST.pattern}|{KIND_OF_PERSONS.pattern}")
_OF_PERSONS = re.compile(f"(?:{IN_PROSE}|总责)$")
_LONGEST_POST = 12
# what parts what is done from who does it, in a row; what may stand around a list, and before one
_ROW_MARKS = ("——", "→", "⇒")
_ODD, _TAIL_MARKS, _LEAST_TAIL = " \t#\"'/※*—｜|。；;~^=+", '。！”※#"/—｜', 6
_LONGEST_GAP = 24  # characters between two marks of a list


def brackets(text: str) -> Iterator[Sign]:
    """Brackets with bodies only, or with bodies and words of role."""
    for start in (at for sign in OPENING for at in positions(text, sign)):
        match = BRACKET.match(text, start)
        if not match or text[match.end() - 2] not in _ENDS:
            continue
        end = match.end()
        words = text[start + 1 : end - 1]
        if not (names := names_of(words)):
            closes = ends_with_role_word(words) or text[start - 1 : start] in _STOPS
            if closes and (names := _posts_in(words)):
                yield Sign("bracket", "unit", (start, end), (start, end), shifted(start + 1, names))
            continue
        if len(names) > 1 or role_of(words)[1] or _stands_alone(words, text[start - 1 : start]):
            yield Sign("bracket", "unit", (start, end), (start, end), shifted(start + 1, names))


def _posts_in(words: str) -> tuple[Span, ...]:
    """The posts and persons of a bracket that names nobody else: 局长、分管副局长负责; nothing for other words."""
    pieces = [(at, name) for at, name in pieces_of(words) if name]
    person = PERSON if _OF_PERSONS.search(words) else _POST  # 高标准落实 names nobody
    if any(len(name) > _LONGEST_POST or not (_POST.search(name) or person.fullmatch(name)) for _, name in pieces):
        return ()
    return tuple((at, at + len(name)) for at, name in pieces)


def _stands_alone(words: str, before: str) -> bool:
    """Whether one name in a bracket is a bearer, not the other name of a body: 市委组织部（人才办）, 街道办事处（乡镇政府）."""
    return len(words) > 3 and words[0] in _LEVEL and before not in _BODY_END


def dashes(text: str) -> Iterator[Sign]:
    """Bodies behind a dash at the end of a line: 严查分解住院。——市医保局、市卫健委."""
    for at in positions(text, "——"):
        end = text.find("\n", at + 2, at + LONGEST)
        end = end if end >= 0 else min(len(text), at + LONGEST)
        if text[at - 1 : at] in _STOPS and (names := names_of(text[at + 2 : end])):
            yield Sign("dash", "unit", (at, end), (at, end), shifted(at + 2, names))


def cells(text: str) -> Iterator[Sign]:
    """Lines with bodies only, and cells of lines: parted by tabs, strokes, or several blanks."""
    parted = any(mark in text for mark in "\t|│")
    for at, line in lines(text):
        if not (parted and ("\t" in line or "|" in line or "│" in line)):
            if TAKEN not in line and "┃" not in line:  # the line is one cell
                if len(line) > 1 and may_end_list(line):
                    yield from _parts(text, at, line)
                continue
            if line[-1:] not in _ENDS:
                continue
        for match in _CELL.finditer(line):
            yield from _parts(text, at + match.start(), match[0])


def _parts(text: str, start: int, words: str) -> Iterator[Sign]:
    if may_end_list(words):
        end = start + len(words)
        if "  " in words:
            for mark in _WIDE_BLANK.finditer(text, start, end):
                yield from _cell(text, start, mark.start())
                start = mark.end()
        if end - start <= LONGEST:
            yield from _cell(text, start, end)


def tails(text: str) -> Iterator[Sign]:
    """Bodies behind the last sentence of a line, whatever sign stands around them: 公布目录。#市司法局牵头#"""
    for at, line in lines(text):
        words = line.rstrip(_ODD)
        if words[-1:] not in LAST or len(words) < _LEAST_TAIL:
            continue
        start = max(words.rfind(sign) for sign in _TAIL_MARKS) + 1
        tail = words[start:].lstrip(_ODD)
        start = len(words) - len(tail)
        if start > 0 and len(tail) <= LONGEST and (names := names_of(tail)):
            span = at + start, at + len(words)
            yield Sign("tail", "unit", span, span, shifted(at + start, names))


def _opening(text: str, at: int) -> int:
    """Where the short bracket opens that closes at ``at``; -1 if it is none."""
    words = text[max(0, at - _LONGEST_GAP) : at]
    place = max(words.rfind(sign) for sign in OPENING)
    return at - len(words) + place if place >= 0 and "\n" not in words[place:] else -1


def _cell(text: str, start: int, end: int) -> Iterator[Sign]:
    words = text[start:end].strip()
    if tail := max((words.rfind(mark) + len(mark) for mark in _ROW_MARKS if mark in words), default=0):
        start += text[start:end].find(words) + tail  # 养老院、福利院——县民政局: what stands before the dash says what
        words = text[start:end].strip()
    if names := names_of(words):
        start += text[start:end].find(words)
        end = start + len(words)
        first = _first_line(text, start, end)
        yield Sign("cell", "unit", (first, end), (first, end), shifted(start, names) if first == start else ())


def _first_line(text: str, start: int, end: int) -> int:
    """Where a name begins that was broken over two lines, of which ``[start, end)`` is the second: 市规划自然 | 资源局."""
    if text[start - 1 : start] != "\n":
        return start
    above = text.rfind("\n", 0, start - 1) + 1
    words = text[above : start - 1]
    broken = _BROKEN.fullmatch(words) is not None and not names_of(words)
    return above if broken and names_of(words + text[start:end]) else start


def runs(text: str) -> Iterator[Sign]:
    """Bodies one after another without a mark, or a list behind a full stop and before a figure, as in a glued table."""
    last = 0
    for joint in _JOINT.finditer(text):
        at = joint.start()
        if at < last:
            continue
        if text[at - 1] in _STOPS:
            some = _SOME.match(text, at)
            if not some or not _ends_cell(text, some.end()):
                continue
            span = some.span()
        else:
            left, right = _LAST_ONE.search(text[max(last, at - 18) : at]), _ONE.match(text, at)
            if not left or not right:
                continue
            end = right.end()
            while more := _ONE.match(text, end):
                end = more.end()
            span = at - len(left[0]), end
        last = span[1]
        names = tuple(m.span() for m in _ONE.finditer(text, *span) if looks_like_name(m[0]))
        yield Sign("run", "unit", span, span, names)


def _ends_cell(text: str, at: int) -> bool:
    """Whether a cell of a glued table may end at ``at``: at a line end, a bracket, a figure or a time."""
    at += text.startswith("等", at)
    while text[at : at + 1] in (" ", "\t"):
        at += 1
    sign = text[at : at + 1]
    return sign in ("", "\n", "（", "(") or sign.isdecimal() or TIME.match(text, at) is not None


def lists(text: str) -> Iterator[Sign]:
    """Three or more bodies with 、 between; one mark at least stands between two that can be nothing else."""
    last = 0
    for match in _SURE_MARK.finditer(text):
        if match.start() < last:
            continue
        marks = [match.start()]
        while (at := text.rfind("、", max(last, marks[0] - _LONGEST_GAP), marks[0])) > 0 and _joins(text, at, marks[0]):
            marks.insert(0, at)
        while (at := text.find("、", marks[-1] + 1, marks[-1] + _LONGEST_GAP)) > 0 and _joins(text, marks[-1], at):
            marks.append(at)
        last = marks[-1] + 1
        yield from _list(text, marks)


def _joins(text: str, start: int, end: int) -> bool:
    """Whether a name may stand between two marks: no sentence ends there, and a body stands before each."""
    between = text[start:end]
    return (
        "\n" not in between and "。" not in between and text[start - 1] in _BEFORE_MARK and between[-1] in _BEFORE_MARK
    )


def _list(text: str, marks: list[int]) -> Iterator[Sign]:
    if len(marks) < 2:
        return
    start, end = marks[0], marks[-1] + 1
    while start > 0 and marks[0] - start < _LONGEST_GAP and text[start - 1] not in CLAUSE_SIGN:
        start -= 1
    while (
        end < len(text) and end - marks[-1] < _LONGEST_GAP and text[end] not in CLAUSE_SIGN and not text[end].isdigit()
    ):
        end += 1
    names = certain_names(text, (start, end))
    if len(names) > 2:
        yield Sign("list", "unit", (names[0][0], names[-1][1]), (start, end), names)


def unit_first(text: str, tokens: Tokens) -> Iterator[Sign]:
    """Three or more sentences, one right after another, that each begin with bodies and what they bear: 市公安局负责….

    A single one is prose: it says who does what, and assigns nothing.
    """
    row: list[Sign] = []
    for start, end, _ in tokens.doings:
        if text[start - 1 : start] not in _BODY_END or text[end : end + 1] in CLAUSE_SIGN:
            continue
        first = max(text.rfind(sign, max(0, start - _LONGEST_SUBJECT), start) for sign in _SENTENCE_END) + 1
        names = names_of(text[first:start]) if first > 0 or start <= _LONGEST_SUBJECT else ()
        if not names or (row and first < row[-1].reach[1]):
            continue
        stop = text.find("。", end, end + _LONGEST_DUTY)
        sign = Sign(
            "unit-first",
            "unit",
            (first, start),
            (first, stop if stop >= 0 else min(len(text), end + _LONGEST_DUTY)),
            shifted(first, names),
        )
        if row and text[row[-1].reach[1] : first].strip("。\n ") != "":
            yield from row if len(row) > 2 else ()
            row = []
        row.append(sign)
    yield from row if len(row) > 2 else ()


def role_words(text: str, tokens: Tokens) -> Iterator[Sign]:
    """Clauses of bodies and a word of role: 由市财政局牵头."""
    words = sorted({(a, b) for group in (tokens.doings, tokens.roles) for a, b, _ in group})
    for n, (start, end) in enumerate(words):
        if text[start - 1 : start] not in LAST and not (n and words[n - 1][1] == start):
            continue
        if end < len(text) and text[end] not in CLAUSE_SIGN and text[end] not in _ODD:
            continue
        first = start
        while (
            first > 0 and end - first < LONGEST and (text[first - 1] not in CLAUSE_SIGN or text[first - 1] in CLOSING)
        ):
            opening = _opening(text, first - 1) if text[first - 1] in CLOSING else first - 1  # 各镇（街道）负责
            if opening < 0:
                break
            first = opening
        about = _ABOUT.match(text, first, start)  # 此项工作由市财政局负责
        clause = text[about.end() if about else first : end].lstrip("由并请")
        if names := names_of(clause):
            first = about.end() if about else first
            yield Sign("role-word", "unit", (start, end), (first, end), shifted(end - len(clause), names))
