"""How a page is made: the templates under ``html/``, the functions they may call, and the content security policy.

Order of steps: `page` fills a template with the values of an answer; filters turn ids into addresses, evidence into
marked words, and dates into Chinese; the answer carries the policy.  `problem_page` shows a failure as a page.

Example: ``page("home.html", documents=…)``.

Left to others: the content of a page (`api.pages.objects`, `api.pages.questions`, `api.pages.ask`).
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from api.answers.all_pages import MOST_ROWS
from api.answers.chinese_labels import (
    CORRECTED_WORDS,
    FACT_WORDS,
    KIND_WORDS,
    LEFT_OUT_WORDS,
    MATURITY_WORDS,
    RELATION_WORDS,
    ROLE_WORDS,
    SEVERITY_WORDS,
    TASK_WORDS,
    TIMING_REASON_WORDS,
    TIMING_WORDS,
    WEAKNESS_WORDS,
    chinese,
    without_date,
)
from api.answers.nesting import value_at
from graph.model import LOSS_CODES, ROLE_OF

# Pages run no script and load nothing from elsewhere; /docs is swagger-ui: its own script, and inline styles.
_ALWAYS = "base-uri 'none'; frame-ancestors 'none'"

POLICY = f"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; {_ALWAYS}"

DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    f"connect-src 'self'; {_ALWAYS}"
)

_PROOF = ("evidence.quote", "evidence.clause_quote")

# why a date is the one shown, as a sentence goes on
BASES = {
    "task": "依据子任务写明的日期",
    "item": "依据本事项的完成时限",
    "parent": "本事项未写日期，依据上级事项的完成时限推定",
    "document": "本事项未写日期，依据文件的总体时限推定",
    "none": "没有写明完成时限",
}


def segment(key: str) -> str:
    """An id as a segment of an address."""
    return quote(key, safe=":|~()")


def _in_text(evidence: Mapping[str, Any]) -> str:
    """The address of a fact's words in the text of its document."""
    place = evidence["span"] or evidence.get("clause")
    return f"/documents/{segment(evidence['document_id'])}/text" + (f"#p{place[0]}" if place else "")


def _is_led(card: Mapping[str, Any]) -> bool:
    """Whether an item has a lead, or what stands above or below it."""
    around = (card, *card["by_parents"], *card["parts"])
    return any(one["leads"] for one in around) or any(_is_led(part) for part in card["parts"])


def _words(evidence: Mapping[str, Any]) -> Markup:
    """The clause with the fact's own words marked; without a clause, the words alone."""
    quoted, clause = evidence.get("quote"), evidence.get("clause_quote")
    span = evidence["span"]
    if not clause:
        return Markup("<q>{}</q>").format(quoted) if quoted else Markup("<span class=quiet>原文中没有直接写出</span>")
    if span is None or not evidence["clause"][0] <= span[0] <= span[1] <= evidence["clause"][1]:
        return Markup("<q>{}</q>").format(clause)
    start, end = span[0] - evidence["clause"][0], span[1] - evidence["clause"][0]
    return Markup("<q>{}<mark>{}</mark>{}</q>").format(clause[:start], clause[start:end], clause[end:])


def _date(due: Mapping[str, Any]) -> str:
    """``2018-12-31`` by its precision: 2018年底, 2018年6月底, 2018年6月30日."""
    if due["date"] is None:
        return "未定"
    year, month, day = due["date"].split("-")
    if due["precision"] == "year":
        return f"{year}年底" if (month, day) == ("12", "31") else f"{year}年{int(month)}月{int(day)}日"
    return f"{year}年{int(month)}月底" if due["precision"] == "month" else f"{year}年{int(month)}月{int(day)}日"


def _when(row: Mapping[str, Any]) -> str:
    """When an item is due: its date, else what it says of when."""
    return _date(row["due"]) if row["due"]["date"] else without_date(row.get("timing"))


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("api", "pages/html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "address": segment,
        "in_text": _in_text,
        "words": _words,
        "due": _date,
        "when": _when,
        "is_led": _is_led,
    }
    made.globals |= {
        "ROLES": ROLE_WORDS,
        "RELATIONS": RELATION_WORDS,
        "KINDS": KIND_WORDS,
        "TIMINGS": TIMING_WORDS,
        "TIMING_REASONS": TIMING_REASON_WORDS,
        "BASES": BASES,
        "TASKS": TASK_WORDS,
        "MARKS": FACT_WORDS,
        "LEFT_OUT": LEFT_OUT_WORDS,
        "LOSS_CODES": LOSS_CODES,
        "CORRECTED": CORRECTED_WORDS,
        "SEVERITIES": SEVERITY_WORDS,
        "MATURITIES": MATURITY_WORDS,
        "WEAKNESSES": WEAKNESS_WORDS,
        "DUTIES": ROLE_OF,
        "said": chinese,
        "cell": cell,
        "plan_of": plan_of,
        "MOST_ROWS": MOST_ROWS,
    }
    return made


def cell(row: Mapping[str, Any], column: str) -> str:
    """The words of a row in a column such as ``item.section.label``; empty if it has none."""
    return chinese(column, value_at(row, column))


def heads(headings: Mapping[str, str]) -> list[tuple[str, str]]:
    """The columns of an answer that a page shows as such. The words of evidence stand in a column of their own."""
    return [(column, head) for column, head in headings.items() if column not in _PROOF]


def plan_of(row: Mapping[str, Any]) -> str | None:
    """The id of the plan that a row is about; None if it is about several."""
    holders = (row.get("item"), row.get("evidence"), row)
    named = (row.get("document") or {}).get("id")
    return named or next((one["document_id"] for one in holders if one and one.get("document_id")), None)


_TEMPLATES = _environment()


def page(template: str, *, status: int = 200, policy: str = POLICY, **values: Any) -> Response:
    """A page from ``html/``."""
    text = _TEMPLATES.get_template(template).render(**values)
    headers = {"Content-Security-Policy": policy, "Cache-Control": "private, no-cache"}
    return HTMLResponse(text, status, headers)


def problem_page(request: Request, problem: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    """A failure as a page, with the candidates as links."""
    area = request.url.path.split("/")[1]
    linked = area if area in ("units", "regulations", "items", "documents") else None
    made = page("problem.html", status=problem["status"], problem=problem, linked=linked)
    made.headers.update(headers)
    return made
