"""The headline answers, the envelope, cursors, references by name and id, and evidence read back from the store."""

from collections import Counter
from typing import Any
from urllib.parse import quote

import pytest
from pydantic import BaseModel

from api.schemas.base import CitingItem, DocumentRow, Duty, ItemRow, Listing, QuestionListing, RegulationRow, UnitRow
from api.schemas.objects import DocumentCard, ItemCard, RegulationCard, TextPieces, UnitCard

DOCUMENT = "娄底市-娄发2017-4"
UNIT, REGULATION = "市政府法制办", "湖南省行政程序规定"
DUTIES, CITING = f"/v1/units/{UNIT}/duties", f"/v1/regulations/{REGULATION}/citing-items"
LEADS = [9, 10, 11, 12, 13, 14, 17, 20, 21, 22, 23, 24, 33, 34, 39, 40, 41]
RESPONSIBLE = [1, 2, 3, 5, 8, 26, 27, 28, 43, 44, 45]
ENVELOPE = {"items", "total", "next", "next_url", "data_version", "as_of", "left_out"}


def get(served: Any, address: str, **parameters: Any) -> Any:
    answer = served.client.get(address, params=parameters or None)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_all_duties_of_a_unit(sample: Any) -> None:
    body = get(sample, DUTIES)
    by_role = {role: [d["item"]["number"] for d in body["items"] if d["item"] and d["role"] == role]
               for role in ("lead", "responsible")}  # fmt: skip
    assert by_role == {"lead": LEADS, "responsible": RESPONSIBLE}
    assert [d["document"]["id"] for d in body["items"] if d["item"] is None] == [DOCUMENT]
    assert (len(body["items"]), body["total"]) == (29, {"value": 29, "relation": "eq"})
    assert set(body) == ENVELOPE


def test_items_that_cite_a_regulation(sample: Any) -> None:
    rows = get(sample, CITING, evidence="full")["items"]
    assert [(r["item"]["number"], r["relation"]) for r in rows] == [(n, "implements") for n in (3, 21, 34)]
    assert {r["evidence"]["quote"].strip("《》") for r in rows} == {REGULATION}


@pytest.mark.parametrize(
    ("address", "parameters", "total"),
    [
        ("/v1/items", {}, 45),
        (f"/v1/documents/{DOCUMENT}/items", {}, 45),
        ("/v1/items", {"due_before": "2017-12-31"}, 15),
        ("/v1/items", {"due_after": "2019-01-01"}, 9),  # seven by their own clause, 6 and 10 by the document's
        ("/v1/items", {"unit": UNIT, "role": "lead"}, 17),
        ("/v1/items", {"cites": REGULATION}, 3),
        ("/v1/items", {"section": f"{DOCUMENT}:s2.4"}, 6),
        (DUTIES, {"role": "lead"}, 18),
        (DUTIES, {"role": "cooperating"}, 0),
        (CITING, {"relation": "repeals"}, 0),
        ("/v1/documents", {}, 1),
    ],
)
def test_totals(sample: Any, address: str, parameters: dict[str, Any], total: int) -> None:
    body = get(sample, address, limit=500, **parameters)
    assert (body["total"]["value"], len(body["items"])) == (total, total)


@pytest.mark.parametrize(
    ("address", "parameters"),
    [(DUTIES, {}), ("/v1/items", {}), ("/v1/units", {}), ("/v1/regulations", {}), (CITING, {}),
     ("/v1/questions/unit-duties", {"unit": UNIT}), (f"/v1/documents/{DOCUMENT}/sections", {})],
)  # fmt: skip
def test_pages_joined_are_the_whole_list(sample: Any, address: str, parameters: dict[str, Any]) -> None:
    whole = get(sample, address, limit=500, **parameters)
    joined, answer = [], sample.client.get(address, params={"limit": 7, **parameters})
    while True:
        body = answer.json()
        joined += body["items"]
        if body["next"] is None:
            break
        assert answer.headers["Link"] == f'<{body["next_url"]}>; rel="next"'
        assert body["next_url"].isascii()
        answer = sample.client.get(body["next_url"])
    assert joined == whole["items"]
    assert len(joined) == whole["total"]["value"]
    places = [r["evidence"]["span"][0] for r in joined if r.get("evidence") and r["evidence"]["span"]]
    assert places == sorted(places)


def test_evidence_full_ref_and_none(sample: Any) -> None:
    rows = {kind: get(sample, DUTIES, evidence=kind)["items"][1] for kind in ("full", "ref", "none")}
    assert set(rows["full"]["evidence"]) - set(rows["ref"]["evidence"]) == {"quote", "clause_quote"}
    assert rows["none"]["evidence"] is None
    assert get(sample, DUTIES)["items"][1] == rows["ref"]


