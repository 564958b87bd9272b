"""The dependencies of routes, as named types: the service, access, and the parameters that many routes share.

Order of steps before a route runs: the guard (`api.http.access`), which reads what the route declares (`read_access`,
`write_access` …); then `known_parameters`, which refuses a parameter that the route does not have (a typo must not be
ignored in silence) or that is given twice.

All of them are coroutines: a plain function would cost a thread switch each.

Left to others: the parameters of lists (`api.http.reply`), the routes (`api.routes`), the Host check
(`api.http.middleware`).
"""

import re
import secrets
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Annotated, Any, cast, get_args

from fastapi import Depends, Query, Request, Security
from fastapi.dependencies.models import Dependant
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import AfterValidator, BeforeValidator

from api.answers.chinese.labels import ROLE_WORDS, SEVERITY_WORDS, chosen_from, code_of_word
from api.answers.nesting import Evidence
from api.answers.references import Narrow
from api.desk.baskets import Baskets
from api.desk.notes import NoteBook
from api.http.problems import invalid
from api.http.response_cache import AnswerCache
from api.loading.jobs import LoadJobs
from api.loading.shelf import ReadingShelf, ShelfLimits
from api.schemas.base import Role
from api.schemas.findings import Severity
from api.security.audit import AuditLog
from api.security.database import ServiceDatabase
from api.security.keys import AccessRole, KeyRing
from api.security.limits import RateLimits
from api.security.sessions import Sessions
from api.settings import Settings, product_version
from graph.library.question import Clock
from graph.store.contract import Store
from loaders.children.pool import Readers

MAX_NAME = 300
MAX_CURSOR = 4000
MAX_TEXT = 20_000  # of a question in words; what is read is shorter, and a longer one is answered that it is too long


@dataclass(slots=True)
class Service:
    """One running service: its store, its settings, the children that read files for it, and who may use it."""

    settings: Settings
    store: Store
    readers: Readers
    database: ServiceDatabase
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    build: str = field(default_factory=product_version)
    answers: AnswerCache = field(init=False)
    keys: KeyRing = field(init=False)
    sessions: Sessions = field(init=False)
    audit: AuditLog = field(init=False)
    limits: RateLimits = field(default_factory=RateLimits)
    notes: NoteBook = field(init=False)
    baskets: Baskets = field(init=False)
    shelf: ReadingShelf = field(init=False)
    jobs: LoadJobs = field(init=False)

    def __post_init__(self) -> None:
        self.answers = AnswerCache(self.settings.answer_cache_bytes)
        self.keys = KeyRing(self.database)
        self.sessions = Sessions(self.database, self.keys, self.settings.session_hours)
        self.audit = AuditLog(self.database)
        self.notes, self.baskets = NoteBook(self.database), Baskets(self.database)
        kept = self.settings
        limits = ShelfLimits(kept.readings_kept, kept.readings_bytes, kept.reading_hours)
        self.shelf = ReadingShelf(self.database, limits)
        self.jobs = LoadJobs(self.database, self.shelf, self.store, self.readers, self.audit, kept.jobs_waiting)

    def interrupt(self) -> None:
        """End what is at work for a request: reading at once, an answer or a load at its next statement."""
        self.store.interrupt()
        self.readers.close()

    def close(self) -> None:
        """End what works beside the requests, and what reads; the store stays open."""
        self.jobs.close()
        self.readers.close()
        self.jobs.join()
        self.audit.close()
        self.database.close()

    def clock(self) -> Clock:
        """What a question knows of time."""
        return Clock(date.today(), self.settings.near_days)


async def _service(request: Request) -> Service:
    return cast(Service, request.app.state.service)


ServiceDep = Annotated[Service, Depends(_service)]

_bearer = HTTPBearer(auto_error=False, description="a key: of zeren keys create, or the one in ZEREN_API_KEY_FILE")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]


class Needs:
    """What a route or a router declares: the role that it needs. It does nothing itself: `api.http.access.guard` reads it.

    ``dependencies=[Depends(read_access)]``
    """

    def __init__(self, role: AccessRole) -> None:
        self.role = role

    async def __call__(self, given: Credentials) -> None:
        """Take the key, so that the description of the service names it."""


