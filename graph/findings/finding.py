"""What a finding (疑点) is: a gap or conflict that a rule finds in a plan, with every place it rests on.

A rule reads the rows of one plan and yields a `Hit` for each gap or conflict. With the texts of the rule and the
document, the hit becomes a `Finding`.  A finding is an inference: it names its rule, and each of its places has the
exact words of the source text.

Example: for item 20 of the sample, ``several-leads`` yields a hit with the place of the line 牵头单位:市编办、市政府法制办。

Left to others: reading the rows (`graph.findings.plan_rows`), the rules (`graph.findings.rules`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from graph.findings.plan_rows import Place, PlanRows
from graph.model import UnitRef
from graph.store.contract import Row


class Severity(StrEnum):
    """How serious a finding is: high 高, medium 中, low 低."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Maturity(StrEnum):
    """How reliable a rule is: stable 成熟 reads what the text states; trial 试行 also judges, so a person should check."""

    STABLE = "stable"
    TRIAL = "trial"


@dataclass(frozen=True, slots=True)
class Hit:
    """One gap or conflict. ``item`` is the item it concerns, or None if it concerns the document, a section or a unit.

    ``places`` has the words, the most telling place first; ``items`` the items concerned; ``count`` how many things are
    meant (leads, places, missing items …); ``key`` tells apart several hits of one rule on one owner.
    """

    message: str
    places: tuple[Place, ...]
    count: int
    item: Row | None = None
    items: tuple[Row, ...] = ()
    unit: UnitRef | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class FindingRule:
    """One row of the table of rules. ``explanation`` says in Chinese when the rule fires and why that matters."""

    id: str
    title: str
    severity: Severity
    maturity: Maturity
    explanation: str
    find: Callable[[PlanRows], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit of a rule in a document. ``id`` is ``<item or document>|finding|<rule>``, with a key if one is needed."""

    id: str
    rule: FindingRule
    document: Row
    hit: Hit

    @property
    def item_start(self) -> int:
        """Where the item begins; -1 without an item, so that such findings come first."""
        return -1 if self.hit.item is None else int(self.hit.item["start"])

    @property
    def fact_start(self) -> int:
        return self.hit.places[0].start if self.hit.places else -1
