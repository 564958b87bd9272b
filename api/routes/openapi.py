"""The description of the service (``/openapi.json``), completed: the errors of each route, and a parsed plan.

FastAPI describes its own shape of errors, which this service never sends. Here every operation gets the problem
documents that it can answer, by its method and path.

The classes of the model (`graph.model`) describe a parsed plan.  If such a class has the same name as another shape (a
duty in an answer also has its item), its name in the description begins with ``Parsed``: one name is one shape.
"""

import json
from collections.abc import Mapping
from typing import Any

from msgspec.json import schema_components

from api.http.problems import MEDIA_TYPE
from api.schemas.base import Candidate, Problem, ProblemError
from api.security.keys import AccessRole
from graph.model import Plan

_SHAPES = "#/components/schemas/"
PLAN = {"$ref": f"{_SHAPES}Plan"}
_ALWAYS = {
    "400": "The request cannot be read: it is no HTTP, its address is longer than 64 KB, or no UTF-8.",
    "401": "A key is needed. Where local use is set, programs of this machine read without one.",
    "403": "The role of the key is too low, or the request comes from a page of another site.",
    "421": "The Host of the request is no name of this service.",
    "422": "A parameter is unknown, missing or cannot be read.",
    "429": "There were too many requests, or too many wrong keys; Retry-After says how long to wait.",
    "503": "The store is not reachable, or a load is in progress.",
}
_BY_NAME = {
    "404": "Nothing has this name or id; candidates[] are the nearest names.",
    "409": "The name fits several; candidates[] lists them.",
}
_WITH_BODY = {
    "400": "The request or its body cannot be read.",
    "408": "The body came too slowly.",
    "413": "The body is too long.",
    "415": "The body is of a type that is not taken.",
}
_UNCHANGED = {"description": "The caller has this version already (If-None-Match)."}


def complete(made: dict[str, Any], roles: Mapping[tuple[str, str], AccessRole | None]) -> dict[str, Any]:
    """``made`` with problem documents instead of FastAPI's own shape of errors, with the shapes of a parsed plan, and with
    the role that each operation needs (``x-role``).
    """
    shapes = made["components"]["schemas"]
    for model in (Problem, ProblemError, Candidate):
        shape = model.model_json_schema(ref_template=_SHAPES + "{model}")
        shape.pop("$defs", None)
        shapes[model.__name__] = shape
    for name in ("HTTPValidationError", "ValidationError"):
        shapes.pop(name, None)
    made["components"]["schemas"] = dict(sorted({**shapes, **_parsed(set(shapes))}.items()))
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            role = roles.get((method.upper(), path))
            _errors(path, method, operation, made["components"]["schemas"], is_open=not role)
            if role:
                operation["x-role"] = role.word
    return made


def _parsed(taken: set[str]) -> dict[str, Any]:
    """The shapes of a parsed plan by name. A name in ``taken`` belongs to another shape."""
    _, shapes = schema_components((Plan,), ref_template=_SHAPES + "{name}")
    for shape in shapes.values():
        if "enum" in shape:  # its values are words
            shape["type"] = "string"
    text = json.dumps(shapes)
    for name in taken & shapes.keys():
        text = text.replace(f'"{_SHAPES}{name}"', f'"{_SHAPES}Parsed{name}"')
    return {f"Parsed{name}" if name in taken else name: shape for name, shape in json.loads(text).items()}


def _errors(path: str, method: str, operation: dict[str, Any], shapes: Mapping[str, Any], *, is_open: bool) -> None:
    responses = operation["responses"]
    statuses = {status: _ALWAYS[status] for status in (("400", "421", "503") if is_open else _ALWAYS)}
    takes_names = any(p["in"] == "path" or p["name"] in _REFERENCES for p in operation.get("parameters", ()))
    if takes_names or _body_fields(operation, shapes) & _NAMED_IN_BODY:
        statuses |= _BY_NAME
    if method in ("post", "put", "patch"):
        statuses |= _WITH_BODY
    if method == "post":
        statuses["409"] = "The document conflicts with one that is loaded, or what is kept is full."
    if path.startswith("/v1") and method == "get":
        responses["304"] = _UNCHANGED
    for status, description in sorted(statuses.items()):
        schema = {"$ref": f"{_SHAPES}Problem"}
        responses[status] = {"description": description, "content": {MEDIA_TYPE: {"schema": schema}}}


def _body_fields(operation: Mapping[str, Any], shapes: Mapping[str, Any]) -> set[str]:
    """The fields of a body of JSON that has a shape."""
    bodies = operation.get("requestBody", {}).get("content", {})
    named = bodies.get("application/json", {}).get("schema", {}).get("$ref", "").removeprefix(_SHAPES)
    return set(shapes.get(named, {}).get("properties", ()))


_NAMED_IN_BODY = frozenset({"subject", "document", "findings"})
_REFERENCES = frozenset({"document", "unit", "section", "cites", "region"})
