"""Chains on every store: against a small plan whose chains are known, and against networkx over its whole graph."""

import networkx as nx
import pytest
from msgspec.structs import replace

from graph.chains.levels import TYPES, ChainNode
from graph.chains.networks import projection, shared_duties, workloads
from graph.chains.paths import DEFAULT_TYPES, bearers_below, find_paths, rules_above
from graph.errors import ParameterError
from graph.model import UNIT_DUTIES
from loaders.storing.load import load_plan

DOCUMENT = "临江市-临发2017-4"
SECTION = ChainNode("section", f"{DOCUMENT}:s1")
FIRST, SECOND, THIRD = (ChainNode("item", f"{DOCUMENT}:s1-{number}") for number in (1, 2, 3))
RULE = ChainNode("regulation", "湖南省行政程序规定")
OFFICE = ChainNode("unit", "临江市:市政府法制办")
NOW = "2026-01-01T00:00:00+00:00"


def unit(name):
    return ChainNode("unit", f"临江市:{name}")


@pytest.fixture
def loaded(filled, plans):
    return filled(plans.make(), now=NOW)


def paths(store, start, end, **given):
    found = store.read(lambda reading: find_paths(reading, start, end, **given))
    assert found.complete
    return found.paths


def shown(found):
    return [(path.shape, [node.id.removeprefix(DOCUMENT) for node in path.nodes]) for path in found]


def test_from_a_rule_down_to_a_unit_and_back_up(loaded):
    down = paths(loaded, RULE, OFFICE)
    assert shown(down) == [("chain", ["湖南省行政程序规定", ":s1-2", "临江市:市政府法制办"])]
    assert [step.type for step in down[0].steps] == ["CITES", "LEADS"]
    up = paths(loaded, OFFICE, RULE)
    assert [path.turned() for path in up] == list(down)


def test_the_shortest_come_first_then_the_next(loaded):
    document = ChainNode("document", DOCUMENT)
    found = paths(loaded, document, OFFICE)
    assert [[step.type for step in path.steps] for path in found] == [
        ["LEADS"],
        ["HAS_SECTION", "HAS_ITEM", "LEADS"],
        ["HAS_SECTION", "HAS_ITEM", "LEADS"],
        ["HAS_SECTION", "HAS_ITEM", "RESPONSIBLE_FOR"],
    ]
    assert [path.nodes[2] for path in found[1:]] == [FIRST, SECOND, THIRD]
    assert len(paths(loaded, document, OFFICE, more=0)) == 1
    assert len(paths(loaded, document, OFFICE, more=2)) == 3
    assert len(paths(loaded, document, OFFICE, max_length=2)) == 1


def test_only_the_kinds_asked_for_are_followed(loaded):
    assert paths(loaded, RULE, OFFICE, types=["CITES", "RESPONSIBLE_FOR"]) == ()
    assert len(paths(loaded, RULE, OFFICE, types=["CITES", "LEADS"])) == 1
    assert paths(loaded, OFFICE, unit("市司法局"), types=["CITES"]) == ()


def test_two_units_are_linked_by_what_they_share(loaded):
    found = paths(loaded, OFFICE, unit("市司法局"), more=0)
    assert shown(found) == [
        ("link", ["临江市:市政府法制办", ":s1-1", "临江市:市司法局"]),
        ("link", ["临江市:市政府法制办", ":s1-2", "临江市:市司法局"]),
    ]


def test_two_items_are_linked_by_their_section_and_their_units(loaded):
    found = paths(loaded, FIRST, SECOND, more=0)
    assert {path.nodes[1] for path in found} == {SECTION, OFFICE, unit("市司法局")}


def test_a_section_contains_its_items_both_ways(loaded):
    assert shown(paths(loaded, SECTION, FIRST)) == [("chain", [":s1", ":s1-1"])]
    assert shown(paths(loaded, FIRST, SECTION)) == [("chain", [":s1-1", ":s1"])]


def test_a_collective_is_an_end_but_nothing_is_linked_by_it(store, plans):
    plan = replace_unit(plans.make(), "市司法局")
    load_plan(plan, store, now=NOW)
    collective = unit("市司法局")
    assert [path.nodes[-1] for path in paths(store, RULE, collective)] == [collective]
    assert {path.nodes[1] for path in paths(store, FIRST, SECOND, more=0)} == {SECTION, OFFICE}


def replace_unit(plan, name):
    """The plan with a unit made a collective."""
    units = tuple(replace(one, collective=True) if one.name == name else one for one in plan.units)
    return replace(plan, units=units)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"max_length": 50}, "'max_length' is 50; expected 1 to 8"),
        ({"max_length": 0}, "'max_length' is 0"),
        ({"more": -1}, "'more' is -1; expected 0 to 50"),
        ({"types": ["KNOWS"]}, "'kinds' names 'KNOWS'; expected some of LEADS"),
        ({"types": []}, "'kinds' names nothing"),
    ],
)
def test_what_is_out_of_bounds_is_refused(loaded, given, message):
    with pytest.raises(ParameterError, match=message):
        paths(loaded, RULE, OFFICE, **given)


def test_one_thing_as_both_ends_is_refused(loaded):
    with pytest.raises(ParameterError, match="from and to are both unit:临江市:市政府法制办"):
        paths(loaded, OFFICE, OFFICE)


