"""Repairs: losses that web pages leave in a text, repaired by named rules, each with a guard.

Pages lose dashes, brackets and 年: ``20176月底前``, ``2017316日``, ``〔20174``, ``20162020年``, ``任单位:``, ``两级级政府``.
The source keeps the original; the parser reads the repaired text, in which other `forms` are unified as well.

1. Rows of a drawn table that are broken over lines are put together (`loaders.text.broken_rows`).  Signs are made plain, traditional characters simplified, bullets and brackets of other shapes made plain, place for
   place (`loaders.text.plain_signs`, `loaders.text.traditional`, `loaders.text.layout_marks`).
2. A year with something unusual behind it, or a line's start, is where rules are tried; each has its guard;
   a figure with several readings is a warning.
3. The edits are applied in text order; `Repaired.source` maps a position of the mended text back.

>>> repair("20176月底前公布").text
'2017年6月底前公布'

Left to others: bytes that could not be decoded (`loaders.files.read`), words that are only unusual.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from typing import TypeAlias

from msgspec.structs import replace

from graph.model import PlanWarning, Repair, Span
from loaders.rule import Rule, gives
from loaders.text.broken_rows import Rearranged, together
from loaders.text.layout_marks import unmarked
from loaders.text.line_wraps import unwrapped
from loaders.text.plain_signs import UNUSUAL, has_rare_signs, plain, plain_blanks
from loaders.text.spellings import Edit, forms
from loaders.text.split_words import split_words
from loaders.text.traditional import TRADITIONAL, simplified


@dataclass(frozen=True, slots=True)
class Repaired:
    """The text that is parsed, its repairs, and the way back to the source."""

    text: str
    repairs: tuple[Repair, ...]
    warnings: tuple[PlanWarning, ...]
    # positions in `text` where an edit begins; an edit of nothing stands before the text, the text's end behind the last one
    _starts: tuple[int, ...]
    # of each edit: where it ends in `text`, where it begins in the source, how far the source is ahead behind it
    _marks: tuple[tuple[int, int, int], ...]
    unusual: bool = True  # whether signs of the source may be others in plain or in simplified form
    # the source in the order in which it was mended, where rows of a drawn table were put together
    whole: Rearranged | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the parsed text equals the source."""
        return not self._starts and self.whole is None

    def source(self, position: int) -> int:
        """The source position of a position of ``text``; inside an edit, where the edit begins."""
        if not self._starts:
            return position
        end, start, ahead = self._marks[bisect_right(self._starts, position) - 1]
        return position + ahead if position >= end else start

    def shift(self, span: Span) -> int | None:
        """The distance of a place from its source place; None if the place contains an edit, or is not one stretch there."""
        ahead = self._shift(span)
        if ahead is None or self.whole is None:
            return ahead
        parts = self.whole.parts((span[0] + ahead, span[1] + ahead))
        return parts[0][0] - span[0] if len(parts) == 1 and parts[0][1] - parts[0][0] == span[1] - span[0] else None

    def _shift(self, span: Span) -> int | None:
        starts = self._starts
        if not starts:
            return 0
        n = bisect_right(starts, span[0])
        end, _, ahead = self._marks[n - 1]
        return ahead if span[1] <= starts[n] and span[0] >= end else None

    def place(self, span: Span) -> Span:
        """The source place of a place of ``text``; of a broken row the stretch that reaches over all of it."""
        place = self._place(span)
        return self.whole.place(place) if self.whole else place

    def parts(self, span: Span) -> list[Span]:
        """The stretches of the source of which a place of ``text`` consists; several only where a row was broken."""
        return self.whole.parts(self._place(span)) if self.whole else [self._place(span)]

    def _place(self, span: Span) -> Span:
        first, last = span
        starts = self._starts
        if not starts:
            return span
        n = bisect_right(starts, first)
        end, _, ahead = self._marks[n - 1]
        if last <= starts[n] and first >= end:
            return first + ahead, last + ahead
        return self.source(first), self.source(last)  # an edit within


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
REFERENCE = re.compile(r"(20[0-5]\d)(\d{1,4})(号|(?=[ \t]*(?:\n|$)))")
REFERENCE_HEAD = re.compile(r"[发办字函规政令厅通](?P<bracket>[〔\[［])$")

# a label that lost its first character at the start of a line, also in bold: 任单位: -> 责任单位: ; not 主任单位:
LABEL = re.compile(
    r"""
    \n [ \t]* (?: \*\* )?
    (?P<rest> 任单位 | 任部门 | 头单位 | 头部门 | 成时限 | 成时间 )
    (?: \*\* )? [:：]
    """,
    re.VERBOSE,
)
LABEL_HEADS = {"任": "责", "头": "牵", "成": "完"}

