"""A look at a graph on a Neo4j server, as one would take in a notebook: objects, a table, a network.

Needs the extra ``notebook`` and a server with a plan in it::

    NEO4J_URI=neo4j://127.0.0.1:7687 NEO4J_PASSWORD=… python examples/notebook.py 娄底市:市政府法制办

Nothing here can write: the server refuses it (docs/notebook.md).
"""

import sys

import networkx as nx

from graph.notebook import Unit, close, connect, frame, network


def main(unit: str) -> None:
    graph = connect()  # NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE

    # objects: a unit, what it leads, the words that say so
    office = Unit.match(graph, unit).first()
    led = sorted(office.leads.triples(), key=lambda triple: triple[1][1]["start"])
    print(f"{office.name} leads {len(led)}:")
    for _, (_, fact), target in led[:3]:
        print(f"  {fact['quote']} → {getattr(target, 'heading', None) or target.title}")

    # a table: any reading query of the catalogue
    duties = frame(graph, "questions/unit-duties", unit=unit)
    print(duties.groupby("role").size().to_string())

    # a network: who bears something with whom
    whole = network(graph)
    bears = [
        (source, target)
        for source, target, data in whole.edges(data=True)
        if data["type"] in ("LEADS", "RESPONSIBLE_FOR", "COOPERATES_ON")
    ]
    degrees = dict(nx.Graph(bears).degree())
    units = [name for name in degrees if name.startswith("unit:") and not whole.nodes[name]["collective"]]
    busiest = max(units, key=lambda name: degrees[name])
    print(f"{whole.number_of_nodes()} nodes, {whole.number_of_edges()} edges; most duties: {busiest}")
    close(graph)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"expected the id of a unit, such as 娄底市:市政府法制办\n\n{__doc__}")
    main(sys.argv[1])
