"""Draws which folder of the three packages imports which, for ``architecture.md``.

Order of steps:

1. `grimp` (import-linter stands on it) reads the imports; modules are taken together by folder.
2. The floor of a folder is one above the highest floor that it imports from.  Folders that import each other in a circle have
   none: it fails.
3. An arrow is left out when a longer way says the same (A → B → C stands for A → C).  The tables of the page have every import.
4. An arrow that passes a floor gets a lane there.  Folders and lanes are put in the order in which arrows cross least.

The same imports give the same bytes.

Left to others: the page around it (`architecture.py`).
"""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple, TypeAlias

import grimp

ROOT = Path(__file__).parents[1]
PACKAGES = ("api", "loaders", "graph")


def imports() -> dict[str, set[str]]:
    """Each folder or module right below a package, and those of all packages that it imports from."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    rooms = [room for package in PACKAGES for room in sorted(graph.find_children(package))]
    found: dict[str, set[str]] = {}
    for room in rooms:
        modules = {room, *graph.find_descendants(room)}
        targets = {target for module in modules for target in graph.find_modules_directly_imported_by(module)}
        found[room] = {_room(target) for target in targets} - {room}
    return found


def _room(module: str) -> str:
    return ".".join(module.split(".")[:2])


def floors(package: str, arrows: Mapping[str, set[str]]) -> list[list[str]]:
    """The folders of a package by floor, the lowest first. Raises ValueError for folders that import each other."""
    left = _within(package, arrows)
    found: list[list[str]] = []
    while left:
        free = sorted(room for room, targets in left.items() if not targets & left.keys())
        if not free:
            raise ValueError(f"{sorted(left)} import each other in a circle; expected floors.")
        found.append(free)
        left = {room: targets for room, targets in left.items() if room not in free}
    return found


def _within(package: str, arrows: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The folders of a package and which of its other folders each imports from."""
    own = {room for room in arrows if belongs(package, room)}
    return {room: arrows[room] & own for room in own}


def belongs(package: str, room: str) -> bool:
    """Whether a folder or module is one of a package."""
    return room.partition(".")[0] == package


def shown(package: str, arrows: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    """The arrows within a package, without those for which a longer way stands."""
    inner = _within(package, arrows)

    def reached(room: str) -> set[str]:
        return {below for target in inner[room] for below in (target, *reached(target))}

    return [
        (room, target)
        for room, targets in sorted(inner.items())
        for target in sorted(targets)
        if not any(target in reached(other) for other in targets - {target})
    ]


def purpose(room: str) -> str:
    """The first sentence of the docstring of a folder or module."""
    path = ROOT / Path(*room.split("."))
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    words = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return " ".join(words.partition("\n\n")[0].split())


WIDTH, BOX, LANE, HEIGHT, FLOOR, GAP, PAD = 940, 124, 10, 34, 62, 12, 16
HEAD = 40  # of a frame: the name of the package
SWEEPS = 6
NOTE = "Solid: a folder. Dashed: one module. An arrow leads to what is imported; one is left out where a longer way says the same."
STYLE = """
  .paper { fill: #ffffff } .frame { fill: #f4f6f8; stroke: #c3ccd5 } .room { fill: #ffffff; stroke: #57708a }
  .module { fill: #ffffff; stroke: #57708a; stroke-dasharray: 4 3 } text { font-family: system-ui, sans-serif; fill: #1c2733 }
  .name { font-size: 13px; text-anchor: middle } .package { font-size: 17px; font-weight: bold } .note { font-size: 13px }
  .arrow { fill: none; stroke: #57708a; stroke-width: 1.3 } .tip { fill: #57708a }
  .across { fill: none; stroke: #b4541a; stroke-width: 3 } .acrosstip { fill: #b4541a }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #12181f } .frame { fill: #1b242e; stroke: #3d4c5c } .room, .module { fill: #243140; stroke: #8aa5c0 }
    text { fill: #e4ebf2 } .arrow { stroke: #8aa5c0 } .tip { fill: #8aa5c0 }
    .across { stroke: #f0a26b } .acrosstip { fill: #f0a26b }
  }
"""


class Frame(NamedTuple):
    """Where a package is drawn."""

    left: float
    top: float
    width: float
    height: float


def picture() -> str:
    """The three packages with their folders by floor, as SVG."""
    arrows = imports()
    plans = {package: floors(package, arrows) for package in PACKAGES}
    tall = {package: HEAD + FLOOR * (len(plan) - 1) + HEIGHT + 2 * PAD for package, plan in plans.items()}
    upper, between, half = max(tall["api"], tall["loaders"]), 44, (WIDTH - 2 * PAD - 56) / 2
    frames = {
        "api": Frame(PAD, PAD, half, upper),
        "loaders": Frame(WIDTH - PAD - half, PAD, half, upper),
        "graph": Frame(PAD, PAD + upper + between, WIDTH - 2 * PAD, tall["graph"]),
    }
    height = frames["graph"].top + tall["graph"] + 2 * PAD + 10
    told = "; ".join(
        f"{package}, top floor first: " + " / ".join(", ".join(map(short, floor)) for floor in reversed(plans[package]))
        for package in PACKAGES
    )
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}" role="img">',
        "<title>The folders of Zeren and what they import</title>",
        f"<desc>{escape(told)}.</desc>",
        f"<style>{STYLE}</style>",
        "<defs>",
        *(_tip(name, size) for name, size in (("tip", 7), ("acrosstip", 4))),
        "</defs>",
        f'<rect class="paper" width="{WIDTH}" height="{height:g}"/>',
    ]
    for package, frame in frames.items():
        lines += _package(package, frame, plans[package], shown(package, arrows))
    lines += _across(frames)
    lines.append(f'<text class="note" x="{PAD}" y="{height - PAD:g}">{NOTE}</text>')
    return "\n".join([*lines, "</svg>"])


