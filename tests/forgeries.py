"""What a hand can do to a store beside the loads: each kind once, as Cypher, with what the check calls it.

The store holds `PLANS`; the parameters of the statements are ids of the first plan (`ids_of`). ``mended``: what a repair is to do, of what is
not wrong with the store, or only a person knows, it leaves the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.model import Plan
from graph.store.contract import Store
from graph.store.embedded.store import EmbeddedStore
from loaders.files.source import Source
from loaders.plan import parse_plan
from loaders.storing.load import load_plan

NOW = "2026-11-23T08:00:00+00:00"

_TEXT = """{city}人民政府文件

{city[0]}政发〔2018〕6号

{city}人民政府
关于印发《{city}政务服务改革实施方案》的通知

各县市区人民政府,市直各单位:

现将《{city}政务服务改革实施方案》印发给你们,请认真贯彻执行。

{city}人民政府
2018年3月1日

{city}政务服务改革实施方案

一、主要任务

1.编制事项清单。落实《湖南省行政程序规定》,编制并公布政务服务事项清单{target}。

牵头单位:市编办、市政府法制办。

责任单位:市司法局、市财政局。

完成时限:2018年年底前完成。

2.推进网上办理。2018年6月底前开通网上办事大厅。

牵头单位:市政府办。

责任单位:市司法局。

