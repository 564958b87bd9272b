"""Which nodes of the outline are items, which are sections, and where each begins and ends.

1. A node that directly contains an assignment is an item, and so is a childless node of the same rank. In a text that calls
   itself a plan but assigns nothing, the childless nodes of the lowest rank are items.  The other nodes down to their level
   are sections.
2. An item ends with the line of its last assignment, else at the next node.
3. Its body lies between its label and its first assignment; its heading is the first sentence of the body.

Left to others: the facts of an item (`loaders.items.items`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.model import Span
from loaders.duties.clause import Clause
from loaders.duties.reading import Reading
from loaders.structure.outline import RANKS, Node

# the list of annexes behind a plan: 附件：1.任务清单
ATTACHMENTS = re.compile(r"\n[ \t]*附件[ \t]*\d*[:：]")
# a heading longer than this is no heading: the item is a paragraph without one
LONGEST_HEADING = 80
_LONGEST_TITLE = 40


@dataclass(slots=True)
class ChosenItem:
    """A node that becomes an item: its assignments, and its stretches in the repaired text."""

    node: Node
    clauses: list[Clause]
    start: int
    end: int
    body: Span = (0, 0)
    heading: Span = (0, 0)
    part: int | None = None  # 1… for each stretch of an item with several assignments
    unnumbered: bool = False  # a paragraph under a heading, which is then ``node``, or a row of a table
    section: str = ""  # its section's id, known once the sections are built


def choose_items(reading: Reading, clauses: list[Clause], *, is_plan: bool) -> list[ChosenItem]:
    """The nodes that are items, in text order. The parts of an item with several assignments follow it."""
    text, nodes = reading.text, reading.nodes
    held: dict[int, list[Clause]] = {}
    at = 0
    for clause in clauses:
        while at < len(nodes) and nodes[at].start <= clause.span[0]:
            at += 1
        if at:
            held.setdefault(at - 1, []).append(clause)
    held = {n: found for n, found in held.items() if any(c.role != "deadline" for c in found)}
    if not held and len(unnumbered := _groups(text, clauses)) > 1:
        # nothing is numbered: every paragraph that bears an assignment is an item of the document itself
        return _paragraphs(text, Node(RANKS["part"], 0, "", 0, 0, len(text)), unnumbered)
    _lift(nodes, held)
    _leave_headings(nodes, held)
    if held:
        ranks = {nodes[n].rank for n in held}
        picked = {n for n, node in enumerate(nodes) if node.rank in ranks and not node.children} | set(held)
    elif is_plan and nodes:
        rank = max((node.rank for node in nodes if node.rank <= RANKS["arabic"]), default=-1)
        picked = {n for n, node in enumerate(nodes) if node.rank == rank}
    else:
        picked = set()
    groups = {n: _groups(text, found) for n, found in held.items()}
    # a rank of which one node is a heading over several assigned paragraphs has only headings
    over = {
        nodes[n].rank
        for n, found in groups.items()
        if len(found) > 1 and _is_heading(text, nodes[n], found[0][0].span[0])
    }
    chosen: list[ChosenItem] = []
    holder: Node | None = None
    attachments = ATTACHMENTS.search(text)
    end = attachments.start() if attachments else len(text)
    for n in sorted(picked):
        node, found = nodes[n], groups.get(n, [])
        if not found and node.start > end:
            continue  # a list of annexes names no task
        if not found and node.rank in over:
            continue  # a heading without assigned paragraphs
        if node.parent is not None and node.parent is holder:
            continue  # a numbered point inside an item is part of its body
        if found and node.rank in over and _is_heading(text, node, found[0][0].span[0]):
            chosen += _paragraphs(text, node, found)
        else:
            chosen += _chosen(text, node, found)
        holder = node
    return chosen


def _lift(nodes: list[Node], held: dict[int, list[Clause]]) -> None:
    """Move a duty that follows the last sub-point up to its item, if sibling items carry duties themselves."""
    ranks = {nodes[n].rank for n in held}
    at = {id(node): n for n, node in enumerate(nodes)}
    for n in sorted(held):
        holder = nodes[n]
        parent = holder.parent
        points = holder.rank >= RANKS["sub"] and len(parent.children) > 1 if parent else False
        if parent is None or not (parent.rank in ranks or points) or parent.children[-1] is not holder:
            continue
        if any(clause.rule.name != "label-line" for clause in held[n]) or at[id(parent)] in held:
            continue  # a bracket belongs to the point it closes; and a heading with its own leaves the points theirs
        if not any(at[id(child)] in held for child in parent.children[:-1]):
            held.setdefault(at[id(parent)], []).extend(held.pop(n))


def _leave_headings(nodes: list[Node], held: dict[int, list[Clause]]) -> None:
    """Drop a node above other nodes with assignments: it is a heading, and its introduction assigns nothing."""
    above = {id(parent) for n in held for parent in _ancestors(nodes[n])}
    for n in [n for n in held if id(nodes[n]) in above]:
        del held[n]


def _ancestors(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _chosen(text: str, node: Node, groups: list[list[Clause]]) -> list[ChosenItem]:
    """The item of a node, and its parts if it contains several assignments."""
    if len(groups) < 2:
        last = node.children[0].start if node.children and not groups else node.end
        return [_stretch(text, node, groups[0] if groups else [], node.start, node.text, last)]
    parts = []
    start = node.text
    for n, group in enumerate(groups, 1):
        start = _start_of(text, start, group)
        part = _stretch(text, node, group, start, start, group[-1].span[1])
        part.part = n
        parts.append(part)
        start = part.end
    return [_stretch(text, node, [], node.start, node.text, parts[-1].end), *parts]


def _start_of(text: str, start: int, group: list[Clause]) -> int:
    """Where a part begins that follows another part, which ends at ``start``."""
    if group[0].stretch:
        return group[0].stretch[0]
    before = text[start : group[0].span[0]]
    start += len(before) - len(before.lstrip(_BETWEEN))
    bullet = text.rfind("——", start, group[0].span[0])
    # a bullet at the start of its line begins the stretch; the dashes are no part of it
    return bullet + 2 if bullet >= 0 and not text[bullet - 1 : bullet].strip() else start


def _is_heading(text: str, node: Node, clause: int) -> bool:
    """Whether the first line of a node is a heading over paragraphs: short, without a full stop, and the first
    assignment comes later.
    """
    line = text.find("\n", node.text, clause)
    return 0 <= line - node.text <= _LONGEST_TITLE and not text[node.text : line].rstrip().endswith(
        ("。", "；", ";", "：", ":")
    )


def _paragraphs(text: str, node: Node, groups: list[list[Clause]]) -> list[ChosenItem]:
    """The unnumbered items under a heading: each paragraph that contains an assignment."""
    made = []
    start = text.index("\n", node.text) if node.label else 0
    for group in groups:
        if group[0].stretch:
            line = group[0].stretch[0]
        else:
            first = group[0].span[0]
            # a label on a line of its own belongs to the paragraph before it
            line = max(start, text.rfind("\n", start, start + len(text[start:first].rstrip())))
            words = text[line:first]
            line += len(words) - len(words.lstrip(_BETWEEN))
        item = _stretch(text, node, group, line, line, group[-1].span[1])
        item.unnumbered = True
        made.append(item)
        start = item.end
    return made


# what may stand between two clauses of one assignment
_BETWEEN = " 。；;，,、.|｜丨\n\t)）〕●◆■▲◎○•"


def _groups(text: str, clauses: list[Clause]) -> list[list[Clause]]:
    """Clauses that belong together: nothing but marks and white space between them, or one inside another; a time alone
    joins its neighbour."""
    groups: list[list[Clause]] = []
    reach = 0  # how far those seen so far go
    for clause in clauses:
        inside, reach = clause.span[0] < reach, max(reach, (clause.stretch or clause.span)[1])
        if clause.stretch:
            if groups and groups[-1][-1].stretch == clause.stretch:
                groups[-1].append(clause)
            else:
                groups.append([clause])
            continue
        touches = bool(groups) and (inside or not text[groups[-1][-1].span[1] : clause.span[0]].strip(_BETWEEN))
        if touches or (groups and (clause.role == "deadline" or all(c.role == "deadline" for c in groups[-1]))):
            groups[-1].append(clause)
        else:
            groups.append([clause])
    return groups


def _stretch(text: str, node: Node, clauses: list[Clause], start: int, inner: int, last: int) -> ChosenItem:
    if clauses and clauses[0].stretch:
        last = clauses[0].stretch[1]
    elif clauses:
        line = text.find("\n", clauses[-1].span[1], last)
        if line >= 0:
            last = line
    end = body_end = start + len(text[start:last].rstrip())
    # where the assignment opens its stretch (市公安局负责…), what it asks stands behind it
    if clauses and clauses[0].span[0] < end and text[inner : clauses[0].span[0]].strip():
        body_end = clauses[0].span[0]
    words = text[inner:body_end].lstrip()
    first = max(inner, body_end) - len(words)
    body = (first, first + len(words.rstrip()))
    return ChosenItem(node, clauses, start, end, body, _heading(text, body))


def _heading(text: str, body: Span) -> Span:
    start, end = body
    limit = min(end, start + LONGEST_HEADING + 1)
    stop = text.find("\n", start, limit)
    sentence = text.find("。", start, limit if stop < 0 else stop)
    stop = sentence if sentence >= 0 else stop
    if stop >= 0:
        return start, stop
    return body if end - start <= LONGEST_HEADING else (start, start)
