"""The answer to a text: the envelope of the question it is read as, or an empty envelope that says why it is not understood.

Order of steps: the text is read (`api.asking.understand`); its question is asked like any question of the library
(`api.answers.questions.ask`); the envelope gets ``read_as``, ``alternatives``, ``said`` (how the text was read, or why
not, in one Chinese sentence) and ``unread`` (the words at fault).  If the question needs something that the text does not
name (which item is to be proved), the envelope has ``read_as`` and no rows, and says what is missing.

Example: ``answer_text(store, "法制办牵头哪些事项", page=PageRequest(), evidence=Evidence.REF)`` has 18 rows on the sample.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from api.answers.chinese.labels import chinese
from api.answers.left_out import kept_filters
from api.answers.nesting import Evidence, without_evidence
from api.answers.paging import PageRequest, one_page
from api.answers.questions import Answer, ask, card_of, columns, find, questions
from api.answers.references import ANYWHERE, Narrow
from api.asking.composed_answer import answer_composed, describe_asked
from api.asking.parameters import Parameters, ReadAs, Unread
from api.asking.understand import Understanding, understand
from graph.library.cards import load_cards, parameters_of
from graph.library.question import Clock
from graph.store.contract import ReadTransaction, Store

_CALLED = {
    "unit": "单位",
    "other": "另一单位",
    "regulation": "法规或文件",
    "item": "事项",
    "section": "部分",
    "document": "文件",
    "region": "地区",
    "light": "状态",
    "role": "角色",
    "relation": "关系",
    "without": "没有的",
    "fact": "要证明的",
    "from": "从",
    "to": "到",
    "by": "截至",
    "as_of": "截至",
}


@dataclass(frozen=True, slots=True)
class _Read:
    """How a text was understood, and the data version in which its names were looked up."""

    understood: Understanding
    data_version: str


def answer_text(
    store: Store,
    text: str,
    *,
    page: PageRequest,
    evidence: Evidence,
    narrow: Narrow = ANYWHERE,
    clock: Clock | None = None,
) -> Answer:
    """The envelope of the question that ``text`` asks, with ``read_as``, ``alternatives``, ``said`` and ``unread``.

    Raises what asking the question raises, and ParameterError for a cursor of another question.
    """
    hands = clock or Clock(date.today())
    known: Parameters = {name: parameters_of(query) for name, query in questions().items()}

    def work(reading: ReadTransaction) -> _Read:
        made = understand(reading, text, today=hands.today, narrow=narrow, known=known)
        return _Read(made, str(reading.data_version))

    read = store.read(work)
    understood = read.understood
    asked = understood.read_as
    missing = _missing(asked, known) if asked is not None else ()
    if asked is None and understood.composed is not None:
        return _composed(store, text, understood, page=page, evidence=evidence, narrow=narrow)
    if asked is None or missing:
        answer = Answer(_empty(read.data_version))
    else:
        answer = ask(store, asked.question, asked.parameters, page=page, evidence=evidence, narrow=narrow, clock=hands)
        answer.body["columns"] = without_evidence(columns(find(asked.question)), evidence)
        answer.body["headings"] = dict(card_of(asked.question).columns)
    unread = [*understood.unread, *missing]
    answer.body["query"] = None
    return _told(answer, understood, _said(text, understood, unread), unread, narrow)


def _composed(
    store: Store, text: str, understood: Understanding, *, page: PageRequest, evidence: Evidence, narrow: Narrow
) -> Answer:
    """The answer to a question that is none of the library but a query of conditions."""
    composed = understood.composed
    assert composed is not None
    answer = answer_composed(store, composed, page=page, evidence=evidence, narrow=narrow)
    plan = composed.document.name if composed.document is not None else narrow.document
    said = describe_asked(answer.body, composed, plan) + _slip(text, understood)
    return _told(answer, understood, said, (), narrow)


def _told(answer: Answer, understood: Understanding, said: str, unread: Sequence[Unread], narrow: Narrow) -> Answer:
    """The answer with how the text was read."""
    answer.body["read_as"] = _shown(understood.read_as)
    answer.body["read_parts"] = _parts(understood.read_as, understood.places) if understood.read_as else []
    answer.body["alternatives"] = [
        {**shown, "said": _phrase(one, understood.places), "url": address(one)}
        for one in understood.alternatives
        if (shown := _shown(one)) is not None
    ]
    answer.body["instead"] = [
        {"q": one.text, "said": one.why, "url": f"/v1/ask?{urlencode({'q': one.text, **kept_filters(given)})}"}
        for given in [{"document": narrow.document, **narrow.place}]
        for one in understood.instead
    ]
    answer.body["said"] = said
    answer.body["unread"] = [{"words": fault.words, "why": fault.why} for fault in unread]
    return answer


def address(asked: ReadAs) -> str:
    """The address of a question under ``/v1``."""
    query = urlencode(dict(asked.parameters))
    return f"/v1/questions/{quote(asked.question, safe='')}" + (f"?{query}" if query else "")


def _shown(asked: ReadAs | None) -> dict[str, Any] | None:
    return None if asked is None else {"question": asked.question, "parameters": dict(asked.parameters)}


def _missing(asked: ReadAs, known: Parameters) -> Sequence[Unread]:
    """The parameters that the question needs and the text does not name."""
    card = load_cards()[asked.question]
    return [
        Unread("", f"还要写明：{card.parameters[param.name]}。")
        for param in known[asked.question]
        if not param.nullable and param.name not in asked.parameters
    ]


def _empty(data_version: str) -> dict[str, Any]:
    return one_page([], data_version) | {"columns": [], "headings": {}}


def _said(text: str, understood: Understanding, unread: Sequence[Unread]) -> str:
    asked = understood.read_as
    faults = "".join(f"“{fault.words}”：{fault.why}" if fault.words else fault.why for fault in unread)
    if asked is None:
        return f"没有读懂。{faults}"
    return f"读作：{_phrase(asked, understood.places)}{_slip(text, understood)}" + (f" {faults}" if faults else "")


def _slip(text: str, understood: Understanding) -> str:
    """What was taken for what."""
    return f"（把“{text.strip()}”当作“{understood.corrected.strip()}”）" if understood.corrected else ""


def _phrase(asked: ReadAs, places: Mapping[str, str]) -> str:
    """某单位的全部职责有哪些？分牵头和责任。（单位：市政府法制办（娄底市）；角色：牵头）"""
    values = [f"{part['label']}：{part['value']}" for part in _parts(asked, places)]
    return card_of(asked.question).question + (f"（{'；'.join(values)}）" if values else "")


def _parts(asked: ReadAs, places: Mapping[str, str]) -> list[dict[str, str]]:
    """What a question was read to name, each with its word: 截至 2018-12-31."""
    return [
        {
            "name": name,
            "label": _CALLED.get(name, name),
            "value": _value(name, value, asked.named)
            + (f"（{places[value]}）" if name in ("unit", "other") and value in places else ""),
        }
        for name, value in asked.parameters.items()
    ]


def _value(name: str, value: str, named: Mapping[str, str]) -> str:
    if name in ("role", "relation", "fact", "without", "light"):
        return chinese(name, named.get(name, value) if name == "fact" else value)
    return f"《{named[name]}》" if name == "regulation" else named.get(name, value)
