"""Who may what: the one guard before every route, and how a route says which role it needs.

1. A route declares its role by a dependency (`api.http.dependencies.Needs`); its router's counts too, the highest holds. A
   route that declares none is refused to everybody, and a test fails.
2. `guard` runs before every route, as a dependency of the application. It finds who asks: by ``Authorization: Bearer``
   the local token, the key of the key file or one of `api.security.keys`; by cookie a session; else, where local use is
   set, a program of this machine, which may read.
3. Nobody where somebody is needed: 401, for a page the sign-in form. A role that is too low: 403. A write in a session
   must repeat its CSRF token, in the header ``X-CSRF-Token`` or the field ``csrf`` of a form: 403 without it.
4. Who asks too often waits (429 with ``Retry-After``): by his key, without one by his address, and wrong keys by theirs. A
   right key passes also from an address that must wait. The command line and local use have no limit.
5. What is mounted (static files, the guide for Neo4j Browser) holds nothing of a plan and is open: `OPEN_MOUNTS`.

Example: a GET by an editor's key passes, a DELETE by it is 403 ``role-too-low``.

Left to others: the Host and the length of a body (`api.http.middleware`), keys (`api.security`).
"""

import hmac
import math
from collections.abc import Mapping
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from starlette.concurrency import run_in_threadpool
from starlette.routing import Mount

from api.http.dependencies import Needs, Service, ServiceDep
from api.http.middleware import ASSISTANTS, SAFE_METHODS
from api.http.origin import is_of_this_machine
from api.http.problems import CSRF, KEY_REQUIRED, ROLE_TOO_LOW, SIGN_IN, TOO_MANY, Refused, refuse, wants_page
from api.http.trace import trace_of
from api.security.keys import ROLE_NAMES, AccessRole, Person
from api.security.sessions import Session

COOKIE = "zeren_session"
OPEN_MOUNTS = frozenset({"static", "neo4j-guide"})
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
LOCAL = Person("本机", AccessRole.READER, "local", "local")
_UNLIMITED = ("token", "local")
_OF_TOKEN = Person("本机命令行", AccessRole.ADMIN, "token", "token")
_OF_FILE = Person("密钥文件", AccessRole.ADMIN, "file", "file")


def declared_role(dependant: Dependant) -> AccessRole | None:
    """The role that a route declares, by itself or by its router; None if it declares none."""
    calls = [part.call for part in dependant.dependencies]
    return max((call.role for call in calls if isinstance(call, Needs)), default=None)


def routes_by_role(app: FastAPI) -> dict[tuple[str, str], AccessRole | None]:
    """Every method and path of the application with its role; what is mounted by its path alone."""
    found: dict[tuple[str, str], AccessRole | None] = {}
    for context in iter_route_contexts(app.routes):
        dependant, path = getattr(context, "dependant", None), str(getattr(context, "path", None))
        if dependant is not None:
            role = declared_role(dependant)
            found |= {(method, path): role for method in getattr(context, "methods", None) or ()}
    for route in app.routes:
        if isinstance(route, Mount):
            found["*", route.path] = AccessRole.OPEN if route.name in OPEN_MOUNTS else None
    return found


async def guard(request: Request, service: ServiceDep) -> None:
    """Let the request pass, or refuse it; see the module."""
    role = declared_role(request.scope["route"].dependant)
    if role is AccessRole.OPEN:
        return
    given = "authorization" in request.headers or COOKIE in request.cookies
    # who gave nothing is known without the file of keys, so without another thread
    person, session = await run_in_threadpool(who_asks, request, service) if given else who_asks(request, service)
    trace = trace_of(request)
    trace.person, trace.csrf = person, session.csrf if session is not None else None
    _limit(service, request, person)
    if role is None:
        raise refuse(ROLE_TOO_LOW, "this address declares no role, so nobody may use it; please report that.")
    if person is None or (person.role < role and person.how == "local"):
        raise _nobody(request)
    if person.role < role:
        raise refuse(
            ROLE_TOO_LOW,
            f"this needs the role {role.word} ({ROLE_NAMES[role]}), and {person.name!r} has {person.role.word} "
            f"({ROLE_NAMES[person.role]}). Ask an admin for another key.",
        )
    if session is not None and request.method not in SAFE_METHODS:
        await check_csrf(request, session)


