"""Findings about the text itself: unidentified instruments, empty sections, numbering, damage.

Example: ``任单位:`` in item 4 of the sample was repaired to ``责任单位:``; the duties on that line rest on a repair.

Left to others: repairs (made when the plan is read), the titles of sections without items (``preface.yaml``).
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from graph.findings.finding import Hit
from graph.findings.plan_rows import Place, PlanRows
from graph.numerals import BELOW_100, numeral
from graph.store.contract import Row

HAN_FIGURE = re.compile("[零一二三四五六七八九十]+")
FIGURE = re.compile(r"\d+")
NAMES = frozenset(("name-not-sure", "no-name"))  # what stands among bearers and looks like no body
# notes of the reader that say: these words could not be made out
DOUBTS = frozenset(("unread-clause", "time-not-read", "ambiguous-date", "unreadable-date"))
NO_DATES = frozenset(("impossible-date", "no-such-date"))
UNDECODED = "\ufffd"


def unknown_instrument(plan: PlanRows) -> Iterator[Hit]:
    """A title that does not identify an instrument: 《仲裁规则》, or 《实施纲要》 without 以下简称."""
    for owner, facts in [
        (None, plan.own_citations),
        *((leaf, plan.citations.get(leaf["id"], [])) for leaf in plan.leaves),
    ]:
        unknown = [c for c in facts if c["unresolved"]]
        if unknown:
            titles = "、".join(dict.fromkeys(f"《{c['regulation_title']}》" for c in unknown))
            yield Hit(
                f"引用了{titles}，仅凭名称不能确定是哪一份文件。",
                plan.clauses("引用处", unknown),
                len(unknown),
                item=owner,
            )


def section_without_items(plan: PlanRows) -> Iterator[Hit]:
    """A section without items although its siblings have some. Prefaces and closing parts need none."""
    full = {item["section_id"] for item in plan.items}
    parents = {section["id"]: section["parent"] for section in plan.sections}
    for key in list(full):
        while (key := parents.get(key)) is not None:
            full.add(key)
    for section in plan.sections:
        siblings = [s for s in plan.sections if s["parent"] == section["parent"]]
        if section["id"] in full or not section["title"] or not any(s["id"] in full for s in siblings):
            continue
        if not any(word in section["title"] for word in _prefaces()):
            name = f"{section['label'] or ''}{section['title']}"
            yield Hit(f"“{name}”下没有任何事项。", (_title(plan, section),), 1, key=section["id"])


def numbering_gap(plan: PlanRows) -> Iterator[Hit]:
    """A missing number between two items, or between two headings of one level."""
    for before, after in _steps(plan):
        lost = range(before.figure + 1, after.figure)
        if lost:
            said = "、".join(map(str, lost[:5])) + "等" * (len(lost) > 5)
            yield Hit(
                f"编号从“{before.label}”跳到“{after.label}”，缺{said}：原文漏编，或这一项没有读出。",
                (after.place, before.place),
                len(lost),
                item=after.item,
                key=after.key,
            )


def numbering_repeated(plan: PlanRows) -> Iterator[Hit]:
    """A number that is repeated, or smaller than the one before, without a new count from 1."""
    for before, after in _steps(plan):
        if after.figure <= before.figure:
            again = "重复" if after.figure == before.figure else "倒退"
            yield Hit(
                f"编号{again}：“{after.label}”排在“{before.label}”之后。",
                (after.place, before.place),
                1,
                item=after.item,
                key=after.key,
            )


def repaired_text(plan: PlanRows) -> Iterator[Hit]:
    """A duty, deadline, citation or demand of an item whose words were repaired."""
    repairs = list(plan.notes("repairs"))
    for leaf in plan.leaves:
        spans = _facts(plan, leaf)
        met = [r for r in repairs if any(a < r["span"][1] and r["span"][0] < b for a, b in spans)]
        if met:
            said = "、".join(f"“{r['original']}”按“{r['repaired']}”理解" for r in met)
            yield Hit(
                f"本事项的责任或时限依据修复过的文字：{said}。",
                tuple(plan.words("原文", *r["span"]) for r in met),
                len(met),
                item=leaf,
            )


def name_not_sure(plan: PlanRows) -> Iterator[Hit]:
    """Names among bearers that look like no body's, each once."""
    told = [tuple(note["span"]) for note in plan.notes("warnings") if note["code"] in NAMES]
    places = tuple(plan.words("承担单位", *span) for span in sorted(told))
    if places:
        names = "、".join(dict.fromkeys(place.quote for place in places))
        yield Hit(f"这些名称不像单位：{names}。", places, len(places))


