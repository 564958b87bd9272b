"""Findings about times: conflicts within an item, with the aims of the plan or with its fallback, and missing dates.

The aims of the whole plan are no deadline of any item, so they are read here from the sections without items:
到2018年年底,基本完成…各项目标任务 is the *completion aim*.  The aim, the period in the title (2016—2020年) and an unconditional
deadline of the document are *limits*: the dates of items are compared with them.

Example: item 3 of the sample is due by the end of 2019, although the plan's tasks are to be done by the end of 2018.

Left to others: which date of an item holds (`Item.due_date`, computed when the plan is read).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from graph.findings.finding import Hit
from graph.findings.plan_rows import Place, PlanRows
from graph.store.contract import Row

# 到2018年年底,基本完成《实施纲要》确定的各项目标任务  -> 2018-12-31
# 到2020年基本建成…的法治政府                     -> not about tasks
COMPLETION_AIM = re.compile(
    r"""
    [到至] (?P<year>20\d\d) 年 (?: 年?底 | 年?末 )? [,，]?  # 到2018年年底,
    [^。；;,，]{0,8}? 完成                                  # 基本完成
    [^。；;,，]{0,40}? (?: 各项 | 全部 | 所有 | 主要 )      # 《实施纲要》确定的各项
    [^。；;,，]{0,6}? 任务                                  # 目标任务
    """,
    re.VERBOSE,
)
# (2016—2020年), 2016-2020年
PERIOD = re.compile(r"(20\d\d)年?[—–\-－至~～]+(20\d\d)年")


class Limit(NamedTuple):
    """A day that no date of an item should exceed, and the words that set it."""

    what: str
    date: str
    places: tuple[Place, ...]


def within_item(plan: PlanRows) -> Iterator[Hit]:
    """A date in the body after the item's own completion date, or a yearly duty in an item that ends in its first year."""
    issued = (plan.document["issued_on"] or "")[:4]
    for leaf in plan.leaves:
        facts = plan.deadlines.get(leaf["id"], [])
        own = [d for d in facts if d["kind"] == "default" and d["date"]]
        if not own:
            continue
        last = max(own, key=lambda d: str(d["date"]))
        later = [d for d in facts if d["kind"] == "explicit" and d["date"] and d["date"] > last["date"]]
        yearly = [d for d in facts if d["kind"] == "recurring" and "FREQ=YEARLY" in (d["recurrence"] or "")]
        over = not leaf["ongoing"] and not last["conditional"] and str(last["date"])[:4] == issued
        said = []
        if later:
            clause = "只管没有明确时间要求的部分" if last["conditional"] else "没有给正文日期留余地"
            said.append(f"正文日期{_dates(later)}晚于本事项的完成时限{last['date']}，而该时限{clause}")
        if yearly and over:
            said.append(f"正文要求每年开展，完成时限却止于印发当年（{last['date']}）")
        else:
            yearly = []
        if said:
            places = (*_places(plan, "正文", [*later, *yearly]), *_places(plan, "完成时限", [last]))
            yield Hit("；".join(said) + "。", places, len(later) + len(yearly), item=leaf)


def after_aim(plan: PlanRows) -> Iterator[Hit]:
    """Dates of an item, stated or by the fallback, that exceed a limit of the whole plan."""
    limits = list(_limits(plan))
    for leaf in plan.leaves:
        facts = [d for d in plan.deadlines.get(leaf["id"], []) if d["date"]]
        if met := _first_passed(limits, facts):
            limit, late = met
            yield Hit(
                f"{_dates(late)}完成，晚于{limit.what}（{limit.date}）。",
                (*_places(plan, "时限", late), *limit.places),
                len(late),
                item=leaf,
            )


def fallback_after_aim(plan: PlanRows) -> Iterator[Hit]:
    """The fallback for items without a date exceeds a limit of the whole plan."""
    fallback = [d for d in plan.own_deadlines if d["date"] and d["conditional"]]
    if met := _first_passed(_limits(plan), fallback):
        limit, late = met
        yield Hit(
            f"没有明确时间要求的任务到{_dates(late)}才须完成，晚于{limit.what}（{limit.date}）。",
            (*_places(plan, "兜底时限", late), *limit.places),
            len(late),
        )


def before_issue(plan: PlanRows) -> Iterator[Hit]:
    """A date that had passed when the plan was issued."""
    issued = plan.document["issued_on"]
    if not issued:
        return
    day = issued if len(issued) == 10 else f"{issued[:4]}-01-01"
    for owner, facts in [
        (None, plan.own_deadlines),
        *((leaf, plan.deadlines.get(leaf["id"], [])) for leaf in plan.leaves),
    ]:
        early = [d for d in facts if d["date"] and d["start"] is not None and d["date"] < day]
        if early:
            said = f"时限{_dates(early)}早于印发日期{issued}，印发时已经过期。"
            yield Hit(said, _places(plan, "时限", early), len(early), item=owner)


