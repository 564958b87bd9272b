"""The tree of items: which nodes with assignments stand above others, and which words belong to them.

1. `give_to_parent`: an assignment behind the last point of several may be that of the item above: it says so (以上任务由…), no other
   point has one, or the others have theirs in another place (（责任单位：…） in the line, 牵头单位：… below it), or it is a lead behind who
   is responsible.
2. `take_parents`: a node that states who or when is an item, also above others that do: a heading with 牵头单位 over points
   with 责任单位, a problem over its measures.
3. `set_above`: each item knows the nearest item above; a numbered one reaches to the end of its last item.

Left to others: ids (`loaders.items.ids`), dates from above (`loaders.items.items`).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from graph.model import Role
from graph.numerals import numeral
from loaders.duties.clause import Clause
from loaders.duties.closing_sentences import ABOUT
from loaders.items.stretches import ChosenItem, groups_of, is_heading, paragraphs, whole_and_parts
from loaders.lexicon.numbers import PROBLEM_NAMES
from loaders.structure.outline import RANKS, Node

# 问题一：, 审议意见二：: an item that is numbered by its name
CALLED_ITEM = re.compile("|".join(PROBLEM_NAMES))

# 整改措施：… as a point of its own
FIELD = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8})[:：]")
_LEAST_FIELDS = 3

Held = dict[int, list[Clause]]


def bears(clauses: Sequence[Clause]) -> bool:
    """Whether some of the clauses say who, not only when."""
    for clause in clauses:  # noqa: SIM110 - asked of every node, several times
        if clause.role != "deadline":
            return True
    return False


def give_to_parent(text: str, nodes: list[Node], held: Held) -> None:
    """Move what follows the last point of an item up to the item. ``held`` has the clauses of each node, by its place in
    ``nodes``.
    """
    at = {id(node): n for n, node in enumerate(nodes)}
    _take_fields(text, nodes, held, at)
    ranks = {nodes[n].rank for n, found in held.items() if bears(found)} | _closed_by_last(nodes, held)
    for n in sorted(held):
        parent = nodes[n].parent
        if parent is None or parent.children[-1] is not nodes[n]:
            continue
        others = [held[at[id(child)]] for child in parent.children[:-1] if at[id(child)] in held]
        if any(map(bears, others)) or len(parent.children) == 1:
            first = _first_of_parent(text, held[n], others)
        else:
            own = bears(held.get(at[id(parent)], ()))  # a heading with its own leaves the points theirs
            first = len(held[n]) if own else _first_of_points(text, held[n], nodes[n], ranks)
        if len(parent.children) > 1:
            points = len(parent.children)
            first = next((m for m, clause in enumerate(held[n][:first]) if _of_all(text, clause, points)), first)
        if first < len(held[n]):
            held.setdefault(at[id(parent)], []).extend(held[n][first:])
            del held[n][first:]
    for n in [n for n, found in held.items() if not found]:
        del held[n]


def _of_all(text: str, clause: Clause, points: int) -> bool:
    """Whether a sentence that begins a line says that it speaks of all ``points`` above it: 以上任务由…, 上述3项，…"""
    about = ABOUT.match(text, text.rfind("\n", 0, clause.span[0]) + 1)
    if about is None or about.end() != clause.span[0]:
        return False
    count = about["count"]
    return about["all"] is not None or (bool(count) and points == (int(count) if count.isdecimal() else numeral(count)))


def _take_fields(text: str, nodes: list[Node], held: Held, at: dict[int, int]) -> None:
    """Move to an item what its numbered fields say: 1.整改措施：… 2.责任分工：… 3.整改时限：…"""
    parents = {id(parent): parent for n in held if (parent := nodes[n].parent) is not None}
    for parent in parents.values():
        fields = [FIELD.match(text, child.text) for child in parent.children]
        names = [field["name"] for field in fields if field]
        bearing = sum(bears(held.get(at[id(child)], ())) for child in parent.children)
        if len(names) < len(fields) or len(names) < _LEAST_FIELDS or len(set(names)) < len(names) or bearing > 1:
            continue
        for child in parent.children:
            held.setdefault(at[id(parent)], []).extend(held.pop(at[id(child)], ()))


def _closed_by_last(nodes: list[Node], held: Held) -> set[int]:
    """The ranks of which at least two nodes have points, and of each only the last point says who: it says so for them all."""
    bearing = {id(nodes[n]) for n, found in held.items() if bears(found)}
    closed: dict[int, int] = {}  # by rank, how many
    others: set[int] = set()
    for node in {id(parent): parent for n in held if (parent := nodes[n].parent) is not None}.values():
        told = [id(child) in bearing for child in node.children]
        if any(told[:-1]):
            others.add(node.rank)
        elif len(told) > 1 and told[-1]:
            closed[node.rank] = closed.get(node.rank, 0) + 1
    return {rank for rank, count in closed.items() if count > 1} - others


def _first_of_points(text: str, clauses: list[Clause], last: Node, ranks: set[int]) -> int:
    """Of which clause on those of the last point are the parent's, where no other point has any: all or none."""
    if last.parent is None or not bears(clauses):
        return len(clauses)
    several = len(last.parent.children) > 1
    points = last.rank >= RANKS["sub"] and several
    if not (last.parent.rank in ranks or points):
        return len(clauses)
    # a bracket belongs to the point it closes, unless it stands on a line of its own
    lines = all(clause.rule.name == "label-line" for clause in clauses)
    alone = several and _opens_line(text, clauses[0]) and len(groups_of(text, clauses)) == 1
    return 0 if lines or alone else len(clauses)


