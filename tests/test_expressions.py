"""Expressions that a person can read: a long one is verbose, and one table says what each of them finds and what it must not."""

import ast
import re
from functools import cache
from importlib import import_module
from typing import NamedTuple

import pytest
import yaml

from tests.sources import ROOT, modules, syntax

LONGEST_PLAIN = 100
TABLE = yaml.load((ROOT / "tests/expressions.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)


class Long(NamedTuple):
    """A long expression as its source has it; ``name`` is None where it has none at the top of its module."""

    place: str
    name: str | None
    verbose: bool


def length(node: ast.AST) -> int:
    """The length of all text in a literal: of a plain one, an f-string, a sum, the parts of a join."""
    return sum(len(n.value) for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str | bytes))


def is_compile(called: ast.expr) -> bool:
    match called:
        case ast.Attribute(value=ast.Name(id="re"), attr="compile"):
            return True
    return False


def is_verbose(call: ast.Call) -> bool:
    flags = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
    return any(isinstance(n, ast.Attribute) and n.attr == "VERBOSE" for flag in flags for n in ast.walk(flag))


def long_in(tree: ast.Module, path: str) -> list[Long]:
    """The long expressions of a module."""
    names = {
        id(node.value): node.targets[0].id
        for node in tree.body
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)
    }
    module = path.removesuffix(".py").replace("/", ".")
    return [
        Long(f"{path}:{node.lineno}", f"{module}.{names[id(node)]}" if id(node) in names else None, is_verbose(node))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and is_compile(node.func) and length(node.args[0]) > LONGEST_PLAIN
    ]


@cache
def long_expressions() -> tuple[Long, ...]:
    return tuple(
        found
        for path in modules("graph", "loaders", "api")
        for found in long_in(syntax(path), path.relative_to(ROOT).as_posix())
    )


def test_long_expressions_are_verbose() -> None:
    assert [found.place for found in long_expressions() if not found.verbose] == []


def test_long_expressions_have_names() -> None:
    assert [found.place for found in long_expressions() if found.name is None] == []


def test_every_long_expression_has_its_row() -> None:
    assert sorted(TABLE) == sorted(found.name for found in long_expressions() if found.name)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("A = re.compile(r'{0}')", [("m.A", False)]),
        ("A = re.compile(rf'{0}', re.VERBOSE)", [("m.A", True)]),
        ("A = re.compile('{0}', flags=re.DOTALL | re.VERBOSE)", [("m.A", True)]),
        ("A = re.compile(rf'{1}{{B}}' '{2}')", [("m.A", False)]),
        ("A = re.compile('{1}' + B + '|'.join(('x', '{2}')))", [("m.A", False)]),
        ("A = re.compile(b'{0}')", [("m.A", False)]),
        ("def a():\n    re.compile('{0}')", [(None, False)]),
        ("A = (re.compile('{0}'),)", [(None, False)]),
        ("A = re.compile('{1}')", []),
        ("A = re.compile(rf'{1}{{B}}')", []),
    ],
)  # fmt: skip
def test_long_expressions_are_found(source: str, found: list[tuple[str | None, bool]]) -> None:
    written = source.format("x" * 101, "x" * 99, "y" * 2)
    assert [(one.name, one.verbose) for one in long_in(ast.parse(written), "m.py")] == found


def look(name: str, text: str, at: int = 0) -> re.Match[str] | None:
    """What an expression finds, looked for as its module does; one that may be empty finds nothing when it is."""
    module, _, own = name.rpartition(".")
    expression = getattr(import_module(module), own)
    met = getattr(expression, TABLE[name].get("with", "search"))(text, *((at,) if at else ()))
    return None if met is None or (not met[0] and expression.match("")) else met


FINDS = [(name, example) for name, row in TABLE.items() for example in row["finds"]]
REFUSES = [(name, text) for name, row in TABLE.items() for text in row["not"]]


@pytest.mark.parametrize("name", TABLE)
def test_a_row_has_examples_of_both_kinds(name: str) -> None:
    assert set(TABLE[name]) - {"with"} == {"finds", "not"}
    assert len(TABLE[name]["finds"]) >= 2
    assert len(TABLE[name]["not"]) >= 2


@pytest.mark.parametrize(("name", "example"), FINDS)
def test_it_finds(name: str, example: str | list) -> None:
    marked, groups = (example, {}) if isinstance(example, str) else example
    before, words, behind = re.split("[⟦⟧]", marked)
    looks_at_place = TABLE[name].get("with") == "match"
    met = look(name, before + words + behind, len(before) if looks_at_place else 0)
    assert met is not None
    assert met.string[: met.start()] + "⟦" + met[0] + "⟧" + met.string[met.end() :] == marked
    assert {group: met[group] for group in groups} == groups


@pytest.mark.parametrize(("name", "text"), REFUSES)
def test_it_does_not_find(name: str, text: str) -> None:
    met = look(name, text)
    assert met is None, f"{met[0]!r} found"
