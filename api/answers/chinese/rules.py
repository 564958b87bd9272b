"""The rules by which facts are taken, in Chinese: what each takes, and a short word for each name.

A fact carries the name of its rule, which several forms share; `rule_said` is what a page says for it.

Example: ``rule_said("label-line")`` is 单位栏、时限栏的标签.

Left to others: the rules themselves (`loaders.explain`).
"""

from functools import cache
from typing import Any

from graph.findings import RULE
from loaders.explain import RULES

# a word for the names that several forms share; where there is one form, what it takes says it
_SEVERAL = {
    "label-line": "单位栏、时限栏的标签",
    "label-in-parenthesis": "括号里的标签",
    "narrative-parenthesis": "括号里写明由谁做、何时完成",
    "narrative-sentence": "一句话写明由谁牵头、由谁配合",
    "dash-end": "段末破折号后列出单位",
    "unit-first": "以单位开头的分工清单",
}
# rules of the answers, which count or weigh facts
_OF_ANSWERS = {"count-of-leads": "数牵头的事项", "date-opens-sentence": "句首的日期管到句末"}
KIND_WORDS = {"duty": "职责", "deadline": "时限", "citation": "引用", "mention": "正文提及", "repair": "原文修复"}


@cache
def rules_answer() -> dict[str, Any]:
    """Every rule by its name: its kind, what is said for it, and what each of its forms takes."""
    found: dict[str, dict[str, Any]] = {}
    for rule in RULES:
        made = found.setdefault(
            rule.name, {"name": rule.name, "kind": str(rule.kind), "said": _said(rule.name, rule.takes), "forms": []}
        )
        made["forms"].append({"form": rule.form, "takes": rule.takes})
    return {"items": list(found.values())}


def is_repair(name: str) -> bool:
    """Whether a rule repairs the text: what it took is written, but damaged.

    >>> is_repair("lost-year-before-month"), is_repair("document-fallback")
    (True, False)
    """
    return name in _repairs()


@cache
def _repairs() -> frozenset[str]:
    return frozenset(rule["name"] for rule in rules_answer()["items"] if rule["kind"] == "repair")


def rule_said(name: str) -> str:
    """The words for the name of a rule; the name itself where an earlier version took the fact by a rule of its own."""
    return _by_name().get(name) or _OF_ANSWERS.get(name) or (RULE[name].title if name in RULE else name)


@cache
def _by_name() -> dict[str, str]:
    return {rule["name"]: rule["said"] for rule in rules_answer()["items"]}


def _said(name: str, takes: str) -> str:
    return _SEVERAL.get(name, takes)
