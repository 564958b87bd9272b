"""The sections of a plan: the nodes of the outline above its items, with their stretches.

Left to others: which nodes are items (`loaders.items.choose`).
"""

from graph.model import Section
from graph.names import section_id
from loaders.facts.evidence import Facts
from loaders.items.stretches import LONGEST_HEADING, ChosenItem
from loaders.structure.outline import Node


def build_sections(
    text: str, nodes: list[Node], chosen: list[ChosenItem], document: str, facts: Facts
) -> tuple[Section, ...]:
    """The outline down to the items; the text before the first heading is ``s0``."""
    deepest = max((c.node.rank for c in chosen), default=max((n.rank for n in nodes), default=0))
    sections = []
    before = section_id(document, (0,))  # what stands before the first heading
    paths: dict[int, tuple[int, ...]] = {}
    ids: dict[int, str] = {}
    counts: dict[tuple[int, ...], int] = {}
    first = nodes[0].start if nodes else len(text)
    if text[:first].strip():
        sections.append(Section(before, None, "", 0, 0, None, facts.mended.place((0, first)), ""))
    taken = 0  # where the last item passed ends: a marker before that is part of its body
    ends = {id(c.node): c.end for c in chosen if c.part is None and not c.unnumbered}
    for node in nodes:
        if id(node) in ends:
            taken = max(taken, ends[id(node)])
            continue
        if node.start < taken or node.rank > deepest or (node.parent and id(node.parent) not in paths):
            continue
        parent = paths.get(id(node.parent), ()) if node.parent else ()
        counts[parent] = counts.get(parent, 0) + 1
        path = paths[id(node)] = (*parent, counts[parent])
        ids[id(node)] = section_id(document, path)
        line = text.find("\n", node.text, node.end)
        stop = line if line >= 0 else node.end
        sentence = text.find("。", node.text, stop)
        title_end = sentence if sentence >= 0 and sentence - node.text <= LONGEST_HEADING else stop
        intro_end = node.children[0].start if node.children else node.end
        intro = facts.mended.place((title_end, max(title_end, intro_end)))
        sections.append(
            Section(
                ids[id(node)],
                node.label or None,
                text[node.text : title_end].strip()[:LONGEST_HEADING],
                len(path),
                path[-1],
                ids[id(node.parent)] if parent else None,
                facts.mended.place((node.start, node.start + len(text[node.start : node.end].rstrip()))),
                facts.words(intro).strip().removeprefix("。").strip(),
            )
        )
    for c in chosen:
        holder = c.node if c.unnumbered else c.node.parent
        while holder is not None and id(holder) not in ids:
            holder = holder.parent
        c.section = before if holder is None else ids[id(holder)]
    # an item that stands under no heading, in a text that begins with it
    if any(c.section == before for c in chosen) and not (sections and sections[0].level == 0):
        sections.insert(0, Section(before, None, "", 0, 0, None, facts.mended.place((0, len(text))), ""))
    return tuple(sections)
