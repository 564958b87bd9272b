"""Which nodes of the outline are items, and which are sections.

1. A node that directly contains an assignment is an item, and so is a childless node of the same rank. In a text that calls
   itself a plan but assigns nothing, the childless nodes of the lowest rank are items.  The other nodes down to their level
   are sections.
2. A node above such nodes that states who or when is an item, too (`loaders.items.parents`).
3. An assignment before the first number is an item of the section before the first heading.

Left to others: where an item begins and ends (`loaders.items.stretches`), its facts (`loaders.items.items`).
"""

import re
from collections.abc import Iterator, Sequence

from loaders.duties.clause import Clause
from loaders.duties.closing_sentences import SENTENCE
from loaders.duties.reading import Reading
from loaders.items.parents import Held, bears, chosen_parent, give_to_parent, numbers_items, take_parents
from loaders.items.stretches import ChosenItem, groups_of, is_heading, paragraphs, whole_and_parts
from loaders.lexicon.page_head import stands_in_page_head
from loaders.lexicon.scan import Token
from loaders.lexicon.vocabulary import any_of, load_yaml
from loaders.structure.outline import RANKS, Node

# the list of annexes behind a plan: 附件：1.任务清单
ATTACHMENTS = re.compile(r"\n[ \t]*附件[ \t]*\d*[:：]")


# 挂点单位：… · 主要表现问题：… at the start of a line, whether a list of labels has it or not
_COLUMNS = load_yaml("columns")["columns"]
_FIELD_ENDS = (
    *load_yaml("roles")["asks_for_bodies"],
    *(w for kind in ("task", "content", "other") for w in _COLUMNS[kind]),
)
_FIELD = re.compile(
    rf"\n[ \t]*(?P<label>[\u4e00-\u9fff]{{0,8}}(?:{any_of(w for w in _FIELD_ENDS if len(w) > 1)}))[:：]"
)


def choose_items(reading: Reading, clauses: list[Clause], *, is_plan: bool, titled: int = 0) -> list[ChosenItem]:
    """The nodes that are items, in text order. The parts of an item with several assignments follow it.

    ``titled`` is where the title ends: what stands before it is the page's and assigns nothing.
    """
    text, nodes = reading.text, reading.nodes
    held, before = _by_node(nodes, clauses)
    if not any(map(bears, held.values())) and len(unnumbered := groups_of(text, clauses)) > 1:
        # nothing is numbered: every paragraph that bears an assignment is an item of the document itself
        return paragraphs(text, Node(RANKS["part"], 0, "", 0, 0, len(text)), unnumbered)
    give_to_parent(text, nodes, held)
    timed = {n: found for n, found in held.items() if not bears(found) and not nodes[n].children}
    above = take_parents(nodes, held)
    fields = frozenset(opening_fields(text, reading.tokens.labels)) if any(len(f) > 1 for f in held.values()) else ()
    groups = {n: groups_of(text, found, fields) for n, found in held.items()}
    # a rank of which one node is a heading over several assigned paragraphs has only headings
    over = {
        nodes[n].rank
        for n, found in groups.items()
        if len(found) > 1 and is_heading(text, nodes[n], found[0][0].span[0])
    }
    items = {id(nodes[n]): n for n in held}
    tops = [node for node in nodes if node.parent is None] if above else []
    chosen = _before_first(text, nodes, [clause for clause in before if clause.span[0] >= titled])
    holder: Node | None = None
    attachments = ATTACHMENTS.search(text)
    end = attachments.start() if attachments else len(text)
    for n in sorted(_picked(nodes, held, is_plan=is_plan) | set(above)):
        node, found = nodes[n], groups.get(n, [])
        if n in above:
            chosen += chosen_parent(text, node, above[n], fields, numbered=numbers_items(node, tops, items))
            continue
        if not found and (node.start > end or node.rank in over):
            continue  # a list of annexes names no task; a heading without assigned paragraphs
        if node.parent is not None and node.parent is holder:
            continue  # a numbered point inside an item is part of its body
        if found and node.rank in over and is_heading(text, node, found[0][0].span[0]):
            chosen += paragraphs(text, node, found)
        else:
            last = node.children[0].start if node.children and not found else node.end
            chosen += whole_and_parts(text, node, found or ([timed[n]] if n in timed else []), last)
        holder = node
    return chosen


def opening_fields(text: str, labels: Sequence[Token]) -> Iterator[int]:
    """The labels that open a line and give no role, and those of whom or what that no list has: 整改措施：…, 挂点单位：…"""
    for field in _FIELD.finditer(text):
        yield field.start("label")
    for at, end, role in labels:
        if role == "other" and text.startswith((":", "："), end):
            line = text.rfind("\n", 0, at) + 1
            if not text[line:at].strip():
                yield at


def _by_node(nodes: list[Node], clauses: list[Clause]) -> tuple[Held, list[Clause]]:
    """The clauses of each node, by its place in ``nodes``, and those before the first one."""
    held: Held = {}
    before: list[Clause] = []
    at = 0
    for clause in clauses:
        while at < len(nodes) and nodes[at].start <= clause.span[0]:
            at += 1
        (held.setdefault(at - 1, []) if at else before).append(clause)
    return held, before


def _picked(nodes: list[Node], held: Held, *, is_plan: bool) -> set[int]:
    """The nodes that may be items: those with assignments, and the childless ones of their ranks."""
    if held:
        ranks = {nodes[n].rank for n in held}
        return {n for n, node in enumerate(nodes) if node.rank in ranks and not node.children} | set(held)
    if is_plan and nodes:
        rank = max((node.rank for node in nodes if node.rank <= RANKS["arabic"]), default=-1)
        return {n for n, node in enumerate(nodes) if node.rank == rank}
    return set()


def _before_first(text: str, nodes: list[Node], clauses: list[Clause]) -> list[ChosenItem]:
    """What a label or a bracket assigns before the first number: an item of that section, or one for each of several paragraphs.

    A sentence there speaks of the whole plan (`loaders.items.document_facts`).
    """
    clauses = [c for c in clauses if c.rule.name != SENTENCE and not stands_in_page_head(text, c.span[0])]
    groups = [group for group in groups_of(text, clauses) if bears(group)]
    if not groups or not nodes:
        return []
    made = paragraphs(text, Node(RANKS["part"], 0, "", 0, 0, nodes[0].start), groups)
    made[0].is_heading = len(made) == 1
    return made
