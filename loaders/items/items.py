"""Items: each chosen stretch of the text with the facts that it states.

Duties come from its assignments, deadlines from its completion clause and its body, citations and tasks from its body.
Mentions are the bodies that its body names and its unit lines do not.  `due_of` decides which deadline holds; an item without a
date of its own has that of the nearest item above, else that of the document's fallback.

Left to others: which stretches are items (`loaders.items.choose`), places in the source (`loaders.facts.evidence`).
"""

from bisect import bisect_left
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from graph.model import Deadline, DeadlineKind, Due, DueBasis, Duty, Item, Mention, Role, Span
from graph.names import fold, heading_item_id
from loaders.duties.clause import Clause
from loaders.duties.conventions import Convention, by_convention, last_before
from loaders.duties.table_rows import by_column
from loaders.facts.citations import CitationMatch
from loaders.facts.deadlines import DeadlineMatch, completion
from loaders.facts.evidence import Facts
from loaders.facts.mentions import covered, subjects
from loaders.facts.tasks import TaskMatch, tasks
from loaders.items.ids import item_ids
from loaders.items.kinds import Kinds
from loaders.items.stretches import ChosenItem
from loaders.items.targets import stated_targets, with_targets
from loaders.items.timing import IN_PARTS, StatedTimes, timing_of
from loaders.lexicon.scan import Tokens
from loaders.phrases.bearers import NOBODY, Bearers, split
from loaders.phrases.doing import without_doing
from loaders.rule import Rule, gives
from loaders.times.clauses import says_nothing


class Stated(NamedTuple):
    """What the whole text states, for all items; every list is in text order."""

    text: str
    tokens: Tokens
    phrases: list[DeadlineMatch]
    titles: list[CitationMatch]
    conventions: list[Convention]
    fallback: Deadline | None
    facts: Facts
    kinds: Kinds
    targets: dict[int, list[Span]] = {}  # noqa: RUF012 - never changed


class _Own(NamedTuple):
    """What the body of one item states, and the date that it has if it states none."""

    phrases: list[DeadlineMatch]
    titles: list[CitationMatch]
    fallback: Deadline | None


def build_items(chosen: list[ChosenItem], stated: Stated) -> tuple[Item, ...]:
    """The items in text order; each of them knows the item above it."""
    made: list[Item] = []
    positions: dict[str, int] = {}
    phrase_starts, title_starts = [p.span[0] for p in stated.phrases], [t.span[0] for t in stated.titles]
    above: dict[int, tuple[Item, Deadline | None]] = {}  # of an item: what it is, and the date that holds below it
    mere = {id(c.above) for c in chosen if c.above is not None and not c.above.clauses}
    ids = list(item_ids(chosen))
    stated = stated._replace(targets=stated_targets(stated.text, stated.tokens.labels, chosen))
    for n, (c, id_) in enumerate(zip(chosen, ids, strict=True)):
        # what an item states stands in its parts, so none of it is stated twice
        divided = n + 1 < len(chosen) and chosen[n + 1].part == 1 and not c.part
        own = c.start, _own_end(c, chosen[n + 1 : n + 2])
        phrases = [] if divided else _outside(c.clauses, _in(own, stated.phrases, phrase_starts))
        titles = [] if divided else _in(c.cites or own, stated.titles, title_starts)
        over, date = above[id(c.above)] if c.above is not None else (None, None)
        fallback = None if divided else date or stated.fallback
        item = _item(stated, _Own(phrases, titles, fallback), c, id_, over, _position(c, over, positions))
        if id(c) in mere:
            item = replace(item, queryable=False)
        above[id(c)] = item, _own_date(item) or date
        made.append(replace(item, timing=IN_PARTS) if divided else item)
    return tuple(made)


