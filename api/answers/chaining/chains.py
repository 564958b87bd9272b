"""Chains as answers: every step with its words, its place and its weaknesses.

Order of steps, all in one `Store.read`: resolve the two ends (``unit:市政府法制办``); find the paths (`graph.chains.paths`);
read the names, texts and repairs of the nodes on them; add evidence to each step.  A duty or citation has a place of
its own; the place of a step of the outline is the heading below it.

Example: ``chain_answer(store, "娄底市-娄发2017-4:s2.4-21", …)`` leads up to 《湖南省行政程序规定》, which the item implements, and to
what the whole plan rests on, and down to 市政府法制办 and three other units.

Left to others: the search (`graph.chains.paths`), weaknesses (`graph.chains.weakness`), the routes
(`api.routes.chains`).
"""

from collections.abc import Collection, Sequence

from api.answers.name_errors import NoSuchName
from api.answers.nesting import TEXTS, Evidence, Json, evidence_of, pairs
from api.answers.paging import one_page
from api.answers.questions import Answer
from api.answers.references import ANYWHERE, Narrow, Resolved, resolve
from graph.chains.levels import KINDS, TREE, ChainNode, Path, PathStep
from graph.chains.paths import (
    DEFAULT_LENGTH,
    DEFAULT_MORE,
    DEFAULT_TYPES,
    bearers_below,
    carriers_below,
    find_paths,
    rules_above,
)
from graph.chains.weakness import WEAKNESSES, repairs_of, weaknesses_of
from graph.errors import ParameterError
from graph.library.columns import CLAUSE
from graph.store.contract import ReadTransaction, Row, Store

MOST_PARTNERS = 30
_HEADING = 120  # a heading that is not found as stored is quoted up to here at most


def parse_types(given: str | None) -> tuple[str, ...]:
    """``LEADS,CITES`` -> the relationship types to follow; without a value, all types that make a chain."""
    return DEFAULT_TYPES if given is None else tuple(dict.fromkeys(word.strip() for word in given.split(",")))


def path_answer(
    store: Store,
    start: str,
    end: str,
    *,
    types: Collection[str] = DEFAULT_TYPES,
    max_length: int = DEFAULT_LENGTH,
    more: int = DEFAULT_MORE,
    narrow: Narrow = ANYWHERE,
    evidence: Evidence = Evidence.FULL,
) -> Answer:
    """The shortest paths between two nodes and the ``more`` next longer ones, as a list envelope.

    Raises ParameterError for an end without a kind or for two equal ends, UnknownReference for an unknown name.
    """

    def work(reading: ReadTransaction) -> Answer:
        ends = [end_of(reading, name, given, narrow) for name, given in (("from", start), ("to", end))]
        found = find_paths(reading, *ends, types=types, max_length=max_length, more=more)
        words = ChainWriter(reading, [*found.paths, Path(tuple(ends), (), "chain")], evidence)
        items = [words.path(path) for path in found.paths]
        body = one_page(items, str(reading.data_version), least=not found.complete) | {
            "from": words.node(ends[0]),
            "to": words.node(ends[1]),
            "kinds": list(types),
            "max_length": max_length,
            "complete": found.complete,
        }
        return Answer(body)

    return store.read(work)


def chain_answer(
    store: Store,
    reference: str,
    *,
    narrow: Narrow = ANYWHERE,
    types: Collection[str] = DEFAULT_TYPES,
    evidence: Evidence = Evidence.FULL,
) -> Answer:
    """An item's chains: up to the rules it rests on, down to the units that bear it."""

    def work(reading: ReadTransaction) -> Answer:
        found = resolve(reading, "item", reference, narrow)
        upward, passed = rules_above(reading, found.id, types)
        downward = bearers_below(reading, found.id, types)
        item = ChainNode("item", found.id)
        words = ChainWriter(reading, [*upward.paths, *downward.paths, Path((item,), (), "chain")], evidence)
        body = {
            "item": words.node(item),
            "upward": [words.path(path) for path in upward.paths],
            "downward": [words.path(path) for path in downward.paths],
            "complete": upward.complete and downward.complete,
            "left_out": [{"reason": relation, "count": count} for relation, count in sorted(passed.items())],
            "data_version": str(reading.data_version),
        }
        return Answer(body, "item", found)

    return store.read(work)


def regulation_chain_answer(store: Store, reference: str, *, narrow: Narrow = ANYWHERE) -> Answer:
    """The chains of an instrument: down through the items that cite it to the units that bear them."""

    def work(reading: ReadTransaction) -> Answer:
        found = resolve(reading, "regulation", reference, narrow)
        return Answer(regulation_chains(reading, found, Evidence.FULL), "regulation", found)

    return store.read(work)


def regulation_chains(reading: ReadTransaction, found: Resolved, evidence: Evidence) -> Json:
    """The body of `regulation_chain_answer`, inside a read that is in progress."""
    downward = carriers_below(reading, found.id)
    regulation = ChainNode("regulation", found.id)
    words = ChainWriter(reading, [*downward.paths, Path((regulation,), (), "chain")], evidence)
    return {
        "regulation": words.node(regulation),
        "downward": [words.path(path) for path in downward.paths],
        "complete": downward.complete,
        "data_version": str(reading.data_version),
    }


