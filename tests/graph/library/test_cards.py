"""Cards of questions: what a file must hold, and what is said of one that does not."""

from pathlib import Path

import pytest
import yaml

from graph.errors import CatalogueError
from graph.library.cards import load_cards, parse_card, read_cards
from graph.store.catalogue import parse_query

STATEMENT = (
    "// Items.\n// params: document (string or null, document id), limit (int)\n// returns: id, item_number\n"
    "MATCH (i:Item) WHERE $document IS NULL OR i.id = $document RETURN i.id AS id, i.number AS item_number LIMIT $limit;"
)
QUERY = parse_query("questions/all-items", STATEMENT)
CARD = {
    "number": 99, "kind": "list", "question": "有哪些事项？", "variants": [], "parameters": {"document": "只看这份文件"},
    "columns": {"item.number": "序号"}, "left_out": None, "pitfalls": None,
}  # fmt: skip


def text(**changes: object) -> str:
    return yaml.safe_dump({**CARD, **changes}, allow_unicode=True)


def test_a_card_says_what_the_file_says() -> None:
    card = parse_card(QUERY, text(variants=["列出事项"]))
    assert (card.name, card.number, card.variants) == ("all-items", 99, ("列出事项",))
    assert dict(card.parameters) == {"document": "只看这份文件"}


@pytest.mark.parametrize(
    ("given", "met"),
    [
        ("- a list", "has list; expected the keys number, kind"),
        (text(colour="red"), "expected the keys"),
        (text(number="five"), "has the number 'five'; expected a whole number"),
        (text(question=" "), "has ' ' as question; expected words"),
        (text(left_out=""), "has '' as left_out; expected words"),
        (text(parameters={}), "explains the parameters []; expected ['document']"),
        (text(parameters={"document": "a", "limit": "b"}), "expected ['document']"),
        (text(columns={"item.number": None}), "has None as columns.item.number"),
        (text(columns=[]), "has columns that are not a mapping"),
        (text(variants="一个"), "has variants that are not a list"),
        ("number: [", "cypher/questions/all-items.yaml: while parsing"),
    ],
)
def test_a_card_at_fault_is_named(given: str, met: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse_card(QUERY, given)
    assert "cypher/questions/all-items.yaml" in str(caught.value)
    assert met in str(caught.value)


def test_a_question_without_a_card_and_a_card_without_a_question_are_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"all-items\.cypher has no all-items\.yaml"):
        read_cards(tmp_path, [QUERY])
    (tmp_path / "all-items.yaml").write_text(text(), encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"all-items\.yaml has no all-items\.cypher"):
        read_cards(tmp_path, [])


def test_no_two_cards_have_the_same_number(tmp_path: Path) -> None:
    other = parse_query("questions/other-items", STATEMENT)
    for name in ("all-items", "other-items"):
        (tmp_path / f"{name}.yaml").write_text(text(), encoding="utf-8")
    with pytest.raises(CatalogueError, match="all-items and other-items both have the number 99"):
        read_cards(tmp_path, [QUERY, other])


def test_the_library_is_in_the_order_of_its_numbers() -> None:
    numbers = [card.number for card in load_cards().values()]
    assert numbers == sorted(numbers)