def _position(c: ChosenItem, over: Item | None, positions: dict[str, int]) -> int:
    """The rank of an item among its siblings: those of its section, or those below one numbered item."""
    siblings = over.id if over is not None and c.above is not None and not c.above.unnumbered else c.section
    if c.part or c.is_heading:
        siblings = heading_item_id(c.section) if c.is_heading else c.section
    positions[siblings] = positions.get(siblings, 0) + 1
    return positions[siblings]


def _own_date(item: Item) -> Deadline | None:
    """The completion clause that gives an item its date."""
    if item.due.basis is not DueBasis.ITEM:
        return None
    return next(d for d in item.deadlines if d.kind is _DEFAULT and d.date == item.due.date)


P = TypeVar("P", DeadlineMatch, CitationMatch)


def _in(body: Span, found: list[P], starts: list[int]) -> list[P]:
    """Those of ``found`` that begin in the body. They are in text order; ``starts`` are their beginnings."""
    return found[bisect_left(starts, body[0]) : bisect_left(starts, body[1])]


def _own_end(c: ChosenItem, following: list[ChosenItem]) -> int:
    """Where an item's own words end: before the next item, if that stands below it."""
    return min([c.end, *(other.start for other in following if other.start > c.start)])


def _outside(clauses: list[Clause], phrases: list[DeadlineMatch]) -> list[DeadlineMatch]:
    """The times that stand outside the assignments, before and behind them; those inside are read with the assignment."""
    if not phrases or not clauses:
        return phrases
    return [p for p in phrases if not any(c.span[0] <= p.span[0] < c.span[1] for c in clauses)]


def _item(stated: Stated, own: _Own, c: ChosenItem, id_: str, over: Item | None, position: int) -> Item:
    text, tokens, facts = stated.text, stated.tokens, stated.facts
    cited = own.titles
    found_tasks = list(tasks(text, c.body, tokens, own.phrases, cited)) if c.body[0] < c.body[1] else []
    if id(c) in stated.targets:
        found_tasks = with_targets(found_tasks, stated.targets[id(c)])
    duties = _duties(text, id_, c, stated.conventions, facts) if c.clauses else []
    times = _stated_times(text, id_, c, own.phrases, found_tasks, facts)
    deadlines = [*times.in_body, *times.in_clauses]
    if (fallback := own.fallback) and not any(d.kind is _DEFAULT and d.date for d in deadlines):
        date_of = inferred_fallback if fallback.kind is DeadlineKind.DOCUMENT else date_of_parent
        deadlines.append(date_of(f"{id_}-d{len(deadlines) + 1}", fallback))
    due = due_of(deadlines)
    return Item(
        id=id_,
        number=None if c.unnumbered else c.node.number,
        label=_label(c, facts),
        part=c.part,
        parent=over.id if over else None,
        heading=facts.shown(text, c.heading),
        body=facts.said(c.body),
        section=c.section,
        position=position,
        span=facts.mended.place((c.start, c.end)),
        due=due,
        ongoing=bool(deadlines) and any(d.kind is _ONGOING for d in deadlines),
        timing=timing_of(times, due, _unanswered(text, c, facts), over.timing if over else None),
        duties=tuple(duties),
        deadlines=tuple(deadlines),
        citations=tuple([facts.citation(id_, t, _task_around(id_, found_tasks, t)) for t in cited]) if cited else (),
        mentions=_mentions(text, tokens, id_, c, duties, facts) if c.body[0] < c.body[1] else (),
        tasks=tuple([facts.task(f"{id_}-t{n}", t) for n, t in enumerate(found_tasks, 1)]) if found_tasks else (),
        kind=stated.kinds.of(c, over),
        level=over.level + 1 if over else 1,
    )


