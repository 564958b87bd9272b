"""Unit identity: which body of which region a written name means.

1. A collective belongs to the document, a name of the vocabulary to its record, any other name to the region of its level.
2. Two forms of one body's name (县应急局, 县应急管理局) are equal by the groups of ``bodies.yaml``: after the same level in
   one region they name one body.  Its name is the form that plans use, its other forms are aliases, and its source is the
   rule.
3. In a plan of a district that names its prefecture (石家庄市新华区), 市财政局 is the prefecture's.
4. Without a region, or where several places bear its name (新华区), the name stays unresolved, with its candidates; it is
   never guessed.

>>> units = Units("d", "青川市")
>>> units.resolve("青川市司法局")[0].id, units.resolve("各有关部门")
('青川市:市司法局', (UnitRef(id='d:各有关部门', name='各有关部门'), True))

Left to others: the names themselves (`loaders.phrases.bearers`).
"""

import re
from functools import cache, lru_cache

from msgspec.structs import replace

from graph.model import Unit, UnitRef
from graph.names import fold, unit_id
from loaders.lexicon.bodies import ends_as_body, is_collective
from loaders.lexicon.places import LEVEL, LEVELS, level_of, place_at_start, places_of
from loaders.lexicon.vocabulary import load_yaml

# 市、县两级政府 and 市县两级政府 are one
SHARED_LEVELS = re.compile(r"^([省市县])、([市县区乡])(?=[两三]级)")
# the last place of a region: 鼓楼区 of 南京市鼓楼区
OWN_NAME = re.compile(r"[^省市县区州盟旗]+[省市县区州盟旗镇乡]$")

# 中共青川市委组织部 · 自治县水利局: what does not tell one body of a place from another
OF_PARTY = re.compile(r"^(?:中共(?!中央)|中国共产党(?=.{2,20}委))|^自治(?=[县州旗])")
LEAGUE = re.compile(r"(?:中国)?(?:共青团|共产主义青年团)(?=.)")
# 团市委 · 市团委 · 共青团市委 · 共青团委员会 of a place, its name taken off
YOUTH = re.compile(
    r"(?:(?P<before>[省市县区州盟旗])团委|(?:中国)?(?:共青团|共产主义青年团|团)(?P<level>[省市县区州盟旗])委(?:员会)?)"
)
# 石家庄市|新华区 ; not 广州|市白云区
PARENT = re.compile(r"(?:[^市]{2,}市|.{2,}?(?:州|地区|盟))(?=.{2,12}[县区旗市]$)")

BY_RULE = "bodies.yaml"


class Units:
    """The bodies of one document; every name is resolved once."""

    def __init__(self, document: str, region: str | None) -> None:
        self._document = document
        self._region = region or ""
        self._several = places_of(self._region)
        self._units: dict[str, Unit] = {}
        self._by_name: dict[str, tuple[UnitRef, bool]] = {}

    def resolve(self, name: str) -> tuple[UnitRef, bool]:
        """The unit of a written name, and whether it is a collective."""
        found = self._by_name.get(name)
        if not found:
            unit = self._make(name)
            self._units.setdefault(unit.id, unit)
            found = self._by_name[name] = UnitRef(unit.id, unit.name), unit.collective
        return found

    def knows(self, name: str) -> bool:
        """Whether the vocabulary has a body of the region by this name."""
        return fold(name) in _vocabulary().get(self._region, {})

    def person(self, name: str) -> UnitRef:
        """A leader as a fact names him. He belongs to this document, because a name alone identifies nobody."""
        return UnitRef(unit_id(self._document, name), fold(name))

    def all(self) -> tuple[Unit, ...]:
        """Every body resolved so far, in order of first appearance."""
        return tuple(self._units.values())

    def _make(self, name: str) -> Unit:
        folded = fold(name)
        if is_collective(folded):
            joined = SHARED_LEVELS.sub(r"\1\2", folded)
            return _unit(unit_id(self._document, joined), joined, self._region or None, None, collective=True)
        body = _body(name, self._region)
        if self._several and (body.region == self._region or body.unresolved):
            bodies = [_body(name, place) for place in self._several]
            if not all(one.unresolved for one in bodies):
                candidates = tuple(one.id for one in bodies)
                return _unit(f"{self._document}:?{body.name}", body.name, None, body.level, candidates=candidates)
        if body.unresolved:
            return _unit(f"{self._document}:{body.id}", body.name, None, body.level, unresolved=True)
        return body


