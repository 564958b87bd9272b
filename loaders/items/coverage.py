"""Coverage: which code points of the source a fact or an item took, and why the others were left out.

Taken are items, headings of sections with items and their introductions, and the words of the document's own facts.
Each stretch left out has a reason: ``before-first-heading``, ``section-without-items``, ``between-items``,
``after-last-item``.

Left to others: deciding whether something should have been taken (`graph.findings`).
"""

from bisect import bisect_right

from graph.model import Coverage, Item, LeftOut, Section, SignCount, Span
from loaders.items.document_facts import Own


def coverage(
    text: str, sections: tuple[Section, ...], items: tuple[Item, ...], own: Own, places: list[Span], signs: SignCount
) -> Coverage:
    """The account of ``text``; ``places`` are those of the document's head, ``signs`` the count of its signs."""
    taken = [item.span for item in items] + [d.clause for d in own.duties] + [c.clause for c in own.citations] + places
    taken += [span for d in own.deadlines for span in (d.span, *d.because) if span]
    first_item = min((item.span[0] for item in items), default=len(text))
    last_item = max((item.span[1] for item in items), default=0)
    first_heading = next((s.span[0] for s in sections if s.label), first_item)
    bearing = {item.section for item in items}
    starts = sorted([i.span[0] for i in items] + [s.span[0] for s in sections])
    for section in reversed(sections):
        if section.label and section.id in bearing:
            bearing.add(section.parent or "")
            following = bisect_right(starts, section.span[0])
            taken.append((section.span[0], starts[following] if following < len(starts) else section.span[1]))
    left: list[LeftOut] = []
    at = 0
    for start, end in [*sorted(taken), (len(text), len(text))]:
        if start > at:
            words = text[at:start]
            said = words.lstrip()
            if said:
                reason = _reason(at + len(words) - len(said), first_heading, first_item, last_item)
                left.append(LeftOut(reason, (at, start)))
            elif left and left[-1].span[1] == at:
                left[-1] = LeftOut(left[-1].reason, (left[-1].span[0], start))
        if end > at:
            at = end
    out = sum(stretch.span[1] - stretch.span[0] for stretch in left)
    return Coverage(len(text), len(text) - out, tuple(left), signs)


def _reason(at: int, first_heading: int, first_item: int, last_item: int) -> str:
    if at < first_heading:
        return "before-first-heading"
    if at < first_item:
        return "section-without-items"
    return "after-last-item" if at >= last_item else "between-items"