def _stated_times(
    text: str, id_: str, c: ChosenItem, phrases: list[DeadlineMatch], found_tasks: list[TaskMatch], facts: Facts
) -> StatedTimes:
    """The times of the body of an item, and those of its own clauses."""
    asked = [clause for clause in c.clauses if clause.role == "deadline"]
    if not phrases and not asked:
        return _NO_TIMES
    times = StatedTimes([], [], {})
    if phrases:
        task_of_phrase = {n: f"{id_}-t{at}" for at, task in enumerate(found_tasks, 1) for n in task.phrases}
        for n, phrase in enumerate(phrases):
            times.add(times.in_body, facts.deadline(f"{id_}-d{n + 1}", phrase, task_of_phrase.get(n)), phrase.why)
    for clause in asked:
        for phrase in _times(text, clause, facts):
            nth = len(phrases) + len(times.in_clauses) + 1
            times.add(times.in_clauses, facts.deadline(f"{id_}-d{nth}", phrase, None), phrase.why)
    return times


_NO_TIMES = StatedTimes([], [], {})  # never changed


def _label(c: ChosenItem, facts: Facts) -> str | None:
    """The number of an item as printed; a paragraph and what stands before the first number have none."""
    if (c.unnumbered and not c.is_heading) or not c.node.label:
        return None
    return facts.said((c.node.start, c.node.text))


def _task_around(item: str, found: list[TaskMatch], title: CitationMatch) -> str | None:
    return next(
        (f"{item}-t{n}" for n, task in enumerate(found, 1) if task.span[0] <= title.span[0] < task.span[1]), None
    )


def _unanswered(text: str, c: ChosenItem, facts: Facts) -> tuple[Span, str] | None:
    """The first clause of time of an item that has words: it states a time, even where its words give none (按要求的时间完成)."""
    for clause in c.clauses:
        if clause.role == "deadline" and not says_nothing(text[slice(*clause.content)]):
            place = facts.mended.place(clause.content)
            return place, facts.words(place)
    return None


def _times(text: str, clause: Clause, facts: Facts) -> list[DeadlineMatch]:
    """What a completion clause asks; one of which nothing is understood is told."""
    read = completion(text, clause.content, facts.issue)
    for phrase in read:
        if phrase.why in TOLD:
            facts.time_not_read(phrase)
    return read


TOLD = frozenset(("no-year", "not-understood"))  # of the reasons why a time was not read, those that are a loss


def _duties(text: str, owner: str, c: ChosenItem, stated: list[Convention], facts: Facts) -> list[Duty]:
    positions: dict[str, int] = {}
    made: list[Duty] = []
    leads = any(clause.role == Role.LEAD for clause in c.clauses)
    first = {clause.span: clause.content for clause in reversed(c.clauses)}  # of each bracket: its first list
    for clause in c.clauses:
        if clause.role != "deadline":
            words = text[slice(*clause.content)]
            bearers = without_doing(split(words))
            if clause.rule.form == CHANGED and (old := text.rfind("由", clause.span[0], clause.content[0])) >= 0:
                facts.replaced((old, clause.content[0]))
            facts.look_at_names(clause, bearers)
            if not bearers.in_order and words.strip() not in NOBODY:
                facts.not_read(clause)
            if clause.rule.name in COLUMNS:
                bearers = by_column(bearers, words)
            goes_on = first[clause.span] < clause.content  # behind a remark: the first named stands before it
            convention = None if leads or goes_on else _convention(clause, bearers, stated)
            if convention:
                bearers = by_convention(words, bearers, convention.kind, convention.others)
            made += facts.duties(owner, clause, bearers, positions, convention)
    return made


CHANGED = "changed"  # the form of a label that gives a duty from one body to another one
# rules whose clause is a table's cell: its column gives the role
COLUMNS = frozenset(("table-cell",))


def _convention(clause: Clause, bearers: Bearers, stated: list[Convention]) -> Convention | None:
    """The convention that gives this clause its lead, or says what those are whom no mark makes one: the last one so far."""
    if clause.role != Role.RESPONSIBLE or not stated:
        return None
    marked = any(name.role == Role.LEAD for name in bearers.names)
    return last_before(stated, clause.span[1], marked=marked)


