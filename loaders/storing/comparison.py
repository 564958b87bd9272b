"""What a load of a plan would do to a store: what it is refused for, which documents give way to it, and how it differs.

1. `refusal` says why a plan cannot be loaded into any store: no text, no items, words that cannot be written.
2. `compare_plan` looks at one state of a store, inside one read: which stored documents are this plan
   (`loaders.storing.identity`), and the differences of its rows to theirs, with what people judged of its units.

Nothing is written. Example: ``store.read(lambda reading: compare_plan(reading, plan, rows, replace=False)).changes`` is None for a
plan of which nothing is stored.

Left to others: writing the differences (`loaders.storing.load`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import EmptyPlan, NoText, UnreadableSource, ZerenError
from graph.model import Plan
from graph.names import has_half_surrogate
from graph.store.contract import ReadTransaction
from loaders.gate.gate import pass_gate
from loaders.storing.aliases import renamed_ids
from loaders.storing.card import PlanChanges, plan_changes
from loaders.storing.differences import Differences, compare_rows, join_shared, read_stored
from loaders.storing.identity import conflicts
from loaders.storing.judgements import apply_judgements
from loaders.storing.rows import Rows, has_content


@dataclass(frozen=True, slots=True)
class Comparison:
    """A plan beside one version of the data: the ids of other documents that give way to it, what would be written, and what that
    means for a reader (None where it replaces nothing).
    """

    data_version: int
    replaces: list[str]
    differences: Differences
    changes: PlanChanges | None


def compare_plan(reading: ReadTransaction, plan: Plan, wanted: Rows, *, replace: bool) -> Comparison:
    """``plan``, of which ``wanted`` are the rows, beside what is stored. Raises DocumentConflict unless ``replace``."""
    others = conflicts(reading, plan, replace)
    return Comparison(reading.data_version, others, *compare_stored(reading, plan, wanted, others))


def compare_stored(
    reading: ReadTransaction, plan: Plan, wanted: Rows, others: Sequence[str]
) -> tuple[Differences, PlanChanges | None]:
    """The differences to what is stored under the id of the plan, and what changes in comparison with that and ``others``."""
    stored = read_stored(reading, plan.document.id, wanted)
    renamed = renamed_ids(reading, stored, wanted)
    rows = apply_judgements(reading, wanted, renamed)
    if rows is not wanted:  # it names other units
        stored = read_stored(reading, plan.document.id, rows)
    replaced = [stored, *(read_stored(reading, other) for other in others)]
    found = compare_rows(stored, join_shared(reading, stored, rows))
    found.renamed = renamed
    return found, plan_changes(replaced, rows)


def admitted(plan: Plan, allow_empty: bool = False) -> Plan:
    """The plan as a store takes it, behind the gate. Raises what `refusal` says, also where the gate leaves nothing."""
    _refuse(plan, allow_empty)
    plan = pass_gate(plan)
    _refuse(plan, allow_empty)
    return plan


def _refuse(plan: Plan, allow_empty: bool) -> None:
    refused = refusal(plan, allow_empty)
    if refused is not None:
        raise refused


def refusal(plan: Plan, allow_empty: bool = False) -> ZerenError | None:
    """Why a plan cannot be loaded into any store."""
    if not allow_empty and not plan.text.strip():
        beside = f"; {plan.left_out} other parts of it were left out (pictures, hidden text …)" if plan.left_out else ""
        return NoText(f"the file holds no text{beside}; nothing was loaded. If it is meant, use --allow-empty.")
    if not allow_empty and not has_content(plan):
        seems = (
            f"but {plan.not_read} places look like assignments that were not read"
            if plan.not_read
            else "so it seems to be no plan"
        )
        return EmptyPlan(
            f"the text holds no task item and no duty, {seems}; nothing was loaded. If it is meant, use --allow-empty."
        )
    if has_half_surrogate(plan.text):
        return UnreadableSource("the text holds half of a surrogate pair; expected text that can be written as UTF-8.")
    return None
