"""The axis of dates: months from left to right, a square for each item on its date, the day of the question as a line.

A square has the number of its item and the look of the role; squares of one date stand in columns above each other.
What does not fit is told as a number. Past and near days are shaded and named by words.

Example: the axis of 市政府法制办 has three stacks: 11 items for 2017-12-31, 12 for 2018-12-31, 5 for 2019-12-31.

Left to others: which rows there are (`api.answers.questions`), lights (`api.pages.wording`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from api.pages.pictures.drawing import Drawing
from api.pages.wording import LIGHT_WORDS, light_of
from graph.library.question import Clock

WIDTH = 1000.0
_SIDE, _STEP = 22.0, 25.0
_ROWS, _COLUMNS = 6, 4  # squares of a stack; the rest is told
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
    for one in squares:
        stacks.setdefault(date.fromisoformat(one.day), []).append(one)
    if not stacks:
        return None
    first, last = min(stacks), max(stacks)
    near = first - timedelta(days=200) <= clock.today <= last + timedelta(days=200)
    if near:
        first, last = min(first, clock.today), max(last, clock.today)
    start, end = date(first.year, first.month, 1), last + timedelta(days=40)
    picture = Drawing(label, WIDTH)
    base = 46.0 + _STEP * min(_ROWS, max(-(-len(one) // _COLUMNS) for one in stacks.values()))

    def at(day: date) -> float:
        return 12 + (WIDTH - 130) * (day - start).days / max(1, (end - start).days)

    if near:
        _shade(picture, clock, at, base)
    _scale(picture, start, end, at, base)
    edge = 0.0
    for day in sorted(stacks):
        edge = _stack(picture, stacks[day], day, at(day), base, clock, edge)
    picture.height = base + 44
    if not near:
        words = f"截至 {clock.today}，{'全部已过' if clock.today > last else '都还没有到'}"
        picture.text(WIDTH - 8, 14, words, "day", "end")
    return picture


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


def _stack(
    picture: Drawing, squares: Sequence[Square], day: date, x: float, base: float, clock: Clock, edge: float
) -> float:
    """A stack on its date; one that would cover the stack before it stands beside that. Where it ends on the right."""
    left = max(x, edge)
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
    light = light_of(day.isoformat(), clock).name
    words = f"{len(squares)} 项 {LIGHT_WORDS[light]}"
    picture.text(left + 2, top, words, "strong")
    picture.add('<path class="axis" d="M{:.0f} {:.0f}V{:.0f}"/>', x, base, base - 6)
    picture.text(left + 2, base + 36, day.isoformat(), "")
    return left + max(columns * _STEP, 84) + 6
