"""A staged reading: a file that was read and is not stored yet, as it is shown, corrected and stored.

1. `staged_card` makes the card of a plan: what was read, each warning, what was left out, the names that are in doubt.
2. `beside_stored` compares it with what the store holds now: what it would replace and change, and what keeps it from being
   stored. Nothing is written.
3. `stage` keeps a plan that was read from a file; `read_again` reads the kept file anew with other options, `store_kept`
   loads exactly the plan that was shown, by the rules of every load (`loaders.storing.load`).

Example: ``store_kept(shelf, store, kept, replace=False, allow_empty=False).created``.

Left to others: what is kept where (`api.loading.shelf`), addresses (`api.routes.readings`).
"""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from api.answers.chinese.messages import error_in_chinese, problem_code, proposed_by
from api.loading.shelf import GivenSource, KeptReading, ReadingShelf
from api.security.keys import Person
from graph.errors import DocumentConflict, WrongState, ZerenError
from graph.model import ParseOptions, Plan, to_json
from graph.stamps import utc_now
from graph.store.contract import ReadTransaction, Store
from loaders.children.pool import Readers
from loaders.plan import PARSER_VERSION, VOCABULARY_VERSION
from loaders.storing.card import make_card
from loaders.storing.comparison import Comparison, compare_plan, refusal
from loaders.storing.load import LoadReport, load_plan
from loaders.storing.rows import Rows, plan_rows

Answered = dict[str, Any]


def staged_card(plan: Plan) -> Answered:
    """The card of a plan by itself."""
    return {
        "document_id": plan.document.id,
        "card": to_json(make_card(plan)),
        "warnings": to_json(plan.warnings),
        "coverage": to_json(plan.coverage),
        "doubtful_names": _doubtful_names(plan),
    }


def _doubtful_names(plan: Plan) -> list[Answered]:
    """The names that could not be decided, with the first place of each and how many duties they have."""
    found = {unit.id: unit for unit in plan.units if unit.unresolved}
    duties = [*plan.duties, *(duty for item in plan.items for duty in item.duties)]
    counts = Counter(duty.unit.id for duty in duties)
    first = {duty.unit.id: duty for duty in reversed(duties)}
    return [
        {
            "name": unit.name,
            "candidates": list(unit.candidates),
            "duties": counts[key],
            "span": to_json(first[key].span) if key in first else None,
            "quote": first[key].quote if key in first else None,
        }
        for key, unit in found.items()
    ]


def beside_stored(plan: Plan, store: Store) -> Answered:
    """A plan beside what is stored now: ``changes`` for its card, and the comparison."""
    rows = plan_rows(plan, now=utc_now())
    obstacle: ZerenError | None = refusal(plan)

    def look(reading: ReadTransaction) -> tuple[bool, Comparison, ZerenError | None]:
        there = bool(reading.rows("load/stored-node/document", {"ids": [plan.document.id]}))
        return there, *_compared(reading, plan, rows)

    there, seen, conflict = store.read(look)
    obstacle = obstacle or conflict
    return {
        "changes": to_json(seen.changes) if seen.changes else None,
        "comparison": {
            "data_version": str(seen.data_version),
            "stored": plan.document.id if there else None,
            "replaces": list(seen.replaces),
            "unchanged": not seen.replaces and not seen.differences,
            "obstacle": told(obstacle) if obstacle else None,
        },
    }


def _compared(reading: ReadTransaction, plan: Plan, rows: Rows) -> tuple[Comparison, ZerenError | None]:
    try:
        return compare_plan(reading, plan, rows, replace=False), None
    except DocumentConflict as error:  # what it would replace if that is meant
        seen = compare_plan(reading, plan, rows, replace=True)
        return seen, error


def told(error: ZerenError) -> Answered:
    """Why something could not be done, for a card: the code of its problem, the words, what it names."""
    names = [one["id"] for one in proposed_by(error)]
    return {
        "code": problem_code(error),
        "detail": str(error),
        "detail_zh": error_in_chinese(error),
        "candidates": names,
    }


