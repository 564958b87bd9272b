"""One public name has one meaning: no function or class stands in two modules of the code."""

import ast
from collections import defaultdict
from functools import cache

from tests.sources import ROOT, modules, syntax

# these repeat names on purpose: the shapes of the model, the handlers named after their routes, the classes for notebooks
MIRRORS = ("api/schemas/", "api/routes/", "api/pages/", "api/cli/main.py", "graph/notebook.py")
SHARED = {"clauses"}  # each construct under loaders/duties gives its clauses by a function of this name


@cache
def public_names() -> dict[str, list[str]]:
    found = defaultdict(list)
    for path in modules("graph", "loaders", "api"):
        place = path.relative_to(ROOT).as_posix()
        if place.startswith(MIRRORS):
            continue
        for node in syntax(path).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name[0] != "_":
                found[node.name].append(place)
    return found


def test_a_public_name_stands_in_one_module():
    twice = {name: paths for name, paths in public_names().items() if len(paths) > 1 and name not in SHARED}
    assert twice == {}


def test_the_names_that_are_shared_are_in_use():
    assert all(len(public_names()[name]) > 1 for name in SHARED)
