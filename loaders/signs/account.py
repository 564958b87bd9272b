"""The account of signs: each sign of a text is taken by a fact, told by a warning at its place, or dismissed with a reason.

1. Taken: a name of the sign is a bearer's of a role that fits; a time label's words hold a deadline.  Clauses do not count:
   they are wider than what was understood.
2. Dismissed: it assigns nothing, for a reason (`loaders.signs.dismiss`).
3. Told: a warning names it, ``unplaced-assignment``, for a whole table ``table-not-read``, for a time ``time-not-read``.
4. A name of a taken list that no duty holds is told as well.

Found = taken + told + dismissed, for any text.

Left to others: finding signs (`loaders.signs.find`), showing the account (`api`).
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.model import TOLD_CODES, DismissedSigns, Item, PlanWarning, Role, SignCount, Span
from loaders.items.document_facts import Own
from loaders.lexicon.scan import Tokens
from loaders.signs.body_names import LONGEST, certain_names, is_certain_name
from loaders.signs.dismiss import is_named_before, reason
from loaders.signs.find import find_signs
from loaders.signs.sign import Sign
from loaders.text.repair import Repaired

# a label's role: the roles of duties that may stand in its reach
_FITTING = {
    "lead": ("lead", "responsible"),
    "responsible": ("responsible", "lead", "cooperating", "supervising"),
    "cooperating": ("cooperating", "responsible"),
    "supervising": ("supervising",),
    "leader": ("leader", "responsible"),
}
_LONGEST_QUOTE = 40
UNREAD_TIMES = ("time-not-read", "no-such-date")  # a deadline holds their words, and they were not understood
_WORDS = re.compile(r"[^、，,；;。.\s:：和及与等（）()]{2}")


class _Places:
    """Stretches of a text, and what of a text they touch and leave."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]
        self._ends: list[int] = []  # the furthest so far
        furthest = 0
        for _, end in self._spans:
            furthest = end if end > furthest else furthest
            self._ends.append(furthest)

    def touch(self, span: Span, first: int = 0) -> bool:
        """Whether one of them that begins at ``first`` or later has a place in common with ``span``."""
        at = bisect_left(self._starts, span[1])
        if not first:
            return at > 0 and self._ends[at - 1] > span[0]
        while at > 0 and self._starts[at - 1] >= first and self._ends[at - 1] > span[0]:
            at -= 1
            if self._spans[at][1] > span[0]:
                return True
        return False

    def leave_words(self, text: str, span: Span) -> bool:
        """Whether ``span`` of ``text`` holds more between them than marks."""
        at, first = span[0], bisect_left(self._starts, span[0])
        for start, end in self._spans[first : bisect_left(self._starts, span[1], first)]:
            if start - at > 1 and _WORDS.search(text, at, start):
                return True
            if end > at:
                at = end
        return span[1] - at > 1 and _WORDS.search(text, at, span[1]) is not None


@dataclass(slots=True)
class _Account:
    source: str
    mended: Repaired
    begin: int  # of the first item or table
    items: _Places
    bearing: _Places  # those with duties, not of a supervisor alone
    duties: _Places
    by_role: dict[str, _Places]
    times: _Places
    told_before: _Places
    taken: int = 0
    dismissed: dict[str, int] = field(default_factory=dict)  # by reason, how many
    warnings: list[PlanWarning] = field(default_factory=list)
    told: int = 0

    def settle(self, sign: Sign) -> None:
        """Count one sign, and warn of it where it was not read."""
        text, place = self.mended.text, self.mended.place
        reach = place(sign.reach)
        if self._is_taken(sign, reach):
            self.taken += 1
            self._lost_names(sign, reach)
        elif self.told_before.touch(reach):
            self.told += 1
        elif why := self._reason(sign, place(sign.at)):
            self.dismissed[why] = self.dismissed.get(why, 0) + 1
        else:
            self.told += 1
            self.warnings.append(_warning(text, sign, place(_told_span(sign))))

    def _reason(self, sign: Sign, at: Span) -> str | None:
        has_duties, has_item = self.bearing.touch(at), self.items.touch(at)
        return reason(self.mended.text, sign, self.begin, has_duties=has_duties, has_item=has_item)

    def _is_taken(self, sign: Sign, reach: Span) -> bool:
        """Whether a fact holds a sign; ``reach`` is its reach in the source."""
        if sign.role == "deadline":
            return self.times.touch(reach)
        # a name that begins before the reach holds the label as well: it was not understood
        if sign.kind == "label":
            for role in _FITTING[sign.role]:
                if role in self.by_role and self.by_role[role].touch(reach, reach[0]):
                    return True
            return False
        if (
            sign.kind == "bracket"
            and "leader" in self.by_role
            and self.by_role["leader"].touch((reach[0] - 1, reach[0]))
        ):
            return True  # 应建军（柳溪镇镇长）: the post of one who was read
        return self.duties.touch(reach, reach[0])

    def _names(self, sign: Sign, reach: Span) -> Sequence[Span]:
        """The names of a sign; of a label's reach only where the duties in it leave more than marks between them."""
        if sign.role == "leader":
            return ()  # 分管领导：县委常委、副县长 赵海峰: what looks like a body is his post
        if sign.kind != "label" or sign.role == "deadline":
            return sign.names
        if not self.duties.leave_words(self.source, reach):
            return ()
        return certain_names(self.mended.text, sign.reach) if sign.reach[1] - sign.reach[0] <= LONGEST else ()

    def _lost_names(self, sign: Sign, reach: Span) -> None:
        text, place = self.mended.text, self.mended.place
        lost = [name for name in self._names(sign, reach) if not self.duties.touch(place(name), reach[0])]
        if lost and sign.kind == "unknown-label" and lost[0] == sign.names[0]:
            # the label was read as a part of the first name: nobody knows which role it gives to the others
            self.warnings.append(_warning(text, sign, place(_told_span(sign))))
            return
        for name in lost:
            words, there = text[slice(*name)], place(name)
            if is_certain_name(words) and not self.told_before.touch(there) and not is_named_before(text, name, sign):
                self.warnings.append(PlanWarning("unplaced-assignment", _NAME.format(words), there))


