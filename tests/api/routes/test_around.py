"""What hangs together with one thing: the graph around it, the timeline of a unit, the units that carry an instrument."""

import io
from typing import Any

import networkx as nx
import pytest

from tests.api.conftest import Served

UNIT, RULE = "娄底市:市政府法制办", "湖南省行政程序规定"


def get(sample: Served, address: str) -> Any:
    answer = sample.client.get(address)
    assert answer.status_code == 200, answer.text[:300]
    return answer.json()


def test_one_step_around_a_unit_are_its_duties(sample: Served) -> None:
    body = get(sample, "/v1/graph?around=unit:市政府法制办&evidence=full")
    duties = get(sample, f"/v1/units/{UNIT}/duties?limit=500&evidence=full")["items"]
    assert {edge["id"]: edge["evidence"]["quote"] for edge in body["edges"]} == {
        duty["id"]: duty["evidence"]["quote"] for duty in duties
    }
    assert body["complete"]
    assert body["nodes"][0] == {"kind": "unit", "id": UNIT, "name": "市政府法制办", "depth": 0}
    assert {node["depth"] for node in body["nodes"][1:]} == {1}


def test_each_edge_joins_nodes_that_are_there_as_it_is_stored(sample: Served) -> None:
    body = get(sample, f"/v1/graph?around=regulation:{RULE}&depth=3&nodes=1000")
    kinds = {node["id"]: node["kind"] for node in body["nodes"]}
    assert len(kinds) == len(body["nodes"])
    for edge in body["edges"]:
        ends = kinds[edge["from"]], kinds[edge["to"]]
        if edge["type"] == "CITES":
            assert ends[1] == "regulation"
        elif edge["type"].startswith("HAS_"):
            assert ends in {
                ("document", "section"),
                ("section", "section"),
                ("section", "item"),
                ("item", "item"),
                ("item", "task"),
            }
        else:
            assert ends[0] == "unit"
    assert {node["depth"] for node in body["nodes"]} == {0, 1, 2, 3}
    reached = {edge[end] for edge in body["edges"] for end in ("from", "to")}
    assert kinds.keys() == reached


def test_a_cut_is_told(sample: Served) -> None:
    whole = get(sample, "/v1/graph?around=unit:市政府法制办&depth=2")
    body = get(sample, "/v1/graph?around=unit:市政府法制办&depth=2&nodes=10")
    assert (len(body["nodes"]), body["complete"]) == (10, False)
    assert body["nodes"] == whole["nodes"][:10]
    assert {edge["id"] for edge in body["edges"]} < {edge["id"] for edge in whole["edges"]}


def test_kinds_are_followed_alone(sample: Served) -> None:
    body = get(sample, "/v1/graph?around=unit:市政府法制办&kinds=LEADS")
    assert {edge["type"] for edge in body["edges"]} == {"LEADS"}
    refused = sample.client.get("/v1/graph?around=unit:市政府法制办&kinds=OWNS")
    assert (refused.status_code, "OWNS" in refused.text) == (422, True)


@pytest.mark.parametrize("around", ["市政府法制办", "person:张三", "unit:", "unit:市政府法制办&depth=9"])
def test_what_cannot_be_meant_is_refused(sample: Served, around: str) -> None:
    refused = sample.client.get(f"/v1/graph?around={around}")
    assert refused.status_code == 422
    assert refused.headers["content-type"].startswith("application/problem+json")


@pytest.mark.parametrize(
    "address", ["/v1/graph?around=unit:市政府法制办&depth=2", f"/v1/paths?from=regulation:{RULE}&to=unit:市政府法制办"]
)
def test_graphml_is_the_same_graph(sample: Served, address: str) -> None:
    body = get(sample, f"{address}&evidence=full")
    answer = sample.client.get(f"{address}&evidence=full", headers={"Accept": "application/graphml+xml"})
    assert answer.headers["content-type"] == "application/graphml+xml"
    assert answer.content == sample.client.get(f"{address}&evidence=full&format=graphml").content
    graph = nx.read_graphml(io.BytesIO(answer.content), force_multigraph=True)
    edges = body["edges"] if "edges" in body else [step for path in body["items"] for step in path["steps"]]
    read = {data["id"]: data for _, _, data in graph.edges(data=True)}
    assert {key: (data["quote"], data["start"], data["type"]) for key, data in read.items()} == {
        edge["id"]: (edge["evidence"]["quote"], edge["evidence"]["span"][0], edge["type"]) for edge in edges
    }
    assert graph.nodes[f"unit:{UNIT}"]["name"] == "市政府法制办"


