"""From records to the files of ``neo4j-admin database import full``: the graph that a load would make, without a server.

1. The lines are checked against their hashes; the last line of a file counts; records stand in the order of their files.
2. A plan whose id, text or items an earlier one has is left out, as `loaders.storing.load.load_new` leaves it: a load decides about it.
3. DuckDB turns the rows into a file for each label and for each relationship type with its two ends. Units and instruments that plans
   describe differently are merged by `loaders.storing.differences.merge_properties`.
4. ``Meta`` and ``Migration`` are among the nodes. The migrations have no time yet: ``zeren migrate`` makes their indexes.
5. ``import.args`` names all files and options; it is written last.

Example: ``make_import(["/records"], Path("/import"), now=…)``, then ``neo4j-admin database import full neo4j @import.args`` there.

Left to others: records (`loaders.mapping.record`), migrations after the import (`graph.store.migrations`).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from graph.errors import ParameterError
from graph.schema import NODE, RELATIONSHIPS, NodeType, RelationshipType, Type
from graph.store.migrations import migrations
from loaders.mapping.record import RECORD_FORMAT, is_whole
from loaders.plan import PARSER_VERSION, VOCABULARY_VERSION
from loaders.storing.differences import NOTES, SHARED, TREE, merge_properties
from loaders.storing.identity import marks

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LABELS = (*TREE, "Official", *SHARED)
LINKS = tuple(one for one in RELATIONSHIPS if one.few is not None)
_ENDS = ("from_label", "from", "to_label", "to")
_DUCK = {
    Type.STRING: "VARCHAR", Type.JSON: "VARCHAR", Type.INTEGER: "BIGINT", Type.FLOAT: "DOUBLE", Type.BOOLEAN: "BOOLEAN",
    Type.STRINGS: "VARCHAR[]", Type.INTEGERS: "BIGINT[]",
}  # fmt: skip
_NEO4J = {
    Type.STRING: "string", Type.JSON: "string", Type.INTEGER: "long", Type.FLOAT: "double", Type.BOOLEAN: "boolean",
    Type.STRINGS: "string[]", Type.INTEGERS: "long[]",
}  # fmt: skip
_DELIMITER = "\x1f"
_LONGEST = 512 * 2**20  # bytes of a record
_VERSION = 2  # of the data: that of a store after one load


class _DocumentMarks(msgspec.Struct):
    id: str
    text_sha256: str
    body_sha256: str | None = None
    reference_number: str | None = None


class _Nodes(msgspec.Struct):
    Document: tuple[_DocumentMarks]


class _Line(msgspec.Struct):
    format: int
    file: str
    parser_version: str
    vocabulary_version: str
    nodes: _Nodes
    hash: str

    @property
    def document(self) -> _DocumentMarks:
        return self.nodes.Document[0]


@dataclass(frozen=True, slots=True)
class _Kept:
    source: str
    line: _Line


@dataclass(frozen=True, slots=True)
class CollidingPlan:
    """A plan that is not in the import, because an earlier one has its id, its text or its items."""

    file: str
    document: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What the files hold, and which plans they do not hold; ``older``: plans that another version read."""

    plans: int
    nodes: int
    relationships: int
    older: int
    left_out: tuple[CollidingPlan, ...]


def make_import(sources: Sequence[str], out: Path, *, now: str) -> ImportReport:
    """Write the files for the records in ``sources`` (files or folders) into ``out``, which is new or empty."""
    duckdb = _duckdb()
    files = _record_files(sources)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ParameterError(f"{str(out)!r} is there and not empty; expected a new folder for the import.")
    kept, left_out = _choose(files)
    if not kept:
        raise ParameterError("the records hold no plan to import; expected some that zeren parse --out has written.")
    out.mkdir(parents=True, exist_ok=True)
    work = out / "work.duckdb"
    try:
        with duckdb.connect(str(work)) as db:
            _read_records(db, files, kept)
            counted = _Files(db, out, now).write(kept)
    finally:
        for rest in out.glob("work.duckdb*"):
            rest.unlink()
    older = sum(
        (one.line.parser_version, one.line.vocabulary_version) != (PARSER_VERSION, VOCABULARY_VERSION) for one in kept
    )
    return ImportReport(len(kept), *counted, older, tuple(left_out))


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError as error:
        raise ParameterError(
            "the files of an import are made by DuckDB, which is not installed. Install it: pip install 'zeren[scale]'"
        ) from error
    return duckdb


def _record_files(sources: Sequence[str]) -> list[str]:
    found: list[str] = []
    for source in sources:
        place = Path(source)
        inside = sorted(place.glob("*.ndjson")) if place.is_dir() else [place]
        found += [str(one) for one in inside if not one.name.endswith(".failures.ndjson")]
    missing = [one for one in found if not Path(one).is_file()]
    if missing or not found:
        what = ", ".join(missing or sources)
        raise ParameterError(f"there are no records at {what}; expected files that zeren parse --out has written.")
    return list(dict.fromkeys(found))