def _evidence(value: Any) -> list[dict[str, Any]]:
    """Every evidence object in an answer, however deep."""
    if isinstance(value, list):
        return [found for one in value for found in _evidence(one)]
    if not isinstance(value, dict):
        return []
    own = [value["evidence"]] if isinstance(value.get("evidence"), dict) else []
    return own + [found for one in value.values() for found in _evidence(one)]


def test_every_stored_fact_quotes_its_text(sample: Any) -> None:
    text = sample.client.get(f"/v1/documents/{DOCUMENT}/text").text
    cards = [get(sample, f"/v1/items/{row['id']}") for row in get(sample, "/v1/items", limit=500)["items"]]
    found = _evidence([get(sample, f"/v1/documents/{DOCUMENT}"), *cards])
    stated = [(e["span"], e["quote"]) for e in found if e["span"]]
    clauses = [(e["clause"], e["clause_quote"]) for e in found if e.get("clause")]
    assert [pair for pair in stated + clauses if text[slice(*pair[0])] != pair[1]] == []
    counts = Counter({key: sum(len(card[key]) for card in cards) for key in ("leads", "responsible")})
    assert counts == {"leads": 54, "responsible": 196}
    assert len(stated) > 400


@pytest.mark.parametrize(
    ("named", "by_id"),
    [
        (DUTIES, f"/v1/units/娄底市:{UNIT}/duties"),
        (f"/v1/regulations/《{REGULATION}》", f"/v1/regulations/{REGULATION}"),
        (f"/v1/items/{DOCUMENT}:20", f"/v1/items/{DOCUMENT}:s2.4-20"),
        ("/v1/documents/娄发〔2017〕4号", f"/v1/documents/{DOCUMENT}"),
    ],
)
def test_a_name_does_as_well_as_the_id(sample: Any, named: str, by_id: str) -> None:
    answer, wanted = sample.client.get(named), sample.client.get(by_id)
    assert answer.json() == wanted.json()
    assert "Content-Location" not in wanted.headers
    assert answer.headers.get("Content-Location", quote(by_id, safe="/:")).partition("?")[0] == quote(by_id, safe="/:")


@pytest.mark.parametrize(
    ("address", "shape"),
    [
        ("/v1/documents", Listing[DocumentRow]),
        ("/v1/items?limit=500", Listing[ItemRow]),
        ("/v1/units?limit=500", Listing[UnitRow]),
        ("/v1/regulations?limit=500", Listing[RegulationRow]),
        (f"{DUTIES}?evidence=full", Listing[Duty]),
        (f"{CITING}?evidence=full", Listing[CitingItem]),
        (f"/v1/questions/unit-duties?unit={UNIT}", QuestionListing),
        (f"/v1/documents/{DOCUMENT}", DocumentCard),
        (f"/v1/documents/{DOCUMENT}/text?pieces", TextPieces),
        (f"/v1/items/{DOCUMENT}:20", ItemCard),
        (f"/v1/units/{UNIT}", UnitCard),
        (f"/v1/regulations/{REGULATION}", RegulationCard),
    ],
)
def test_answers_have_the_declared_shape(sample: Any, address: str, shape: type[BaseModel]) -> None:
    assert shape.model_validate(get(sample, address)).model_dump(exclude_unset=True) == get(sample, address)


def test_the_pieces_of_a_text_are_the_text(sample: Any) -> None:
    body = get(sample, f"/v1/documents/{DOCUMENT}/text?pieces")
    assert "".join(p["text"] for p in body["pieces"]) == sample.client.get(f"/v1/documents/{DOCUMENT}/text").text


def test_questions_are_listed_and_asked(sample: Any) -> None:
    library = {q["id"]: q for q in get(sample, "/v1/questions")["items"]}
    assert {"unit-duties", "regulation-citing-items"} <= set(library)
    body = get(sample, "/v1/questions/unit-duties", unit=UNIT, evidence="full")
    assert body["columns"] == library["unit-duties"]["columns"]
    assert body["items"] == get(sample, DUTIES, evidence="full")["items"]


def test_a_name_in_two_cities(two_cities: Any) -> None:
    answer = two_cities.client.get(DUTIES)
    assert answer.status_code == 409
    assert {c["id"] for c in answer.json()["candidates"]} == {f"娄底市:{UNIT}", f"临江市:{UNIT}"}
    for narrow, total in (("region=临江市", 1), ("region=娄底市", 29), (f"document={DOCUMENT}", 29)):
        assert get(two_cities, f"{DUTIES}?{narrow}")["total"]["value"] == total
    assert get(two_cities, f"/v1/questions/unit-duties?unit={UNIT}&region=临江市")["total"]["value"] == 1
