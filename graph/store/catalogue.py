"""The catalogue: every query the product runs is a file under ``cypher/``, read and checked once.

A query is named by its path without the suffix: ``cypher/read/unit-duties.cypher`` is ``read/unit-duties``.
Its header gives its purpose, its parameters and its columns::

    // Items a unit leads, shares or cooperates on, in document order.
    // params: unit (string, unit id), role (string or null), limit (int)
    // returns: item_id, heading, role
    MATCH (u:Unit {id: $unit}) ...

Order of steps: the files of ``load/``, ``read/`` and ``questions/`` are read by `importlib.resources`, and the shapes among
them are filled (`graph.store.shapes`); each header is parsed; the body must be one statement, use exactly the
declared parameters, return exactly the declared columns, and write only under ``load/``.  A violation is a CatalogueError
that names the file.

A list has a line ``// page:`` after its match and filters. The lines above it make its count, ``read/count-…``.

A statement whose rows are put in order at its end, and not cut there, can also be run without that: `Query.loose` is the statement
without its last ORDER BY, `in_order` puts its rows in order (`graph.store.row_order`).

Where the embedded engine finds nothing by an index in Cypher, its SQL stands below a line ``// embedded sql:``, with the same
parameters (``:name``) and columns.

`Query.check` checks parameters before they reach an engine: a parameter that is missing, unknown or of the wrong type is a
ParameterError.  A parameter ``or null`` may be left out.  Left to others: running (stores), schema files
(`graph.store.migrations`).

Types: ``string`` ``int`` ``float`` ``bool``, ``list of`` those, ``map``, ``list of maps``; each may end in ``or null``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Literal

from graph.errors import CatalogueError, ParameterError
from graph.names import has_half_surrogate
from graph.store.row_order import Key, order_at_end
from graph.store.shapes import FOLDER, fill_shapes

FOLDERS = ("load", "read", "questions", "conditions")
Mode = Literal["read", "write"]

_SCALARS: dict[str, type] = {"string": str, "int": int, "float": float, "bool": bool}
_TYPES = frozenset((*_SCALARS, *(f"list of {t}" for t in _SCALARS), "map", "list of maps"))
_INT64 = range(-(2**63), 2**63)

# strings in either quote, names in back quotes, comments: what `$x`, `;` or a keyword inside them means nothing
_OPAQUE = re.compile(
    r"""
      '(?:[^'\\]|\\.)*'      # 'a string'
    | "(?:[^"\\]|\\.)*"      # "a string"
    | `[^`]*`                # `a name`
    | //[^\n]*               # a comment to the end of its line
    | /\*.*?\*/              # a comment within marks
    """,
    re.VERBOSE | re.DOTALL,
)
# ends the match and the filters of a list; what follows cuts a page out of its rows
_PAGE = re.compile(r"^// page:[ ]*\n", re.MULTILINE)
# what stands below it is for the embedded engine alone
_SQL = re.compile(r"^// embedded sql:[ ]*\n", re.MULTILINE)
_SQL_USED = re.compile(r"(?<=[ (]):([a-z_][a-z0-9_]*)")
_SHAPES = f"/{FOLDER}/"
_HEADER_LINE = re.compile(r"//[ ]?(?P<text>.*)")
_FIELD = re.compile(r"(?P<field>params|returns)\s*:\s*(?P<rest>.*)")
_PARAM = re.compile(r"(?P<name>[a-z_][a-z0-9_]*)\s*\((?P<type>[^(),]+)(?:,(?P<note>.*))?\)", re.DOTALL)
_COLUMN = re.compile(r"[a-z_][a-z0-9_]*")
_USED = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")
_WRITES = re.compile(r"\b(?:CREATE|MERGE|SET|DELETE|REMOVE|DROP|FOREACH)\b", re.IGNORECASE)
_RETURN = re.compile(r"\bRETURN\b(?:\s+DISTINCT\b)?", re.IGNORECASE)
_AFTER_RETURN = re.compile(r"\b(?:ORDER\s+BY|SKIP|LIMIT|UNION)\b", re.IGNORECASE)
_ALIAS = re.compile(r"(?:\bAS\s+|^\s*)([A-Za-z_][A-Za-z0-9_]*)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Param:
    """One declared parameter: ``role (string or null)`` is name role, type string, nullable."""

    name: str
    type: str
    nullable: bool
    note: str

    def value(self, given: Any) -> Any:
        """The value as the engine gets it. Raises ParameterError if it is not of the declared type."""
        if given is None and self.nullable:
            return None
        met = _mismatch(self.type, given)
        if met is not None:
            wanted = self.type + (" or null" if self.nullable else "")
            raise ParameterError(f"parameter {self.name!r} is {met}; expected {wanted}.")
        if self.type == "float":
            return float(given)
        return [float(v) for v in given] if self.type == "list of float" else given


@dataclass(frozen=True, slots=True)
class Query:
    """One file of the catalogue. ``sql``: what the embedded engine runs instead; ``loose``: the text without the order at its
    end, and ``order`` that order.
    """

    name: str
    text: str
    purpose: str
    params: tuple[Param, ...]
    returns: tuple[str, ...]
    mode: Mode
    sql: str | None = None
    loose: str | None = None
    order: tuple[Key, ...] = ()

    def check(self, parameters: Mapping[str, Any] | None) -> dict[str, Any]:
        """The parameters to run with, each of its declared type. A missing parameter that may be null becomes null.

        Raises ParameterError that names the parameter and the query.
        """
        given = dict(parameters or {})
        try:
            checked = {}
            for param in self.params:
                if param.name not in given and not param.nullable:
                    raise ParameterError(f"parameter {param.name!r} ({param.type}) is missing.")
                checked[param.name] = param.value(given.pop(param.name, None))
            if given:
                takes = ", ".join(p.name for p in self.params) or "none"
                raise ParameterError(f"unknown parameter {', '.join(sorted(map(repr, given)))}; it takes: {takes}.")
        except ParameterError as error:
            raise ParameterError(f"query {self.name!r}: {error}") from None
        return checked


@dataclass(frozen=True, slots=True)
class Catalogue:
    queries: Mapping[str, Query]

    def __getitem__(self, name: str) -> Query:
        """The query called ``name``; CatalogueError if there is no such file."""
        query = self.queries.get(name)
        if query is None:
            raise CatalogueError(f"the catalogue has no query {name!r}; expected a file cypher/{name}.cypher.")
        return query


@cache
def load_catalogue() -> Catalogue:
    """The catalogue shipped with the product, read once per process. Raises CatalogueError for an invalid file."""
    return read_catalogue(files("cypher"))


def read_catalogue(root: Traversable) -> Catalogue:
    """The catalogue below ``root``, a folder with ``load/``, ``read/`` and ``questions/``."""
    queries: dict[str, Query] = {}
    for name, text in _statements(root):
        query, counting = parse_query(name, text), parse_count(name, text)
        for found in (query, counting) if counting is not None else (query,):
            if found.name in queries:
                raise CatalogueError(f"{found.name!r} is made twice: by cypher/{name}.cypher and by another file.")
            queries[found.name] = found
    return Catalogue(MappingProxyType(dict(sorted(queries.items()))))


def _statements(root: Traversable) -> Iterator[tuple[str, str]]:
    """The name and text of every statement: files as they are, and the filled shapes."""
    shapes: dict[str, str] = {}
    for folder in FOLDERS:
        for name, text in _walk(root.joinpath(folder), folder):
            if _SHAPES in name:
                shapes[name.replace(_SHAPES, "/")] = text
            else:
                yield name, text
    if shapes:
        yield from fill_shapes(shapes)


def parse_query(name: str, text: str) -> Query:
    """One file, parsed and checked; CatalogueError says what is wrong with it."""
    try:
        purpose, fields, body = _split(text.replace("\r\n", "\n"))
        params = _params(fields["params"])
        returns = _columns(fields["returns"])
        body, *sql = (part.strip().removesuffix(";") for part in _SQL.split(body))
        if len(sql) > 1:
            raise CatalogueError("has more than one line '// embedded sql:'; expected one.")
        if len(_PAGE.findall(body)) > 1:
            raise CatalogueError("has more than one line '// page:'; expected the one behind match and filters.")
        body = _PAGE.sub("", body)
        bare = without_literals(body)
        if ";" in bare:
            raise CatalogueError("holds more than one statement; expected one a file.")
        _check_used(set(_USED.findall(bare)), params)
        _check_returned(bare, returns)
        if sql:
            _check_sql(without_literals(sql[0]), params, returns)
        mode: Mode = "write" if _WRITES.search(bare) else "read"
        if mode == "write" and not name.startswith("load/"):
            raise CatalogueError("writes; expected a reading statement outside cypher/load/.")
    except CatalogueError as error:
        raise CatalogueError(f"cypher/{name}.cypher {error}") from None
    found = order_at_end(bare, returns)
    loose, order = (body[: found.start].rstrip(), found.keys) if found else (None, ())
    return Query(name, body, purpose, params, returns, mode, sql[0] if sql else None, loose, order)


def parse_count(name: str, text: str) -> Query | None:
    """The query that counts all rows of a list: its lines above ``// page:``, counted. None for a file without that
    line.

    So list and count always have the same filters. ``read/count-units`` counts ``read/units``.
    """
    _, fields, body = _split(text.replace("\r\n", "\n"))
    line = _PAGE.search(body)
    if line is None:
        return None
    counting = f"{body[: line.start()]}RETURN count(*) AS total"
    used = set(_USED.findall(without_literals(counting)))
    params = tuple(param for param in _params(fields["params"]) if param.name in used)
    purpose = f"How many rows {name} has in all."
    return Query(f"read/count-{name.rpartition('/')[2]}", counting, purpose, params, ("total",), "read")


def without_literals(body: str) -> str:
    """The statement with every string, quoted name and comment blanked out."""
    return _OPAQUE.sub(lambda met: " " * len(met[0]), body)


def _walk(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    if not folder.is_dir():
        return
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{path}/{entry.name}")
        elif entry.name.endswith(".cypher"):
            yield f"{path}/{entry.name.removesuffix('.cypher')}", entry.read_text(encoding="utf-8")


def _split(text: str) -> tuple[str, dict[str, str], str]:
    """Purpose, header fields and statement. A field may continue over several comment lines."""
    lines = text.split("\n")
    purpose: list[str] = []
    fields: dict[str, list[str]] = {}
    current = purpose
    count = 0
    for line in lines:
        header = _HEADER_LINE.fullmatch(line.strip())
        if header is None:
            break
        count += 1
        field = _FIELD.fullmatch(header["text"].strip())
        if field is None:
            current.append(header["text"].strip())
        elif field["field"] in fields:
            raise CatalogueError(f"says '{field['field']}:' twice.")
        else:
            current = fields.setdefault(field["field"], [])
            current.append(field["rest"])
    missing = [f"// {name}:" for name in ("params", "returns") if name not in fields]
    if not "".join(purpose) or missing:
        raise CatalogueError(f"lacks {', '.join(missing) or 'its purpose'} in the header.")
    body = "\n".join(lines[count:]).strip()
    return " ".join(purpose), {k: " ".join(v).strip() for k, v in fields.items()}, body.removesuffix(";").rstrip()


def _params(declared: str) -> tuple[Param, ...]:
    if declared == "none":
        return ()
    params = []
    for part in _cut(declared):
        met = _PARAM.fullmatch(part.strip())
        if met is None:
            raise CatalogueError(f"declares the parameter {part.strip()!r}; expected: name (type, note).")
        kind = met["type"].strip()
        nullable = kind.endswith(" or null")
        kind = kind.removesuffix(" or null")
        if kind not in _TYPES:
            known = ", ".join(sorted(_TYPES))
            raise CatalogueError(f"gives {met['name']!r} the type {kind!r}; expected one of {known}.")
        params.append(Param(met["name"], kind, nullable, (met["note"] or "").strip()))
    return tuple(params)


def _columns(declared: str) -> tuple[str, ...]:
    if declared == "none":
        return ()
    columns = tuple(part.strip() for part in declared.split(","))
    wrong = [c for c in columns if not _COLUMN.fullmatch(c)]
    if wrong:
        raise CatalogueError(f"declares the column {wrong[0]!r}; expected lower-case names with commas between.")
    return columns


def _check_sql(bare: str, params: tuple[Param, ...], returns: tuple[str, ...]) -> None:
    """The same of the SQL of the embedded engine, which only reads: ``SELECT … AS column FROM …``."""
    met = re.match(r"SELECT\s(?P<columns>.*?)\sFROM\s", bare, re.DOTALL)
    if met is None:
        raise CatalogueError(f"has {bare[:40]!r} as SQL; expected SELECT … FROM ….")
    names = [column[1] for part in _cut(met["columns"]) if (column := _ALIAS.search(part))]
    if tuple(names) != returns:
        raise CatalogueError(f"returns {names} in SQL and declares {list(returns)}; expected the same, each AS a name.")
    _check_used(set(_SQL_USED.findall(bare)), params)


def _check_used(used: set[str], params: tuple[Param, ...]) -> None:
    declared = {p.name for p in params}
    if used != declared:
        raise CatalogueError(
            f"uses the parameters {sorted(used)} and declares {sorted(declared)}; expected the same in both."
        )


def _check_returned(bare: str, returns: tuple[str, ...]) -> None:
    """Compare the columns of every top-level RETURN (a UNION has several) with the declared ones."""
    found = [met for met in _RETURN.finditer(bare) if _depth(bare, met.start()) == 0]
    if bool(found) != bool(returns):
        raise CatalogueError(f"declares the columns {list(returns)} and has {len(found)} RETURN.")
    for met in found:
        rest = bare[met.end() :]
        ends = [e.start() for e in _AFTER_RETURN.finditer(rest) if _depth(rest, e.start()) == 0]
        columns = [_ALIAS.search(part) for part in _cut(rest[: ends[0]] if ends else rest)]
        names = [c[1] if c else "?" for c in columns]
        if tuple(names) != returns:
            raise CatalogueError(f"returns {names} and declares {list(returns)}; expected the same, each AS a name.")


def _depth(text: str, at: int) -> int:
    before = text[:at]
    return sum(before.count(c) for c in "([{") - sum(before.count(c) for c in ")]}")


def _cut(text: str) -> list[str]:
    """``a (x, y), b`` -> ``a (x, y)`` and ``b``: cut at the commas outside all brackets."""
    parts, start, depth = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


def _mismatch(kind: str, given: Any) -> str | None:
    """What was met instead of ``kind``, or None if it fits."""
    if given is None:
        return "null"
    if kind == "map":
        return None if isinstance(given, dict) else f"a {type(given).__name__}"
    if kind.startswith("list of "):
        if not isinstance(given, list | tuple):
            return f"a {type(given).__name__}"
        if kind == "list of maps" and all(type(v) is dict for v in given):
            return None
        inner = "map" if kind == "list of maps" else kind.removeprefix("list of ")
        wrong = next((m for m in (_mismatch(inner, v) for v in given) if m is not None), None)
        return None if wrong is None else f"a list with {wrong} in it"
    return _scalar_mismatch(kind, given)


def _scalar_mismatch(kind: str, given: Any) -> str | None:
    numeric = kind in ("int", "float")
    fits = isinstance(given, _SCALARS[kind]) or (kind == "float" and isinstance(given, int))
    if not fits or (numeric and isinstance(given, bool)):
        return f"a {type(given).__name__}"
    if isinstance(given, int) and given not in _INT64:
        return "an integer of more than 64 bits"
    if isinstance(given, str) and has_half_surrogate(given):
        return "a string with half a surrogate pair in it"
    return None
