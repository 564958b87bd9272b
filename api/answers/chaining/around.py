"""A piece of the graph around one thing: its nodes with their names, and the steps between them with their words.

Example: ``graph_answer(store, "unit:市政府法制办", …)`` has the unit and the items and documents that give it a duty.

Left to others: what is near (`graph.chains.neighbourhood`), names and places (`api.answers.chaining.chains`), GraphML
(`api.export.graphml`).
"""

from collections.abc import Collection

from api.answers.chaining.chains import ChainWriter, end_of
from api.answers.nesting import Evidence
from api.answers.questions import Answer
from api.answers.references import Narrow, named_document
from graph.chains.levels import ChainNode, Path, PathStep
from graph.chains.neighbourhood import neighbourhood
from graph.model import UNIT_DUTIES
from graph.store.contract import ReadTransaction, Store


def graph_answer(
    store: Store,
    around: str,
    *,
    depth: int,
    most: int,
    types: Collection[str],
    narrow: Narrow,
    evidence: Evidence,
) -> Answer:
    """The nodes at most ``depth`` steps from ``around`` (``unit:市政府法制办``), at most ``most`` of them, and the steps between.

    Raises ParameterError for a value that cannot be one, UnknownReference for an unknown name.
    """

    def work(reading: ReadTransaction) -> Answer:
        start = end_of(reading, "around", around, narrow)
        document = named_document(reading, narrow)
        found = neighbourhood(
            reading, start, depth=depth, types=types, most=most, document=document.id if document else None
        )
        single = [Path((step.lower, step.upper), (step,), "chain") for step in found.steps]
        words = ChainWriter(reading, [*single, Path((start,), (), "chain")], evidence)
        body = {
            "around": words.node(start),
            "depth": depth,
            "kinds": list(types),
            "nodes": [words.node(node) | {"depth": away} for node, away in found.depths.items()],
            "edges": [words.step(step, _source(step)) for step in found.steps],
            "complete": found.complete,
            "data_version": str(reading.data_version),
        }
        return Answer(body)

    return store.read(work)


def _source(step: PathStep) -> ChainNode:
    """Where a step begins as it is stored: a unit, a text that cites, what holds a part."""
    return step.lower if step.type in (*UNIT_DUTIES, "MENTIONED_IN", "CITES") else step.upper
