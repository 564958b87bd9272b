"""GraphML (http://graphml.graphdrawing.org): chains and pieces of the graph, for Gephi, yEd, Cytoscape and networkx.

An edge has its words and their place: ``quote``, ``start``, ``end`` (code points), ``document_id``, ``text_sha256``; of paths each node and
each step stands there once.

Left to others: writing the form (`graph.chains.networks`).
"""

from collections.abc import Iterable, Mapping
from typing import Any

MEDIA = "application/graphml+xml"


def graph_to_graphml(body: Mapping[str, Any]) -> bytes:
    """A piece of the graph (``/v1/graph``)."""
    return _written(body["nodes"], body["edges"])


def paths_to_graphml(body: Mapping[str, Any]) -> bytes:
    """The union of paths (``/v1/paths``)."""
    nodes = [body["from"], body["to"], *(node for path in body["items"] for node in path["nodes"])]
    return _written(nodes, [step for path in body["items"] for step in path["steps"]])


def _written(nodes: Iterable[Mapping[str, Any]], edges: Iterable[Mapping[str, Any]]) -> bytes:
    from graph.chains.networks import to_graphml  # half a second, which only who asks for a file pays

    keys = {node["id"]: f"{node['kind']}:{node['id']}" for node in nodes}
    said = {keys[node["id"]]: {"key": keys[node["id"]], **node} for node in nodes}
    return to_graphml(list(said.values()), list({edge["id"]: _edge(edge, keys) for edge in edges}.values()))


def _edge(edge: Mapping[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
    evidence = edge["evidence"] or {}
    start, end = evidence.get("span") or (None, None)
    return {
        "key": edge["id"],
        "from": keys[edge["from"]],
        "to": keys[edge["to"]],
        **{
            name: edge[name] for name in ("type", "relation", "position", "as_written", "open_list", "inferred", "rule")
        },
        "weaknesses": " ".join(edge["weaknesses"]) or None,
        **{name: evidence.get(name) for name in ("document_id", "text_sha256", "quote")},
        "start": start,
        "end": end,
    }
