"""Signs without a label: a list of bodies in a place where plans assign.

>>> text = "支持就业（县人社局负责）。由市财政局牵头。"
>>> [text[slice(*sign.at)] for sign in brackets(text)]
['（县人社局负责）']

Left to others: columns in which bodies stand (`loaders.signs.tables`), whether a list assigns (`loaders.signs.dismiss`).
"""

import re
from collections.abc import Iterator

from graph.model import Span
from loaders.lexicon.marks import DASHES, ROW_MARKS, behind_last, end_of_line, lines
from loaders.lexicon.roles import IN_PROSE, ends_with_role_word, role_of
from loaders.lexicon.scan import Tokens
from loaders.phrases.persons import KIND_OF_PERSONS, OF_POST, PERSON
from loaders.signs.body_names import (
    AROUND,
    BODY_END,
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
from loaders.signs.labels import ASKS
from loaders.signs.openings import begin
from loaders.signs.sign import Sign
from loaders.signs.subjects import names_in_bracket
from loaders.times.places import TIME

_CELL = re.compile(rf"[^\n\t|│┃{TAKEN}]{{2,}}")
_WIDE_BLANK = re.compile(" {2,}")
_BROKEN = re.compile(r"[省市县区州][\u4e00-\u9fff]{1,9}")
_LEVEL = "省市县区州盟旗镇乡各国"
_ENDS = LAST | frozenset(AROUND)
_SURE_MARK = re.compile(r"、(?<=[局委厅办署]、)(?=[省市县区州盟旗镇乡各国])")
_BEFORE_MARK = frozenset(BODY_END + CLOSING)
_STOPS = "。；！”）)"
_FIRST = "省市县区州"
# where a name may begin right behind another one, or behind a sentence; its sign stands first, because a search skips to it fast
_JOINT = re.compile(rf"[{_FIRST}](?<=[{BODY_END}{re.escape(_STOPS)}].)(?![场级直域别内外里])")
_HEAD = "(?:局|厅|委|办|署|政府|管委会|部|院|公司|中心|联|银行|支队|街道|部门|单位)"
_ONE = re.compile(rf"[省市县区州各][\u4e00-\u9fff]{{1,14}}?{_HEAD}")
_LAST_ONE = re.compile(rf"{_ONE.pattern}$")
_SOME = re.compile(rf"{_ONE.pattern}(?:[、，,][\u4e00-\u9fff（）()]{{2,20}}?(?:{_HEAD}|[队道会])){{0,20}}")
_ABOUT = re.compile(r"[^由]{0,16}(?:工作|任务|事项|措施|交办|[项条款])(?=由)")
# 局长, 督导员, 主要领导
_POST = re.compile(f"{OF_POST.pattern}|{KIND_OF_PERSONS.pattern}")
_OF_PERSONS = re.compile(f"(?:{IN_PROSE}|总责)$")
_LONGEST_POST = 12
# what may stand around a list, and before one
_ODD, _TAIL_MARKS, _LEAST_TAIL = " \t#\"'/※*—｜|。；;~^=+", '。！”※#"/—｜', 6
# 市民政局（牵头）、市财政局: a mark behind a body in the midst of words
_MARK_OF_ROLE = re.compile(rf"[{re.escape(OPENING)}][\u4e00-\u9fff]{{2,4}}[{re.escape(CLOSING)}][、，]")
_LONGEST_GAP = 24  # characters between two marks of a list


def brackets(text: str) -> Iterator[Sign]:
    """Brackets with bodies only, with bodies and words of role, or with clauses that begin with bodies and say little more."""
    for start in positions(text, OPENING):
        match = BRACKET.match(text, start)
        if match is None:
            continue
        at = match.span()
        if _MARK_OF_ROLE.match(text, start) and (body := _LAST_ONE.search(text, max(0, start - _LONGEST_GAP), start)):
            more = shifted(
                at[1] + 1, begin(text[at[1] + 1 : at[1] + LONGEST], asked=True)
            )  # 市民政局（牵头）、市财政局
            yield Sign("bracket", "unit", at, (body.start(), more[-1][1] if more else at[1]), (body.span(), *more))
        elif names := (_bearers_in(text, *at) if text[at[1] - 2] in _ENDS else ()) or names_in_bracket(text, *at):
            yield Sign("bracket", "unit", at, at, names)


def _bearers_in(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The names in a bracket that holds nothing but bodies, or posts, and words of role."""
    words, before = text[start + 1 : end - 1], text[start - 1 : start]
    asked = text.endswith(ASKS, 0, start) and len(words) > 3  # 扛责科室〖社区建设办〗
    if names := names_of(words, asked):
        bear = asked or len(names) > 1 or role_of(words)[1] or _stands_alone(words, before)
        return shifted(start + 1, names) if bear else ()
    closes = ends_with_role_word(words) or before in _STOPS
    return shifted(start + 1, _posts_in(words)) if closes else ()


def _posts_in(words: str) -> tuple[Span, ...]:
    """The posts and persons of a bracket that names nobody else: 局长、分管副局长负责; nothing for other words."""
    pieces = [(at, name) for at, name in pieces_of(words) if name]
    person = PERSON if _OF_PERSONS.search(words) else _POST  # 高标准落实 names nobody
    if any(len(name) > _LONGEST_POST or not (_POST.search(name) or person.fullmatch(name)) for _, name in pieces):
        return ()
    return tuple((at, at + len(name)) for at, name in pieces)


def _stands_alone(words: str, before: str) -> bool:
    """Whether one name in a bracket is a bearer, not the other name of a body: 市委组织部（人才办）, 街道办事处（乡镇政府）."""
    return len(words) > 3 and words[0] in _LEVEL and before not in BODY_END


def dashes(text: str) -> Iterator[Sign]:
    """Bodies behind a dash at the end of a line: 严查分解住院。——市医保局、市卫健委."""
    for at in positions(text, (DASHES,)):
        end = end_of_line(text, at + 2, min(len(text), at + LONGEST))
        if text[at - 1 : at] in _STOPS and (names := names_of(text[at + 2 : end])):
            yield Sign("dash", "unit", (at, end), (at, end), shifted(at + 2, names))


def cells(text: str) -> Iterator[Sign]:
    """Lines with bodies only, and cells of lines: parted by tabs, strokes, or several blanks."""
    parted = any(mark in text for mark in "\t|│")
    for at, line in lines(text):
        if not (parted and ("\t" in line or "|" in line or "│" in line)):
            if line[-1:] not in _ENDS:
                continue
            if TAKEN not in line and "┃" not in line:  # the line is one cell
                if len(line) > 1 and may_end_list(line):
                    yield from _parts(text, at, at + len(line))
                continue
        for cell in _CELL.finditer(text, at, at + len(line)):
            if may_end_list(cell[0]):
                yield from _parts(text, *cell.span())


def _parts(text: str, start: int, end: int) -> Iterator[Sign]:
    for mark in _WIDE_BLANK.finditer(text, start, end) if text.find("  ", start, end) >= 0 else ():
        if sign := _cell(text, start, mark.start()):
            yield sign
        start = mark.end()
    if end - start <= LONGEST and (sign := _cell(text, start, end)):
        yield sign


def tails(text: str) -> Iterator[Sign]:
    """Bodies behind the last sentence of a line, whatever sign stands around them: 公布目录。#市司法局牵头#"""
    for at, line in lines(text):
        words = line.rstrip(_ODD)
        if words[-1:] not in LAST or len(words) < _LEAST_TAIL:
            continue
        start = behind_last(words, _TAIL_MARKS, 0, len(words))
        tail = words[start:].lstrip(_ODD)
        start = len(words) - len(tail)
        if start > 0 and len(tail) <= LONGEST and (names := names_of(tail)):
            span = at + start, at + len(words)
            yield Sign("tail", "unit", span, span, shifted(at + start, names))


def _opening(text: str, at: int) -> int:
    """Where the short bracket opens that closes at ``at``; -1 if it is none."""
    low = max(0, at - _LONGEST_GAP)
    inside = behind_last(text, OPENING, low, at)
    return inside - 1 if inside > low and "\n" not in text[inside:at] else -1


def _cell(text: str, start: int, end: int) -> Sign | None:
    words = text[start:end].strip()
    if any(mark in words for mark in ROW_MARKS):  # 养老院、福利院——县民政局: what stands before the dash says what
        tail = max(words.rfind(mark) + len(mark) for mark in ROW_MARKS if mark in words)
        start += text[start:end].find(words) + tail
        words = text[start:end].strip()
    names = names_of(words)
    if not names:
        return None
    start += text[start:end].find(words)
    end = start + len(words)
    first = _first_line(text, start, end)
    return Sign("cell", "unit", (first, end), (first, end), shifted(start, names) if first == start else ())


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
    if len(names) > 1 and names[-1][1] <= marks[-1] and (more := begin(text[marks[-1] + 1 : end], asked=True)):
        names = (*names, *shifted(marks[-1] + 1, more))  # 市民政局、市财政局、市水利局持续实施
    if len(names) > 1 and names[0][0] > marks[0] and (first := _LAST_ONE.search(text, start, marks[0])):
        names = ((first.start(), marks[0]), *names)  # 降低成本市民政局、市财政局、市水利局
    if len(names) > 2:
        yield Sign("list", "unit", (names[0][0], names[-1][1]), (start, end), names)


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
        first = about.end() if about else first
        clause = text[first:end].lstrip("由并请")
        if TAKEN not in text[first:end] and (names := names_of(clause)):
            yield Sign("role-word", "unit", (start, end), (first, end), shifted(end - len(clause), names))
