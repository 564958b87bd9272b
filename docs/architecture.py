"""Makes ``architecture.md``: the picture of the folders, what it shows as tables, and the way of a plan's text to an answer.

The examples of the way are not written by hand.  The sample goes all the way, each station's function is listened to, and the
page shows what it gave back for one line of the text.

Left to others: the imports and their picture (`picture.py`), writing the files and comparing them (`generate.py`).
"""

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from picture import PACKAGES, ROOT, belongs, floors, imports, purpose, short

import api.answers.questions
import loaders.files.read
import loaders.plan
import loaders.storing.load
from graph.store.opening import open_store

SAMPLE = ROOT / "examples" / "loudi-2017.txt"
UNIT = "娄底经开区管委会"
DAMAGED = "任单位:"  # the line of item 4 that the examples follow: its label has lost its first sign


@dataclass(frozen=True)
class Station:
    """One function on the way: what it is given and gives back, and what it gave back for the line that is followed."""

    name: str
    function: str
    takes: str
    gives: str
    example: Callable[["Line", Any], str]


@dataclass(frozen=True)
class Line:
    """The line that is followed: where it begins in the source, and the way there from a place of the repaired text."""

    start: int
    source: Callable[[int], int]

    def begins(self, place: int) -> bool:
        """Whether it begins at a place of the repaired text."""
        return self.source(place) == self.start


def _source(line: Line, source: Any) -> str:
    return f"`{SAMPLE.stat().st_size}` bytes of {source.encoding} are `{len(source.text)}` characters; `{DAMAGED}` stands at `{line.start}`"


def _mended(line: Line, mended: Any) -> str:
    repair = next(r for r in mended.repairs if r.span[0] == line.start)
    return f"`{repair.original}` is read as `{repair.repaired}` by the rule `{repair.rule}`"


def _tokens(line: Line, tokens: Any) -> str:
    label = next(token for token in tokens.labels if line.begins(token[0]))
    return f"the label `{label}`, at a place of the repaired text"


def _tables(_: Line, tables: Any) -> str:
    return f"{len(tables) or 'none'}: the sample is running text"


def _outline(line: Line, nodes: Any) -> str:
    node = [n for n in nodes if line.source(n.start) < line.start][-1]
    return f"`{node.label.strip()}` has the number {node.number} and the level {node.level}"


def _clause(line: Line, clauses: Any) -> str:
    clause = next(c for c in clauses if line.begins(c.span[0]))
    return (
        f"`{clause.role}` at `{clause.span}`, taken by the rule `{clause.rule.name}` in the form `{clause.rule.form}`"
    )


def _head(_: Line, head: Any) -> str:
    return f"`{head.region}`, `{head.reference_number}`, issued on `{head.issued_on}`"


def _item(line: Line, items: Any) -> str:
    item = next(i for i in items if i.span[0] <= line.start < i.span[1])
    duty = next(d for d in item.duties if d.as_written == UNIT)
    return (
        f"item {item.number}, `{item.heading}`: `{UNIT}` is `{duty.role}` at `{duty.span}`, places of the source again"
    )


def _plan(_: Line, plan: Any) -> str:
    document, coverage = plan.document, plan.coverage
    return f"`{document.id}`: {len(plan.items)} items; {coverage.taken} of {coverage.characters} characters taken"


def _rows(_: Line, rows: Any) -> str:
    row = next(
        r
        for r in rows.relationships.values()
        if r.type == "RESPONSIBLE_FOR" and "-4|" in r.properties["id"] and UNIT in r.from_id
    )
    return f"`({row.from_id})-[:{row.type}]->({row.to_id})`"


def _report(_: Line, report: Any) -> str:
    return f"{sum(report.created.values())} nodes and relationships are new; the data version is {report.data_version}"


def _answer(_: Line, answer: Any) -> str:
    row = next(row for row in answer["items"] if row["item"]["number"] == 4)
    words = row["evidence"]
    return f"item {row['item']['number']}, `{row['role']}`, `{words['quote']}` at `{tuple(words['span'])}`"