def who_asks(request: Request, service: Service) -> tuple[Person | None, Session | None]:
    """Who sent the request, and the session it belongs to. Raises a refusal for a key that nobody holds."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and key.strip():
        return _by_key(service, request, key.strip()), None
    token = request.cookies.get(COOKIE)
    if token is not None and (found := in_session(service, token)) is not None:
        return found
    settings = service.settings
    if settings.local_use and settings.is_local and is_of_this_machine(request.scope, settings.proxies):
        return LOCAL, None
    return None, None


def _by_key(service: Service, request: Request, key: str) -> Person:
    person = holder_of(service, key)
    if person is None:
        raise wrong_key(service, request)
    return person


def wrong_key(service: Service, request: Request) -> Refused:
    """The refusal of a key that nobody holds; after some of them its sender must wait."""
    address, most = trace_of(request).address, service.settings.wrong_keys_a_minute
    wait = service.limits.wait(("wrong key", address), most)
    if wait:
        return _too_many(service, request, wait, f"there were more than {most} wrong keys from {address} in a minute")
    return refuse(KEY_REQUIRED, "the key given is not known, revoked or past its time." + _KEYS, headers=_ASK)


def _limit(service: Service, request: Request, person: Person | None) -> None:
    """Refuse who asks too often."""
    if person is not None and person.how in _UNLIMITED:
        return
    settings = service.settings
    reads = request.method in SAFE_METHODS or request.scope["path"] == ASSISTANTS
    most = settings.reads_a_minute if reads else settings.writes_a_minute
    who = ("nobody", trace_of(request).address) if person is None else (person.key, reads)
    if wait := service.limits.wait(who, most):
        raise _too_many(
            service, request, wait, f"there were more than {most} {'reads' if reads else 'writes'} in a minute"
        )


def _too_many(service: Service, request: Request, wait: float, met: str) -> Refused:
    trace = trace_of(request)
    # a flood is one line a minute in the audit log
    trace.unlogged = service.limits.wait(("told", trace.address), 1) > 0
    seconds = math.ceil(wait)
    return refuse(
        TOO_MANY,
        f"{met}; expected fewer. Try again in {seconds} seconds.",
        headers={"Retry-After": str(seconds)},
    )


def holder_of(service: Service, key: str) -> Person | None:
    """Who holds ``key``: the local token, the key file, or a person."""
    given = key.encode("utf-8", "surrogatepass")
    configured = service.settings.key()
    # every one is compared, so that time tells nothing
    is_token = hmac.compare_digest(given, service.token.encode())
    is_file = configured is not None and hmac.compare_digest(given, configured.encode())
    return _OF_TOKEN if is_token else _OF_FILE if is_file else service.keys.holder(key)


def in_session(service: Service, token: str) -> tuple[Person, Session] | None:
    """The session of a cookie and who signed in, if both still hold."""
    session = service.sessions.find(token)
    if session is None:
        return None
    configured = service.settings.key()
    if configured is not None and hmac.compare_digest(service.keys.digest(configured), session.key_digest):
        return _OF_FILE, session
    person = service.keys.holder_of_digest(session.key_digest, "session")
    return None if person is None else (person, session)


def refuse_other_author(request: Request, author_key: str, author: str) -> None:
    """Refuse to change what another person wrote, except to an admin."""
    person = trace_of(request).asker
    if person.key != author_key and person.role < AccessRole.ADMIN:
        raise refuse(
            ROLE_TOO_LOW,
            f"this was written by {author!r}; expected its author or an admin. Make one of your own instead.",
        )


async def check_csrf(request: Request, session: Session) -> None:
    """Refuse a write that does not repeat the token of its session: a page of another site cannot know it."""
    given = request.headers.get("x-csrf-token")
    if given is None and request.headers.get("content-type", "").startswith(_FORMS):
        field = (await request.form()).get("csrf")  # the route reads the form from here, not from the body again
        given = field if isinstance(field, str) else None
    if given is None or not hmac.compare_digest(given.encode(), session.csrf.encode()):
        await request.close()  # the files of its form
        raise refuse(
            CSRF,
            "this write does not repeat the token of its session; expected the header X-CSRF-Token, or the field csrf of a "
            "form of this service. Open the page anew and send it again.",
        )


def _nobody(request: Request) -> Refused:
    if request.method == "GET" and wants_page(request):
        query = request.url.query
        back = quote(request.url.path + (f"?{query}" if query else ""), safe="")
        return refuse(
            SIGN_IN, "this page needs a key; the form takes it.", headers={"Location": f"/sign-in?next={back}"}
        )
    return refuse(KEY_REQUIRED, "this needs a key, and no key was given." + _KEYS, headers=_ASK)


_ASK: Mapping[str, str] = {"WWW-Authenticate": "Bearer"}
_KEYS = (
    " Send it as 'Authorization: Bearer KEY', or sign in at /sign-in. Keys are made by zeren keys create; the first one is "
    "what ZEREN_API_KEY_FILE holds. On your own machine zeren serve --local (make run) lets everybody there read without one."
)
