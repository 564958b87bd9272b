"""Timing: what an item says of when, in one value: the strongest of its times, or that it states none.

What its own clause says goes before what its body says; among those a date before what comes back, a length, an event, what goes
on, and what was not read.  The document's fallback is a date of the item only where it states no time itself, and the time of the item above before that.

>>> timing_of(StatedTimes([], [], {}), Due(None, None, DueBasis.NONE), None, None).kind.value
'none'

Left to others: which date holds (`loaders.items.items`), what the times mean (`loaders.times`).
"""

from typing import NamedTuple

from graph.model import NO_TIME, Deadline, DeadlineKind, Due, DueBasis, Span, Timing, TimingKind

IN_PARTS = Timing(TimingKind.NONE, "in-parts", None, None)
_BY_FALLBACK = Timing(TimingKind.DATED, "document", None, None)
_BY_PARENT = Timing(TimingKind.DATED, "parent", None, None)
_KINDS = {
    DeadlineKind.DEFAULT: TimingKind.DATED,
    DeadlineKind.EXPLICIT: TimingKind.DATED,
    DeadlineKind.RECURRING: TimingKind.RECURRING,
    DeadlineKind.DURATION: TimingKind.DURATION,
    DeadlineKind.EVENT: TimingKind.EVENT,
    DeadlineKind.ONGOING: TimingKind.ONGOING,
    DeadlineKind.UNREAD: TimingKind.UNREAD,
}
_ORDER = list(TimingKind)
_RANKS = {kind: _ORDER.index(timing) for kind, timing in _KINDS.items()}  # the strongest first
_GO_ON = frozenset((TimingKind.ONGOING, TimingKind.RECURRING))
_OF_PARENT = frozenset(("item", "parent"))


class StatedTimes(NamedTuple):
    """The times that an item states, in its body and in its own clauses, and why some were not read, by the ids of deadlines."""

    in_body: list[Deadline]
    in_clauses: list[Deadline]
    why: dict[str, str | None]

    def add(self, to: list[Deadline], deadline: Deadline, why: str | None) -> None:
        """Add a time to one of the lists; ``why`` it was not read, if it was not."""
        to.append(deadline)
        if why:
            self.why[deadline.id] = why


def timing_of(stated: StatedTimes, due: Due, unanswered: tuple[Span, str] | None, above: Timing | None) -> Timing:
    """The timing of an item; ``unanswered``: a clause of time that gives none, its place and words; ``above``: the timing of the
    item above.
    """
    for deadlines, reason in ((stated.in_clauses, "item"), (stated.in_body, "task")):
        if deadlines:
            best = min([_RANKS[d.kind] for d in deadlines])
            # of several dates the last: only then is all of it due
            strongest = max([d for d in deadlines if _RANKS[d.kind] == best], key=lambda d: d.date or "")
            return Timing(_ORDER[best], stated.why.get(strongest.id) or reason, strongest.span, strongest.quote)
    if due.basis is DueBasis.PARENT:
        return _BY_PARENT
    if due.basis is DueBasis.DOCUMENT:
        return _BY_FALLBACK
    if unanswered is not None:
        return Timing(TimingKind.UNREAD, "no-day", *unanswered)
    if above is not None and above.kind in _GO_ON and above.reason in _OF_PARENT:
        return Timing(above.kind, "parent", None, None)  # what goes on or comes back does so below, too
    return NO_TIME
