"""A whole list: all pages of a list over all plans, merged into one envelope.

Order of steps in `fetch_all`: ask for page after page, each covering a window of plans (`api.answers.plan_window`),
until no page follows. If ``bounded``, stop after `MOST_ROWS` rows or `MOST_SECONDS`; then ``next`` continues after the
last row. If the data changes between two pages, start again.  `merge` makes one envelope and adds up the counts of the
pages.

Example: ``fetch_all(lambda page: ask(store, "items-due", given, page=page, evidence=evidence).body)`` over 140 plans
has the rows of all pages, and their total.

Left to others: a page (`api.answers.questions`, `api.answers.lists`, `api.answers.findings`), answers as files
(`api.http.responses`).
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence

from api.answers.left_out import added_up
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
    """All rows after the cursor ``after``, of one data version. Raises StoreBusy if the data keeps changing."""
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
    raise StoreBusy("the data changed each time the whole list was read; expected no change. Try again after the load.")


def is_truncated(answer: Envelope) -> bool:
    """Whether more rows, or plans not yet searched, follow those of the answer."""
    return answer["next"] is not None or answer["total"]["relation"] == "gte"


def merge(pages: Sequence[Envelope]) -> Envelope:
    """The pages of one list as one envelope. A page counts only the plans of its window."""
    first, last = pages[0], pages[-1]
    if len(pages) == 1:
        return first
    rows = [row for page in pages for row in page["items"]]
    rules: Counter[str] = Counter()
    for page in pages:
        rules.update({rule["id"]: rule["count"] for rule in page.get("rules", ())})
    made = {
        **first,
        "items": rows,
        "total": {"value": len(rows), "relation": "eq" if last["next"] is None else "gte"},
        "next": last["next"],
        "next_url": last["next_url"],
        "left_out": added_up(page["left_out"] for page in pages),
    }
    if "rules" in first:
        made["rules"] = [rule | {"count": rules[rule["id"]]} for rule in first["rules"]]
    return made
