"""Every page over plans that lack what the sample has: leads, numbers, dates, a number of their own, a place."""

from typing import Any
from urllib.parse import quote

import pytest

PLANS = {
    "无牵头": "青川县工作方案\n1.清理文件。\n责任单位：县司法局\n2.公开清单。\n责任单位：各有关部门\n3.加强宣传。\n",
    "无日期": "甲市工作要点\n一、总体\n（一）清理文件。（市司法局牵头）\n（二）公开清单。（市司法局、市财政局配合）\n",
    "只有统称": "乙市若干措施\n1.支持就业。责任单位：各县区人民政府，市直各部门\n完成时限：2019年13月底前\n",
    "整改": "丙市整改清单\n1.问题：台账不全。\n整改措施：一是补齐台账；二是建立制度。\n责任单位：市审计局\n整改时限：立行立改\n督导单位：市纪委监委\n",
    "表": "序号\t任务\t牵头单位\t完成时限\n1\t清理文件\t市司法局\t2018年12月底前\n\t公开清单\t\t长期\n",
}
LISTS = (
    "/",
    "/documents",
    "/units",
    "/regulations",
    "/deadlines",
    "/findings",
    "/chains",
    "/questions",
    "/items?by=lead",
    "/about",
)


@pytest.fixture
def awkward(empty: Any) -> Any:
    for key, text in PLANS.items():
        kind = {"Content-Type": "text/plain; charset=utf-8"}
        done = empty.client.post(
            "/v1/documents", params={"document_id": key}, content=text.encode(), headers=empty.key | kind
        )
        assert done.status_code == 201, (key, done.text)
    return empty


def test_every_page_answers(awkward: Any) -> None:
    def ids(of: str) -> list[str]:
        return [quote(one["id"], safe="") for one in awkward.client.get(f"/v1/{of}?limit=200").json()["items"]]

    addresses = [
        *LISTS,
        *(
            f"/documents/{one}{tail}"
            for one in ids("documents")
            for tail in ("", "/text", "/duties", "/matrix", "/findings")
        ),
        *(f"/items/{one}" for one in ids("items")),
        *(f"/units/{one}" for one in ids("units")),
        *(f"/explore?of_kind=unit&of={one}" for one in ids("units")),
    ]
    assert len(addresses) > 50
    met = {address: awkward.client.get(address).status_code for address in addresses}
    assert {address: status for address, status in met.items() if status != 200} == {}


def test_the_first_page_says_that_items_have_no_lead(awkward: Any) -> None:
    page = awkward.client.get("/").text
    assert 'href="/items?no_lead=true"' in page
    without = awkward.client.get("/v1/items?no_lead=true").json()["total"]["value"]
    assert without > 3
    assert f"{without} 项没有写明牵头单位" in page
