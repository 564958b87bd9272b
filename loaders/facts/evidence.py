"""Evidence: the one place where matches in the repaired text become facts with their place in the source.

A fact whose own words were repaired is inferred: its rule is that of the repair, and `because` has the damaged place.

Left to others: finding (`loaders.duties.labels`, `loaders.facts.deadlines`, `loaders.facts.citations`, `loaders.facts.tasks`, `loaders.facts.mentions`).
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from graph.model import (
    Citation,
    Deadline,
    Duty,
    Mention,
    PlanWarning,
    Precision,
    RegulationRef,
    Role,
    Span,
    Task,
    UnitRef,
)
from graph.names import fact_key
from loaders.duties.clause import Clause
from loaders.duties.conventions import Convention
from loaders.facts.citations import CitationMatch, Regulations
from loaders.facts.deadlines import LAST_DAY, YEAR_OF_ISSUE, DeadlineMatch, Issue
from loaders.facts.mentions import SUBJECT_OF_DEMAND, MentionMatch
from loaders.facts.tasks import TaskMatch
from loaders.facts.unit_identity import Units
from loaders.lexicon.bodies import is_known_name
from loaders.phrases.asides import is_of_name
from loaders.phrases.bearers import Bearers
from loaders.phrases.persons import post_of
from loaders.text.repair import Repaired, shown
from loaders.times.no_such_date import is_no_date

# a role by its word; the word apart, because ids are written with it
_ROLES = {role.value: (role, role.value) for role in Role}
_LEADER, _LEAD = Role.LEADER, Role.LEAD  # of the class they are looked up slowly

_DAY = re.compile(r"(\d{1,2})(?:[日号]|(?:之前|以前|前)?$)")  # 2月30日 · 2024.2.30前

# why a time was not read, of those that are told
_UNLISTED, _NO_ROLE = "unlisted", "这里的标签没有说明职责，按责任单位计入，请核对"
_NOT_READ = {"no-year": "时限没有年份，文中也没有印发年份", "not-understood": "时限没有读懂，只保留原话"}

# 县教育局|（初中）
_BRACKET = re.compile(r"[(（〔\[【]([^()（）〔〕\[\]【】]*)[)）〕\]】]$")

Inference = tuple[bool, str, tuple[Span, ...]]


# 岐岭、安流、华城镇人民政府: the head of the last name is that of the short ones before it
_SHARED_HEADS, _SHORT = ("部门", "政府", "办事处", "管委会"), re.compile(r"[\u4e00-\u9fff]{2,4}")


def _is_sure(name: str) -> bool:
    """Whether a bearer's name can be told for one, with the bracket at its end."""
    bracket = _BRACKET.search(name) if name[-1] in "）)〕]】" else None
    return is_known_name(name) and (bracket is None or is_of_name(bracket[1], name[: bracket.start()].rstrip()))


