"""Corrections over REST: taken by loads and parses, refused with the parameter at fault, shown wherever the plan is."""

import io
from typing import Any

import docx
import pytest

from loaders.files.read import read_bytes

PLAN = "中共甲市委文件\n\n甲发〔2018〕7号\n\n甲市法治政府建设实施方案\n\n1.清理文件。\n\n牵头单位：市司法局。\n"
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
GIVEN = {
    "title": "乙市法治实施方案",
    "reference_number": "乙发〔2018〕9号",
    "issued_on": "2018-05-01",
    "region": "乙市",
}
KEY = "乙市-乙发2018-9"


@pytest.fixture
def corrected(empty: Any) -> Any:
    answer = empty.client.post("/v1/documents", params=GIVEN, content=PLAN.encode(), headers=empty.key | PLAIN)
    assert (answer.status_code, answer.json()["document_id"]) == (201, KEY)
    return empty


def test_a_corrected_plan_is_shown_as_such(corrected: Any) -> None:
    card = corrected.client.get(f"/v1/documents/{KEY}").json()
    assert [(fix["name"], fix["given"], fix["stated"]) for fix in card["corrections"]] == [
        ("title", "乙市法治实施方案", "甲市法治政府建设实施方案"),
        ("reference_number", "乙发〔2018〕9号", "甲发〔2018〕7号"),
        ("issued_on", "2018-05-01", None),
        ("region", "乙市", "甲市"),
    ]
    assert corrected.client.get("/v1/documents").json()["items"][0]["corrections"] == card["corrections"]
    assert corrected.client.get("/v1/catalog").json()["corrected"] == {KEY: card["corrections"]}
    page = corrected.client.get(f"/documents/{KEY}").text
    assert page.count("人工更正</span>") == 4
    assert "标题：乙市法治实施方案" in page
    assert ">原文：甲市法治政府建设实施方案</a>" in page
    table = corrected.client.get("/v1/documents?format=xlsx")
    assert "地区“乙市”（人工更正；原文“甲市”）" in read_bytes(table.content).text
    report = docx.Document(io.BytesIO(corrected.client.get(f"/v1/documents/{KEY}/dossier?format=docx").content))
    told = "\n".join(cell.text for table in report.tables for row in table.rows for cell in row.cells)
    told += "\n".join(paragraph.text for paragraph in report.paragraphs)
    assert "地区“乙市”（人工更正；原文“甲市”）" in told


@pytest.mark.parametrize("route", ["documents", "parse"])
@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("title", "", "title is empty"),
        ("reference_number", "甲发", "with its figures"),
        ("issued_on", "2018-02-30", "expected a date such as 2017-03-16"),
        ("region", "甲", "Did you mean 甲市"),
    ],
)
def test_what_cannot_be_a_value_is_refused(empty: Any, route: str, name: str, value: str, told: str) -> None:
    answer = empty.client.post(f"/v1/{route}", params={name: value}, content=PLAN.encode(), headers=empty.key | PLAIN)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["pointer"], told in error["detail"]) == (f"/query/{name}", True)
