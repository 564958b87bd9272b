"""What Neo4j Browser is given, run on the sample: each saved query, and the style over every node there is.

On Neo4j always; on the embedded store each query whose Cypher it takes.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pytest

from api.pages.neo4j_guide import saved_queries, style
from graph.schema import NODES, RELATIONSHIPS
from graph.store.contract import Store
from graph.store.embedded.store import EmbeddedStore
from graph.store.neo4j.store import BoltStore
from loaders.plan import parse_plan
from loaders.storing.load import load_plan
from tests.api.answers.test_tree_answers import HELD, PLAN, QUERYABLE, TEXT

pytestmark = pytest.mark.timeout(300)  # a server may start first

# nobody wants them in a picture: a text of 23,000 characters, and the store's own records
HIDDEN = {"SourceText", "Alias", "Meta", "Migration"}
LONG = 300  # characters; no column of a table holds more

# rows on the sample: how many, and one of them; of a picture, how many nodes of which label
TABLES: dict[str, tuple[int, dict[str, Any]]] = {
    "duty-evidence": (
        28,
        {"序号": 20, "事项": "改革行政执法体制", "角色": "牵头", "原文": "市政府法制办", "起": 12301, "止": 12307, "推定": False},
    ),
    "items-due": (36, {"期限": "2017-12-31", "序号": 4, "事项": "完善宏观调控", "牵头单位": ["市发改委"]}),
    "items-with-several-leads": (
        9,
        {"序号": 20, "事项": "改革行政执法体制", "牵头单位": ["市编办", "市政府法制办"]},
    ),
    "inferred-deadlines": (
        15,
        {"序号": 1, "事项": "深化行政审批制度改革", "日期": "2017-06-30", "依据子句": "20176月底前", "规则": "lost-year-before-month"},
    ),
    "search": (6, {"序号": 18, "事项": "坚持集体讨论决定", "期限": "2017-12-31"}),
    "workload": (42, {"单位": "市政府法制办", "牵头": 17, "责任": 11}),
}  # fmt: skip
PICTURES: dict[str, dict[str, int]] = {
    "outline": {"Document": 1, "Section": 15},
    "unit-duties": {"Unit": 1, "Item": 28},
    "item-card": {"Item": 1, "Unit": 8, "Section": 1, "Task": 1, "Deadline": 1, "Regulation": 1},
    "shared-items": {"Unit": 2, "Item": 5},
    "regulation-citing-items": {"Regulation": 1, "Item": 3, "Unit": 2},
    "unit-regulations": {"Unit": 1, "Item": 10, "Regulation": 14},
}


@dataclass(frozen=True)
class Asked:
    """The rows of raw Cypher on one store, which `graph.store.catalogue` would not let through."""

    store: Store

    def __call__(self, text: str) -> list[dict[str, Any]]:
        if isinstance(self.store, BoltStore):
            # with warnings on: a note of the server on a query would be shown to people as well
            return self.store._connection.read(lambda tx: [dict(record.items()) for record in tx.run(text)])
        assert isinstance(self.store, EmbeddedStore)
        rows: list[dict[str, Any]] = self.store._open_database().query("opencypher", text).to_list()
        return rows


@pytest.fixture
def ask(sample_store: Store) -> Asked:
    return Asked(sample_store)


def test_every_query_answers_on_the_sample(ask: Asked) -> None:
    saved = saved_queries()
    assert set(saved) == {*TABLES, *PICTURES}
    for name, (count, row) in TABLES.items():
        rows = ask(saved[name].text)
        assert len(rows) == count, name
        assert row in rows, name
        assert not [cell for one in rows for cell in one.values() if isinstance(cell, str) and len(cell) > LONG], name
    for name, expected in PICTURES.items():
        assert ask(saved[name].text), name
        assert _labels(ask, saved[name].text) == expected, name


def _labels(ask: Asked, picture: str) -> dict[str, int]:
    """How many nodes of each label a picture shows, counted by the store: engines give paths in objects of their own."""
    statement, cut, rest = picture.rpartition("RETURN p")
    assert cut
    more = " + CASE WHEN q IS NULL THEN [] ELSE nodes(q) END" if rest.startswith(", q") else ""
    limit = re.search(r"LIMIT (\d+);", rest)
    assert limit
    rows = ask(
        f"{statement}WITH nodes(p){more} AS shown LIMIT {limit[1]} UNWIND shown AS n "
        "RETURN labels(n)[0] AS label, count(DISTINCT n.id) AS count"
    )
    return {row["label"]: row["count"] for row in rows}


def test_every_node_there_is_has_a_caption_for_people(ask: Asked) -> None:
    captions = {label: rule["caption"].strip('"') for label, rule in _rules("node").items() if label}
    rows = ask("MATCH (n) RETURN labels(n)[0] AS label, properties(n) AS properties")
    assert len(rows) > 300
    for row in rows:
        kept = row["properties"]
        filled = captions[row["label"]].format_map(defaultdict(str, {k: v for k, v in kept.items() if v is not None}))
        assert filled.strip(), row


def test_no_picture_shows_what_nobody_wants_to_see() -> None:
    for query in saved_queries().values():
        assert not [label for label in HIDDEN if label in query.text], query.name


def test_a_query_says_in_chinese_what_it_is_and_how_to_change_it() -> None:
    for query in saved_queries().values():
        first, second, rest = query.text.split("\n", 2)
        assert re.fullmatch(r"// [^a-zA-Z]{4,12}", first), query.name
        assert re.match(r"// (图|表)。?", second), query.name
        assert rest.endswith(";\n"), query.name
        assert "LIMIT" in rest, query.name
        assert "$" not in rest, f"{query.name}: Browser would ask for a parameter"


def test_the_style_knows_every_label_and_every_type() -> None:
    nodes, lines = _rules("node"), _rules("relationship")
    assert set(nodes) == {"", *(node.label for node in NODES)}
    assert set(lines) == {"", *(relationship.type for relationship in RELATIONSHIPS)}
    for node in NODES:
        for name in re.findall(r"\{(\w+)\}", nodes[node.label]["caption"]):
            assert name in {p.name for p in node.properties}, (node.label, name)
    for relationship in RELATIONSHIPS:
        assert lines[relationship.type]["caption"] == f'"{relationship.chinese}"'
    colours = [rule["color"] for label, rule in nodes.items() if label not in HIDDEN]
    assert len(set(colours)) == len(colours)
    widths = [
        int(lines[role]["shaft-width"].removesuffix("px")) for role in ("LEADS", "RESPONSIBLE_FOR", "COOPERATES_ON")
    ]
    assert widths == sorted(set(widths), reverse=True)
    assert "/*" not in style(), "Browser does not know comments: it would lose the rule that follows"


def _rules(kind: str) -> dict[str, dict[str, str]]:
    """The rules of the style by label or type, ``""`` for the one of all."""
    found = re.findall(rf'^{kind}(?:\.(\w+))?\s*\{{((?:"[^"]*"|[^"}}])*)\}}', style(), re.MULTILINE)
    return {name: dict(re.findall(r'([a-z-]+):\s*("[^"]*"|[^;]+);', body)) for name, body in found}


@pytest.fixture
def three_levels(store: Store) -> Asked:
    load_plan(parse_plan(TEXT), store, now="2024-03-06T00:00:00+00:00")
    return Asked(store)


# what a query asks of the plan with three levels instead of the sample -> the items it shows
OF_THREE_LEVELS: list[tuple[str, dict[str, str], list[str]]] = [
    ("duty-evidence", {"市政府法制办": "市交通局"}, ["s1-2.1"]),
    ("duty-evidence", {"市政府法制办": "市公安局"}, ["s1-2"]),
    ("inferred-deadlines", {}, ["s1-1", "s1-2.1", "s2-1-a1", "s2-2"]),
    ("item-card", {"娄底市-娄发2017-4:": f"{PLAN}:s1-", "number: 20": "number: 2"}, ["s1-2", "s1-2.1", "s1-2.2"]),
    # a mere parent, with what its parts have
    ("item-card", {"娄底市-娄发2017-4:": f"{PLAN}:s2-", "number: 20": "number: 1"}, ["s2-1", "s2-1-a1", "s2-1-a2"]),
    ("items-due", {"2018-12-31": "2024-06-30"}, ["s1-2", "s1-2.1", "s1-2.2", "s2-1-a2"]),
    ("items-due", {"2018-12-31": "2026-01-01"}, QUERYABLE),
    ("items-with-several-leads", {}, ["s1-h"]),
    ("outline", {"娄底市法治政府建设": "青川市水务"}, []),
    ("regulation-citing-items", {"湖南省行政程序规定": "青川市河道条例"}, ["s1-2.1"]),
    ("search", {"行政决策": "盗采"}, ["s1-2.2"]),
    ("shared-items", {"市政府法制办": "市水利局", "市编办": "市环保局"}, ["s1-h"]),
    ("unit-duties", {"市政府法制办": "市司法局"}, ["s1-2.2"]),
    ("unit-regulations", {"市政府法制办": "市公安局"}, []),
    ("workload", {}, []),  # its rows are units
]


def test_every_query_looks_at_the_same_items_as_every_answer(three_levels: Asked) -> None:
    saved = saved_queries()
    assert {name for name, _, _ in OF_THREE_LEVELS} == set(saved)
    got = []
    for name, words, _ in OF_THREE_LEVELS:
        text = saved[name].text
        for word, other in words.items():
            assert word in text, (name, word)
            text = text.replace(word, other)
        got.append((name, words, _items_shown(three_levels, text)))
    assert got == OF_THREE_LEVELS
    bearing = {row["单位"]: (row["牵头"], row["责任"]) for row in three_levels(saved["workload"].text)}
    assert bearing == {
        name: (roles.count("lead"), roles.count("responsible"))
        for name in {duty.split()[1] for duties, _, _ in HELD.values() for duty in duties} - {"各县区人民政府"}
        for roles in [[d.split()[0] for duties, _, _ in HELD.values() for d in duties if d.endswith(f" {name}")]]
    }


def _items_shown(ask: Asked, text: str) -> list[str]:
    """The items of a table, by their headings, or of a picture, in the order of the text."""
    if "RETURN p" in text:
        statement, _, rest = text.rpartition("RETURN p")
        more = " + CASE WHEN q IS NULL THEN [] ELSE nodes(q) END" if rest.startswith(", q") else ""
        rows = ask(
            f"{statement}WITH nodes(p){more} AS shown UNWIND shown AS n WITH n WHERE n:Item RETURN DISTINCT n.id AS id"
        )
        met = {row["id"].rpartition(":")[2] for row in rows}
    else:
        headings = {item.heading: item.id.rpartition(":")[2] for item in parse_plan(TEXT).items if item.queryable}
        met = {headings[row["事项"]] for row in ask(text) if "事项" in row}
    return [name for name in HELD if name in met]