@dataclass(slots=True)
class Facts:
    """Makes the facts of one document. ``source`` is the source text; the spans given to its methods are places in
    ``mended.text``.
    """

    source: str
    mended: Repaired
    units: Units
    regulations: Regulations
    issue: Issue  # a month without a year is of this one
    issued: tuple[Span, ...]  # where the text says so
    doubts: list[PlanWarning] = field(default_factory=list)  # clauses not understood, days that no month has
    _repairs_end: list[int] = field(init=False)
    _counts: dict[str, int] = field(default_factory=dict)
    _looked_at: set[str] = field(default_factory=set)  # names that are told already

    def __post_init__(self) -> None:
        self._repairs_end = [r.span[1] for r in self.mended.repairs]

    def words(self, span: Span) -> str:
        """The words of the source at a place of the source."""
        return self.source[span[0] : span[1]]

    def said(self, span: Span) -> str:
        """The words of the source at a place of the repaired text."""
        if self.mended.whole and len(self.mended.parts(span)) > 1:
            return self.mended.text[slice(*span)]
        start, end = self.mended.place(span)
        return self.source[start:end]

    def shown(self, text: str, span: Span) -> str:
        """The words at a place of the mended ``text`` as a heading shows them: the source's, in plain signs."""
        words = self.said(span)
        return words if text.startswith(words, span[0]) else shown(words)

    def duties(
        self,
        owner: str,
        clause: Clause,
        bearers: Bearers,
        positions: dict[str, int],
        convention: Convention | None = None,
    ) -> list[Duty]:
        """One duty for each of ``bearers``, which stand in the content of the clause; ``positions`` counts those of
        each role.

        A role that only ``convention`` gives is inferred and rests on its place.
        """
        clause_place = self.mended.place(clause.span)
        clause_quote = self.words(clause_place)
        shift = self.mended.shift(clause.content)  # no edit among the names: none of them needs a look of its own
        source, resolve, start = self.source, self.units.resolve, clause.content[0]
        taken_by, form_met = clause.rule.name, clause.rule.form
        made = []
        for name, (first, last), own_role, open_list in bearers.in_order:
            role, word = _ROLES[own_role or clause.role]
            position = positions[word] = positions.get(word, 0) + 1
            unit, collective = (self.units.person(name), False) if role is _LEADER else resolve(name)
            parts: list[Span] = []
            if shift is None:
                span = self.mended.place((start + first, start + last))
                inferred, rule, because = self._inference(taken_by, span)
                parts = self.mended.parts((start + first, start + last)) if self.mended.whole else parts
            else:
                span = start + first + shift, start + last + shift
                inferred, rule, because = False, taken_by, ()
            form = form_met
            if convention and ((role is _LEAD and convention.kind != "marked") or role.value == convention.others):
                form = convention.rule.form
                inferred, rule, because = True, convention.rule.name, (self.mended.place(convention.span),)
            quote = source[span[0] : span[1]]
            broken = len(parts) > 1  # no place of the source says it: its parts do
            made.append(
                Duty(
                    id=self.fact_id(owner, word, unit.name),
                    role=role,
                    unit=unit,
                    as_written=name if broken else quote,
                    position=position,
                    collective=collective,
                    open_list=open_list,
                    span=None if broken else span,
                    quote=None if broken else quote,
                    clause=clause_place,
                    clause_quote=clause_quote,
                    inferred=inferred,
                    rule=rule,
                    because=(*because, *parts) if broken else because,
                    form=form,
                    post=self._post((start + first, start + last), clause) if role is _LEADER else None,
                )
            )
        return made

    def _post(self, name: Span, clause: Clause) -> str | None:
        """The post of a person, as the source words it; ``name`` is a place of the repaired text."""
        stated = post_of(self.mended.text, name, clause.span)
        return self.words(self.mended.place(stated)) if stated else None

    def not_read(self, clause: Clause) -> None:
        """Warn that a clause assigns something, but nothing in it was understood."""
        place = self.mended.place(clause.span)
        self.doubts.append(PlanWarning("unread-clause", f"责任单位没有读出：{self.words(place)[:60]}", place))

    def look_at_names(self, clause: Clause, bearers: Bearers) -> None:
        """Tell what stands among bearers and is no name, and, once for each, which names look like no body's."""
        if bearers.dropped:
            first, last = bearers.dropped[0].span[0], bearers.dropped[-1].span[1]
            place = self.mended.place((clause.content[0] + first, clause.content[0] + last))
            self.doubts.append(PlanWarning("no-name", f"不是单位名称，未计入：{self.words(place)[:60]}", place))
        if clause.role == _LEADER:
            return
        if clause.rule.form == _UNLISTED and bearers.names:
            place = self.mended.place((clause.span[0], clause.content[1]))
            self.doubts.append(PlanWarning("role-not-told", f"{_NO_ROLE}：{self.words(place)[:60]}", place))
        for n, name in enumerate(bearers.names, 1):
            if name.name in self._looked_at or _is_sure(name.name) or self.units.knows(name.name):
                continue
            if _SHORT.fullmatch(name.name) and any(other.name.endswith(_SHARED_HEADS) for other in bearers.names[n:]):
                continue  # 发改、招商、人社部门
            self._looked_at.add(name.name)
            place = self.mended.place((clause.content[0] + name.span[0], clause.content[0] + name.span[1]))
            self.doubts.append(PlanWarning("name-not-sure", f"不像单位名称，请核对：{self.words(place)[:60]}", place))

    def replaced(self, span: Span) -> None:
        """Tell who bore a duty before it was given to another one; ``span``: 由市水利局调整为."""
        place = self.mended.place(span)
        self.doubts.append(PlanWarning("bearer-replaced", f"原承担单位不再计入：{self.words(place)[:60]}", place))

    def time_not_read(self, phrase: DeadlineMatch) -> None:
        """Tell that a time is stated and was not understood; the place holds exactly its words."""
        place = self.mended.place(phrase.span)
        if is_no_date(self.words(place)):
            self.no_such_date(place)
            return
        self.doubts.append(
            PlanWarning("time-not-read", f"{_NOT_READ[phrase.why or '']}：{self.words(place)[:60]}", place)
        )

    def no_such_date(self, place: Span) -> None:
        """Tell of a date that no calendar has, once; ``place`` is one of the source."""
        if any(
            w.code == "no-such-date" and w.span and w.span[0] < place[1] and place[0] < w.span[1] for w in self.doubts
        ):
            return
        self.doubts.append(PlanWarning("no-such-date", f"没有这个日期，只保留原话：{self.words(place)[:60]}", place))

    def deadline(self, id_: str, phrase: DeadlineMatch, task: str | None) -> Deadline:
        span = self.mended.place(phrase.span)
        inferred, rule, because = self._inference(phrase.rule.name, span)
        if phrase.rule is YEAR_OF_ISSUE:
            inferred, rule, because = True, phrase.rule.name, self.issued
        quote = self.words(span)
        days = _DAY.findall(quote) if phrase.precision is Precision.DAY else []
        if days and phrase.date and int(days[-1]) != int(phrase.date[-2:]):  # of a range the end
            inferred, rule, because = True, rule if inferred else LAST_DAY.name, (*because, span)
            message = f"没有这一天：{quote}，按当月最后一天{phrase.date}计"
            self.doubts.append(PlanWarning("impossible-date", message, span))
        return Deadline(
            id=id_,
            kind=phrase.kind,
            quote=quote,
            date=phrase.date,
            precision=phrase.precision,
            conditional=phrase.conditional,
            hedge=phrase.hedge,
            recurrence=phrase.recurrence,
            duration=phrase.duration,
            duration_unit=phrase.duration_unit,
            anchor=phrase.anchor,
            task=task,
            span=span,
            inferred=inferred,
            rule=rule,
            because=because,
        )

    def citation(self, owner: str, found: CitationMatch, task: str | None) -> Citation:
        span, clause = self.mended.place(found.span), self.mended.place(found.clause)
        inferred, rule, because = self._inference(found.rule.name, span)
        quote = self.words(span)
        regulation: RegulationRef = self.regulations.resolve(found.title)
        return Citation(
            id=self.fact_id(owner, found.relation, found.title),
            title=found.title,
            as_written=quote,
            relation=found.relation,
            regulation=regulation,
            task=task,
            span=span,
            quote=quote,
            clause=clause,
            clause_quote=self.words(clause),
            inferred=inferred,
            rule=rule,
            because=because,
        )

    def mention(self, owner: str, subject: MentionMatch) -> Mention:
        span, clause = self.mended.place(subject.span), self.mended.place(subject.clause)
        inferred, rule, because = self._inference(SUBJECT_OF_DEMAND.name, span)
        unit: UnitRef = self.units.resolve(subject.name)[0]
        quote = self.words(span)
        return Mention(
            id=self.fact_id(owner, "mentioned", subject.name),
            unit=unit,
            as_written=quote,
            span=span,
            quote=quote,
            clause=clause,
            clause_quote=self.words(clause),
            inferred=inferred,
            rule=rule,
            because=because,
        )

    def task(self, id_: str, found: TaskMatch) -> Task:
        span = self.mended.place(found.span)
        return Task(id_, found.kinds, span, self.words(span), found.target)

    def fact_id(self, owner: str, word: str, name: str) -> str:
        """The id of a relationship; its last part counts equal relationships of the owner."""
        key = fact_key(owner, word, name)
        counts = self._counts
        nth = counts[key] = counts[key] + 1 if key in counts else 1
        return f"{key}|{nth}"

    def _inference(self, rule: str, span: Span) -> Inference:
        """Whether the words at a place were mended, by which rule, and where."""
        following = bisect_right(self._repairs_end, span[0])
        if following < len(self._repairs_end):
            repair = self.mended.repairs[following]
            if repair.span[0] < span[1]:
                return True, repair.rule, (repair.span,)
        return False, rule, ()
