"""The Chinese words for the codes of the graph: one table for the terminal, the pages, the files and the answers.

`chinese` gives the words of a value by its column.  Example: ``chinese("role", "lead")`` is ``牵头``,
``chinese("other.roles", ["lead", "responsible"])`` is ``牵头、责任``, ``chinese("inferred", True)`` is ``是``.

Left to others: where the words are shown (the cards, the templates).
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from graph.model import Relation, Role

ROLE_WORDS: dict[str, str] = {
    Role.LEAD: "牵头",
    Role.RESPONSIBLE: "责任",
    Role.COOPERATING: "配合",
    Role.SUPERVISING: "督导",
    Role.LEADER: "负责人",
}
RELATION_WORDS: dict[str, str] = {
    Relation.BASIS: "依据",
    Relation.IMPLEMENTS: "落实",
    Relation.PRODUCES: "制定",
    Relation.REVISES: "修订",
    Relation.REPEALS: "废止",
    Relation.MENTIONS: "提及",
}
# kinds of deadlines
KIND_WORDS: dict[str, str] = {
    "default": "完成时限",
    "explicit": "正文日期",
    "parent": "上级事项的时限",
    "document": "总体时限",
    "recurring": "周期",
    "duration": "期限",
    "ongoing": "长期",
    "event": "系于某事",
    "unread": "未读懂的时限",
}
# what an item says of when
TIMING_WORDS: dict[str, str] = {
    "dated": "有日期",
    "recurring": "周期",
    "duration": "期限",
    "event": "系于某事",
    "ongoing": "长期",
    "unread": "没有读懂",
    "none": "无期限",
}
# where it says so, or why it was not read
TIMING_REASON_WORDS: dict[str, str] = {
    "item": "事项的时限",
    "task": "正文",
    "parent": "上级事项的时限",
    "document": "文件的兜底条款",
    "in-parts": "见分项",
    "no-year": "没有年份",
    "no-day": "没有写明日期",
    "not-understood": "没有读懂",
}
# which deadline holds
BASIS_WORDS: dict[str, str] = {
    "task": "任务自己的日期",
    "item": "事项的完成时限",
    "parent": "上级事项的时限",
    "document": "文件的兜底条款",
    "none": "没有写明",
}
ITEM_WORDS: dict[str, str] = {"task": "任务", "problem": "问题", "measure": "措施"}
PRECISION_WORDS: dict[str, str] = {"day": "到日", "month": "到月", "year": "到年"}
FACT_WORDS: dict[str, str] = {
    **ROLE_WORDS,
    "duty": "职责",
    "deadline": "时限",
    "citation": "引用",
    "mention": "正文提及",
    "task": "子任务",
    "target": "指标",
    "not-read": "未读入",
}
TASK_WORDS: dict[str, str] = {"timed": "定时", "recurring": "周期", "target": "指标", "deliverable": "成果"}
SEVERITY_WORDS: dict[str, str] = {"high": "高", "medium": "中", "low": "低"}
MATURITY_WORDS: dict[str, str] = {"stable": "成熟", "trial": "试行"}
# kinds of hits of a search, by the words of the navigation
HIT_WORDS: dict[str, str] = {"unit": "单位", "document": "文件", "regulation": "法规", "item": "事项", "text": "原文"}
WEAKNESS_WORDS: dict[str, str] = {
    "inferred": "推定",
    "collective": "集合称谓",
    "open-list": "名单未尽",
    "repaired": "原文有缺损，已修复",
    "unresolved": "名称未能确定",
    "not-basis": "并非作为依据或要求落实",
}
# the reasons of `left_out` that questions and lists give
LEFT_OUT_WORDS: dict[str, str] = {
    "undated": "没有日期的事项",
    "unread": "其中写了时限、没有读懂的事项",
    "body-dates": "自己的时限不符合、正文中另有任务的日期符合的事项",
    "tasks": "正文中自有日期、届时到期的任务",
    "undated-tasks": "自己没有日期的任务",
    "recurring-tasks": "其中周期性的任务（见 recurring-tasks）",
    "other units": "按其他单位计算的时限",
    "plans of no known place": "没有写明地区的文件（份）",
}
# why a stretch of a text belongs to no item
LEFT_TEXT_WORDS: dict[str, str] = {
    "before-first-heading": "第一个标题之前",
    "section-without-items": "这一部分没有事项",
    "between-items": "事项之间",
    "after-last-item": "最后一项之后",
}
# how a plan differs from the one it replaces, and in which of its properties
CHANGE_WORDS = {"gained": "新增", "lost": "减少", "changed": "变动"}
DIFFERS_WORDS = {
    **{
        "number": "序号",
        "heading": "标题",
        "body": "正文",
        "due_date": "完成日期",
        "timing_quote": "时限",
        "kind": "种类",
    },
    **{"queryable": "分项", "as_written": "写法", "position": "位次", "open_list": "名单未尽", "inferred": "推定"},
}
_LEFT_OUT_PATTERNS = (
    (re.compile(r"plans beyond the first (\d+)"), "前{0}份以外的文件，请指定一份（document）：另有"),
    (re.compile(r"groups beyond the first (\d+)"), "前{0}组以外的组"),
    (re.compile(r"beyond the first (\d+) facts"), "前{0}条以外的条款：另有"),
)


def left_out_said(reason: str) -> str:
    """The Chinese words for a reason of `left_out`.

    >>> left_out_said("undated"), left_out_said("groups beyond the first 500")
    ('没有日期的事项', '前500组以外的组')
    """
    for pattern, words in _LEFT_OUT_PATTERNS:
        if met := pattern.match(reason):
            return words.format(*met.groups())
    return LEFT_OUT_WORDS.get(reason, reason)


# by the last part of a column's name: the words of its values
VALUE_WORDS: Mapping[str, Mapping[str, str]] = {
    "role": ROLE_WORDS,
    "roles": ROLE_WORDS,
    "relation": RELATION_WORDS,
    "basis": BASIS_WORDS,
    "precision": PRECISION_WORDS,
    "fact": FACT_WORDS,
    "severity": SEVERITY_WORDS,
    "maturity": MATURITY_WORDS,
    "weaknesses": WEAKNESS_WORDS,
    "timing_kind": TIMING_WORDS,
    "kind": ITEM_WORDS,
    "light": {"red": "已到期", "yellow": "临期", "green": "正常"},
    "checks": {
        "no-lead": "没有牵头单位",
        "several-leads": "牵头单位不止一个",
        "lead-and-responsible": "同一单位既牵头又负责",
    },
    "via": {"item": "本事项", "document": "整份文件"},
    # whether a clause is the one that sets an item's date
    "outcome": {
        "holds": "是",
        "earlier": "否",
        "of a task": "只管一项任务",
        "of others": "否",
        "set aside": "否",
        "no date": "没有日期",
    },
    "without": {"lead": "牵头单位", "responsible": "责任单位", "anyone": "牵头单位和责任单位都没有"},
    "comparison": {">=": "不少于", "<=": "不超过"},
}


def code_of_word(column: str, given: Any) -> Any:
    """The code that a word stands for in a column, as it is printed: 高 of ``severity`` is ``high``; else what was given."""
    codes = {word: code for code, word in VALUE_WORDS.get(column, {}).items()}
    return codes.get(given, given) if isinstance(given, str) else given


CORRECTED_WORDS: dict[str, str] = {
    "title": "标题",
    "reference_number": "文号",
    "issued_on": "印发日期",
    "region": "地区",
}


def correction_in_words(fix: Mapping[str, Any]) -> str:
    """What a person corrected in the head of a plan, with what the text says.

    >>> correction_in_words({"name": "issued_on", "given": "2018", "stated": "2017-03-16", "quote": "2017年3月16日"})
    '印发日期“2018”（人工更正；原文“2017年3月16日”）'
    """
    said = fix["quote"] or fix["stated"]
    text = f"原文“{' '.join(said.split())}”" if said else "原文没有写明"
    return f"{CORRECTED_WORDS[fix['name']]}“{fix['given']}”（人工更正；{text}）"


def chosen_from(words: Mapping[str, str], names: Iterable[str] | None = None) -> str:
    """The values that a parameter takes, each with its meaning: ``high 高 · medium 中 · low 低``."""
    return " · ".join(f"{name} {words[name]}" for name in (names or words))


def date_in_words(due: Mapping[str, Any]) -> str:
    """``2018-12-31`` by its precision: 2018年底, 2018年6月底, 2018年6月30日."""
    if due["date"] is None:
        return "未定"
    year, month, day = due["date"].split("-")
    if due["precision"] == "year":
        return f"{year}年底" if (month, day) == ("12", "31") else f"{year}年{int(month)}月{int(day)}日"
    return f"{year}年{int(month)}月底" if due["precision"] == "month" else f"{year}年{int(month)}月{int(day)}日"


def without_date(timing: Mapping[str, Any] | None) -> str:
    """What is said where an item has no date: its own words of when, and 无期限 only where it states none.

    >>> without_date({"kind": "event", "quote": "汛期前", "reason": "item"}), without_date({"kind": "none", "quote": None, "reason": None})
    ('汛期前', '无期限')
    """
    if timing is None or timing["kind"] is None:
        return "未定"
    if timing["quote"]:
        return str(timing["quote"])
    return TIMING_REASON_WORDS["in-parts"] if timing["reason"] == "in-parts" else TIMING_WORDS[timing["kind"]]


def chinese(column: str, value: Any) -> str:
    """The words of ``value`` in a column such as ``item.section.label`` or ``target_comparison``; empty for None."""
    last = column.rpartition(".")[2]
    words = VALUE_WORDS.get(last) or VALUE_WORDS.get(last.rpartition("_")[2], {})
    if value is None:
        return ""
    if last == "corrections":
        return "；".join(map(correction_in_words, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        # numbers have a blank between, where a narrow cell may break them
        return ("、" if any(isinstance(one, str) for one in value) else ", ").join(
            chinese(column, one) for one in value
        )
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    return words.get(value, value) if isinstance(value, str) else str(value)


PLACE_WORDS = {
    "region": "string  只看这个地方和它下面各地的文件，如 娄底市；问到单位时，单位在这个地方；只看全国性文件写 全国",
    "exact": "bool  只看这个地方本身，不看下面各地",
}
