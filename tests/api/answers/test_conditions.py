"""``/v1/items`` by conditions, as a client asks: parameters and ``where``, words beside each row, pages, groups, refusals."""

from typing import Any

import pytest

from api.schemas.items import ConditionShape, GroupListing, ItemListing

DOCUMENT = "娄底市-娄发2017-4"


def get(served: Any, address: str, status: int = 200, **parameters: Any) -> Any:
    answer = served.client.get(address, params=parameters or None)
    assert answer.status_code == status, answer.text
    return answer.json()


def numbers(body: Any) -> list[int]:
    return [row["number"] for row in body["items"]]


def test_two_units_in_two_roles(sample: Any) -> None:
    body = get(sample, "/v1/items", lead="市编办", responsible="市人社局", evidence="full")
    ItemListing.model_validate(body)
    assert numbers(body) == [3, 20]
    assert body["query"]["says"] == "由市编办牵头，且市人社局是责任单位"
    assert [(why["says"], why["evidence"]["quote"]) for why in body["items"][0]["why"]] == [
        ("由市编办牵头", "市编办"),
        ("市人社局是责任单位", "市人社局"),
    ]


def test_a_query_and_its_parameters_are_the_same(sample: Any) -> None:
    named = get(sample, "/v1/items", lead="市编办", due_before="2018-12-31", not_responsible="市人社局")
    said = get(sample, "/v1/items", where=named["query"]["where"])
    assert numbers(named) == numbers(said) != []
    assert named["total"] == said["total"] == {"value": len(numbers(named)), "relation": "eq"}


def test_a_comma_wants_both_and_a_bar_either(sample: Any) -> None:
    one, other = (set(numbers(get(sample, "/v1/items", bears=unit, limit=100))) for unit in ("市编办", "市人社局"))
    assert set(numbers(get(sample, "/v1/items", bears="市编办,市人社局", limit=100))) == one & other
    assert set(numbers(get(sample, "/v1/items", bears="市编办|市人社局", limit=100))) == one | other


def test_pages_join_to_the_whole_and_end(sample: Any) -> None:
    whole = get(sample, "/v1/items", not_lead="市编办", limit=500)
    rows, after = [], None
    for _ in range(30):
        page = get(sample, "/v1/items", not_lead="市编办", limit=7, **({"after": after} if after else {}))
        rows += page["items"]
        assert page["total"] == whole["total"]
        after = page["next"]
        if after is None:
            break
    assert rows == whole["items"]
    assert whole["total"] == {"value": len(rows), "relation": "eq"}


def test_items_come_in_the_order_of_their_dates(sample: Any) -> None:
    whole = get(sample, "/v1/items", where="bears(市政府法制办)", limit=100)["items"]
    dates = {row["id"]: row["due"]["date"] for row in whole}
    for sort, backwards in (("due", False), ("-due", True)):
        rows, after = [], None
        while True:
            given = {"after": after} if after else {}
            page = get(sample, "/v1/items", where="bears(市政府法制办)", sort=sort, limit=7, **given)
            assert page["total"] == {"value": len(whole), "relation": "eq"}
            rows += [row["id"] for row in page["items"]]
            after = page["next"]
            if after is None:
                break
        assert sorted(rows) == sorted(dates)
        found = [dates[key] for key in rows]
        dated = [day for day in found if day is not None]
        assert found == sorted(dated, reverse=backwards) + [None] * (len(found) - len(dated))
        same = [key for key in dates if dates[key] == "2019-12-31"]  # of one day: as they stand in the plan
        assert [key for key in rows if dates[key] == "2019-12-31"] == same
    assert len(set(dates.values())) > 2
    every = get(sample, "/v1/items", sort="due", due_before="2018-12-31", limit=100)
    assert [row["due"]["date"] for row in every["items"]] == sorted(row["due"]["date"] for row in every["items"])
    get(sample, "/v1/items", 422, sort="heading")
    get(sample, "/v1/items", 422, sort="-due", after=page_after(sample))


def page_after(sample: Any) -> str:
    """A cursor of another order."""
    return str(get(sample, "/v1/items", sort="due", limit=2)["next"])


