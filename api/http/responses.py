"""Responses: validators, addresses, and the bytes of objects, texts and dossiers.

Order of steps: if the caller already has this version (``If-None-Match``), answer 304 without asking the graph; if the
answer was made before from this version, send it from the cache; otherwise make it, fill in ``next_url``, and send it
with ``ETag``, ``Vary``, ``Link`` and, for a list or object found by name, ``Content-Location`` with the id.

The ETag is a hash of the data version, build, media type, content coding, the address with every default written out,
``as_of`` and the day.

Left to others: lists and their formats (`api.http.reply`), the answers (`api.answers`).
"""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any, Literal
from urllib.parse import quote, urlencode

from fastapi import Request
from starlette.responses import Response

from api.answers.questions import Answer
from api.export.dossier_requests import FILES
from api.export.graphml import MEDIA as GRAPHML
from api.http.accept import preferred
from api.http.dependencies import Service, parameter_defaults
from api.http.response_cache import AnsweredAddress, CachedBody, address_of
from api.http.trace import trace_of

JSON = "application/json"
TEXT = "text/plain; charset=utf-8"
VARY = "Accept, Accept-Encoding, Authorization"
_HEADERS = {"Vary": VARY, "Cache-Control": "private, no-cache"}


def respond_object(request: Request, service: Service, make: Callable[[], Answer]) -> Response:
    """One object as JSON."""
    return respond(request, service, JSON, make, lambda answer: dump(answer.body))


def respond_network(
    request: Request,
    service: Service,
    make: Callable[[], Answer],
    format: Literal["json", "graphml"] | None,
    write: Callable[[dict[str, Any]], bytes],
    name: str,
) -> Response:
    """A piece of the graph as JSON, or as GraphML (``write``) in a file called ``name``: by ``?format=``, else by ``Accept``."""
    offered = {"json": JSON, "graphml": GRAPHML}
    wanted = format or preferred(request.headers.get("accept", "*/*"), offered)
    if wanted == "json":
        return respond_object(request, service, make)
    return respond(request, service, GRAPHML, make, lambda answer: write(answer.body), lambda _: f"{name}.graphml")


def respond_dossier(
    request: Request,
    service: Service,
    format: Literal["xlsx", "docx"],
    make: Callable[[], Answer],
    *,
    contacts: bool,
) -> Response:
    """A dossier as a file, under the name of the dossier."""
    file = FILES[format]
    return respond(
        request,
        service,
        file.media,
        make,
        lambda answer: file.write(answer.body["dossier"], contacts=contacts),
        lambda answer: f"{answer.body['dossier'].name}.{format}",
    )


def respond_text(request: Request, service: Service, make: Callable[[], Answer]) -> Response:
    """The text of an answer, unchanged."""
    return respond(request, service, TEXT, make, lambda answer: str(answer.body["text"]).encode("utf-8"))


def respond(
    request: Request,
    service: Service,
    media: str,
    make: Callable[[], Answer],
    write: Callable[[Answer], bytes],
    name: Callable[[Answer], str] | None = None,
) -> Response:
    """The answer of ``make``, written by ``write``, with the headers of every answer; ``name`` names its file."""
    headers = dict(_HEADERS)
    day = date.today()
    version = trace_of(request).data_version = service.store.read(lambda reading: str(reading.data_version))
    tag = _tag(request, service, media, version)
    answered = AnsweredAddress(tag, version, day, request.scope["route"], request.path_params)
    address = address_of(request.scope, request.headers.get("accept", ""))
    if is_known(request.headers.get("if-none-match", ""), tag):
        service.answers.remember(address, answered)
        return not_modified(tag)
    kept = service.answers.get(tag)
    if kept is None:
        answer = make()
        body = answer.body
        if answer.found is not None and answer.found.merged and "ref" in request.path_params:
            # a judgement can be undone, and the next reading may give another id: nobody keeps this answer
            there = {"Location": _canonical(request, answer.found.id), "Cache-Control": "no-store", "Vary": VARY}
            return Response(status_code=307, headers=there)
        if isinstance(body.get("next"), str):  # the cursor of a list; an item has its neighbour there
            body["next_url"] = _next_url(request, body["next"])
            headers["Link"] = f'<{body["next_url"]}>; rel="next"'
        if "total" in body:
            headers["X-Total-Count"] = str(body["total"]["value"])
        if answer.found is not None and not answer.found.by_id and "ref" in request.path_params:
            headers["Content-Location"] = _canonical(request, answer.found.id)
        if name is not None:
            headers["Content-Disposition"] = attached(name(answer))
        headers["ETag"] = _tag(request, service, media, body["data_version"])  # a load may have come in between
        kept = CachedBody(write(answer), headers, media)
        service.answers.put(headers["ETag"], kept)
    if kept.headers["ETag"] == tag:
        service.answers.remember(address, answered)
    return kept_response(kept)