class NeedsNobody(Needs):
    """The declaration of what everybody may ask, without a key."""

    def __init__(self) -> None:
        super().__init__(AccessRole.OPEN)

    async def __call__(self) -> None:  # type: ignore[override]  # it takes no key
        """Take nothing."""


open_access = NeedsNobody()
read_access = Needs(AccessRole.READER)
write_access = Needs(AccessRole.EDITOR)
admin_access = Needs(AccessRole.ADMIN)


async def known_parameters(request: Request) -> None:
    """Refuse a query parameter that the route does not have, that is given twice, or that is empty."""
    known = parameter_defaults(request)
    seen: set[str] = set()
    for name, value in request.query_params.multi_items():
        if name not in known:
            takes = ", ".join(known) or "none"
            raise invalid(f"/query/{name}", f"this address has no parameter {name!r}; it takes: {takes}.")
        if name in seen:
            raise invalid(f"/query/{name}", f"the parameter {name!r} is given twice; expected once.")
        if not value.strip() and name in _NEVER_EMPTY and not _is_form(request):
            raise invalid(f"/query/{name}", f"{name} is empty; expected a value, or no parameter.")
        seen.add(name)


_NEVER_EMPTY = ("region", "document")  # what narrows; other parameters say themselves what an empty value is


def _is_form(request: Request) -> bool:
    """Whether the address is that of a page, whose forms send the fields that stay empty, too."""
    return not request.url.path.startswith("/v1/")


def parameter_defaults(request: Request) -> dict[str, Any]:
    """The query parameters of the matched route, with their defaults."""
    return _defaults(request.scope["route"].dependant)


def _defaults(dependant: Dependant) -> dict[str, Any]:
    found = {p.alias: None if p.field_info.is_required() else p.get_default() for p in dependant.query_params}
    for part in dependant.dependencies:
        found |= _defaults(part)
    return found


def _one_line(value: str) -> str:
    if "\0" in value:
        raise ValueError("holds a NUL character; expected text")
    return value


Text = Annotated[str, AfterValidator(_one_line)]


def _as_written(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        raise ValueError("is no day as 2018-12-31")
    return value


WrittenDay = Annotated[date, BeforeValidator(_as_written)]
"""A day as 2018-12-31; pydantic also takes figures, as seconds since 1970."""

Region = Annotated[
    Text | None,
    Query(max_length=MAX_NAME, description="only of this place and those below it: 娄底市; 全国: national plans"),
]
DocumentFilter = Annotated[
    Text | None, Query(alias="document", max_length=MAX_NAME, description="only in this document: id, title or 文号")
]
RoleFilter = Annotated[
    Role | None,
    BeforeValidator(partial(code_of_word, "role")),
    Query(description=chosen_from(ROLE_WORDS, get_args(Role))),
]
OF_WORD = BeforeValidator(partial(code_of_word, "relation"))
"""Takes a relation by its word, too: 落实 for implements."""

SeverityFilter = Annotated[
    Severity | None,
    BeforeValidator(partial(code_of_word, "severity")),
    Query(description=chosen_from(SEVERITY_WORDS)),
]
SearchWords = Annotated[Text | None, Query(min_length=1, max_length=MAX_NAME, description="words to look for")]


Exact = Annotated[bool, Query(description="with region: of this place alone, of none below it")]


async def _place(service: ServiceDep, region: Region = None, exact: Exact = False) -> Narrow:
    if exact and region is None:
        raise invalid("/query/exact", "exact needs a place; expected region=… with it.")
    return Narrow(region, None, service.settings.default_region, exact)


PlaceDep = Annotated[Narrow, Depends(_place)]


async def _narrow(place: PlaceDep, document: DocumentFilter = None) -> Narrow:
    return replace(place, document=document)


NarrowDep = Annotated[Narrow, Depends(_narrow)]


EvidenceLevel = Annotated[
    Evidence, Query(description="full: words and places · ref: places · none: nothing beside a fact")
]