STATIONS = (
    Station("Source", "loaders.files.read.read_bytes", "the bytes of a file", "`Source`: text, tables, pages", _source),
    Station(
        "Repaired text",
        "loaders.text.repair.repair",
        "the text of the source",
        "`Repaired`: the text that is parsed, the repairs, the way back",
        _mended,
    ),
    Station(
        "Tokens",
        "loaders.lexicon.scan.scan",
        "the repaired text",
        "`Tokens`: every word on which a later rule hangs",
        _tokens,
    ),
    Station(
        "Tables",
        "loaders.duties.table_cells.table_items",
        "the text and the tables of the source, or those that the text still shows",
        "rows that are items, with their clauses",
        _tables,
    ),
    Station(
        "Outline",
        "loaders.structure.outline.outline",
        "the text without its tables",
        "`Node`s: headings and numbers as a tree",
        _outline,
    ),
    Station(
        "Head",
        "loaders.structure.head.read_head",
        "the text before the first number",
        "`Head`: title, number, issuers, region, date",
        _head,
    ),
    Station(
        "Assignments",
        "loaders.duties.assignments.assignments",
        "a `Reading`: the text with its tokens and its outline",
        "`Clause`s: a role or a time, its words, its rule",
        _clause,
    ),
    Station(
        "Items",
        "loaders.items.items.build_items",
        "clauses, outline, times, citations",
        "`Item`s: duties, deadlines, tasks, citations, mentions, each with its place",
        _item,
    ),
    Station("Plan", "loaders.plan.parse_plan", "a source", "`Plan`: all of the above, frozen", _plan),
    Station(
        "Rows",
        "loaders.storing.rows.plan_rows",
        "a plan",
        "`Rows`: nodes and relationships as the schema declares them",
        _rows,
    ),
    Station(
        "Store",
        "loaders.storing.load.load_plan",
        "a plan and a store",
        "`LoadReport`: what was written; only differences are",
        _report,
    ),
    Station(
        "Answer",
        "api.answers.questions.run_question",
        "the name of a question and its parameters",
        "rows, each with the words that say so",
        _answer,
    ),
)


def page() -> str:
    """The page: the picture, what it shows as tables, and the stations of a text."""
    arrows = imports()
    parts: list[str] = [
        "# Architecture",
        "The code has three packages: `graph` is the model of a plan and the store, `loaders` turns text into facts and facts "
        "into the graph, `api` is what a user touches. Imports go one way, down the floors. `cypher/` holds every statement that "
        "runs on a store and no code. `make imports` holds the layers of `[tool.importlinter]` in pyproject.toml; a floor here only "
        "says how deep the imports go today. `make docs` draws this page from the imports.",
        "![The folders of api, loaders and graph by floor, with arrows to what each imports; the tables below say the same.]"
        "(pictures/architecture.svg)",
    ]
    for package in PACKAGES:
        parts += [f"## {package}", purpose(package), _table_of(package, arrows)]
    parts += [
        "## The way of a text",
        f"Twelve stations lead from a file to an answer. The examples follow one line of the sample: item 4 says "
        f"`{DAMAGED}…{UNIT}负责。`, and its label is damaged. Each example is what the function gave back when this page was made.",
        *_stations(),
    ]
    return "\n\n".join(parts)


def _table_of(package: str, arrows: Mapping[str, set[str]]) -> str:
    lines = ["| floor | folder or module | what is there | imports |", "|---|---|---|---|"]
    plan = floors(package, arrows)
    for n, floor in reversed(list(enumerate(plan, 1))):
        for room in floor:
            targets = sorted(arrows[room], key=lambda t: (not belongs(package, t), t))
            names = ", ".join(t.partition(".")[2] if belongs(package, t) else t for t in targets)
            lines.append(
                f"| {n} | `{short(room)}` | {purpose(room).replace('|', chr(92) + '|')} | {names or 'nothing of ours'} |"
            )
    return "\n".join(lines)


def _stations() -> Iterator[str]:
    heard = _heard()
    source, mended = (heard[station.function] for station in STATIONS[:2])
    line = Line(source.text.index(f"\n{DAMAGED}") + 1, mended.source)
    for n, station in enumerate(STATIONS, 1):
        yield (
            f"{n}. **{station.name}**, `{station.function}`<br>In: {station.takes}. Out: {station.gives}.<br>"
            f"Example: {station.example(line, heard[station.function])}."
        )


def _heard() -> dict[str, Any]:
    """What the function of each station gave back first, while the sample went all the way."""
    with _listening() as heard, tempfile.TemporaryDirectory() as folder:
        plan = loaders.plan.parse_plan(loaders.files.read.read_path(SAMPLE))
        with closing(open_store(f"embedded:{folder}/store", brief=True)) as store:
            loaders.storing.load.load_plan(plan, store, now="2026-11-23T08:00:00+00:00")
            api.answers.questions.run_question(store, "unit-duties", {"unit": UNIT})
    return heard


@contextmanager
def _listening() -> Iterator[dict[str, Any]]:
    """While this lasts, every module that has the function of a station has one in its place that notes what it gives back."""
    heard: dict[str, Any] = {}
    changed = []
    known = [module for name, module in sys.modules.items() if name.partition(".")[0] in PACKAGES]
    for station in STATIONS:
        module, _, name = station.function.rpartition(".")
        function = getattr(sys.modules[module], name)
        noting = _noting(station.function, function, heard)
        for holder in known:
            if vars(holder).get(name) is function:
                changed.append((holder, name, function))
                setattr(holder, name, noting)
    try:
        yield heard
    finally:
        for holder, name, function in changed:
            setattr(holder, name, function)
    expected = [station.function for station in STATIONS]
    if list(heard) != expected:
        raise ValueError(f"the sample went by way of {list(heard)}; expected {expected}. Mend STATIONS.")


def _noting(name: str, function: Callable[..., Any], heard: dict[str, Any]) -> Callable[..., Any]:
    def noting(*given: Any, **named: Any) -> Any:
        made = function(*given, **named)
        heard.setdefault(name, made)
        return made

    return noting
