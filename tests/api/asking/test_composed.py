"""Questions that combine conditions: 202 written before the code, 60 after it, over four plans, and what is said of each answer."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.answers.references import Narrow
from api.asking.grammar import RULES
from api.asking.recognise import recognise_spans
from api.asking.tokens import tokens_of
from api.asking.understand import Understanding, understand
from api.asking.unit_names import phrase_rows
from graph.conditions.cards import load_conditions
from graph.conditions.query import And, Is, Not, Or, Query, leaves, parse_where
from graph.names import fold
from graph.store.contract import ReadTransaction, Store
from graph.store.embedded.store import EmbeddedStore
from loaders.files.read import read_path
from loaders.plan import parse_plan
from loaders.storing.load import load_plan
from tests.api.asking.test_asked import ASKED as ASKED_OF_ONE
from tests.api.asking.test_asked import expected

GOLD = Path(__file__).parents[2] / "gold"
ASKED, LATER = (
    yaml.load((GOLD / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    for name in ("composed", "composed-later")
)
TODAY = date(2026, 11, 23)
ANYWHERE = Narrow()
# a condition without values may be written without brackets
BARE = "|".join(name for name, card in load_conditions().items() if not card.takes or name == "recurring")


@pytest.fixture(scope="module")
def four_plans(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample and three short plans of other places."""
    store = EmbeddedStore(shutil.copytree(sample_folder, tmp_path_factory.mktemp("four-plans") / "store"))
    for path in sorted((GOLD / "plans").glob("*.txt")):
        load_plan(parse_plan(read_path(str(path))), store, now="2026-01-01T00:00:00+00:00")
    yield store
    store.close()


def wanted(where: str) -> Query:
    return parse_where(re.sub(rf"(?<![\w-])({BARE})(?![\w(-])", r"\1()", where)) if where else And(())


def form(reading: ReadTransaction, query: Query) -> Any:
    """A query with the names of its ids, its parts in one order; a name that several things have stands once."""
    match query:
        case Is(card, written):
            return (card.name, *sorted((name, called(reading, name, value)) for name, value in written.items()))
        case Not(part):
            return ("not", form(reading, part))
        case And(parts) | Or(parts):
            word = "and" if isinstance(query, And) else "or"
            made = [form(reading, part) for part in parts]
            flat = [one for part in made for one in (part[1:] if part[0] == word else (part,))]
            unique = sorted(set(flat), key=repr)
            return unique[0] if len(unique) == 1 else (word, *unique)


def called(reading: ReadTransaction, parameter: str, value: str) -> str:
    if parameter == "unit":
        rows = reading.rows("read/unit-by-id", {"ids": [value]}) or reading.rows(
            "read/units-called", {"names": [value]}
        )
        if not rows:
            rows = [row for row in phrase_rows(reading, "unit", value) if value in row["search_text"].split("\n")]
        return str(rows[0]["name"])
    if parameter == "cites":
        return value.rpartition(":")[2].removeprefix("中华人民共和国")
    if parameter == "section":
        rows = reading.rows("read/section-by-id", {"ids": [value]})
        return str(rows[0]["name"]) if rows else value
    return value


def fits(reading: ReadTransaction, entry: dict[str, Any], read: Understanding) -> bool:
    composed = read.composed
    if "nothing" in entry:
        return composed is None and read.read_as is None
    if "question" in entry:
        return read.read_as is not None and read.read_as.question == entry["question"]
    if composed is None:
        return False
    expected = form(reading, wanted(entry["where"]))
    named = fold(composed.document.name) if composed.document is not None else ""
    return (
        all(form(reading, query) == expected for query in composed.places)
        and composed.by == entry.get("by")
        and (composed.by is not None or composed.shows == entry.get("shows", "items"))
        and entry.get("document", "").partition("(")[0] in named
        and entry.get("region") in (None, composed.region)
    )


@pytest.mark.parametrize("asked", [ASKED, LATER], ids=["first", "later"])
def test_nine_of_ten_are_read_right_and_no_unused_word_is_passed_over(four_plans: Store, asked: Any) -> None:
    def work(reading: ReadTransaction) -> tuple[list[str], list[str]]:
        wrong, answered = [], []
        for entry in asked:
            read = understand(reading, entry["ask"], today=TODAY, narrow=ANYWHERE)
            if not any(fits(reading, one, read) for one in entry.get("or", [entry])):
                wrong.append(entry["ask"])
            if "nothing" in entry and (read.composed is not None or read.read_as is not None):
                answered.append(entry["ask"])
        return wrong, answered

    wrong, answered = four_plans.read(work)
    assert answered == []
    assert len(wrong) <= len(asked) // 10, wrong
    assert len(asked) >= 60


def test_the_older_questions_are_read_beside_other_plans(four_plans: Store) -> None:
    """Every third of those that were asked of one plan, asked where the plan is one of four and at hand."""
    asked = ASKED_OF_ONE[::3]

    def work(reading: ReadTransaction) -> list[str]:
        wrong = []
        for entry in asked:
            today = date.fromisoformat(entry.get("today", TODAY.isoformat()))
            made = understand(reading, entry["ask"], today=today, narrow=Narrow(document="娄底市-娄发2017-4")).read_as
            if made is not None and "document" not in entry.get("parameters", {}):
                left = {name: value for name, value in made.parameters.items() if name != "document"}
                made = replace(made, parameters=left)
            if not expected(entry, made):
                wrong.append(entry["ask"])
        return wrong

    wrong = four_plans.read(work)
    assert len(wrong) <= 0.07 * len(asked), wrong