def test_an_item_leads_up_to_its_rule_and_down_to_its_units(loaded):
    upward, passed = loaded.read(lambda reading: rules_above(reading, SECOND.id))
    assert shown(upward.paths) == [("chain", [":s1-2", "湖南省行政程序规定"])]
    assert passed == {}
    downward = loaded.read(lambda reading: bearers_below(reading, SECOND.id))
    assert [(path.nodes[-1].id, path.steps[0].type) for path in downward.paths] == [
        ("临江市:市政府法制办", "LEADS"),
        ("临江市:市司法局", "RESPONSIBLE_FOR"),
        ("临江市:市财政局", "RESPONSIBLE_FOR"),
    ]


def test_an_item_that_rests_on_no_rule_leads_up_to_its_document(loaded):
    upward, _ = loaded.read(lambda reading: rules_above(reading, FIRST.id))
    assert shown(upward.paths) == [("chain", [":s1-1", ":s1", ""])]


def test_what_is_cut_off_makes_the_answer_incomplete(loaded, monkeypatch):
    monkeypatch.setattr("graph.chains.levels.MAX_STEPS", 1)
    found = loaded.read(lambda reading: find_paths(reading, OFFICE, RULE))
    assert not found.complete


def test_the_whole_graph_as_networkx_sees_it(loaded):
    graph = projection(loaded)
    assert graph.nodes[f"unit:{OFFICE.id}"] == {"kind": "unit", "id": OFFICE.id, "collective": False}
    edge = graph.get_edge_data(f"unit:{OFFICE.id}", f"item:{FIRST.id}")
    assert [(data["type"], data["position"]) for data in edge.values()] == [("LEADS", 2)]
    assert list(edge) == [f"{FIRST.id}|lead|市政府法制办|1"]
    assert graph.has_edge(f"item:{SECOND.id}", f"regulation:{RULE.id}")
    assert graph.has_edge(f"section:{SECTION.id}", f"item:{FIRST.id}")
    kinds = {data["type"] for _, _, data in graph.edges(data=True)}
    assert kinds == {"HAS_SECTION", "HAS_ITEM", "LEADS", "RESPONSIBLE_FOR", "CITES"}
    assert set(projection(loaded, [])) == set()


def test_chains_are_those_that_networkx_finds(loaded):
    """Every pair of ends on different levels, with no bound but the length: the same paths by another way."""
    ladder = ladder_of(projection(loaded))
    rung = {kind: at for at, kind in enumerate(("regulation", "document", "section", "item", "unit"))}
    ends = [ChainNode(*name.split(":", 1)) for name in ladder]
    pairs = [(low, up) for low in ends for up in ends if rung[low.kind] > rung[up.kind]]
    assert len(pairs) > 50
    linked = 0
    for low, up in pairs:
        mine = [path for path in paths(loaded, low, up, more=50) if path.shape == "chain"]
        theirs = nx.all_simple_edge_paths(ladder, f"{low.kind}:{low.id}", f"{up.kind}:{up.id}", cutoff=6)
        assert sorted([step.id for step in path.steps] for path in mine) == sorted(
            [key for _, _, key in path] for path in theirs
        )
        linked += not mine
    assert linked > 5


def ladder_of(graph):
    """The projection with every edge pointing up the ladder."""
    made = nx.MultiDiGraph()
    for source, target, key, data in graph.edges(keys=True, data=True):
        if data["type"] in DEFAULT_TYPES:
            up = data["type"] in (*UNIT_DUTIES, "CITES")
            made.add_edge(*((source, target) if up else (target, source)), key=key)
    return made


def test_every_type_of_the_ladder_is_one_of_the_graph():
    from graph.schema import RELATIONSHIP

    assert set(TYPES) <= set(RELATIONSHIP)


def bearer(unit_id, item, role, collective=False, part=None, start=0):
    return {
        "document_id": "d", "unit_id": unit_id, "unit_name": unit_id, "collective": collective, "role": role,
        "item_id": f"d:{item}", "item_number": item, "duty_of": f"d:{part or item}", "start": start, "end": start + 1,
    }  # fmt: skip


def test_a_numbered_item_counts_once_and_a_collective_never():
    rows = [
        bearer("甲", 1, "lead", part="1-a1"),
        bearer("甲", 1, "lead", part="1-a2"),
        bearer("甲", 2, "lead"),
        bearer("乙", 2, "lead"),
        bearer("各有关部门", 3, "lead", collective=True),
    ]
    found = workloads(rows)
    assert [(one.unit_id, one.rank, one.leads, one.total, one.excess, one.z_score) for one in found] == [
        ("甲", 1, 2, 3, 0.5, 1.0),
        ("乙", 2, 1, 3, -0.5, -1.0),
    ]
    assert workloads([]) == []


def test_all_alike_have_no_z_score_and_one_unit_alone_no_share():
    (one,) = workloads([bearer("甲", 1, "lead")])
    assert (one.z_score, one.partners, one.partner_share, one.betweenness) == (None, 0, None, 0.0)


def test_who_stands_between_others_is_said_in_words():
    rows = [bearer(name, item, "lead") for item, names in ((1, "甲乙"), (2, "乙丙")) for name in names]
    rows.append(bearer("各有关部门", 2, "responsible", collective=True))
    network = shared_duties(rows)
    assert set(network.edges) == {("甲", "乙"), ("乙", "丙")}
    said = {one.unit_id: one for one in workloads(rows)}
    assert (said["乙"].betweenness, said["甲"].betweenness) == (1.0, 0.0)
    assert said["乙"].meaning == (
        "与本文件其余 2 个单位中的 2 个共同承担事项；其余单位两两之间最短的共事关系，有 100.0% 经过它。"
    )
    assert "没有计算" in workloads(rows, centrality=False)[0].meaning
