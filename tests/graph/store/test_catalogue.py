"""The catalogue's rules: headers, parameters, one statement a file; and what it does to wrong parameters."""

import re
from pathlib import Path

import pytest

from graph.errors import CatalogueError, ParameterError
from graph.schema import NODE, RELATIONSHIP
from graph.store.catalogue import load_catalogue, parse_query, read_catalogue, without_literals
from graph.store.shapes import fill_shapes, merge_of

GOOD = """// Items of a unit, in document order.
// params: unit (string, unit id), role (string or null), limit (int),
//         ids (list of string), weight (float or null)
// returns: item_id, heading
MATCH (u:Unit {id: $unit})-[:LEADS]->(i:Item)
WHERE i.heading <> 'a; b // $c' AND ($role IS NULL OR i.id IN $ids) AND $weight IS NULL
RETURN i.id AS item_id, coalesce(i.heading, '') AS heading
ORDER BY item_id LIMIT $limit;
"""
FULL = {"unit": "临江市:市编办", "limit": 5, "ids": ["a"]}


def test_a_file_becomes_a_query():
    query = parse_query("read/unit-items", GOOD)
    assert query.purpose == "Items of a unit, in document order."
    assert [(p.name, p.type, p.nullable) for p in query.params] == [
        ("unit", "string", False),
        ("role", "string", True),
        ("limit", "int", False),
        ("ids", "list of string", False),
        ("weight", "float", True),
    ]
    assert query.params[0].note == "unit id"
    assert (query.returns, query.mode) == (("item_id", "heading"), "read")
    assert query.text.endswith("LIMIT $limit")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("// params:", "// takes:"), "lacks // params:"),
        (("// Items of a unit, in document order.\n", ""), "lacks its purpose"),
        (("// returns: item_id, heading\n", "// returns: item_id\n// returns: heading\n"), "'returns:' twice"),
        (("limit (int)", "limit (number)"), "type 'number'"),
        (("limit (int)", "limit"), "name \\(type, note\\)"),
        (("LIMIT $limit", "LIMIT $most"), "'most'"),
        (("AS heading", "AS Heading"), "expected the same"),
        (("item_id, heading\n", "item_id, 标题\n"), "lower-case names"),
        (("i.id AS item_id, ", "i.id, "), "returns"),
        (("LIMIT $limit;", "LIMIT $limit; MATCH (n) RETURN n"), "more than one statement"),
        (("ORDER BY", "SET i.x = 1 WITH i ORDER BY"), "returns|writes"),
    ],
)
def test_a_file_that_breaks_a_rule_is_refused_by_name(change, message):
    assert change[0] in GOOD
    with pytest.raises(CatalogueError, match=f"cypher/read/unit-items.cypher .*({message})"):
        parse_query("read/unit-items", GOOD.replace(*change))


SQL = """// The names of units.
// params: limit (int)
// returns: name
MATCH (u:Unit) RETURN u.name AS name ORDER BY name LIMIT $limit;
// embedded sql:
SELECT name AS name FROM Unit ORDER BY name LIMIT :limit;
"""


def test_the_sql_of_the_embedded_engine_stands_below_the_statement():
    query = parse_query("read/names", SQL)
    assert query.text == "MATCH (u:Unit) RETURN u.name AS name ORDER BY name LIMIT $limit"
    assert query.sql == "SELECT name AS name FROM Unit ORDER BY name LIMIT :limit"
    assert parse_query("read/unit-items", GOOD).sql is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("SELECT name AS name", "SELECT name AS id"), "returns"),
        ((":limit", ":most"), "'most'"),
        (("SELECT name AS name FROM Unit", "DELETE FROM Unit"), "expected SELECT"),
        (("SELECT", "// embedded sql:\nSELECT"), "more than one"),
    ],
)
def test_sql_that_breaks_a_rule_is_refused(change, message):
    assert change[0] in SQL
    with pytest.raises(CatalogueError, match=f"cypher/read/names.cypher .*({message})"):
        parse_query("read/names", SQL.replace(*change))


def test_writing_belongs_under_load():
    text = "// Makes a unit.\n// params: id (string)\n// returns: none\nMERGE (u:Unit {id: $id})\n"
    assert parse_query("load/make-unit", text).mode == "write"
    with pytest.raises(CatalogueError, match="writes"):
        parse_query("questions/make-unit", text)


def test_every_branch_of_a_union_returns_the_declared_columns():
    text = "// Names.\n// params: none\n// returns: name\nMATCH (u:Unit) RETURN u.name AS name\nUNION\nMATCH (i:Item) "
    assert parse_query("read/names", text + "RETURN i.heading AS name").returns == ("name",)
    with pytest.raises(CatalogueError, match="heading"):
        parse_query("read/names", text + "RETURN i.heading AS heading")


def test_a_missing_nullable_parameter_becomes_null_and_an_integer_a_float():
    query = parse_query("read/unit-items", GOOD)
    assert query.check(FULL) == {**FULL, "role": None, "weight": None}
    weight = query.check({**FULL, "weight": 2})["weight"]
    assert (weight, type(weight)) == (2.0, float)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"unit": None}, "'unit' is null; expected string"),
        ({"unit": 5}, "'unit' is a int; expected string"),
        ({"unit": "\ud800"}, "half a surrogate pair"),
        ({"limit": "5"}, "'limit' is a str; expected int"),
        ({"limit": True}, "'limit' is a bool; expected int"),
        ({"limit": 2**63}, "more than 64 bits"),
        ({"role": 1}, "expected string or null"),
        ({"ids": "a"}, "'ids' is a str; expected list of string"),
        ({"ids": ["a", None]}, "a list with null in it"),
        ({"weight": "much"}, "expected float or null"),
        ({"ort": 1}, "unknown parameter 'ort'; it takes: unit, role, limit, ids, weight"),
    ],
)
def test_a_wrong_parameter_is_named(change, message):
    with pytest.raises(ParameterError, match=f"query 'read/unit-items': .*{message}"):
        parse_query("read/unit-items", GOOD).check({**FULL, **change})


