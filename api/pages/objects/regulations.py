"""The pages of instruments (法规): their list, and one with the items that cite it and the units that carry it.

Example: ``/regulations/湖南省行政程序规定`` shows three items and six bearers as one picture.

Left to others: the answers (`api.answers.lists`, `api.answers.chaining.chains`), the picture (`api.pages.pictures.chain`).
"""

from collections import Counter

from starlette.responses import Response

from api.answers.chaining.carriers import carriers_of
from api.answers.chaining.chains import regulation_chain_answer
from api.answers.lists import list_regulations
from api.answers.nesting import Evidence
from api.answers.objects import regulation_answer
from api.answers.paging import MAX_LIMIT, PageRequest
from api.answers.questions import ask
from api.http.dependencies import ServiceDep
from api.pages.addresses import downloads, linker, segment
from api.pages.frame import FrameDep
from api.pages.pictures.chain import chain_picture, layers_of
from api.pages.router import After, Ref, Words, pages
from api.pages.templates import page

REGULATIONS_OF_A_PAGE = 100
router = pages()


@router.get("/regulations")
def regulations_page(service: ServiceDep, frame: FrameDep, q: Words = "", after: After = None) -> Response:
    words = q.strip() or None
    found = list_regulations(
        service.store, q=words, narrow=frame.narrow, page=PageRequest(REGULATIONS_OF_A_PAGE, after)
    ).body
    files = downloads("/v1/regulations", {"q": words, "document": frame.document, "region": frame.region})
    return page("regulations.html", frame, regulations=found, q=q, files=files)


@router.get("/regulations/{ref}")
def regulation_page(service: ServiceDep, frame: FrameDep, ref: Ref, after: After = None) -> Response:
    card = regulation_answer(service.store, ref, frame.place).body
    given = {"regulation": card["id"], "document": frame.document}
    citing = ask(
        service.store,
        "regulation-citing-items",
        given,
        page=PageRequest(MAX_LIMIT, after),
        evidence=Evidence.FULL,
        narrow=frame.place,
    ).body
    chain = regulation_chain_answer(service.store, card["id"]).body
    layers = layers_of(chain["downward"], linker(frame.scope), card["id"])
    return page(
        "regulation.html",
        frame,
        regulation=card,
        citing=citing,
        relations=Counter(row["relation"] for row in citing["items"]),
        chain=chain,
        carriers=carriers_of(chain["downward"]),
        picture=chain_picture(layers, f"《{card['title']}》的链路：法规、事项、单位") if layers.links else None,
        files=downloads(f"/v1/regulations/{segment(card['id'])}/citing-items", {"document": frame.document}),
    )
