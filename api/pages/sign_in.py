"""The page to sign in: it takes a key once, then a cookie stands for it; the same page says who is signed in.

1. The form sends the key; who holds it gets a session (`api.security.sessions`) and goes back to the page he came from.
2. The cookie is HttpOnly, SameSite=Strict, and Secure where the sender speaks TLS. It ends with the session.
3. Signing out ends the session, not only the cookie.

Example: ``/sign-in?next=%2Funits%2F…`` goes to that page after the key was taken.

Left to others: who may what (`api.http.access`), keys (`api.security.keys`).
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from api.http.access import COOKIE, check_csrf, holder_of, in_session, wrong_key
from api.http.dependencies import ServiceDep, known_parameters, open_access
from api.http.origin import is_https
from api.http.trace import trace_of
from api.pages.router import of_this_service
from api.pages.templates import page
from api.security.keys import ROLE_NAMES

_LONGEST = 2000
router = APIRouter(include_in_schema=False, dependencies=[Depends(open_access), Depends(known_parameters)])
Next = Annotated[str, Query(alias="next", max_length=_LONGEST)]


@router.get("/sign-in")
def sign_in_page(request: Request, service: ServiceDep, after: Next = "/") -> Response:
    token = request.cookies.get(COOKIE)
    found = in_session(service, token) if token else None
    if found is None:
        return _page(after=of_this_service(after))
    person, session = found
    return _page(person=person, role=ROLE_NAMES[person.role], session=session)


@router.post("/sign-in")
def sign_in(
    request: Request,
    service: ServiceDep,
    key: Annotated[str, Form(max_length=_LONGEST)] = "",
    after: Annotated[str, Form(alias="next", max_length=_LONGEST)] = "/",
) -> Response:
    person = holder_of(service, key.strip())
    if person is None or person.how == "token":  # the local token is for programs
        refused = wrong_key(service, request).problem
        made = _page(status=refused.kind.status, after=of_this_service(after), wrong=refused)
        made.headers.update({name: value for name, value in refused.headers.items() if name == "Retry-After"})
        return made
    trace_of(request).person = person
    session = service.sessions.begin(service.keys.digest(key.strip()))
    made = RedirectResponse(of_this_service(after), 303)
    made.set_cookie(
        COOKIE,
        session.token,
        max_age=int(service.settings.session_hours * 3600),
        path="/",
        secure=is_https(request.scope, service.settings.proxies),
        httponly=True,
        samesite="strict",
    )
    return made


@router.post("/sign-out")
async def sign_out(request: Request, service: ServiceDep) -> Response:
    token = request.cookies.get(COOKIE)
    session = service.sessions.find(token) if token else None
    if session is not None:
        await check_csrf(request, session)
        found = in_session(service, session.token)
        trace_of(request).person = found[0] if found else None
        service.sessions.end(session.token)
    made = RedirectResponse("/sign-in", 303)
    made.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    return made


def _page(*, status: int = 200, **values: Any) -> Response:
    known: dict[str, Any] = {"person": None, "role": None, "session": None, "after": "/", "wrong": None}
    return page("sign_in.html", status=status, stored=False, **known | values)