def _lines(source: str) -> Iterator[_Line]:
    decode = msgspec.json.Decoder(_Line).decode
    with Path(source).open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                met = decode(line) if is_whole(line) else None
            except msgspec.MsgspecError:
                met = None
            if met is None or met.format != RECORD_FORMAT:
                raise ParameterError(
                    f"line {number} of {source} is no whole record of format {RECORD_FORMAT}: it was cut or changed, or another "
                    "version wrote it. Run zeren parse --out again on its files. Nothing was written."
                )
            yield met


def _choose(files: Sequence[str]) -> tuple[list[_Kept], list[CollidingPlan]]:
    """The records that are imported, in the order of their files, and those that are not."""
    last = {(source, line.file): line for source in files for line in _lines(source)}
    seen: set[str] = set()
    kept, left_out = [], []
    for (source, file), line in sorted(last.items(), key=lambda one: (one[0][1], one[0][0])):
        own = line.document
        unmet, left = marks(own.id, own.text_sha256, own.body_sha256, own.reference_number)
        if unmet.isdisjoint(seen):
            kept.append(_Kept(source, line))
        else:
            left_out.append(CollidingPlan(file, own.id))
        seen |= left
    return kept, left_out


def _columns(kind: NodeType | RelationshipType) -> list[tuple[str, Type]]:
    return [(one.name, one.type) for one in kind.properties if one.name not in NOTES]


def _struct(kind: NodeType | RelationshipType) -> str:
    fields = [(name, _DUCK[type_]) for name, type_ in _columns(kind)]
    fields += [(name, "VARCHAR") for name in _ENDS] if isinstance(kind, RelationshipType) else []
    return "STRUCT(" + ", ".join(f'"{name}" {type_}' for name, type_ in fields) + ")"


def _read_records(db: "DuckDBPyConnection", files: Sequence[str], kept: Sequence[_Kept]) -> None:
    """The table ``plans``: the rows of each record that is kept, typed as the schema declares them."""
    db.execute("SET preserve_insertion_order = false")
    db.execute("CREATE TABLE kept (place BIGINT, source VARCHAR, hash VARCHAR)")
    places = json.dumps([{"place": i, "source": one.source, "hash": one.line.hash} for i, one in enumerate(kept)])
    shape = '[{"place": "BIGINT", "source": "VARCHAR", "hash": "VARCHAR"}]'
    db.execute("INSERT INTO kept SELECT unnest(from_json(?, ?), recursive := true)", [places, shape])
    nodes = ", ".join(f'"{label}" {_struct(NODE[label])}[]' for label in LABELS)
    links = ", ".join(f'"{one.type}" {_struct(one)}[]' for one in LINKS)
    columns = {"hash": "VARCHAR", "nodes": f"STRUCT({nodes})", "relationships": f"STRUCT({links})"}
    db.execute(
        f"""
        CREATE TABLE plans AS
        SELECT any_value(k.place) AS place, any_value(p.nodes) AS nodes, any_value(p.relationships) AS relationships
        FROM read_ndjson(?, columns = {columns!r}, filename = true, maximum_object_size = {_LONGEST}) p
        JOIN kept k ON k.source = p.filename AND k.hash = p.hash
        GROUP BY k.place
        """,
        [list(files)],
    )


