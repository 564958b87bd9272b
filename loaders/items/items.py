"""Items: each chosen stretch of the text with the facts that it states.

Duties come from its assignments, deadlines from its completion clause and its body, citations and tasks from its body.
Mentions are the bodies that its body names and its unit lines do not.  `due_of` decides which deadline holds.

Left to others: which stretches are items (`loaders.items.choose`), places in the source (`loaders.facts.evidence`).
"""

from bisect import bisect_left
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from graph.model import Deadline, DeadlineKind, Due, DueBasis, Duty, Item, Mention, Role, Span
from graph.names import fold
from loaders.duties.clause import Clause
from loaders.duties.conventions import Convention
from loaders.facts.citations import CitationMatch
from loaders.facts.deadlines import DeadlineMatch, completion
from loaders.facts.evidence import Facts
from loaders.facts.mentions import covered, subjects
from loaders.facts.tasks import TaskMatch, tasks
from loaders.items.choose import ChosenItem
from loaders.items.ids import item_ids
from loaders.items.timing import IN_PARTS, StatedTimes, timing_of
from loaders.lexicon.scan import Tokens
from loaders.phrases.bearers import NOBODY, Bearers, by_column, by_convention, split
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


def build_items(chosen: list[ChosenItem], stated: Stated) -> tuple[Item, ...]:
    """The items in text order."""
    made: list[Item] = []
    positions: dict[str, int] = {}
    phrase_starts, title_starts = [p.span[0] for p in stated.phrases], [t.span[0] for t in stated.titles]
    for n, (c, (id_, parent)) in enumerate(zip(chosen, item_ids(chosen), strict=True)):
        position = positions[c.section] = positions.get(c.section, 0) + 1
        # what an item states stands in its parts, so none of it is stated twice
        divided = n + 1 < len(chosen) and chosen[n + 1].part == 1 and not c.part
        phrases = [] if divided else _in(c.body, stated.phrases, phrase_starts)
        titles = [] if divided else _in(c.body, stated.titles, title_starts)
        fallback = None if divided else stated.fallback
        own = stated._replace(phrases=phrases, titles=titles, fallback=fallback)
        item = _item(own, c, id_, parent, position)
        made.append(replace(item, timing=IN_PARTS) if divided else item)
    return tuple(made)


P = TypeVar("P", DeadlineMatch, CitationMatch)


def _in(body: Span, found: list[P], starts: list[int]) -> list[P]:
    """Those of ``found`` that begin in the body. They are in text order; ``starts`` are their beginnings."""
    return found[bisect_left(starts, body[0]) : bisect_left(starts, body[1])]