_NAME = "“{}”写在责任单位之中，没有读入任何事项。"
_LIST = "“{}”看来写明了由谁负责，没有读入任何事项。"
# by the kinds of signs that reach over a table, in the order in which they are settled: what a table holds is told by it
_TABLES = {
    "table": "这里看来是一张责任分工表（表头“{}”），没有读出事项和责任单位。",
    "rows": "这里看来是一张没有表头的表（第一行“{}”），没有读出事项和责任单位。",
}
_TIME = "“{}”看来写明了时限，没有读懂。"


def account(
    source: str,
    mended: Repaired,
    tokens: Tokens,
    items: Sequence[Item],
    own: Own,
    warnings: Sequence[PlanWarning],
) -> tuple[SignCount, list[PlanWarning]]:
    """The count of the signs of ``mended.text``, and a warning for each that was not read.

    ``items``, the facts of the document's ``own`` and ``warnings``, those given already, have places of the source.
    """
    signs = find_signs(mended.text, tokens)
    duties = [*own.duties, *(duty for item in items for duty in item.duties)]
    deadlines = [*own.deadlines, *(deadline for item in items for deadline in item.deadlines)]
    tables = [sign for sign in signs if sign.kind == "table"]
    begin = min((*(item.span[0] for item in items), *(sign.at[0] for sign in tables)), default=len(mended.text))
    unread = {w.span for w in warnings if w.code in UNREAD_TIMES}
    by_role: dict[str, list[Span]] = defaultdict(list)
    for duty in duties:
        by_role[duty.role] += (duty.span,) if duty.span else duty.because
    made = _Account(
        source,
        mended,
        begin,
        _Places(item.span for item in items),
        _Places(item.span for item in items if any(duty.role is not Role.SUPERVISING for duty in item.duties)),
        _Places(place for places in by_role.values() for place in places),
        {role: _Places(places) for role, places in by_role.items()},
        _Places(d.span for d in deadlines if d.span and d.span not in unread),
        _told(warnings),
    )
    for kind in _TABLES:
        for sign in signs:
            if sign.kind == kind:
                made.settle(sign)
        made.told_before = _told((*warnings, *made.warnings))
    for sign in signs:
        if sign.kind not in _TABLES:
            made.settle(sign)
    dismissed = tuple(DismissedSigns(why, count) for why, count in sorted(made.dismissed.items()))
    return SignCount(len(signs), made.taken, made.told, dismissed), made.warnings


def _told(warnings: Iterable[PlanWarning]) -> _Places:
    """The places of what warnings tell as lost."""
    return _Places(w.span for w in warnings if w.span and w.code in TOLD_CODES)


def _told_span(sign: Sign) -> Span:
    if sign.kind in _TABLES:
        return sign.reach
    return min(sign.at[0], sign.reach[0]), max(sign.at[1], sign.reach[1])


def _warning(text: str, sign: Sign, place: Span) -> PlanWarning:
    words = text[slice(*_told_span(sign))].strip()
    quote = words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE]}…"
    if told := _TABLES.get(sign.kind):
        return PlanWarning("table-not-read", told.format(" ".join(text[slice(*sign.at)].split())), place)
    if sign.role == "deadline":
        return PlanWarning("time-not-read", _TIME.format(quote), place)
    return PlanWarning("unplaced-assignment", _LIST.format(quote), place)
