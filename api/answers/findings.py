"""Findings (疑点) as the service lists them: filtered, one page at a time, with their places and words.

Order of steps, in one read: resolve the given names; go through the documents that may have findings in the order of
their ids and run the rules over the rows of each (`graph.findings`); cut what passes the filters into pages.  A single
document is answered in full. Over all documents, a request reads a bounded number of them (`api.answers.plan_window`),
marks its total as ``gte`` and gives a cursor, so that its time is bounded however many plans are loaded.

Example: ``list_findings(store, rule="several-leads", page=PageRequest())`` has nine rows on the sample.

Left to others: the rules (`graph.findings`), the shapes of the rows (`api.schemas.findings`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from api.answers.all_pages import fetch_all
from api.answers.chinese.labels import code_of_word
from api.answers.nesting import Evidence, Json
from api.answers.paging import Listing, PageRequest, envelope
from api.answers.places import tell_unplaced
from api.answers.plan_window import ITEMS, PlanWindow, of_regions, window
from api.answers.questions import Answer
from api.answers.references import ANYWHERE, Narrow, named_document, resolve
from graph.errors import ParameterError
from graph.findings import RULE, Finding, PlanRows, Severity, read_plan_rows, run_rules
from graph.library.columns import OBJECTS
from graph.store.contract import ReadTransaction, Row, Store

KEPT_ITEMS = 2 * ITEMS  # of plans whose findings are kept at hand, for each store: those of two pages

# the columns that a person reads
HEADINGS = {
    "item.section.label": "部分",
    "item.number": "序号",
    "item.heading": "事项",
    "severity": "程度",
    "title": "疑点",
    "message": "发现",
    "evidence.quote": "原文",
}


@dataclass(frozen=True, slots=True)
class PlanFindings:
    """A plan with its findings, as of one data version."""

    version: int
    plan: PlanRows
    findings: list[Finding]


_KEPT: WeakKeyDictionary[Store, dict[str, PlanFindings]] = WeakKeyDictionary()


def plan_findings(store: Store, reading: ReadTransaction, document: str) -> PlanFindings:
    """The findings on a document of ``store``. Those of the last documents are cached until the data changes."""
    known = _KEPT.setdefault(store, {})
    met = known.get(document)
    if met is None or met.version != reading.data_version:
        plan = read_plan_rows(reading, document)
        met = PlanFindings(reading.data_version, plan, run_rules(plan))
        known.pop(document, None)
        known[document] = met
        kept = sum(len(one.plan.items) for one in list(known.values()))
        for old in list(known)[:-1]:
            if kept <= KEPT_ITEMS:
                break
            gone = known.pop(old, None)
            kept -= len(gone.plan.items) if gone else 0
    return met


def list_findings(
    store: Store,
    *,
    rule: str | None = None,
    severity: str | None = None,
    unit: str | None = None,
    narrow: Narrow = ANYWHERE,
    page: PageRequest,
    evidence: Evidence = Evidence.FULL,
) -> Answer:
    """The findings that pass every given filter. ``unit``: about this unit, or on an item that names it.

    Raises ParameterError for an unknown rule or severity, UnknownReference for an unknown name.
    """
    severity = code_of_word("severity", severity)
    _known("rule", rule, list(RULE))
    _known("severity", severity, [s.value for s in Severity])

    def work(reading: ReadTransaction) -> Answer:
        document = named_document(reading, narrow)
        of_unit = None if unit is None else resolve(reading, "unit", unit, narrow).id
        named = None if document is None else document.id
        filters = {"document": named, "rule": rule, "severity": severity, "unit": of_unit}
        # the place of a unit is that of its name
        regions = narrow.regions(reading) if unit is None else None
        mark = filters | narrow.place
        counts = dict.fromkeys(RULE, 0)

        def fetch(keys: Mapping[str, Any]) -> Listing:
            return _walk(store, reading, filters, regions, keys, counts)

        body = envelope(
            reading, page, ("findings", mark), fetch, lambda rows: [finding_row(r["made"], evidence) for r in rows]
        )
        body["rules"] = [_rule_row(key, count) for key, count in counts.items() if rule in (None, key)]
        if document is None:
            body = tell_unplaced(reading, body, regions, page)
        return Answer(body, "document", document)

    return store.read(work)


def every_finding(store: Store, filters: Mapping[str, str], default_region: str | None) -> Json:
    """All findings that pass the filters, in one envelope."""
    narrow = Narrow(filters.get("region"), filters.get("document"), default_region, filters.get("exact") == "true")
    rule, severity, unit = (filters.get(key) for key in ("rule", "severity", "unit"))
    return fetch_all(
        lambda page: list_findings(store, rule=rule, severity=severity, unit=unit, narrow=narrow, page=page).body
    )


def item_findings(store: Store, reading: ReadTransaction, document: str, item: str, evidence: Evidence) -> list[Json]:
    """The findings on one item, without those on its parts."""
    found = plan_findings(store, reading, document).findings
    return [finding_row(f, evidence) for f in found if f.hit.item is not None and f.hit.item["id"] == item]


def count_findings(store: Store, reading: ReadTransaction, document: str) -> dict[str, int]:
    """How many findings a document has, by severity."""
    found = plan_findings(store, reading, document).findings
    return {s.value: sum(f.rule.severity is s for f in found) for s in Severity}


def _walk(
    store: Store,
    reading: ReadTransaction,
    filters: Mapping[str, str | None],
    regions: list[str] | None,
    keys: Mapping[str, Any],
    counts: dict[str, int],
) -> Listing:
    """The rows after the cursor, one more than the page takes if there are more. ``counts`` counts the findings by
    rule.
    """
    after = keys["after"]
    named = filters["document"]
    plans = (
        PlanWindow(of_regions(reading, [named], regions))
        if named
        else window(reading, after, {"unit": filters["unit"], "regions": regions}, items=ITEMS)
    )
    rows: list[Row] = []
    total = 0
    for document in plans.ids:
        for finding in _fitting(plan_findings(store, reading, document), filters):
            counts[finding.rule.id] += 1
            total += 1
            row = _keys(finding)
            if after is None or _order(row) > (after["document"], after["item"], after["fact"], after["id"]):
                rows.append(row)
    return Listing(rows[: keys["limit"]], total, least=plans.partial, resume=plans.resume)


def _fitting(met: PlanFindings, filters: Mapping[str, str | None]) -> Iterator[Finding]:
    rule, severity, unit = filters["rule"], filters["severity"], filters["unit"]
    for finding in met.findings:
        fits = rule in (None, finding.rule.id) and severity in (None, finding.rule.severity.value)
        if fits and (unit is None or concerns(met.plan, finding, unit)):
            yield finding


def concerns(plan: PlanRows, finding: Finding, unit: str) -> bool:
    """Whether a finding is about a unit, or on an item that gives the unit a duty or demands something of it."""
    if finding.hit.unit is not None:
        return finding.hit.unit.id == unit
    if finding.hit.item is None:
        return False
    return any(
        fact["unit_id"] == unit
        for leaf in (finding.hit.item, *plan.leaves_of(finding.hit.item))
        for kind in (plan.duties, plan.mentions)
        for fact in kind.get(leaf["id"], ())
    )


def finding_row(finding: Finding, evidence: Evidence) -> Json:
    """A finding as JSON: the texts of its rule, its hit, and every place. ``evidence`` is the most telling place."""
    hit, rule, document = finding.hit, finding.rule, finding.document
    full, none = evidence is Evidence.FULL, evidence is Evidence.NONE
    places = [{"what": p.what, "span": [p.start, p.end]} | ({"quote": p.quote} if full else {}) for p in hit.places]
    proof: Json | None = {"document_id": document["id"], "text_sha256": document["text_sha256"], "span": None}
    if places:
        proof = {**(proof or {}), **{key: value for key, value in places[0].items() if key != "what"}}
    return {
        "id": finding.id,
        "rule": rule.id,
        "severity": rule.severity.value,
        "maturity": rule.maturity.value,
        "title": rule.title,
        "message": hit.message,
        "explanation": rule.explanation,
        "count": hit.count,
        "unit": None if hit.unit is None else {"id": hit.unit.id, "name": hit.unit.name},
        "item": None if hit.item is None else _item(hit.item, document["id"]),
        "items": [{key: item[key] for key in ("id", "number", "heading")} for item in hit.items],
        "document": {"id": document["id"], "title": document["title"]},
        "inferred": True,
        "because": [] if none else [place["span"] for place in places],
        "places": [] if none else places,
        "evidence": None if none else proof,
    }


def _item(item: Row, document: str) -> Json:
    made = {key: item[key] for key in ("id", "number", "label", "heading")}
    if item["part"] is not None:
        made["part"] = item["part"]
    section = {key: item[f"section_{key}"] for key in OBJECTS["section"]}
    return made | {"document_id": document, "section": section}


def _rule_row(key: str, count: int) -> Json:
    rule = RULE[key]
    return {
        "id": rule.id,
        "title": rule.title,
        "severity": rule.severity.value,
        "maturity": rule.maturity.value,
        "explanation": rule.explanation,
        "count": count,
    }


def _keys(finding: Finding) -> Row:
    return {
        "document_id": finding.document["id"],
        "item_start": finding.item_start,
        "fact_start": finding.fact_start,
        "id": finding.id,
        "made": finding,
    }


def _order(row: Row) -> tuple[str, int, int, str]:
    return row["document_id"], row["item_start"], row["fact_start"], row["id"]


def _known(name: str, given: str | None, words: Sequence[str]) -> None:
    if given is not None and given not in words:
        raise ParameterError(f"parameter {name!r} is {given[:80]!r}; expected one of {', '.join(words)}.")