class _Files:
    """The csv files and their headers, and the arguments that name them."""

    def __init__(self, db: "DuckDBPyConnection", out: Path, now: str) -> None:
        self._db, self._out, self._now = db, out, now
        self._arguments: list[str] = []

    def write(self, kept: Sequence[_Kept]) -> tuple[int, int]:
        """Write all files; how many nodes and relationships they hold."""
        nodes = sum(self._nodes(label) for label in LABELS) + self._state(kept[-1].line.vocabulary_version)
        links = sum(self._links(one, ends) for one in LINKS for ends in one.ends)
        longest = self._value("SELECT max(strlen(t.text)) FROM (SELECT unnest(nodes.SourceText) AS t FROM plans)")
        options = [
            "--array-delimiter=U+001F",
            "--multiline-fields=true",
            "--id-type=string",
            "--bad-tolerance=0",
            f"--read-buffer-size={max(4 * 2**20, 8 * (longest or 0))}",
        ]
        (self._out / "import.args").write_text("\n".join((*options, *self._arguments)) + "\n", "utf-8")
        return nodes, links

    def _value(self, statement: str) -> int:
        row = self._db.execute(statement).fetchone()
        return (row[0] if row else 0) or 0

    def _nodes(self, label: str) -> int:
        table = f"SELECT unnest(nodes.{label}) AS n, place FROM plans"
        if label in SHARED:
            table = self._merged(label, table)
        if label == "Official":  # a document has each once
            table = f"SELECT DISTINCT n FROM ({table})"
        columns = _columns(NODE[label])
        header = [f"{name}:{'ID(' + label + ')' if name == 'id' else _NEO4J[type_]}" for name, type_ in columns]
        values = [self._flat(label, table, name, type_) for name, type_ in columns]
        if label == "Document":
            header, values = [*header, "loaded_at:string"], [*values, f"'{self._now}'"]
        return self._copy(f"--nodes={label}=", label, header, values, table)

    def _links(self, kind: RelationshipType, ends: tuple[str, str]) -> int:
        table = f"SELECT unnest(relationships.{kind.type}) AS n FROM plans"
        table = f"SELECT n FROM ({table}) WHERE n.from_label = '{ends[0]}' AND n.to_label = '{ends[1]}'"
        columns = _columns(kind)
        header = [f":START_ID({ends[0]})", f":END_ID({ends[1]})", *(f"{name}:{_NEO4J[t]}" for name, t in columns)]
        values = ['n."from"', 'n."to"', *(self._flat(kind.type, table, *one) for one in columns)]
        return self._copy(f"--relationships={kind.type}=", "-".join((kind.type, *ends)), header, values, table)

    def _flat(self, owner: str, table: str, name: str, type_: Type) -> str:
        value = f'n."{name}"'
        if type_ is Type.STRINGS:
            joined = f"array_to_string({value}, '')"
            if self._value(f"SELECT count(*) FROM ({table}) WHERE contains({joined}, chr(31))"):
                raise ParameterError(
                    f"{owner}.{name} of a record holds the sign U+001F, which parts the values of lists."
                )
        return f"array_to_string({value}, chr(31))" if type_ in (Type.STRINGS, Type.INTEGERS) else value

    def _copy(self, argument: str, name: str, header: list[str], values: list[str], table: str) -> int:
        file = self._out / f"{name}.csv"
        row = self._db.execute(
            f"COPY (SELECT {', '.join(values)} FROM ({table})) TO '{str(file).replace(chr(39), chr(39) * 2)}' "
            "(FORMAT csv, HEADER false, NULLSTR '', DELIMITER ',', QUOTE '\"', ESCAPE '\"')"
        ).fetchone()
        count = row[0] if row else 0
        if not count:
            file.unlink()
            return 0
        (self._out / f"{name}-header.csv").write_text(",".join(header) + "\n", "utf-8")
        self._arguments.append(f"{argument}{name}-header.csv,{file.name}")
        return int(count)

    def _merged(self, label: str, table: str) -> str:
        """The nodes of a shared label, each once; what plans say differently is merged as loads would merge it."""
        self._db.execute(f"CREATE TABLE said_{label} AS SELECT n, max(place) AS place FROM ({table}) GROUP BY n")
        twice = f"SELECT n.id FROM said_{label} GROUP BY n.id HAVING count(*) > 1"
        merged: dict[str, dict[str, Any]] = {}
        for (words,) in self._db.execute(
            f"SELECT to_json(n) FROM said_{label} WHERE n.id IN ({twice}) ORDER BY place"
        ).fetchall():
            one = {name: value for name, value in json.loads(words).items() if value is not None}
            there = merged.get(one["id"])
            merged[one["id"]] = merge_properties(label, there, one) if there else one
        self._db.execute(f"CREATE TABLE merged_{label} AS SELECT n FROM said_{label} WHERE n.id NOT IN ({twice})")
        if merged:
            types = {name: _DUCK[t] for name, t in _columns(NODE[label])}
            shape = json.dumps([{name: [t[:-2]] if t.endswith("[]") else t for name, t in types.items()}])
            given = [json.dumps(list(merged.values()), ensure_ascii=False), shape]
            self._db.execute(f"INSERT INTO merged_{label} SELECT unnest(from_json(?, ?))", given)
        return f"SELECT n FROM merged_{label}"

    def _state(self, vocabulary: str) -> int:
        """``Meta`` and ``Migration``: a store after one load, whose indexes are still to be made."""
        shipped = migrations("neo4j")
        self._small(
            "Meta",
            ["id:ID(Meta)", "data_version:long", "schema_version:long", "vocabulary_version:string"],
            [f"meta,{_VERSION},0,{vocabulary}", f"gate,{_VERSION},,"],
        )
        self._small("Migration", ["name:ID(Migration)", "checksum:string"], [f"{m.name},{m.checksum}" for m in shipped])
        return 2 + len(shipped)

    def _small(self, label: str, header: list[str], lines: list[str]) -> None:
        (self._out / f"{label}-header.csv").write_text(",".join(header) + "\n", "utf-8")
        (self._out / f"{label}.csv").write_text("\n".join(lines) + "\n", "utf-8")
        self._arguments.append(f"--nodes={label}={label}-header.csv,{label}.csv")