def _first_of_parent(text: str, clauses: list[Clause], others: list[list[Clause]]) -> int:
    """Of which clause on those of the last point are the parent's, where other points have their own, or it is the only one."""
    at, opens = len(clauses), _in_lines_of_labels(text, clauses)
    while at and clauses[at - 1].rule.name == "label-line" and opens[at - 1]:
        at -= 1
    if not all(not _opens_line(text, clause) for other in others for clause in other):
        # the others have lines of their own, too: only a lead behind who is responsible stands apart
        roles = {clause.role for other in others for clause in other}
        at = next((n for n, clause in enumerate(clauses) if n and clause.role == Role.LEAD), len(clauses))
        at = len(clauses) if Role.LEAD in roles else at
    return at if bears(clauses[:at]) else len(clauses)


def _in_lines_of_labels(text: str, clauses: list[Clause]) -> list[bool]:
    """Of each clause whether it stands in a line that begins with a clause: 牵头单位：县住建局  督查单位：县审计局."""
    opens: list[bool] = []
    for n, clause in enumerate(clauses):
        same = n > 0 and opens[-1] and "\n" not in text[clauses[n - 1].span[0] : clause.span[0]]
        opens.append(same or _opens_line(text, clause))
    return opens


def _opens_line(text: str, clause: Clause) -> bool:
    line = text.rfind("\n", 0, clause.span[0])
    return line >= 0 and not text[line : clause.span[0]].strip()


def take_parents(nodes: list[Node], held: Held) -> Held:
    """Take the nodes above others that say who out of ``held``, and give them back with their clauses.

    What is left in ``held`` says who: a time alone makes no item, except above others.
    """
    bearing = [n for n, found in held.items() if bears(found)]
    over = {id(parent) for n in bearing for parent in _ancestors(nodes[n])}
    above = {n: held.pop(n) for n in list(held) if id(nodes[n]) in over}
    for n in [n for n, found in held.items() if not bears(found)]:
        del held[n]
    return above


def _ancestors(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def chosen_parent(
    text: str, node: Node, clauses: list[Clause], fields: Collection[int], *, numbered: bool
) -> list[ChosenItem]:
    """The item of a node above other items, with its parts or paragraphs if it has several assignments."""
    below = node.children[0].start
    groups = groups_of(text, [clause for clause in clauses if clause.span[0] < below], fields)
    behind = [clause for clause in clauses if clause.span[0] >= below]
    if len(groups) > 1 and not numbered and is_heading(text, node, groups[0][0].span[0]):
        return paragraphs(text, node, groups)
    if not numbered:
        groups = [[clause for group in groups for clause in group]]  # a heading has no parts
    made = whole_and_parts(text, node, groups, below)
    made[0].unnumbered = made[0].is_heading = not numbered
    if behind:
        made[0].clauses = [*made[0].clauses, *behind]
        line = text.find("\n", behind[-1].span[1], node.end)
        made[0].end = line if line >= 0 else behind[-1].span[1]
    return made


def numbers_items(node: Node, tops: Sequence[Node], items: Mapping[int, object]) -> bool:
    """Whether a node above others is a numbered item, not a heading: by its rank, or because most of its siblings are items."""
    if node.rank >= RANKS["arabic"] or CALLED_ITEM.search(node.label):
        return True
    siblings = node.parent.children if node.parent else [top for top in tops if top.rank == node.rank]
    return 2 * sum(id(sibling) in items for sibling in siblings) > len(siblings)


def set_above(chosen: Sequence[ChosenItem]) -> None:
    """Tell each item the nearest item above, and let a numbered one end with the last item below it."""
    over = {id(c.node): c for c in chosen if c.is_heading or (c.part is None and not c.unnumbered)}
    for c in chosen:
        if c.part:
            c.above = over[id(c.node)]
            continue
        node = c.node if c.unnumbered and not c.is_heading else c.node.parent
        while node is not None and id(node) not in over:
            node = node.parent
        c.above = None if node is None else over[id(node)]
    for c in reversed(chosen):
        if c.above is not None and not c.above.is_heading:
            c.above.end = max(c.above.end, c.end)
