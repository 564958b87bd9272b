"""Units that a question names, found by the graph's own names without reading all of them.

Order of steps: one query looks up every stretch of 2 to 20 characters in the index of names.  A second query looks up what
a stretch may be short for (法制办: 市法制办, 市政府法制办; 万宝新区: 万宝新区管委会).  With the place before it (娄底市司法局) or
in the document of the question (各县市区政府), a unit is looked up by id.  If a word ends like the name of a body and none
of this found it, the full-text index is asked for other names of a unit, the longest stretch first.  A name that several
units have keeps all of them; `narrow_refs` keeps those of one place.

Example: in 环保局头上一共有几件事 the stretch 环保局 is 娄底市:市环保局.

Left to others: choosing among overlapping spans (`api.asking.covering.cover`), what to say about an unknown name
(`api.asking.understand`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.answers.references import phrase
from api.asking.covering import SLOT, EntityRef, RecognisedSpan
from graph.names import fold
from graph.store.contract import ReadTransaction, Row

UNIT = "UNIT"
LONGEST = 20
_ALIAS_LONGEST = 18
_ENDS_ASKED = 24  # places of a text that are looked up in the full-text index, each with a few queries
_FOUND = 60  # rows of one such query; a stretch with more matches is no name

BODY_ENDINGS = frozenset("局委办院厅部会心行区府站所队处室校司社县市州门构关企团署")
# what a short name leaves out in front, and behind
_LEVELS = ("市", "市委", "市政府", "县", "县委", "县政府", "区", "区委", "区政府", "省", "省委", "省政府", "州")
_BODIES = ("管委会", "政府")
_PLACE_ENDS = re.compile("[市州盟县区旗省]")
_PIECE = re.compile(r"[^\s，。？！?!,;；:：、\"'…]+")
_NEVER_AT_END = frozenset("的了吗呢吧啊是和与跟及同或哪谁怎么什啥在由被把给")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is about: the document it names or the only one in the store, and the region that the caller gives."""

    document: EntityRef | None
    only: bool
    region: str | None = None
    default_region: str | None = None


def find_units(reading: ReadTransaction, text: str, scope: Scope, words: frozenset[str]) -> list[RecognisedSpan]:
    """Every stretch of ``text`` that names units; ``words`` are ordinary words, which never name a unit."""
    places = _stretches(text, words)
    named = _by_name(reading, places, scope)
    spans = [_token(place, refs) for place, refs in named.items() if refs]
    met = {place[1] for place, refs in named.items() if refs}
    ends = [end for end in sorted({end for _, end in places}) if text[end - 1] in BODY_ENDINGS and end not in met]
    for end in ends[:_ENDS_ASKED]:
        starts = sorted(start for start, stop in places if stop == end and end - start <= _ALIAS_LONGEST)
        found = _by_alias(reading, text, starts, end)
        if found is not None:
            spans.append(found)
    return spans


def narrow_refs(refs: Sequence[EntityRef], regions: Iterable[str | None]) -> tuple[EntityRef, ...]:
    """The refs of the first of ``regions`` that has any; all refs if none has."""
    for region in regions:
        own = tuple(ref for ref in refs if region is not None and ref.region == region)
        if own:
            return own
    return tuple(refs)


def _stretches(text: str, words: frozenset[str]) -> dict[tuple[int, int], str]:
    found = {}
    for piece in _PIECE.finditer(text):
        for start in range(piece.start(), piece.end() - 1):
            if text[start] in _NEVER_AT_END:
                continue
            for end in range(start + 2, min(piece.end(), start + LONGEST) + 1):
                stretch = text[start:end]
                if text[end - 1] not in _NEVER_AT_END and stretch not in words and not stretch.isascii():
                    found[start, end] = stretch
    return found


