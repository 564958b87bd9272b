"""How a plan was read, behind the line that says that it was loaded: how much of its text, and each doubt with its place.

Example: ``  读入 21805/23121 字；看来写明分工或时限的 142 处：读入 135，未读入 1，不是分工 6``.

Left to others: the plan itself (`api.cli.parse`).
"""

from typing import Any

from api.cli.text import one_line

SHOWN = 20
"""So many warnings are shown; the page of the document lists all."""


def signs_in_words(signs: dict[str, Any]) -> str:
    """The count of signs in the JSON of a coverage: ``142 处：读入 135，未读入 1，不是分工 6``."""
    other = sum(dismissed["count"] for dismissed in signs["dismissed"])
    return f"{signs['found']} 处：读入 {signs['taken']}，未读入 {signs['told']}，不是分工 {other}"


def print_reading(report: dict[str, Any]) -> None:
    """Print the coverage and the warnings of a load report."""
    coverage, warnings = report.get("coverage"), report.get("warnings") or []
    if coverage:
        signs = signs_in_words(coverage["signs"])
        print(f"  读入 {coverage['taken']}/{coverage['characters']} 字；看来写明分工或时限的 {signs}")
    for warning in warnings[:SHOWN]:
        place = "" if warning["span"] is None else f"（第 {warning['span'][0]}–{warning['span'][1]} 字）"
        print(one_line(f"  警告 {warning['code']}：{warning['message']}{place}"))
    if len(warnings) > SHOWN:
        print(f"  警告 …，其余 {len(warnings) - SHOWN} 条见文件页面，或 zeren parse")
