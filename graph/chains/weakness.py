"""What makes a step of a chain weak, and whether a repair overlaps its words.

====================  ==============================================================
weakness              the step is weak because
====================  ==============================================================
``inferred`` 推定      a rule added it, or it rests on a repair
``collective`` 集合     the unit is 各有关部门, 各县市区政府 …
``open-list`` 名单未尽   the line ends in 等 or 等部门
``repaired`` 已修复     its words were damaged in the source and repaired
``unresolved`` 未确定   the name of the unit or instrument could not be decided
``not-basis`` 非依据    the instrument is cited, but neither as 依据 nor as 落实
====================  ==============================================================

Example: a duty on the line ``任单位:各有关部门…`` (its 责 was lost) is ``collective`` and ``repaired``.
"""

import json
from collections.abc import Iterable, Sequence

from graph.store.contract import ReadTransaction

WEAKNESSES = ("inferred", "collective", "open-list", "repaired", "unresolved", "not-basis")
RESTS_ON = frozenset({"basis", "implements"})  # the relations by which a duty rests on what is cited


def weaknesses_of(
    *,
    inferred: bool | None = False,
    collective: bool | None = False,
    open_list: bool | None = False,
    unresolved: bool | None = False,
    relation: str | None = None,
    places: Iterable[Sequence[int] | None] = (),
    repairs: Sequence[Sequence[int]] = (),
) -> list[str]:
    """The weaknesses of a step, in the order of `WEAKNESSES`. ``relation`` is given for a citation only."""
    held = (
        inferred,
        collective,
        open_list,
        any(overlaps_repair(place, repairs) for place in places if place is not None),
        unresolved,
        relation is not None and relation not in RESTS_ON,
    )
    return [word for word, holds in zip(WEAKNESSES, held, strict=True) if holds]


def overlaps_repair(place: Sequence[int], repairs: Sequence[Sequence[int]]) -> bool:
    """Whether a repair overlaps ``place``."""
    return any(start < place[1] and place[0] < end for start, end in repairs)


def repairs_of(reading: ReadTransaction, text_sha256: str) -> list[list[int]]:
    """The places of a source text that were repaired."""
    rows = reading.rows("read/chain/repairs", {"text_sha256": text_sha256})
    return [repair["span"] for repair in json.loads((rows[0]["repairs"] if rows else None) or "[]")]
