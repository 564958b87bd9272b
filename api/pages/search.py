"""The one box: where its words lead, the suggestions under it, and the page of a search.

``/find`` sends a question to ``/ask`` and other words to ``/search``; ``/suggest`` gives the closest hits of each kind
as a fragment; ``/search`` lists every kind of hit, the closest first, the words marked, the plan named.

Example: ``/search?q=放管服改革`` shows the items that have “放管服”改革; ``/find?q=第20项由谁牵头`` leads to its answer.

Left to others: the search (`api.answers.searching.search`), the answer to a question (`api.pages.ask`).
"""

import re
from typing import Any

from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.answers.paging import PageRequest
from api.answers.searching.search import KINDS, query_words, search
from api.http.dependencies import ServiceDep
from api.pages.addresses import with_query
from api.pages.frame import FrameDep
from api.pages.router import After, Words, pages
from api.pages.templates import POLICY, fragment, page
from api.schemas.search import HitKind

HITS_OF_A_PAGE = 30
HITS_LOOKED_AT = 24  # for suggestions; the closest of each kind are among them, or it has none this close
HITS_OF_A_GROUP = 4
_ASKS = re.compile(r"[谁哪几吗呢何？?]|多少|什么|怎么|怎样|是否|有没有|列出|统计")

router = pages()


@router.get("/find")
def find_page(frame: FrameDep, q: Words = "") -> Response:
    """Where the words of the box lead, without a script, too."""
    path = "/ask" if _ASKS.search(q) else "/search"
    return RedirectResponse(with_query(path, {**frame.scope, "q": q}), status_code=303)


@router.get("/suggest")
def suggest(service: ServiceDep, frame: FrameDep, q: Words = "") -> Response:
    found: dict[str, Any] = {"items": [], "by_kind": {}, "at_least": []}
    if query_words(q):
        found = search(service.store, q, narrow=frame.narrow, page=PageRequest(HITS_LOOKED_AT)).body
    groups = [(kind, [row for row in found["items"] if row["kind"] == kind][:HITS_OF_A_GROUP]) for kind in KINDS]
    shown = [(kind, rows) for kind, rows in groups if rows]
    text = fragment("parts/suggest.html", frame, q=q, groups=shown, counts=found["by_kind"], at_least=found["at_least"])
    return HTMLResponse(text, headers={"Content-Security-Policy": POLICY, "Cache-Control": "private, no-cache"})


@router.get("/search")
def search_page(
    service: ServiceDep,
    frame: FrameDep,
    q: Words = "",
    kind: HitKind | None = None,
    after: After = None,
) -> Response:
    found = None
    if query_words(q):
        found = search(
            service.store,
            q,
            kinds=KINDS if kind is None else (kind,),
            narrow=frame.narrow,
            page=PageRequest(HITS_OF_A_PAGE, after),
        ).body
    return page("search.html", frame, q=q, kind=kind, found=found)