def no_own_date(plan: PlanRows) -> Iterator[Hit]:
    """An item whose words give it no date. An item that only continues (长期坚持, 每年) needs none."""
    for leaf in plan.leaves:
        facts = plan.deadlines.get(leaf["id"], [])
        open_ended = leaf["ongoing"] or any(d["kind"] in ("recurring", "duration", "event", "unread") for d in facts)
        if leaf["due_basis"] in ("item", "parent") or (leaf["due_basis"] in (None, "none") and open_ended):
            continue
        if leaf["due_date"] is None and any(d["kind"] == "explicit" and d["date"] for d in facts):
            continue  # its body says when, and nothing else does
        fallback = [d for d in facts if d["kind"] == "document"]
        said = "没有写明自己的完成日期"
        if leaf["due_date"] is not None:
            said += f"，只能按文件的兜底时限推定为{leaf['due_date']}"
        if any(d["kind"] == "explicit" and d["date"] for d in facts):
            said += "；正文中的日期只管其中的任务"
        clauses = _places(
            plan, "时限条款", [d for d in facts if d["kind"] in ("default", "ongoing", "event", "unread")]
        )
        yield Hit(f"{said}。", (plan.heading(leaf), *clauses, *_places(plan, "兜底时限", fallback)), 1, item=leaf)


def loose_deliverable(plan: PlanRows) -> Iterator[Hit]:
    """A document to produce that nobody leads, or for which neither its sentence nor its item gives a date."""
    for leaf in plan.leaves:
        timed = {d["task"] for d in plan.deadlines.get(leaf["id"], ()) if d["kind"] != "ongoing" and d["task"]}
        led = bool(plan.bearers_around(leaf, "lead")) or not plan.has_leads  # then no_lead says it of the whole plan
        dated = leaf["due_basis"] in ("item", "parent")
        tasks = [t for t in plan.tasks.get(leaf["id"], ()) if "deliverable" in t["kinds"]]
        loose = [t for t in tasks if not led or not (dated or t["id"] in timed)]
        if loose:
            lacks = "牵头单位" if led is False else "自己的时限"
            yield Hit(
                f"要求制定出台的{len(loose)}份文件没有{lacks}。",
                tuple(plan.words("正文", t["start"], t["end"]) for t in loose),
                len(loose),
                item=leaf,
            )


def _first_passed(limits: Iterable[Limit], dated: Sequence[Row]) -> tuple[Limit, list[Row]] | None:
    """The first limit that some of the dated deadlines exceed, and these deadlines."""
    for limit in limits:
        late = [d for d in dated if d["date"] > limit.date]
        if late:
            return limit, late
    return None


def _limits(plan: PlanRows) -> Iterator[Limit]:
    """The limits of a plan, the strictest kind first."""
    holding = {item["section_id"] for item in plan.items}
    aims: list[Limit] = []
    for section in plan.sections:
        if section["id"] in holding or any(s["parent"] == section["id"] for s in plan.sections):
            continue
        for met in COMPLETION_AIM.finditer(plan.text, section["start"], section["end"]):
            aims.append(Limit("总体目标", f"{met['year']}-12-31", (plan.words("总体目标", *met.span()),)))
    yield from sorted(aims, key=lambda aim: aim.date)[-1:]  # of several stages the last one
    for deadline in plan.own_deadlines:
        if deadline["date"] and not deadline["conditional"] and deadline["kind"] == "document":
            yield Limit("文件的总体时限", deadline["date"], _places(plan, "总体时限", [deadline]))
    period = PERIOD.search(plan.document["title"] or "")
    if period:
        at = plan.text.find(plan.document["title"])
        places = () if at < 0 else (plan.words("标题", at, at + len(plan.document["title"])),)
        yield Limit("标题所写的期限", f"{period[2]}-12-31", places)


def _dates(facts: list[Row]) -> str:
    return "、".join(dict.fromkeys(str(d["date"]) for d in facts))


def _places(plan: PlanRows, what: str, facts: list[Row]) -> tuple[Place, ...]:
    """The words of the deadlines; for an inferred deadline, the clause it rests on."""
    spans = []
    for fact in facts:
        if fact["start"] is not None:
            spans.append((fact["start"], fact["end"]))
        elif fact["because"]:
            spans.append((fact["because"][0], fact["because"][1]))
    return tuple(plan.words(what, *span) for span in dict.fromkeys(spans))
