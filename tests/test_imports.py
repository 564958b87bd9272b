"""Who may import whom, read from the source itself; `make imports` holds the same with import-linter."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.sources import ROOT, modules, source, syntax

BELOW = {"graph": set(), "loaders": {"graph"}, "api": {"graph", "loaders"}, "cypher": set()}
ONLY_IN = {
    "arcadedb_embedded": {"graph/store/embedded/engine.py", "graph/store/embedded/store.py"},
    "jpype": {"graph/store/embedded/engine.py", "graph/store/embedded/store.py"},
    "httpx2": {"api/client/connection.py", "api/mcp/inside.py", "api/mcp/server.py", "api/mcp/stdio.py"},
    "networkx": {"graph/chains/networks.py"},
    "pandas": {"api/client/rows.py", "graph/notebook.py"},
    "py2neo": {"graph/notebook.py"},
    "typer": {"api/cli/arguments.py", "api/cli/serving/backup.py", "api/cli/keys.py", "api/cli/main.py"},
}


@cache
def named(path: Path) -> frozenset[str]:
    """All that a module imports, wherever in it the import stands: ``graph.errors``, and ``graph.errors.NotFound``."""
    found: set[str] = set()
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            found |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def packages(path: Path) -> set[str]:
    """The top-level names of what a module imports."""
    return {name.partition(".")[0] for name in named(path)}


@pytest.mark.parametrize("package", BELOW)
def test_imports_go_one_way(package: str) -> None:
    above = set(BELOW) - BELOW[package] - {package}
    wrong = {(str(path.relative_to(ROOT)), name) for path in modules(package) for name in packages(path) & above}
    assert wrong == set()


@pytest.mark.parametrize("name", ONLY_IN)
def test_some_packages_are_imported_in_one_place_alone(name: str) -> None:
    places = {path.relative_to(ROOT).as_posix() for path in modules(*BELOW) if name in packages(path)}
    assert places == ONLY_IN[name]


def test_nothing_needs_the_notebook_helpers() -> None:
    users = [path for path in modules(*BELOW) if "graph.notebook" in named(path)]
    assert users == []


def test_data_files_are_never_found_by_the_place_of_a_module() -> None:
    users = {str(path.relative_to(ROOT)) for path in modules(*BELOW) if "__file__" in source(path)}
    assert users == set()


def test_no_package_of_tests() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


@pytest.mark.server
def test_the_program_starts_without_what_few_questions_need() -> None:
    code = "import sys, api.app, api.cli.main; print(sorted({'networkx', 'pandas', 'py2neo'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60, check=True
    )
    assert done.stdout == "[]\n"


def test_every_module_that_a_docstring_names_exists() -> None:
    known = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in modules(*BELOW)
    }
    lost = set()
    for path in modules(*BELOW):
        for name in re.findall(r"(?<!`)`((?:graph|loaders|api)\.[a-z_.]+)", source(path)):
            name = name.rstrip(".")
            if name not in known and name.rpartition(".")[0] not in known:
                lost.add((path.relative_to(ROOT).as_posix(), name))
    assert lost == set()


@pytest.mark.parametrize(
    "package",
    sorted({path.parent for path in modules("graph", "loaders", "api")}),
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_a_folder_says_what_it_is_for_and_holds_few_modules(package: Path) -> None:
    face = package / "__init__.py"
    assert ast.get_docstring(syntax(face)), "expected a sentence"
    assert len([path for path in package.glob("*.py") if path != face]) <= 20
