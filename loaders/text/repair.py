"""Repair: losses that web pages leave in a text, made good by named rules with a guard.

Pages lose dashes, brackets and 年: ``20176月底前``, ``2017316日``, ``〔20174``, ``20162020年``, ``任单位:``, ``两级级政府``.
The original stays in the source; the parse runs on the mended text, in which other `forms` are brought to one as well.

1. Traditional characters are made simplified, place for place (`loaders.text.traditional`).
2. A year with something unusual behind it, or a line's start, is where rules are tried; each has its guard;
   a figure with several readings is a warning.
3. The edits are applied in text order; `Repaired.source` maps a position of the mended text back.

>>> repair("20176月底前公布").text
'2017年6月底前公布'

Left to others: bytes that could not be decoded (`loaders.files.read`), words that are merely unusual.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from graph.model import PlanWarning, Repair, Span
from loaders.text.line_wraps import unwrapped
from loaders.text.spellings import Edit, forms
from loaders.text.traditional import simplified


@dataclass(frozen=True, slots=True)
class Repaired:
    """The text that is parsed, what was mended in it, and the way back to the source."""

    text: str
    repairs: tuple[Repair, ...]
    warnings: tuple[PlanWarning, ...]
    # positions in `text` where an edit begins; an edit of nothing stands before the text, the text's end behind the last one
    _starts: tuple[int, ...]
    # of each edit: where it ends in `text`, where it begins in the source, how far the source is ahead behind it
    _marks: tuple[tuple[int, int, int], ...]

    @property
    def unchanged(self) -> bool:
        """Whether the text that is parsed is the source's."""
        return not self._starts

    def source(self, position: int) -> int:
        """The source position of a position of ``text``; inside an edit: where the edit begins."""
        if not self._starts:
            return position
        end, start, ahead = self._marks[bisect_right(self._starts, position) - 1]
        return position + ahead if position >= end else start

    def shift(self, span: Span) -> int | None:
        """How far a place without an edit in it lies from its source place; None when an edit stands in it."""
        starts = self._starts
        if not starts:
            return 0
        n = bisect_right(starts, span[0])
        end, _, ahead = self._marks[n - 1]
        return ahead if span[1] <= starts[n] and span[0] >= end else None

    def place(self, span: Span) -> Span:
        """The source place of a place of ``text``."""
        if not self._starts:
            return span
        shift = self.shift(span)
        if shift is None:
            return self.source(span[0]), self.source(span[1])
        return span[0] + shift, span[1] + shift


# Every figure rule starts at a year with something unusual behind it; the rules are then tried there, in this order.
YEAR = re.compile(r"20[0-5]\d(?=[\d底])")

# 20176月底前 -> 2017年6月底前 ; not 120176月 (a longer figure)
MONTH = re.compile(r"(20[0-5]\d)(?:1[0-2]|[1-9])月")

# 2017316日 -> 2017年3月16日 ; 2017112日 has two readings (1月12日, 11月2日): a warning
DAY = re.compile(r"(20[0-5]\d)(\d{2,4})日")

# 20162020年 -> 2016—2020年 ; not 20202016年 (falling)
YEARS = re.compile(r"(20[0-5]\d)(20[0-5]\d)年")

# 2018底前 -> 2018年底前 ; not 2018底稿
YEAR_END = re.compile(r"(20[0-5]\d)底(?:之前|以前|前|完成)")

# 娄发〔20174⏎ -> 娄发〔2017〕4号 ; 〔20174号 -> 〔2017〕4号 ; not 〔2017〕4号
REFERENCE = re.compile(r"(20[0-5]\d)(\d{1,4})(号|(?=[ \t\u3000\xa0]*(?:\n|$)))")
REFERENCE_HEAD = re.compile(r"[发办字函规政令厅通](?P<bracket>[〔\[［])$")

# a label that lost its first character at the start of a line: 任单位: -> 责任单位: ; not 主任单位:
LABEL = re.compile(r"\n[ \t\u3000\xa0]*(?P<rest>任单位|任部门|头单位|头部门|成时限|成时间)[:：]")
LABEL_HEADS = {"任": "责", "头": "牵", "成": "完"}

# an issuer's line that lost its first character: ⏎共娄底市委⏎ -> 中共娄底市委 ; not 公共…, not inside a sentence
ISSUER = re.compile(
    r"\n[ \t\u3000\xa0]*(?P<rest>共[\u4e00-\u9fff]{1,8}[省市州盟县区旗]委(?:办公室)?)[ \t\u3000\xa0]*\n"
)

# a character typed twice in a fixed phrase: 市县两级级政府 -> 市县两级政府 ; not 各级级别
DOUBLED = re.compile(r"级(级)(?<=[两三]级级)(?=政府|人民政府|党委|部门)")

_CLOSING = {")": "(", "）": "（"}


