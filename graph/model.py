"""The model of a plan: frozen structs for everything that is read from it.

A plan (实施方案, 责任分工方案, 若干措施 …) is read into one :class:`Plan`.  Field names and their
order are the JSON of ``zeren parse --json`` and ``POST /v1/parse``: :func:`to_json` only walks them.

* A *place* is a ``Span``: ``(start, end)`` in code points of the source text, half-open.  Beside every
  ``span`` stands ``quote`` and ``quote == text[start:end]``; beside ``clause``, ``clause_quote``.
* Every fact says whether it is ``inferred``, by which ``rule``, and ``because`` of which places.
  A *stated* fact is not inferred; its ``rule`` is the extraction rule that took it.
* Dates are ISO strings beside a precision; a date is the last day that still meets the phrase.

Example: ``牵头单位:市编办、市政府法制办。`` in item 20 gives two :class:`Duty`, role ``lead``,
positions 1 and 2, both with the label line as their ``clause``.

Left to others: building ids (`graph.names`), reading text (`loaders`), labels of the graph (`graph.schema`).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeAlias

from msgspec import Struct

Span: TypeAlias = tuple[int, int]


class Role(StrEnum):
    """The role of a unit in an item: 牵头, 责任, 配合, 督导 (it sees to it that others do it, and bears nothing), 负责人 (组长)."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    COOPERATING = "cooperating"
    SUPERVISING = "supervising"
    LEADER = "leader"


DUTY_TYPE: Mapping[Role, str] = {
    Role.LEAD: "LEADS",
    Role.RESPONSIBLE: "RESPONSIBLE_FOR",
    Role.COOPERATING: "COOPERATES_ON",
    Role.SUPERVISING: "SUPERVISES",
    Role.LEADER: "HEADS",
}
"""The relationship type that a duty is stored as, by its role: of units all but the last, which an official has."""
ROLE_OF: Mapping[str, Role] = {kind: role for role, kind in DUTY_TYPE.items()}
UNIT_DUTIES = tuple(kind for role, kind in DUTY_TYPE.items() if role not in (Role.SUPERVISING, Role.LEADER))
"""The relationship types by which a unit bears an item; who supervises bears nothing."""


class Relation(StrEnum):
    """What a plan does with an instrument that it cites."""

    BASIS = "basis"  # 依据 按照 根据
    IMPLEMENTS = "implements"  # 落实 贯彻 执行
    PRODUCES = "produces"  # 制定 出台
    REVISES = "revises"  # 修订 完善
    REPEALS = "repeals"  # 废止
    MENTIONS = "mentions"


class DeadlineKind(StrEnum):
    """Where a deadline comes from and which form it has."""

    DEFAULT = "default"  # the assignment's own completion clause (完成时限)
    EXPLICIT = "explicit"  # a date in the body
    PARENT = "parent"  # the completion clause of the item above
    DOCUMENT = "document"  # the plan's fallback clause
    RECURRING = "recurring"  # 每年2月底前
    DURATION = "duration"  # 自公布之日起30个工作日内
    ONGOING = "ongoing"  # 常态化
    EVENT = "event"  # 汛期前: hangs on an event that has no date here
    UNREAD = "unread"  # a time is stated, and was not understood


class TimingKind(StrEnum):
    """What an item says of when it is to be done."""

    DATED = "dated"
    RECURRING = "recurring"
    DURATION = "duration"
    EVENT = "event"
    ONGOING = "ongoing"
    UNREAD = "unread"
    NONE = "none"


class ItemKind(StrEnum):
    """What an item is: 任务, 问题 (反馈问题, 存在问题), 措施 (整改措施, under a problem)."""

    TASK = "task"
    PROBLEM = "problem"
    MEASURE = "measure"


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class DueBasis(StrEnum):
    """The kind of deadline that an effective date rests on, strongest first."""

    TASK = "task"
    ITEM = "item"
    PARENT = "parent"
    DOCUMENT = "document"
    NONE = "none"


class TaskKind(StrEnum):
    TIMED = "timed"
    RECURRING = "recurring"
    TARGET = "target"
    DELIVERABLE = "deliverable"


class UnitRef(Struct, frozen=True):
    """A unit as a fact names it: its id and its short name."""

    id: str
    name: str


class RegulationRef(Struct, frozen=True):
    id: str
    title: str


class Duty(Struct, frozen=True):
    """The part of one unit in one item (or in the document), with two places: that of the name and that of the clause.

    ``span`` is None if the name does not stand in the stretch of the item; ``because`` then holds its place.
    ``position`` counts the units of one role on the item; 1 is the first. ``rule`` is the rule that took the duty,
    ``form`` the form of the rule (docs/rules.md). A duty that is read from a store has no form.  ``post`` is the post of
    a leader as written (副县长).
    """

    id: str
    role: Role
    unit: UnitRef
    as_written: str
    position: int
    collective: bool
    open_list: bool
    span: Span | None
    quote: str | None
    clause: Span
    clause_quote: str
    inferred: bool
    rule: str | None
    because: tuple[Span, ...]
    form: str | None = None
    post: str | None = None


