"""The page that answers a question in Chinese: how it was read, the rows with their words, and other meanings.

Example: ``/ask?q=第20项由谁牵头`` shows the card of item 20.

Left to others: reading and answering (`api.asking`), rendering pages (`api.pages.templates`).
"""

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query
from starlette.responses import Response

from api.answers.nesting import Evidence
from api.answers.paging import PageRequest
from api.answers.questions import find
from api.asking.answer import answer_text
from api.asking.examples import examples
from api.asking.understand import LONGEST
from api.http.dependencies import MAX_TEXT, ServiceDep, Text
from api.pages.addresses import downloads
from api.pages.answer_rows import plans_in
from api.pages.frame import FrameDep
from api.pages.router import After, pages
from api.pages.templates import heads, page
from graph.library.cards import parameters_of

ROWS = 100  # a page
OPEN_WORDS = {"unit": "单位", "role": "角色", "document": "文件", "light": "状态", "relation": "关系", "region": "地方"}
router = pages()


@router.get("/ask")
def ask_page(
    service: ServiceDep,
    frame: FrameDep,
    q: Annotated[Text, Query(max_length=MAX_TEXT)] = "",
    after: After = None,
) -> Response:
    shown = examples(service.store, frame.narrow, frame.clock)
    if not q.strip():
        return page(
            "ask.html", frame, asked="", answer=None, heads=[], files={}, plans={}, examples=shown, free=[], spread=[]
        )
    answer = answer_text(
        service.store,
        q,
        page=PageRequest(ROWS, after),
        evidence=Evidence.FULL,
        narrow=frame.narrow,
        clock=frame.clock,
    ).body
    read = answer["read_as"]
    place = {"document": frame.document, "region": frame.region}
    files = downloads(f"/v1/questions/{read['question']}", {**place, **read["parameters"]}) if read else {}
    return page(
        "ask.html",
        frame,
        asked=q if len(q) <= LONGEST else "",
        answer=answer,
        heads=heads(answer["headings"]),
        files=files,
        plans=plans_in(service.store, answer["items"]),
        examples=shown,
        free=_free(read),
        spread=_spread(answer),
    )


def _spread(answer: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Who leads the items of an answer that is shown whole, the most first; empty where fewer than two do."""
    if answer["next"] is not None or answer["total"]["relation"] != "eq":
        return []
    names = Counter(
        name
        for row in answer["items"]
        if row.get("item") and isinstance(row.get("leads"), list)
        for name in dict.fromkeys(one if isinstance(one, str) else one["name"] for one in row["leads"])
    )
    return names.most_common() if len(names) > 1 else []


def _free(read: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """The parameters of the question that the text left open, each with its word."""
    if read is None:
        return []
    known = [param.name for param in parameters_of(find(read["question"]))]
    return [(name, OPEN_WORDS[name]) for name in known if name in OPEN_WORDS and name not in read["parameters"]]
