"""The page of an item: the answer as a sentence, each clause once, the body with its marks, the chain as a picture.

Example: ``/items/娄底市-娄发2017-4:20`` begins 由市编办、市政府法制办牵头.

Left to others: the card (`api.answers.objects`), the chains (`api.answers.chaining.chains`), the picture (`api.pages.pictures.chain`).
"""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from api.answers.chaining.chains import chain_answer
from api.answers.nesting import Evidence
from api.answers.objects import ROLES, item_answer
from api.desk.note_rows import notes_of_plan
from api.http.dependencies import ServiceDep
from api.pages.addresses import linker
from api.pages.clauses import Marked, by_clause, marked
from api.pages.frame import Frame, FrameDep
from api.pages.pictures.chain import chain_picture, layers_of
from api.pages.router import Ref, pages
from api.pages.templates import page

router = pages()


@router.get("/items/{ref}")
def item_page(service: ServiceDep, frame: FrameDep, ref: Ref) -> Response:
    card = item_answer(service.store, ref, frame.place, Evidence.FULL).body
    chain = chain_answer(service.store, card["id"]).body
    link = linker(frame.scope)
    layers = layers_of([*chain["upward"], *chain["downward"]], link, card["id"])
    label = f"{card['heading']}的链路：左边是依据，右边是承担的单位"
    return page(
        "item.html",
        frame,
        item=card,
        chain=chain,
        picture=chain_picture(layers, label) if layers.links else None,
        laid=[_laid(one, frame) for one in _with_parts(card)],
        notes=notes_of_plan(service.store, service.notes, card["document"]["id"]),
    )


def _with_parts(card: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The card and those of what stands below it, in document order."""
    return [card, *(below for part in card["parts"] for below in _with_parts(part))]


def _laid(card: Mapping[str, Any], frame: Frame) -> dict[str, Any]:
    """A card as its page shows it: clauses by role, the body with its marks."""
    groups = [(role, by_clause(card[key])) for key, role in ROLES.items() if card[key]]
    return {"card": card, "groups": groups, "body": body_of(card, frame)}


def body_of(card: Mapping[str, Any], frame: Frame) -> Markup:
    """The body of an item with its tasks, dates, citations and named units marked."""
    proof, body, link = card["evidence"], card["body"], linker(frame.scope)
    at = proof["quote"].find(body) if proof and proof.get("quote") else -1
    if at < 0 or not body:
        return Markup("{}").format(body)
    marks = [
        *(_mark(task, "task", title="任务") for task in card["tasks"]),
        *(_mark(one, "deadline", title=one["date"]) for one in card["deadlines"] if one["kind"] != "document"),
        *(_mark(one, "citation", link("regulation", one["regulation"]["id"])) for one in card["citations"]),
        *(_mark(one, "mention", link("unit", one["unit"]["id"]), "正文提及") for one in card["mentions"]),
        *(_mark(one, one["role"], link("unit", one["unit"]["id"])) for key in ROLES for one in card[key]),
    ]
    return marked(body, proof["span"][0] + at, [one for one in marks if one])


def _mark(fact: Mapping[str, Any], kind: str, href: str | None = None, title: str | None = None) -> Marked | None:
    span = fact["evidence"]["span"]
    return Marked((span[0], span[1]), (kind,), href, title) if span else None
