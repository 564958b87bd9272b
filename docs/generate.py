"""Writes the generated parts of the documentation from their one source each.

``model.md`` from `graph.schema`, ``queries.md`` from the headers under ``cypher/``, ``findings.md`` from the table of
its rules, ``rules.md`` from those of reading, ``commands.md`` from the help of the program, ``api.md`` and ``openapi.json``
from the routes, ``settings.md`` from `api.settings`, ``architecture.md`` with its picture from the imports and a run over the
sample (`architecture.py`, `picture.py`), and in README.md what ``make run`` prints, from running it.  With ``--check`` nothing
is written: what is not up to date is named and the exit code is 1.

Left to others: the pages written by hand (`operations.md`, `decisions/`).
"""

import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import architecture
import picture
from typer.testing import CliRunner

from api.answers.questions import card_of, questions
from api.app import create_app
from api.cli.main import app as cli
from api.cli.serve import serving_line
from api.settings import Settings
from graph.conditions.cards import load_conditions
from graph.findings import RULES
from graph.library.steps import STEPS
from graph.schema import NODES, RELATIONSHIPS, Property
from graph.store.catalogue import Query, load_catalogue
from graph.store.neo4j.address import VARIABLES
from loaders.explain import RULES as RULES_OF_READING

HERE = Path(__file__).parent
ROOT = HERE.parent


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for row in rows:
        cells = (" ".join(cell.split()).replace("|", "\\|") for cell in row)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _properties(properties: tuple[Property, ...]) -> str:
    def notes(p: Property) -> str:
        marks = ["key"] * p.unique + ["index"] * p.range + [f"full text `{p.full_text}`"] * bool(p.full_text)
        return ", ".join(marks)

    head = ("property", "中文", "type", "meaning", "")
    return _table(head, ((f"`{p.name}`", p.chinese, p.type, p.description, notes(p)) for p in properties))


def model() -> str:
    """The labels and relationship types, with their properties."""
    parts = [
        "# The graph\n\nWhat is stored: labels, relationship types and their properties. A place is a pair of code "
        "points, `[start, end)`, in the text of the document's `SourceText`; a property without a value is absent.",
        "## Labels",
    ]
    for node in NODES:
        parts += [f"### `{node.label}` {node.chinese}", node.description, _properties(node.properties)]
    parts.append("## Relationship types")
    for relationship in RELATIONSHIPS:
        ends = ", ".join(f"{a} → {b}" for a, b in relationship.ends)
        parts += [f"### `{relationship.type}` {relationship.chinese}", f"{ends}. {relationship.description}"]
        if relationship.properties:
            parts.append(_properties(relationship.properties))
    return "\n\n".join(parts)


def _query(query: Query) -> str:
    params = [
        f"`{p.name}` ({p.type}{' or null' if p.nullable else ''}{', ' + p.note if p.note else ''})"
        for p in query.params
    ]
    own = (
        f"Parameters: {', '.join(params) or 'none'}.\n"
        f"Columns: {', '.join(f'`{column}`' for column in query.returns) or 'none'}."
    )
    name = query.name.removeprefix("questions/")
    lines = _card(name) if name in questions() else ()
    return "\n\n".join(filter(None, (f"### `{query.name}`", *lines, query.purpose, own)))


def _card(name: str) -> Iterator[str]:
    """The words of a question's card, and what its step in Python takes and gives."""
    card = card_of(name)
    yield f"{card.number}. {card.question}".replace(".", "\\.", 1)
    meanings = [f"`{one}` {words}" for one, words in card.parameters.items()]
    headings = [f"`{one}` {words}" for one, words in card.columns.items()]
    words = ("也可以问：" + " ".join(card.variants), "参数：" + "；".join(meanings), "列：" + "；".join(headings))
    yield "\n".join(f"- {line}" for line in words if not line.endswith("："))
    yield "\n".join(
        f"- {head}：{said}" for head, said in (("不包括", card.left_out), ("注意", card.pitfalls)) if said is not None
    )
    if name in STEPS:
        more = [f"`{p.name}` ({p.type}{' or null' if p.nullable else ''}, {p.note})" for p in STEPS[name].params]
        yield (
            f"A step in Python works on the rows{' and takes ' + ', '.join(more) if more else ''}; it gives: "
            f"{', '.join(f'`{column}`' for column in STEPS[name].returns)}."
        )


