"""Items (任务事项): the list with its filters, and the whole card of an item."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from fastapi import Depends, Query, Request
from starlette.responses import Response

from api.answers.conditions import describe_conditions, group_by_condition, list_by_conditions
from api.answers.lists import list_items
from api.answers.nesting import Evidence
from api.answers.objects import item_answer
from api.answers.paging import PageRequest, one_page
from api.answers.questions import Answer
from api.http.conditions import ConditionsDep, given, joined
from api.http.dependencies import (
    MAX_NAME,
    OF_WORD,
    EvidenceLevel,
    NarrowDep,
    RoleFilter,
    SearchWords,
    ServiceDep,
    Text,
    WrittenDay,
)
from api.http.problems import invalid
from api.http.reply import Reply
from api.http.responses import respond_object
from api.routes.router import LIST, Ref, v1
from api.schemas.base import ItemRow, Listing, Relation
from api.schemas.items import ConditionShape, GroupedBy, GroupListing, ItemListing
from api.schemas.objects import ItemCard
from graph.conditions.query import And
from graph.conditions.query import Query as ItemQuery

router = v1("items")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a request wants of items: the filters of the list, and a query if a condition is among them."""

    section: str | None
    cites: str | None
    q: str | None
    due_before: str | None
    due_after: str | None
    conditions: ItemQuery | None

    @property
    def query(self) -> ItemQuery | None:
        """Every filter as a condition, joined by and."""
        others = (
            ("in-section", self.section),
            ("cites", self.cites),
            ("contains", self.q),
            ("due-by", self.due_before),
            ("due-after", self.due_after),
        )
        return joined(self.conditions, *(given(name, value) for name, value in others))


async def _filters(
    conditions: ConditionsDep,
    unit: Annotated[Text | None, Query(max_length=MAX_NAME, description="that give this unit a duty")] = None,
    role: RoleFilter = None,
    section: Annotated[Text | None, Query(max_length=MAX_NAME, description="in this section or below it")] = None,
    cites: Annotated[Text | None, Query(max_length=MAX_NAME, description="that cite this instrument")] = None,
    relation: Annotated[
        Relation | None, OF_WORD, Query(description=f"with cites: {', '.join(get_args(Relation))}")
    ] = None,
    q: SearchWords = None,
    due_before: Annotated[WrittenDay | None, Query(description="due on this day or before")] = None,
    due_after: Annotated[WrittenDay | None, Query(description="due on this day or after")] = None,
) -> Filters:
    if role is not None and unit is None:
        raise invalid("/query/role", "role needs a unit; expected unit=… with it.")
    if relation is not None and cites is None:
        raise invalid("/query/relation", "relation needs an instrument; expected cites=… with it.")
    before, after = (day.isoformat() if day else None for day in (due_before, due_after))
    related = given("cites", cites, relation) if relation else None
    conditions = joined(conditions, given(role or "bears", unit), related)
    return Filters(section, None if related else cites, q, before, after, conditions)


FiltersDep = Annotated[Filters, Depends(_filters)]


@router.get(
    "/items", summary="Items that fit every given filter or condition", response_model=ItemListing, responses=LIST
)
def items(
    narrow: NarrowDep,
    reply: Reply,
    filters: FiltersDep,
    evidence: EvidenceLevel = Evidence.REF,
    sort: Annotated[
        Literal["due", "-due"] | None,
        Query(description="by date, the earliest (due) or the latest (-due) first, those without one last"),
    ] = None,
) -> Response:
    """Without a condition: the items of plans, each with what stands below it. With one, with ``unit`` or with ``sort``:
    the items, on any level, that meet them all, each with the words that make it so (``why``).
    """

    def make(page: PageRequest) -> Answer:
        if filters.conditions is not None or sort is not None:
            query = filters.query or And(())
            return list_by_conditions(reply.store, query, narrow=narrow, page=page, evidence=evidence, sort=sort)
        return list_items(
            reply.store,
            section=filters.section,
            cites=filters.cites,
            q=filters.q,
            due_before=filters.due_before,
            due_after=filters.due_after,
            narrow=narrow,
            page=page,
            evidence=evidence,
        )

    return reply.list("items", ItemRow, make, evidence)


@router.get("/items/groups", summary="How many items each unit, plan, month … has", response_model=GroupListing)
def groups(
    request: Request,
    service: ServiceDep,
    narrow: NarrowDep,
    filters: FiltersDep,
    by: Annotated[
        GroupedBy,
        Query(
            description="units: lead, responsible, cooperating, supervising, bearer · regulation · document · section · year · month · date"
        ),
    ],
) -> Response:
    """Of the items that meet every filter and condition; of all items, if none is given."""
    query = filters.query or And(())
    return respond_object(request, service, lambda: group_by_condition(service.store, query, by, narrow=narrow))


@router.get("/conditions", summary="The conditions of which a query is made", response_model=Listing[ConditionShape])
def conditions(service: ServiceDep) -> dict[str, Any]:
    return one_page(describe_conditions(), service.store.read(lambda reading: str(reading.data_version)))


@router.get("/items/{ref}", summary="One item's whole card", response_model=ItemCard)
def item(
    request: Request, service: ServiceDep, ref: Ref, narrow: NarrowDep, evidence: EvidenceLevel = Evidence.FULL
) -> Response:
    return respond_object(request, service, lambda: item_answer(service.store, ref, narrow, evidence))
