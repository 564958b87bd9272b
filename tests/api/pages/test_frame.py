"""The frame of a page: scope in every link, the box and its suggestions, the style guide, the policy."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings

DOCUMENT = "娄底市-娄发2017-4"
STATIC = Path(__file__).parents[3] / "api" / "pages" / "static"


def test_the_day_of_the_question_is_loud_and_kept(sample: Any) -> None:
    page = sample.client.get("/search", params={"q": "执法", "as_of": "2018-12-10"}).text
    assert '<span class="set">截至 2018-12-10</span>' in page
    assert 'href="/units?as_of=2018-12-10"' in page
    assert "as_of=2018-12-10" in page.split('role="search"')[1].split("</form>")[0] or 'value="2018-12-10"' in page
    assert "截至 今天" in sample.client.get("/search").text


def test_a_scope_that_names_no_plan_is_told(sample: Any) -> None:
    assert sample.client.get("/search", params={"document": "没有的文件"}).status_code == 404
    assert sample.client.get("/search", params={"document": ""}).status_code == 200


def test_the_box_leads_a_question_to_its_answer_and_words_to_the_search(sample: Any) -> None:
    found = {
        q: sample.client.get("/find", params={"q": q, "as_of": "2018-12-10"}, follow_redirects=False).headers[
            "Location"
        ]
        for q in ("第20项由谁牵头", "法制办")
    }
    assert [where.partition("?")[0] for where in found.values()] == ["/ask", "/search"]
    assert all("as_of=2018-12-10" in where for where in found.values())


def test_suggestions_come_in_groups_and_escape_what_was_typed(sample: Any) -> None:
    text = sample.client.get("/suggest", params={"q": "执法"}).text
    assert [word for word in ("单位", "法规", "事项", "原文", "问题") if f"<span>{word}</span>" not in text] == []
    assert text.count('role="option"') <= 5 * 4 + 2
    assert "<mark>执法</mark>" in text
    assert "<script" not in sample.client.get("/suggest", params={"q": "<script>x"}).text


def test_the_style_guide_is_for_development(sample: Any) -> None:
    assert sample.client.get("/styleguide").status_code == 404
    app = create_app(Settings(development=True), sample.store)
    with TestClient(app, "http://127.0.0.1:8000", client=("127.0.0.1", 5000)) as client:
        assert "时限未读懂" in client.get("/styleguide").text


def test_pages_run_no_inline_code(sample: Any) -> None:
    answer = sample.client.get("/search?q=执法")
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
    assert " style=" not in answer.text
    assert " onclick=" not in answer.text


@pytest.mark.parametrize("name", ["zeren.css", "workbench.js", "suggest.js", "basket.js", "keys.js"])
def test_what_a_page_loads_is_there_and_small(sample: Any, name: str) -> None:
    assert sample.client.get(f"/static/{name}").status_code == 200
    assert len(gzip.compress((STATIC / name).read_bytes())) < 16_000  # as it travels


def test_a_key_of_the_frame_is_not_typed_twice(sample: Any) -> None:
    """Two parameters of one name are a mistake of the caller, on pages as well."""
    assert sample.client.get("/search?q=a&as_of=2018-01-01&as_of=2018-01-02").status_code == 422


def test_a_day_that_is_none_is_refused(sample: Any) -> None:
    answer = sample.client.get("/units?as_of=2018-02-30")
    assert answer.status_code == 422
    assert "2018-02-30" in answer.text