def _tip(name: str, size: int) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="{size}" markerHeight="{size}" '
        f'orient="auto"><path class="{name}" d="M0 0 10 5 0 10z"/></marker>'
    )


def _package(package: str, frame: Frame, plan: list[list[str]], arrows: list[tuple[str, str]]) -> Iterator[str]:
    yield _rect("frame", frame.left, frame.top, frame.width, frame.height, 8)
    yield f'<text class="package" x="{frame.left + PAD:g}" y="{frame.top + 26:g}">{package}</text>'
    ways = [_way(arrow, plan) for arrow in arrows]
    middles = _middles(frame, plan, ways)
    step = (frame.height - HEAD - HEIGHT - 2 * PAD) / max(1, len(plan) - 1)
    tops = [frame.top + HEAD + PAD + step * (len(plan) - 1 - n) for n in range(len(plan))]
    legs = sorted({leg for way in ways for leg in pairwise(way)})
    leaving, arriving = _ports(legs, middles, 0), _ports(legs, middles, 1)
    for way in ways:
        yield _line(way, middles, tops, leaving, arriving)
    for place, middle in middles.items():
        if len(place.rooms) == 1:
            (room,) = place.rooms
            yield _rect("room" if _is_folder(room) else "module", middle - BOX / 2, tops[place.floor], BOX, HEIGHT, 5)
            yield f'<text class="name" x="{middle:.1f}" y="{tops[place.floor] + 22:.1f}">{short(room)}</text>'


class Spot(NamedTuple):
    """Something on a floor: one folder, or the lane of an arrow between two that passes by."""

    floor: int
    rooms: tuple[str, ...]

    @property
    def width(self) -> int:
        return BOX if len(self.rooms) == 1 else LANE


Leg: TypeAlias = tuple[Spot, Spot]


def _way(arrow: tuple[str, str], plan: list[list[str]]) -> list[Spot]:
    """An arrow with the lanes on the floors that it passes, from above."""
    of = {room: n for n, floor in enumerate(plan) for room in floor}
    start, end = arrow
    lanes = [Spot(n, arrow) for n in range(of[start] - 1, of[end], -1)]
    return [Spot(of[start], (start,)), *lanes, Spot(of[end], (end,))]


def _line(
    way: list[Spot],
    middles: Mapping[Spot, float],
    tops: list[float],
    leaving: Mapping[Leg, float],
    arriving: Mapping[Leg, float],
) -> str:
    parts: list[str] = []
    for leg in pairwise(way):
        x, y = middles[leg[0]] + leaving[leg], tops[leg[0].floor] + HEIGHT
        to, at = middles[leg[1]] + arriving[leg], tops[leg[1].floor]
        bend = (at - y) / 2
        parts.append(
            f"{'L' if parts else 'M'}{x:.1f} {y:.1f} C{x:.1f} {y + bend:.1f} {to:.1f} {at - bend:.1f} {to:.1f} {at:.1f}"
        )
    return f'<path class="arrow" marker-end="url(#tip)" d="{" ".join(parts)}"/>'


