"""The parameters of a question, taken from the pieces of the text that fits one of its ways of asking.

Example: of 法制办在2017年6月底以前得干完什么, read as tasks-due, unit is 娄底市:市政府法制办 and by is 2017-06-30.

Left to others: which way fits (`api.asking.phrasings`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.asking.dates import DAY
from api.asking.headings import ITEM, SECTION
from api.asking.phrasings import Way, load_ways, meant
from api.asking.recognise import Pieces
from api.asking.titles import DOCUMENT, REGULATION, THIS_PLAN
from api.asking.units import UNIT
from graph.store.catalogue import Param

Parameters = Mapping[str, Sequence[Param]]

_ROLES = {"lead": "lead", "resp": "responsible", "coop": "cooperating"}
# what a question need not take: without it the answer holds these rows and more; a kind of fact is no id of one
_WIDER = {
    "fact-evidence": ("ROLE", REGULATION),
    "inferred-facts": (ITEM,),
    "targets": (ITEM,),
    "items-without-own-date": (ITEM,),
    "working-day-deadlines": (ITEM,),
}
_RELATIONS = ("implements", "revises", "repeals")


@dataclass(frozen=True, slots=True)
class ReadAs:
    """A question with its parameters: ids, days, words of the contract; ``named`` holds what they are called."""

    question: str
    parameters: Mapping[str, str]
    named: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unread:
    """What stands in the way: the words at fault as they were typed (empty: the whole), and why, in Chinese."""

    words: str
    why: str


def bound(way: Way, pieces: Pieces, today: date, known: Parameters | None) -> tuple[ReadAs, Unread | None]:
    """The way's question with its parameters, and what the question cannot take of what the text says."""
    takes = None if known is None else {param.name: param for param in known[way.question]}
    values: dict[str, str] = {}
    named: dict[str, str] = {}
    fault = None
    sources = dict(load_ways().parameters[way.question])
    if pieces.scope.document is not None and not pieces.scope.only and not {ITEM, SECTION} & set(sources.values()):
        sources.setdefault("document", "AT_HAND")  # of several documents one is named
    for names, source in sources.items():
        found = _SOURCES[source](way, pieces)
        name = next((one for one in names.split("|") if takes is None or one in takes), None)
        if found is None:
            if name is not None and source == "END" and takes is not None and not takes[name].nullable:
                values[name] = named[name] = today.isoformat()
            continue
        if takes is not None and (source == "FACT" or (name is None and source in _WIDER.get(way.question, ()))):
            continue
        if name is None:
            fault = Unread("", f"这个问题不能按“{found[1]}”限定。")
        else:
            values[name], named[name] = found
    return ReadAs(way.question, values, named), fault


Found = tuple[str, str] | None


def _ref(concept: str, nth: int = 0) -> Callable[[Way, Pieces], Found]:
    def take(way: Way, pieces: Pieces) -> Found:
        refs = list(dict.fromkeys(t.refs[0] for t in pieces.tokens if t.refs and meant(t, way) == concept))
        return (refs[nth].id, refs[nth].name) if len(refs) > nth else None

    return take


def _document(way: Way, pieces: Pieces) -> Found:
    named = _ref(DOCUMENT)(way, pieces)
    needed = any(THIS_PLAN in need for need in way.needs)
    if named is None and needed and pieces.scope.document is not None:
        return pieces.scope.document.id, pieces.scope.document.name
    return named


def _at_hand(way: Way, pieces: Pieces) -> Found:
    document = pieces.scope.document
    return (document.id, document.name) if document is not None else None


def _period(*, start: bool) -> Callable[[Way, Pieces], Found]:
    def take(way: Way, pieces: Pieces) -> Found:
        periods = [t.period for t in pieces.tokens if t.period is not None and meant(t, way) == DAY]
        if not periods or (start and not periods[0].stretch):
            return None
        day = periods[0].start if start else periods[0].end
        return day, day

    return take


def _one_of(words: Mapping[str, str]) -> Callable[[Way, Pieces], Found]:
    """The value of the one word of the table that the text has; None for none or several."""

    def take(way: Way, pieces: Pieces) -> Found:
        said = {words[c]: (t.start, t.end) for t in pieces.tokens if (c := meant(t, way)) is not None and c in words}
        if len(said) != 1:
            return None
        ((value, place),) = said.items()
        return value, pieces.text[slice(*place)]

    return take


def _relation(way: Way, pieces: Pieces) -> Found:
    """The relation asked for; 引用 and 依据 mean any."""
    concepts = {meant(token, way) for token in pieces.tokens}
    return None if concepts & {"cite", "basis"} else _one_of({word: word for word in _RELATIONS})(way, pieces)


def _without(way: Way, pieces: Pieces) -> Found:
    """Whom an item has not: 没有责任单位 is said of bearers, 没人管 of bearers and leads alike; of leads nothing is said."""
    concepts = {meant(token, way) for token in pieces.tokens}
    if ("lead" in concepts and "resp" not in concepts) or not concepts & {"lead", "resp", "duty"}:
        return None
    value = "responsible" if "resp" in concepts and "lead" not in concepts else "anyone"
    return value, value


_SOURCES: Mapping[str, Callable[[Way, Pieces], Found]] = {
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
