"""Made-up tables that are damaged more or less, up to garbage, and cells that hold no body: for figures over many of them.

Left to others: the layouts and the damages that leave a table readable (`layouts.py`).
"""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tests.loaders.tables.layouts import DAMAGES, LAYOUTS, MadeUp, Row, plain, titled

Random = random.Random
SEVERITIES = ("none", "one", "two", "some cells lost", "many cells lost", "columns mixed", "garbage")
READABLE = SEVERITIES[:3]
# kinds of damage that the confidence was not set on: figures over them are told apart
HELD_OUT = ("borders lost", "rows interleaved", "second page in another order")
# these two damages leave no table together: the numbers and the marks of pages are what a row begins with
_APART = {"merged numbers", "head again"}


class Sample(NamedTuple):
    """A text with a table, and the duties that it still states: (task, role, body)."""

    text: str
    duties: frozenset[tuple[str, str, str]]
    layout: str
    severity: str


def samples(count: int, seed: int = 0, severities: Sequence[str] = SEVERITIES) -> Iterator[Sample]:
    """``count`` tables, of each layout and severity as many."""
    chance = Random(seed)
    for n in range(count):
        layout = list(LAYOUTS)[n % len(LAYOUTS)]
        severity = severities[n // len(LAYOUTS) % len(severities)]
        table = _damaged(
            plain(chance.randrange(10**6), chance.choice(("县", "市", "东城区", "青川县"))), severity, layout, chance
        )
        yield Sample(titled(LAYOUTS[layout](table)), table.duties, layout, severity)


def _damaged(table: MadeUp, severity: str, layout: str, chance: Random) -> MadeUp:
    if severity in ("one", "two"):
        # run together, a row without its number has no beginning
        known = [name for name in DAMAGES if not (layout == "run together" and name == "merged numbers")]
        names = chance.sample(known, 1 if severity == "one" else 2)
        for name in names[:1] if set(names) == _APART else names:
            table = DAMAGES[name](table)
    if severity == "some cells lost":
        return _without_cells(table, 0.08, chance)
    if severity == "many cells lost":
        return _without_cells(table, 0.35, chance)
    if severity == "columns mixed":
        return _mixed(table, chance)
    if severity == "borders lost":
        return table if layout == "run together" else _without_borders(table, chance)
    if severity == "rows interleaved":
        return _interleaved(table, chance)
    if severity == "second page in another order":
        return _in_another_order(table, chance)
    return _garbage(table, chance) if severity == "garbage" else table


def _without_cells(table: MadeUp, share: float, chance: Random) -> MadeUp:
    """Some cells are empty: nobody wrote them, or they got lost."""
    rows, kept = [], set(table.duties)
    for row in table.rows:
        cells = list(row.cells)
        for column in (0, 2, 3, 4):
            if chance.random() < share:
                lost = set(cells[column].split("、"))
                kept -= {fact for fact in table.duties if fact[0] == cells[1] and fact[2] in lost and column in (2, 3)}
                cells[column] = ""
        rows.append(Row(tuple(cells)))
    return table._replace(rows=tuple(rows), duties=frozenset(kept))


def _mixed(table: MadeUp, chance: Random) -> MadeUp:
    """The cells of some rows stand in another order than the head says: what they state nobody can tell."""
    rows, kept = [], set(table.duties)
    for row in table.rows:
        cells = list(row.cells)
        if chance.random() < 0.6:
            chance.shuffle(cells)
            kept = {fact for fact in kept if fact[0] != row.cells[1]}
        rows.append(Row(tuple(cells)))
    return table._replace(rows=tuple(rows), duties=frozenset(kept))


def _without_borders(table: MadeUp, chance: Random) -> MadeUp:
    """In some rows two cells side by side became one; of two lists of bodies nobody can tell where the border was."""
    rows, kept = [], set(table.duties)
    for row in table.rows:
        cells = list(row.cells)
        if chance.random() < 0.3:
            column = chance.randrange(len(cells) - 1)
            cells[column : column + 2] = [cells[column] + cells[column + 1]]
            kept = {fact for fact in kept if column != 2 or fact[0] != row.cells[1]}
        rows.append(Row(tuple(cells)))
    return table._replace(rows=tuple(rows), duties=frozenset(kept))


def _interleaved(table: MadeUp, chance: Random) -> MadeUp:
    """Some two rows were read as one: the cells of each column side by side."""
    rows, kept, n = [], set(table.duties), 0
    while n < len(table.rows):
        row = table.rows[n]
        if n + 1 < len(table.rows) and chance.random() < 0.4:
            other = table.rows[n + 1]
            mixed = [cell for pair in zip(row.cells, other.cells, strict=True) for cell in pair]
            rows += [Row(tuple(mixed[: len(row.cells)])), Row(tuple(mixed[len(row.cells) :]))]
            kept = {fact for fact in kept if fact[0] not in (row.cells[1], other.cells[1])}
            n += 2
            continue
        rows.append(row)
        n += 1
    return table._replace(rows=tuple(rows), duties=frozenset(kept))


def _in_another_order(table: MadeUp, chance: Random) -> MadeUp:
    """From some row on the cells stand in another order, the same in each row, without a head that says so."""
    order = list(range(len(table.heads)))
    while order.index(2) - order.index(3) in (-1, 1):  # of two columns of bodies that changed places nobody could tell
        chance.shuffle(order)
    first = chance.randint(1, len(table.rows) - 1)
    rows = [row if n < first else Row(tuple(row.cells[column] for column in order)) for n, row in enumerate(table.rows)]
    lost = {row.cells[1] for row in table.rows[first:]}
    return table._replace(rows=tuple(rows), duties=frozenset(fact for fact in table.duties if fact[0] not in lost))


def _garbage(table: MadeUp, chance: Random) -> MadeUp:
    """The head above words that are no rows of it."""
    signs = "的了和在清理文件公开目录推进落实建设完善机制年月日、，。；0123456789abc县市局办"
    rows = [
        Row(tuple("".join(chance.choices(signs, k=chance.randint(1, 12))) for _ in table.heads))
        for _ in range(chance.randint(3, 8))
    ]
    return table._replace(rows=tuple(rows), duties=frozenset())


_FAMILY, _GIVEN = "王李张刘陈杨赵黄周吴", "志强建国海峰晓东丽华明"
_STREETS = ("人民路", "建设大道", "文化街", "站前路", "滨江路")
_PLACES = ("行政中心", "政务服务大厅", "农业农村局办公楼", "财政局", "市场监管局旁", "产业园区", "城东街道")


def _contact(chance: Random) -> str:
    made = (
        f"1{chance.randint(3, 9)}{chance.randrange(10**9):09}",
        f"07{chance.randint(10, 99)}-{chance.randrange(10**7):07}",
        f"{chance.randint(2, 8)}{chance.randrange(10**6):06}",
        f"12{chance.randint(300, 399)}",
        f"{chance.choice(_FAMILY)}{chance.choice(_GIVEN)} {chance.randint(2, 8)}{chance.randrange(10**6):06}",
        f"zw{chance.randrange(10**4)}@qingchuan.gov.cn",
        f"http://www.qc{chance.randrange(100)}.gov.cn/",
    )
    return chance.choice(made)


def _address(chance: Random) -> str:
    made = (
        f"青川县{chance.choice(_STREETS)}{chance.randint(1, 300)}号",
        f"{chance.choice(_STREETS)}{chance.randint(1, 300)}号{chance.choice(_PLACES)}{chance.randint(1, 9)}楼",
        f"城关镇{chance.choice(_STREETS)}与{chance.choice(_STREETS)}交叉口",
        f"{chance.choice(_PLACES)}{chance.randint(101, 909)}室",
    )
    return chance.choice(made)


def _date(chance: Random) -> str:
    year, month, day = chance.randint(2019, 2024), chance.randint(1, 12), chance.randint(1, 28)
    return chance.choice(
        (f"{year}-{month:02}-{day:02}", f"{year}年{month}月{day}日", f"{year}.{month}", f"{month}月{day}日")
    )


def _amount(chance: Random) -> str:
    figure = chance.randint(1, 99999)
    return chance.choice(
        (f"{figure}万元", f"{figure / 100:.2f}亿元", f"{figure:,}", f"约{figure}元", f"{figure % 100}%")
    )


# the names of columns that hold no body: known ones, and such as nobody knows
DETAILS: dict[str, tuple[tuple[str, ...], tuple[str, ...], Callable[[Random], str]]] = {
    "contacts": (("联系电话", "联系方式", "咨询电话"), ("座机", "热线", "怎么找"), _contact),
    "addresses": (("地址",), ("坐落", "所在位置", "地点"), _address),
    "dates": (("创建时间", "更新时间"), ("登记日", "受理日", "填表日"), _date),
    "amounts": (("投资", "金额", "资金"), ("额度", "预算数", "已付"), _amount),
}
HEADS_GIVEN = ("known", "unknown", "none")


def details(cells: int, seed: int = 0) -> Iterator[tuple[str, frozenset[str]]]:
    """Texts with tables that hold at least so many cells of `DETAILS`, in each layout with known heads, unknown ones and none;
    and the bodies of each."""
    chance = Random(seed)
    made = n = 0
    while made < cells:
        write = list(LAYOUTS.values())[n % len(LAYOUTS)]
        given = HEADS_GIVEN[n // len(LAYOUTS) % len(HEADS_GIVEN)]
        table = plain(chance.randrange(10**6), chance.choice(("县", "青川县")))
        kinds = chance.sample(list(DETAILS), chance.randint(2, 4))
        names = tuple(chance.choice(DETAILS[kind][given == "unknown"]) for kind in kinds)
        rows = tuple(Row((*row.cells, *(DETAILS[kind][2](chance) for kind in kinds))) for row in table.rows)
        text = write(table._replace(heads=(*table.heads, *names), rows=rows))
        if given == "none":
            text = write(table._replace(heads=rows[0].cells, rows=rows[1:]))
        made += len(kinds) * len(rows)
        n += 1
        yield titled(text), frozenset(body for _, _, body in table.duties)
