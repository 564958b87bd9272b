"""The answer to a composed question: items with the words that make them fit, their number by groups, or a choice of places.

Order of steps: if a name of the question belongs to several places, count the items of each and offer the places, but where
one alone has any, answer with that and say which others have none; if the items are to be counted by something, count them;
else read a page of them, and lay its rows out as rows of a question of the library.  ``query`` says what was asked: in Chinese, as it is written, where it is answered.

Example: 市编办牵头的、2018年底前到期的 has ``query.says`` 由市编办牵头，且2018-12-31以前到期.

Left to others: the query (`api.asking.compose`), running it (`api.answers.conditions`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from api.answers.conditions import count_by_conditions, group_by_condition, list_by_conditions
from api.answers.left_out import address_of_items
from api.answers.nesting import Evidence, Json
from api.answers.paging import Envelope, PageRequest
from api.answers.questions import Answer
from api.answers.references import Narrow
from api.asking.compose import ComposedQuestion
from graph.conditions.query import And, Query, condition, one_holds, parse_where, written
from graph.store.contract import ReadTransaction, Store

GROUP_WORDS = {
    "section": "部分",
    "document": "文件",
    "lead": "牵头单位",
    "responsible": "责任单位",
    "cooperating": "配合单位",
    "supervising": "督导单位",
    "bearer": "单位",
    "regulation": "法规与文件",
    "year": "年份",
    "month": "月份",
    "date": "日期",
}
_CONDITIONS = {
    **{role: role for role in ("lead", "responsible", "cooperating", "supervising")},
    **{"bearer": "bears", "regulation": "cites", "section": "in-section"},
}
"""By what items are counted → the condition that an item of a group meets."""

_HEADINGS = {
    "item.number": "序号",
    "item.heading": "事项",
    "leads": "牵头单位",
    "due.date": "期限",
    "met": "符合的条件",
}
_WHO = {"responsible": "责任单位", "cooperating": "配合单位", "supervising": "督导单位"}


def narrowed(composed: ComposedQuestion, narrow: Narrow) -> Narrow:
    """Where the question looks: the plan and the place that it names, else those of the caller."""
    document = composed.document.id if composed.document is not None else narrow.document
    return replace(narrow, region=composed.region or narrow.region, document=document)


def answer_composed(
    store: Store, composed: ComposedQuestion, *, page: PageRequest, evidence: Evidence, narrow: Narrow
) -> Answer:
    """The envelope of the answer, with ``columns``, ``headings`` and ``query``."""
    within = narrowed(composed, narrow)
    elsewhere: list[str] = []
    query, *others = composed.places
    if others:
        counted = {region: count_by_conditions(store, one, narrow=within) for region, one in composed.queries.items()}
        some = [region for region, body in counted.items() if body["total"] != {"value": 0, "relation": "eq"}]
        if len(some) != 1:
            return _places(store, composed, counted, within)
        query = composed.queries[some[0]]
        elsewhere = [region for region in counted if region is not None and region != some[0]]
    answer = _of_one(store, composed, query, within, page=page, evidence=evidence)
    answer.body["query"]["elsewhere"] = elsewhere
    return answer


def _of_one(
    store: Store, composed: ComposedQuestion, query: Query, within: Narrow, *, page: PageRequest, evidence: Evidence
) -> Answer:
    """The items, or their groups, that one query finds."""
    by = "regulation" if composed.shows == "regulations" else composed.by
    if by is not None:
        return _groups(store, composed, query, by, within)
    answer = list_by_conditions(store, query, narrow=within, page=page, evidence=evidence)
    bearers = _bearers(store, answer.body["items"]) if composed.shows == "who" else {}
    answer.body["items"] = [_row(row, bearers.get(row["id"], {})) for row in answer.body["items"]]
    headings = {**_HEADINGS, **(_WHO if bearers else {})}
    return _with_query(answer, composed, within, headings, None)


def _with_query(
    answer: Answer, composed: ComposedQuestion, within: Narrow, headings: Mapping[str, str], by: str | None
) -> Answer:
    body = answer.body
    body["query"] = {
        **body["query"],
        "shows": composed.shows,
        "by": by,
        "document": within.document,
        "region": within.region,
        "url": address_of_items(body["query"]["where"], _given(within), by),
        "elsewhere": [],
    }
    body["columns"] = list(headings)
    body["headings"] = dict(headings)
    return answer


def _given(within: Narrow) -> dict[str, Any]:
    return {"document": within.document, **within.place}


def _groups(store: Store, composed: ComposedQuestion, query: Query, by: str, within: Narrow) -> Answer:
    answer = group_by_condition(store, query, by, narrow=within)
    rows = sorted(answer.body["items"], key=lambda row: row["name"] is None)  # the items of none stand last
    where = answer.body["query"]["where"]
    answer.body["items"] = [
        {**row, "name": row["name"] or "没有的", **_address_of_group(by, row["id"], where, within)} for row in rows
    ]
    return _with_query(answer, composed, within, {"name": GROUP_WORDS[by], "items": "事项数"}, by)


def _address_of_group(by: str, key: str | None, where: str, within: Narrow) -> dict[str, str]:
    """Where the items of one group are listed, if a condition says what makes the group."""
    if key is None:
        return {}
    if by == "document":
        return {"url": address_of_items(where, {**_given(within), "document": key})}
    if by not in _CONDITIONS:
        return {}
    asked = [parse_where(where)] if where else []
    return {"url": address_of_items(written(And((*asked, condition(_CONDITIONS[by], key)))), _given(within))}


def _places(store: Store, composed: ComposedQuestion, counted: Mapping[str | None, Envelope], within: Narrow) -> Answer:
    """The number of items of each place, with what it leaves out; the reader chooses one. The query is that of all places."""

    rows = []
    said: dict[str, Any] = {}
    for region, body in counted.items():
        said = {name: body["query"][name] for name in ("says", "parts")}
        where, total = body["query"]["where"], body["total"]
        row = {"id": region, "name": region, "items": total["value"], "relation": total["relation"], "where": where}
        url = address_of_items(where, _given(within), composed.by)
        rows.append({**row, "left_out": body["left_out"], "url": url})
    every = one_holds(composed.places)
    body = list_by_conditions(store, every, narrow=within, page=PageRequest(1), evidence=Evidence.NONE).body
    body["query"] |= said  # the places differ in nothing but their units, so it is said once
    body.update(items=rows, next=None, total={"value": len(rows), "relation": "eq"})
    return _with_query(Answer(body), composed, within, {"name": "地方", "items": "事项数"}, None)


def _row(row: Json, bearers: Mapping[str, Sequence[str]]) -> Json:
    """An item as the row of an answer: the item, who leads it, when it is due, which conditions it meets, by which words."""
    item = {key: row[key] for key in ("id", "number", "label", "heading", "document_id", "document_title", "section")}
    proof = next((why["evidence"] for why in row["why"] if why["evidence"] is not None), row["evidence"])
    return {
        "id": row["id"],
        "item": item,
        "leads": [lead["name"] for lead in row["leads"]],
        **{role: list(bearers.get(role, ())) for role in (_WHO if bearers else ())},
        "due": row["due"],
        "timing": row["timing"],
        "ongoing": row["ongoing"],
        "met": "；".join(dict.fromkeys(why["says"] for why in row["why"])),
        "why": row["why"],
        "evidence": proof,
    }


def _bearers(store: Store, rows: Sequence[Json]) -> dict[str, dict[str, list[str]]]:
    """Item → role → the names of its units, in the order of the text."""
    plans = sorted({row["document_id"] for row in rows})

    def work(reading: ReadTransaction) -> dict[str, dict[str, list[str]]]:
        found: dict[str, dict[str, list[str]]] = {}
        for row in reading.rows("read/bearers", {"documents": plans}):
            named = found.setdefault(row["duty_of"], {}).setdefault(row["role"], [])
            if row["unit_name"] not in named:
                named.append(row["unit_name"])
        return found

    return store.read(work)


def describe_asked(body: Mapping[str, Any], composed: ComposedQuestion, plan: str | None) -> str:
    """读作：由市编办牵头，且2018-12-31以前到期的事项，共 1 项。"""
    query = body["query"]
    where = [f"文件：《{plan}》"] if plan else []
    where += [f"地区：{query['region']}"] if query["region"] else []
    if len(composed.queries) == 1:
        where += [f"单位所在：{'、'.join(composed.unit_places)}"] if composed.unit_places else []
    elif query["elsewhere"]:
        there = next(region for region in composed.queries if region not in query["elsewhere"])
        where += [f"单位所在：{there}；{'、'.join(query['elsewhere'])}也有叫这个名称的单位，没有这样的事项"]
    said = f"读作：{query['says']}" + (f"（{'；'.join(where)}）" if where else "")
    if len(composed.queries) > 1 and not query["elsewhere"]:
        return f"{said}，{len(composed.queries)} 个地方有叫这个名称的单位，分列如下，请选一处。"
    if query["by"]:
        return f"{said}，按{GROUP_WORDS[query['by']]}分别计数。"
    least = "至少 " if body["total"]["relation"] == "gte" else ""
    return f"{said}，共 {least}{body['total']['value']} 项。"
