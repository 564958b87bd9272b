"""What a finding (疑点) is: a gap or conflict that a rule sees in a plan, with every place it rests on.

A rule looks at the rows of one plan and yields a `Hit` for each thing it objects to; with the rule's own words and the
document it becomes a `Finding`.  A finding is an inference: it names its rule, and each of its places holds the very
words of the source text.

Example: ``several-leads`` yields for item 20 of the sample a hit with the place of its line 牵头单位:市编办、市政府法制办。

Left to others: reading the rows (`graph.findings.plan_rows`), the rules (`graph.findings.rules`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from graph.findings.plan_rows import Place, PlanRows
from graph.model import UnitRef
from graph.store.contract import Row


class Severity(StrEnum):
    """How much hangs on it: high 高, medium 中, low 低."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Maturity(StrEnum):
    """How sure the rule is: stable 成熟 reads what the text states; trial 试行 also judges, a person should look."""

    STABLE = "stable"
    TRIAL = "trial"


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule met. ``item`` is the item it is about, None when it is about the document, a section or a unit.

    ``places`` holds the words, the telling one first; ``items`` those concerned; ``count`` how many things are meant
    (leads, places, missing items …); ``key`` tells hits of one rule on one owner apart.
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
    """One row of the table of rules. ``explanation``: when it fires and why it matters, in Chinese."""

    id: str
    title: str
    severity: Severity
    maturity: Maturity
    explanation: str
    find: Callable[[PlanRows], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit of a rule in a document. ``id`` is ``<item or document>|finding|<rule>``, with a key where one is needed."""

    id: str
    rule: FindingRule
    document: Row
    hit: Hit

    @property
    def item_start(self) -> int:
        """Where its item begins; -1 when it has none: those come first."""
        return -1 if self.hit.item is None else int(self.hit.item["start"])

    @property
    def fact_start(self) -> int:
        return self.hit.places[0].start if self.hit.places else -1
