"""Names beside each other: for each name of a list the unit, plan or instrument it meets, exactly or nearly, and why.

Order of steps, all in one read: what has the name exactly, as plans write it or by another name (full name, 文号); else the
names that are most like it.  Names of units, titles and 文号 are compared in the form that is searched
(`graph.search_text`); similarity proposes, it never chooses.

Example: 市政府法治办 meets no unit; 市政府法制办 of 娄底市 is proposed, for 83 % of the name are the same.

Left to others: a search in texts (`api.answers.searching.search`), one name as a reference (`api.answers.references`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from api.answers.nesting import Json
from api.answers.references import NAMES_COMPARED, forms_of_name, nearest, rows_with_words
from api.answers.searching.search import NAMED
from graph.names import fold
from graph.search_text import search_form
from graph.store.contract import ReadTransaction, Row, Store

MOST_NAMES = 100
_FOUND = 20  # of one kind; a name that fits more is a part of names


def match_names(store: Store, names: Sequence[str], *, kinds: Sequence[str] = NAMED) -> dict[str, Any]:
    """For each name in turn what it meets: ``meets`` is exact, near or none, with the reasons."""

    def work(reading: ReadTransaction) -> dict[str, Any]:
        known: dict[str, tuple[list[Row], list[str]]] = {}
        rows = [_of_name(reading, name, kinds, known) for name in names]
        return {"items": rows, "data_version": str(reading.data_version)}

    return store.read(work)


def _of_name(
    reading: ReadTransaction, name: str, kinds: Sequence[str], known: dict[str, tuple[list[Row], list[str]]]
) -> Json:
    exact = [one for kind in kinds for one in _exactly(reading, kind, name)]
    if exact:
        return {"name": name, "meets": "exact", "candidates": exact}
    near = [one for kind in kinds for one in _nearly(reading, kind, name, known)]
    near.sort(key=lambda one: (-one["alike"], one["id"]))
    return {"name": name, "meets": "near" if near else "none", "candidates": near}


def _exactly(reading: ReadTransaction, kind: str, name: str) -> list[Json]:
    form = search_form(name)
    wanted = forms_of_name(kind, form)
    found = []
    for row in rows_with_words(reading, kind, form, _FOUND):
        lines = row["search_text"].split("\n")
        if not wanted.isdisjoint(lines):
            found.append(_candidate(kind, row, 100, _why(kind, name, row, lines[0] in wanted)))
    return found


def _why(kind: str, name: str, row: Row, by_name: bool) -> str:
    if by_name:
        return "名称相同" if row["name"] == name else "名称相同（标点、大小写、全半角不计）"
    return "全称或别名相同" if kind == "unit" else "文号相同"


def _nearly(
    reading: ReadTransaction, kind: str, name: str, known: dict[str, tuple[list[Row], list[str]]]
) -> list[Json]:
    if kind not in known:
        rows = reading.rows(f"read/{kind}-names", {"limit": NAMES_COMPARED})
        known[kind] = rows, [fold(row["name"] or "") for row in rows]
    rows, folded = known[kind]
    return [
        _candidate(kind, row, round(score), f"名称有 {score:.0f}% 相同")
        for row, score in nearest(name, rows, folded=folded)
    ]


def _candidate(kind: str, row: Mapping[str, Any], alike: int, why: str) -> Json:
    return {
        "kind": kind,
        "id": row["id"],
        "name": row["name"],
        "region": row.get("region"),
        "alike": alike,
        "why": why,
    }