def partners_of(store: Store, unit: str) -> list[Row]:
    """The units that bear items together with a unit; those with most shared items first, at most `MOST_PARTNERS`."""
    return store.read(lambda reading: reading.rows("read/partners", {"unit": unit, "limit": MOST_PARTNERS}))


def end_of(reading: ReadTransaction, name: str, given: str, narrow: Narrow) -> ChainNode:
    """The node that ``given`` means (``unit:市政府法制办``), the value of the parameter ``name``."""
    kind, colon, reference = given.partition(":")
    if not colon or kind not in KINDS or not reference:
        raise ParameterError(
            f"parameter {name!r} is {given[:80]!r}; expected a kind and a name: {', '.join(f'{k}:…' for k in KINDS)}."
        )
    if kind == "task":
        if not reading.rows("read/chain/task-nodes", {"ids": [reference]}):
            raise NoSuchName(f'No task (子任务) has the id "{reference[:200]}". Expected an id: <item>-t1.')
        return ChainNode(kind, reference)
    return ChainNode(kind, resolve(reading, kind, reference, narrow).id)


class ChainWriter:
    """Writes paths as JSON. It reads the names, texts and repairs of all their nodes at once."""

    def __init__(self, reading: ReadTransaction, paths: Sequence[Path], evidence: Evidence) -> None:
        self._evidence = evidence
        nodes = {node for path in paths for node in path.nodes}
        documents = {ChainNode("document", document_of(step)) for path in paths for step in path.steps}
        self._rows: dict[ChainNode, Row] = {}
        for kind in KINDS:
            ids = sorted({node.id for node in nodes | documents if node.kind == kind})
            if ids:
                rows = reading.rows(f"read/chain/{kind}-nodes", {"ids": ids})
                self._rows |= {ChainNode(kind, row["id"]): row for row in rows}
        self._texts: dict[str, str] = {}
        self._repairs: dict[str, list[list[int]]] = {}
        for document in documents:
            key = self._rows[document]["text_sha256"]
            if key not in self._texts:
                self._texts[key] = TEXTS.get(reading, key)
                self._repairs[key] = repairs_of(reading, key)

    def node(self, node: ChainNode) -> Json:
        """A node as JSON: its kind, id and name; for an item or section also the label printed before it."""
        row = self._rows[node]
        made: Json = {"kind": node.kind, "id": node.id, "name": row["name"]}
        for key in ("number", "label", "part"):
            if row.get(key) is not None:
                made[key] = row[key]
        return made

    def path(self, path: Path) -> Json:
        """A path as JSON, with its nodes in the requested direction."""
        steps = [self.step(step, near) for step, near in zip(path.steps, path.nodes, strict=False)]
        return {
            "length": len(path),
            "shape": path.shape,
            "nodes": [self.node(node) for node in path.nodes],
            "steps": steps,
            "weaknesses": [word for word in WEAKNESSES if any(word in step["weaknesses"] for step in steps)],
        }

    def step(self, step: PathStep, near: ChainNode) -> Json:
        """A step as JSON, in the direction that leaves ``near``."""
        fact = step.fact
        document = document_of(step)
        text = self._rows[ChainNode("document", document)]["text_sha256"]
        place = {"document_id": document, "text_sha256": text, **self._place(step, self._texts[text])}
        evidence = evidence_of(place, self._evidence, self._texts)
        made: Json = {
            "id": step.id,
            "type": step.type,
            "from": near.id,
            "to": step.far(near).id,
            **{key: fact[key] for key in ("relation", "task", "position", "as_written", "open_list")},
            "inferred": bool(fact["inferred"]),
            "rule": fact["rule"],
            "because": pairs(fact["because"]),
            "weaknesses": weaknesses_of(
                inferred=fact["inferred"],
                collective=self._rows[step.lower].get("collective"),
                open_list=fact["open_list"],
                unresolved=any(self._rows[node].get("unresolved") for node in (step.lower, step.upper)),
                relation=fact["relation"],
                places=(evidence["span"], evidence["clause"]),
                repairs=self._repairs[text],
            ),
        }
        made["evidence"] = None if self._evidence is Evidence.NONE else evidence
        return made

    def _place(self, step: PathStep, text: str) -> Row:
        """The columns of a step's place. A step of the outline stands at the heading below it."""
        if step.type not in TREE:
            return {key: step.fact[key] for key in ("start", "end", *CLAUSE)}
        row = self._rows[step.lower]
        whole = step.lower.kind == "task"
        end = row["end"] if whole else heading_end(text, row["start"], row["end"], row["name"])
        return {"start": row["start"], "end": end, **dict.fromkeys(CLAUSE)}


def document_of(step: PathStep) -> str:
    """The document that states a step."""
    owner = step.upper if step.lower.kind == "unit" else step.lower
    return owner.id if owner.kind == "document" else owner.id.rpartition(":")[0]


def heading_end(text: str, start: int, end: int, heading: str | None) -> int:
    """Where the heading of a section or item that begins at ``start`` ends: ``⒛ 改革行政执法体制``."""
    at = text.find(heading, start, end) if heading else -1
    if at >= 0:
        return at + len(heading or "")
    line = text.find("\n", start, end)
    return min(line if line >= 0 else end, start + _HEADING)
