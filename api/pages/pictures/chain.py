"""The layered chain: instruments, plans and their parts, items, units, from left to right in document order.

Order of steps: turn the paths of an answer into boxes by column and lines between them, each once; lay out the columns;
draw the lines, then the boxes.  At most `MOST` boxes stand in a column; how many more there are is told under it.

A line says by its class what it is (a lead is thick), by a dash that its step is weak (a collective, a name that is not
sure), by its title the words that prove it.

Example: the chain of item 20 has four instruments on the left and eight bearers on the right.

Left to others: the paths (`api.answers.chaining.chains`), boxes and lines (`api.pages.pictures.drawing`).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from api.answers.chinese.labels import RELATION_WORDS, ROLE_WORDS
from api.pages.pictures.drawing import Box, Drawing, stack
from api.pages.wording import ROLE_LETTERS
from graph.model import ROLE_OF

MOST = 60  # boxes of a column
COLUMNS = ("regulation", "document", "item", "unit")
HEADS = {"regulation": "法规与上级文件", "document": "文件与部分", "item": "事项", "unit": "单位"}
_WIDTHS = {"regulation": 230.0, "document": 180.0, "item": 170.0, "unit": 220.0}
_GAPS = {"regulation": 88.0, "document": 48.0, "item": 72.0, "unit": 0.0}
_WHOLE = 1008.0  # how wide a picture is that has all columns; with fewer, they and the gaps are wider
_TOP = 28.0  # below the heads of the columns
_COLUMN_OF = {"section": "document", "task": "item"}
_ORDER = {role: number for number, role in enumerate(ROLE_LETTERS)}

Address = Callable[[str, str], str]


@dataclass(slots=True)
class Link:
    """A line between two boxes: its look, a word on it, and what a hover says."""

    start: str
    end: str
    classes: str
    word: str = ""
    title: str = ""


@dataclass(slots=True)
class Layers:
    """The boxes of each column by key, and the lines between them."""

    boxes: dict[str, dict[str, Box]] = field(default_factory=lambda: {name: {} for name in COLUMNS})
    links: dict[tuple[str, str, str], Link] = field(default_factory=dict)
    roles: dict[str, list[str]] = field(default_factory=dict)  # of a unit
    collectives: set[str] = field(default_factory=set)


def layers_of(paths: Iterable[Mapping[str, Any]], address: Address, subject: str | None = None) -> Layers:
    """The boxes and lines of paths as `api.answers.chaining.chains` writes them; ``subject`` is the box that the page is about."""
    made = Layers()
    for path in paths:
        nodes = path["nodes"]
        for near, step, far in zip(nodes, path["steps"], nodes[1:], strict=False):
            _link(made, step, near, far)
        for node in nodes:
            _box(made, node, address, subject)
    for path in paths:
        for near, step, far in zip(path["nodes"], path["steps"], path["nodes"][1:], strict=False):
            for node in (near, far):
                _weaken(made, node, step)
    return made


def _box(made: Layers, node: Mapping[str, Any], address: Address, subject: str | None) -> None:
    kind = _COLUMN_OF.get(node["kind"], node["kind"])
    if node["id"] in made.boxes[kind]:
        return
    number, label = node.get("number"), node.get("label") or ""
    name = node["name"] or node["id"]
    shown = f"{number if number is not None else label} {name}" if kind == "item" else f"{label}{name}"
    href = None if node["kind"] in ("section", "task") else address(node["kind"], node["id"])
    made.boxes[kind][node["id"]] = Box(
        node["id"], shown.strip(), kind if node["id"] == subject or kind != "item" else "", href
    )


def _weaken(made: Layers, node: Mapping[str, Any], step: Mapping[str, Any]) -> None:
    """What a step says of its ends: a collective, a name that is not sure."""
    box = made.boxes[_COLUMN_OF.get(node["kind"], node["kind"])][node["id"]]
    if node["kind"] == "unit" and "collective" in step["weaknesses"]:
        made.collectives.add(node["id"])
    if node["kind"] == "regulation" and "unresolved" in step["weaknesses"]:
        box.classes, box.remark = "regulation unresolved", "名称存疑"


def _link(made: Layers, step: Mapping[str, Any], near: Mapping[str, Any], far: Mapping[str, Any]) -> None:
    role = ROLE_OF.get(step["type"])
    left, right = sorted((near, far), key=lambda one: COLUMNS.index(_COLUMN_OF.get(one["kind"], one["kind"])))
    weak = " weak" if {"collective", "unresolved"} & set(step["weaknesses"]) else ""
    words = (step["evidence"] or {}).get("quote") or ""
    clause = (step["evidence"] or {}).get("clause_quote") or words
    if role:
        made.roles.setdefault(right["id"], [])
        if role not in made.roles[right["id"]]:
            made.roles[right["id"]].append(role)
        link = Link(left["id"], right["id"], f"{role}{weak}", "", f"{ROLE_WORDS[role]}：{clause}")
    elif step["relation"]:
        word = RELATION_WORDS[step["relation"]]
        link = Link(left["id"], right["id"], f"cites{weak}", word, f"{word}：{clause}")
    else:
        link = Link(left["id"], right["id"], "")
    made.links.setdefault((link.start, link.end, link.classes), link)


def chain_picture(made: Layers, label: str) -> Drawing:
    """The layers as a picture."""
    columns, room = _columns(made)
    tops = {name: _height(boxes) for name, boxes in columns.items()}
    tops["regulation"], above = _left(made, columns)
    tall = max(tops.values(), default=0.0)
    picture = Drawing(label)
    x = 1.0
    for name, boxes in columns.items():
        picture.text(x, 13, HEADS[name], "caption")
        picture.width = x + _WIDTHS[name] + room + 1
        start = _TOP + (tall - tops[name]) / 2
        if name in ("regulation", "document"):  # both belong to the block on the left
            start = _TOP + (tall - tops["regulation"]) / 2 + (above - _height(boxes)) / 2 * (name == "document")
        end = (
            _place_left(picture, made, boxes, x, start, above)
            if name == "regulation"
            else _place(picture, made, name, boxes, x, start)
        )
        picture.height = max(picture.height, end)
        x += _WIDTHS[name] + _GAPS[name] + 2 * room
    picture.height = max(picture.height, tall + _TOP) + 2
    placed = {box.key: box for boxes in columns.values() for box in boxes}
    chains = _chains(made, placed)
    fans = Counter(link.start for link in made.links.values() if link.word)
    for link in made.links.values():
        if link.start in placed and link.end in placed:
            _draw_link(picture, link, placed[link.start], placed[link.end], chains, fanned=fans[link.start] > 1)
    for number, (key, box) in enumerate(placed.items()):
        box.draw(picture, f"n{number}", " ".join(sorted(chains[key])))
    return picture


def _columns(made: Layers) -> tuple[dict[str, list[Box]], float]:
    """The columns that have boxes; units by their role, collectives last. And how much wider they and the gaps are."""
    found: dict[str, list[Box]] = {}
    for name in COLUMNS:
        boxes = list(made.boxes[name].values())
        if name == "document":  # a plan above its parts
            boxes.sort(key=lambda box: [int(part) if part.isdigit() else 0 for part in re.split(r"[:.s]", box.key)][1:])
            boxes.sort(key=lambda box: box.key.partition(":")[0])
        if name == "unit":
            for box in boxes:
                roles = sorted(made.roles.get(box.key, ["responsible"]), key=_ORDER.__getitem__)
                box.classes = "collective" if box.key in made.collectives else roles[0]
                box.letter = (roles[0], ROLE_LETTERS[roles[0]])
            boxes.sort(key=lambda box: (box.key in made.collectives, _ORDER[box.letter[0] if box.letter else "lead"]))
        if boxes:
            found[name] = boxes[:MOST]
    spare = _WHOLE - sum(_WIDTHS[name] + _GAPS[name] for name in found)
    room = max(0.0, spare / max(1, 2 * len(found) - 1))
    for name, boxes in found.items():
        for box in boxes:
            box.lay(_WIDTHS[name] + room)
    return found, room


def _left(made: Layers, columns: Mapping[str, list[Box]]) -> tuple[float, float]:
    """How high the block of instruments and plans is, and its upper part: what a plan rests on, beside the plan.

    Below it stands what the items themselves cite, so that its lines pass under the plan.
    """
    plan = _height(columns.get("document", []))
    upper = [box for box in columns.get("regulation", []) if _of_plan(made, box)]
    lower = [box for box in columns.get("regulation", []) if not _of_plan(made, box)]
    above = max(_height(upper), plan)
    return above + (_height(lower) + 16 if lower else 0), above


def _of_plan(made: Layers, box: Box) -> bool:
    return any(link.start == box.key and link.end in made.boxes["document"] for link in made.links.values())


def _place_left(picture: Drawing, made: Layers, boxes: list[Box], x: float, top: float, above: float) -> float:
    upper = [box for box in boxes if _of_plan(made, box)]
    lower = [box for box in boxes if not _of_plan(made, box)]
    end = stack(upper, x, top + (above - _height(upper)) / 2)
    end = stack(lower, x, top + above + (16 if above > 0 else 0)) if lower else end
    return _told_more(picture, made, "regulation", boxes, x, end)


def _height(boxes: Sequence[Box]) -> float:
    if not boxes:
        return 0.0
    return sum(box.height + 8 for box in boxes) - 8 + (24 if any(b.classes == "collective" for b in boxes) else 0)


def _place(picture: Drawing, made: Layers, name: str, boxes: list[Box], x: float, top: float) -> float:
    """Put a column; collectives stand apart, below a caption. Where it ends."""
    named = [box for box in boxes if box.classes != "collective"]
    rest = [box for box in boxes if box.classes == "collective"]
    end = stack(named, x, top)
    if rest:
        picture.text(x, end + 20, "统称，不是一个单位", "caption")
        end = stack(rest, x, end + 28)
    return _told_more(picture, made, name, boxes, x, end)


def _told_more(picture: Drawing, made: Layers, name: str, boxes: Sequence[Box], x: float, end: float) -> float:
    """Under a column that is cut: how many more there are. Where the column ends then."""
    hidden = len(made.boxes[name]) - len(boxes)
    if hidden:
        picture.text(x, end + 20, f"另有 {hidden} 个，看成表", "caption")
        end += 26
    return end


def _chains(made: Layers, placed: Mapping[str, Box]) -> dict[str, set[str]]:
    """For each box that is shown, the numbers of the boxes whose chain it is in: what lines lead to, on either side, any
    number of steps.
    """
    up: dict[str, set[str]] = {}
    down: dict[str, set[str]] = {}
    for link in made.links.values():
        if link.start in placed and link.end in placed:
            down.setdefault(link.start, set()).add(link.end)
            up.setdefault(link.end, set()).add(link.start)
    found: dict[str, set[str]] = {}
    for number, key in enumerate(placed):
        for one in {key} | _reach(up, key) | _reach(down, key):
            found.setdefault(one, set()).add(f"n{number}")
    return found


def _reach(steps: Mapping[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for one in steps.get(waiting.pop(), ()):
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    return seen


def _draw_link(
    picture: Drawing, link: Link, start: Box, end: Box, chains: Mapping[str, set[str]], *, fanned: bool
) -> None:
    of = " ".join(sorted(chains[link.start] & chains[link.end]))
    inside = Markup("<title>{}</title>").format(link.title) if link.title else ""
    if start.x == end.x:  # a part below its plan
        upper, lower = sorted((start, end), key=lambda box: box.y)
        path = f"M{upper.x + 14:.0f} {upper.y + upper.height:.0f}V{lower.y:.0f}"
    else:
        x1, x2 = start.x + start.width, end.x
        turn = max(x1, x2 - 110)  # straight as far as it may be, so that it passes under what stands between
        ahead = f"H{turn:.0f}" if turn > x1 else ""
        x1, bend = turn, (x2 - turn) / 2
        path = f"M{start.x + start.width:.0f} {start.middle:.0f}{ahead}C{x1 + bend:.0f} {start.middle:.0f} {x2 - bend:.0f} {end.middle:.0f} {x2:.0f} {end.middle:.0f}"
    picture.add('<path class="edge {}" data-of="{}" d="{}">{}</path>', link.classes, of, path, inside)
    if link.word and fanned:
        picture.text(end.x - 6, end.middle - 6, link.word, "caption", "end")
    elif link.word:
        picture.text(start.x + start.width + 8, start.middle - 5, link.word, "caption")
