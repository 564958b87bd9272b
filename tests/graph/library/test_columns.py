"""The columns of rows follow `graph.library.columns`: what the table says is what statements and steps give."""

import pytest

from graph.library.columns import OBJECTS, SECOND_FACTS, owner_and_key, prefixed
from graph.library.steps import STEPS
from graph.store.catalogue import load_catalogue

RETURNS = {name: query.returns for name, query in load_catalogue().queries.items() if name.startswith("questions/")}
RETURNS |= {f"step {name}": step.returns for name, step in STEPS.items()}


@pytest.mark.parametrize("name", RETURNS)
def test_the_columns_of_an_object_stand_side_by_side_in_the_order_of_the_table(name: str) -> None:
    returned = RETURNS[name]
    for owner in (*OBJECTS, *SECOND_FACTS):
        met = [column for column in returned if owner_and_key(column)[0] == owner]
        if met:
            at = returned.index(met[0])
            assert returned[at : at + len(prefixed(owner))] == prefixed(owner)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("due_date", ("due", "date")),
        ("other_as_written", ("other", "as_written")),
        ("unit_kind", ("unit", "kind")),  # a column that a statement adds to an object
        ("item_start", ("", "item_start")),  # a key of the order
        ("unit", ("", "unit")),
        ("duration_unit", ("", "duration_unit")),
        ("target_name", ("", "target_name")),
    ],
)
def test_a_column_belongs_to_the_object_of_its_prefix(column: str, expected: tuple[str, str]) -> None:
    assert owner_and_key(column) == expected