class Deadline(Struct, frozen=True):
    """A time clause. ``span`` is None only if the deadline is inferred (the document's fallback, the date of the item above).

    ``recurrence`` is an RFC 5545 rule (``FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1``); ``duration`` counts ``duration_unit``
    (日, 工作日, 个月 …) from ``anchor``, the event as written.
    """

    id: str
    kind: DeadlineKind
    quote: str | None
    date: str | None
    precision: Precision | None
    conditional: bool
    hedge: str | None
    recurrence: str | None
    duration: int | None
    duration_unit: str | None
    anchor: str | None
    task: str | None
    span: Span | None
    inferred: bool
    rule: str | None
    because: tuple[Span, ...]


class Citation(Struct, frozen=True):
    """An instrument that the text names. ``as_written``, ``quote`` and ``span`` include 《》, ``title`` does not."""

    id: str
    title: str
    as_written: str
    relation: Relation
    regulation: RegulationRef
    task: str | None
    span: Span
    quote: str
    clause: Span
    clause_quote: str
    inferred: bool
    rule: str | None
    because: tuple[Span, ...]


class Mention(Struct, frozen=True):
    """A unit of which the body demands something, and which the unit lines neither name nor cover."""

    id: str
    unit: UnitRef
    as_written: str
    span: Span
    quote: str
    clause: Span
    clause_quote: str
    inferred: bool
    rule: str | None
    because: tuple[Span, ...]


class Target(Struct, frozen=True):
    """A measurable target: ``调解率达100%`` has the name 调解率, the value 100.0, the unit % and, for 以上, the comparison
    ``>=``.
    """

    name: str
    value: float
    unit: str
    comparison: str | None


class Task(Struct, frozen=True):
    """A clause of the body with a date, a recurrence, a target or a document to produce."""

    id: str
    kinds: tuple[TaskKind, ...]
    span: Span
    quote: str
    target: Target | None


class Due(Struct, frozen=True):
    """The effective date and the clause it rests on."""

    date: str | None
    precision: Precision | None
    basis: DueBasis


class Timing(Struct, frozen=True):
    """What an item says of when, at its place and with its words.

    ``reason`` says where it stands: ``item`` (its own clause), ``task`` (its body), ``parent`` (the item above) and ``document`` (the
    fallback clause), which have no place in the item, ``in-parts``; or why it was not read: ``no-year``, ``no-day`` (尽快), ``not-understood``.  Of kind ``none``: no time is stated.
    """

    kind: TimingKind
    reason: str | None
    span: Span | None
    quote: str | None


NO_TIME = Timing(TimingKind.NONE, None, None, None)


class Item(Struct, frozen=True):
    """A numbered task of the plan (任务事项). ``number`` is its number, ``label`` the label as printed (``⒛``).

    Items are a tree: ``parent`` is the id of the nearest item above, ``level`` 1 the top.  ``queryable``: questions about bearers
    and dates look at it, because it has an assignment of its own or no children; of a mere parent they look at the children.
    """

    id: str
    number: int | None
    label: str | None
    part: int | None
    parent: str | None
    heading: str
    body: str
    section: str
    position: int
    span: Span
    due: Due
    ongoing: bool
    duties: tuple[Duty, ...]
    deadlines: tuple[Deadline, ...]
    citations: tuple[Citation, ...]
    mentions: tuple[Mention, ...]
    tasks: tuple[Task, ...]
    timing: Timing = NO_TIME
    kind: ItemKind = ItemKind.TASK
    level: int = 1
    queryable: bool = True


class Section(Struct, frozen=True):
    """A heading and its stretch, up to the next heading of its level or above. ``label`` is as printed: ``(四)``."""

    id: str
    label: str | None
    title: str
    level: int
    position: int
    parent: str | None
    span: Span
    intro: str


class Document(Struct, frozen=True):
    """The head of the plan. ``options`` are what the caller told the parser, kept so that a check can repeat the
    reading; ``corrections`` are those of them that differ from what the text says.
    """

    id: str
    title: str
    reference_number: str | None
    region: str
    issuers: tuple[str, ...]
    issued_on: str | None
    kind: str
    text_sha256: str
    span: Span
    source: str | None
    file_sha256: str | None
    encoding: str | None
    parser_version: str
    vocabulary_version: str
    options: "ParseOptions"
    corrections: tuple["Correction", ...] = ()


class ParseOptions(Struct, frozen=True):
    """What the caller told the parser, above what the text says. ``issued_on`` is ``YYYY-MM-DD`` or ``YYYY``."""

    issued_on: str | None = None
    region: str | None = None
    document_id: str | None = None
    title: str | None = None
    reference_number: str | None = None