def queries() -> str:
    """Every file of the catalogue, by folder."""
    catalogue = load_catalogue()
    parts = ["# Queries\n\nEvery statement that runs on a store is a file under `cypher/`; so say their headers."]
    titles = {"questions": "Questions", "conditions": "Conditions", "read": "Reading", "load": "Loading"}
    for folder, title in titles.items():
        parts.append(f"## {title}")
        parts += [_conditions()] if folder == "conditions" else []
        parts += [_query(query) for name, query in catalogue.queries.items() if name.startswith(f"{folder}/")]
    return "\n\n".join(parts)


def _conditions() -> str:
    """The table of the conditions that the statements below it serve."""
    rows = (
        (
            f"`{card.name}`",
            card.group,
            card.says,
            card.denies,
            "；".join(f"`{one}` {'、'.join(taken.choices) or taken.kind}" for one, taken in card.takes.items()),
            f"`{card.statement}`" if card.statement else f"computed: {card.computed}",
        )
        for card in load_conditions().values()
    )
    return _table(("condition", "group", "says", "denies", "takes", "statement"), rows)


def rules() -> str:
    """The table of the rules of findings."""
    rows = (
        (f"`{rule.id}`", rule.title, rule.severity, rule.maturity, rule.explanation, f"`{_function(rule.find)}`")
        for rule in RULES
    )
    return "\n\n".join(
        [
            "# Findings",
            "A finding (疑点) is a gap or conflict that a rule finds in a plan: a hint for a person to check, not a verdict. "
            "Each finding has every place it rests on, with the words. Severity (程度) says how serious it is; maturity "
            "(成熟度) whether the rule only reads what the text states (`stable`, 成熟) or also judges (`trial`, 试行).",
            "`zeren findings`, `GET /v1/findings`, `GET /v1/documents/{id}/findings`, and `findings` on an item's card. "
            "Nothing is stored: the rules run over the rows of a plan on request.",
            _table(("rule", "疑点", "severity", "maturity", "什么情况下报", "function"), rows),
        ]
    )


def reading_rules() -> str:
    """The rules by which facts are taken, with their examples."""
    parts = [
        "# Rules",
        "The rules by which facts are taken. A fact has the name of its rule, and a duty also the form of the rule "
        "(`zeren parse --json`); `zeren parse FILE --explain` lists those of a plan with their functions. Rules of duties "
        "stand by construct, in the order in which the constructs are tried: a stretch that one took is closed to those below it. "
        "The examples are the tests of a rule (`tests/loaders/test_rules.py`).",
    ]
    for kind, title in _KINDS.items():
        parts.append(f"## {title}")
        for rule in (rule for rule in RULES_OF_READING if rule.kind == kind):
            name = f"`{rule.name}`" + (f" · {rule.form}" if rule.form else "")
            takes = [f"- `{_shown(example.text)}` → {'；'.join(example.gives)}" for example in rule.examples]
            passes = [f"- not: `{_shown(text)}`" for text in rule.not_examples]
            parts.append(f"### {name}\n\n{rule.takes}。`{rule.where}`\n\n" + "\n".join([*takes, *passes]))
    return "\n\n".join(parts)


_KINDS = {
    "duty": "Duties",
    "deadline": "Times",
    "citation": "Citations",
    "mention": "Mentions",
    "repair": "Repairs",
}


def _shown(text: str) -> str:
    return text.strip("\n").replace("\n", "⏎").replace("\t", "⇥")


def _function(find: Callable[..., object]) -> str:
    return f"{find.__module__}.{find.__qualname__}"


def _commands_of(group: Any) -> list[str]:
    return [one.name or one.callback.__name__ for one in group.registered_commands if one.callback]


