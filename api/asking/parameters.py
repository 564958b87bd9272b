"""The parameters of a question, taken from the recognised spans of a text that matches one of its phrasings.

Example: 法制办在2017年6月底以前得干完什么 is read as tasks-due, with unit 娄底市:市政府法制办 and by 2017-06-30.

Left to others: which phrasing matches (`api.asking.phrasings`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.asking.days import DAY
from api.asking.headings import ITEM, SECTION
from api.asking.phrasings import Phrasing, concept_of, load_phrasings
from api.asking.recognise import Recognition
from api.asking.titles import DOCUMENT, REGULATION, THIS_PLAN
from api.asking.unit_names import UNIT
from graph.store.catalogue import Param

Parameters = Mapping[str, Sequence[Param]]

_ROLES = {
    "lead": "lead",
    "resp": "responsible",
    "coop": "cooperating",
    "supervise": "supervising",
    "oversee": "supervising",
}
# concepts that a question may ignore: its answer then has these rows and more
_WIDER = {
    "fact-evidence": ("ROLE", REGULATION),
}
_RELATIONS = ("implements", "revises", "repeals")


@dataclass(frozen=True, slots=True)
class ReadAs:
    """A question with its parameters: ids, days, values of the contract. ``named`` has the words for each value."""

    question: str
    parameters: Mapping[str, str]
    named: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unread:
    """A reason why a text is not understood: the words at fault as typed (empty: the whole text), and why, in Chinese."""

    words: str
    why: str


def bind_parameters(
    phrasing: Phrasing, recognition: Recognition, today: date, known: Parameters | None
) -> tuple[ReadAs, Unread | None]:
    """The question of a phrasing with its parameters, and the part of the text that the question has no parameter for."""
    takes = None if known is None else {param.name: param for param in known[phrasing.question]}
    values: dict[str, str] = {}
    named: dict[str, str] = {}
    fault = None
    sources = dict(load_phrasings().parameters[phrasing.question])
    if (
        recognition.scope.document is not None
        and not recognition.scope.only
        and not {ITEM, SECTION} & set(sources.values())
    ):
        sources.setdefault("document", "AT_HAND")  # among several documents, one is named
    if recognition.regions and not any(UNIT in span.concepts for span in recognition.spans):
        values["region"] = named["region"] = recognition.regions[0]
    for names, source in sources.items():
        found = _SOURCES[source](phrasing, recognition)
        name = next((one for one in names.split("|") if takes is None or one in takes), None)
        if found is None:
            if name is not None and source == "END" and takes is not None and not takes[name].nullable:
                values[name] = named[name] = today.isoformat()
            continue
        if takes is not None and (source == "FACT" or (name is None and source in _WIDER.get(phrasing.question, ()))):
            continue
        if name is None:
            fault = Unread("", f"这个问题不能按“{found[1]}”限定。")
        else:
            values[name], named[name] = found
    return ReadAs(phrasing.question, values, named), fault


Found = tuple[str, str] | None


def _ref(concept: str, nth: int = 0) -> Callable[[Phrasing, Recognition], Found]:
    def take(phrasing: Phrasing, recognition: Recognition) -> Found:
        refs = list(
            dict.fromkeys(t.refs[0] for t in recognition.spans if t.refs and concept_of(t, phrasing) == concept)
        )
        return (refs[nth].id, refs[nth].name) if len(refs) > nth else None

    return take


def _document(phrasing: Phrasing, recognition: Recognition) -> Found:
    named = _ref(DOCUMENT)(phrasing, recognition)
    needed = any(THIS_PLAN in need for need in phrasing.needs)
    if named is None and needed and recognition.scope.document is not None:
        return recognition.scope.document.id, recognition.scope.document.name
    return named


def _at_hand(_: Phrasing, recognition: Recognition) -> Found:
    document = recognition.scope.document
    return (document.id, document.name) if document is not None else None


def _period(*, start: bool) -> Callable[[Phrasing, Recognition], Found]:
    def take(phrasing: Phrasing, recognition: Recognition) -> Found:
        periods = [t.period for t in recognition.spans if t.period is not None and concept_of(t, phrasing) == DAY]
        if not periods or (start and not periods[0].is_range):
            return None
        day = periods[0].start if start else periods[0].end
        return day, day

    return take


def _one_of(words: Mapping[str, str]) -> Callable[[Phrasing, Recognition], Found]:
    """The value of the word of ``words`` that the text contains; None if it contains none or several."""

    def take(phrasing: Phrasing, recognition: Recognition) -> Found:
        said = {
            words[c]: (t.start, t.end)
            for t in recognition.spans
            if (c := concept_of(t, phrasing)) is not None and c in words
        }
        if len(said) != 1:
            return None
        ((value, place),) = said.items()
        return value, recognition.text[slice(*place)]

    return take


def _relation(phrasing: Phrasing, recognition: Recognition) -> Found:
    """The relation that the text asks for; 引用 and 依据 mean any relation."""
    concepts = {concept_of(span, phrasing) for span in recognition.spans}
    return None if concepts & {"cite", "basis"} else _one_of({word: word for word in _RELATIONS})(phrasing, recognition)


def _without(phrasing: Phrasing, recognition: Recognition) -> Found:
    """Who is missing: in 没有责任单位 the responsible unit, in 没人管 anyone. A missing lead needs no value."""
    concepts = {concept_of(span, phrasing) for span in recognition.spans}
    if ("lead" in concepts and "resp" not in concepts) or not concepts & {"lead", "resp", "duty"}:
        return None
    value = "responsible" if "resp" in concepts and "lead" not in concepts else "anyone"
    return value, value


_SOURCES: Mapping[str, Callable[[Phrasing, Recognition], Found]] = {
    UNIT: _ref(UNIT),
    "OTHER": _ref(UNIT, 1),
    REGULATION: _ref(REGULATION),
    ITEM: _ref(ITEM),
    SECTION: _ref(SECTION),
    DOCUMENT: _document,
    "AT_HAND": _at_hand,
    DAY: _period(start=False),
    "END": _period(start=False),
    "START": _period(start=True),
    "ROLE": _one_of(_ROLES),
    "RELATION": _relation,
    "WITHOUT": _without,
    "FACT": _one_of(
        {"target": "target", "rate": "target", "due": "deadline", "when": "deadline", "expire": "deadline",
         "cite": "citation", "basis": "citation", "implements": "citation"}
    ),
}  # fmt: skip
