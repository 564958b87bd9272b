"""Prices of the alignment: how well a piece fits a column, and what each move costs; one table of numbers, set by hand.

A piece of text has one or more types (`loaders.tables.piece_types`).  ``FIT[kind][type]`` is what a piece of that type earns
in a column of that kind: (flat, for each character, least).  The numbers were set on made-up tables and frozen;
``tests/loaders/tables/test_layouts.py`` fails when a layout is read worse.

Left to others: the search (`loaders.tables.align`).
"""

from typing import NamedTuple

# kinds of columns for the alignment, by the kinds of headings
KINDS = {
    "number": "number",
    "group": "group",
    "task": "text",
    "content": "text",
    "lead": "units",
    "responsible": "units",
    "cooperating": "units",
    "supervising": "units",
    "unit": "units",
    "deadline": "time",
    "leader": "person",
    "person": "person",
    "contact": "contact",
    "points": "points",
    "other": "remark",
}
TYPED = frozenset(("number", "units", "time", "person", "contact", "points"))

Fit = tuple[float, float, float]
_NONE: Fit = (-4.0, 0.0, -4.0)
FIT: dict[str, dict[str, Fit]] = {
    "number": {"number": (0.0, 0.0, 0.0)},
    "text": {
        "text": (0.0, 0.0, 0.0),
        "bodies": (-1.5, 0.0, -1.5),
        "time": (-1.0, 0.0, -1.0),
        "figure": (-0.6, 0.0, -0.6),
        "number": (-0.6, 0.0, -0.6),
        "contact": (-1.5, 0.0, -1.5),
        "person": (-1.0, 0.0, -1.0),
        "nothing": (-0.3, 0.0, -0.3),
    },
    "any": {
        "text": (0.0, -0.01, -1.0),
        "bodies": (-1.0, 0.0, -1.0),
        "time": (-0.5, 0.0, -0.5),
        "figure": (0.0, 0.0, 0.0),
        "number": (-0.5, 0.0, -0.5),
        "contact": (-0.5, 0.0, -0.5),
        "person": (-0.5, 0.0, -0.5),
        "nothing": (0.0, 0.0, 0.0),
    },
    "group": {
        "text": (0.2, -0.03, -2.0),
        "bodies": (-1.0, 0.0, -1.0),
        "nothing": (0.0, 0.0, 0.0),
    },
    "units": {
        "bodies": (2.5, 0.0, 2.5),
        "maybe": (1.5, 0.0, 1.5),  # 建站 may be a body
        "list": (1.5, 0.0, 1.5),
        "text": (-1.5, -0.5, -6.0),
        "person": (-3.0, 0.0, -3.0),
        "time": (-6.0, 0.0, -6.0),
        "figure": (-6.0, 0.0, -6.0),
        "number": (-6.0, 0.0, -6.0),
        "contact": (-6.0, 0.0, -6.0),
        "nothing": (0.0, 0.0, 0.0),
    },
    "time": {
        "time": (2.5, 0.0, 2.5),
        "text": (-1.0, -0.15, -4.0),
        "figure": (-1.5, 0.0, -1.5),
        "nothing": (0.0, 0.0, 0.0),
        "bodies": (-5.0, 0.0, -5.0),
    },
    "person": {
        "person": (2.0, 0.0, 2.0),
        "text": (-1.0, -0.7, -5.0),
        "bodies": (-2.5, 0.0, -2.5),
        "nothing": (0.0, 0.0, 0.0),
    },
    "contact": {
        "contact": (2.0, 0.0, 2.0),
        "figure": (0.5, 0.0, 0.5),
        "text": (-1.0, -0.25, -6.0),
        "nothing": (0.0, 0.0, 0.0),
    },
    "points": {
        "figure": (1.5, 0.0, 1.5),
        "number": (1.5, 0.0, 1.5),
        "text": (-1.0, -1.0, -5.0),
        "nothing": (0.0, 0.0, 0.0),
    },
    "remark": {
        "text": (0.0, -0.05, -1.5),
        "bodies": (-1.5, 0.0, -1.5),
        "time": (-0.7, 0.0, -0.7),
        "figure": (0.0, 0.0, 0.0),
        "number": (-0.6, 0.0, -0.6),
        "contact": (-0.2, 0.0, -0.2),
        "person": (-0.5, 0.0, -0.5),
        "nothing": (0.0, 0.0, 0.0),
    },
}

# what holds for pieces of tables that are run together, beside that
_NO_PRICE: Fit = (0.0, 0.0, 0.0)
_MARK: dict[str, Fit] = dict.fromkeys(FIT, (-0.6, 0.0, -0.6)) | dict.fromkeys(
    ("text", "units", "remark", "any", "group"), _NO_PRICE
)
_NAME: Fit = (-0.4, 0.4, 0.2)  # of a body: the longer, the surer
for _kind, _fits in FIT.items():
    _fits["mark"] = _MARK[_kind]
    _fits["body"] = (-0.5, -0.04, -1.2) if _kind in ("text", "any") else (-2.0, 0.0, -2.0)
    _fits["joined"] = _fits["body"]
    _fits["weak-body"] = (-0.2, 0.0, -0.2) if _kind in ("text", "any") else (-2.0, 0.0, -2.0)
