"""Looking up what a person points at: from a `Subject` to what it is in the data of now, with its words.

Order of steps: a place is cut out of the text; an item or a finding comes from the rows of its plan; a fact from the card of
its item or plan; a chain is that of an item, or one between two ends within a plan, with the words of every step; a plan, a unit and an instrument have a name alone.

Example: ``point_at(store, Subject("fact", "娄底市-娄发2017-4:s2.4-20|lead|市编办|1")).places`` are 牵头单位:市编办、市政府法制办。 and 市编办.

Left to others: finding it again later (`api.desk.relinking`).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from api.answers.chaining.chains import chain_answer, path_answer
from api.answers.chinese.labels import FACT_WORDS, RELATION_WORDS
from api.answers.findings import plan_findings
from api.answers.name_errors import NoSuchName
from api.answers.nesting import TEXTS, Evidence, Json
from api.answers.objects import document_answer, item_card, regulation_answer, unit_answer
from api.answers.references import ANYWHERE, resolve
from api.desk.subjects import (
    FINDING_SIGN,
    LONGEST_PLACE,
    TO_SIGN,
    PointedAt,
    Subject,
    SubjectKind,
    fingerprint_of,
    pointed_finding,
    pointed_item,
    pointed_place,
)
from graph.errors import ParameterError
from graph.findings.plan_rows import Place
from graph.store.contract import ReadTransaction, Row, Store

_FACTS = (
    "leads",
    "responsible",
    "cooperating",
    "supervising",
    "leaders",
    "deadlines",
    "citations",
    "tasks",
    "mentions",
)
_OF_PLAN = ("duties", "deadlines", "citations")
_NUMBERED = re.compile(r"-[dt]\d+$")  # a deadline or a task: <item>-t1


def point_at(store: Store, subject: Subject) -> PointedAt:
    """What ``subject`` is now. Raises NotFound for what is not there, ParameterError for what says no subject."""
    if subject.kind == "place":
        return store.read(lambda reading: _place(reading, subject))
    if not subject.id:
        raise ParameterError(f"parameter 'subject' is empty; expected the id of the {subject.kind}.")
    return _LOOKS[subject.kind](store, subject.id)


def _place(reading: ReadTransaction, subject: Subject) -> PointedAt:
    start, end = subject.start, subject.end
    if subject.document is None or start is None or end is None:
        raise ParameterError("parameter 'subject' is no place; expected document, start and end.")
    row = _head(reading, resolve(reading, "document", subject.document).id)
    text = TEXTS.get(reading, row["text_sha256"])
    if not 0 <= start < end <= len(text) or end - start > LONGEST_PLACE:
        raise ParameterError(
            f"parameter 'start' is {start} with end {end}; expected a place of 1 to {LONGEST_PLACE} characters within the "
            f"{len(text)} of {row['id']}."
        )
    return pointed_place(row, text, start, end)


def _head(reading: ReadTransaction, document: str) -> Row:
    return reading.rows("read/findings-document", {"document": document})[0]


def _item(store: Store, key: str) -> PointedAt:
    def work(reading: ReadTransaction) -> PointedAt:
        item = resolve(reading, "item", key).id
        plan = plan_findings(store, reading, reading.rows("read/item", {"item": item})[0]["document_id"]).plan
        return pointed_item(plan, next(row for row in plan.items if row["id"] == item))

    return store.read(work)


def _finding(store: Store, key: str) -> PointedAt:
    def work(reading: ReadTransaction) -> PointedAt | None:
        document = document_of_id(reading, key.partition(FINDING_SIGN)[0]) if FINDING_SIGN in key else None
        found = plan_findings(store, reading, document).findings if document else ()
        return next((pointed_finding(one) for one in found if one.id == key), None)

    return store.read(work) or _missing("finding (疑点)", key)


def document_of_id(reading: ReadTransaction, owner: str) -> str | None:
    """The plan with this id, or that of the item with this id."""
    for key in (owner, owner.rpartition(":")[0]):
        if key and reading.rows("read/document-by-id", {"ids": [key]}):
            return key
    return None


def _missing(what: str, key: str) -> PointedAt:
    raise NoSuchName(f'No {what} has the id "{key[:200]}". Expected an id as answers give it.')


def _fact(store: Store, key: str) -> PointedAt:
    owner = key.partition("|")[0] if "|" in key else _NUMBERED.sub("", key)

    def work(reading: ReadTransaction) -> tuple[Row, str, Json] | None:
        document = document_of_id(reading, owner)
        if document is None or document == owner:
            return None if document is None else (_head(reading, document), "", {})
        item = resolve(reading, "item", owner).id
        card = item_card(reading, item, Evidence.FULL)
        number = card["number"] if card["number"] is not None else card["label"] or ""
        return _head(reading, document), f"{number} {card['heading'] or ''}".strip(), card

    found = store.read(work)
    if found is None:
        return _missing("fact (事实)", key)
    head, heading, card = found
    kinds: tuple[str, ...] = _FACTS
    if not card:
        card, kinds = document_answer(store, head["id"], Evidence.FULL).body, _OF_PLAN
    for kind in kinds:
        for fact in card[kind]:
            if fact["id"] == key:
                return _pointed_fact(key, head, heading or "整个文件", kind, fact)
    return _missing("fact (事实)", key)


def _pointed_fact(key: str, head: Row, heading: str, kind: str, fact: Mapping[str, Any]) -> PointedAt:
    said = _said(kind, fact)
    places = tuple(_places(said, fact["evidence"]))
    words = "\n".join(place.quote for place in places)
    title, name = f"{heading}：{said}", head["title"] or head["id"]
    known = fingerprint_of(said, words)
    return PointedAt(Subject("fact", key), title, said, head["id"], name, head["text_sha256"], places, known)


def _said(kind: str, fact: Mapping[str, Any]) -> str:
    """``牵头 市编办``: what a fact says, in a few words."""
    guess = "（推定）" if fact.get("inferred") else ""
    if "role" in fact:
        named = fact.get("unit") or fact.get("official") or {}
        return f"{FACT_WORDS.get(fact['role'], '')} {named.get('name') or fact.get('as_written') or ''}{guess}".strip()
    if kind == "citations":
        return f"{RELATION_WORDS[fact['relation']]}《{fact['regulation']['title']}》{guess}"
    if kind == "deadlines":
        return f"时限 {fact.get('date') or ''}{guess}".strip()
    if kind == "mentions":
        return f"正文提及 {fact['unit']['name']}"
    if kind == "leaders":
        return f"负责人 {fact.get('as_written') or (fact.get('official') or {}).get('name') or ''}".strip()
    return "任务"


def _places(what: str, evidence: Mapping[str, Any] | None) -> Iterator[Place]:
    """The clause of a fact and its own words, as far as each has a place."""
    for span, quote in (("clause", "clause_quote"), ("span", "quote")):
        if evidence and evidence.get(span) and evidence.get(quote):
            start, end = evidence[span]
            yield Place("所在语句" if span == "clause" else what, start, end, evidence[quote])


def _chain(store: Store, key: str) -> PointedAt:
    start, sign, end = key.partition(TO_SIGN)
    if sign:
        return _chain_between(store, start.strip(), end.strip())
    item = _item(store, key)
    assert item.subject.id is not None
    assert item.document is not None
    chain = chain_answer(store, item.subject.id).body
    steps, places = _steps_of([*chain["upward"], *chain["downward"]], item.document)
    known = fingerprint_of("\n".join(steps), "\n".join(place.quote for place in places))
    title, said = f"{item.title}的链路", "；\n".join(dict.fromkeys(steps))
    subject = Subject("chain", item.subject.id)
    return PointedAt(subject, title, said, item.document, item.document_title, item.text_sha256, tuple(places), known)


def _steps_of(paths: Iterable[Mapping[str, Any]], document: str) -> tuple[list[str], list[Place]]:
    """Each path as its names, and the words of their steps in one plan."""
    steps: list[str] = []
    places: list[Place] = []
    for path in paths:
        steps.append(" → ".join(node["name"] or node["id"] for node in path["nodes"]))
        for step in path["steps"]:
            if step["evidence"]["document_id"] == document:
                # a clause says it for all its names
                places += [one for one in list(_places("链路的一步", step["evidence"]))[:1] if one not in places]
    return steps, places


def _chain_between(store: Store, start: str, end: str) -> PointedAt:
    """The chains from one thing to another that stay within one plan, that of the shortest; what is left out is said."""
    found = path_answer(store, start, end).body
    plans = [{step["evidence"]["document_id"] for step in path["steps"]} for path in found["items"]]
    document = next((next(iter(plan)) for plan in plans if len(plan) == 1), None)
    if document is None:
        met = "no chain leads" if not plans else "every chain passes through several plans"
        raise ParameterError(
            f"parameter 'subject': {met} from {start[:80]} to {end[:80]}; expected a chain within one plan."
        )
    kept = [path for path, plan in zip(found["items"], plans, strict=True) if plan == {document}]
    steps, places = _steps_of(kept, document)
    head = store.read(lambda reading: _head(reading, document))
    said = list(dict.fromkeys(steps))
    said += [f"另有 {len(plans) - len(kept)} 条链路在别的文件里，没有列出"] if len(kept) < len(plans) else []
    said += [] if found["complete"] else ["链路太多，只列出一部分"]
    ends = (found["from"], found["to"])
    names = [one["name"] or one["id"] for one in ends]
    subject = Subject("chain", TO_SIGN.join(f"{one['kind']}:{one['id']}" for one in ends))
    known = fingerprint_of("\n".join(steps), "\n".join(place.quote for place in places))
    title = f"从{names[0]}到{names[1]}的链路"
    name = head["title"] or head["id"]
    return PointedAt(subject, title, "；\n".join(said), document, name, head["text_sha256"], tuple(places), known)


def _document(store: Store, key: str) -> PointedAt:
    head = store.read(lambda reading: _head(reading, resolve(reading, "document", key).id))
    said = "，".join(word for word in (head["reference_number"], head["region"], head["issued_on"]) if word)
    title, subject = head["title"] or head["id"], Subject("document", head["id"])
    return PointedAt(subject, title, said, head["id"], title, head["text_sha256"], (), fingerprint_of(title, said))


def _unit(store: Store, key: str) -> PointedAt:
    card = unit_answer(store, key, ANYWHERE).body
    counts = {"lead": "牵头", "responsible": "责任", "cooperating": "配合", "supervising": "督导"}
    said = "，".join(f"{word} {card['counts'][role]} 项" for role, word in counts.items() if card["counts"][role])
    return _nowhere(Subject("unit", card["id"]), card["name"], said)


def _regulation(store: Store, key: str) -> PointedAt:
    card = regulation_answer(store, key, ANYWHERE).body
    said = f"{card['counts']['items']} 个事项引用"
    return _nowhere(Subject("regulation", card["id"]), f"《{card['title']}》", said)


def _nowhere(subject: Subject, title: str, said: str) -> PointedAt:
    """What is of no single plan, so without words of one."""
    return PointedAt(subject, title, said, None, "", None, (), fingerprint_of(title, said))


_LOOKS: Mapping[SubjectKind, Callable[[Store, str], PointedAt]] = {
    "item": _item,
    "finding": _finding,
    "fact": _fact,
    "chain": _chain,
    "document": _document,
    "unit": _unit,
    "regulation": _regulation,
}
