"""Networks and statistics for what a query cannot compute, and GraphML. This is the only module that imports networkx.

Order of steps: `projection` reads documents in one `Store.read` and gives the graph as a `MultiDiGraph` for any
algorithm; `shared_duties` is the network of units that bear an item together; `workloads` says, for each unit of one
plan, how often it leads (牵头), how far that is above the mean, and how central the unit is, also in Chinese words.

Example: in the sample 市政府法制办 leads 17 of 54 times, 13.8 above the mean of the 17 units that lead.

Left to others: the rows of a question (`graph.library.duty_steps`), chains (`graph.chains.paths`).  Import this module
only where it is used: networkx takes half a second to load.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import combinations
from statistics import mean, pstdev
from typing import TypeAlias

import networkx as nx

from graph.chains.levels import TYPES, ChainNode, PathStep, read_steps
from graph.store.contract import ReadTransaction, Row, Store

Projection: TypeAlias = "nx.MultiDiGraph[str]"
MOST_FOR_BETWEENNESS = 400_000  # units × pairs of units; above it the shortest ways between all take seconds
_CHUNK = 200


def projection(store: Store, documents: Collection[str] | None = None) -> Projection:
    """The graph of the given documents, or of all documents.

    Nodes are ``item:…s2.4-20`` with ``kind`` and ``id``; units also have ``collective``. Edges are the stored
    relationships. Each has its ``type`` and the properties of its fact (``relation``, ``open_list``, ``inferred`` …);
    its key is the id of the fact. All of it has one data version.  If the store has many plans, pass some of their
    documents.
    """
    return store.read(lambda reading: read_projection(reading, documents))


def read_projection(reading: ReadTransaction, documents: Collection[str] | None) -> Projection:
    """As `projection`, inside a read that is in progress."""
    wanted = sorted(documents) if documents is not None else [r["id"] for r in reading.rows("load/document-ids")]
    graph: Projection = nx.MultiDiGraph()
    for key in wanted:
        graph.add_node(f"document:{key}", kind="document", id=key)
    frontier = {ChainNode("document", key) for key in wanted}
    seen = set(frontier)
    while frontier:
        following = set()
        for step in _around(reading, sorted(frontier)):
            _add(graph, step)
            following |= {step.lower, step.upper}
        frontier = {node for node in following - seen if node.kind in ("section", "item")}
        seen |= following
    return graph


def _around(reading: ReadTransaction, nodes: Sequence[ChainNode]) -> Iterator[PathStep]:
    """The steps to the nodes below ``nodes`` and to the instruments they cite."""
    for start in range(0, len(nodes), _CHUNK):
        part = nodes[start : start + _CHUNK]
        yield from read_steps(reading, part, TYPES, down=True)
        yield from read_steps(reading, part, ("CITES",), down=False)


def _add(graph: Projection, step: PathStep) -> None:
    for node in (step.lower, step.upper):
        graph.add_node(f"{node.kind}:{node.id}", kind=node.kind, id=node.id)
    if step.lower.kind == "unit":
        graph.nodes[f"unit:{step.lower.id}"]["collective"] = step.fact["lower_collective"]
    # as it is stored: units and citing texts point up the levels, the outline points down
    up = step.lower.kind == "unit" or step.type == "CITES"
    source, target = (step.lower, step.upper) if up else (step.upper, step.lower)
    held = {k: v for k, v in step.fact.items() if v is not None and not k.startswith(("lower", "upper"))}
    graph.add_edge(f"{source.kind}:{source.id}", f"{target.kind}:{target.id}", key=step.id, **held)


def to_graphml(nodes: Collection[Row], edges: Collection[Row]) -> bytes:
    """A network as GraphML in UTF-8. A node has its ``key``, an edge ``from`` and ``to`` and its ``key``; all else of a row, but
    what is null, is an attribute: words, numbers, truth values.
    """
    graph: Projection = nx.MultiDiGraph()
    for row in nodes:
        graph.add_node(row["key"], **{k: v for k, v in row.items() if v is not None and k != "key"})
    for row in edges:
        held = {k: v for k, v in row.items() if v is not None and k not in ("key", "from", "to")}
        graph.add_edge(row["from"], row["to"], key=row["key"], id=row["key"], **held)
    made = BytesIO()
    nx.write_graphml_xml(graph, made, named_key_ids=True)
    return made.getvalue()


def shared_duties(bearers: Collection[Row]) -> "nx.Graph[str]":
    """The network of units that bear an item, or a part of an item, together. ``weight`` counts the shared items.

    Collectives are left out. ``bearers`` are rows of ``read/bearers``.
    """
    graph: nx.Graph[str] = nx.Graph()
    together: dict[str, set[str]] = {}
    for row in bearers:
        if not row["collective"]:
            graph.add_node(row["unit_id"], name=row["unit_name"])
            together.setdefault(row["duty_of"], set()).add(row["unit_id"])
    pairs = Counter(pair for units in together.values() for pair in combinations(sorted(units), 2))
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in pairs.items())
    return graph


@dataclass(frozen=True, slots=True)
class Workload:
    """How often one unit leads in one plan, compared with the other units that lead."""

    unit_id: str
    unit_name: str
    rank: int
    leads: int
    items: tuple[int | str, ...]
    places: tuple[int, ...]
    total: int
    share: float
    mean: float
    excess: float
    z_score: float | None
    partners: int
    partner_share: float | None
    betweenness: float | None
    meaning: str


def workloads(bearers: Sequence[Row], *, centrality: bool = True) -> list[Workload]:
    """The units that lead an item of one plan, the busiest first. A numbered item counts once, even if it has parts.

    ``z_score`` is None if all units lead equally often. ``betweenness`` is None without ``centrality`` and for more
    than `MOST_FOR_BETWEENNESS` units.
    """
    leading: dict[str, dict[str, Row]] = {}
    places: dict[str, list[int]] = {}
    for row in bearers:
        if row["role"] == "lead" and not row["collective"]:
            leading.setdefault(row["unit_id"], {}).setdefault(row["item_id"], row)
            if row["start"] is not None:
                places.setdefault(row["unit_id"], []).extend((row["start"], row["end"]))
    if not leading:
        return []
    numbers = [len(items) for items in leading.values()]
    middle, spread, total = mean(numbers), pstdev(numbers), sum(numbers)
    network = shared_duties(bearers)
    between = _betweenness(network) if centrality else None
    ranked = sorted(leading.items(), key=lambda entry: -len(entry[1]))
    made = []
    for unit, items in ranked:
        led = len(items)
        partners, others = network.degree(unit), network.number_of_nodes() - 1
        share = partners / others if others else None
        made.append(
            Workload(
                unit_id=unit,
                unit_name=next(iter(items.values()))["unit_name"],
                rank=1 + sum(number > led for number in numbers),
                leads=led,
                items=tuple(r["item_id"] if r["item_number"] is None else r["item_number"] for r in items.values()),
                places=tuple(places.get(unit, ())),
                total=total,
                share=round(led / total, 4),
                mean=round(middle, 4),
                excess=round(led - middle, 4),
                z_score=round((led - middle) / spread, 4) if spread else None,
                partners=partners,
                partner_share=None if share is None else round(share, 4),
                betweenness=None if between is None else round(between[unit], 4),
                meaning=_meaning(partners, others, None if between is None else between[unit]),
            )
        )
    return made


def _betweenness(network: "nx.Graph[str]") -> dict[str, float] | None:
    if network.number_of_nodes() * network.number_of_edges() > MOST_FOR_BETWEENNESS:
        return None
    found: dict[str, float] = nx.betweenness_centrality(network)
    return found


def _meaning(partners: int, others: int, between: float | None) -> str:
    """What the two measures of centrality mean, in Chinese words."""
    said = f"与本文件其余 {others} 个单位中的 {partners} 个共同承担事项"
    if between is None:
        return f"{said}；单位太多或一次问多份文件，没有计算它处在多少单位之间。"
    return f"{said}；其余单位两两之间最短的共事关系，有 {between:.1%} 经过它。"
