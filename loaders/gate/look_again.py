"""Whether one fact stands in its text: a reason in Chinese where it does not, None where it does.

1. A *stated* fact: its quote stands at its place, its place inside its item, its clause around it.
2. An *inferred* fact is judged by what it is inferred from: each of its places stands in the text, and its words are looked for there.
3. A name is the one that stands there, or a form that its letters or the record of the unit explain (`loaders.gate.letters`).
4. A role has a word in the clause, over the column or in the convention that it rests on (`loaders.gate.roles_again`).
5. The figures of a time stand in its quote (`loaders.gate.figures_again`); a year that it leaves out stands before it, or in the head.

Example: a duty of 市教育局 with the quote 市财政局 gives ``单位“市教育局”不是原文的“市财政局”``.

Left to others: what becomes of a fact that is not found (`loaders.gate.gate`).
"""

from collections.abc import Iterable, Set

from graph.model import Citation, Deadline, DeadlineKind, Duty, Item, Mention, Plan, Role, Span, Task, UnitRef
from loaders.gate.figures_again import has_count, has_date, has_rule, has_value, years_in
from loaders.gate.heads_again import Heads
from loaders.gate.letters import in_one_script, is_same_name, is_same_title, letters, stands_in
from loaders.gate.roles_again import RESPONSIBLE, is_marked, names_person, roles_at_start, roles_in, roles_said

_LEADER = Role.LEADER
_ANY_ROLE = frozenset(role.value for role in Role)
_INHERITED = frozenset((DeadlineKind.PARENT, DeadlineKind.DOCUMENT))
_BODY_BY_BODY = "unit-first"  # lists that tell body by body what it does: what it does is its own, whatever the verb
_OF_HEADING = 12  # characters of a heading that a row repeats
_NEAR = 60  # characters before a person among which the word stands that tells of a group
_DOES = "负责"  # 县发改局负责|督促进度
_VERB = 8  # characters behind a body among which the verb stands that tells what it does
_STATED_BY = ("首", "第一", "前", "为", "标", "带", "其他", "其余", "排", "列")  # words of a convention