def repair(text: str) -> Repaired:
    """Mend ``text``. Spans of repairs and warnings are places in ``text`` itself."""
    source, text = text, simplified(text)
    found: list[tuple[int, int, str, list[Edit]]] = []
    warnings: list[PlanWarning] = []
    for head in YEAR.finditer(text):
        if text[head.start() - 1 : head.start()].isdigit():
            continue
        for name, expression, mend in FIGURE_RULES:
            match = expression.match(text, head.start())
            result = mend(match, text) if match else None
            if isinstance(result, PlanWarning):
                warnings.append(result)
            elif match and result:
                found.append((match.start(), match.end(), name, result))
                break
    for name, expression, lost in LINE_RULES:
        for match in expression.finditer(text):
            at = match.start("rest")
            found.append((at, match.end("rest"), name, [_insert(at, lost(match["rest"]))]))
    for match in DOUBLED.finditer(text):
        found.append((match.start(), match.end(), "doubled-character", [(match.start(1), match.end(1), "")]))
    found += [(edit[0], edit[1], "", [edit]) for edit in (*forms(text), *unwrapped(text))]
    found.sort()
    return _apply(source, text, found, warnings)


def _apply(
    source: str, text: str, found: list[tuple[int, int, str, list[Edit]]], warnings: list[PlanWarning]
) -> Repaired:
    if not found:
        return Repaired(text, (), tuple(warnings), (), ())
    pieces: list[str] = []
    starts: list[int] = [-1]
    marks: list[tuple[int, int, int]] = [(0, 0, 0)]
    repairs: list[Repair] = []
    at = grown = 0
    for start, end, name, edits in found:
        if start < at:
            continue  # an earlier rule mended the same place
        mended: list[str] = []
        cut = start
        for first, last, words in edits:
            mended += (text[cut:first], words)
            pieces += (text[at:first], words)
            starts.append(first + grown)
            grown += len(words) - (last - first)
            marks.append((last + grown, first, -grown))
            cut = at = last
        mended.append(text[cut:end])
        if name:  # another form is no loss
            repairs.append(Repair(name, source[start:end], "".join(mended), (start, end)))
    pieces.append(text[at:])
    starts.append(len(text) + grown + 1)
    return Repaired("".join(pieces), tuple(repairs), tuple(warnings), tuple(starts), tuple(marks))


def _insert(at: int, words: str) -> Edit:
    return at, at, words


def _month(match: re.Match[str], text: str) -> list[Edit]:
    return [_insert(match.end(1), "年")]


def _day(match: re.Match[str], text: str) -> list[Edit] | PlanWarning:
    readings = list(_month_and_day(match[2]))
    if len(readings) == 1:
        month, _ = readings[0]
        return [_insert(match.end(1), "年"), _insert(match.end(1) + len(month), "月")]
    return PlanWarning(
        "ambiguous-date" if readings else "unreadable-date",
        f"{match[0]}: " + ("、".join(f"{m}月{d}日" for m, d in readings) or "不是日期") + ",未修复。",
        (match.start(), match.end()),
    )


def _month_and_day(digits: str) -> Iterator[tuple[str, str]]:
    for cut in (1, 2):
        month, day = digits[:cut], digits[cut:]
        if day and month[0] != "0" and day[0] != "0" and 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            yield month, day


def _years(match: re.Match[str], text: str) -> list[Edit]:
    if not 0 < int(match[2]) - int(match[1]) <= 20:
        return []
    edits = [_insert(match.end(1), "—")]
    # …建设⏎⏎20162020年)实施方案 : the bracket that opens was lost too
    closing = text[match.end() : match.end() + 1]
    before = text[max(0, match.start() - 40) : match.start()]
    if closing in _CLOSING and before.rfind(_CLOSING[closing]) <= before.rfind(closing):
        edits.insert(0, _insert(match.start(), _CLOSING[closing]))
    return edits


def _year_end(match: re.Match[str], text: str) -> list[Edit]:
    return [_insert(match.end(1), "年")]


def _reference(match: re.Match[str], text: str) -> list[Edit]:
    head = REFERENCE_HEAD.search(text, max(0, match.start() - 2), match.start())
    if not head:
        return []
    closing = {"〔": "〕", "[": "]", "［": "］"}[head["bracket"]]
    return [_insert(match.end(1), closing)] + ([] if match[3] else [_insert(match.end(2), "号")])


Mend: TypeAlias = Callable[[re.Match[str], str], "list[Edit] | PlanWarning"]
FIGURE_RULES: tuple[tuple[str, re.Pattern[str], Mend], ...] = (
    ("lost-year-before-month", MONTH, _month),
    ("lost-dash-between-years", YEARS, _years),
    ("lost-year-and-month", DAY, _day),
    ("lost-year-before-end", YEAR_END, _year_end),
    ("lost-bracket-of-reference", REFERENCE, _reference),
)
LINE_RULES: tuple[tuple[str, re.Pattern[str], Callable[[str], str]], ...] = (
    ("lost-head-of-label", LABEL, lambda rest: LABEL_HEADS[rest[0]]),
    ("lost-head-of-issuer", ISSUER, lambda rest: "中"),
)
