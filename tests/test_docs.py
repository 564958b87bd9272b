"""Documentation that cannot rot: what exists is documented, what is documented exists.

That generated pages are fresh is said by ``make docs-check``.
"""

import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from api.app import create_app
from api.cli.main import app as cli
from api.settings import Settings
from graph.schema import NODES, RELATIONSHIPS
from graph.store.catalogue import load_catalogue

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(ROOT.glob("docs/**/*.md")),
    *sorted(ROOT.glob("examples/*.md")),
]
PACKAGES = ("graph", "loaders", "api")
COMMANDS = {(c.name or c.callback.__name__): c.callback for c in cli.registered_commands if c.callback}
COMMANDS |= {group.name: group for group in cli.registered_groups}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    found = re.findall(r"\]\(([^)#\s]+)(#[^)]*)?\)", page.read_text(encoding="utf-8"))
    targets = {unquote(target) for target, _ in found if not target.startswith(("http://", "https://"))}
    assert {target for target in targets if not (page.parent / target).exists()} == set()


def test_every_place_that_the_contributing_page_names_is_there() -> None:
    """A path in back quotes, and a name of a module beside the path of that module on the same line."""
    page = text("CONTRIBUTING.md")
    paths = re.findall(r"`((?:graph|loaders|api|cypher|docs|tests|\.ci)/[^`{}]*)`", page)
    assert len(paths) > 60
    assert [path for path in paths if "NAME" not in path and not (ROOT / path).exists()] == []
    source = "".join(
        path.read_text(encoding="utf-8") for name in (*PACKAGES, "tests") for path in (ROOT / name).rglob("*.py")
    )
    names = re.findall(r"`([A-Z][A-Z_]{4,}|_[A-Z]+|[a-z_]+_[a-z_]+)`", page)
    assert [name for name in names if not re.search(rf"^(?:    )?(?:def )?{name}\b", source, re.MULTILINE)] == []


def test_every_command_stands_in_the_readme_and_with_all_its_options_in_the_reference() -> None:
    readme, reference = text("README.md"), text("docs/commands.md")
    for name in COMMANDS:
        assert f"`zeren {name}" in readme
        assert f"## zeren {name}\n" in reference
    source = text("api/cli/arguments.py") + text("api/cli/main.py") + text("api/cli/keys.py")
    options = set(re.findall(r'"(--[a-z-]+)"', source))
    assert len(options) > 10
    assert {option for option in options if option not in reference} == set()


def test_every_command_and_option_that_is_named_exists() -> None:
    source = text("api/cli/arguments.py") + text("api/cli/main.py") + text("api/cli/keys.py")
    options = {*re.findall(r'"(--[a-z-]+)"', source), "--help", "--format", "--port"}
    for page in (text("README.md"), text("docs/operations.md"), text("CHANGELOG.md")):
        for command, rest in re.findall(r"`?(?:\.venv/bin/)?zeren ([a-z]+)\b([^`\n]*)", page):
            assert command in COMMANDS, command
            assert set(re.findall(r"(--[a-z-]+)", rest)) <= options
        assert set(re.findall(r"`(--[a-z-]+)", page)) <= options


def test_every_make_target_that_is_named_exists_and_has_a_line_of_help() -> None:
    makefile = text("Makefile")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    helped = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    named = {word for line in re.findall(r"`make ([a-z -]+)", text("README.md")) for word in line.split()}
    assert targets == helped
    assert {"run", "test", "score"} <= named <= targets


def test_every_setting_is_documented() -> None:
    page = text("docs/settings.md")
    for name, field in Settings.model_fields.items():
        assert f"`ZEREN_{name.upper()}`" in page
        assert field.description, name


def test_every_variable_that_the_source_names_is_documented() -> None:
    source = "".join(path.read_text(encoding="utf-8") for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
    named = set(re.findall(r"\bZEREN_[A-Z_]+[A-Z]", source))
    pages = text("README.md") + text("docs/operations.md") + text("docs/settings.md")
    documented = set(re.findall(r"\bZEREN_[A-Z_]+[A-Z]", pages))
    assert {f"ZEREN_{name.upper()}" for name in Settings.model_fields} | named | {"ZEREN_SHARED"} == documented


def test_every_route_is_documented_with_words() -> None:
    page = text("docs/api.md")
    for path, methods in create_app(Settings(_env_file=None)).openapi()["paths"].items():
        for method, route in methods.items():
            assert f"## `{method.upper()} {path}`" in page
            assert route.get("summary"), (method, path)
            assert {p["name"] for p in route.get("parameters", ()) if not p.get("description")} == set(), path


def test_every_query_label_and_relationship_type_is_documented() -> None:
    queries, model = text("docs/queries.md"), text("docs/model.md")
    for name in load_catalogue().queries:
        assert f"### `{name}`" in queries
    for word in (*(node.label for node in NODES), *(relationship.type for relationship in RELATIONSHIPS)):
        assert f"### `{word}` " in model


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(page.name[:3]) for page in sorted((ROOT / "docs/decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_picture_of_the_folders_shows_every_one_of_them_and_has_no_chinese() -> None:
    picture = ElementTree.parse(ROOT / "docs/pictures/architecture.svg")
    words = [label.text or "" for label in picture.iter("{http://www.w3.org/2000/svg}text")]
    folders = {path.parent.name for package in PACKAGES for path in (ROOT / package).glob("*/__init__.py")}
    assert {*PACKAGES, *folders} <= set(words)
    assert "".join(words).isascii()


def test_examples_have_an_origin() -> None:
    origins = text("examples/README.md")
    assert {file.name for file in (ROOT / "examples").glob("*.txt") if f"`{file.name}`" not in origins} == set()