@lru_cache(maxsize=16384)
def _body(name: str, region: str) -> Unit:
    """The body that a name stands for in any document of ``region``; the id of one that is unresolved lacks the document's."""
    folded, known = fold(name), _vocabulary().get(region, {})
    if folded in known:
        return known[folded]
    folded = _without_own_name(OF_PARTY.sub("", folded), region)
    if folded in known:
        return known[folded]
    youth = YOUTH.fullmatch(folded)
    prefix = LEVEL.match(folded)
    word = (youth["level"] or youth["before"]) if youth else prefix["level"] if prefix else ""
    level = LEVELS[word] if word else None
    parent = _parent(region)
    if level and parent and level == level_of(parent) != level_of(region):
        return _body(name, parent)
    if youth and region and level == level_of(region):
        return _of_youth(word, level, region)
    if prefix and level != "国家" and (group := _groups().get(folded[prefix.end() :])):
        short = prefix[0] + group[0]
        if fold(short) in known:
            return known[fold(short)]
        if region and level == level_of(region) and not folded.startswith(region):
            return _of_group(prefix[0], group, level, region, official=folded[prefix.end() :] not in _in_one_place())
        folded = short
    if not region:
        return _unit(f"?{folded}", folded, None, level, unresolved=True)
    if not word or folded.startswith(region):
        place = place_at_start(folded)
        if place and place.endswith(("省", "自治区")):
            return _unit(unit_id(place, name), folded, place, "省级")
    elif level != level_of(region):
        return _unit(f"?{folded}", folded, None, level, unresolved=True)
    return _unit(unit_id(region, folded), folded, region, level)


def _of_group(prefix: str, group: tuple[str, ...], level: str | None, region: str, *, official: bool) -> Unit:
    """The body of ``region`` that any form of a group names; ``official``: the last form is its official name everywhere."""
    return Unit(
        id=unit_id(region, prefix + group[0]),
        name=prefix + group[0],
        full_name=region + group[-1] if official else None,
        region=region,
        level=level,
        kind=None,
        aliases=tuple(prefix + form for form in group[1:]),
        collective=False,
        unresolved=False,
        candidates=(),
        source=BY_RULE,
    )


def _of_youth(word: str, level: str | None, region: str) -> Unit:
    """The committee of the Youth League in ``region``: 团市委, 共青团市委, 市团委, 共青团青川市委员会."""
    own = _unit(unit_id(region, f"团{word}委"), f"团{word}委", region, level)
    aliases = (f"{word}团委", f"共青团{word}委", f"共青团{region}委")
    return replace(own, full_name=f"中国共产主义青年团{region}委员会", aliases=aliases, source=BY_RULE)


def _parent(region: str) -> str:
    """The prefecture that the name of a district begins with: 石家庄市 of 石家庄市新华区."""
    parent = PARENT.match(region)
    return parent[0] if parent else ""


def _without_own_name(name: str, region: str) -> str:
    """张掖市司法局 in a document of 张掖市 is 市司法局."""
    if league := LEAGUE.match(name):  # 共青团青川市委
        return league[0] + _without_own_name(name[league.end() :], region)
    own = OWN_NAME.search(region)
    if own and name.startswith(own[0]) and ends_as_body(name[len(own[0]) :]):
        return own[0][-1] + name[len(own[0]) :]
    return name


def _unit(
    id_: str,
    name: str,
    region: str | None,
    level: str | None,
    *,
    collective: bool = False,
    unresolved: bool = False,
    candidates: tuple[str, ...] = (),
) -> Unit:
    kind = "集合称谓" if collective else None
    return Unit(id_, name, None, region, level, kind, (), collective, unresolved or bool(candidates), candidates, None)


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    """Each form of a body's name behind its level -> all forms of it, the one that plans use first."""
    known = load_yaml("bodies")
    return {form: tuple(group) for group in (*known["groups"], *known["in_one_place"]) for form in group}


@cache
def _in_one_place() -> frozenset[str]:
    """The forms of which none is the official name everywhere."""
    return frozenset(form for group in load_yaml("bodies")["in_one_place"] for form in group)


@cache
def _vocabulary() -> dict[str, dict[str, Unit]]:
    """region -> folded name, alias or full name -> unit; a form that two units share is left out."""
    table: dict[str, dict[str, Unit]] = {}
    shared: set[tuple[str, str]] = set()
    for record in load_yaml("units")["units"]:
        forms = table.setdefault(record["region"], {})
        unit = Unit(
            id=unit_id(record["region"], record["name"]),
            name=record["name"],
            full_name=record["full_name"],
            region=record["region"],
            level=record["level"],
            kind=record["kind"],
            aliases=tuple(record["aliases"]),
            collective=False,
            unresolved=False,
            candidates=(),
            source=record["source"],
        )
        for form in {fold(f) for f in (unit.name, unit.full_name, *unit.aliases) if f}:
            if form in forms:
                shared.add((record["region"], form))
            forms[form] = unit
    for region, form in shared:
        del table[region][form]
    return table
