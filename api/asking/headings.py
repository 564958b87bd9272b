"""Items and sections of the plan that a question names: by number, by label, by title or by a distinctive part of a title.

Order of steps: numbers (第20项, 事项二十, item 8, ⒛) and labels (第四部分, (四)); whole titles with the number before them;
then every stretch of four or more characters that exactly one title of the plan contains.  All of these need one plan:
the plan that the question names, or the only plan in the store.  Without it, a number means the item of the one plan that
has this number, as long as few plans are loaded.  If no plan has the number, or several plans have it, the span says so.

Example: 第六部分 of the sample is (六)依法有效化解社会矛盾纠纷: among several sections with this label, the one with items.

Left to others: instruments and documents (`api.asking.titles`).
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from api.asking.covering import PART, SLOT, WRONG, EntityRef, RecognisedSpan, is_punctuation
from api.asking.unit_names import Scope
from graph.names import fold
from graph.numerals import numeral
from graph.search_text import every_term, search_form
from graph.store.contract import ReadTransaction, Row

ITEM, ITEMS, SECTION = "ITEM", "item-range", "SECTION"
SHORTEST = 4  # characters of a title that may stand for it
ItemsByNumber: TypeAlias = Callable[[int], Sequence[Row]]
_LONGEST, _NAMESAKES = 40, 6  # characters of a heading that is typed in; items of one heading
_MOST = 2_000  # headings of one plan that are compared
_MOST_PLANS = 10  # in which a number without a plan is looked up

_N = r"(?:\d{1,5}|[〇○一二三四五六七八九十百]{1,7})"
# the number of an item: 第20项任务 · 第三件事 · 事项20 · 20号任务 ; not 共20项, 事项2017年, 20项以上
_ITEM_NUMBER = re.compile(
    rf"""
    第 (?P<a>{_N}) (?:个)? (?:大)? (?: 项 | 条 | 号 | 件 ) (?: 任务 | 事项 | 工作 | 事 | 条目 | 内容 )?
  | (?: 事项 | 任务 | 条目 | item | no\.? | 序号 | 编号 ) \s* [:#]? \s*
    (?P<b>{_N}) (?:号|项)? (?! [\d年月.\-／] )
  | (?<! [\d共有达计第至到哪每同某这那任另\-年月] ) (?P<c>{_N}) (?:号|项) (?: 任务 | 事项 | 工作 )? (?! 以上 | 多 | 规定 | 行政 )
    """,
    re.VERBOSE,
)
_SIGN = re.compile("[⒈-⒛①-⑳]")
_RANGE = re.compile(rf"第?{_N}项?(?:到|至|-)第?{_N}(?:项|条|号)")
# the label of a part: 第四部分 · 第(四)部分 · (四)部分 · (四) ; not 第四项, 四部分, (四部分
_PART_LABEL = re.compile(
    r"""
    (?: 第 | (?=\() ) (?P<open> \( )?
    (?P<n> [一二三四五六七八九十]{1,3} | \d{1,2} ) (?(open) \) )  # closed if it was opened
    \s* (?:个|大)? (?: 部分 | 章 | 节 | 板块 | 块 )
  | \( (?P<bare> [一二三四五六七八九十]{1,3} ) \)
    """,
    re.VERBOSE,
)
_SPEAKS_OF_PARTS = re.compile('部分|章|节|板块|"')
_MARKS_OF_TITLES = "、\"'“”()〈〉《》-—·"
_WITHOUT_MARKS = str.maketrans("", "", _MARKS_OF_TITLES)
_BEFORE_TITLE = re.compile(
    r"(?:第?\d{1,5}\s*(?:项|条)?|[⒈-⒛①-⑳]|\(?[一二三四五六七八九十]{1,3}\)?)\s*[.、:：，,]?\s*\"?$"
)


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections and items of the plan that the question is about."""

    sections: Sequence[Row]
    items: Sequence[Row]

    def filled(self, section: str) -> bool:
        """Whether a section, or a section below it, has items."""
        return any(row["section_id"] == section or row["section_id"].startswith(f"{section}.") for row in self.items)


def read_outline(reading: ReadTransaction, scope: Scope) -> Outline | None:
    """The outline of the document that the question is about; None if it is not known which document is meant."""
    if scope.document is None:
        return None
    given = {"document": scope.document.id}
    items = reading.rows("read/item-headings", {**given, "limit": _MOST})
    return Outline(reading.rows("read/section-names", given), items)


def numbered_in(reading: ReadTransaction, regions: Sequence[str]) -> ItemsByNumber:
    """A function that gives the items with a number in all plans, or those of ``regions`` if there are any: the meanings
    of 第20项 if the question names no plan.

    It gives nothing if these are more than `_MOST_PLANS`.
    """

    def items(number: int) -> list[Row]:
        given = {"regions": list(regions) or None, "start": "", "limit": _MOST_PLANS + 1}
        plans = [row["id"] for row in reading.rows("read/document-ids-from", given)]
        if not plans or len(plans) > _MOST_PLANS:
            return []
        return reading.rows("read/items-numbered", {"documents": plans, "number": number})

    return items


def find_headings(text: str, outline: Outline | None, numbered: ItemsByNumber) -> list[RecognisedSpan]:
    """Every span of ``text`` that names an item or a section; ``numbered`` gives the items of all plans by number."""
    found = [*_numbers(text, outline, numbered), *_labels(text, outline), *_ranges(text)]
    if outline is not None:
        found += _titles(text, outline)
    return found


def find_sections(reading: ReadTransaction, text: str) -> list[RecognisedSpan]:
    """Every span of ``text`` that is the title of a section of some plan, if the text speaks of a part or quotes."""
    if _SPEAKS_OF_PARTS.search(text) is None:
        return []
    named: dict[str, list[Row]] = {}
    for row in reading.rows("read/sections-called", {"text": text, "shortest": SHORTEST, "limit": _MOST}):
        named.setdefault(fold(row["name"]).lower().rstrip("。."), []).append(row)
    return [
        RecognisedSpan(at, at + len(title), (SECTION,), SLOT, _refs(rows))
        for title, rows in named.items()
        if (at := text.find(title)) >= 0
    ]


def find_called(
    reading: ReadTransaction, text: str, unknown: Sequence[tuple[int, int]], regions: Sequence[str]
) -> list[RecognisedSpan]:
    """The headings of items of any plan, or of plans of ``regions``, that hold an unknown stretch of ``text`` and as much as
    possible around it.
    """

    def called(start: int, end: int) -> list[Row]:
        form = search_form(text[start:end])
        given = {"terms": every_term([form]), "words": form, "regions": list(regions) or None, "limit": _NAMESAKES}
        return reading.rows("read/items-by-heading", given) if form else []

    places = [_widest(called, text, place) for place in unknown[:2]]
    return [
        RecognisedSpan(start, end, (ITEM,), PART, _of_plans(rows))
        for start, end in places
        if end - start >= SHORTEST and len(rows := _exactly(called(start, end), text[start:end])) < _NAMESAKES
    ]


def _widest(called: Callable[[int, int], list[Row]], text: str, place: tuple[int, int]) -> tuple[int, int]:
    """The widest stretch around a place, or from its begin on, that some heading has.

    If a heading has a stretch, it has every shorter one: binary searches need few queries.
    """
    start, end = place
    first, last = _clause_around(text, start)
    starts = range(max(first, start - _LONGEST), start)
    if called(start, end):
        start = (*starts, start)[bisect_left(starts, True, key=lambda at: bool(called(at, end)))]
    begin = start
    ends = range(begin, min(last, begin + _LONGEST) + 1)
    return begin, ends[bisect_left(ends, True, lo=1, key=lambda at: not called(begin, at)) - 1]


def _exactly(rows: list[Row], words: str) -> list[Row]:
    """Those whose heading is the words; all, if there are none."""
    return [row for row in rows if search_form(row["name"]) == search_form(words)] or rows


def _clause_around(text: str, at: int) -> tuple[int, int]:
    """The stretch around a place up to the marks before and behind it."""
    first = next((place + 1 for place in range(at - 1, -1, -1) if is_punctuation(text[place])), 0)
    return first, next((place for place in range(at, len(text)) if is_punctuation(text[place])), len(text))


def _of_plans(rows: Sequence[Row]) -> tuple[EntityRef, ...]:
    return tuple(EntityRef(row["id"], f"{row['name']}（{row['document_title']}）") for row in rows)


def _numbers(text: str, outline: Outline | None, numbered: ItemsByNumber) -> Iterator[RecognisedSpan]:
    places = [(met.span(), _figure(met["a"] or met["b"] or met["c"])) for met in _ITEM_NUMBER.finditer(text)]
    for met in _SIGN.finditer(text):
        first = "⒈" if met[0] >= "⒈" else "①"
        places.append((met.span(), ord(met[0]) - ord(first) + 1))
    for place, number in places:
        if outline is None:
            refs = _of_plans(numbered(number))
            if len(refs) == 1:
                yield RecognisedSpan(*place, (ITEM,), SLOT, refs)
            else:
                yield RecognisedSpan(*place, (ITEM,), WRONG, refs, wrong=f"没有说明是哪一份文件的第{number}项")
            continue
        rows = [row for row in outline.items if row["number"] == number]
        if rows:
            yield RecognisedSpan(*place, (ITEM,), SLOT, _refs(rows))
        else:
            yield RecognisedSpan(*place, (ITEM,), WRONG, wrong=f"文件没有第{number}项")


def _ranges(text: str) -> Iterator[RecognisedSpan]:
    for met in _RANGE.finditer(text):
        yield RecognisedSpan(*met.span(), (ITEMS,), SLOT)


def _labels(text: str, outline: Outline | None) -> Iterator[RecognisedSpan]:
    for met in _PART_LABEL.finditer(text):
        words = met["n"] or met["bare"]
        if outline is None:
            yield RecognisedSpan(*met.span(), (SECTION,), WRONG, wrong=f"没有说明是哪一份文件的“{met[0]}”")
            continue
        number, bracketed = _figure(words), bool(met["open"] or met["bare"])
        rows = [row for row in outline.sections if _label_figure(row["label"]) == number]
        if bracketed:
            rows = [row for row in rows if "(" in fold(row["label"])]
        rows.sort(key=lambda row: (not outline.filled(row["id"]), "(" in fold(row["label"]), row["id"]))
        if rows:
            refs = _refs(rows)
            yield RecognisedSpan(*met.span(), (SECTION,), SLOT, refs[:1], others=refs[1:])
        elif met["n"]:
            yield RecognisedSpan(*met.span(), (SECTION,), WRONG, wrong=f"文件没有“{met[0]}”")


def _label_figure(label: str | None) -> int | None:
    met = re.search(r"[一二三四五六七八九十百]+|\d+", label or "")
    return _figure(met[0]) if met else None


def _figure(words: str) -> int:
    return int(words) if words.isdigit() else numeral(words)


def _titles(text: str, outline: Outline) -> Iterator[RecognisedSpan]:
    """Whole titles, then the longest stretches that exactly one title contains."""
    named = [(_key(row["name"]), SECTION, row) for row in outline.sections]
    named += [(_key(row["name"]), ITEM, row) for row in outline.items]
    named = [entry for entry in named if len(entry[0]) >= SHORTEST]
    places = [at for at, one in enumerate(text) if one not in _MARKS_OF_TITLES]
    said = "".join(text[at] for at in places)
    for title, concept, row in named:
        at = said.find(title)
        if at >= 0:
            before = _BEFORE_TITLE.search(text, 0, places[at])
            start = before.start() if before else places[at]
            yield RecognisedSpan(start, places[at + len(title) - 1] + 1, (concept,), SLOT, _refs([row]))
    for first, behind in _shared(said, [title for title, _, _ in named]):
        stretch, start, end = said[first:behind], places[first], places[behind - 1] + 1
        for concept in (ITEM, SECTION):
            rows = [row for title, kind, row in named if kind == concept and stretch in title]
            if len(rows) == 1:
                yield RecognisedSpan(start, end, (concept,), PART, _refs(rows))


def _key(title: str) -> str:
    """A title without the marks that people leave out when they type it."""
    return fold(title).lower().rstrip("。.").translate(_WITHOUT_MARKS)


def _shared(text: str, titles: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From each place of ``text``, the longest stretch that some title contains, and its shorter prefixes."""
    whole = "\n".join(titles)
    for start in range(len(text) - SHORTEST + 1):
        end = start + SHORTEST
        while end <= len(text) and "\n" not in text[start:end] and text[start:end] in whole:
            yield start, end
            end += 1


def _refs(rows: Sequence[Row]) -> tuple[EntityRef, ...]:
    return tuple(EntityRef(row["id"], row["name"]) for row in rows)
