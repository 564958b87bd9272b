"""An answer on its way out: format, validators, addresses.

Order of steps: the format is chosen (``?format=``, else ``Accept``); when the caller already has this version
(``If-None-Match``), 304 without asking the graph; when the answer was made before from this version, that one is sent;
else it is made, its ``next_url`` filled in, and written with ``ETag``, ``Vary``, ``Link`` and, for a list or object found
by name, ``Content-Location`` with the id.

The ETag is a hash of data version, build, media type, content coding, the address with every default written out,
``as_of`` and the day.

Left to others: tables (`api.export.csv_ndjson`), what is answered (`api.answers.lists`).
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal, TypeAlias
from urllib.parse import quote, urlencode

from fastapi import Request
from starlette.responses import Response

from api.answers.all_pages import PART, cut, whole
from api.answers.paging import Envelope, Page
from api.answers.questions import Answer
from api.export.csv_ndjson import to_csv, to_ndjson
from api.export.dossier_requests import FILES
from api.export.list_sheets import heading_of, sheet_of
from api.export.xlsx import to_table
from api.http.dependencies import Output, Service, parameter_defaults
from api.http.response_cache import Kept

JSON = "application/json"
CSV = "text/csv; charset=utf-8"
NDJSON = "application/x-ndjson"
TEXT = "text/plain; charset=utf-8"
_MEDIA = {"json": JSON, "csv": CSV, "ndjson": NDJSON, "xlsx": FILES["xlsx"].media}
_ACCEPTED = {"application/json": "json", "text/csv": "csv", "application/x-ndjson": "ndjson", "*/*": "json"} | {
    FILES["xlsx"].media: "xlsx"
}
VARY = "Accept, Accept-Encoding, Authorization"

Columns: TypeAlias = Callable[[dict[str, Any]], Sequence[str]]


def deliver_object(request: Request, service: Service, make: Callable[[], Answer]) -> Response:
    """One object as JSON."""

    def write(answer: Answer) -> bytes:
        return _dump(answer.body)

    return _deliver(request, service, JSON, make, write)


def deliver_list(
    request: Request,
    service: Service,
    output: Output,
    page: Page,
    name: str,
    columns: Columns,
    make: Callable[[Page], Answer],
) -> Response:
    """A list in the wanted format; ``name`` is what a file of it is called, ``columns`` gives the header of a table.

    ``make`` answers a page; a whole list is made of as many as it takes. A file that does not hold every row is called so.
    """
    wanted = output.format or _negotiated(request.headers.get("accept", "*/*"))

    def write(answer: Answer) -> bytes:
        if wanted == "csv":
            rows = answer.body["items"]
            return to_csv(rows, columns(answer.body), bom=output.bom, raw=output.raw).encode("utf-8")
        if wanted == "xlsx":
            headings = answer.body.get("headings") or {one: heading_of(one) for one in columns(answer.body)}
            return to_table(sheet_of("列表", headings, answer.body["items"]))
        if wanted == "ndjson":
            return to_ndjson(answer.body["items"]).encode("utf-8")
        return _dump(answer.body)

    def named(answer: Answer) -> str:
        return f"{name}{PART * cut(answer.body)}.{wanted}"

    return _deliver(
        request,
        service,
        _MEDIA[wanted],
        lambda: _whole(make, page.after) if page.whole else make(page),
        write,
        None if wanted == "json" else named,
    )


def _whole(make: Callable[[Page], Answer], after: str | None) -> Answer:
    """Every row that fits one answer; the thing it is about is that of its pages."""
    answers: list[Answer] = []

    def page_of(page: Page) -> Envelope:
        answers.append(make(page))
        return answers[-1].body

    body = whole(page_of, after, bounded=True)
    return replace(answers[-1], body=body)


def deliver_dossier(
    request: Request, service: Service, format: Literal["xlsx", "docx"], make: Callable[[], Answer]
) -> Response:
    """A dossier as a file, called what the dossier is called."""
    file = FILES[format]
    return _deliver(
        request,
        service,
        file.media,
        make,
        lambda answer: file.write(answer.body["dossier"]),
        lambda answer: f"{answer.body['dossier'].name}.{format}",
    )


def deliver_text(request: Request, service: Service, make: Callable[[], Answer]) -> Response:
    """The text of an answer, as it is."""
    return _deliver(request, service, TEXT, make, lambda answer: str(answer.body["text"]).encode("utf-8"))


def _deliver(
    request: Request,
    service: Service,
    media: str,
    make: Callable[[], Answer],
    write: Callable[[Answer], bytes],
    name: Callable[[Answer], str] | None = None,
) -> Response:
    headers = {"Vary": VARY, "Cache-Control": "private, no-cache"}
    version = service.store.read(lambda reading: str(reading.data_version))
    tag = _tag(request, service, media, version)
    if _matches(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers | {"ETag": tag})
    kept = service.answers.get(tag)
    if kept is None:
        answer = make()
        body = answer.body
        if answer.found is not None and answer.found.merged and "ref" in request.path_params:
            # a judgement can be undone: nobody keeps this answer
            there = {"Location": _canonical(request, answer.found.id), "Cache-Control": "no-store", "Vary": VARY}
            return Response(status_code=307, headers=there)
        if body.get("next") is not None:
            body["next_url"] = _next_url(request, body["next"])
            headers["Link"] = f'<{body["next_url"]}>; rel="next"'
        if "total" in body:
            headers["X-Total-Count"] = str(body["total"]["value"])
        if answer.found is not None and not answer.found.by_id and "ref" in request.path_params:
            headers["Content-Location"] = _canonical(request, answer.found.id)
        if name is not None:
            headers["Content-Disposition"] = _attached(name(answer))
        headers["ETag"] = _tag(request, service, media, body["data_version"])  # a load may have come in between
        kept = Kept(write(answer), headers)
        service.answers.put(headers["ETag"], kept)
    return Response(kept.body, 200, kept.headers, media)


def _negotiated(accept: str) -> str:
    """The format that ``Accept`` likes best; JSON when it names none of ours."""
    best, quality = "json", 0.0
    for part in accept.split(","):
        media, *parameters = (p.strip().lower() for p in part.split(";"))
        weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            met = float(weight)
        except ValueError:
            met = 0.0
        if media in _ACCEPTED and met > quality:
            best, quality = _ACCEPTED[media], met
    return best


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


def _matches(wanted: str, tag: str) -> bool:
    return wanted.strip() == "*" or tag in {t.strip().removeprefix("W/") for t in wanted.split(",")}


def _next_url(request: Request, cursor: str) -> str:
    kept = [(name, value) for name, value in _stated(request) if name != "after"]
    return f"{quote(request.url.path, safe='/:|~()')}?{urlencode([*kept, ('after', cursor)])}"


def _stated(request: Request) -> list[tuple[str, str]]:
    """What the query says beyond the defaults, in one order: two ways to ask one thing share an answer and its tag."""
    defaults = {name: _word(default) for name, default in parameter_defaults(request).items()}
    return sorted((k, v) for k, v in request.query_params.items() if defaults.get(k) != v)


def _canonical(request: Request, key: str) -> str:
    """The address with the id in the place of the name."""
    given = request.path_params["ref"]
    before, _, after = request.url.path.partition(f"/{given}")
    query = urlencode(_stated(request))
    return f"{quote(before, safe='/')}/{quote(key, safe=':|~()')}{quote(after, safe='/')}" + (
        f"?{query}" if query else ""
    )


def _attached(name: str) -> str:
    """A file to be kept under ``name``, in Chinese where the client reads RFC 5987."""
    return f"attachment; filename=\"{_ascii(name)}\"; filename*=UTF-8''{quote(name, safe='')}"


def _ascii(name: str) -> str:
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    stem, dot, ending = kept.rpartition(".")
    return (stem.lstrip("_.") or "file") + dot + ending if dot else kept.lstrip("_.") or "file"


def _dump(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
