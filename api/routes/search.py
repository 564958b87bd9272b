"""Full text over units, plans, instruments, items and source texts; and names beside what is loaded."""

from typing import Annotated

from fastapi import Query
from starlette.responses import JSONResponse, Response

from api.answers.chinese.labels import HIT_WORDS, chosen_from
from api.answers.searching.match_names import match_names
from api.answers.searching.search import KINDS, NAMED, search
from api.http.dependencies import MAX_NAME, NarrowDep, ServiceDep, Text
from api.http.reply import Reply
from api.routes.router import LIST, v1
from api.schemas.search import HitKind, MatchedNames, NamesToMatch, SearchHit, SearchListing

router = v1("search")


@router.get("/search", summary="Full text, the closest first", response_model=SearchListing, responses=LIST)
def search_text(
    q: Annotated[Text, Query(min_length=1, max_length=MAX_NAME, description="words; all must be there")],
    reply: Reply,
    narrow: NarrowDep,
    kind: Annotated[HitKind | None, Query(description=chosen_from(HIT_WORDS))] = None,
) -> Response:
    """Over names of units, titles and 文号 of plans and instruments, items, and source texts. Marks, blanks, capitals and
    full width count for nothing; ``[2017]`` is ``〔2017〕``.
    """
    kinds = KINDS if kind is None else (kind,)
    return reply.list(
        "search",
        SearchHit,
        lambda page: search(reply.store, q, kinds=kinds, narrow=narrow, page=page),
    )


@router.post("/match", summary="Which units, plans or instruments names meet", response_model=MatchedNames)
def match(service: ServiceDep, given: NamesToMatch) -> Response:
    """At most 100 names a call; for each what has the name exactly, else the nearest names, each with the reason."""
    return JSONResponse(match_names(service.store, given.names, kinds=given.kinds or NAMED))
