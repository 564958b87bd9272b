"""What a text asks: the question of the library with its parameters, or why it is not understood.

Order of steps: reject a text that is blank or too long; find the document that it is about; recognise spans and choose the
cheapest cover; report what stays uncovered, what does not exist and what is ambiguous; match the phrasings; take the
parameters of the best match from the spans.  All of this is one read of the store.

Example: 法制办在2017年6月底以前得干完什么 is tasks-due with unit 娄底市:市政府法制办 and by 2017-06-30.

Left to others: asking the question (`api.asking.answer`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from api.answers.references import Narrow
from api.answers.remembered import Remembered
from api.asking.compose import ComposedQuestion, compose_question
from api.asking.covering import RecognisedSpan
from api.asking.expressed import conditions_of, is_narrower, is_same, question_of
from api.asking.grammar import ROLE_GROUPS
from api.asking.instead import Instead, body_at, proposals
from api.asking.parameters import Parameters, ReadAs, Unread, bind_parameters
from api.asking.phrasings import Phrasing, completions, match, near_matches
from api.asking.recognise import Recognition, recognise_spans
from api.asking.titles import THIS_PLAN
from api.asking.unit_names import BODY_ENDINGS, UNIT
from api.asking.vocabulary import FREE, load_vocabulary
from graph.conditions.query import leaves
from graph.store.contract import ReadTransaction

LONGEST = 300
OFFERED = 5
PROPOSED_FOR = 100  # characters of a text that is tried in other words
PROPOSALS = 4  # texts that are tried instead
CORRECTIONS = 6  # texts that are tried with one character replaced
_PLACE_ENDS = tuple("省市州盟县旗区")
_UNKNOWN = "不认识这个词，图谱里也没有叫这个的。"

# what people ask for, and the graph cannot tell
_REFUSED = {
    "undone": "图谱只记文件怎么写，没有完成情况的记录，不能说做没做完。",
    "judge": "图谱不作评价。",
    "change": "提问只读不写，不会改动图谱；载入和移除文件另有命令。",
    "after-change": "图谱里没有机构和文件以后变动的记录。",
    "two-cities": "还不能比较两地的文件。",
}


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question of the library (``read_as``), a composed one (``composed``), both if they ask the same, or ``unread``.

    ``alternatives`` may stand beside any.
    """

    read_as: ReadAs | None
    alternatives: Sequence[ReadAs] = ()
    unread: Sequence[Unread] = ()
    corrected: str | None = None  # the text with a mistyped character replaced, if that made it readable
    composed: ComposedQuestion | None = None
    places: Mapping[str, str] = field(default_factory=dict)  # of the units that it names, by their ids
    instead: Sequence[Instead] = ()  # texts that are understood, where this one is not

    @property
    def is_read(self) -> bool:
        return self.read_as is not None or self.composed is not None


def understand(
    reading: ReadTransaction, text: str, *, today: date, narrow: Narrow, known: Parameters | None = None
) -> Understanding:
    """What ``text`` asks on the day ``today``.

    ``known`` has the parameters of each question of the library by its name; without it, every phrasing may match.
    """
    if len(text) > LONGEST:
        return _not_understood(Unread("", f"问题太长，最多能读 {LONGEST} 个字；请写短一些。"))
    if not text.strip():
        return _not_understood(Unread("", "没有写问题。"))
    reading = Remembered(reading)
    recognition = recognise_spans(reading, text, today, narrow)
    found = _with_own_words(reading, _understood(recognition, today, known), known)
    if found.read_as is None and any(fault.why.startswith(_UNKNOWN[:-1]) for fault in found.unread):
        for other in _corrected(text, found.unread):
            again = _understand(reading, other, today, narrow, known)
            if again.read_as is not None:
                return replace(again, corrected=other)
    if found.is_read or len(text) > PROPOSED_FOR:
        return found
    unused = [(token.start, token.end) for token in compose_question(recognition, today).unused]
    tried = islice(proposals(reading, recognition, [*recognition.uncovered, *unused]), PROPOSALS)
    return replace(
        found, instead=[one for one in tried if _understand(reading, one.text, today, narrow, known).is_read]
    )


def _with_own_words(reading: ReadTransaction, found: Understanding, known: Parameters | None) -> Understanding:
    """第4项为什么2018年底到期, of an item that says so itself, asks for the words that say so."""
    asked = found.read_as
    item = asked.parameters.get("item") if asked is not None and asked.question == "items-without-own-date" else None
    if item is None or (known is not None and "fact-evidence" not in known):
        return found
    rows = reading.rows("read/items-with-ids", {"ids": [item]})
    if asked is None or not rows or rows[0]["due_basis"] not in ("item", "task"):
        return found
    clauses = reading.rows("read/item-deadlines", {"item": item})
    own = next((one for one in clauses if one["date"] == rows[0]["due_date"]), None)
    fact = {} if own is None else {"fact": own["id"]}
    words = {} if own is None else {"fact": "时限"}
    made = ReadAs("fact-evidence", {**asked.parameters, **fact}, {**asked.named, **words})
    return replace(found, read_as=made, composed=None)


