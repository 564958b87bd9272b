"""The page of a query of items: what it says in Chinese, the items that meet it with the words that make it true.

Example: ``/items?where=due-basis(none)`` shows the items without a date; ``by=lead`` counts them for each lead.

Left to others: the query (`graph.conditions.query`), the answer (`api.asking.composed_answer`).
"""

from starlette.requests import Request
from starlette.responses import Response

from api.answers.nesting import Evidence
from api.answers.paging import PageRequest
from api.asking.compose import ComposedQuestion
from api.asking.composed_answer import answer_composed
from api.http.conditions import ConditionsDep
from api.http.dependencies import NarrowDep, ServiceDep
from api.pages.addresses import downloads
from api.pages.answer_rows import plans_in
from api.pages.frame import FrameDep
from api.pages.router import After, pages
from api.pages.templates import heads, page
from api.schemas.items import GroupedBy
from graph.conditions.query import And

ITEMS_OF_A_PAGE = 100
router = pages()


@router.get("/items")
def items_page(
    request: Request,
    service: ServiceDep,
    frame: FrameDep,
    narrow: NarrowDep,
    conditions: ConditionsDep,
    by: GroupedBy | None = None,
    after: After = None,
) -> Response:
    asked = ComposedQuestion({None: conditions or And(())}, "items", by, None, None, (), has_role=False)
    answer = answer_composed(
        service.store, asked, page=PageRequest(ITEMS_OF_A_PAGE, after), evidence=Evidence.FULL, narrow=narrow
    ).body
    given = {name: value for name, value in request.query_params.items() if name != "after"}
    return page(
        "items.html",
        frame,
        answer=answer,
        heads=heads(answer["headings"]),
        plans=plans_in(service.store, answer["items"]),
        files={} if by else downloads("/v1/items", given),
        given=given,
    )
