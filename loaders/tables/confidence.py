"""How sure it is that the rows of a table are read right: the share of cells that their type explains, and how well the numbers run on.

A row is open where it fills some of several columns of bodies, and no sign tells which.  Where each other row names one body in the
first of them and lists in the next, a list of an open row stands in the next (`by_habit`).

Where each line may be a cell, a second body of one who leads or supervises stands in the list beside it (`by_role`).

Left to others: the single row that says something else than its head (`loaders.tables.doubts`).
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from graph.model import Span
from loaders.tables.align import AlignedRow, Edge
from loaders.tables.prices import NEXT_NUMBER, next_number

# what a cell of each kind counts in the confidence, and the types that explain it
WEIGHTS = {"units": 2.0, "number": 1.5, "time": 1.0}
EXPLAINED = {
    "units": frozenset(("bodies", "maybe", "list", "nothing", "body", "joined", "weak-body", "mark")),
    "number": frozenset(("number", "numeral")),
    "time": frozenset(("time", "weak-time", "time-and-more", "nothing")),
}
_ALONE = ("units", "time")
_WORDS = frozenset(("text", "group", "remark"))
ONE_BODY = frozenset(("lead", "supervising"))  # roles of which a cell has one body as a rule
_LEFT_OUT = 0.5  # of the weight of a cell that a row has not
_LEAST_SHARE = 0.6  # of the rows that show a column of units
_LEAST_FULL = 2  # rows from which a habit shows


def confidence(kinds: Sequence[str], rows: Sequence[AlignedRow], least: int = 1) -> float:
    """How sure it is that rows are read right, 0 to 1: the share of typed cells that their type explains, less where the
    numbers do not run on, or where a column of units is empty."""
    filled = [row for row in rows if row.cells]
    if len(filled) < least:
        return 0.0
    good = whole = 0.0
    for column, kind in enumerate(kinds):
        weight = WEIGHTS.get(kind, 0.0)
        for row in filled if weight else ():
            whole += weight
            pieces = row.pieces.get(column)
            good += weight * (_explained(kind, pieces) if pieces else _LEFT_OUT)
    sure = good / whole if whole else 0.0
    numbers = [row.number for row in filled if row.number]
    if "number" in kinds and len(numbers) > 1:
        steps = sum(next_number(a, b) >= NEXT_NUMBER for a, b in pairwise(numbers)) / (len(numbers) - 1)
        sure = 0.8 * sure + 0.2 * steps
    shown = min(
        (
            sum(column in row.cells for row in filled) / len(filled)
            for column, kind in enumerate(kinds)
            if kind == "units"
        ),
        default=1.0,
    )
    return sure if shown >= _LEAST_SHARE else sure * (0.6 + 0.6 * shown)


def _explained(kind: str, pieces: Sequence[Edge]) -> float:
    if len(pieces) == 1:
        return float(bool(pieces[0].types & EXPLAINED[kind]))
    size = sum(max(1, piece.size) for piece in pieces)
    return sum(max(1, piece.size) for piece in pieces if piece.types & EXPLAINED[kind]) / size


def is_told_by_signs(row: AlignedRow) -> bool:
    """Whether signs tell the column of each piece of a row."""
    return row.trusted or all(piece.column is not None for pieces in row.pieces.values() for piece in pieces)


def is_told_by_content(kinds: Sequence[str], row: AlignedRow) -> bool:
    """Whether a row has bodies and times in one column each, and no other column asks for them: whatever was left out, they
    can stand nowhere else."""
    for kind in _ALONE:
        asked = [column for column, own in enumerate(kinds) if own == kind]
        found = [column for column, pieces in row.pieces.items() if _has(kind, kinds[column], pieces)]
        if len(asked) > 1 or (asked and found and found != asked):
            return False
    return True


def _has(kind: str, own: str, pieces: Sequence[Edge]) -> bool:
    """Whether a cell has what a column of a kind asks for; words of a column of words that may be it do not count."""
    types = [piece.types for piece in pieces if piece.types & EXPLAINED[kind] - {"nothing"}]
    return any(own not in _WORDS or "text" not in each for each in types)


def is_open(kinds: Sequence[str], row: AlignedRow) -> bool:
    """Whether a row fills some of several columns of bodies, and no sign tells which."""
    units = [column in row.cells for column, kind in enumerate(kinds) if kind == "units"]
    return any(units) and not all(units) and not is_told_by_signs(row)


def by_habit(kinds: Sequence[str], rows: Sequence[AlignedRow], names: Callable[[Span], int]) -> None:
    """Move the list of an open row to the column of lists, where the column it was given to names one body in each other row.

    ``names``: of how many names a cell is.
    """
    units = [column for column, kind in enumerate(kinds) if kind == "units"]
    full = [row for row in rows if all(column in row.cells for column in units)]
    if len(units) < 2 or len(full) < _LEAST_FULL:
        return
    most = {column: max(names(row.cells[column]) for row in full) for column in units}
    for row in rows:
        filled = [column for column in units if column in row.cells]
        if len(filled) != 1 or not is_open(kinds, row) or most[filled[0]] > 1 or names(row.cells[filled[0]]) == 1:
            continue
        better = next((column for column in units if column > filled[0] and most[column] > 1), None)
        if better is not None:
            row.cells[better], row.pieces[better] = row.cells.pop(filled[0]), row.pieces.pop(filled[0])


def by_role(text: str, kinds: Sequence[str], roles: Sequence[str | None], rows: Sequence[AlignedRow]) -> set[int]:
    """Move what a cell of one who leads or supervises has too much to the list beside it, where each line may be a cell: 各街道 |
    团区委、区督查室 is 各街道、团区委 | 区督查室.  The rows in which more than one column may have the rest."""
    units = [column for column, kind in enumerate(kinds) if kind == "units"]
    open_rows: set[int] = set()
    for n, row in enumerate(rows):
        cells = {column: _parts(text, row.pieces.get(column, ())) for column in units}
        if len(cells) < 2 or max(map(len, cells.values())) < 2 or is_told_by_signs(row):
            continue
        lists = [column for column in units if roles[column] not in ONE_BODY and cells[column]]
        if len(lists) > 1:
            open_rows.add(n)
        for column in units if len(lists) == 1 else ():
            if roles[column] in ONE_BODY and len(cells[column]) > 1:
                _move(row, column, cells[column], lists[0])
    return open_rows


def _parts(text: str, pieces: Sequence[Edge]) -> list[list[Edge]]:
    """The pieces of a cell, those together of which one ends with a mark: its list goes on in the next line."""
    parts: list[list[Edge]] = []
    for piece in pieces:
        if parts and text[parts[-1][-1].span[1] - 1] in "、，,":
            parts[-1].append(piece)
        else:
            parts.append([piece])
    return parts


def _move(row: AlignedRow, column: int, parts: list[list[Edge]], to: int) -> None:
    """Give all parts of a cell but one to the list in the column right before or behind it."""
    if to == column - 1:
        given, kept = [piece for part in parts[:-1] for piece in part], parts[-1]
        row.pieces[to] = [*row.pieces[to], *given]
    elif to == column + 1:
        kept, given = parts[0], [piece for part in parts[1:] for piece in part]
        row.pieces[to] = [*given, *row.pieces[to]]
    else:
        return
    row.pieces[column] = kept
    for each in (column, to):
        row.cells[each] = row.pieces[each][0].span[0], row.pieces[each][-1].span[1]
