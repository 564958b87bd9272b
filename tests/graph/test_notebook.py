"""The helpers for notebooks on a real server: what they show, and that nothing can be written by them.

Only run where Neo4j runs.  py2neo leaves sockets behind when an answer ends in an error, which is no fault of ours.
"""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl

import networkx as nx
import pytest
from py2neo.errors import ClientError

from graph import notebook
from graph.chains.networks import projection
from graph.errors import CatalogueError, ParameterError
from graph.library.steps import STEPS
from graph.notebook import Document, Item, Regulation, Unit, close, connect, frame, network
from graph.store.catalogue import load_catalogue
from graph.store.neo4j.store import BoltStore
from loaders.plan import parse_plan
from loaders.storing.load import load_plan, remove_document
from tests.api.answers.test_tree_answers import ASKED, HELD, PLAN, QUERYABLE, TEXT

pytestmark = [pytest.mark.server, pytest.mark.timeout(300), pytest.mark.filterwarnings("ignore::ResourceWarning")]

ROOT = Path(__file__).parents[2]
DOCUMENT = "临江市-临发2017-4"
OFFICE = "临江市:市政府法制办"


@pytest.fixture
def loaded(blank, plans):
    store = BoltStore(blank, warnings=True)
    load_plan(plans.make(), store, now="2026-01-01T00:00:00+00:00")
    yield store
    remove_document(DOCUMENT, store)
    store.close()


@pytest.fixture
def environment(blank):
    return {
        "NEO4J_URI": blank.uri,
        "NEO4J_USERNAME": blank.user,
        "NEO4J_PASSWORD": blank.password,
        "NEO4J_DATABASE": blank.database,
    }


@pytest.fixture
def graph(loaded, environment, monkeypatch):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    made = connect()
    yield made
    close(made)


def test_a_unit_and_its_duties_as_objects(graph):
    office = Unit.match(graph, OFFICE).first()
    assert (office.name, office.region, office.collective, office.full_name) == ("市政府法制办", "临江市", False, None)
    assert {type(one).__name__ for one in office.leads} == {"Item", "Document"}
    assert {one.heading for one in office.leads if isinstance(one, Item)} == {"改革行政执法体制", "完善行政决策程序"}
    assert [one.heading for one in office.responsible_for] == ["推进政务公开"]
    assert Unit.match(graph, "临江市:没有").first() is None


def test_the_words_of_a_duty_are_on_its_relationship(graph):
    office = Unit.match(graph, OFFICE).first()
    facts = {target.id: fact for _, (kind, fact), target in office.leads.triples()}
    assert facts[f"{DOCUMENT}:s1-1"]["quote"] == "市政府法制办"
    assert facts[f"{DOCUMENT}:s1-1"]["position"] == 2


def test_from_a_document_down_to_its_items_and_from_a_rule_to_who_cites_it(graph):
    (section,) = Document.match(graph, DOCUMENT).first().sections
    items = sorted(section.items, key=lambda item: item.number)
    assert [item.heading for item in items] == ["改革行政执法体制", "完善行政决策程序", "推进政务公开"]
    assert {unit.name for unit in items[1].responsible} == {"市司法局", "市财政局"}
    assert [one.title for one in items[1].cites] == ["湖南省行政程序规定"]
    assert [one.id for one in Regulation.match(graph, "湖南省行政程序规定").first().cited_by] == [items[1].id]
    assert [one.date for one in items[0].deadlines] == ["2018-12-31"]


def test_a_query_of_the_catalogue_as_a_table(graph):
    table = frame(graph, "questions/unit-duties", unit=OFFICE, role="lead")
    assert table["item_number"].tolist()[1:] == [1, 2]
    assert table["quote"].unique().tolist() == ["市政府法制办"]
    empty = frame(graph, "questions/unit-duties", unit="临江市:没有")
    assert (len(empty), "role" in empty.columns) == (0, True)


@pytest.mark.parametrize(
    ("query", "parameters", "error", "message"),
    [
        ("questions/no-such", {}, CatalogueError, "no query 'questions/no-such'"),
        ("questions/unit-duties", {}, ParameterError, "'unit' .* is missing"),
        ("questions/unit-duties", {"unit": 3}, ParameterError, "expected string"),
        ("load/merge-node/unit", {"rows": []}, ParameterError, "writes; expected one that reads"),
    ],
)
def test_only_what_the_catalogue_reads_can_be_asked(graph, query, parameters, error, message):
    with pytest.raises(error, match=message):
        frame(graph, query, **parameters)