def _item(stated: Stated, c: ChosenItem, id_: str, parent: str | None, position: int) -> Item:
    """One item; ``stated`` has the phrases and titles of its body alone."""
    text, tokens, facts = stated.text, stated.tokens, stated.facts
    phrases, cited, fallback = stated.phrases, stated.titles, stated.fallback
    found_tasks = list(tasks(text, c.body, tokens, phrases, cited)) if c.body[0] < c.body[1] else []
    task_of_phrase = {n: f"{id_}-t{at}" for at, task in enumerate(found_tasks, 1) for n in task.phrases}
    duties = _duties(text, id_, c, stated.conventions, facts) if c.clauses else []
    deadlines = [facts.deadline(f"{id_}-d{n + 1}", p, task_of_phrase.get(n)) for n, p in enumerate(phrases)]
    said = list(phrases)
    for clause in c.clauses:
        if clause.role == "deadline":
            for phrase in _times(text, clause, facts):
                deadlines.append(facts.deadline(f"{id_}-d{len(deadlines) + 1}", phrase, None))
                said.append(phrase)
    why = {d.id: phrase.why for d, phrase in zip(deadlines, said, strict=True) if phrase.why}
    times = StatedTimes(deadlines[: len(phrases)], deadlines[len(phrases) :], why)
    if fallback and not any(d.kind is _DEFAULT and d.date for d in deadlines):
        deadlines.append(inferred_fallback(f"{id_}-d{len(deadlines) + 1}", fallback))
    due = due_of(deadlines)
    return Item(
        id=id_,
        number=None if c.unnumbered else c.node.number,
        label=None if c.unnumbered else facts.said((c.node.start, c.node.text)),
        part=c.part,
        parent=parent,
        heading=facts.shown(text, c.heading),
        body=facts.said(c.body),
        section=c.section,
        position=position,
        span=facts.mended.place((c.start, c.end)),
        due=due,
        ongoing=bool(deadlines) and any(d.kind is _ONGOING for d in deadlines),
        timing=timing_of(times, due, _unanswered(text, c, facts)),
        duties=tuple(duties),
        deadlines=tuple(deadlines),
        citations=tuple([facts.citation(id_, t, _task_around(id_, found_tasks, t)) for t in cited]) if cited else (),
        mentions=_mentions(text, tokens, id_, c, duties, facts) if c.body[0] < c.body[1] else (),
        tasks=tuple([facts.task(f"{id_}-t{n}", t) for n, t in enumerate(found_tasks, 1)]) if found_tasks else (),
    )


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
    for clause in c.clauses:
        if clause.role != "deadline":
            words = text[slice(*clause.content)]
            bearers = split(words)
            if clause.rule.form == CHANGED and (old := text.rfind("由", clause.span[0], clause.content[0])) >= 0:
                facts.replaced((old, clause.content[0]))
            facts.look_at_names(clause, bearers)
            if not bearers.names and words.strip() not in NOBODY:
                facts.not_read(clause)
            if clause.rule.name in COLUMNS:
                bearers = by_column(bearers)
            convention = _convention(c, clause, bearers, stated)
            made += facts.duties(
                owner,
                clause,
                by_convention(words, bearers, convention.kind if convention else None),
                positions,
                convention,
            )
    return made


CHANGED = "changed"  # the form of a label that gives a duty from one body to another one
# rules whose clause is a table's cell: its column gives the role
COLUMNS = frozenset(("flat-table", "table-cell"))


def _convention(c: ChosenItem, clause: Clause, bearers: Bearers, stated: list[Convention]) -> Convention | None:
    """The convention that gives this clause its lead: the last one stated so far, if no word names the lead."""
    if not stated or clause.role != Role.RESPONSIBLE or any(other.role == Role.LEAD for other in c.clauses):
        return None
    if any(name.role == Role.LEAD for name in bearers.names):
        return None
    if any(other.span == clause.span and other.content < clause.content for other in c.clauses):
        return None  # the list goes on behind the remark: the first named stands before it
    return next((s for s in reversed(stated) if s.span[0] < clause.span[1]), None)


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


def due_of(deadlines: list[Deadline]) -> Due:
    """The date that holds: that of the item's completion clause, else of the document's fallback, else none.

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
_BASES = ((_DEFAULT, DueBasis.ITEM), (DeadlineKind.DOCUMENT, DueBasis.DOCUMENT))
_NO_DUE = Due(None, None, DueBasis.NONE)


_NOTICE = "各项工作任务除本方案有明确时间要求外，应当在2026年底前完成。\n"
DOCUMENT_FALLBACK = Rule(
    "document-fallback", "", "deadline", "自身没有日期的事项依总要求推定", inferred_fallback,
    (
        gives(_NOTICE + "1.清理。\n责任单位：市司法局\n", "document 2026-12-31"),
        gives(_NOTICE + "1.清理。\n责任单位：市司法局\n完成时限：长期坚持\n", "document 2026-12-31"),
    ),
    (_NOTICE + "1.清理。\n责任单位：市司法局\n完成时限：2025年底前\n", "1.清理。\n责任单位：市司法局\n"),
)  # fmt: skip