def annex_differs(plan: PlanRows) -> Iterator[Hit]:
    """Leads that an annexed table names and the body does not, for an item that both have."""
    told = sorted(tuple(note["span"]) for note in plan.notes("warnings") if note["code"] == "annex-differs")
    places = tuple(plan.words("附表", *span) for span in told)
    if places:
        names = "、".join(dict.fromkeys(place.quote for place in places))
        yield Hit(f"附表写的牵头单位与正文不同：{names}。", places, len(places))


def no_such_date(plan: PlanRows) -> Iterator[Hit]:
    """Dates that no calendar has: 2024年13月底前, 2月30日."""
    told = [(tuple(w["span"]), w["message"]) for w in plan.notes("warnings") if w["code"] in NO_DATES]
    for owner in (None, *plan.leaves):
        met = [(s, m) for s, m in told if _owner(plan, s[0]) is owner]
        if met:
            said = "；".join(message.rstrip("。") for _, message in met)
            yield Hit(f"{said}。", tuple(plan.words("原文", *span) for span, _ in met), len(met), item=owner)


def _owner(plan: PlanRows, at: int) -> Row | None:
    """The item in which a place stands; None outside the items."""
    return next((leaf for leaf in plan.leaves if leaf["start"] <= at < leaf["end"]), None)


def damaged_text(plan: PlanRows) -> Iterator[Hit]:
    """Words of an item that were not understood, or undecodable bytes at the place of a fact."""
    doubts = [(w["span"], w["message"]) for w in plan.notes("warnings") if w["code"] in DOUBTS]
    for leaf in plan.leaves:
        met = [(s, m) for s, m in doubts if leaf["start"] <= s[0] < leaf["end"]]
        lost = [s for s in sorted(_facts(plan, leaf)) if UNDECODED in plan.text[s[0] : s[1]]]
        if met or lost:
            said = [message.rstrip("。") for _, message in met]
            said += ["有字无法解码，依据的文字不全"] * bool(lost)
            places = [plan.words("原文", *span) for span in dict.fromkeys([*(tuple(s) for s, _ in met), *lost])]
            yield Hit("；".join(said) + "。", tuple(places), len(places), item=leaf)


def _facts(plan: PlanRows, leaf: Row) -> set[tuple[int, int]]:
    """The places that the facts of an item rest on: names and their lines, times, titles, demands."""
    key = leaf["id"]
    found = {(f["start"], f["end"]) for kind in (plan.deadlines, plan.citations) for f in kind.get(key, ())}
    for kind in (plan.duties, plan.mentions):
        for fact in kind.get(key, ()):
            found |= {(fact["start"], fact["end"]), (fact["clause_start"], fact["clause_end"])}
    return {(start, end) for start, end in found if start is not None}


@cache
def _prefaces() -> tuple[str, ...]:
    """Words in the titles of sections that have no items because of their kind."""
    said = yaml.safe_load(files("graph.findings").joinpath("preface.yaml").read_text(encoding="utf-8"))
    return tuple(said["words"])


def _title(plan: PlanRows, section: Row) -> Place:
    line = plan.text.find("\n", section["start"], section["end"])
    return plan.words("部分", section["start"], section["end"] if line < 0 else line)


class Numbered(NamedTuple):
    """An item or a heading with its number; ``item`` is None for a heading."""

    figure: int
    label: str
    place: Place
    key: str
    item: Row | None


def _steps(plan: PlanRows) -> Iterator[tuple[Numbered, Numbered]]:
    """Each pair of neighbours in one count: items through the plan, headings below one parent. 1 begins a new count."""
    last: dict[tuple[str | None, str], Numbered] = {}
    for count, met in [*_items(plan), *_headings(plan)]:
        if met.figure != 1 and count in last:
            yield last[count], met
        last[count] = met


def _items(plan: PlanRows) -> Iterator[tuple[tuple[str | None, str], Numbered]]:
    for item in plan.numbered:
        if item["number"] is not None:
            label = (item["label"] or str(item["number"])).strip()
            style = "han" if HAN_FIGURE.search(label) else "digit"
            yield (None, style), Numbered(item["number"], label, plan.heading(item), "", item)


def _headings(plan: PlanRows) -> Iterator[tuple[tuple[str | None, str], Numbered]]:
    for section in plan.sections:
        figure = _figure(section["label"])
        if figure is not None:
            style = HAN_FIGURE.sub("#", FIGURE.sub("#", section["label"]))
            place = _title(plan, section)
            yield (section["parent"], style), Numbered(figure, section["label"], place, section["id"], None)


def _figure(label: str | None) -> int | None:
    """The number in a label, up to 99: ``(四)`` -> 4, ``十二、`` -> 12; None if there is none.

    >>> [_figure(label) for label in ("(四)", "十二、", "第3章", "附件")]
    [4, 12, 3, None]
    """
    digits, han = FIGURE.search(label or ""), HAN_FIGURE.search(label or "")
    if digits:
        return int(digits[0])
    return numeral(han[0]) if han is not None and BELOW_100.fullmatch(han[0]) else None