UNITS = [
    # the characters of a name in its order
    ("市中院牵头的2024年底前到期的事项", {"衡阳市:市中级人民法院"}),
    ("文旅厅牵头、2024年底前到期的事项", {"湖北省:省文化和旅游厅"}),
    # a unit of this name in one place, one of its short name in another
    ("法制办牵头、市编办负责的事项", {"娄底市:市政府法制办", "娄底市:市编办"}),
    # both roles of one unit, not a lead of any
    ("市发展改革委既是牵头单位又是责任单位的事项", {"衡阳市:市发改委"}),
]


def test_short_forms_of_a_name_meet_their_unit(four_plans: Store) -> None:
    for text, units in UNITS:
        made = four_plans.read(lambda reading, text=text: understand(reading, text, today=TODAY, narrow=ANYWHERE))
        assert made.composed is not None, (text, made.unread)
        named = {
            leaf.written["unit"] for query in made.composed.places for leaf in leaves(query) if "unit" in leaf.written
        }
        assert named == units, text


def test_a_unit_that_the_plan_at_hand_has_not_is_told(four_plans: Store) -> None:
    narrow = Narrow(document="娄底市-娄发2017-4")
    made = four_plans.read(lambda reading: understand(reading, "省财政厅牵头哪些事项", today=TODAY, narrow=narrow))
    assert not made.is_read
    assert "里没有“省财政厅”" in made.unread[0].why


def test_every_rule_of_the_grammar_takes_its_example(four_plans: Store) -> None:
    def letters(reading: ReadTransaction) -> dict[str, str]:
        read = {rule.letters: recognise_spans(reading, rule.example, TODAY, ANYWHERE) for rule in RULES}
        return {key: "".join(token.letter for token in tokens_of(made)) for key, made in read.items()}

    made = four_plans.read(letters)
    for rule in RULES:
        first = next(one for one in RULES if one.pattern.match(made[rule.letters]))
        assert first is rule, (rule.example, made[rule.letters])
        assert rule.pattern.fullmatch(made[rule.letters]), (rule.example, made[rule.letters])


def ask(served: Any, text: str, **parameters: Any) -> Any:
    answer = served.client.get("/v1/ask", params={"q": text, **parameters})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_unit_role_and_date_are_one_query_with_the_words_of_each(sample: Any) -> None:
    body = ask(sample, "市编办牵头、市人社局负责、2019年底前到期的", evidence="full")
    assert body["query"]["says"] == "由市编办牵头，且市人社局是责任单位，且2019-12-31以前到期"
    assert [row["item"]["number"] for row in body["items"]] == [3, 20]
    assert body["items"][0]["met"] == "由市编办牵头；市人社局是责任单位；2019-12-31以前到期"
    assert [why["evidence"]["quote"] for why in body["items"][0]["why"]][:2] == ["市编办", "市人社局"]
    same = sample.client.get(body["query"]["url"]).json()
    assert [row["id"] for row in same["items"]] == [row["id"] for row in body["items"]]


def test_findings_and_repairs_are_asked_like_any_condition(sample: Any) -> None:
    for text, where, count in (
        ("牵头单位不止一个这一疑点的事项", "finding(several-leads)", 9),
        ("依据修复过的文字、市编办牵头的事项", "rests-on-repair() and lead(娄底市:市编办)", 2),
        ("单位名称存疑的事项", "not-sure()", 0),
    ):
        body = ask(sample, f"有{text}" if "疑点" in text else text, evidence="full")
        assert body["query"]["where"] == where, text
        assert body["total"] == {"value": count, "relation": "eq"}, text
        answer = sample.client.get("/v1/items", params={"where": where})
        assert answer.status_code == 200, answer.text
        same = answer.json()
        assert [row["id"] for row in same["items"]] == [row["id"] for row in body["items"]]
        assert all(row["why"][0]["evidence"] for row in same["items"])


def test_a_count_by_part_names_each_part(sample: Any) -> None:
    body = ask(sample, "市政府法制办牵头的事项各部分分别几项")
    assert body["query"]["by"] == "section"
    assert sum(row["items"] for row in body["items"]) == 17
    assert body["headings"] == {"name": "部分", "items": "事项数"}


def test_a_name_of_two_places_is_counted_for_each(two_cities: Any) -> None:
    body = ask(two_cities, "市编办牵头、2030年底前到期的")
    assert {row["name"] for row in body["items"]} == {"娄底市", "临江市"}
    for row in body["items"]:
        assert two_cities.client.get(row["url"]).json()["total"]["value"] == row["items"]
    chosen = ask(two_cities, "市编办牵头、2030年底前到期的", region="临江市")
    assert chosen["query"]["region"] == "临江市"
    assert all(row["item"]["document_id"].startswith("临江市") for row in chosen["items"])


def test_a_word_without_a_place_is_named_and_nothing_is_answered(sample: Any) -> None:
    body = ask(sample, "市编办牵头、2018年底前到期、花钱超过一百万元的事项")
    assert (body["items"], body["query"], body["read_as"]) == ([], None, None)
    assert "花" in "".join(one["words"] for one in body["unread"])


def test_the_page_shows_the_conditions(sample: Any) -> None:
    page = sample.client.get("/ask", params={"q": "市编办牵头、市人社局负责、2019年底前到期的"}).text
    for words in ("由市编办牵头", "市人社局是责任单位", "2019-12-31以前到期"):
        assert re.search(rf'<a class="chip" href="/items[^"]*">{words}</a>', page)