def short(room: str) -> str:
    name = room.partition(".")[2]
    return name if _is_folder(room) else f"{name}.py"


def _is_folder(room: str) -> bool:
    return (ROOT / Path(*room.split("."))).is_dir()


def _rect(kind: str, x: float, y: float, width: float, height: float, corner: int) -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:g}" height="{height:g}" rx="{corner}"/>'


def _middles(frame: Frame, plan: list[list[str]], ways: list[list[Spot]]) -> dict[Spot, float]:
    """The middle of everything on the floors: each floor in the order with the fewest crossings and the shortest arrows to
    its neighbours that moving one room at a time finds, floor after floor, up and down again."""
    rows = [sorted(Spot(n, (room,)) for room in floor) for n, floor in enumerate(plan)]
    for spot in sorted({spot for way in ways for spot in way[1:-1]}):
        rows[spot.floor].append(spot)
    legs = sorted({leg for way in ways for leg in pairwise(way)})
    middles = {spot: middle for row in rows for spot, middle in _placed(frame, row)}
    up = list(range(len(rows)))
    for turn in range(SWEEPS):
        for n in up if turn % 2 == 0 else reversed(up):
            near = [leg for leg in legs if n in (leg[0].floor, leg[1].floor)]
            rows[n] = _best_order(rows[n], partial(_cost_of_order, frame, near, middles))
            middles = middles | dict(_placed(frame, rows[n]))
    return middles


def _best_order(order: list[Spot], cost: Callable[[Sequence[Spot]], tuple[int, float]]) -> list[Spot]:
    """The order that moving one spot at a time cannot better. All orders of ten rooms would be three million."""
    best, least = order, cost(order)
    while True:
        moved = [_moved(best, spot, to) for spot in best for to in range(len(best))]
        nearest = min(moved, key=cost)
        if (costs := cost(nearest)) >= least:
            return best
        best, least = nearest, costs


def _moved(order: Sequence[Spot], spot: Spot, to: int) -> list[Spot]:
    rest = [other for other in order if other != spot]
    return [*rest[:to], spot, *rest[to:]]


def _placed(frame: Frame, order: Sequence[Spot]) -> Iterator[tuple[Spot, float]]:
    wide = sum(spot.width for spot in order) + GAP * (len(order) - 1)
    at = frame.left + (frame.width - wide) / 2
    for spot in order:
        yield spot, at + spot.width / 2
        at += spot.width + GAP


def _cost_of_order(
    frame: Frame, legs: list[Leg], middles: Mapping[Spot, float], order: Sequence[Spot]
) -> tuple[int, float]:
    return _cost(legs, {**middles, **dict(_placed(frame, order))})


def _cost(legs: list[Leg], middles: Mapping[Spot, float]) -> tuple[int, float]:
    crossings = sum(
        1
        for (a, b), (c, d) in combinations(legs, 2)
        if a.floor == c.floor and (middles[a] - middles[c]) * (middles[b] - middles[d]) < 0
    )
    return crossings, sum((middles[a] - middles[b]) ** 2 for a, b in legs)


def _ports(legs: list[Leg], middles: Mapping[Spot, float], own: int) -> dict[Leg, float]:
    """How far from the middle of its box each arrow leaves (``own`` 0) or arrives (1): side by side, as the other ends are."""
    shifts: dict[Leg, float] = {}
    for spot in middles:
        mine = sorted((leg for leg in legs if leg[own] == spot), key=lambda leg: middles[leg[1 - own]])
        shifts |= {leg: (n - (len(mine) - 1) / 2) * 16 for n, leg in enumerate(mine)}
    return shifts


def _across(frames: Mapping[str, Frame]) -> Iterator[str]:
    """The three arrows between the packages."""
    api, loaders, graph = frames["api"], frames["loaders"], frames["graph"]
    middle = api.top + api.height / 2
    ways = [f"M{api.left + api.width:g} {middle:g} H{loaders.left - 2:g}"]
    ways += [f"M{f.left + f.width / 2:g} {f.top + f.height:g} V{graph.top - 2:g}" for f in (api, loaders)]
    yield from (f'<path class="across" marker-end="url(#acrosstip)" d="{way}"/>' for way in ways)
