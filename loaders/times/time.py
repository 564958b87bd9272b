"""Time: the value of a time phrase, the same for every construct.

>>> Time(TimingKind.DATED, (0, 7), "2018-12-31").moved(3).span
(3, 10)

Left to others: recognising times (`loaders.times.clauses`, `loaders.times.bodies`), deadlines (`loaders.facts.deadlines`).
"""

from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from graph.model import Precision, Span, TimingKind


class Issue(NamedTuple):
    """When a plan was issued, as far as it says so: what has no year of its own is of that year, or of the one ``stated``
    before it in its sentence."""

    year: int | None = None
    month: int | None = None
    stated: int | None = None


class Time(Struct, frozen=True):
    """One time; ``span`` in the text given.

    A dated one has its last day and how exact it is; ``assumed``: the year is that of issue. One that comes back has an RFC
    5545 rule, unless it only says that it does (定期). A length counts ``unit`` (日, 工作日, 个月 …) from ``anchor``, the event
    as written. ``why`` says of one that was not read what is missing (`loaders.times.clauses`).
    """

    kind: TimingKind
    span: Span
    date: str | None = None
    precision: Precision | None = None
    assumed: bool = False
    conditional: bool = False
    hedge: str | None = None
    rule: str | None = None
    length: int | None = None
    unit: str | None = None
    anchor: str | None = None
    why: str | None = None
    closed: bool = True  # something ends with it: 前, 底, 内

    def moved(self, by: int) -> "Time":
        """The same time in a text in which it stands ``by`` further."""
        return replace(self, span=(self.span[0] + by, self.span[1] + by))
