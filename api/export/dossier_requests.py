"""Dossiers on request: of a unit, a plan, or the answer to a question, read from one data version of a store.

Order of steps, in one `Store.read`: resolve the name; gather the plans, at most `MOST_PLANS` (the sheet 说明与口径 says what
is left out); choose their items; `api.export.dossier` makes the rows.

Example: ``unit_dossier(store, "市政府法制办", ANYWHERE, today)`` and then ``FILES["xlsx"].write(dossier)``.

Left to others: the rows (`api.export.dossier`), the files (`api.export.workbook`, `api.export.word_report`).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.answers.all_pages import PART, is_truncated
from api.answers.chinese.labels import chinese, left_out_said
from api.answers.findings import concerns, plan_findings
from api.answers.paging import Envelope
from api.answers.plan_window import PlanWindow, window
from api.answers.questions import Answer, card_of, find, run_question
from api.answers.references import ANYWHERE, Narrow, named_document, resolve
from api.export.contacts import dossier_without_contacts
from api.export.dossier import Chosen, Dossier, make_dossier
from api.export.list_sheets import sheet_of
from api.export.word_report import to_report
from api.export.workbook import to_workbook
from graph.library.cards import Card
from graph.library.question import Clock
from graph.store.contract import ReadTransaction, Row, Store

MOST_PLANS = 100
# behind it the words of a parameter say how to write it
_EXAMPLES = re.compile("，如|，写|：|；")


@dataclass(frozen=True, slots=True)
class File:
    """A kind of file: its media type, and the function that makes its bytes."""

    media: str
    make: Callable[[Dossier], bytes]

    def write(self, dossier: Dossier, *, contacts: bool = False) -> bytes:
        """The file, with contact persons and telephone numbers if ``contacts``."""
        return self.make(dossier if contacts else dossier_without_contacts(dossier))


_OFFICE = "application/vnd.openxmlformats-officedocument"
FILES: Mapping[str, File] = {
    "xlsx": File(f"{_OFFICE}.spreadsheetml.sheet", to_workbook),
    "docx": File(f"{_OFFICE}.wordprocessingml.document", to_report),
}


_OF_PLACE = {"region": "地区", "exact": "只看这个地方本身"}


def unit_dossier(store: Store, reference: str, narrow: Narrow, today: date) -> Answer:
    """All duties of a unit with times, instruments, words and findings; ``narrow.document`` limits it to one plan."""

    def work(reading: ReadTransaction) -> Answer:
        found = resolve(reading, "unit", reference, narrow)
        unit = reading.rows("read/unit", {"unit": found.id})[0]
        named = named_document(reading, narrow)
        only = None if named is None else named.id
        plans = PlanWindow([only]) if only is not None else window(reading, None, {"unit": found.id}, most=MOST_PLANS)
        chosen = [_of_unit(reading, store, key, found.id) for key in plans.ids]
        names = [unit["full_name"] or unit["name"], f"又称 {'、'.join(unit['aliases'])}" if unit["aliases"] else ""]
        about = [
            ("对象", f"单位 {unit['name']}（{'；'.join(filter(None, names))}），编号 {found.id}"),
            (
                "范围",
                "在单位栏列有该单位，或正文对其提出要求的事项，以及针对整个文件的职责。" + _left_out(plans.partial),
            ),
            *_made(reading, today),
        ]
        title = f"{unit['name']}责任审计底稿"
        return _answer(reading, make_dossier(title, title, about, chosen), "unit", found)

    return store.read(work)


def document_dossier(store: Store, reference: str, today: date) -> Answer:
    """All duties of a plan."""

    def work(reading: ReadTransaction) -> Answer:
        found = resolve(reading, "document", reference)
        met = plan_findings(store, reading, found.id)
        own = _own_duties(reading, found.id)
        chosen = [Chosen(met.plan, met.plan.leaves, own, met.findings)]
        name = met.plan.document["title"] or found.id
        about = [("对象", f"文件 {name}"), ("范围", "文件的全部事项。"), *_made(reading, today)]
        return _answer(
            reading,
            make_dossier(f"{name}责任审计底稿", f"{name}-审计底稿", about, chosen),
            "document",
            found,
        )

    return store.read(work)


def question_dossier(
    store: Store, name: str, parameters: Mapping[str, str], *, narrow: Narrow = ANYWHERE, clock: Clock
) -> Answer:
    """The answer to a question as a sheet 查询结果, with the items that its rows name."""
    find(name)
    card = card_of(name)

    def work(reading: ReadTransaction) -> Answer:
        body = run_question(_Same(store, reading), name, parameters, bounded=True, narrow=narrow, clock=clock)
        wanted = _named_items(body["items"])
        chosen = []
        for key in list(wanted)[:MOST_PLANS]:
            met = plan_findings(store, reading, key)
            leaves = [
                leaf for leaf in met.plan.leaves if {one["id"] for one in (leaf, *met.plan.above(leaf))} & wanted[key]
            ]
            ids = {leaf["id"] for leaf in leaves}
            doubts = [f for f in met.findings if f.hit.item is not None and f.hit.item["id"] in ids]
            chosen.append(Chosen(met.plan, leaves, [], doubts))
        given = "；".join(_condition(card, name, value) for name, value in parameters.items()) or "没有限定条件"
        counted = "；".join(f"{left_out_said(one['reason'])} {one['count']}" for one in body["left_out"])
        about = [
            ("问题", f"{card.number}. {card.question}"),
            ("条件", given),
            ("结果", _counted(body) + _left_out(len(wanted) > MOST_PLANS)),
            *(
                (label, words)
                for label, words in (
                    ("不包括", card.left_out),
                    ("未列入", counted),
                    ("读时注意", card.pitfalls),
                )
                if words
            ),
            *_made(reading, clock.today),
        ]
        sheet = sheet_of("查询结果", card.columns, body["items"])
        dossier = make_dossier(card.question, f"{name}-审计底稿{PART * is_truncated(body)}", about, chosen, sheet)
        return _answer(reading, dossier, None, None)

    return store.read(work)


def dossier_file(
    store: Store, kind: str, reference: str, parameters: Mapping[str, str], suffix: str, clock: Clock
) -> bytes:
    """The file of a dossier of the given kind (unit, document, question); ``suffix`` is xlsx or docx.

    ``parameters`` may have ``contacts`` beside those of a question.
    """
    contacts = parameters.get("contacts") == "true"
    parameters = {name: value for name, value in parameters.items() if name != "contacts"}
    narrow = Narrow(parameters.get("region"), parameters.get("document"), exact=parameters.get("exact") == "true")
    if kind == "unit":
        answer = unit_dossier(store, reference, narrow, clock.today)
    elif kind == "document":
        answer = document_dossier(store, reference, clock.today)
    else:
        answer = question_dossier(store, reference, parameters, clock=clock)
    return FILES[suffix].write(answer.body["dossier"], contacts=contacts)


class _Same:
    """A store whose reads all use one read in progress, so that everything asked through it has one data version."""

    def __init__(self, store: Store, reading: ReadTransaction) -> None:
        self._store, self._reading = store, reading

    def read(self, work: Callable[[ReadTransaction], Any]) -> Any:
        return work(self._reading)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def _of_unit(reading: ReadTransaction, store: Store, document: str, unit: str) -> Chosen:
    met = plan_findings(store, reading, document)
    plan = met.plan
    leaves = [
        leaf
        for leaf in plan.leaves
        if any(f["unit_id"] == unit for kind in (plan.duties, plan.mentions) for f in kind.get(leaf["id"], ()))
    ]
    own = [duty for duty in _own_duties(reading, document) if duty["unit_id"] == unit]
    doubts = [finding for finding in met.findings if concerns(plan, finding, unit)]
    return Chosen(plan, leaves, own, doubts, unit)


def _own_duties(reading: ReadTransaction, document: str) -> list[Row]:
    return reading.rows("read/document-duties", {"document": document})


def _named_items(rows: Iterable[Mapping[str, Any]]) -> dict[str, set[str]]:
    """The ids of the items that rows name, by document."""
    found: dict[str, set[str]] = {}
    for row in rows:
        item = row.get("item")
        if isinstance(item, Mapping) and item.get("id") and item.get("document_id"):
            found.setdefault(item["document_id"], set()).add(item["id"])
    return found


def _condition(card: Card, name: str, value: str) -> str:
    """A parameter in the words of its card, without the examples: ``截至哪一天：2017-12-31``, ``只看这种角色：牵头``."""
    words = card.parameters.get(name, _OF_PLACE.get(name, name))
    return f"{_EXAMPLES.split(words)[0]}：{chinese(name, value)}"


def _made(reading: ReadTransaction, today: date) -> list[tuple[str, str]]:
    return [("编制", f"{today.isoformat()} 由责任图谱按数据版本 {reading.data_version} 生成。")]


def _left_out(more: bool) -> str:
    return f"涉及的文件很多，只收前 {MOST_PLANS} 份。" if more else ""


def _counted(body: Envelope) -> str:
    more = "其后的未收入本表；请指定一份文件，或用命令行 zeren query 取全部。" if is_truncated(body) else ""
    return f"{'前 ' if more else ''}{len(body['items'])} 行。{more}"


def _answer(reading: ReadTransaction, dossier: Dossier, kind: str | None, found: Any) -> Answer:
    return Answer({"data_version": str(reading.data_version), "dossier": dossier}, kind, found)