def test_the_timeline_of_a_unit_is_in_the_order_of_dates(sample: Served) -> None:
    body = get(sample, f"/v1/units/{UNIT}/timeline?limit=500&as_of=2018-06-01&evidence=full")
    duties = get(sample, f"/v1/units/{UNIT}/duties?limit=500")["items"]
    assert {row["id"] for row in body["items"]} == {duty["item"]["id"] for duty in duties if duty["item"]}
    dates = [row["due"]["date"] for row in body["items"]]
    assert dates == sorted(dates, key=lambda day: day or "9999")
    assert body["as_of"] == "2018-06-01"
    lights = [row["light"] for row in body["items"]]
    assert lights == [
        None if day is None else "red" if day < "2018-06-01" else "yellow" if day <= "2018-07-01" else "green"
        for day in dates
    ]
    assert all(row["why"][0]["evidence"]["quote"] == "市政府法制办" for row in body["items"])
    paged = get(sample, "/v1/units/市政府法制办/timeline?limit=3&as_of=2018-06-01")
    further = get(sample, paged["next_url"])
    assert [row["id"] for row in [*paged["items"], *further["items"]]] == [row["id"] for row in body["items"][:6]]


def test_a_role_and_a_light_leave_the_rows_that_have_them(sample: Served) -> None:
    for role in ("lead", "responsible"):
        rows = get(sample, f"/v1/units/{UNIT}/timeline?limit=500&role={role}")["items"]
        held = get(sample, f"/v1/units/{UNIT}/duties?limit=500&role={role}")["items"]
        assert {row["id"] for row in rows} == {duty["item"]["id"] for duty in held if duty["item"]}
    whole = get(sample, f"/v1/units/{UNIT}/timeline?limit=500&as_of=2018-06-01")["items"]
    red = get(sample, f"/v1/units/{UNIT}/timeline?limit=500&as_of=2018-06-01&light=red")["items"]
    assert {row["id"] for row in whole if row["light"] == "red"} <= {row["id"] for row in red}
    assert red
    assert sample.client.get(f"/v1/units/{UNIT}/timeline?light=blue").status_code == 422


def test_the_units_that_carry_an_instrument_are_those_of_its_chains(sample: Served) -> None:
    body = get(sample, f"/v1/regulations/{RULE}/units?evidence=full")
    chain = get(sample, f"/v1/regulations/{RULE}/chain")
    steps = {
        (path["nodes"][-1]["id"], path["steps"][-1]["id"]): path["steps"][-1]["type"] for path in chain["downward"]
    }
    assert body["total"] == {"value": len({unit for unit, _ in steps}), "relation": "eq"}
    for row in body["items"]:
        own = [kind for (unit, _), kind in steps.items() if unit == row["unit"]["id"]]
        assert (row["lead"], row["responsible"]) == (own.count("LEADS"), own.count("RESPONSIBLE_FOR"))
        assert row["evidence"]["quote"]
    assert [row["lead"] for row in body["items"]] == sorted((row["lead"] for row in body["items"]), reverse=True)
    pages, address = [], f"/v1/regulations/{RULE}/units?evidence=full&limit=2"
    while address:
        page = get(sample, address)
        pages += page["items"]
        address = page["next_url"]
    assert pages == body["items"]
    table = sample.client.get(f"/v1/regulations/{RULE}/units?format=csv&bom=false").text.splitlines()
    assert len(table) == 1 + len(body["items"])


def test_a_file_has_a_name_that_says_what_it_is_in_ascii_too(sample: Served) -> None:
    said = sample.client.get(f"/v1/units/{UNIT}/duties?format=csv").headers["content-disposition"]
    assert said.startswith("attachment; filename=\"zeren-duties.csv\"; filename*=UTF-8''")
    graph = sample.client.get(f"/v1/graph?around=unit:{UNIT}&format=graphml").headers["content-disposition"]
    assert 'filename="zeren-graph.graphml"' in graph


def test_a_timeline_is_a_workbook_too(sample: Served) -> None:
    answer = sample.client.get("/v1/units/市政府法制办/timeline?format=xlsx")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
