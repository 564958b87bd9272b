"""The card of a load: what was read of a plan, what was doubtful or left out, and how it differs from what it replaces.

1. `make_card` counts what a plan states: items, duties by role, times by kind; warnings by kind with their first words, and what
   the file holds beside its text, by kind.
2. `plan_changes` compares the stored rows of a plan with those that take their place.  Items are compared by their place in the
   outline, duties by item, role and unit, so that another id of the document changes nothing.  Places do not count.

Example: item 20 is led by 市司法局 now and no more by 市编办: a duty is gained, one is lost.

Left to others: what is written (`loaders.storing.load`), showing a card (`api.cli.reading`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from graph.model import ROLE_OF, Correction, Plan
from loaders.files.omissions import OMITTED, told_count
from loaders.storing.rows import Properties, Rows
from loaders.structure.corrections import CORRECTED

SHOWN = 5
"""So many of the warnings of a kind are quoted, and so many omissions of a kind."""
LISTED = 100
"""So many items and duties of a difference are named; the counts have all."""
_FIRST = 60  # characters
_ITEM_SAYS = ("number", "heading", "body", "due_date", "timing_quote", "kind", "queryable")
_DUTY_SAYS = ("as_written", "position", "open_list", "inferred")


class WarningKind(Struct, frozen=True):
    """The warnings of one kind: how many, and the first words of the first of them."""

    code: str
    count: int
    words: tuple[str, ...]


class OmittedKind(Struct, frozen=True):
    """What the file holds and its text does not, of one kind: ``what`` says it in Chinese, ``places`` where and its words."""

    kind: str
    what: str
    count: int
    places: tuple[str, ...]


class ItemChange(Struct, frozen=True):
    """An item that was gained, lost or changed; ``differs`` are the properties that say something else. Where its date does,
    ``due_before`` and ``due_now`` are the dates.
    """

    id: str
    number: int | None
    heading: str
    differs: tuple[str, ...] = ()
    due_before: str | None = None
    due_now: str | None = None


class DutyChange(Struct, frozen=True):
    """A duty that was gained, lost or changed. ``item`` is None for one of the whole document."""

    item: str | None
    number: int | None
    role: str
    unit: str
    as_written: str
    differs: tuple[str, ...] = ()


class HeadChange(Struct, frozen=True):
    """A property of the document that says something else now; None: it said, or says, nothing."""

    name: str
    before: str | None
    now: str | None


class PlanChanges(Struct, frozen=True):
    """How a plan differs from the one it replaces: what was ``gained``, ``lost`` and ``changed``. ``counts`` has everything, each
    list at most `LISTED`.
    """

    counts: dict[str, dict[str, int]]
    head: tuple[HeadChange, ...]
    items: dict[str, tuple[ItemChange, ...]]
    duties: dict[str, tuple[DutyChange, ...]]


class LoadCard(Struct, frozen=True):
    """What was read of one plan. ``changes`` is None if it replaces nothing."""

    title: str
    reference_number: str | None
    issuers: tuple[str, ...]
    region: str
    issued_on: str | None
    corrections: tuple[Correction, ...]
    sections: int
    items: int
    duties: dict[str, int]
    times: dict[str, int]
    units: int
    citations: int
    not_read: int
    warnings: tuple[WarningKind, ...]
    omissions: tuple[OmittedKind, ...]
    changes: PlanChanges | None = None


def make_card(plan: Plan, changes: PlanChanges | None = None) -> LoadCard:
    """The card of a plan; ``items`` are those that questions look at."""
    document = plan.document
    borne = [*plan.duties, *(duty for item in plan.items for duty in item.duties)]
    duties = Counter(duty.role.value for duty in borne)
    return LoadCard(
        title=document.title,
        reference_number=document.reference_number,
        issuers=document.issuers,
        region=document.region,
        issued_on=document.issued_on,
        corrections=document.corrections,
        sections=len(plan.sections),
        items=sum(item.queryable for item in plan.items),
        duties={role.value: duties[role.value] for role in ROLE_OF.values()},
        times=dict(Counter(item.timing.kind.value for item in plan.items if item.queryable).most_common()),
        units=len(plan.units),
        citations=len(plan.citations) + sum(len(item.citations) for item in plan.items),
        not_read=plan.not_read,
        warnings=tuple(_warnings(plan)),
        omissions=tuple(_omissions(plan)),
        changes=changes,
    )


def _warnings(plan: Plan) -> Iterable[WarningKind]:
    """What the file left out is told apart."""
    kinds: dict[str, list[str]] = {}
    for warning in plan.warnings:
        if warning.code not in OMITTED:
            kinds.setdefault(warning.code, []).append(warning.message)
    for code, messages in kinds.items():
        yield WarningKind(code, len(messages), tuple(_first(words) for words in messages[:SHOWN]))


def _omissions(plan: Plan) -> Iterable[OmittedKind]:
    counts: Counter[str] = Counter()
    places: dict[str, list[str]] = {}
    for warning in plan.warnings:
        if warning.code in OMITTED:
            counts[warning.code] += told_count(warning.message)
            where = f"{warning.place or ''}{f'“{warning.words}”' if warning.words else ''}"
            places.setdefault(warning.code, []).extend([_first(where)] * bool(where))
    for kind, count in counts.items():
        yield OmittedKind(kind, OMITTED[kind], count, tuple(places[kind][:SHOWN]))


def _first(words: str) -> str:
    joined = " ".join(words.split())
    return joined if len(joined) <= _FIRST else f"{joined[:_FIRST]}…"


def plan_changes(before: Sequence[Rows], after: Rows) -> PlanChanges | None:
    """How the rows ``after`` differ from those that they replace; None if there are none."""
    replaced = [rows for rows in before if rows.nodes.get("Document")]
    if not replaced:
        return None
    old, new = _Said(replaced), _Said([after])
    items = _compare(old.items, new.items, _ITEM_SAYS)
    duties = _compare(old.duties, new.duties, _DUTY_SAYS)
    return PlanChanges(
        {
            kind: {how: len(keys) for how, keys in found.items()}
            for kind, found in (("items", items), ("duties", duties))
        },
        tuple(_head(replaced[0], after)),
        {how: tuple(_item(old, new, *key) for key in keys[:LISTED]) for how, keys in items.items()},
        {how: tuple(_duty(old, new, *key) for key in keys[:LISTED]) for how, keys in duties.items()},
    )


def _head(before: Rows, after: Rows) -> Iterable[HeadChange]:
    (old,), (new,) = (rows.nodes["Document"].values() for rows in (before, after))
    for name in CORRECTED:
        if old.get(name) != new.get(name):
            yield HeadChange(name, old.get(name), new.get(name))


class _Said:
    """What the rows of documents say: their items by their place in the outline, their duties by item, role and unit."""

    def __init__(self, parts: Sequence[Rows]) -> None:
        self.items: dict[tuple[str, ...], Properties] = {}
        self.duties: dict[tuple[str, ...], Properties] = {}
        for rows in parts:
            documents = rows.ids("Document")
            for key, item in rows.nodes.get("Item", {}).items():
                self.items[(_below(key, documents),)] = item
            for link in rows.relationships.values():
                if link.type in ROLE_OF:
                    owner = _below(link.to_id, documents)
                    unit = _below(link.from_id, documents)
                    self.duties[(owner, ROLE_OF[link.type].value, unit)] = {**link.properties, "unit": link.from_id}


def _below(key: str, documents: Iterable[str]) -> str:
    """An id without that of its document: ``娄底市-娄发2017-4:s2.4-20`` -> ``:s2.4-20``."""
    return next((key.removeprefix(one) for one in documents if key == one or key.startswith(f"{one}:")), key)


_Found = list[tuple[tuple[str, ...], tuple[str, ...]]]


def _compare(
    old: Mapping[tuple[str, ...], Properties], new: Mapping[tuple[str, ...], Properties], says: Sequence[str]
) -> dict[str, _Found]:
    changed = []
    for key in new:
        if key in old:
            differs = tuple(name for name in says if old[key].get(name) != new[key].get(name))
            changed += [(key, differs)] if differs else []
    return {
        "gained": [(key, ()) for key in new if key not in old],
        "lost": [(key, ()) for key in old if key not in new],
        "changed": changed,
    }


def _item(old: _Said, new: _Said, key: tuple[str, ...], differs: tuple[str, ...]) -> ItemChange:
    item = new.items.get(key) or old.items[key]
    dates = (old.items[key].get("due_date"), item.get("due_date")) if "due_date" in differs else (None, None)
    return ItemChange(item["id"], item.get("number"), item["heading"], differs, *dates)


def _duty(old: _Said, new: _Said, key: tuple[str, ...], differs: tuple[str, ...]) -> DutyChange:
    said, duty = (new, new.duties[key]) if key in new.duties else (old, old.duties[key])
    item = said.items.get(key[:1], {})
    return DutyChange(
        item.get("id"), item.get("number"), key[1], duty["unit"], duty.get("as_written") or duty["unit"], differs
    )
