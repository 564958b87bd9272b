"""For notebooks over a Neo4j server: read-only objects, tables and networks, by py2neo (extra ``notebook``).

Order of steps: `connect` gives a graph that begins every transaction as a reading one, including the hidden ones of
py2neo, so that the *server* refuses writes.  Then:

- objects: ``Unit.match(graph, "娄底市:市政府法制办").first().leads`` (`Document`, `Section`, `Item`, `Task`, `Deadline`,
  `Unit`, `Regulation`), the words of the facts by ``.triples()``;
- tables: ``frame(graph, "questions/unit-duties", unit=…)``, any reading query of the catalogue as a DataFrame;
- networks: ``network(graph, [document])``, the same graph as `graph.chains.networks.projection`.

Limits (docs/notebook.md): nothing of py2neo's ``graph.schema`` works on these servers; two answers may have different
data versions; two facts of one type between two nodes become one object.  py2neo is no longer developed; nothing else
imports it.

Left to others: everything that writes, serves or must be right under load (`graph.store.neo4j.store`, the official
driver).
"""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any, cast

import pandas
from py2neo import Graph, Node
from py2neo.ogm import Model, Property, RelatedFrom, RelatedTo

from graph.chains.networks import Projection, read_projection
from graph.errors import ParameterError
from graph.store.catalogue import load_catalogue
from graph.store.contract import Row
from graph.store.fact_places import FACTS, every_fact
from graph.store.neo4j.address import server_of

EVERY_ROW = 1_000_000


class ReadOnlyGraph(Graph):
    """A py2neo graph that begins only reading transactions; the server refuses writes in them."""

    def auto(self, readonly: bool = True) -> Any:
        return super().auto(readonly=True)

    def begin(self, readonly: bool = True) -> Any:
        return super().begin(readonly=True)


def connect(url: str = "neo4j") -> ReadOnlyGraph:
    """The graph at ``url``: ``neo4j://host:7687``, or ``neo4j`` for the address in ``NEO4J_URI``.

    User and password come from ``NEO4J_USERNAME`` and ``NEO4J_PASSWORD`` (or ``_FILE``), the database from
    ``NEO4J_DATABASE``, as for every command. Raises StoreUnavailable for an invalid address; py2neo raises its own
    errors if the server does not answer.
    """
    address = server_of(url)
    return ReadOnlyGraph(address.uri, name=address.database, auth=(address.user, address.password or ""))


def close(graph: ReadOnlyGraph) -> None:
    """Close the connections; py2neo itself leaves its sockets open."""
    graph.service.connector.close()


class Stored(Model):
    """One node of the graph; a property it does not have is None."""

    __primarykey__ = "id"
    id = Property()

    @classmethod
    def wrap(cls, node: Node | None) -> Any:
        """The object for ``node`` by its label: a duty leads to an item, or to a document."""
        label = next(iter(node.labels), "") if node is not None else ""
        kind = KINDS.get(label, cls)
        return super(Stored, kind).wrap(node)


class Document(Stored):
    """文件"""

    title, reference_number, region = Property(), Property(), Property()
    issued_on, kind, issuers = Property(), Property(), Property()
    sections = RelatedTo("Section", "HAS_SECTION")
    deadlines = RelatedTo("Deadline", "HAS_DEADLINE")
    cites = RelatedTo("Regulation", "CITES")
    led_by = RelatedFrom("Unit", "LEADS")


class Section(Stored):
    """部分"""

    label, title, level, position, intro = Property(), Property(), Property(), Property(), Property()
    sections = RelatedTo("Section", "HAS_SECTION")
    items = RelatedTo("Item", "HAS_ITEM")


