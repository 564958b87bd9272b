"""Made-up tables of tasks, written in ten layouts and damaged in six ways: what a table loses on its way to a text.

Left to others: that each gives the same duties (`test_layouts.py`).
"""

import random
from collections.abc import Callable
from typing import NamedTuple

TASKS = (
    "清理规范性文件",
    "完善重大决策程序",
    "公开权力和责任清单",
    "推进政务服务标准化",
    "改造老旧供水管网12公里",
    "开展食品安全专项整治，每月通报结果",
    "健全行政执法监督机制",
    "建设农村客运站3个",
)
BODIES = ("司法局", "财政局", "教育局", "水利局", "民政局", "农业农村局", "市场监管局", "政府办", "卫健委", "住建局")
TIMES = ("2024年6月底前", "2024年12月底", "长期坚持", "2024年9月30日前")
HEADS = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限")
ROLES = {2: "lead", 3: "cooperating"}


class Row(NamedTuple):
    """The words of one row, a cell each; ``heading``: it is a heading of the rows below. Empty: the cell was merged."""

    cells: tuple[str, ...]
    heading: bool = False


class MadeUp(NamedTuple):
    """A table and its duties: (task, role, body)."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    duties: frozenset[tuple[str, str, str]]
    upper: tuple[str, ...] = ()  # a head above the heads
    again: int = 0  # the head stands again behind so many rows
    wrapped: bool = False  # lists are broken over lines behind a mark


def plain(seed: int, level: str = "县") -> MadeUp:
    """A table without damage; the same seed gives the same table."""
    chance = random.Random(seed)
    rows, duties = [], set()
    for number, task in enumerate(chance.sample(TASKS, chance.randint(4, 7)), 1):
        lead, *others = (level + body for body in chance.sample(BODIES, chance.randint(2, 5)))
        rows.append(Row((str(number), task, lead, "、".join(others), chance.choice(TIMES))))
        duties |= {(task, "lead", lead), *((task, "cooperating", other) for other in others)}
    return MadeUp(HEADS, tuple(rows), frozenset(duties))


def with_merged_numbers(table: MadeUp) -> MadeUp:
    """Each second row stands under the number of the row above."""
    rows = tuple(
        row._replace(cells=("" if n % 2 else str(n // 2 + 1), *row.cells[1:])) for n, row in enumerate(table.rows)
    )
    return table._replace(rows=rows)


def with_wrapped_lists(table: MadeUp) -> MadeUp:
    return table._replace(wrapped=True)


def with_contacts(table: MadeUp) -> MadeUp:
    rows = tuple(row._replace(cells=(*row.cells, f"8312{100 + n}5")) for n, row in enumerate(table.rows))
    return table._replace(heads=(*table.heads, "联系电话"), rows=rows)


def with_two_heads(table: MadeUp) -> MadeUp:
    return table._replace(upper=("序号", "工作任务", "责任分工", "责任分工", "完成时限"))


def with_headings(table: MadeUp) -> MadeUp:
    titles = ("一、法治建设", "二、民生实事", "三、城乡建设")
    rows: list[Row] = []
    for n, row in enumerate(table.rows):
        rows += [Row((titles[n // 3],), heading=True)] if n % 3 == 0 else []
        rows.append(row)
    return table._replace(rows=tuple(rows))


def with_head_again(table: MadeUp) -> MadeUp:
    return table._replace(again=3)


DAMAGES: dict[str, Callable[[MadeUp], MadeUp]] = {
    "merged numbers": with_merged_numbers,
    "wrapped lists": with_wrapped_lists,
    "contacts": with_contacts,
    "two heads": with_two_heads,
    "headings": with_headings,
    "head again": with_head_again,
}


def _lines(table: MadeUp) -> list[tuple[tuple[str, ...], bool]]:
    """The rows with the heads among them; whether each is a heading."""
    heads = [(table.heads, False)]
    if table.upper:
        heads.insert(0, (table.upper, False))
    made = list(heads)
    for n, row in enumerate(table.rows, 1):
        made.append((row.cells, row.heading))
        if table.again and n % table.again == 0 and n < len(table.rows):
            made += heads
    return made


def _wrapped(cell: str, table: MadeUp, end: str) -> str:
    half = cell.find("、", len(cell) // 2)
    return f"{cell[: half + 1]}{end}{cell[half + 1 :]}" if table.wrapped and half > 0 else cell


def by_sign(sign: str, *, closed: bool = False, ruled: bool = False) -> Callable[[MadeUp], str]:
    def write(table: MadeUp) -> str:
        made = []
        for n, (cells, heading) in enumerate(_lines(table)):
            cells = (*cells, *[""] * (len(table.heads) - len(cells))) if heading else cells
            line = sign.join(_wrapped(cell, table, "\n" if sign == "\t" else "") for cell in cells)
            made.append(f"{sign}{line}{sign}" if closed else line)
            made += ["|".join(["", *["---"] * len(table.heads), ""])] if ruled and n == 0 else []
        return "\n".join(made)

    return write


def boxed(table: MadeUp) -> str:
    rule = "├" + "┼".join("──" for _ in table.heads) + "┤"
    return f"\n{rule}\n".join("│" + "│".join(cells) + "│" for cells, _ in _lines(table))


def by_lines(end: str) -> Callable[[MadeUp], str]:
    def write(table: MadeUp) -> str:
        rows = _lines(table)
        if table.upper:  # the children stand below their common head
            rows = [(("序号", "工作任务", "责任分工", "牵头单位", "配合单位", "完成时限"), False), *rows[2:]]
        return end.join(_wrapped(cell, table, "\n") for cells, _ in rows for cell in cells if cell)

    return write


def by_blanks(gap: str) -> Callable[[MadeUp], str]:
    return lambda table: "\n".join(gap.join(cell for cell in cells if cell) for cells, _ in _lines(table))


def run_together(table: MadeUp) -> str:
    rows = _lines(table)[1:] if table.upper else _lines(table)
    return "".join(cell for cells, _ in rows for cell in cells)


LAYOUTS: dict[str, Callable[[MadeUp], str]] = {
    "tabs": by_sign("\t"),
    "strokes": by_sign("|"),
    "closed strokes": by_sign("|", closed=True),
    "Markdown": by_sign("|", closed=True, ruled=True),
    "box": boxed,
    "lines": by_lines("\n"),
    "lines spaced": by_lines("\n\n"),
    "wide blanks": by_blanks("    "),
    "one blank": by_blanks(" "),
    "run together": run_together,
}


def titled(text: str) -> str:
    return f"青川县2024年重点任务分解表\n{text}\n"
