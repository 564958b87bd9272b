"""One public name has one meaning: no function or class stands in two modules of the code."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

# these repeat names on purpose: the shapes of the model, the handlers named after their routes, the classes for notebooks
MIRRORS = ("api/schemas/", "api/routes/", "api/pages/", "api/cli/main.py", "graph/notebook.py")
SHARED = {"clauses"}  # each construct under loaders/duties gives its clauses by a function of this name


def public_names() -> dict[str, list[str]]:
    found = defaultdict(list)
    for path in sorted(path for top in ("graph", "loaders", "api") for path in Path(top).rglob("*.py")):
        if path.as_posix().startswith(MIRRORS):
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name[0] != "_":
                found[node.name].append(path.as_posix())
    return found


@pytest.mark.parametrize("name", sorted(name for name, paths in public_names().items() if len(paths) > 1))
def test_a_public_name_stands_in_one_module(name):
    assert name in SHARED, f"{name} stands in {', '.join(public_names()[name])}"


def test_the_names_that_are_shared_are_in_use():
    assert all(len(public_names()[name]) > 1 for name in SHARED)
