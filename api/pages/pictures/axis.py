"""The axis of dates: from left to right, a square for each item on its date, the day of the question as a line.

A square has the number of its item and the look of the role; squares of one date stand in columns above each other.
What does not fit is told as a number. Past and near days are shaded and named by words.

Where the stacks would cover each other, the axis has no scale: the dates are put together by month, quarter, year or several
years, as finely as there is room, and the stacks stand side by side in their order.

Example: the axis of 市政府法制办 has three stacks: 11 items for 2017-12-31, 12 for 2018-12-31, 5 for 2019-12-31.

Left to others: which rows there are (`api.answers.questions`), lights (`api.pages.wording`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from api.pages.pictures.drawing import Drawing
from api.pages.wording import LIGHT_WORDS, light_of
from graph.library.question import Clock

WIDTH = 1000.0
_SIDE, _STEP = 22.0, 25.0
_ROWS, _COLUMNS = 6, 4  # squares of a stack; the rest is told
_NARROWEST = 84  # what a stack takes at least, for its words
_PERIODS = 9  # stacks that have room side by side
_HIGHEST = 1000  # number of an item that has room in its square


@dataclass(frozen=True, slots=True)
class Square:
    """One item, or one task, on its date."""

    day: str  # 2018-12-31
    mark: str  # what stands in it: the number of the item
    role: str  # its look: lead, responsible …; item without a role
    title: str
    href: str


def mark_of(number: int | None) -> str:
    """What stands in the square of an item with this number."""
    return str(number) if number is not None and number < _HIGHEST else "·"


def axis_picture(squares: Sequence[Square], clock: Clock, label: str) -> Drawing | None:
    """The axis; None where nothing has a date."""
    stacks: dict[date, list[Square]] = {}
    for one in sorted(squares, key=lambda one: one.day):
        stacks.setdefault(date.fromisoformat(one.day), []).append(one)
    if not stacks:
        return None
    first, last = min(stacks), max(stacks)
    near = first - timedelta(days=200) <= clock.today <= last + timedelta(days=200)
    if near:
        first, last = min(first, clock.today), max(last, clock.today)
    start, end = date(first.year, first.month, 1), last + timedelta(days=40)

    def at(day: date) -> float:
        return 12 + (WIDTH - 130) * (day - start).days / max(1, (end - start).days)

    picture = Drawing(label, WIDTH)
    if _have_room(stacks, at):
        base = _base(stacks.values())
        if near:
            _shade(picture, clock, at, base)
        _scale(picture, start, end, at, base)
        for day, held in stacks.items():
            _stack(picture, held, at(day), base, clock)
            picture.add('<path class="axis" d="M{:.0f} {:.0f}V{:.0f}"/>', at(day), base, base - 6)
            picture.text(at(day) + 2, base + 36, day.isoformat(), "")
    else:
        base = _side_by_side(picture, stacks, clock, near=near)
    picture.height = base + 44
    if not near:
        words = f"截至 {clock.today}，{'全部已过' if clock.today > last else '都还没有到'}"
        picture.text(WIDTH - 8, 14, words, "day", "end")
    return picture


def _base(stacks: Iterable[Sequence[Square]]) -> float:
    return 46.0 + _STEP * min(_ROWS, max(-(-len(one) // _COLUMNS) for one in stacks))


def _width(squares: Sequence[Square]) -> float:
    return max(min(_COLUMNS, len(squares)) * _STEP, _NARROWEST) + 6


def _have_room(stacks: Mapping[date, Sequence[Square]], at: Callable[[date], float]) -> bool:
    """Whether each stack can stand on its date."""
    edge = 0.0
    for day, held in stacks.items():
        if at(day) < edge:
            return False
        edge = at(day) + _width(held)
    return edge <= WIDTH


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def _quarter(day: date) -> str:
    return f"{day.year}年{'一二三四'[(day.month - 1) // 3]}季度"


def _years(count: int) -> Callable[[date], str]:
    """The name of the ``count`` years in which a day lies: 2018年, 2010–2014年."""

    def named(day: date) -> str:
        first = day.year // count * count
        return f"{first}年" if count == 1 else f"{first}–{first + count - 1}年"

    return named


def _side_by_side(picture: Drawing, stacks: Mapping[date, list[Square]], clock: Clock, *, near: bool) -> float:
    """The stacks of periods in their order, without a scale; the height of the line on which they stand."""
    for period in (_month, _quarter, *map(_years, (1, 2, 5, 10, 50, 100, 1000))):
        names = list(dict.fromkeys(map(period, stacks)))
        if len(names) <= _PERIODS:
            break
    days = {name: [day for day in stacks if period(day) == name] for name in names}
    held = {name: [one for day in days[name] for one in stacks[day]] for name in names}
    base = _base(held.values())
    picture.add('<path class="axis" d="M12 {:.0f}H{:.0f}"/>', base, WIDTH - 10)
    step = (WIDTH - 24) / max(len(names), 6)
    passed = sum(days[name][-1] < clock.today for name in names)
    if near and passed == sum(days[name][0] < clock.today for name in names):  # the day lies between two stacks
        here = 12 + passed * step
        picture.add('<path class="today" d="M{:.0f} 20V{:.0f}"/>', here, base + 8)
        picture.text(here, 14, f"截至 {clock.today}", "day", "end" if here > WIDTH / 2 else "start")
    elif near:
        picture.text(WIDTH - 8, 14, f"截至 {clock.today}", "day", "end")
    for number, name in enumerate(names):
        left = 12 + number * step
        _stack(picture, held[name], left, base, clock)
        picture.text(left + 2, base + 19, name, "caption")
        span = days[name]
        picture.text(left + 2, base + 36, span[0].isoformat() if len(span) == 1 else f"{len(span)} 个日期", "")
    return base


def _shade(picture: Drawing, clock: Clock, at: Callable[[date], float], base: float) -> None:
    here = at(clock.today)
    picture.add('<rect class="past" x="12" y="22" width="{:.0f}" height="{:.0f}"/>', max(0, here - 12), base - 22)
    soon = at(clock.today + timedelta(days=clock.near_days)) - here
    picture.add('<rect class="soon" x="{:.0f}" y="22" width="{:.0f}" height="{:.0f}"/>', here, soon, base - 22)
    picture.add('<path class="today" d="M{:.0f} 20V{:.0f}"/>', here, base + 8)
    anchor = "end" if here > WIDTH / 2 else "start"
    picture.text(here, 14, f"截至 {clock.today}", "day", anchor)


def _scale(picture: Drawing, start: date, end: date, at: Callable[[date], float], base: float) -> None:
    picture.add('<path class="axis" d="M12 {:.0f}H{:.0f}"/>', base, WIDTH - 10)
    years = end.year - start.year
    step = 6 if years < 4 else 12 * (1 + years // 12)
    month = start.replace(month=1)
    while month <= end:
        if month >= start:
            x = at(month)
            picture.add('<path class="axis" d="M{:.0f} {:.0f}v5"/>', x, base)
            picture.text(
                x, base + 19, f"{month.year}年{month.month}月" if month.month == 1 else f"{month.month}月", "caption"
            )
        ahead = month.month - 1 + step
        month = date(month.year + ahead // 12, ahead % 12 + 1, 1)


def _stack(picture: Drawing, squares: Sequence[Square], left: float, base: float, clock: Clock) -> None:
    """The squares of a date or a period above each other, with how many they are and their light."""
    columns = min(_COLUMNS, len(squares))
    most = _ROWS * _COLUMNS
    shown = squares if len(squares) <= most else squares[: most - 1]
    for number, one in enumerate(shown):
        row, column = divmod(number, columns)
        cx, cy = left + 2 + column * _STEP, base - 2 - (row + 1) * _STEP
        look = "on-lead" if one.role == "lead" else f"letter-{one.role}"
        inside = Markup(
            '<title>{}</title><rect class="box-{}" x="{:.0f}" y="{:.0f}" width="22" height="22" rx="3"/>'
            '<text class="{}" x="{:.0f}" y="{:.0f}" text-anchor="middle">{}</text>'
        ).format(one.title, one.role, cx, cy, look, cx + _SIDE / 2, cy + 15.5, one.mark)
        picture.add('<a href="{}">{}</a>', one.href, inside)
    if len(shown) < len(squares):
        picture.text(left + 2 + 3 * _STEP, base - 2 - _ROWS * _STEP + 15, f"+{len(squares) - len(shown)}", "strong")
    rows = -(-len(squares) // columns)
    top = base - 2 - min(_ROWS, rows) * _STEP - 6
    lights = {light_of(one.day, clock).name for one in squares}
    words = LIGHT_WORDS[lights.pop()] if len(lights) == 1 else ""
    picture.text(left + 2, top, f"{len(squares)} 项 {words}".rstrip(), "strong")
