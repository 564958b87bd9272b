"""Which loaded places a caller means by ``region``: the place and all below it, or with ``exact`` the place alone.

Order of steps: take the regions of all loaded plans and units; keep those that lie in the place.  A region below a
prefecture begins with it (南京市鼓楼区); which province a prefecture lies in, and which prefecture a county that is
named alone, is told by ``divisions.yaml``.  全国 is a place of its own: only national plans lie in it.  A place that
neither the store nor the divisions know is `NoSuchName`, with the nearest names; a name without its kind (娄底) is the one
place that bears it, or `AmbiguousName`.

>>> lies_in("娄底市双峰县", "娄底市"), lies_in("双峰县", "湖南省"), lies_in("全国", "湖南省"), lies_in("娄底市", "双峰县")
(True, True, False, False)

Left to others: what lies in a place of the answer (`api.answers.plan_window`, the statements under ``cypher/``).
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import yaml
from rapidfuzz import fuzz, process

from api.answers.name_errors import AmbiguousName, NoSuchName
from api.answers.paging import Envelope, PageRequest
from graph.errors import ParameterError
from graph.store.contract import ReadTransaction

WHOLE_COUNTRY = "全国"
UNPLACED = "plans of no known place"
_NEAREST = 5
_KINDS = "省|自治区|特别行政区|自治州|自治县|自治旗|市|地区|林区|特区|新区|州|盟|县|旗|区|镇|乡|街道"
_KIND, _KIND_NEXT = re.compile(rf"(?:{_KINDS})$"), re.compile(_KINDS)
_SIMILAR = 45.0


def regions_within(reading: ReadTransaction, place: str | None, *, exact: bool = False) -> list[str] | None:
    """The regions of loaded plans and units that lie in a place; None without one: all do.

    Raises NoSuchName for a place that nothing knows, AmbiguousName for the short name of several.
    """
    if place is None:
        return None
    if not place.strip():
        raise ParameterError("parameter 'region' is empty; expected a place such as 娄底市, or no parameter.")
    loaded = sorted(row["region"] for row in reading.rows("read/regions"))
    place = _meant(place.strip(), loaded)
    return [region for region in loaded if (region == place if exact else lies_in(region, place))]


def _meant(place: str, loaded: Sequence[str]) -> str:
    """The place that a caller means: the one of that name, else the only one of which it is the name without its kind
    (娄底 for 娄底市).  Raises NoSuchName or AmbiguousName.
    """
    known = (*loaded, *_divisions(), *_above(), WHOLE_COUNTRY)
    if place in known or _below_province(place) in known:
        return place
    if _KIND.search(place) and any(region.startswith(place) for region in loaded):
        return place  # of which only places below it are loaded
    named = {place + met[0] for name in known if name.startswith(place) and (met := _KIND_NEXT.match(name, len(place)))}
    found = {
        name: [region for region in loaded if lies_in(region, name)]
        for name in sorted(named, key=lambda name: (len(name), name))
    }
    found = {name: regions for name, regions in found.items() if regions} or found
    if not found:
        raise _unknown(place, loaded)
    first = next(iter(found))
    if any(regions != found[first] for regions in found.values()):
        rows = [
            {"id": name, "name": name, "region": name, "why": f"is the place {place}", "why_zh": f"也简称{place}"}
            for name in found
        ]
        raise AmbiguousName(
            f'"{place}" names {len(found)} places ({", ".join(found)}). Give the whole name: region={first}.', rows
        )
    return first


def tell_unplaced(
    reading: ReadTransaction, body: Envelope, regions: Sequence[str] | None, page: PageRequest
) -> Envelope:
    """``body`` with how many plans a filter for a place left out because nothing says where they belong.

    Told on the first page alone, so that the pages of a whole list add up.
    """
    if regions is None or page.after is not None:
        return body
    count = reading.rows("read/count-unplaced")[0]["total"]
    left = [{"reason": UNPLACED, "count": count}] if count else []
    return body | {"left_out": [*body["left_out"], *left]}


def lies_in(region: str, place: str) -> bool:
    """Whether a region is a place or lies below it."""
    if WHOLE_COUNTRY in (region, place):
        return region == place
    if region.startswith(place):
        return True
    region, place = _below_province(region), _below_province(place)
    return region.startswith(place) or place in _places_above(region)


def _below_province(words: str) -> str:
    """A place without the province before it: 湖南省娄底市 -> 娄底市."""
    province = next((name for name in _divisions() if words.startswith(name)), "")
    return words[len(province) :] or words


def _unknown(place: str, loaded: Iterable[str]) -> NoSuchName:
    names = list(dict.fromkeys((*loaded, *_divisions(), *_above())))
    near = process.extract(place[:200], names, scorer=fuzz.ratio, limit=_NEAREST, score_cutoff=_SIMILAR)
    rows = [
        {"id": name, "name": name, "region": name, "why": f"{score:.0f} % of the name is alike"}
        for name, score, _ in near
    ]
    help_ = f"Nearest: {', '.join(name for name, _, _ in near)}." if near else "No place has a name like it."
    return NoSuchName(f'No place (地区) is called "{place[:200]}". {help_}', rows)


def _places_above(region: str) -> frozenset[str]:
    """The prefecture and the province that a region lies in; nothing where several places bear its name."""
    known = _above()
    beginnings = (region[:end] for end in range(len(region), 1, -1))
    return next((known[name] for name in beginnings if name in known), frozenset())


@cache
def _above() -> dict[str, frozenset[str]]:
    """Each prefecture and county -> the places it lies in; of a name that several bear, those that are common to all."""
    found: dict[str, frozenset[str]] = {}
    for province, cities in _divisions().items():
        for city, areas in cities.items():
            above = frozenset({province, city} - {""})
            if city:
                found[city] = frozenset({province})
            for area in areas.split():
                found[area] = found[area] & above if area in found else above
                found[city + area] = above
    return found


@cache
def _divisions() -> dict[str, dict[str, str]]:
    text = (files(__package__) / "divisions.yaml").read_text("utf-8")
    known: dict[str, dict[str, str]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return known