class Item(Stored):
    """任务事项"""

    number, label, heading, body, part = Property(), Property(), Property(), Property(), Property()
    kind, level, queryable = Property(), Property(), Property()
    due_date, due_precision, due_basis, ongoing = Property(), Property(), Property(), Property()
    parts = RelatedTo("Item", "HAS_PART")
    tasks = RelatedTo("Task", "HAS_TASK")
    deadlines = RelatedTo("Deadline", "HAS_DEADLINE")
    cites = RelatedTo("Regulation", "CITES")
    section = RelatedFrom("Section", "HAS_ITEM")
    above = RelatedFrom("Item", "HAS_PART")
    led_by = RelatedFrom("Unit", "LEADS")
    responsible = RelatedFrom("Unit", "RESPONSIBLE_FOR")
    cooperating = RelatedFrom("Unit", "COOPERATES_ON")
    supervising = RelatedFrom("Unit", "SUPERVISES")
    mentions = RelatedFrom("Unit", "MENTIONED_IN")


class Task(Stored):
    """子任务"""

    kinds, quote = Property(), Property()
    target_name, target_value, target_unit, target_comparison = Property(), Property(), Property(), Property()
    item = RelatedFrom("Item", "HAS_TASK")


class Deadline(Stored):
    """时限"""

    kind, quote, date, precision, hedge = Property(), Property(), Property(), Property(), Property()
    conditional, recurrence, duration, duration_unit, anchor = (
        Property(), Property(), Property(), Property(), Property(),
    )  # fmt: skip


class Unit(Stored):
    """单位"""

    name, full_name, region, level, kind = Property(), Property(), Property(), Property(), Property()
    aliases, collective, unresolved = Property(), Property(), Property()
    leads = RelatedTo("Item", "LEADS")
    responsible_for = RelatedTo("Item", "RESPONSIBLE_FOR")
    cooperates_on = RelatedTo("Item", "COOPERATES_ON")
    supervises = RelatedTo("Item", "SUPERVISES")
    mentioned_in = RelatedTo("Item", "MENTIONED_IN")


class Regulation(Stored):
    """法规与文件"""

    title, reference_number, issuer, kind, unresolved = Property(), Property(), Property(), Property(), Property()
    cited_by = RelatedFrom("Item", "CITES")


KINDS: Mapping[str, type[Stored]] = {
    kind.__name__: kind for kind in (Document, Section, Item, Task, Deadline, Unit, Regulation)
}


def rows(graph: ReadOnlyGraph, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
    """The rows of a reading query of the catalogue; its parameters are checked as usual.

    Without ``limit``, `EVERY_ROW` is used; without the ids of facts, all of the unit or instrument.  Raises CatalogueError for an unknown query, ParameterError for an invalid
    parameter or for a query that writes.
    """
    known = load_catalogue()[query]
    if known.mode != "read":
        raise ParameterError(f"query {query!r} writes; expected one that reads.")
    given = dict(parameters or {})
    takes = {param.name for param in known.params}
    if "limit" in takes:
        given.setdefault("limit", EVERY_ROW)
    if FACTS in takes:
        given.setdefault(FACTS, every_fact(_ReadTransaction(partial(rows, graph)), given))
    return cast("list[Row]", graph.query(known.text, known.check(given)).data())


def frame(graph: ReadOnlyGraph, query: str, **parameters: Any) -> "pandas.DataFrame":
    """The rows of a reading query of the catalogue as a DataFrame with the columns that its header names.

    ``frame(graph, "questions/unit-duties", unit="娄底市:市政府法制办")``: ids, not names; see docs/queries.md.
    """
    return pandas.DataFrame(rows(graph, query, parameters), columns=list(load_catalogue()[query].returns))


def network(graph: ReadOnlyGraph, documents: Collection[str] | None = None) -> Projection:
    """The given documents, or all, as a networkx MultiDiGraph: nodes and edges as in `graph.chains.networks.projection`."""
    return read_projection(_ReadTransaction(partial(rows, graph)), documents)


class _ReadTransaction:
    """A read as in `graph.store.contract`, but its rows may come from more than one data version."""

    def __init__(self, run: Callable[[str, Mapping[str, Any] | None], list[Row]]) -> None:
        self._run = run

    @property
    def data_version(self) -> int:
        return int(self._run("read/meta", None)[0]["data_version"])

    def rows(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        return self._run(query, parameters)