def test_the_network_is_the_projection_of_the_store(graph, loaded):
    theirs, ours = network(graph), projection(loaded)
    assert nx.utils.graphs_equal(theirs, ours)
    assert ours.number_of_edges() > 10
    assert nx.utils.graphs_equal(network(graph, [DOCUMENT]), ours)
    assert notebook._ReadTransaction(lambda query, parameters: notebook.rows(graph, query, parameters)).data_version > 0


@pytest.fixture
def three_levels(loaded, graph):
    load_plan(parse_plan(TEXT), loaded, now="2026-01-01T00:00:00+00:00")
    yield graph
    remove_document(PLAN, loaded)


def test_objects_of_three_levels_say_where_bearers_and_dates_stand(three_levels):
    items = {one.id.rpartition(":")[2]: one for one in Item.match(three_levels) if one.id.startswith(PLAN)}
    assert {name: one.due_date for name, one in items.items()} == {name: held[1] for name, held in HELD.items()}
    assert {name for name, one in items.items() if one.queryable} == set(QUERYABLE)
    bearing = [name for name, one in items.items() if [*one.led_by, *one.responsible]]
    assert set(bearing) == set(QUERYABLE)
    assert [one.id for one in items["s1-2.1"].above] == [f"{PLAN}:s1-2"]
    led = list(Unit.match(three_levels, "青川市:市公安局").first().leads)
    assert [(one.id, one.queryable) for one in led] == [(f"{PLAN}:s1-2", True)]


# questions whose statement alone gives their rows -> the items of ASKED
def test_tables_of_three_levels_have_the_items_of_every_answer(three_levels):
    told = []
    for name, given, items in ASKED:
        known = load_catalogue()[f"questions/{name}"]
        if name in STEPS or not {"documents", "item_id"} <= {*known.returns, *(p.name for p in known.params)}:
            continue
        parameters = {**dict(parse_qsl(given)), "documents": [PLAN]}
        table = frame(
            three_levels, known.name, **{k: v for k, v in parameters.items() if k in {p.name for p in known.params}}
        )
        met = {one.rpartition(":")[2] for one in table["item_id"].dropna()}
        assert [one for one in HELD if one in met] == items, (name, given)
        told.append(name)
    assert len(set(told)) >= 8, told


WRITES = {
    "run": lambda graph: graph.run("CREATE (:Unit {id: 'x'})").stats(),
    "evaluate": lambda graph: graph.evaluate("MATCH (u:Unit) SET u.name = 'x' RETURN u.name"),
    "update": lambda graph: graph.update("CREATE (:Unit {id: 'x'})"),
    "query": lambda graph: graph.query("CREATE (:Unit {id: 'x'})").stats(),
    "delete_all": lambda graph: graph.delete_all(),
    "begin": lambda graph: graph.begin().run("CREATE (:Unit {id: 'x'})").stats(),
    "asked for": lambda graph: graph.begin(readonly=False).run("CREATE (:Unit {id: 'x'})").stats(),
    "auto": lambda graph: graph.auto(readonly=False).run("CREATE (:Unit {id: 'x'})").stats(),
    "push": lambda graph: graph.push(changed(Unit.match(graph, OFFICE).first())),
    "create": lambda graph: graph.create(Unit("x")),
    "constraint": lambda graph: graph.run("CREATE CONSTRAINT x FOR (u:Unit) REQUIRE u.name IS UNIQUE").stats(),
}


def changed(unit):
    unit.name = "x"
    return unit


@pytest.mark.parametrize("way", WRITES)
def test_no_way_of_writing_gets_past_the_server(graph, loaded, way):
    before = loaded.status().counts
    with pytest.raises(ClientError) as met:
        WRITES[way](graph)
    assert "AccessMode" in met.value.code
    assert loaded.status().counts == before
    assert Unit.match(graph, OFFICE).first().name == "市政府法制办"


def test_what_the_page_says_of_the_schema_is_so(graph):
    for broken in (
        lambda: graph.schema.get_indexes("Unit"),
        lambda: graph.schema.get_uniqueness_constraints("Unit"),
        lambda: graph.schema.create_index("Unit", "name"),
        lambda: graph.schema.create_uniqueness_constraint("Unit", "name"),
    ):
        with pytest.raises(ClientError):
            broken()


def test_the_example_runs(loaded, environment):
    done = subprocess.run(
        [sys.executable, "examples/notebook.py", OFFICE],
        cwd=ROOT,
        env=os.environ | environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "市政府法制办 leads 3:" in done.stdout
    assert "responsible    1" in done.stdout
    assert "most duties: unit:临江市:市政府法制办" in done.stdout
