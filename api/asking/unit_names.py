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
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.answers.references import rows_with_words
from api.asking.covering import SLOT, EntityRef, RecognisedSpan
from graph.names import fold
from graph.search_text import every_term, search_form
from graph.store.contract import ReadTransaction, Row

UNIT = "UNIT"
LONGEST = 20
_ALIAS_LONGEST = 18
_ENDS_ASKED = 24  # places of a text that are looked up in the full-text index, each with a few queries
_FOUND = 60  # rows of one such query; a stretch with more matches is no name

BODY_ENDINGS = frozenset("局委办院厅部会心行区府站所队处室校司社县市州门构关企团署")
# what a short name leaves out in front, and behind
_SHORT_LONGEST, _SHORT_SHORTEST = 8, 3  # characters of an abbreviation
_UNKNOWN_ASKED = 4  # unknown stretches that are looked up as abbreviations
_BREAK = re.compile(r"[\s，。？！?!,;；:：、\"'…的由和与]")
_LAST_WORDS = ("办公室", "委员会", "法院", "检察院", "管委会", "支行", "中心", "大队", "集团")
_LEVELS = ("市", "市委", "市政府", "县", "县委", "县政府", "区", "区委", "区政府", "省", "省委", "省政府", "州")
_BODIES = ("管委会", "政府")
_PLACE_ENDS = re.compile("[市州盟县区旗省]")
_PIECE = re.compile(r"[^\s，。？！?!,;；:：、\"'…]+")
_NEVER_AT_END = frozenset("的了吗呢吧啊是和与跟及同或哪谁怎么什啥在由被把给")
_NEVER_AT_START = _NEVER_AT_END | {"级"}  # of 县级政府


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
            if text[start] in _NEVER_AT_START:
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
        if stretch[-1] in BODY_ENDINGS:
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
        rows = list(exact.get(stretch) or next((by_id[key] for key in ids.get(place, ()) if key in by_id), []))
        whole = {row["region"] for row in rows}  # where a whole name is meant, no longer one is
        rows += [row for name in short.get(place, ()) for row in by_short.get(name, ()) if row["region"] not in whole]
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
    longest = longest_phrase(reading, "unit", text, starts, end)
    for start in (start for start in starts if longest is not None and start >= longest):
        stretch = text[start:end]
        if len(stretch) < 2:
            break
        form = search_form(stretch)
        rows = phrase_rows(reading, "unit", form)
        whole = [row for row in rows if form in _names(row)]
        ending = [row for row in rows if any(_is_short(form, name, row["region"]) for name in _names(row))]
        if whole or ending:
            return _token((start, end), _refs(whole or ending))
    return None


def find_abbreviated(
    reading: ReadTransaction, text: str, unknown: Sequence[tuple[int, int]]
) -> Iterator[RecognisedSpan]:
    """Units that an unknown stretch abbreviates: 市中院 is 市中级人民法院, 文旅厅 is 省文化和旅游厅.

    The stretch has characters of one name in its order, its level and the body it ends with among them.
    """
    for end in sorted({_end_of_body(text, *place) for place in unknown[:_UNKNOWN_ASKED]} - {0}):
        first = max((met.end() for met in _BREAK.finditer(text, 0, end - 1)), default=0)
        for start in range(max(first, end - _SHORT_LONGEST), end - _SHORT_SHORTEST + 1):
            stretch = text[start:end]
            if not any(a < end and start < b for a, b in unknown):
                continue
            rows = [row for row in _of_characters(reading, stretch) if _abbreviates(stretch, row["name"])]
            if rows:
                yield _token((start, end), _refs(rows))
                break


def _end_of_body(text: str, start: int, end: int) -> int:
    """Where the name of a body that an unknown stretch begins may end; 0 if none does."""
    ends = [at + 1 for at in range(start, min(len(text), end + _SHORT_LONGEST)) if text[at] in BODY_ENDINGS]
    return next((at for at in ends if at >= end), 0)


def _of_characters(reading: ReadTransaction, stretch: str) -> list[Row]:
    """Units in whose names all the characters of a stretch stand."""
    form = search_form(stretch)
    given = {"terms": every_term(form), "words": "", "document": None, "limit": _FOUND}
    return reading.rows("read/units-by-text", given) if form else []


def _abbreviates(stretch: str, name: str) -> bool:
    """Whether a stretch has characters of a name in its order, from its first (behind the level) to its last word."""
    full = fold(name).lower()
    body = next((word for word in _LAST_WORDS if full.endswith(word)), full[-1:])
    level = next((one for one in sorted(_LEVELS, key=len, reverse=True) if full.startswith(one)), "")
    rest, said = full.removeprefix(level), stretch if stretch[0] in level else f"{level[:1]}{stretch}"
    if said[:1] != level[:1] or said[-1] not in body or len(said) >= len(full):
        return False
    own, at = said.removeprefix(level) if said.startswith(level) else said[len(level[:1]) :], 0
    if own[:1] != rest[:1]:
        return False  # 市数据局 is not 市大数据局
    for character in own:
        at = rest.find(character, at) + 1
        if not at:
            return False
    return len(own) > 1


def longest_phrase(reading: ReadTransaction, kind: str, text: str, starts: Sequence[int], end: int) -> int | None:
    """The first of ``starts`` whose stretch up to ``end`` is a phrase of some name.

    If a stretch is a phrase of a name, so is every shorter one: a binary search needs few queries.
    """

    def is_there(start: int) -> bool:
        return bool(phrase_rows(reading, kind, search_form(text[start:end]), limit=1))

    first = bisect_left(starts, True, key=is_there)
    return starts[first] if first < len(starts) else None


def phrase_rows(reading: ReadTransaction, kind: str, words: str, limit: int = _FOUND) -> list[Row]:
    """Units or regulations with a name that contains ``words``, given in the form that is searched."""
    return rows_with_words(reading, kind, words, limit)


def _names(row: Row) -> list[str]:
    return str(row["search_text"]).split("\n")


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