FIT["units"] |= {"body": _NAME, "joined": _NAME, "weak-body": (-1.0, 0.4, -0.4)}
TOGETHER: dict[str, dict[str, Fit]] = FIT | {
    "units": FIT["units"] | {"text": (0.0, -1.3, -12.0), "figure": (-4.0, 0.0, -4.0)},
    "remark": FIT["remark"] | {"text": (0.0, -0.3, -40.0)},
    "group": FIT["group"] | {"text": (0.0, -0.02, -3.0)},
    "time": FIT["time"]
    | {
        "text": (0.0, -0.14, -3.0),
        "time": (3.0, 0.0, 3.0),
        "weak-time": (1.0, 0.0, 1.0),
        "time-and-more": (2.9, 0.0, 2.9),
    },
    "person": FIT["person"] | {"person": (1.5, 0.5, 1.5)},
    "any": FIT["any"] | {"text": (0.0, 0.0, 0.0)},
    "text": FIT["text"]
    | {
        "figure": (-0.1, 0.0, -0.1),
        "time": (-0.5, 0.0, -0.5),
        "weak-time": (0.0, 0.0, 0.0),
        "contact": (-1.0, 0.0, -1.0),
    },
}


def fit(kind: str, type_: str, size: int, *, together: bool = False) -> float:
    """What a piece of a type and of ``size`` characters earns in a column of a kind."""
    flat, each, least = (TOGETHER if together else FIT)[kind].get(type_, _NONE)
    return max(least, flat + each * size)


# a column of a kind that a row leaves out
SKIP = {
    "number": 4.0,
    "group": 0.4,
    "text": 1.5,
    "units": 2.5,
    "time": 1.2,
    "person": 1.0,
    "contact": 0.3,
    "points": 0.8,
    "remark": 0.2,
    "any": 0.4,
}
AT_END = 0.6  # of the price of a column left out, where the row ends before it
OUT = 1.5  # the table ends
BEFORE_FIRST = 0.3  # a piece between the head and the first row
IN_CELL = 0.5  # the head again in the midst of a cell
CATEGORY = 1.5  # earned by a heading between rows
PAID_ONCE = frozenset(("time", "person", "contact", "points"))  # only the first piece of such a cell earns what it fits
MORE_OF_ONE = 0.2
MORE_BODIES = 1.5  # a second line of bodies in one cell, where cells have borders
NOT_BEGUN = 2.0  # a typed column that does not begin with its type
NOT_BEGUN_TOGETHER = {"number": 4.0, "units": 4.0, "time": 2.0, "person": 4.0, "contact": 2.0, "points": 3.0}
NUMBER_TOGETHER = 4.5  # a row without its number, where cells are run together
UNPARTED = 0.3  # a name right behind another one in one cell, where the next column is of units, too
# the types with which a cell of a typed column may begin
BEGINS = {
    "number": frozenset(("number", "numeral")),
    "units": frozenset(("bodies", "maybe", "list", "body", "weak-body", "nothing")),
    "time": frozenset(("time", "weak-time", "time-and-more", "nothing")),
    "person": frozenset(("person", "nothing")),
    "contact": frozenset(("contact", "figure", "nothing")),
    "points": frozenset(("figure", "number", "nothing")),
}


class Moves(NamedTuple):
    """What it costs to go on behind a break: in the same cell, in a later column, in a new row."""

    stay: float
    on: float
    row: float


NEVER = 1000.0
BREAKS = {
    "sign": Moves(NEVER, 0.0, NEVER),  # a tab or a stroke
    "line": Moves(0.3, 0.0, 0.0),  # one cell a line
    "row": Moves(0.6, 3.0, 0.0),  # a line end where signs part the cells
    "gap": Moves(1.0, 0.0, NEVER),  # a run of blanks
    "gap-anywhere": Moves(1.0, 0.0, 0.0),  # a run of blanks, where rows stand in one line
    "gap-row": Moves(0.6, 1.0, 0.0),  # a line end where blanks part the cells
    "none": Moves(0.0, 0.0, 0.0),  # run together
}
NUMERAL = 1.0  # earned by 一、 in a column of numbers
FIRST_NUMBER, OTHER_FIRST, NEXT_NUMBER, NEAR_NUMBER, WRONG_NUMBER = 3.0, 1.5, 4.0, 0.5, -5.0
_NEAR = 3

Number = tuple[int, int]  # 15-2 is (15, 2); 15 is (15, 0)


def next_number(last: Number | None, number: Number, *, alone: bool = False) -> float:
    """What a number of a row earns behind the last one; ``alone``: it fills its cell, so that an excerpt may skip some."""
    if last is None:
        return FIRST_NUMBER if number[0] == 1 and number[1] < 2 else OTHER_FIRST
    (whole, part), (at, sub) = last, number
    if (sub and at == whole and sub == part + 1) or (at == whole + 1 and sub < 2):
        return NEXT_NUMBER
    if not sub and (whole < at <= whole + _NEAR or (at == 1 and whole > 1)):
        return NEAR_NUMBER
    return NEAR_NUMBER if alone and number > last else WRONG_NUMBER