def staged_answer(shelf: ReadingShelf, store: Store, kept: KeptReading) -> Answered:
    """A reading as it is answered: while it is not stored, beside what is stored now."""
    made: Answered = {
        **summary(kept),
        "encoding": kept.encoding,
        "options": to_json(kept.options),
        "document_id": None,
        "card": None,
        "warnings": [],
        "coverage": None,
        "doubtful_names": [],
        "comparison": None,
        "report": kept.report,
        **(kept.card or {}),
    }
    if kept.state == "read" and made["card"]:
        beside = beside_stored(shelf.plan_of(kept), store)
        made["card"] = {**made["card"], "changes": beside["changes"]}
        made["comparison"] = beside["comparison"]
    return made


def summary(kept: KeptReading) -> Answered:
    """A reading in a list."""
    return {
        "id": kept.id,
        "state": kept.state,
        "name": kept.name,
        "bytes": kept.bytes,
        "who": kept.who,
        "job": kept.job,
        "created_at": kept.created_at,
        "expires_at": kept.expires_at,
        "title": kept.card["card"]["title"] if kept.card else None,
        "problem": kept.problem,
    }


def stage(shelf: ReadingShelf, source: GivenSource, options: ParseOptions, person: Person, plan: Plan) -> KeptReading:
    """Keep what was read of a file. Raises NoRoom."""
    return shelf.add(source, options, person, plan=plan, card=staged_card(plan))


def read_again(
    shelf: ReadingShelf,
    readers: Readers,
    kept: KeptReading,
    options: ParseOptions,
    encoding: str | None,
    *,
    gone: Callable[[], bool],
) -> KeptReading:
    """Read a kept file with these options in the place of those before. Raises the error of the reading, which changes nothing,
    and WrongState for what is not read, or changed meanwhile.
    """
    if kept.state != "read":
        raise WrongState(f"the reading {kept.id} is {kept.state}; expected one that is read and not stored.")
    source = shelf.source_of(kept)
    plan = readers.plan(GivenSource(source.body, source.name, encoding, source.is_text).job(options), gone=gone)
    return shelf.read_as(kept, plan, staged_card(plan), options, encoding)


def store_kept(
    shelf: ReadingShelf,
    store: Store,
    kept: KeptReading,
    *,
    replace: bool,
    allow_empty: bool,
    done: Callable[[LoadReport], None] = lambda report: None,
) -> LoadReport:
    """Load the plan of a reading, and call ``done`` when it is in the store; then the file is no longer kept. What is refused
    stays as it was. Raises like `loaders.storing.load.load_plan`, and WrongState.
    """
    shelf.move(kept.id, ("read",), "storing")
    try:
        plan = _of_this_version(shelf.find(kept.id), shelf)
        report = load_plan(plan, store, replace=replace, allow_empty=allow_empty, now=utc_now())
        done(report)
        shelf.move(kept.id, ("storing",), "stored", report=report_body(report), problem=None)
    except BaseException:
        with suppress(ZerenError):
            shelf.move(kept.id, ("storing",), "read")
        raise
    return report


def _of_this_version(kept: KeptReading, shelf: ReadingShelf) -> Plan:
    plan = shelf.plan_of(kept)
    versions = plan.document.parser_version, plan.document.vocabulary_version
    if versions != (PARSER_VERSION, VOCABULARY_VERSION):
        raise WrongState(
            f"the reading {kept.id} was read by another version ({versions[0]}, {versions[1]}); expected one by this, "
            f"{PARSER_VERSION}, {VOCABULARY_VERSION}. PATCH it with {{}}, so that it is read anew, and look at it again."
        )
    return plan


def report_body(report: LoadReport) -> Mapping[str, Any]:
    """The report of a load as it is answered."""
    return {**to_json(report), "data_version": str(report.data_version)}
