"""How a page is made: the templates under ``html/``, the functions they may call, and the content security policy.

Order of steps: `page` fills a template with the values of an answer and the frame of the page; filters turn evidence
into marked words, and dates into Chinese; the answer carries the policy.  `problem_page` shows a failure as a page.

Example: ``page("documents.html", frame, documents=…)``.

Left to others: the content of a page (`api.pages.objects`, `api.pages.questions`, `api.pages.ask`), addresses
(`api.pages.addresses`), words (`api.pages.wording`), marked sources (`api.pages.clauses`).
"""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from api.answers.all_pages import MOST_ROWS
from api.answers.chinese import labels
from api.answers.chinese.rules import is_repair, rule_said
from api.answers.nesting import value_at
from api.desk.notes import VERDICT_WORDS
from api.pages import addresses, clauses, puts, wording
from api.pages.frame import Frame
from api.pages.pictures import bars
from graph.model import LOSS_CODES, ROLE_OF

# pages load their own style, scripts and pictures, and nothing inline; /docs is swagger-ui, which writes inline styles
_ALWAYS = "base-uri 'none'; frame-ancestors 'none'"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    f"{_ALWAYS}"
)

DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    f"connect-src 'self'; {_ALWAYS}"
)

_PROOF = ("evidence.quote", "evidence.clause_quote")


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("api", "pages/html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "address": addresses.segment,
        "as_page": addresses.as_page,
        "in_text": addresses.to_words,
        "words": clauses.words_of,
        "near_words": clauses.near_words,
        "by_clause": clauses.by_clause,
        "due": labels.date_in_words,
        "when": wording.when,
        "percent": wording.percent,
        "rule_said": rule_said,
        "kind_said": wording.kind_said,
        "is_led": wording.is_led,
        "is_dated_in_body_alone": wording.is_dated_in_body_alone,
    }
    made.tests |= {"contains": lambda held, one: one in held, "repair": is_repair}
    made.globals |= {
        "to": addresses.to,
        "to_object": addresses.to_object,
        "to_place": addresses.to_place,
        "to_words": addresses.to_words,
        "light_of": wording.light_of,
        "bar": bars.bar,
        "shares": bars.shares,
        "meter": bars.meter,
        "place_words": wording.place_words,
        "ROLES": labels.ROLE_WORDS,
        "LETTERS": wording.ROLE_LETTERS,
        "LIGHTS": wording.LIGHT_WORDS,
        "RELATIONS": labels.RELATION_WORDS,
        "KINDS": labels.KIND_WORDS,
        "TIMINGS": labels.TIMING_WORDS,
        "TIMING_REASONS": labels.TIMING_REASON_WORDS,
        "BASES": wording.BASES,
        "TASKS": labels.TASK_WORDS,
        "MARKS": labels.FACT_WORDS | {"task": "任务"},
        "HITS": labels.HIT_WORDS,
        "left_out_said": labels.left_out_said,
        "LOSS_CODES": LOSS_CODES,
        "CORRECTED": labels.CORRECTED_WORDS,
        "CHANGES": labels.CHANGE_WORDS,
        "DIFFERS": labels.DIFFERS_WORDS,
        "LEFT_TEXTS": labels.LEFT_TEXT_WORDS,
        "COUNTED": wording.COUNTED_WORDS,
        "READING_STATES": wording.READING_STATES,
        "JOB_STATES": wording.JOB_STATES,
        "OBSTACLES": wording.OBSTACLE_WORDS,
        "SEVERITIES": labels.SEVERITY_WORDS,
        "MATURITIES": labels.MATURITY_WORDS,
        "WEAKNESSES": labels.WEAKNESS_WORDS,
        "DUTIES": ROLE_OF,
        "said": labels.chinese,
        "put_of_row": puts.put_of_row,
        "key_of_put": puts.key_of_put,
        "VERDICTS": VERDICT_WORDS,
        "cell": cell,
        "plan_of": plan_of,
        "MOST_ROWS": MOST_ROWS,
    }
    return made


def cell(row: Mapping[str, Any], column: str) -> str:
    """The words of a row in a column such as ``item.section.label``; empty if it has none."""
    value = value_at(row, column)
    return rule_said(value) if column == "rule" and value else labels.chinese(column, value)


def heads(headings: Mapping[str, str]) -> list[tuple[str, str]]:
    """The columns of an answer that a page shows as such. The words of evidence stand in a column of their own."""
    return [(column, head) for column, head in headings.items() if column not in _PROOF]


def plan_of(row: Mapping[str, Any]) -> str | None:
    """The id of the plan that a row is about; None if it is about several."""
    holders = (row.get("item"), row.get("evidence"), row)
    named = (row.get("document") or {}).get("id")
    return named or next((one["document_id"] for one in holders if one and one.get("document_id")), None)


_TEMPLATES = _environment()


def page(
    template: str,
    frame: Frame | None = None,
    *,
    status: int = 200,
    policy: str = POLICY,
    stored: bool = True,
    **values: Any,
) -> Response:
    """A page from ``html/``, in its frame; without one, in a frame that says nothing of what is loaded. One that is not
    ``stored`` leaves nothing with the browser.
    """
    text = fragment(template, frame, **values)
    headers = {"Content-Security-Policy": policy, "Cache-Control": "private, no-cache" if stored else "no-store"}
    return HTMLResponse(text, status, headers)


def fragment(template: str, frame: Frame | None = None, **values: Any) -> str:
    """The text of a template."""
    framed = frame or Frame()
    return _TEMPLATES.get_template(template).render(frame=framed, link=addresses.linker(framed.scope), **values)


def problem_page(request: Request, problem: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    """A failure as a page, with the candidates as links."""
    area = request.url.path.split("/")[1]
    linked = area if area in addresses.AREAS.values() else None
    made = page("problem.html", status=problem["status"], problem=problem, linked=linked)
    made.headers.update(headers)
    return made