def kept_response(kept: CachedBody) -> Response:
    """A kept answer."""
    return Response(kept.body, 200, kept.headers, kept.media)


def not_modified(tag: str) -> Response:
    """The answer to who has the answer with this tag already."""
    return Response(status_code=304, headers=_HEADERS | {"ETag": tag})


def _tag(request: Request, service: Service, media: str, version: str) -> str:
    stated = {
        **{name: _word(default) for name, default in parameter_defaults(request).items() if default is not None},
        **request.query_params,
        "default_region": service.settings.default_region,
        "near_days": service.settings.near_days,
    }
    parts = (version, service.build, media, "identity", request.url.path, sorted(map(str, stated.items())))
    said = repr((*parts, date.today().isoformat()))
    return f'"{hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]}"'


def _word(default: Any) -> str:
    """A default as a caller would write it: ``true``, ``50``, ``ref``."""
    return str(default).lower() if isinstance(default, bool) else str(default)


def is_known(wanted: str, tag: str) -> bool:
    """Whether ``If-None-Match`` names the tag."""
    return wanted.strip() == "*" or tag in {t.strip().removeprefix("W/") for t in wanted.split(",")}


def _next_url(request: Request, cursor: str) -> str:
    kept = [(name, value) for name, value in _stated(request) if name != "after"]
    return f"{quote(request.url.path, safe='/:|~()')}?{urlencode([*kept, ('after', cursor)])}"


def _stated(request: Request) -> list[tuple[str, str]]:
    """The query without defaults, in one order, so that equal queries share an answer and its tag."""
    defaults = {name: _word(default) for name, default in parameter_defaults(request).items()}
    return sorted((k, v) for k, v in request.query_params.items() if defaults.get(k) != v)


def _canonical(request: Request, key: str) -> str:
    """The address with the id instead of the name."""
    given = request.path_params["ref"]
    before, _, after = request.url.path.partition(f"/{given}")
    query = urlencode(_stated(request))
    return f"{quote(before, safe='/')}/{quote(key, safe=':|~()')}{quote(after, safe='/')}" + (
        f"?{query}" if query else ""
    )


def attached(name: str) -> str:
    """The header for a file called ``name``; clients that read RFC 5987 get the Chinese name, others what of it is ASCII."""
    return f"attachment; filename=\"{_ascii(name)}\"; filename*=UTF-8''{quote(name, safe='')}"


def _ascii(name: str) -> str:
    """``zeren`` and what of a name is ASCII: zeren-duties.csv for 市政府法制办-duties.csv."""
    stem, dot, ending = name.rpartition(".")
    words = [word.strip("_.") for word in re.findall(r"[A-Za-z0-9_.]+", stem if dot else name)]
    return "-".join(["zeren", *filter(None, words)]) + (f".{ending}" if dot and ending.isascii() else "")


def dump(body: dict[str, Any]) -> bytes:
    """A body as JSON, with Chinese characters unescaped."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