完成时限:2019年年底前完成。
"""


def text_of(city: str, target: str = "") -> str:
    """The plan of a city with two items, of which the first has a ``target``."""
    return _TEXT.replace("{city}", city).replace("{city[0]}", city[0]).replace("{target}", target)


def plans_to_forge() -> tuple[Plan, Plan]:
    """Two plans that share an instrument."""
    first, second = (
        parse_plan(Source(text_of(city, "，办结率达到95%以上"), name="plan.txt")) for city in ("临江市", "望海市")
    )
    return first, second


@dataclass(frozen=True, slots=True)
class Forgery:
    """``codes``: what the check must name. ``mended``: a repair leaves nothing of it."""

    name: str
    statement: str
    codes: tuple[str, ...]
    mended: bool = True
    foreign: bool = False


def _f(name: str, statement: str, *codes: str, mended: bool = True, foreign: bool = False) -> Forgery:
    return Forgery(name, statement, codes, mended, foreign)


_COPY = "MATCH (i:Item {id: $item}) CREATE (j:Item) SET j = i {.*, id: $new} "
FORGERIES: tuple[Forgery, ...] = (
    # what is not there by any document
    _f("a copied item", _COPY, "orphan"),
    _f(
        "an item copied with its lead",
        _COPY + "WITH j MATCH (u:Unit {id: $unit})-[r:LEADS]->(:Item {id: $item}) CREATE (u)-[n:LEADS]->(j) "
        "SET n = r {.*, id: $new + '|lead|x|1', page: r.page + 'x'}",
        "added-node",
        "added-relationship",
    ),
    _f(
        "an item copied into the section",
        _COPY + "WITH j MATCH (s:Section {id: $section}) CREATE (s)-[:HAS_ITEM {position: 9}]->(j)",
        "added-node",
        "added-relationship",
    ),
    _f("an item with nothing but an id", "CREATE (:Item {id: $new})", "crude-node"),
    _f("an item without an id", "CREATE (:Item {heading: '伪造'})", "nameless-node"),
    _f(
        "a unit without an id that leads",
        "MATCH (i:Item {id: $item}) CREATE (:Unit {name: '市伪造局'})-[:LEADS {id: $new}]->(i)",
        "nameless-node",
        "added-relationship",
    ),
    _f("a unit that nobody names", "CREATE (:Unit {id: $new, name: '市伪造局'})", "orphan"),
    _f(
        "a unit with a duty by hand",
        "MATCH (i:Item {id: $item}) CREATE (:Unit {id: $new, name: '市伪造局', region: '临江市'})"
        "-[:LEADS {id: $new, quote: '市伪造局', start: 1, end: 5}]->(i)",
        "added-node",
        "added-relationship",
    ),
    _f("an instrument that nobody cites", "CREATE (:Regulation {id: $new, title: '伪造办法'})", "orphan"),
    _f("an official that nobody names", "CREATE (:Official {id: $new, name: '伪造'})", "orphan"),
    _f(
        "a deadline that hangs on nothing", "CREATE (:Deadline {id: $new, kind: 'default', start: 1, end: 2})", "orphan"
    ),
    _f(
        "a deadline by hand",
        "MATCH (i:Item {id: $item}) "
        "CREATE (i)-[:HAS_DEADLINE]->(:Deadline {id: $new, kind: 'default', date: '2030-12-31', start: 1, end: 2})",
        "added-node",
        "added-relationship",
    ),
    _f(
        "a task by hand",
        "MATCH (i:Item {id: $item}) CREATE (i)-[:HAS_TASK {position: 1}]->(:Task {id: $new, quote: '伪', start: 1, end: 2})",
        "added-node",
        "added-relationship",
    ),
    _f(
        "a section by hand",
        "MATCH (d:Document {id: $document}) CREATE (d)-[:HAS_SECTION {position: 7}]->(:Section {id: $new, title: '伪造'})",
        "added-node",
        "added-relationship",
    ),
    _f("a text of no document", "CREATE (:SourceText {id: $new, text: '伪造'})", "orphan"),
    _f("a document without a text", "CREATE (:Document {id: $new, title: '伪造'})", "text-missing", mended=False),
    _f(
        "a document copied with its text",
        "MATCH (d:Document {id: $document})-[:HAS_TEXT]->(t) CREATE (c:Document)-[:HAS_TEXT {position: 1}]->(t) "
        "SET c = d {.*, id: $new}",
        "wrong-document-id",
    ),
    # relationships between nodes that are there
    _f(
        "a duty between nodes that are there",
        "MATCH (u:Unit {id: $unit}), (i:Item {id: $other_item}) CREATE (u)-[:LEADS {id: $new, quote: '市编办', start: 1, end: 4}]->(i)",
        "added-relationship",
    ),
    _f(
        "a duty without any property",
        "MATCH (u:Unit {id: $unit}), (i:Item {id: $other_item}) CREATE (u)-[:LEADS]->(i)",
        "added-relationship",
    ),
    _f(
        "a duty of a unit of another city",
        "MATCH (u:Unit {id: $far}), (i:Item {id: $item}) CREATE (u)-[:SUPERVISES {id: $new, start: 1, end: 4}]->(i)",
        "added-relationship",
    ),
    _f(
        "a citation by hand",
        "MATCH (i:Item {id: $other_item}), (r:Regulation {id: $regulation}) CREATE (i)-[:CITES {id: $new, relation: 'basis'}]->(r)",
        "added-relationship",
    ),
    _f(
        "an item that hangs twice on its section",
        "MATCH (s:Section {id: $section}), (i:Item {id: $item}) CREATE (s)-[:HAS_ITEM {position: 1}]->(i)",
        "doubled-relationship",
    ),
    _f(
        "a lead from an item to an item",
        "MATCH (i:Item {id: $item}), (j:Item {id: $other_item}) CREATE (i)-[:LEADS {id: $new}]->(j)",
        "wrong-ends",
    ),
    _f(
        "an item under a unit",
        "MATCH (u:Unit {id: $unit}), (i:Item {id: $item}) CREATE (u)-[:HAS_ITEM {position: 1}]->(i)",
        "wrong-ends",
    ),
    _f(
        "a unit that belongs to another by hand",
        "MATCH (u:Unit {id: $unit}), (o:Unit {id: $far}) CREATE (u)-[:PART_OF {source: '手工'}]->(o)",
        "unplanned-relationship",
    ),
    # what was taken away
    _f("a lead taken away", "MATCH (:Unit)-[r:LEADS {id: $lead}]->() DELETE r", "missing-relationship"),
    _f("an item taken away", "MATCH (i:Item {id: $item}) DETACH DELETE i", "missing-node", "missing-relationship"),
    _f("a unit taken away", "MATCH (u:Unit {id: $unit}) DETACH DELETE u", "missing-node", "missing-relationship"),
    _f("a text cut off", "MATCH (:Document {id: $document})-[r:HAS_TEXT]->() DELETE r", "text-missing"),
    # what was changed
    _f("a heading changed", "MATCH (i:Item {id: $item}) SET i.heading = '编制权力清单'", "changed-value"),
    _f("a date changed", "MATCH (d:Deadline {id: $deadline}) SET d.date = '2030-12-31'", "changed-value"),
    _f("the quote of a lead changed", "MATCH ()-[r:LEADS {id: $lead}]->() SET r.quote = '市审计局'", "changed-value"),
    _f("a property too many", "MATCH (d:Deadline {id: $deadline}) SET d.hedge = '争取'", "added-property"),
    _f("a property taken away", "MATCH (d:Deadline {id: $deadline}) SET d.date = null", "missing-property"),
    _f(
        "a place beyond the text",
        "MATCH ()-[r:LEADS {id: $lead}]->() SET r.start = 90000, r.end = 90004",
        "changed-place",
    ),
    _f("a place taken away", "MATCH (i:Item {id: $item}) SET i.start = null, i.end = null", "changed-place"),
    _f("a place that is a text", "MATCH (i:Item {id: $item}) SET i.start = '一'", "wrong-type"),
    _f("a heading that is a list", "MATCH (i:Item {id: $item}) SET i.heading = ['伪', '造']", "wrong-type"),
    _f("a name that is a number", "MATCH (u:Unit {id: $unit}) SET u.name = 7", "wrong-type"),
    _f("reasons that are a text", "MATCH ()-[r:LEADS {id: $lead}]->() SET r.because = '无'", "wrong-type"),
    _f("a unit renamed", "MATCH (u:Unit {id: $unit}) SET u.name = '市委编办'", "changed-value"),
    _f("the key of the order taken away", "MATCH ()-[r:LEADS {id: $lead}]->() SET r.page = null", "changed-order"),
    _f("words of search changed", "MATCH (i:Item {id: $item}) SET i.search_terms = '伪造'", "changed-search"),
    _f("a count changed", "MATCH (d:Document {id: $document}) SET d.count_items = 99", "changed-count"),
    _f("an item hidden from questions", "MATCH (i:Item {id: $item}) SET i.queryable = false", "changed-queryable"),
    _f("an account of the reading changed", "MATCH (t:SourceText {id: $text}) SET t.coverage = '{}'", "changed-note"),
    _f("the id of an item changed", "MATCH (i:Item {id: $item}) SET i.id = $new", "missing-node", "added-node"),
    _f(
        "the id of a lead changed",
        "MATCH ()-[r:LEADS {id: $lead}]->() SET r.id = $new",
        "missing-relationship",
        "added-relationship",
    ),
    _f("the id of a document changed", "MATCH (d:Document {id: $document}) SET d.id = $new", "wrong-document-id"),
    _f("a text changed", "MATCH (t:SourceText {id: $text}) SET t.text = t.text + '伪造'", "text-changed", mended=False),
    _f("a text that is a number", "MATCH (t:SourceText {id: $text}) SET t.text = 7", "text-changed", mended=False),
    _f(
        "options that nobody can read",
        "MATCH (d:Document {id: $document}) SET d.options = '{'",
        "options-unreadable",
        mended=False,
    ),
    _f("an id of before that leads nowhere", "CREATE (:Alias {id: $new, target: '无'})", "alias-nowhere"),
    _f(
        "a judgement on an item",
        "MATCH (u:Unit {id: $unit}), (i:Item {id: $item}) CREATE (u)-[:SAME_AS {judgement: 'same', by: '某', at: '2026-01-01', why: '无'}]->(i)",
        "judgement-wrong",
        mended=False,
    ),
    # what is of others
    _f("a node of others", "CREATE (:Erfindung {id: $new})", "foreign-label", foreign=True),
    _f("a property of others", "MATCH (i:Item {id: $item}) SET i.remark = '特例'", "foreign-property", foreign=True),
    _f(
        "a relationship of others",
        "MATCH (u:Unit {id: $unit}), (i:Item {id: $item}) CREATE (u)-[:BEZUG {note: '某'}]->(i)",
        "foreign-type",
        foreign=True,
    ),
)


def ids_of(plan: Plan, other: Plan) -> dict[str, str]:
    """The parameters of the statements."""
    item, second = plan.items
    return {
        "document": plan.document.id,
        "text": plan.document.text_sha256,
        "section": item.section,
        "item": item.id,
        "other_item": second.id,
        "lead": item.duties[0].id,
        "unit": item.duties[0].unit.id,
        "far": other.items[0].duties[0].unit.id,
        "deadline": item.deadlines[0].id,
        "regulation": item.citations[0].regulation.id,
        "new": f"{plan.document.id}:s1-99",
    }


def by_hand(store: Store, statement: str, parameters: Mapping[str, Any]) -> None:
    """Run Cypher as someone does who opens the database beside the program; with the parameters that it names."""
    given = {name: value for name, value in parameters.items() if f"${name}" in statement}
    if isinstance(store, EmbeddedStore):
        database = store._open_database()
        database.run_in_transaction(lambda: database.command("opencypher", statement, given))
        return
    from neo4j import GraphDatabase

    server = store.server  # type: ignore[attr-defined]
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        driver.execute_query(statement, given, database_=server.database)


def refill(store: Store, plans: tuple[Plan, ...]) -> None:
    """Take everything out of a store but what a schema needs, whatever hands have put there, and load the plans."""
    by_hand(store, "MATCH (n) WHERE NOT n:Meta AND NOT n:Migration DETACH DELETE n", {})
    for plan in plans:
        load_plan(plan, store, now=NOW)