def commands() -> str:
    """The help of the program and of each command, at 100 columns."""
    runner = CliRunner(env={"ZEREN_STORE": None, "COLUMNS": "100", "TERMINAL_WIDTH": "100"})
    parts = ["# Commands\n\nWhat `zeren --help` and the help of each command print."]
    groups = [group for group in cli.registered_groups if group.typer_instance and group.name]
    for name in (
        "",
        *_commands_of(cli),
        *(f"{group.name} {name}".strip() for group in groups for name in ("", *_commands_of(group.typer_instance))),
    ):
        shown = runner.invoke(cli, [*name.split(), "--help"], prog_name="zeren", catch_exceptions=False)
        parts += [f"## zeren {name}".strip(), f"```text\n{shown.stdout.strip()}\n```"]
    return "\n\n".join(parts)


@cache
def _openapi() -> dict[str, Any]:
    return create_app(Settings(_env_file=None)).openapi()


def openapi() -> str:
    """The contract that clients may rely on."""
    return json.dumps(_openapi(), ensure_ascii=False, indent=1, sort_keys=True)


def api() -> str:
    """What holds for all routes, and every route with its summary and parameters."""
    parts = [(HERE / "api-conventions.md").read_text(encoding="utf-8").strip(), "# Routes"]
    for path, methods in _openapi()["paths"].items():
        for method, route in methods.items():
            what = route.get("description") or route.get("summary", "")
            role = route.get("x-role", "nobody")
            parts += [
                f"## `{method.upper()} {path}`",
                what.strip(),
                f"Role: {role}." if role != "nobody" else "No key.",
            ]
            rows = [(f"`{p['name']}`", p["in"], p.get("description", "")) for p in route.get("parameters", ())]
            if rows:
                parts.append(_table(("parameter", "in", "meaning"), iter(rows)))
    return "\n\n".join(parts)


def settings() -> str:
    """Every setting, its variable and its default."""

    def default(field: Any) -> str:
        value = field.get_default(call_default_factory=True)
        return f"`{value}`" if value not in (None, ()) else ""

    head = ("variable", "default", "meaning")
    rows = (
        (f"`ZEREN_{name.upper()}`", default(field), field.description or "")
        for name, field in Settings.model_fields.items()
    )
    server = ((f"`{name}`", f"`{value}`" if value else "", meaning) for name, value, meaning in VARIABLES)
    return (
        "# Settings\n\nRead from the environment.\n\n"
        + _table(head, rows)
        + "\n\nOf a Neo4j server:\n\n"
        + _table(head, server)
    )


def readme() -> str:
    """README.md with what ``make run`` prints on an empty store, asked of the program itself."""
    os.chdir(ROOT)
    recipe = re.findall(r"zeren (load|query) ([^\n]+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    printed = []
    with tempfile.TemporaryDirectory() as folder:
        runner = CliRunner(env={"ZEREN_STORE": f"embedded:{folder}/store", "COLUMNS": None, "TERMINAL_WIDTH": None})
        for command, arguments in recipe:
            printed.append(runner.invoke(cli, [command, *arguments.split()], catch_exceptions=False).stdout)
    printed.append(serving_line(Settings(_env_file=None).address) + "\n")
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    before, mark, rest = page.partition("<!-- output of make run, written by make docs -->\n")
    after = rest.partition("\n```\n")[2]
    return f"{before}{mark}```text\n{''.join(printed)}```\n{after}".rstrip("\n")


GENERATED: dict[str, Callable[[], str]] = {
    "model.md": model,
    "queries.md": queries,
    "findings.md": rules,
    "rules.md": reading_rules,
    "commands.md": commands,
    "api.md": api,
    "openapi.json": openapi,
    "settings.md": settings,
    "pictures/architecture.svg": picture.picture,
    "architecture.md": architecture.page,
    "../README.md": readme,
}


def main() -> int:
    """Write what is not up to date, or with ``--check`` name it."""
    stale = []
    for name, make in GENERATED.items():
        place, text = HERE / name, make() + "\n"
        if not place.exists() or place.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                place.write_text(text, encoding="utf-8")
                print(f"docs/{name}: written")
    if "--check" in sys.argv and stale:
        print(f"Not up to date: {', '.join(f'docs/{name}' for name in stale)}. Run: make docs", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