def test_a_missing_parameter_is_named():
    with pytest.raises(ParameterError, match=r"'unit' \(string\) is missing"):
        parse_query("read/unit-items", GOOD).check({"limit": 1, "ids": []})


def test_rows_to_load_are_a_list_of_maps():
    query = load_catalogue()["load/merge-node/unit"]
    assert query.check({"rows": [{"id": "a", "properties": {}}]}) == {"rows": [{"id": "a", "properties": {}}]}
    with pytest.raises(ParameterError, match="a list with a str in it; expected list of maps"):
        query.check({"rows": ["a"]})


def test_the_shipped_files_all_obey_and_are_named_by_their_path():
    queries = load_catalogue().queries
    assert queries["read/meta"].returns == ("data_version", "schema_version", "vocabulary_version")
    assert {q.mode for name, q in queries.items() if not name.startswith("load/")} == {"read"}


def test_files_are_found_in_folders_below(tmp_path: Path):
    folder = tmp_path / "questions" / "people"
    folder.mkdir(parents=True)
    (folder / "names.cypher").write_text("// Names.\n// params: none\n// returns: a\nMATCH (n:Unit) RETURN n.name AS a")
    (folder / "names.yaml").write_text("question: names")
    assert list(read_catalogue(tmp_path).queries) == ["questions/people/names"]


def test_an_unknown_query_says_which_file_was_expected():
    with pytest.raises(CatalogueError, match=r"cypher/read/nothing\.cypher"):
        load_catalogue()["read/nothing"]


LIST = """// Units.
// params: q (string or null), after (map or null), limit (int)
// returns: id
MATCH (u:Unit)
WHERE ($q IS NULL OR u.search_text CONTAINS $q)
// page:
  AND ($after IS NULL OR u.id > $after.id)
RETURN u.id AS id
ORDER BY id LIMIT $limit;
"""


def written(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_a_list_is_counted_by_its_own_match_and_filters(tmp_path: Path):
    written(tmp_path, "read/units.cypher", LIST)
    queries = read_catalogue(tmp_path).queries
    counting = queries["read/count-units"]
    assert counting.text == (
        "MATCH (u:Unit)\nWHERE ($q IS NULL OR u.search_text CONTAINS $q)\nRETURN count(*) AS total"
    )
    assert ([p.name for p in counting.params], counting.returns) == (["q"], ("total",))
    assert "// page:" not in queries["read/units"].text
    assert "AND ($after" in queries["read/units"].text


def test_a_count_is_made_in_one_place(tmp_path: Path):
    written(tmp_path, "read/units.cypher", LIST)
    written(tmp_path, "read/count-units.cypher", "// How many.\n// params: none\n// returns: n\nRETURN 1 AS n")
    with pytest.raises(CatalogueError, match="'read/count-units' is made twice"):
        read_catalogue(tmp_path)
    with pytest.raises(CatalogueError, match="more than one line '// page:'"):
        parse_query("read/units", LIST.replace("RETURN", "// page:\nRETURN"))


def test_every_list_that_is_cut_into_pages_is_counted():
    """A page without its number in all would look whole."""
    queries = load_catalogue().queries
    paged = {
        name.rpartition("/")[2]
        for name, query in queries.items()
        if {p.name for p in query.params} & {"after", "behind"} and name.partition("/")[0] in ("read", "questions")
    }
    assert {"documents", "units", "regulations", "items"} <= paged
    assert {name for name in paged if f"read/count-{name}" not in queries} == set()


SHAPES = {
    f"{path.parts[-3]}/{path.stem}": path.read_text("utf-8")
    for path in (Path(__file__).parents[3] / "cypher").glob("*/shapes/*.cypher")
}


def test_a_shape_is_filled_with_words_of_the_schema_alone():
    for name, text in fill_shapes(SHAPES):
        words = set(re.findall(r"(?<=[(\[a-z]:)[A-Za-z_|]+", without_literals(text)))
        assert words
        assert {word for group in words for word in group.split("|")} <= {*NODE, *RELATIONSHIP}, name


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"load/merge-node": SHAPES["load/merge-node"].replace("{label}", "{lable}")}, r"has the place \['lable'\]"),
        ({"load/merge-nodes": "x"}, "have the shapes .*'load/merge-nodes'.*; expected"),
    ],
)
def test_a_shape_that_cannot_be_filled_is_refused(change, message):
    with pytest.raises(CatalogueError, match=message):
        list(fill_shapes({**SHAPES, **change}))


def test_a_place_that_is_no_place_of_a_shape_is_cypher():
    texts = dict(fill_shapes(SHAPES))
    assert "MERGE (n:Item {id: row.id})\nSET n += row.properties" in texts["load/merge-node/item"]
    assert "[r:HAS_ITEM|HAS_PART]" in texts["load/remove-links/item"]
    assert "MERGE (a)-[r:CITES {id: row.id}]->(b)" in texts[merge_of("CITES", ("Item", "Regulation"))]


@pytest.mark.parametrize(
    ("name", "declared"),
    [("create-node/item", NODE["Item"]), ("create-fact-to/leads-unit-item", RELATIONSHIP["LEADS"])],
)
def test_what_is_new_is_created_with_every_property_that_is_declared(name, declared):
    text = dict(fill_shapes(SHAPES))[f"load/{name}"]
    assert "SET" not in text
    assert set(re.findall(r"(\w+): row\.properties\.(\w+)", text)) == {(name, name) for name in declared.types}