class Correction(Struct, frozen=True):
    """A property of the document that a person gave and the text does not say so (人工更正).

    ``name`` is the property (``title``, ``reference_number``, ``issued_on``, ``region``), ``given`` its value.  ``stated`` is what
    the text says, None if nothing; ``span`` and ``quote`` are its place and its words, if it stands at one place.
    """

    name: str
    given: str
    stated: str | None
    span: Span | None
    quote: str | None


class Unit(Struct, frozen=True):
    """A body that can bear a duty (单位). ``collective``: 各有关部门, 各县市区政府, 市县两级政府 …

    ``name`` is the short form that plans use, ``full_name`` the official one with its ``source``. ``candidates`` are
    the ids among which an ``unresolved`` name could not be decided.
    """

    id: str
    name: str
    full_name: str | None
    region: str | None
    level: str | None
    kind: str | None
    aliases: tuple[str, ...]
    collective: bool
    unresolved: bool
    candidates: tuple[str, ...]
    source: str | None


class Regulation(Struct, frozen=True):
    """A cited instrument (法规与文件)."""

    id: str
    title: str
    reference_number: str | None
    issuer: str | None
    kind: str | None
    unresolved: bool
    source: str | None


class Repair(Struct, frozen=True):
    """A loss in the source that a named rule repaired; ``original == text[span]``."""

    rule: str
    original: str
    repaired: str
    span: Span


LOSS_CODES = frozenset(
    (
        *("unplaced-assignment", "table-not-read", "time-not-read", "no-such-date", "unread-clause"),
        *("name-not-sure", "no-name", "bearer-replaced", "annex-differs", "not-found-again"),
    )
)
"""Codes of the warnings that tell of words which look like an assignment or a time and were not read, or not for certain."""
TOLD_CODES = LOSS_CODES | {"progress-told"}
"""Codes of the warnings that name words at their place: those of a loss, and what the text only reports (整改情况)."""


class PlanWarning(Struct, frozen=True):
    """A doubt of the parser, or a part of the file that is not in the text: that has ``place``, where it stands in the
    file (``工作表「任务」第4行``), and its ``words`` where it has any.
    """

    code: str
    message: str
    span: Span | None
    place: str | None = None
    words: str | None = None

    @property
    def is_loss(self) -> bool:
        """Whether it tells of words that were not read."""
        return self.code in LOSS_CODES


class LeftOut(Struct, frozen=True):
    reason: str
    span: Span


class DismissedSigns(Struct, frozen=True):
    reason: str
    count: int


class SignCount(Struct, frozen=True):
    """How many places of a text look like assignments, and what became of them.

    ``found`` is ``taken`` (a fact holds it) plus ``told`` (a warning names it) plus the counts of ``dismissed``.
    """

    found: int
    taken: int
    told: int
    dismissed: tuple[DismissedSigns, ...]


class Coverage(Struct, frozen=True):
    """How many code points the text has, how many a section or an item took, and which stretches were left out, and
    why.

    ``taken`` plus the lengths of ``left_out`` is ``characters``. The stretches never overlap.
    """

    characters: int
    taken: int
    left_out: tuple[LeftOut, ...]
    signs: SignCount


class Table(Struct, frozen=True):
    """A table of the source: for each row and each column, the place of the cell's words.

    ``name`` is the name of the sheet, else ``表1``; ``numbers`` are the row numbers in the file.  A merged cell has its
    place in every row and column that it covers; an empty cell has an empty place.
    """

    name: str
    numbers: tuple[int, ...]
    rows: tuple[tuple[Span, ...], ...]


class Plan(Struct, frozen=True):
    """One plan as read: the source text and every fact found in it.

    ``tables`` and ``pages`` (where each page begins) are what the text alone cannot hold; plain text has neither.
    """

    text: str
    document: Document
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    citations: tuple[Citation, ...]
    duties: tuple[Duty, ...]
    deadlines: tuple[Deadline, ...]
    units: tuple[Unit, ...]
    regulations: tuple[Regulation, ...]
    repairs: tuple[Repair, ...]
    warnings: tuple[PlanWarning, ...]
    coverage: Coverage
    tables: tuple[Table, ...] = ()
    pages: tuple[int, ...] = ()

    @property
    def not_read(self) -> int:
        """How many places that look like assignments or times were not read, as its coverage counts them."""
        return self.coverage.signs.told

    @property
    def left_out(self) -> int:
        """How many parts of the file its warnings name as left out."""
        return sum(warning.place is not None for warning in self.warnings)


def to_json(value: Any) -> Any:
    """The JSON of any object of the model: a struct becomes an object, a tuple an array, an enum its value."""
    kind = type(value)
    if kind is str or value is None or kind is int or kind is bool or kind is float:
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple | list):
        return [to_json(v) for v in value]
    if isinstance(value, Mapping):
        return {name: to_json(part) for name, part in value.items()}
    return {name: to_json(getattr(value, name)) for name in value.__struct_fields__}
