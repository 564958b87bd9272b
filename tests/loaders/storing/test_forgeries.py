"""Every kind of forgery, on both stores: the check names it, a repair mends it or says the way out, and what is of others stays."""

import pytest

from loaders.storing.check import check
from loaders.storing.repair import repair_store
from tests.forgeries import FORGERIES, NOW, by_hand, ids_of, plans_to_forge, refill

pytestmark = [pytest.mark.one_neo4j, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def two():
    plans = plans_to_forge()
    assert all(len(plan.items) == 2 and plan.items[0].citations and plan.items[0].deadlines for plan in plans)
    return plans


@pytest.fixture(scope="module")
def untouched():
    """The stores that hold the plans as they were loaded: filling one takes longer than a check."""
    return set()


@pytest.fixture
def full(session_store, two, untouched):
    if session_store.url not in untouched:
        refill(session_store, two)
    untouched.discard(session_store.url)
    return session_store


def test_the_kinds_are_many():
    assert len(FORGERIES) >= 30
    assert len({forgery.name for forgery in FORGERIES}) == len(FORGERIES)


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.name)
def test_a_forgery_is_named_and_mended(full, two, untouched, forgery):
    by_hand(full, forgery.statement, ids_of(*two))
    report = check(full)
    told = report.foreign if forgery.foreign else report.differences
    assert set(forgery.codes) <= {d.code for d in told}, told
    assert all(d.message and "{" not in d.message for d in told)
    assert forgery.foreign == (not report.differences), report.differences

    tried = repair_store(full, dry_run=True, now=NOW)
    assert tried.remaining == len(report.differences)
    assert bool(tried.done) == (forgery.mended and not forgery.foreign), tried

    done = repair_store(full, dry_run=False, now=NOW)
    after = check(full)
    assert done.remaining == len(after.differences)
    assert bool(after.differences) != forgery.mended, done
    assert all(m.why for m in (*done.left, *done.done))
    assert bool(done.left) != forgery.mended
    if forgery.foreign:
        assert after.foreign == report.foreign
    elif forgery.mended:
        untouched.add(full.url)


def test_a_repair_keeps_what_is_of_others(full, two):
    ids = ids_of(*two)
    by_hand(full, "MATCH (i:Item {id: $item}) SET i.remark = '特例', i.heading = '伪造'", ids)
    by_hand(full, "MATCH (i:Item {id: $item}) CREATE (:Item {id: $new})-[:BEZUG]->(i)", ids)
    done = repair_store(full, dry_run=False, now=NOW)
    assert [(m.action, m.kind, m.id) for m in done.left] == [("leave", "Item", ids["new"])]
    report = check(full)
    assert {d.code for d in report.foreign} == {"foreign-property", "foreign-type"}
    assert [d.id for d in report.differences] == [ids["new"]]


def test_a_dry_run_changes_nothing(full, two):
    by_hand(full, "MATCH (i:Item {id: $item}) DETACH DELETE i", ids_of(*two))
    before = check(full)
    repair_store(full, dry_run=True, now=NOW)
    assert check(full) == before