# an issuer's line that lost its first character: ⏎共娄底市委⏎ -> 中共娄底市委 ; not 公共…, not inside a sentence
ISSUER = re.compile(r"\n[ \t]*(?P<rest>共[\u4e00-\u9fff]{1,8}[省市州盟县区旗]委(?:办公室)?)[ \t]*\n")

# a character typed twice in a fixed phrase: 市县两级级政府 -> 市县两级政府 ; not 各级级别
DOUBLED = re.compile(r"级(级)(?<=[两三]级级)(?=政府|人民政府|党委|部门)")

_CLOSING = {")": "(", "）": "（"}
# most texts have none of these signs: one look spares all others
_UNUSUAL = re.compile(f"[{UNUSUAL}{TRADITIONAL}]")


def repair(text: str, *, drawn: bool = True) -> Repaired:
    """Mend ``text``. Spans of repairs and warnings are places in ``text`` itself.

    ``drawn``: its tables, if any, are drawn with signs, so that the rows of one may be broken over lines.
    """
    source, text = text, plain_blanks(text)
    if unusual := _UNUSUAL.search(text) is not None or has_rare_signs(text):
        text = simplified(plain(text))
    text = unmarked(text)
    whole = together(text) if drawn else None
    if whole:
        source, text = whole.of(source), whole.text
    found: list[tuple[int, int, str, list[Edit]]] = []
    warnings: list[PlanWarning] = []
    for head in YEAR.finditer(text):
        if text[head.start() - 1 : head.start()].isdigit():
            continue
        for rule in FIGURE_RULES:
            expression, mend = _FIGURES[rule]
            match = expression.match(text, head.start())
            result = mend(match, text) if match else None
            if isinstance(result, PlanWarning):
                warnings.append(result)
            elif match and result:
                found.append((match.start(), match.end(), rule.name, result))
                break
    for rule, (expression, lost) in _LINES.items():
        for match in expression.finditer(text):
            at = match.start("rest")
            found.append((at, match.end("rest"), rule.name, [_insert(at, lost(match["rest"]))]))
    for match in DOUBLED.finditer(text):
        found.append((match.start(), match.end(), DOUBLED_CHARACTER.name, [(match.start(1), match.end(1), "")]))
    joined, unsure = unwrapped(text)
    found += [(edit[0], edit[1], "", [edit]) for edit in (*forms(text), *split_words(text), *joined)]
    found.sort()
    mended = replace_fields(_apply(source, text, found, [*warnings, *unsure]), unusual=unusual)
    return _in_order(mended, whole) if whole else mended


def _in_order(mended: Repaired, whole: Rearranged) -> Repaired:
    """What was mended in a text whose rows were put together, with places of the source itself."""
    repairs = (replace(repair, span=whole.place(repair.span)) for repair in mended.repairs)
    warnings = (replace(told, span=told.span and whole.place(told.span)) for told in mended.warnings)
    return replace_fields(
        mended, repairs=tuple(sorted(repairs, key=lambda repair: repair.span)), warnings=tuple(warnings), whole=whole
    )


def shown(words: str) -> str:
    """Words of a source as a reader is shown them: in one form, but in their own script, and with what they have lost."""
    words = unmarked(plain(words))
    edits = [(start, end, "", [(start, end, new)]) for start, end, new in (*forms(words), *split_words(words))]
    return _apply(words, words, sorted(edits), []).text


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
        f"{match[0]}：" + ("、".join(f"{m}月{d}日" for m, d in readings) or "不是日期") + "，未修复。",
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


def _label(rest: str) -> str:
    return LABEL_HEADS[rest[0]]


def _issuer(rest: str) -> str:
    return "中"