def _mentions(
    text: str, tokens: Tokens, owner: str, c: ChosenItem, duties: list[Duty], facts: Facts
) -> tuple[Mention, ...]:
    found = list(subjects(text, c.body, tokens))
    if not found:
        return ()
    lines = "\n".join(["", *{fold(name) for d in duties for name in (d.as_written, d.unit.name)}, ""])
    made: list[Mention] = []
    known: set[str] = set()
    for subject in found:
        if subject.name not in known and not covered(subject.name, lines):
            known.add(subject.name)
            made.append(facts.mention(owner, subject))
    return tuple(made)


def inferred_fallback(id_: str, fallback: Deadline) -> Deadline:
    """The document's fallback clause as the deadline of an item without a date of its own."""
    return Deadline(
        id=id_,
        kind=DeadlineKind.DOCUMENT,
        quote=None,
        date=fallback.date,
        precision=fallback.precision,
        conditional=fallback.conditional,
        hedge=fallback.hedge,
        recurrence=None,
        duration=None,
        duration_unit=None,
        anchor=None,
        task=None,
        span=None,
        inferred=True,
        rule=DOCUMENT_FALLBACK.name,
        because=fallback.because,
    )


def date_of_parent(id_: str, date: Deadline) -> Deadline:
    """The date of the item above as the deadline of an item without a date of its own."""
    return replace(
        date,
        id=id_,
        kind=DeadlineKind.PARENT,
        quote=None,
        task=None,
        span=None,
        inferred=True,
        rule=DATE_OF_PARENT.name,
        because=(date.span,) if date.span else date.because,
    )


def due_of(deadlines: list[Deadline]) -> Due:
    """The date that holds: that of the item's completion clause, else of the item above, else of the document's fallback,
    else none.

    If a completion clause has several dates, the last one holds: only then is everything due.
    """
    if not deadlines:
        return _NO_DUE
    for kind, basis in _BASES:
        dated = [d for d in deadlines if d.kind is kind and d.date]
        if dated:
            last = max(dated, key=lambda d: d.date or "")
            return Due(last.date, last.precision, basis)
    return _NO_DUE


_DEFAULT, _ONGOING = DeadlineKind.DEFAULT, DeadlineKind.ONGOING  # of the class they are looked up slowly
_BASES = (
    (_DEFAULT, DueBasis.ITEM),
    (DeadlineKind.PARENT, DueBasis.PARENT),
    (DeadlineKind.DOCUMENT, DueBasis.DOCUMENT),
)
_NO_DUE = Due(None, None, DueBasis.NONE)


DATE_OF_PARENT = Rule(
    "date-of-parent", "", "deadline", "自身没有日期的事项依上级事项的时限", date_of_parent,
    (
        gives("1.监管缺位。\n牵头单位：市水利局\n整改时限：2026年底前\n（1）清淤。（责任单位：市住建局）\n", "parent 2026-12-31"),
        gives("一、任务（牵头单位：市水利局；完成时限：2026年6月底）\n1.清淤。（责任单位：市住建局）\n", "parent 2026-06-30"),
    ),
    (
        "1.监管缺位。\n整改时限：2026年底前\n（1）清淤。（责任单位：市住建局；完成时限：2025年6月底）\n",
        "一、任务（牵头单位：市水利局）\n1.清淤。（责任单位：市住建局）\n",
    ),
)  # fmt: skip
_NOTICE = "各项工作任务除本方案有明确时间要求外，应当在2026年底前完成。\n"
DOCUMENT_FALLBACK = Rule(
    "document-fallback", "", "deadline", "自身没有日期的事项依总要求推定", inferred_fallback,
    (
        gives(_NOTICE + "1.清理。\n责任单位：市司法局\n", "document 2026-12-31"),
        gives(_NOTICE + "1.清理。\n责任单位：市司法局\n完成时限：长期坚持\n", "document 2026-12-31"),
    ),
    (_NOTICE + "1.清理。\n责任单位：市司法局\n完成时限：2025年底前\n", "1.清理。\n责任单位：市司法局\n"),
)  # fmt: skip
