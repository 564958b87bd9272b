"""Why an item or a task is due on its date: every time clause is weighed, and one rule decides.

The clauses are tried in this order; the first that gives a date decides:

1. ``task``: the date of the task itself in the body (2017年6月底前向社会公布); it holds for this task only.
2. ``item``: the completion clause of the item (完成时限:2018年年底前). If it has several dates, the last one: only then is
   everything due.
3. ``parent``: the completion clause of the nearest item above that has one; the date is inferred.
4. ``document``: the fallback clause of the plan (除本方案有明确时间要求外,原则上应当在2019年年底前完成); the date is inferred.
5. ``none``: no clause gives a date.

Clauses without a date (常态化, 每年, 自公布之日起30个工作日内) are weighed and shown, too.

Example: item 6 of the sample says 有明确时间要求的,按要求的时间完成, which gives no date; its body dates one task. So the item is due
on 2019-12-31 by the fallback clause, with its hedge 原则上, and the task at the end of 2017.

The functions are pure: they take rows of ``read/item-deadlines`` and ``read/document-deadlines`` (dicts with ``id kind
date precision conditional hedge task inferred``) and return dicts.  Left to others: reading the rows, the words at
their places (`api.answers.objects`), conflicts between them (`graph.findings`).
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from graph.model import DeadlineKind, DueBasis

TimeClause: TypeAlias = Mapping[str, Any]
Explained: TypeAlias = dict[str, Any]

RULES = {
    DueBasis.TASK: "正文给这项任务写明了日期，按该日期。",
    DueBasis.ITEM: "事项的完成时限写明了日期，按该日期。",
    DueBasis.PARENT: "事项自己的条款没有给出日期，按上级事项的完成时限推定。",
    DueBasis.DOCUMENT: "事项自己的条款没有给出日期，按整份文件的兜底条款推定。",
    DueBasis.NONE: "没有任何条款给出日期。",
}
BODY_ONLY = "事项没有写自己的完成时限；正文中的日期只管其中的任务。"
IN_PARTS = "时限写在它的分项中，见各分项。"
# what became of a clause -> why, in Chinese
WHY = {
    "holds": "以它为准",
    "earlier": "同一层次另有更晚的日期，全部完成以最晚的为准",
    "of a task": "只管正文中的那一项任务",
    "of others": "管的是别的任务",
    "set aside": "更具体的条款已经给出日期",
    "no date": "没有给出日期",
}
_NO_DATE = {
    DeadlineKind.ONGOING: "属于常态化工作，没有截止日期",
    DeadlineKind.RECURRING: "周期性的要求，没有单一的截止日期",
    DeadlineKind.DURATION: "从某一事件起算，事件的日期文中没有",
    DeadlineKind.EVENT: "系于某事，事情的日期文中没有",
    DeadlineKind.UNREAD: "写了时限，但没有读懂",
}


def of_item(item: TimeClause, clauses: Sequence[TimeClause], of_document: Sequence[TimeClause] = ()) -> Explained:
    """Why an item is due on its date.

    ``item`` has the stored ``due_basis`` and ``due_date``. ``of_document`` are the time clauses of the plan; only its
    fallback is weighed.
    """
    if item.get("queryable") is False:
        return {"basis": DueBasis.NONE.value, "rule": IN_PARTS, "weighed": []}
    basis = DueBasis(item["due_basis"] or DueBasis.NONE)
    weighed = [_weigh_for_item(clause, basis, item["due_date"]) for clause in clauses if not _stands_in(clause)]
    weighed += [
        _weighed(clause, "holds" if basis is DueBasis.DOCUMENT else "set aside")
        for clause in of_document
        if clause["kind"] == DeadlineKind.DOCUMENT and clause["conditional"]  # not how long the document holds
    ]
    rule = _rule_without_date(weighed) if basis is DueBasis.NONE else RULES[basis]
    return {"basis": basis.value, "rule": rule, "weighed": weighed}


def _rule_without_date(weighed: Sequence[Explained]) -> str:
    """Why an item has no date: its body dates a task alone, or a clause of its own says a time that is no date."""
    if any(clause["outcome"] == "of a task" for clause in weighed):
        return BODY_ONLY
    reasons = [clause["why"] for clause in weighed if clause["task"] is None and clause["kind"] in _NO_DATE]
    return f"{reasons[0]}。" if reasons else RULES[DueBasis.NONE]


def of_task(
    task: str, item: TimeClause, clauses: Sequence[TimeClause], of_document: Sequence[TimeClause] = ()
) -> Explained:
    """Why a task is due on its date: its own date, else the date of its item. The result includes ``due``."""
    own = [clause for clause in clauses if clause["task"] == task]
    dated = [clause for clause in own if clause["date"]]
    for_item = of_item(item, [clause for clause in clauses if clause["task"] is None], of_document)
    if dated:
        last = max(dated, key=lambda clause: str(clause["date"]))
        weighed = [_weighed(clause, "holds" if clause is last else _lost(clause)) for clause in own]
        weighed += [{**clause, **outcome_of("set aside")} for clause in for_item["weighed"]]
        due = {"date": last["date"], "precision": last["precision"], "basis": DueBasis.TASK.value}
        return {"due": due, "basis": DueBasis.TASK.value, "rule": RULES[DueBasis.TASK], "weighed": weighed}
    weighed = [_weighed(clause, "no date") for clause in own] + for_item["weighed"]
    if own:  # 每年…, 自…之日起30个工作日内: it has a time of its own, which is no date
        rule = _NO_DATE.get(own[0]["kind"], WHY["no date"])
        weighed = [_weighed(clause, "no date") for clause in own]
        weighed += [{**clause, **outcome_of("set aside")} for clause in for_item["weighed"]]
        due = {"date": None, "precision": None, "basis": DueBasis.TASK.value}
        return {"due": due, "basis": DueBasis.TASK.value, "rule": f"{rule}。", "weighed": weighed}
    due = {"date": item["due_date"], "precision": item["due_precision"], "basis": for_item["basis"]}
    return {"due": due, **for_item}


def _stands_in(clause: TimeClause) -> bool:
    """Whether the clause is the document's fallback copied to the item; the document's clause is shown instead."""
    return bool(clause["kind"] == DeadlineKind.DOCUMENT)


def _weigh_for_item(clause: TimeClause, basis: DueBasis, date: str | None) -> Explained:
    if clause["task"] is not None:
        return _weighed(clause, "of a task" if clause["date"] else "no date")
    if not clause["date"]:
        return _weighed(clause, "no date")
    if clause["kind"] == DeadlineKind.PARENT:
        return _weighed(clause, "holds" if basis is DueBasis.PARENT else "set aside")
    if basis is DueBasis.ITEM and clause["kind"] == DeadlineKind.DEFAULT:
        return _weighed(clause, "holds" if clause["date"] == date else "earlier")
    return _weighed(clause, "of others")


def _lost(clause: TimeClause) -> str:
    return "earlier" if clause["date"] else "no date"


def _weighed(clause: TimeClause, outcome: str) -> Explained:
    why = _NO_DATE.get(clause["kind"]) if outcome == "no date" else None
    kept = {name: clause[name] for name in ("id", "kind", "date", "precision", "conditional", "hedge", "task")}
    return {**kept, **outcome_of(outcome, why)}


def outcome_of(outcome: str, why: str | None = None) -> Explained:
    return {"outcome": outcome, "why": why or WHY[outcome]}
