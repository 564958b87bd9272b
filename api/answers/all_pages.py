"""A whole list: the pages of a walk through all plans, one after another, as one envelope.

Order of steps in `fetch_all`: page after page is asked for, each as long as what it looks into (`api.answers.plan_window`), until none is
behind it, or the answer holds `MOST_ROWS` rows or took `MOST_SECONDS` where ``bounded``: then ``next`` goes on behind it.
When the data changed between two pages, all is asked again.  `merge` makes the one envelope: what is counted in each
page is added up.

Example: ``whole(lambda page: ask(store, "items-due", given, page=page, evidence=evidence).body)`` over 140 plans is what
their pages hold together, with the count of all rows.

Left to others: a page (`api.answers.questions`, `api.answers.lists`, `api.answers.findings`), files of an answer (`api.http.responses`).
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence

from api.answers.paging import Envelope, PageRequest
from graph.errors import StoreBusy

MOST_ROWS = 50_000  # of an answer that is sent in one piece
MOST_SECONDS = 60.0
PART = "-部分"  # at the end of the name of a file behind whose rows there are others
_STEP = 1_000_000  # rows of one step: as many as its plans have
_ATTEMPTS = 5


def fetch_all(
    page_of: Callable[[PageRequest], Envelope], after: str | None = None, *, bounded: bool = False
) -> Envelope:
    """Every row behind the cursor ``after``, of one data version. Raises StoreBusy when the data does not stay the same."""
    for _ in range(_ATTEMPTS):
        started, rows = time.monotonic(), 0
        pages = [page_of(PageRequest(_STEP, after))]
        while pages[-1]["next"] is not None and pages[-1]["data_version"] == pages[0]["data_version"]:
            rows += len(pages[-1]["items"])
            if bounded and (rows >= MOST_ROWS or time.monotonic() - started >= MOST_SECONDS):
                break
            pages.append(page_of(PageRequest(_STEP, pages[-1]["next"])))
        if pages[-1]["data_version"] == pages[0]["data_version"]:
            return merge(pages)
    raise StoreBusy(
        "the data changed each time the whole list was read; expected it to stay. Try again after the load."
    )


def is_truncated(answer: Envelope) -> bool:
    """Whether there are rows, or plans not looked into, behind those that the answer holds."""
    return answer["next"] is not None or answer["total"]["relation"] == "gte"


def merge(pages: Sequence[Envelope]) -> Envelope:
    """The pages of one list as one envelope; a page counts only what it looked into."""
    first, last = pages[0], pages[-1]
    if len(pages) == 1:
        return first
    rows = [row for page in pages for row in page["items"]]
    left_out: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    for page in pages:
        left_out.update({left["reason"]: left["count"] for left in page["left_out"]})
        rules.update({rule["id"]: rule["count"] for rule in page.get("rules", ())})
    made = {
        **first,
        "items": rows,
        "total": {"value": len(rows), "relation": "eq" if last["next"] is None else "gte"},
        "next": last["next"],
        "next_url": last["next_url"],
        "left_out": [{"reason": reason, "count": count} for reason, count in left_out.items()],
    }
    if "rules" in first:
        made["rules"] = [rule | {"count": rules[rule["id"]]} for rule in first["rules"]]
    return made
