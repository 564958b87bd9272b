"""The dependencies of routes, as named types: the service, access, and the parameters that many routes share.

Order of steps before a route runs: `read_access` or `write_access`; then `known_parameters`, which refuses a parameter
that the route does not have (a typo must not be ignored in silence) or that is given twice.

All of them are coroutines: a plain function would cost a thread switch each.

Left to others: the parameters of lists (`api.http.reply`), the routes (`api.routes`), the Host check
(`api.http.middleware`).
"""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, cast, get_args

from fastapi import Depends, Query, Request, Security
from fastapi.dependencies.models import Dependant
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import AfterValidator, BeforeValidator

from api.answers.chinese_labels import ROLE_WORDS, SEVERITY_CODES, SEVERITY_WORDS, chosen_from
from api.answers.nesting import Evidence
from api.answers.references import Narrow
from api.http.problems import KEY_REQUIRED, invalid, refuse
from api.http.response_cache import AnswerCache
from api.schemas.base import Role
from api.schemas.findings import Severity
from api.settings import Settings, is_loopback, product_version
from graph.library.question import Clock
from graph.store.contract import Store
from loaders.children.pool import Readers

MAX_NAME = 300
MAX_CURSOR = 4000
MAX_TEXT = 20_000  # of a question in words; what is read is shorter, and a longer one is answered that it is too long


@dataclass(slots=True)
class Service:
    """One running service: its store, its settings, the secrets that open it, and the children that read files for it."""

    settings: Settings
    store: Store
    readers: Readers
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    build: str = field(default_factory=product_version)
    answers: AnswerCache = field(init=False)

    def __post_init__(self) -> None:
        self.answers = AnswerCache(self.settings.answer_cache_bytes)

    def clock(self) -> Clock:
        """What a question knows of time."""
        return Clock(date.today(), self.settings.near_days)

    def opens(self, given: str) -> bool:
        """Whether ``given`` is the configured key or the local token."""
        key = self.settings.key()
        known = [self.token] if key is None else [self.token, key]
        return (
            sum(hmac.compare_digest(given.encode(), secret.encode()) for secret in known) > 0
        )  # every one is compared


async def _service(request: Request) -> Service:
    return cast(Service, request.app.state.service)


ServiceDep = Annotated[Service, Depends(_service)]

_bearer = HTTPBearer(auto_error=False, description="the key (ZEREN_API_KEY), or the local token of the lock file")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]


async def read_access(request: Request, service: ServiceDep, given: Credentials) -> None:
    """Allow reads from this machine itself; all others, also through a proxy, need a key."""
    if _is_local(request, service.settings):
        return
    _check_key(service, given, "reading from another machine or through a proxy")


async def write_access(service: ServiceDep, given: Credentials) -> None:
    """Allow writes only with a key or the local token."""
    _check_key(service, given, "writing")


def _is_local(request: Request, settings: Settings) -> bool:
    if not settings.is_local:
        return False
    if any(name == "forwarded" or name.startswith("x-forwarded-") for name in request.headers):
        return False
    server = request.scope.get("server")
    return server is not None and is_loopback(str(server[0]))


def _check_key(service: Service, given: HTTPAuthorizationCredentials | None, what: str) -> None:
    if given is not None and service.opens(given.credentials):
        return
    met = "no key was given" if given is None else "the key given is not known"
    raise refuse(
        KEY_REQUIRED,
        f"{what} needs a key, and {met}. Send it as 'Authorization: Bearer KEY'; the key is what ZEREN_API_KEY or "
        f"ZEREN_API_KEY_FILE holds. The command line on this machine needs none.",
        headers={"WWW-Authenticate": "Bearer"},
    )


async def known_parameters(request: Request) -> None:
    """Refuse a query parameter that the route does not have, or that is given twice."""
    known = parameter_defaults(request)
    seen: set[str] = set()
    for name, _ in request.query_params.multi_items():
        if name not in known:
            takes = ", ".join(known) or "none"
            raise invalid(f"/query/{name}", f"this address has no parameter {name!r}; it takes: {takes}.")
        if name in seen:
            raise invalid(f"/query/{name}", f"the parameter {name!r} is given twice; expected once.")
        seen.add(name)


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

Region = Annotated[Text | None, Query(max_length=MAX_NAME, description="only of this place: 娄底市")]
DocumentFilter = Annotated[
    Text | None, Query(alias="document", max_length=MAX_NAME, description="only in this document: id, title or 文号")
]
RoleFilter = Annotated[Role | None, Query(description=chosen_from(ROLE_WORDS, get_args(Role)))]
SeverityFilter = Annotated[
    Severity | None,
    BeforeValidator(lambda given: SEVERITY_CODES.get(given, given)),
    Query(description=chosen_from(SEVERITY_WORDS)),
]
SearchWords = Annotated[Text | None, Query(min_length=1, max_length=MAX_NAME, description="words to look for")]


async def _narrow(service: ServiceDep, region: Region = None, document: DocumentFilter = None) -> Narrow:
    return Narrow(region, document, service.settings.default_region)


NarrowDep = Annotated[Narrow, Depends(_narrow)]


EvidenceLevel = Annotated[
    Evidence, Query(description="full: words and places · ref: places · none: nothing beside a fact")
]