LOST_YEAR_BEFORE_MONTH = Rule(
    "lost-year-before-month", "", "repair", "20176月 补「年」", _month,
    (
        gives("1.20176月底前完成。\n责任单位：市司法局\n", "20176月 → 2017年6月"),
        gives("1.201812月前公开。\n责任单位：市司法局\n", "201812月 → 2018年12月"),
    ),
    ("1.2017年6月底前完成。\n责任单位：市司法局\n", "1.编号120176月报。\n责任单位：市司法局\n"),
)  # fmt: skip
LOST_DASH_BETWEEN_YEARS = Rule(
    "lost-dash-between-years", "", "repair", "20162020年 补「—」", _years,
    (
        gives("1.落实20162020年规划。\n责任单位：市司法局\n", "20162020年 → 2016—2020年"),
        gives("1.编制20212025年计划。\n责任单位：市司法局\n", "20212025年 → 2021—2025年"),
    ),
    ("1.落实20202016年规划。\n责任单位：市司法局\n", "1.落实2016—2020年规划。\n责任单位：市司法局\n"),
)  # fmt: skip
LOST_YEAR_AND_MONTH = Rule(
    "lost-year-and-month", "", "repair", "2017316日 补「年」「月」", _day,
    (
        gives("1.2017316日起清理。\n责任单位：市司法局\n", "2017316日 → 2017年3月16日"),
        gives("1.2018925日前公开。\n责任单位：市司法局\n", "2018925日 → 2018年9月25日"),
    ),
    ("1.2017112日起清理。\n责任单位：市司法局\n", "1.2017年3月16日起清理。\n责任单位：市司法局\n"),
)  # fmt: skip
LOST_YEAR_BEFORE_END = Rule(
    "lost-year-before-end", "", "repair", "2018底前 补「年」", _year_end,
    (
        gives("1.2018底前完成。\n责任单位：市司法局\n", "2018底前 → 2018年底前"),
        gives("1.2019底完成清理。\n责任单位：市司法局\n", "2019底完成 → 2019年底完成"),
    ),
    ("1.2018底稿已存档。\n责任单位：市司法局\n", "1.2018年底前完成。\n责任单位：市司法局\n"),
)  # fmt: skip
LOST_BRACKET_OF_REFERENCE = Rule(
    "lost-bracket-of-reference", "", "repair", "〔20174 补「〕」「号」", _reference,
    (
        gives("青发〔20174\n1.清理。\n责任单位：市司法局\n", "20174 → 2017〕4号"),
        gives("青政办发〔201812号\n1.清理。\n责任单位：市司法局\n", "201812号 → 2018〕12号"),
    ),
    ("青发〔2017〕4号\n1.清理。\n责任单位：市司法局\n", "甲乙〔20174\n1.清理。\n责任单位：市司法局\n"),
)  # fmt: skip
LOST_HEAD_OF_LABEL = Rule(
    "lost-head-of-label", "", "repair", "行首「任单位：」补「责」", _label,
    (
        gives("1.清理。\n任单位：市司法局\n", "任单位 → 责任单位"),
        gives("1.清理。\n头单位：市司法局\n", "头单位 → 牵头单位"),
        gives("1.清理。\n**任单位**：市司法局\n", "任单位 → 责任单位"),
    ),
    ("1.清理。\n主任单位：市司法局\n", "1.清理。\n责任单位：市司法局\n"),
)  # fmt: skip
LOST_HEAD_OF_ISSUER = Rule(
    "lost-head-of-issuer", "", "repair", "行首「共青川市委」补「中」", _issuer,
    (
        gives("\n共青川市委\n1.清理。\n责任单位：市司法局\n", "共青川市委 → 中共青川市委"),
        gives("\n共临江县委办公室\n1.清理。\n责任单位：市司法局\n", "共临江县委办公室 → 中共临江县委办公室"),
    ),
    ("\n公共青川市委员\n1.清理。\n责任单位：市司法局\n", "\n中共青川市委\n1.清理。\n责任单位：市司法局\n"),
)  # fmt: skip
DOUBLED_CHARACTER = Rule(
    "doubled-character", "", "repair", "两级级政府 去一字", repair,
    (
        gives("1.市县两级级政府要清理。\n责任单位：市司法局\n", "级级 → 级"),
        gives("1.县乡两级级党委要清理。\n责任单位：市司法局\n", "级级 → 级"),
    ),
    ("1.市县两级政府要清理。\n责任单位：市司法局\n", "1.各级级别不同。\n责任单位：市司法局\n"),
)  # fmt: skip

Mend: TypeAlias = Callable[[re.Match[str], str], "list[Edit] | PlanWarning"]
_FIGURES: Mapping[Rule, tuple[re.Pattern[str], Mend]] = {
    LOST_YEAR_BEFORE_MONTH: (MONTH, _month),
    LOST_DASH_BETWEEN_YEARS: (YEARS, _years),
    LOST_YEAR_AND_MONTH: (DAY, _day),
    LOST_YEAR_BEFORE_END: (YEAR_END, _year_end),
    LOST_BRACKET_OF_REFERENCE: (REFERENCE, _reference),
}
_LINES: Mapping[Rule, tuple[re.Pattern[str], Callable[[str], str]]] = {
    LOST_HEAD_OF_LABEL: (LABEL, _label),
    LOST_HEAD_OF_ISSUER: (ISSUER, _issuer),
}
FIGURE_RULES = tuple(_FIGURES)  # in the order in which they are tried
REPAIR_RULES = (*FIGURE_RULES, *_LINES, DOUBLED_CHARACTER)
