"""Cells that hold no body name none, in any layout; garbage below a head is no table."""

from loaders.plan import parse_plan
from tests.loaders.tables.damages import READABLE, details, samples


def test_contacts_addresses_dates_and_amounts_name_no_body() -> None:
    for text, bodies in details(1500):
        plan = parse_plan(text, issued_on="2024")
        assert {duty.as_written for item in plan.items for duty in item.duties} <= bodies


def test_readable_tables_are_taken_and_garbage_is_not() -> None:
    for sample in samples(140):
        plan = parse_plan(sample.text, issued_on="2024")
        found = any(item.duties for item in plan.items)
        if sample.severity in READABLE:
            assert found
        elif sample.severity == "garbage":
            assert not found
