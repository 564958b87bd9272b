"""The contract of the releases holds: what a client of an earlier version sends is taken, what it reads is there.

``docs/openapi-VERSION.json`` is the description of a release. Everything in it must still be described: each path, method,
parameter, media type and key of a body. A new key is no break; one that is gone is.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings

DOCS = Path(__file__).parents[3] / "docs"
RELEASES = sorted(DOCS.glob("openapi-*.json"))

# the components of a release that have another name since; 0.1.0 had module paths where two classes shared a name
RENAMED = {
    "openapi-0.1.0": {
        "api__schemas__Due": "Due",
        "api__schemas__Duty": "Duty",
        "api__schemas__LeftOut": "LeftOut",
        "api__schemas__RegulationRef": "RegulationRef",
        "api__schemas__UnitRef": "UnitRef",
        "api__schemas_cards__Coverage": "Coverage",
        "api__schemas_cards__Target": "Target",
        "graph__model__Coverage": "ParsedCoverage",
        "graph__model__Due": "ParsedDue",
        "graph__model__Duty": "ParsedDuty",
        "graph__model__LeftOut": "ParsedLeftOut",
        "graph__model__RegulationRef": "ParsedRegulationRef",
        "graph__model__Target": "ParsedTarget",
        "graph__model__UnitRef": "ParsedUnitRef",
    }
}


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return create_app(Settings(_env_file=None)).openapi()


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_nothing_of_a_release_is_gone(release: Path, described: dict[str, Any]) -> None:
    assert list(gone(json.loads(release.read_text(encoding="utf-8")), described)) == []


def test_no_component_is_called_by_a_module(described: dict[str, Any]) -> None:
    assert [name for name in described["components"]["schemas"] if "__" in name] == []


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_a_component_keeps_its_name(release: Path, described: dict[str, Any]) -> None:
    """Programs made from a description name their types by its components: a new name is told in `RENAMED`."""
    known = json.loads(release.read_text(encoding="utf-8"))["components"]["schemas"]
    renamed, now = RENAMED.get(release.stem, {}), described["components"]["schemas"]
    assert {name for name in known if name not in now} == renamed.keys()
    assert [name for name in renamed.values() if name not in now] == []


def gone(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """What the contract ``before`` has and ``now`` lacks."""
    for path, methods in before["paths"].items():
        for method, operation in methods.items():
            where = f"{method} {path}"
            there = now["paths"].get(path, {}).get(method)
            if there is None:
                yield f"{where} is gone"
                continue
            taken = {(p["in"], p["name"]): p for p in there.get("parameters", ())}
            for parameter in operation.get("parameters", ()):
                if (parameter["in"], parameter["name"]) not in taken:
                    yield f"{where} no longer takes {parameter['name']}"
            known = {(p["in"], p["name"]) for p in operation.get("parameters", ())}
            for key, parameter in taken.items():
                if parameter.get("required") and key not in known:
                    yield f"{where} now demands {key[1]}"
            bodies = [(operation.get("requestBody"), there.get("requestBody"), "body")]
            bodies += [(a, there["responses"].get(s), s) for s, a in operation["responses"].items()]
            for one, other, name in bodies:
                for kind, content in (one or {}).get("content", {}).items():
                    at = f"{where} {name} {kind}"
                    if kind not in (other or {}).get("content", {}):
                        yield f"{at} is gone"
                    else:
                        found = (other or {})["content"][kind]
                        yield from lost(
                            before, now, content.get("schema", {}), found.get("schema", {}), at, frozenset()
                        )


def lost(
    before: dict[str, Any], now: dict[str, Any], one: Any, other: Any, at: str, seen: frozenset[str]
) -> Iterator[str]:
    """Keys of the schema ``one`` that ``other`` lacks, through references, which may have new names."""
    if (reference := one.get("$ref")) is not None:
        if reference in seen:
            return
        seen |= {reference}
    one, other = _resolved(before, one), _resolved(now, other)
    for key, schema in _keys(before, one).items():
        if key not in _keys(now, other):
            yield f"{at}.{key} is gone"
        else:
            yield from lost(before, now, schema, _keys(now, other)[key], f"{at}.{key}", seen)
    if "items" in one:
        yield from lost(before, now, one["items"], other.get("items", {}), f"{at}[]", seen)
    for value in one.get("enum", ()):
        if value not in other.get("enum", ()):
            yield f"{at} can no longer be {value!r}"


def _resolved(description: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema behind a reference; of a thing or null, the thing."""
    if (reference := schema.get("$ref")) is not None:
        return _resolved(description, description["components"]["schemas"][reference.rpartition("/")[2]])
    real = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    return _resolved(description, real[0]) if len(real) == 1 else schema


def _keys(description: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The keys of an object, or of any that it may be."""
    found = dict(schema.get("properties", {}))
    for kind in ("anyOf", "oneOf", "allOf"):
        for one in schema.get(kind, ()):
            found |= _keys(description, _resolved(description, one))
    return found


def _with(schema: dict[str, Any], **component: Any) -> dict[str, Any]:
    answer = {"content": {"application/json": {"schema": schema}}}
    return {"paths": {"/a": {"get": {"responses": {"200": answer}}}}, "components": {"schemas": component}}


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ({"a": {}}, {"a": {}, "b": {}}, []),
        ({"a": {}, "b": {}}, {"a": {}}, ["get /a 200 application/json.b is gone"]),
        ({"a": {"enum": ["x", "y"]}}, {"a": {"enum": ["y"]}}, ["get /a 200 application/json.a can no longer be 'x'"]),
        (
            {"a": {"items": {"properties": {"b": {}}}}},
            {"a": {"items": {}}},
            ["get /a 200 application/json.a[].b is gone"],
        ),
    ],
)
def test_what_counts_as_gone(before: dict[str, Any], now: dict[str, Any], said: list[str]) -> None:
    old = _with({"$ref": "#/components/schemas/Old"}, Old={"properties": before})
    new = _with({"anyOf": [{"$ref": "#/components/schemas/New"}, {"type": "null"}]}, New={"properties": now})
    assert list(gone(old, new)) == said


def test_a_path_and_a_parameter_that_are_gone_and_one_that_is_demanded() -> None:
    responses: dict[str, Any] = {"responses": {}}
    old = {"paths": {"/a": {"get": {"parameters": [{"in": "query", "name": "q"}], **responses}, "post": responses}}}
    new = {"paths": {"/a": {"get": {"parameters": [{"in": "query", "name": "r", "required": True}], **responses}}}}
    assert list(gone(old, new)) == ["get /a no longer takes q", "get /a now demands r", "post /a is gone"]