def _corrected(text: str, faults: Sequence[Unread]) -> Iterator[str]:
    """The text with one character replaced by one that it is often confused with, in or beside an unknown word."""
    confused = load_vocabulary().confused
    tried = 0
    for fault in faults:
        at = text.find(fault.words)
        for place in range(max(0, at - 2), min(len(text), at + len(fault.words) + 2)):
            if text[place] in confused and tried < CORRECTIONS:
                tried += 1
                yield text[:place] + confused[text[place]] + text[place + 1 :]


def _understand(
    reading: ReadTransaction, text: str, today: date, narrow: Narrow, known: Parameters | None
) -> Understanding:
    return _understood(recognise_spans(reading, text, today, narrow), today, known)


def _understood(recognition: Recognition, today: date, known: Parameters | None) -> Understanding:
    found = _of_library(recognition, today, known)
    composed = compose_question(recognition, today)
    refs = (ref for span in recognition.spans if UNIT in span.concepts for ref in (*span.refs, *span.others))
    places = {ref.id: ref.region for ref in refs if ref.region}
    return replace(_preferred(found, composed, recognition, known), places=places)


def _preferred(
    found: Understanding, composed: ComposedQuestion, recognition: Recognition, known: Parameters | None
) -> Understanding:
    """The question of the library, if it asks for all that the composed one asks for; else the composed one."""
    asked = found.read_as
    of_roles = any("roles" in span.concepts for span in recognition.spans)  # 分牵头和责任两类
    if asked is not None and not of_roles and _contradicts(composed, asked):
        found, asked = Understanding(None, found.alternatives, [_no_phrasing(recognition)]), None
    if not composed.is_answerable:
        return found
    same = None
    if not composed.is_of_plans and composed.by is None and composed.shows != "regulations":
        named = {ref.id: ref.name for span in recognition.spans for ref in span.refs}
        same = _of_region(question_of(composed.places[0], named, known), composed.region)
    if asked is not None and not _asks_for_more(composed, asked):
        # a plan at hand, or a place, is a parameter of the question and no condition
        if (
            same is not None
            and same.question == asked.question
            and _without_scope(same).items() > _without_scope(asked).items()
        ):
            more = ReadAs(same.question, {**asked.parameters, **same.parameters}, {**asked.named, **same.named})
            return replace(found, read_as=more, composed=composed)
        return replace(found, composed=composed)
    return Understanding(same, found.alternatives, composed=composed)


def _contradicts(composed: ComposedQuestion, asked: ReadAs) -> bool:
    """Whether a question of units and roles passes over a role that the text gives a unit: 牵头且市税务局负责."""
    if asked.question not in ("unit-duties", "shared-items"):
        return False
    units = {asked.parameters.get("unit"), asked.parameters.get("other")}
    said = {
        leaf.condition.name
        for query in composed.places
        for leaf in leaves(query)
        if leaf.written.get("unit") in units and leaf.condition.name in ROLE_GROUPS
    } - {"bears"}
    return bool(said) and asked.parameters.get("role") not in said


def _of_region(asked: ReadAs | None, region: str | None) -> ReadAs | None:
    """The question, asked of a place."""
    if asked is None or region is None:
        return asked
    return ReadAs(asked.question, {"region": region, **asked.parameters}, {"region": region, **asked.named})


def _without_scope(asked: ReadAs) -> dict[str, str]:
    return {name: value for name, value in asked.parameters.items() if name not in ("document", "region")}


def _asks_for_more(composed: ComposedQuestion, asked: ReadAs) -> bool:
    """Whether a composed question has conditions, groups or columns that the question of the library has not."""
    same = conditions_of(asked)
    query = composed.places[0]
    counts = composed.by is not None or composed.shows == "regulations"
    if same is not None and (is_narrower(query, same) or (counts and is_same(query, same))):
        return True
    named = sum(1 for _ in leaves(query)) + composed.is_confined
    return composed.has_role and (named > 1 or counts)


