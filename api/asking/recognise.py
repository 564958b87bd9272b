"""A text covered by the spans that are recognised in it: words, days, names of the graph.

Order of steps: find the document that the question is about (the one it names, else the only one in the store); look for
days, titles, headings, units, rates and words; merge a name and a word at the same place into one span; choose the
cheapest cover.

Example: 法制办牵头哪些事项 is 法制办 (UNIT), 牵头 (lead), 哪些 (filler), 事项 (item).

Left to others: finding the spans (`api.asking.days`, `api.asking.unit_names`, `api.asking.titles`,
`api.asking.headings`, `api.asking.vocabulary`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from api.answers.references import Narrow, resolve
from api.asking.covering import FILLER, PART, WORD, EntityRef, RecognisedSpan, cover, normalise, without_stems
from api.asking.days import find_days
from api.asking.headings import Outline, find_called, find_headings, find_sections, numbered_in, read_outline
from api.asking.phrasings import attach
from api.asking.titles import DOCUMENT, find_titles
from api.asking.unit_names import UNIT, Scope, find_abbreviated, find_units, narrow_refs
from api.asking.vocabulary import FREE, load_vocabulary
from graph.store.contract import ReadTransaction
from graph.store.fact_places import plans_of_unit

_CHECKED = 6  # units of one name that are looked for in the plan of the question
_RATE = re.compile(r"[\u4e00-\u9fff]{1,8}?率")


@dataclass(slots=True)
class Recognition:
    """A text, the spans that cover it, and the stretches that stay uncovered."""

    text: str
    normalised: str
    scope: Scope
    spans: list[RecognisedSpan] = field(default_factory=list)
    uncovered: list[tuple[int, int]] = field(default_factory=list)
    places: Sequence[tuple[int, int, str]] = ()  # where it names a region of loaded plans

    @property
    def regions(self) -> list[str]:
        """The regions that it names beside its units and its plan: where it asks about."""
        own = {ref.region for span in self.spans for ref in span.refs}
        own |= {self.scope.document.region} if self.scope.document is not None else set()
        filled = {(span.start, span.end) for span in self.spans if FREE in span.concepts}
        named = (name for start, end, name in self.places if (start, end) in filled and name not in own)
        return list(dict.fromkeys(named))


def recognise_spans(reading: ReadTransaction, text: str, today: date, narrow: Narrow) -> Recognition:
    """Cover ``text`` by the spans that are recognised in it."""
    normalised = normalise(text)
    words = load_vocabulary()
    places = _regions_named(reading, normalised)
    regions = sorted({region for _, _, region in places})
    scope = _scope(reading, narrow)
    spoken = frozenset(words.plain)
    spans = [*words.find(normalised), *find_days(normalised, today)]
    titles = find_titles(reading, normalised, scope, spoken)
    named = next((t.refs[0] for t in titles if DOCUMENT in t.concepts and len(t.refs) == 1), None)
    if named is not None:
        scope = replace(scope, document=named)
    units = find_units(reading, normalised, scope, spoken - _names_too(words.plain))
    outline = read_outline(reading, scope)
    spans += [
        *titles,
        *find_headings(normalised, outline, numbered_in(reading, regions)),
        *(find_sections(reading, normalised) if outline is None else ()),
        *_rates(normalised, outline, reading, scope),
    ]
    units = [_of_place(unit, scope, normalised) for unit in units]
    named_places = [RecognisedSpan(start, end, (FREE,), FILLER) for start, end, _ in places]
    spans += [*units, *_places(normalised, units, scope), *named_places]
    chosen, uncovered = without_stems(normalised, *cover(normalised, _joined(spans)), words.stems)
    if uncovered:
        short = find_abbreviated(reading, normalised, uncovered)
        spans += [_of_place(unit, scope, normalised) for unit in short]
        spans += find_called(reading, normalised, uncovered, regions) if outline is None else ()
        chosen, uncovered = without_stems(normalised, *cover(normalised, _joined(spans)), words.stems)
    chosen = [_in_plan(reading, span, scope) for span in chosen]
    return Recognition(text, normalised, scope, attach(normalised, chosen), uncovered, places)


def _regions_named(reading: ReadTransaction, text: str) -> list[tuple[int, int, str]]:
    """Where the text names a region of loaded plans, with its kind or without: 衡阳市, 衡阳."""
    found = []
    for row in reading.rows("read/regions-called", {"text": text}):
        for form in (row["name"], row["name"][:-1]):
            found += [(*met.span(), row["name"]) for met in re.finditer(re.escape(form), text)]
    return found


def _names_too(plain: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Words that may also be the name of a collective: 各县市区政府, 有关部门."""
    return frozenset(word for word, concepts in plain.items() if {"county", "collective"} & set(concepts))