def test_what_has_no_date_is_told_where_a_date_is_asked_for(sample: Any) -> None:
    every = get(sample, "/v1/items", list="closed", limit=500)
    early, late = (
        get(sample, "/v1/items", list="closed", **{name: day}, limit=500)
        for name, day in (("due_before", "2018-12-31"), ("due_after", "2019-01-01"))
    )
    without = {left["reason"]: left["count"] for left in early["left_out"]}.get("undated", 0)
    assert early["total"]["value"] + late["total"]["value"] + without == every["total"]["value"]


def test_the_old_way_to_name_a_unit_gives_why_as_well(sample: Any) -> None:
    body = get(sample, "/v1/items", unit="市政府法制办", role="lead", document=DOCUMENT, limit=100)
    assert len(body["items"]) == 17
    assert {why["condition"] for row in body["items"] for why in row["why"]} == {"lead"}


def test_an_instrument_beside_a_query_for_another_counts(sample: Any) -> None:
    one, other = "湖南省行政程序规定", "湖南省规范性文件管理办法"
    asked = {"where": f"cites({one}, implements)", "limit": 100}
    cited = set(numbers(get(sample, "/v1/items", **asked)))
    both = get(sample, "/v1/items", **asked, cites=other)
    assert set(numbers(both)) == cited & set(numbers(get(sample, "/v1/items", where=f"cites({other})", limit=100)))
    assert len(both["items"]) < len(cited)


def test_groups_count_every_item_once_in_each_of_its_groups(sample: Any) -> None:
    body = get(sample, "/v1/items/groups", by="lead", where="lead(市政府法制办)")
    GroupListing.model_validate(body)
    assert body["items"][0] == {"id": "娄底市:市政府法制办", "name": "市政府法制办", "items": 17}
    sections = get(sample, "/v1/items/groups", by="section", lead="市政府法制办")
    assert sum(row["items"] for row in sections["items"]) == 17
    months = get(sample, "/v1/items/groups", by="month", document=DOCUMENT)
    assert sum(row["items"] for row in months["items"]) == 45
    assert {row["id"] for row in months["items"]} >= {"2018-12"}


def test_every_condition_is_listed_and_is_a_parameter(sample: Any) -> None:
    listed = get(sample, "/v1/conditions")["items"]
    for one in listed:
        ConditionShape.model_validate(one)
    described = get(sample, "/openapi.json")["paths"]["/v1/items"]["get"]["parameters"]
    taken = {parameter["name"] for parameter in described}
    others = {"due-by": "due_before", "due-after": "due_after", "in-section": "section", "contains": "q"}
    assert {others.get(one["id"], one["id"].replace("-", "_")) for one in listed} <= taken


@pytest.mark.parametrize(
    ("parameters", "pointer", "words"),
    [
        ({"where": "lead(市编办"}, "/query/where", "breaks off"),
        ({"where": "leads(市编办)"}, "/query/where", "expected one of lead"),
        ({"list": "half"}, None, "open, closed, collective"),
        ({"no_lead": "maybe"}, "/query/no_lead", "true or false"),
        ({"body_due_by": "2018-13-01"}, None, "ISO date"),
        ({"relation": "basis"}, "/query/relation", "cites"),
        ({"lead": "市编办,"}, "/query/lead", None),
        ({"leads_at_least": "0"}, None, "whole number"),
    ],
)
def test_what_is_no_query_is_refused(
    sample: Any, parameters: dict[str, str], pointer: str | None, words: str | None
) -> None:
    body = get(sample, "/v1/items", 422, **parameters)
    assert words is None or words in str(body)
    assert pointer is None or body["errors"][0]["pointer"] == pointer


def test_a_region_confines_every_condition(two_cities: Any) -> None:
    both = get(two_cities, "/v1/items", where="lead(娄底市:市编办) or lead(临江市:市编办)", limit=100)
    one = get(two_cities, "/v1/items", where="lead(娄底市:市编办) or lead(临江市:市编办)", region="临江市")
    assert {row["document_id"] for row in one["items"]} == {"临江市-临发2017-4"}
    assert one["total"]["value"] == sum(row["document_id"] == "临江市-临发2017-4" for row in both["items"]) == 1