class SecondLook:
    """Looks for the facts of one plan again. ``owner`` of a fact is its item, None for the document."""

    def __init__(self, plan: Plan) -> None:
        self._text, self._plan = plan.text, plan
        self._heads = Heads(plan)
        self._units = {unit.id: unit for unit in plan.units}
        self._regulations = {regulation.id: regulation.title for regulation in plan.regulations}
        self._of_head: Set[int] | None = None

    def duty(self, duty: Duty, owner: Item | None) -> str | None:
        """Why a duty is not found again."""
        if why := self._names_owner(duty.id, owner) or self._clause(duty.clause, duty.clause_quote):
            return why
        if duty.span is not None:
            why = self._place(duty.span, duty.quote, owner, duty.because if duty.inferred else ())
            if not why and duty.quote != duty.as_written and not duty.inferred:
                why = f"名称“{duty.as_written}”不是原文的“{duty.quote}”"
        else:
            why = self._stands_elsewhere(duty, owner)
        return why or self._unit(duty) or self._role(duty)

    def mention(self, mention: Mention, owner: Item | None) -> str | None:
        """Why a mention is not found again."""
        why = self._names_owner(mention.id, owner) or self._clause(mention.clause, mention.clause_quote)
        why = why or self._place(mention.span, mention.quote, owner, mention.because)
        return why or self._same_unit(mention.unit, mention.as_written)

    def deadline(self, deadline: Deadline, owner: Item | None) -> str | None:
        """Why a time is not found again."""
        if why := self._names_owner(deadline.id, owner) or self._because(deadline.because):
            return why
        if deadline.span is not None:
            why = self._place(deadline.span, deadline.quote, owner, deadline.because)
        elif not deadline.inferred:
            why = "没有出处"
        if why:
            return why
        words = deadline.quote or " ".join(self._words(place) for place in deadline.because)
        return self._figures(deadline, words, owner)

    def citation(self, citation: Citation, owner: Item | None) -> str | None:
        """Why a citation is not found again."""
        why = self._names_owner(citation.id, owner) or self._clause(citation.clause, citation.clause_quote)
        if why := why or self._place(citation.span, citation.quote, owner, citation.because):
            return why
        if citation.as_written != citation.quote or not stands_in(citation.title, citation.quote):
            return f"题名“{citation.title}”不是原文的“{citation.quote}”"
        known = self._regulations.get(citation.regulation.id)
        if known != citation.regulation.title or not is_same_title(citation.title, citation.regulation.title):
            return f"文件“{citation.regulation.title}”不是原文的“{citation.title}”"
        return None

    def task(self, task: Task, owner: Item) -> str | None:
        """Why a part of an item is not found again."""
        if why := self._names_owner(task.id, owner) or self._place(task.span, task.quote, owner, ()):
            return why
        if task.target is not None and not has_value(task.quote, task.target.value):
            return f"目标值{task.target.value:g}不在原话中"
        return None

    def item(self, item: Item) -> str | None:
        """Why an item itself is not found again."""
        start, end = item.span
        if not 0 <= start < min(end, len(self._text)):
            return "事项不在原文之内"
        said = self._text[start:end]
        for words in (item.heading, item.body):
            if not stands_in(words, said):
                return "标题或正文不是此处的原文"
        return None

    def _words(self, span: Span) -> str:
        return self._text[span[0] : span[1]]

    def _names_owner(self, fact: str, owner: Item | None) -> str | None:
        own = owner.id if owner is not None else self._plan.document.id
        return None if fact.startswith(own) else "属于另一文件或另一事项"

    def _place(self, span: Span, quote: str | None, owner: Item | None, because: Iterable[Span]) -> str | None:
        if why := self._clause(span, quote):
            return why
        if owner is not None and not _within(span, owner.span) and not self._is_of_row(span, owner):
            return "出处不在本事项之内"
        return self._because(because)

    def _clause(self, span: Span, quote: str | None) -> str | None:
        if not 0 <= span[0] < span[1] <= len(self._text) or self._words(span) != quote:
            return "出处的原话不是所引的话"
        return None

    def _because(self, places: Iterable[Span]) -> str | None:
        for start, end in places:
            if not 0 <= start < end <= len(self._text):
                return "依据之处不在原文之内"
        return None

    def _is_of_row(self, span: Span, owner: Item) -> bool:
        """Whether a place outside an item belongs to it by a table: a cell over several rows, a row that repeats the item."""
        if self._heads.rows_hold(owner.span, span):
            return True
        return owner.heading[:_OF_HEADING] in self._heads.row(span[0])

    def _stands_elsewhere(self, duty: Duty, owner: Item | None) -> str | None:
        """Of a name without a place in its item: whether it stands in what the duty rests on."""
        if not duty.because:
            return "没有出处"
        if why := self._because(duty.because):
            return why
        said = [self._words(place) for place in duty.because]
        if not any(is_same_name(duty.as_written, words) for words in (*said, "".join(said))) and not stands_in(
            duty.as_written, "".join(said)
        ):
            return f"依据之处没有“{duty.as_written}”"
        if owner is None or any(_within(place, owner.span) or self._is_of_row(place, owner) for place in duty.because):
            return None
        # 同上 in a table of running text: the name stands above
        return None if duty.inferred and max(duty.because)[1] <= owner.span[1] else "依据之处与本事项无关"

    def _unit(self, duty: Duty) -> str | None:
        if duty.role is not _LEADER:
            return self._same_unit(duty.unit, duty.as_written)
        if duty.unit.id in self._units:
            return f"“{duty.unit.name}”是单位，不是负责人"
        if letters(duty.unit.name) != letters(duty.as_written):
            return f"姓名“{duty.unit.name}”不是原文的“{duty.as_written}”"
        return None if not duty.post or stands_in(duty.post, duty.clause_quote) else f"职务“{duty.post}”不在原话中"

    def _same_unit(self, ref: UnitRef, written: str) -> str | None:
        unit = self._units.get(ref.id)
        if unit is None or unit.name != ref.name:
            return f"文件的单位中没有“{ref.name}”"
        if is_same_name(ref.name, written) or written in unit.aliases or written == unit.full_name:
            return None
        said = letters(written)
        forms = [letters(form) for form in (*unit.aliases, unit.full_name) if form]
        return None if any(said.endswith(form) for form in forms) else f"单位“{ref.name}”不是原文的“{written}”"

    def _role(self, duty: Duty) -> str | None:
        if duty.role is _LEADER:
            # over a column the word stands far above
            before = 0 if duty.form == "cell" else max(0, duty.clause[0] - _NEAR)
            around = self._words((before, duty.clause[1]))
            return None if names_person(around) else "原话看不出他是负责人"
        allowed: Set[str] = self._by_convention(duty) if duty.inferred else frozenset()
        if not allowed:
            allowed = self._by_words(duty, duty.clause_quote)
            if duty.role.value not in allowed:  # in the other script
                allowed = self._by_words(duty, in_one_script(duty.clause_quote))
        return None if duty.role.value in allowed else f"原话看不出它是{CALLED[duty.role]}单位"

    def _by_words(self, duty: Duty, clause: str) -> Set[str]:
        """The roles that the words of a clause and the head over it allow."""
        heads = self._over(duty, clause) if duty.form == "cell" else frozenset()
        if duty.span is not None and _within(duty.span, duty.clause):
            name = duty.span[0] - duty.clause[0], duty.span[1] - duty.clause[0]
        elif (at := clause.find(duty.as_written)) >= 0:
            name = at, at + len(duty.as_written)
        else:
            return heads | roles_in(clause) or frozenset((RESPONSIBLE,))
        if duty.rule != _BODY_BY_BODY and not clause.endswith(_DOES):
            return roles_said(clause, name, heads)
        does = in_one_script(self._words((duty.clause[1], duty.clause[1] + _VERB)))
        roles = roles_at_start(does)
        return roles_said(clause, name) | {RESPONSIBLE} | (roles & {Role.LEAD} if duty.rule == _BODY_BY_BODY else roles)

    def _over(self, duty: Duty, clause: str) -> frozenset[str]:
        """The roles that the column of a duty gives; where no head stands over it, the words before, unless it has marks.

        Where those have no word of role either, nothing speaks against any role.
        """
        heads = self._heads.roles(duty.clause[0])
        if heads or is_marked(clause):
            return heads or frozenset((RESPONSIBLE,))
        before = in_one_script(self._words((0, duty.clause[0]))) if clause != duty.clause_quote else ""
        return (
            self._heads.before(duty.clause[0]) or (roles_in(before) and roles_in(before) | {RESPONSIBLE}) or _ANY_ROLE
        )

    def _by_convention(self, duty: Duty) -> frozenset[str]:
        """The roles that a stated convention among the places of an inferred duty gives; none if there is no such place."""
        found: set[str] = set()
        for place in duty.because:
            words = self._words(place)
            if duty.as_written not in words and any(sign in words for sign in _STATED_BY):
                found |= roles_in(in_one_script(words))
        return frozenset(found)

    def _figures(self, deadline: Deadline, words: str, owner: Item | None) -> str | None:
        if deadline.date is not None:
            precision = deadline.precision and deadline.precision.value
            found = has_date(words, deadline.date, precision)
            if not (found or has_date(words, deadline.date, precision, self._years_elsewhere(deadline, owner))):
                return f"日期{deadline.date}与原话“{words[:30]}”不符"
        elif deadline.recurrence is not None:
            if not has_rule(words, deadline.recurrence):
                return f"周期{deadline.recurrence}与原话“{words[:30]}”不符"
        elif deadline.duration is not None and not has_count(words, deadline.duration):
            return f"期限{deadline.duration}{deadline.duration_unit or ''}与原话“{words[:30]}”不符"
        return None

    def _years_elsewhere(self, deadline: Deadline, owner: Item | None) -> Set[int]:
        """The years that a time without one can have: what it rests on, else those of the head, and those before it in its item."""
        found = set(self._years_of_head())
        for place in deadline.because:
            found |= years_in(self._words(place))
        if owner is not None and deadline.span is not None and not deadline.inferred:
            found |= years_in(self._words((owner.span[0], deadline.span[0])))
        return found

    def _years_of_head(self) -> Set[int]:
        if self._of_head is None:
            document = self._plan.document
            self._of_head = years_in(f"{document.issued_on or ''} {document.title} {document.options.issued_on or ''}")
        return self._of_head


CALLED = {
    Role.LEAD: "牵头",
    Role.RESPONSIBLE: "责任",
    Role.COOPERATING: "配合",
    Role.SUPERVISING: "督导",
    Role.LEADER: "负责人",
}


def _within(span: Span, around: Span) -> bool:
    return around[0] <= span[0] and span[1] <= around[1]