def _scope(reading: ReadTransaction, narrow: Narrow) -> Scope:
    if narrow.document is not None:
        found = resolve(reading, "document", narrow.document, narrow)
        region = found.id.partition("-")[0]  # as ids of documents begin, unless the caller set one
        return Scope(EntityRef(found.id, found.name, region), False, narrow.region, narrow.default_region)
    rows = reading.rows("read/document-names", {"limit": 2})
    only = len(rows) == 1
    first = EntityRef(rows[0]["id"], rows[0]["name"] or "", rows[0]["region"]) if only else None
    return Scope(first, only, narrow.region, narrow.default_region)


def _of_place(unit: RecognisedSpan, scope: Scope, text: str) -> RecognisedSpan:
    """A unit's name that several places have, narrowed to the place that the question is about."""
    spoken = [ref.region for ref in unit.refs if ref.region and (ref.region in text or ref.region[:-1] in text)]
    of_document = scope.document.region if scope.document else None
    return replace(unit, refs=narrow_refs(unit.refs, [scope.region, *spoken, of_document, scope.default_region]))


def _in_plan(reading: ReadTransaction, span: RecognisedSpan, scope: Scope) -> RecognisedSpan:
    """A unit of another place than the plan's, which must at least stand in this plan."""
    plan = scope.document
    if plan is None or scope.only or UNIT not in span.concepts or any(ref.region == plan.region for ref in span.refs):
        return span
    there = tuple(ref for ref in span.refs[:_CHECKED] if _bears_in(reading, ref, plan))
    if there or not span.refs:
        return replace(span, refs=there)
    return replace(span, refs=(), wrong=f"《{plan.name}》里没有“{span.refs[0].name}”")


def _bears_in(reading: ReadTransaction, unit: EntityRef, plan: EntityRef) -> bool:
    return unit.id.startswith(f"{plan.id}:") or plans_of_unit(reading, unit.id, plan.id, 1) == [plan.id]


def _places(text: str, units: Sequence[RecognisedSpan], scope: Scope) -> list[RecognisedSpan]:
    """The name of a place as filler: it adds nothing beside its unit, or if the graph knows no other place."""
    regions = {ref.region for unit in units if len(unit.refs) == 1 for ref in unit.refs}
    if scope.document is not None:
        regions.add(scope.document.region)
    spans = []
    for region in filter(None, regions):
        for form in {region, region[:-1]}:
            if len(form) > 1:
                spans += [
                    RecognisedSpan(met.start(), met.end(), (FREE,), FILLER)
                    for met in re.finditer(re.escape(form), text)
                ]
    return spans


def _rates(text: str, outline: Outline | None, reading: ReadTransaction, scope: Scope) -> list[RecognisedSpan]:
    """A rate that some item of the plan mentions: 调解成功率."""
    if outline is None or scope.document is None:
        return []
    spans = []
    for met in list(_RATE.finditer(text))[:3]:
        rows = _items_with(reading, scope.document.id, text[met.end() - 3 : met.end()])
        if rows and met.end() - met.start() >= 3:
            spans.append(RecognisedSpan(met.end() - 3, met.end(), ("rate",), WORD))
            for start in range(met.start(), met.end() - 4):
                if rows & _items_with(reading, scope.document.id, text[start : met.end() - 3]):
                    spans.append(RecognisedSpan(start, met.end(), ("rate",), WORD))
    return spans


def _items_with(reading: ReadTransaction, document: str, words: str) -> set[str]:
    """The ids of the items of a document whose text contains ``words``."""
    given = {"documents": [document], "section": None, "cites": None, "q": words, "due_before": None, "due_after": None}
    return {row["id"] for row in reading.rows("read/items", {**given, "after": None, "limit": 500})}


def _joined(spans: Sequence[RecognisedSpan]) -> list[RecognisedSpan]:
    """Merge a name and a word, or two names, at the same place into one span that may stand for either."""
    at: dict[tuple[int, int], RecognisedSpan] = {}
    for span in sorted(spans, key=lambda span: (span.cost, not span.refs)):
        place = (span.start, span.end)
        known = at.get(place)
        if known is None:
            at[place] = span
        elif FREE in known.concepts and known.cost < span.cost:
            continue  # 没 at the end of a question adds nothing
        elif span.cost == PART and known.cost < PART:
            continue  # a word that some title happens to have, too
        elif known.wrong is None and span.wrong is None:
            concepts = tuple(dict.fromkeys((*known.concepts, *span.concepts)))
            at[place] = replace(
                known, concepts=concepts, refs=known.refs or span.refs, period=known.period or span.period
            )
    return list(at.values())
