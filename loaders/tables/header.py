"""The header of a table of tasks: the kind of each column.

A heading is compared without blanks and without the bracket after it. The longest known heading (`vocabulary/columns.yaml`
and the labels of ``roles.yaml``) that it ends with, else begins with, gives its kind.  If there are two header rows, the
lower one counts; it is read together with the upper one if it alone says too little (牵头 over 单位).

>>> column_kind("责任单位（列首位的为牵头单位）"), column_kind("2024年工作目标"), column_kind("清理文件")
('responsible', 'content', None)

Left to others: the rows below (`loaders.duties.table_cells`).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from graph.model import Role, Span, Table
from loaders.lexicon.bodies import ends_as_body, is_certain_body, looks_like_body
from loaders.lexicon.places import LEVEL
from loaders.lexicon.roles import ROLE_OF_WORD
from loaders.lexicon.vocabulary import any_of, load_yaml, role_labels
from loaders.phrases.bearers import only_bearers
from loaders.times.places import is_time

ROLES = frozenset(role.value for role in Role if role is not Role.LEADER)
AND_LEADER = "+leader"


class TypedTable(NamedTuple):
    """A table, and what is known of it beside its cells.

    ``kinds`` of its columns, where no head names them; ``cuts``: places at which a name ends though no sign tells;
    ``unsure``: rows with fewer or more cells than the head, whose columns are told by what stands in them; ``wrong``: rows
    whose cells contradict the head, left out of the table.
    """

    table: Table
    kinds: tuple[str, ...] = ()
    cuts: frozenset[int] = frozenset()
    unsure: tuple[Span, ...] = ()
    wrong: tuple[Span, ...] = ()


ROLE_WORD = re.compile(any_of(ROLE_OF_WORD))
_IN_CHARGE = frozenset(load_yaml("roles")["in_charge"])  # 主管部门 supervises where others bear
_ROWS_COUNTED = 40
_LEAST_BODIES, _LONGEST_LIST = 3, 40  # cells of a column that no heading tells; characters of one
_LEAST_BESIDE_TASK, _LEAST_OF_TASK = 2, 4  # known columns beside a task that no heading names; characters of its cells
_LONGEST = 16  # characters of a heading
_LABEL_LINE = re.compile(r"[:：].")  # 整改目标：年内完成 is a label with what it says, no heading
_BRACKET_AT_END = re.compile(r"[(（\[【〔].*$")


def words_of(text: str, span: Span) -> str:
    """The words of a cell without blanks."""
    return "".join(text[span[0] : span[1]].split())


def row_words(text: str, row: Iterable[Span]) -> tuple[str, ...]:
    """The words of each cell of a row without blanks: rows that say the same are told by them."""
    return tuple(words_of(text, span) for span in row)


@cache
def known_headings() -> dict[str, str]:
    """Every heading that is known -> the kind of its column."""
    table = {word: kind for kind, words in load_yaml("columns")["columns"].items() for word in words}
    labels = {word: role for word, role in role_labels().items() if word not in table or role != "other"}
    return table | labels


@cache
def edges_of_headings() -> tuple[frozenset[str], frozenset[str]]:
    """The first and the last signs of known headings: a look at one sign spares most comparisons."""
    return frozenset(word[0] for word in known_headings()), frozenset(word[-1] for word in known_headings())


@lru_cache(maxsize=4096)
def column_kind(words: str) -> str | None:
    """The kind of a column with this heading: ``number`` ``task`` ``content`` ``group`` ``unit`` ``other``, a role or
    ``deadline``.

    None if the words head no known column.
    """
    bare = _BRACKET_AT_END.sub("", words).strip("：:*★") or words.strip("()（）")
    if not bare or len(bare) > _LONGEST or _LABEL_LINE.search(bare):
        return None
    known, size = known_headings(), len(bare)
    if bare in known or bare in ROLE_OF_WORD:  # 协助: a word of role alone heads a column, but ends no other heading
        return known.get(bare) or ROLE_OF_WORD[bare]
    first, last = edges_of_headings()
    if bare[0] not in first and bare[-1] not in last:
        return None
    for length in range(size - 1, max(1, (size - 5) // 2), -1):
        if bare[-length:] in known:
            kind, before = known[bare[-length:]], ROLE_WORD.search(bare[:-length])
            own = ROLE_OF_WORD[before[0]] if before else None
            says = own and (kind == "responsible" or (own == "supervising" and kind == "cooperating"))
            return own if says else kind  # 牵头|组织实施单位 · 监督|指导部门
    return next((known[bare[:length]] for length in range(size - 1, 2, -1) if bare[:length] in known), None)


def header(text: str, rows: Sequence[Sequence[Span]], at: int) -> tuple[list[str | None], int] | None:
    """The kinds of the columns and the number of header rows, if the rows from ``at`` on are a header."""
    row = rows[at]
    kinds = [column_kind(words_of(text, span)) for span in row]
    below = rows[at + 1] if at + 1 < len(rows) else ()
    named = {span for span, kind in zip(row, kinds, strict=True) if kind is not None}  # a title alone names no columns
    if (
        len(named) > 1
        and len(below) == len(row)
        and any(a != b and words_of(text, b) for a, b in zip(row, below, strict=True))
    ):
        lower = [
            kind if a == b or not words_of(text, b) else _lower(words_of(text, a), words_of(text, b))
            for kind, a, b in zip(kinds, row, below, strict=True)
        ]
        told = [
            kind
            for kind, a, b in zip(lower, row, below, strict=True)
            if a != b and words_of(text, b)
        ]  # fmt: skip
        if None not in told and _complete(lower):
            return _settled(text, rows, at + 1, _by_cells(text, rows, at + 1, lower)), 2
    kinds = kinds if _complete(kinds) else _with_task(text, rows[at + 1 :], _with_bodies(text, rows[at + 1 :], kinds))
    return (_settled(text, rows, at, _by_cells(text, rows, at, kinds)), 1) if _complete(kinds) else None


def _by_cells(text: str, rows: Sequence[Sequence[Span]], at: int, kinds: list[str | None]) -> list[str | None]:
    """The kinds, those of columns that no heading names by what stands below: bodies, where the heading in row ``at`` has a word
    of role (督导专班), or times, where no other column has them."""
    made = list(kinds)
    for column, kind in enumerate(kinds):
        if kind is None and (heading := words_of(text, rows[at][column])):
            word = ROLE_WORD.search(heading)
            below = rows[at + 1 : at + 1 + _ROWS_COUNTED]
            if word and _names_bodies(text, below, column):
                made[column] = ROLE_OF_WORD[word[0]]
            elif "deadline" not in made and _most(text, below, column, is_time):
                made[column] = "deadline"
    return made


def _with_bodies(text: str, rows: Sequence[Sequence[Span]], kinds: list[str | None]) -> list[str | None]:
    """The kinds where no heading names the bearers, with the column of which half the cells are bodies as ``unit``."""
    there = {bare_kind(kind) for kind in kinds}
    if there & (ROLES | {"unit", "deadline"}) or len(there & {"number", "group", "task", "content"}) < 2:
        return kinds
    for column, kind in enumerate(kinds):
        if kind in (None, "group", "task", "content") and _names_bodies(text, rows, column):
            rest = [other for other, k in enumerate(kinds) if other != column and k in ("task", "content")]
            return [*kinds[:column], "unit", *kinds[column + 1 :]] if rest else kinds
    return kinds


def _with_task(text: str, rows: Sequence[Sequence[Span]], kinds: list[str | None]) -> list[str | None]:
    """The kinds where no heading names the task beside who bears it, with the first column of other words as ``task``."""
    there = {bare_kind(kind) for kind in kinds}
    if there & {"task", "content"} or not there & ROLES or len(there - {None}) < _LEAST_BESIDE_TASK:
        return kinds
    for column, kind in enumerate(kinds):
        if kind is None and not _names_bodies(text, rows, column):
            filled = [words_of(text, row[column]) for row in rows if column < len(row)]
            if sum(len(words) >= _LEAST_OF_TASK for words in filled) * 2 > len(rows):
                return [*kinds[:column], "task", *kinds[column + 1 :]]
    return kinds


def _names_bodies(text: str, rows: Sequence[Sequence[Span]], column: int) -> bool:
    return _most(text, rows, column, _is_body)


def _is_body(words: str) -> bool:
    return is_certain_body(words) or (LEVEL.match(words) is not None and looks_like_body(words))


def _most(text: str, rows: Sequence[Sequence[Span]], column: int, holds: Callable[[str], bool]) -> bool:
    """Whether at least half of the filled cells of a column are short and of a kind, and some are."""
    filled = [text[slice(*row[column])].strip() for row in rows if column < len(row) and words_of(text, row[column])]
    found = sum(1 for words in filled if len(words) <= _LONGEST_LIST and holds(words))
    return found >= _LEAST_BODIES and 2 * found >= len(filled)


def _lower(upper: str, lower: str) -> str | None:
    """The kind of a column with a heading over its heading: 责任单位 over 牵头 is ``lead``, and so is 牵头 over 单位."""
    own = column_kind(lower)
    return known_headings().get(upper + lower, own) if own in (None, "unit") else own


def bare_kind(kind: str | None) -> str | None:
    """The kind of a column, without the persons that its cells may name beside bodies."""
    return kind.removesuffix(AND_LEADER) if kind else None


def _complete(kinds: Sequence[str | None]) -> bool:
    there = {bare_kind(kind) for kind in kinds}
    does = {"task", "content"} & there
    return bool(does and (ROLES | {"unit"}) & there) or bool(does and "deadline" in there and "number" in there)


def _settled(text: str, rows: Sequence[Sequence[Span]], at: int, kinds: list[str | None]) -> list[str | None]:
    """The kinds with 单位, 分工 and 主管部门 as responsible, if no other column names the bearers and their cells name bodies;
    row ``at`` has the headings."""
    told = {"lead", "responsible"} & {bare_kind(kind) for kind in kinds}
    settled: list[str | None] = []
    for column, kind in enumerate(kinds):
        if kind == "supervising" and not told and words_of(text, rows[at][column]) in _IN_CHARGE:
            settled.append("responsible")
            continue
        if kind != "unit":
            settled.append(kind)
            continue
        filled = [row[column] for row in rows[at + 1 :] if column < len(row) and words_of(text, row[column])]
        bodies = sum(1 for span in filled if only_bearers(words := text[slice(*span)]) or ends_as_body(words.strip()))
        settled.append("responsible" if not told and bodies * 2 > len(filled) else "other")
    return settled
