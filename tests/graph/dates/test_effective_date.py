"""Which clause gives the date, and what is said of the others."""

from graph.dates.effective_date import RULES, of_item, of_task


def clause(key, kind, date=None, task=None, **more):
    return {
        "id": key, "kind": kind, "date": date, "precision": date and "year", "conditional": False, "hedge": None,
        "task": task, **more,
    }  # fmt: skip


FALLBACK = clause("d-d1", "document", "2019-12-31", conditional=True, hedge="原则上")
OWN = clause("d-d2", "default", "2018-12-31", conditional=True)
IN_BODY = clause("d-d3", "explicit", "2017-06-30", task="t1")
BY_ITEM = {"due_date": "2018-12-31", "due_precision": "year", "due_basis": "item"}
BY_DOCUMENT = {"due_date": "2019-12-31", "due_precision": "year", "due_basis": "document"}
BY_NOTHING = {"due_date": None, "due_precision": None, "due_basis": None}


def outcomes(found):
    return [(one["id"], one["outcome"]) for one in found["weighed"]]


def test_the_completion_clause_stands_above_the_fallback():
    found = of_item(BY_ITEM, [IN_BODY, OWN], [FALLBACK])
    assert (found["basis"], found["rule"]) == ("item", RULES["item"])
    assert outcomes(found) == [("d-d3", "of a task"), ("d-d2", "holds"), ("d-d1", "set aside")]


def test_of_several_completion_dates_the_last_holds():
    found = of_item(BY_ITEM, [clause("early", "default", "2017-12-31"), OWN])
    assert outcomes(found) == [("early", "earlier"), ("d-d2", "holds")]


def test_without_a_clause_of_its_own_the_fallback_holds_and_is_shown_once():
    inferred = clause("d-d4", "document", "2019-12-31")
    ongoing = clause("d-d5", "ongoing")
    found = of_item(BY_DOCUMENT, [IN_BODY, ongoing, inferred], [FALLBACK])
    assert outcomes(found) == [("d-d3", "of a task"), ("d-d5", "no date"), ("d-d1", "holds")]
    assert found["weighed"][1]["why"] == "属于常态化工作，没有截止日期"
    assert found["weighed"][2]["hedge"] == "原则上"


def test_nothing_gives_no_date():
    found = of_item(BY_NOTHING, [clause("r", "recurring")])
    assert (found["basis"], outcomes(found)) == ("none", [("r", "no date")])


def test_a_task_with_a_date_of_its_own_keeps_it():
    found = of_task("t1", BY_ITEM, [IN_BODY, OWN], [FALLBACK])
    assert found["due"] == {"date": "2017-06-30", "precision": "year", "basis": "task"}
    assert outcomes(found) == [("d-d3", "holds"), ("d-d2", "set aside"), ("d-d1", "set aside")]


def test_a_task_without_one_has_that_of_its_item():
    found = of_task("t2", BY_ITEM, [IN_BODY, OWN], [FALLBACK])
    assert found["due"] == {"date": "2018-12-31", "precision": "year", "basis": "item"}
    assert outcomes(found) == [("d-d2", "holds"), ("d-d1", "set aside")]


def test_a_task_that_comes_back_has_a_time_but_no_date():
    found = of_task("t3", BY_ITEM, [clause("r", "recurring", task="t3"), OWN])
    assert found["due"] == {"date": None, "precision": None, "basis": "task"}
    assert found["rule"] == "周期性的要求，没有单一的截止日期。"
    assert outcomes(found) == [("r", "no date"), ("d-d2", "set aside")]


def test_of_several_dates_of_a_task_the_last_holds():
    later = clause("later", "explicit", "2017-12-31", task="t1")
    found = of_task("t1", BY_ITEM, [IN_BODY, later])
    assert outcomes(found)[:2] == [("d-d3", "earlier"), ("later", "holds")]
