"""Everything that the pages show of the sample can be pointed at, and its words stand at their place in the text."""

from collections.abc import Iterator
from typing import Any

import pytest

from api.answers.findings import list_findings
from api.answers.nesting import Evidence
from api.answers.objects import document_answer, item_answer
from api.answers.paging import PageRequest
from api.answers.references import ANYWHERE
from api.desk.pointing import point_at
from api.desk.subjects import Subject, SubjectKind

DOCUMENT = "娄底市-娄发2017-4"
FACTS = ("leads", "responsible", "cooperating", "supervising", "leaders", "deadlines", "citations", "tasks", "mentions")


def facts(store: Any) -> Iterator[str]:
    card = document_answer(store, DOCUMENT, Evidence.FULL).body
    yield from (fact["id"] for kind in ("duties", "deadlines", "citations") for fact in card[kind])
    for number in (1, 4, 6, 20, 33):
        card = item_answer(store, f"{DOCUMENT}:{number}", ANYWHERE, Evidence.FULL).body
        yield from (fact["id"] for kind in FACTS for fact in card[kind])


@pytest.mark.parametrize("kind", ["fact", "finding", "item", "chain"])
def test_it_is_found_with_its_words(sample: Any, kind: SubjectKind) -> None:
    store = sample.store
    text = sample.client.get(f"/v1/documents/{DOCUMENT}/text").text
    if kind == "fact":
        keys = list(facts(store))
    elif kind == "finding":
        keys = [row["id"] for row in list_findings(store, page=PageRequest(500)).body["items"]]
    else:
        keys = [f"{DOCUMENT}:{number}" for number in (1, 4, 6, 20, 33)]
    assert len(keys) >= 5
    for key in keys:
        point = point_at(store, Subject(kind, key))
        assert point.title
        assert all(text[place.start : place.end] == place.quote for place in point.places)
        assert point.places or kind == "fact", key
