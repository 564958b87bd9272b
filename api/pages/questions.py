"""The pages of the question library: its list, and each question with a form and its answer; no script.

Order of steps for one question: make the fields of the form from its parameters (a day, a choice, a line of text); ask
the question of the address if no required value is missing; show the rows under the Chinese headings of the card, with
the words of each row last and links to the item, the unit and the place in the text; link the whole answer as CSV and
XLSX. If the question cannot be asked, the page says why.

Example: ``/questions/tasks-due?by=2017-06-30`` shows thirteen tasks.

Left to others: asking (`api.answers.questions`), the texts of a card (`graph.library.cards`), the look of a page
(``html/``).
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from api.answers.nesting import Evidence
from api.answers.paging import MAX_LIMIT, PageRequest
from api.answers.questions import ask, card_of, describe, find, questions
from api.answers.references import Narrow
from api.asking.examples import examples
from api.http.dependencies import MAX_CURSOR, MAX_NAME, ServiceDep, Text, known_parameters, read_access
from api.http.problems import beside_form
from api.pages.addresses import downloads
from api.pages.answer_rows import plans_in
from api.pages.frame import FrameDep
from api.pages.templates import heads, page
from api.pages.wording import without_codes
from graph.errors import Ambiguous, NotFound, ParameterError
from graph.library.cards import parameters_of
from graph.store.catalogue import Param

_OF_PLACE = {
    "region": Param("region", "string", True, "a place"),
    "exact": Param("exact", "bool", True, "true or false"),
}
_PLACE = {"region": "只看这个地方和它下面各地，如 娄底市；全国性文件写 全国", "exact": "只看这个地方本身（要先写地方）"}

router = APIRouter(include_in_schema=False, dependencies=[Depends(read_access)])


@router.get("/questions", dependencies=[Depends(known_parameters)])
def library(service: ServiceDep, frame: FrameDep) -> Response:
    known = [describe(name, query) for name, query in questions().items()]
    shown = examples(service.store, frame.narrow, frame.clock)
    return page("questions.html", frame, questions=known, examples=shown)


@router.get("/questions/{name}")
def question(
    request: Request, service: ServiceDep, frame: FrameDep, name: Annotated[Text, Path(max_length=MAX_NAME)]
) -> Response:
    query = find(name)
    card = describe(name, query)
    params = parameters_of(query)
    given = {key: value.strip() for key, value in request.query_params.items() if value.strip()}
    after = given.pop("after", None)
    own = {param.name for param in params}
    if "as_of" not in own:
        given.pop("as_of", None)  # the scope of the page
    if frame.document and "document" in own:
        given.setdefault("document", frame.document)
    fields = [_field(param, card_of(name).parameters[param.name], given.get(param.name)) for param in params]
    # a question whose own parameter is a place has its field already
    places = {name: meaning for name, meaning in _PLACE.items() if name not in {param.name for param in params}}
    fields += [_field(_OF_PLACE[name], meaning, given.get(name)) for name, meaning in places.items()]
    missing = [param.name for param in params if not param.nullable and param.name not in given]
    answer, problem = None, None
    if not missing or given:
        try:
            _in_bounds(given, after)
            answer = ask(
                service.store,
                name,
                given,
                page=PageRequest(MAX_LIMIT, after),
                evidence=Evidence.FULL,
                narrow=Narrow(default_region=service.settings.default_region),
                clock=frame.clock,
            ).body
        except (Ambiguous, NotFound, ParameterError) as error:
            if given or after:  # an empty form is no fault
                problem = beside_form(request, error)
    return page(
        "question.html",
        frame,
        status=problem["status"] if problem else 200,
        card=card,
        fields=fields,
        heads=heads(card["headings"]),
        answer=answer,
        problem=problem,
        given=given,
        plans=plans_in(service.store, answer["items"] if answer else ()),
        files=downloads(f"/v1/questions/{quote(name)}", given),
    )


def _in_bounds(given: Mapping[str, str], after: str | None) -> None:
    for key, value in given.items():
        if len(value) > MAX_NAME or "\0" in value:
            raise ParameterError(
                f"parameter {key[:80]!r} is too long or not text; expected at most {MAX_NAME} characters."
            )
    if after is not None and len(after) > MAX_CURSOR:
        raise ParameterError("parameter 'after' is not a cursor; expected the address of the next page.")


def _field(param: Param, meaning: str, value: str | None) -> dict[str, Any]:
    """A field of the form: its kind (``date``, ``number``, ``choice`` or ``text``) and its value."""
    choices: Sequence[str] = ()
    kind = "text"
    if param.type == "bool":
        kind, choices = "choice", ("true", "false")
    elif param.note.startswith("one of "):
        kind, choices = "choice", param.note.removeprefix("one of ").split()
    elif param.note.startswith("ISO date"):
        kind = "date"
    elif param.type == "int":
        kind = "number"
    return {
        "name": param.name,
        "meaning": without_codes(meaning),
        "kind": kind,
        "choices": choices,
        "required": not param.nullable,
        "value": value or "",
    }
