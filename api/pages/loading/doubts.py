"""The places of a reading that are in doubt, each as the words around it with what was read there marked.

Example: ``牵头单位:市编办。完成时限:2018年13月底前完成。`` with 市编办 as a lead and the time as not read.

Left to others: the marks themselves (`api.pages.clauses`), the text of a stored plan (`api.pages.objects.source`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from api.answers.chinese.labels import ROLE_WORDS
from api.pages.clauses import Marked, marked
from graph.model import Item, Plan, PlanWarning, Span

MOST_PLACES = 40
_AROUND = 160  # characters of a long line on each side


@dataclass(frozen=True, slots=True)
class DoubtfulPlace:
    """One warning with the words around it; ``number`` and ``heading`` are of the item in which it stands."""

    warning: PlanWarning
    words: str
    item: Item | None
    text: Markup | None


def doubtful_places(plan: Plan) -> list[DoubtfulPlace]:
    """Every warning, those that tell of something lost first; the first `MOST_PLACES` with a place have the words around them."""
    marks = list(_marks(plan))
    ordered = sorted(plan.warnings, key=lambda one: (not one.is_loss, one.span or (0, 0)))
    found = []
    for warning in ordered:
        if warning.span is None:
            found.append(DoubtfulPlace(warning, warning.words or "", None, None))
            continue
        start, end = warning.span
        shown = sum(one.text is not None for one in found) < MOST_PLACES
        found.append(
            DoubtfulPlace(
                warning,
                plan.text[start : min(end, start + 2 * _AROUND)],
                _item_at(plan, start),
                _around(plan.text, warning.span, marks) if shown else None,
            )
        )
    return found


def whole_text(plan: Plan, most: int) -> Markup:
    """The text of a plan, at most so many characters, with every fact and every doubt marked."""
    return marked(plan.text[:most], 0, list(_marks(plan)))


def _marks(plan: Plan) -> Iterator[Marked]:
    for duty in (*plan.duties, *(duty for item in plan.items for duty in item.duties)):
        if duty.span:
            classes = (duty.role.value, *(("collective",) if duty.collective else ()))
            yield Marked(duty.span, classes, None, ROLE_WORDS.get(duty.role.value))
    for deadline in (*plan.deadlines, *(one for item in plan.items for one in item.deadlines)):
        if deadline.span and not deadline.inferred and deadline.date:
            yield Marked(deadline.span, ("deadline",), None, deadline.date)
    for warning in plan.warnings:
        if warning.span and warning.is_loss:
            yield Marked(warning.span, ("not-read",), None, warning.message)


def _around(text: str, span: Span, marks: list[Marked]) -> Markup:
    """The lines around a place, of long ones only what stands near it."""
    start = max(text.rfind("\n", 0, span[0]) + 1, span[0] - _AROUND)
    stop = text.find("\n", span[1])
    end = min(len(text) if stop < 0 else stop, span[1] + _AROUND)
    near = [one for one in marks if one.span[0] < end and start < one.span[1]]
    before, after = "…" * (start > 0 and text[start - 1] != "\n"), "…" * (end < len(text) and text[end] != "\n")
    return Markup("{}{}{}").format(before, marked(text[start:end], start, near), after)


def _item_at(plan: Plan, place: int) -> Item | None:
    """The innermost item in which a place stands."""
    holds = [item for item in plan.items if item.span[0] <= place < item.span[1]]
    return min(holds, key=lambda item: item.span[1] - item.span[0], default=None)
