"""The reply of a list route: the parameters that every list takes, and the list in the requested format.

Order of steps: FastAPI reads page and format into a `Responder`; the route gives it the name of the list, the shape of
a row and a function that makes one page; ``whole=true`` makes all pages; the format is that of ``?format=``, else of
``Accept``: JSON, CSV, NDJSON or XLSX.

Example: ``reply.list("units", UnitRow, lambda page: list_units(reply.store, q=q, narrow=narrow, page=page))``.

Left to others: validators and addresses (`api.http.responses`), writing tables (`api.export`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, TypeAlias

from fastapi import Depends, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.answers.all_pages import PART, fetch_all, is_truncated
from api.answers.nesting import Evidence, columns_of, without_evidence
from api.answers.paging import DEFAULT_LIMIT, MAX_LIMIT, Envelope, PageRequest
from api.answers.questions import Answer
from api.export.contacts import without_contacts
from api.export.csv_ndjson import to_csv, to_ndjson
from api.export.dossier_requests import FILES
from api.export.list_sheets import chinese_heads, heading_of, sheet_of
from api.export.workbook import to_table
from api.http.accept import preferred
from api.http.dependencies import MAX_CURSOR, Service, ServiceDep
from api.http.responses import JSON, dump, respond
from graph.store.contract import Store

_MEDIA = {
    "json": JSON,
    "csv": "text/csv; charset=utf-8",
    "ndjson": "application/x-ndjson",
    "xlsx": FILES["xlsx"].media,
}

Columns: TypeAlias = Callable[[dict[str, Any]], Sequence[str]]
MakePage: TypeAlias = Callable[[PageRequest], Answer]


@dataclass(frozen=True, slots=True)
class Output:
    """The form in which a list is written."""

    format: Literal["json", "csv", "ndjson", "xlsx", "docx"] | None
    bom: bool
    raw: bool
    contacts: bool
    heads: Literal["en", "zh"] = "en"


@dataclass(frozen=True, slots=True)
class Responder:
    """One request for a list."""

    request: Request
    service: Service
    page: PageRequest
    output: Output

    @property
    def store(self) -> Store:
        return self.service.store

    def list(self, name: str, row: type[BaseModel], make: MakePage, evidence: Evidence = Evidence.FULL) -> Response:
        """The list of which ``make`` gives one page. ``name`` names its file; ``row`` and ``evidence`` give its header."""
        return self._write(name, lambda _: without_evidence(columns_of(row), evidence), make)

    def question(self, name: str, make: MakePage) -> Response:
        """The answer to a question: a list whose body names its columns."""
        return self._write(name, lambda body: body["columns"], make)

    def _write(self, name: str, columns: Columns, make: MakePage) -> Response:
        wanted = self.output.format or preferred(self.request.headers.get("accept", "*/*"), _MEDIA)

        def write(answer: Answer) -> bytes:
            if wanted == "json":
                return dump(answer.body)
            rows = answer.body["items"] if self.output.contacts else without_contacts(answer.body["items"])
            if wanted == "csv":
                own = answer.body.get("headings", {}) if self.output.heads == "zh" else None
                names = columns(answer.body)
                heads = names if own is None else chinese_heads(names, own)
                table = to_csv(rows, names, heads, bom=self.output.bom, raw=self.output.raw)
                return table.encode("utf-8")
            if wanted == "xlsx":
                headings = answer.body.get("headings") or {one: heading_of(one) for one in columns(answer.body)}
                return to_table(sheet_of("列表", headings, rows))
            return to_ndjson(rows).encode("utf-8")

        def named(answer: Answer) -> str:
            # a file that does not hold every row is called so
            return f"{name}{PART * is_truncated(answer.body)}.{wanted}"

        return respond(
            self.request,
            self.service,
            _MEDIA[wanted],
            lambda: _whole(make, self.page.after) if self.page.whole else make(self.page),
            write,
            None if wanted == "json" else named,
        )


def _whole(make: MakePage, after: str | None) -> Answer:
    """Every row that one answer may hold; its object is that of its pages."""
    answers: list[Answer] = []

    def page_of(page: PageRequest) -> Envelope:
        answers.append(make(page))
        return answers[-1].body

    body = fetch_all(page_of, after, bounded=True)
    return replace(answers[-1], body=body)


async def _page(
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="rows a page")] = DEFAULT_LIMIT,
    after: Annotated[str | None, Query(max_length=MAX_CURSOR, description="the cursor next of the page before")] = None,
    whole: Annotated[
        bool, Query(description="every row in one answer, whatever limit says; next where it is cut")
    ] = False,
) -> PageRequest:
    return PageRequest(limit, after, whole)


_Bom = Annotated[bool, Query(description="csv: begin with a byte order mark, as spreadsheets expect")]
_Heads = Annotated[Literal["en", "zh"], Query(description="csv: the head of each column, en its key · zh in Chinese")]
_Raw = Annotated[bool, Query(description="csv: leave cells that begin like a formula as they are")]
Contacts = Annotated[
    bool, Query(description="files: keep contact persons, telephone numbers and mail addresses, which are ＊ otherwise")
]


async def _output(
    format: Annotated[
        Literal["json", "csv", "ndjson", "xlsx"] | None,
        Query(description="instead of Accept: json, csv, ndjson or xlsx"),
    ] = None,
    bom: _Bom = True,
    raw: _Raw = False,
    contacts: Contacts = False,
    heads: _Heads = "en",
) -> Output:
    return Output(format, bom, raw, contacts, heads)


async def _question_output(
    format: Annotated[
        Literal["json", "csv", "ndjson", "xlsx", "docx"] | None,
        Query(description="instead of Accept: json, csv, ndjson, or the dossier of the answer as xlsx or docx"),
    ] = None,
    bom: _Bom = True,
    raw: _Raw = False,
    contacts: Contacts = False,
    heads: _Heads = "en",
) -> Output:
    return Output(format, bom, raw, contacts, heads)


_PageDep = Annotated[PageRequest, Depends(_page)]
_OutputDep = Annotated[Output, Depends(_output)]
_QuestionOutputDep = Annotated[Output, Depends(_question_output)]


async def _reply(request: Request, service: ServiceDep, page: _PageDep, output: _OutputDep) -> Responder:
    return Responder(request, service, page, output)


async def _question_reply(
    request: Request, service: ServiceDep, page: _PageDep, output: _QuestionOutputDep
) -> Responder:
    return Responder(request, service, page, output)


Reply = Annotated[Responder, Depends(_reply)]
# the answer to a question can also be had as a dossier
QuestionReply = Annotated[Responder, Depends(_question_reply)]