def _by_name(
    reading: ReadTransaction, places: Mapping[tuple[int, int], str], scope: Scope
) -> dict[tuple[int, int], tuple[EntityRef, ...]]:
    """What each stretch names: exactly, else as a short form, with its place, or as a collective of the document."""
    exact = _rows(reading, "read/units-called", "names", set(places.values()))
    ids, short = {}, {}
    for place, stretch in places.items():
        if stretch[-1] in BODY_ENDINGS and stretch not in exact:
            short[place] = [level + stretch for level in _LEVELS] if len(stretch) <= 12 else []
            if stretch[0] in "市县区省州":  # 市法制办: 市政府法制办
                short[place] += [f"{level}{stretch[1:]}" for level in _LEVELS if level[0] == stretch[0] and level[1:]]
            if stretch[-1] in "区县市":
                short[place] += [stretch + body for body in _BODIES]
            ids[place] = list(_with_place(stretch))
        if scope.document is not None and stretch[-1] in BODY_ENDINGS:
            collective = [f"{scope.document.id}:{stretch}", f"{scope.document.id}:各{stretch}"]
            ids[place] = [*ids.get(place, ()), *collective]
    by_id = _rows(reading, "read/units-with-ids", "ids", {key for keys in ids.values() for key in keys}, "id")
    by_short = _rows(reading, "read/units-called", "names", {name for names in short.values() for name in names})
    found = {}
    for place, stretch in places.items():
        rows = exact.get(stretch) or next((by_id[key] for key in ids.get(place, ()) if key in by_id), [])
        rows = rows or [row for name in short.get(place, ()) for row in by_short.get(name, ())]
        found[place] = _refs(rows)
    return found


def _rows(
    reading: ReadTransaction, query: str, param: str, values: set[str], key: str = "name"
) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    if values:
        for row in reading.rows(query, {param: sorted(values)}):
            found.setdefault(fold(row[key]).lower(), []).append(row)
            if row[key] not in found:
                found[row[key]] = found[fold(row[key]).lower()]
    return found


def _with_place(stretch: str) -> Iterator[str]:
    """娄底市司法局 -> the ids 娄底市:司法局, 娄底市:市司法局 …"""
    for met in _PLACE_ENDS.finditer(stretch[:-1], 1):
        region, rest = stretch[: met.end()], stretch[met.end() :]
        yield f"{region}:{rest}"
        for level in _LEVELS:
            yield f"{region}:{level}{rest}"


def _by_alias(reading: ReadTransaction, text: str, starts: Sequence[int], end: int) -> RecognisedSpan | None:
    """The unit that has the longest stretch ending at ``end`` as another name, or as the end of a name."""
    longest = _longest(reading, "unit", text, starts, end)
    for start in (start for start in starts if longest is not None and start >= longest):
        stretch = text[start:end]
        if len(stretch) < 2:
            break
        rows = phrase_rows(reading, "unit", stretch)
        whole = [row for row in rows if stretch in _names(row)]
        ending = [row for row in rows if any(_is_short(stretch, name, row["region"]) for name in _names(row))]
        if whole or ending:
            return _token((start, end), _refs(whole or ending))
    return None


def _longest(reading: ReadTransaction, kind: str, text: str, starts: Sequence[int], end: int) -> int | None:
    """The first of ``starts`` whose stretch up to ``end`` is a phrase of some name.

    If a stretch is a phrase of a name, so is every shorter one: a binary search needs few queries.
    """
    low, high = 0, len(starts)
    while low < high:
        middle = (low + high) // 2
        if phrase_rows(reading, kind, text[starts[middle] : end], limit=1):
            high = middle
        else:
            low = middle + 1
    return starts[low] if low < len(starts) else None


def phrase_rows(reading: ReadTransaction, kind: str, words: str, limit: int = _FOUND) -> list[Row]:
    """Units or regulations with a name that contains ``words`` as one phrase."""
    return reading.rows(f"read/{kind}s-by-text", {"phrase": phrase(words), "document": None, "limit": limit})


def _names(row: Row) -> list[str]:
    return [name.lower() for name in str(row["search_text"]).split("\n")]


def _is_short(stretch: str, name: str, region: str | None) -> bool:
    """Whether ``stretch`` is ``name`` without its place and level."""
    if not name.endswith(stretch):
        return False
    front = name[: -len(stretch)]
    stem = (region or "")[:-1]
    return front in _LEVELS or (bool(stem) and front.removeprefix(region or "").removeprefix(stem) in ("", *_LEVELS))


def _refs(rows: Iterable[Row]) -> tuple[EntityRef, ...]:
    return tuple({row["id"]: EntityRef(row["id"], row["name"], row["region"]) for row in rows}.values())


def _token(place: tuple[int, int], refs: tuple[EntityRef, ...]) -> RecognisedSpan:
    return RecognisedSpan(*place, (UNIT,), SLOT, refs)