def _of_library(recognition: Recognition, today: date, known: Parameters | None) -> Understanding:
    """The question of the library that a text asks."""
    faults = _faults(recognition)
    if faults:
        return Understanding(
            None,
            _offers(recognition, near_matches(recognition.normalised, _unambiguous(recognition)), today, known),
            faults,
        )
    if all(set(span.concepts) <= {FREE} for span in recognition.spans):
        return _not_understood(Unread("", "没有读出要问什么；请写出单位、事项、法规或日期，以及想知道什么。"))
    fits = match(recognition.normalised, recognition.spans)
    others = _offers(recognition, [*fits[1:], *near_matches(recognition.normalised, recognition.spans)], today, known)
    if not fits:
        hints = (
            others or _made(completions(recognition.normalised, recognition.spans), recognition, today, known)[:OFFERED]
        )
        return Understanding(None, hints, [_no_phrasing(recognition)])
    if known is not None and fits[0].question not in known:
        return Understanding(None, others, [Unread("", f"读作“{fits[0].question}”，但问题库里没有这个问题。")])
    made, fault = bind_parameters(fits[0], recognition, today, known)
    if fault is not None:
        return Understanding(None, others, [fault])
    return Understanding(made, [other for other in others if other != made])


def _not_understood(fault: Unread) -> Understanding:
    return Understanding(None, (), (fault,))


def _unambiguous(recognition: Recognition) -> list[RecognisedSpan]:
    return [span for span in recognition.spans if span.wrong is None and len(span.refs) < 2]


def _faults(recognition: Recognition) -> list[Unread]:
    """Everything in the text that is not understood."""
    faults = [_unknown(recognition, start, end) for start, end in recognition.uncovered]
    if len(recognition.regions) > 1:
        faults.append(Unread("、".join(recognition.regions), "一次只能问一个地方；请分开问，或者不写地方。"))
    for span in recognition.spans:
        words = recognition.text[span.start : span.end]
        if span.wrong is not None:
            faults.append(Unread(words, f"{span.wrong}。"))
        elif len(span.refs) > 1:
            names = "、".join(ref.id for ref in span.refs[:OFFERED]) + ("…" if len(span.refs) > OFFERED else "")
            faults.append(Unread(words, f"图谱里有 {len(span.refs)} 个（{names}）；请写明地区或文件。"))
        elif refused := next((c for c in span.concepts if c in _REFUSED), None):
            faults.append(Unread(words, _REFUSED[refused]))
        elif span.concepts[:1] == (THIS_PLAN,) and recognition.scope.document is None:
            faults.append(Unread(words, "图谱里有多份文件，或者一份也没有；请写明是哪一份（标题或文号）。"))
    return faults


def _unknown(recognition: Recognition, start: int, end: int) -> Unread:
    """An uncovered stretch, with a single covered character beside it that belongs to it: 预 and 算, 航天 and 局."""
    single = {span.start: span for span in recognition.spans if span.end == span.start + 1}
    body = end in single and recognition.normalised[end] in BODY_ENDINGS
    if body or (end == start + 1 and end in single):
        end += 1
    elif end == start + 1 and start - 1 in single:
        start -= 1
    if (place := body_at(recognition, start, end)) is not None:
        body, (start, end) = True, place
    why = f"{_UNKNOWN[:-1]}；文件里没有这个单位，或者写法不同。" if body else _UNKNOWN
    if not body and recognition.normalised[end : end + 1] in _PLACE_ENDS:
        place_name = recognition.text[start : end + 1]
        why += f"如果说的是“{place_name}”，载入的文件里没有这个地方。"
    return Unread(recognition.text[start:end], why)


def _no_phrasing(recognition: Recognition) -> Unread:
    said = [recognition.text[span.start : span.end] for span in recognition.spans if not set(span.concepts) <= {FREE}]
    return Unread("", f"认得其中的“{'、'.join(said)}”，但合起来不是库里的问题。")


def _offers(
    recognition: Recognition, phrasings: Sequence[Phrasing], today: date, known: Parameters | None
) -> list[ReadAs]:
    """Questions that the text might ask instead; first, the same question with another meaning of a name."""
    offers: list[ReadAs] = []
    for span in recognition.spans:
        for ref in (*span.others, *(span.refs if len(span.refs) > 1 else ())):
            meaning = [
                replace(t, refs=(ref,), others=(), wrong=None) if t.refs == span.refs else t for t in recognition.spans
            ]
            swapped = replace(recognition, spans=meaning)
            best = [] if _faults(swapped) else match(recognition.normalised, meaning)[:1]
            offers += _made(best, swapped, today, known)
    offers += _made(phrasings, replace(recognition, spans=_unambiguous(recognition)), today, known)
    return [offer for at, offer in enumerate(offers) if offer not in offers[:at]][:OFFERED]


def _made(
    phrasings: Sequence[Phrasing], recognition: Recognition, today: date, known: Parameters | None
) -> list[ReadAs]:
    """The phrasings whose question exists and has a parameter for everything that the spans name."""
    there = [phrasing for phrasing in phrasings if known is None or phrasing.question in known]
    return [
        made
        for made, fault in (bind_parameters(phrasing, recognition, today, known) for phrasing in there)
        if fault is None
    ]
