"""What a text asks: the question of the library with its parameters, or why it cannot be read.

Order of steps: a text that is blank or too long goes back at once; the document at hand is found; pieces are recognised
and the cheapest covering is chosen; what nothing covers, what does not exist and what names several things is said; the
ways of asking are tried; the parameters of the best one are taken from the pieces.  Everything is one read of the store.

Example: 法制办在2017年6月底以前得干完什么 is tasks-due with unit 娄底市:市政府法制办 and by 2017-06-30.

Left to others: asking the question (`api.asking.answer`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from api.answers.references import Narrow
from api.asking.covering import Token
from api.asking.parameters import Parameters, ReadAs, Unread, bound
from api.asking.phrasings import Way, fitting, hinted, nearly
from api.asking.recognise import Pieces, find_pieces
from api.asking.titles import THIS_PLAN
from api.asking.units import BODY_ENDINGS
from api.asking.vocabulary import FREE, load_words
from graph.store.contract import Reading

LONGEST = 300
OFFERED = 5
CORRECTIONS = 6  # readings of a text with one character changed
_UNKNOWN = "不认识这个词，图谱里也没有叫这个的。"

# what the words say, and the graph cannot
_REFUSED = {
    "undone": "图谱只记文件怎么写，没有完成情况的记录，不能说做没做完。",
    "judge": "图谱不作评价。",
    "change": "提问只读不写，不会改动图谱；载入和移除文件另有命令。",
    "after-change": "图谱里没有机构和文件以后变动的记录。",
    "two-cities": "还不能比较两地的文件。",
}


@dataclass(frozen=True, slots=True)
class Understanding:
    """``read_as`` or ``unread``, never both; ``alternatives`` with either."""

    read_as: ReadAs | None
    alternatives: Sequence[ReadAs] = ()
    unread: Sequence[Unread] = ()
    corrected: str | None = None  # the text as it was read, where one character was taken for a slip


def understand(
    reading: Reading, text: str, *, today: date, narrow: Narrow, known: Parameters | None = None
) -> Understanding:
    """What ``text`` asks on the day ``today``.

    ``known`` are the parameters of each question that there is, by its name; without it every question of the ways.
    """
    if len(text) > LONGEST:
        return _not(Unread("", f"问题太长，最多能读 {LONGEST} 个字；请写短一些。"))
    if not text.strip():
        return _not(Unread("", "没有写问题。"))
    found = _understand(reading, text, today, narrow, known)
    if found.read_as is None and any(fault.why.startswith(_UNKNOWN[:-1]) for fault in found.unread):
        for other in _corrected(text, found.unread):
            again = _understand(reading, other, today, narrow, known)
            if again.read_as is not None:
                return replace(again, corrected=other)
    return found


def _corrected(text: str, faults: Sequence[Unread]) -> Iterator[str]:
    """The text with one character replaced by one that it is often typed for, in or beside what is not known."""
    confused = load_words().confused
    tried = 0
    for fault in faults:
        at = text.find(fault.words)
        for place in range(max(0, at - 2), min(len(text), at + len(fault.words) + 2)):
            if text[place] in confused and tried < CORRECTIONS:
                tried += 1
                yield text[:place] + confused[text[place]] + text[place + 1 :]


def _understand(reading: Reading, text: str, today: date, narrow: Narrow, known: Parameters | None) -> Understanding:
    pieces = find_pieces(reading, text, today, narrow)
    faults = _faults(pieces)
    if faults:
        return Understanding(None, _offers(pieces, nearly(pieces.even, _sound(pieces)), today, known), faults)
    if all(set(token.concepts) <= {FREE} for token in pieces.tokens):
        return _not(Unread("", "没有读出要问什么；请写出单位、事项、法规或日期，以及想知道什么。"))
    fits = fitting(pieces.even, pieces.tokens)
    others = _offers(pieces, [*fits[1:], *nearly(pieces.even, pieces.tokens)], today, known)
    if not fits:
        hints = others or _made(hinted(pieces.even, pieces.tokens), pieces, today, known)[:OFFERED]
        return Understanding(None, hints, [_no_way(pieces)])
    if known is not None and fits[0].question not in known:
        return Understanding(None, others, [Unread("", f"读作“{fits[0].question}”，但问题库里没有这个问题。")])
    made, fault = bound(fits[0], pieces, today, known)
    if fault is not None:
        return Understanding(None, others, [fault])
    return Understanding(made, [other for other in others if other != made])


def _not(fault: Unread) -> Understanding:
    return Understanding(None, (), (fault,))


def _sound(pieces: Pieces) -> list[Token]:
    return [token for token in pieces.tokens if token.wrong is None and len(token.refs) < 2]


def _faults(pieces: Pieces) -> list[Unread]:
    """Everything in the text that cannot be read."""
    faults = [_unknown(pieces, start, end) for start, end in pieces.bare]
    for token in pieces.tokens:
        words = pieces.text[token.start : token.end]
        if token.wrong is not None:
            faults.append(Unread(words, f"{token.wrong}。"))
        elif len(token.refs) > 1:
            names = "、".join(ref.id for ref in token.refs[:OFFERED]) + ("…" if len(token.refs) > OFFERED else "")
            faults.append(Unread(words, f"图谱里有 {len(token.refs)} 个（{names}）；请写明地区或文件。"))
        elif refused := next((c for c in token.concepts if c in _REFUSED), None):
            faults.append(Unread(words, _REFUSED[refused]))
        elif token.concepts[:1] == (THIS_PLAN,) and pieces.scope.document is None:
            faults.append(Unread(words, "图谱里有多份文件，或者一份也没有；请写明是哪一份（标题或文号）。"))
    return faults


def _unknown(pieces: Pieces, start: int, end: int) -> Unread:
    """What nothing covers, with the single character beside it that was taken for a word: 预 and 算, 航天 and 局."""
    single = {token.start: token for token in pieces.tokens if token.end == token.start + 1}
    body = end in single and pieces.even[end] in BODY_ENDINGS
    if body or (end == start + 1 and end in single):
        end += 1
    elif end == start + 1 and start - 1 in single:
        start -= 1
    why = f"{_UNKNOWN[:-1]}；文件里没有这个单位，或者写法不同。" if body else _UNKNOWN
    return Unread(pieces.text[start:end], why)


def _no_way(pieces: Pieces) -> Unread:
    said = [pieces.text[token.start : token.end] for token in pieces.tokens if not set(token.concepts) <= {FREE}]
    return Unread("", f"认得其中的“{'、'.join(said)}”，但合起来不是库里的问题。")


def _offers(pieces: Pieces, ways: Sequence[Way], today: date, known: Parameters | None) -> list[ReadAs]:
    """What could be asked instead with what the text gives; first, the same question with another meaning of a name."""
    offers: list[ReadAs] = []
    for token in pieces.tokens:
        for ref in (*token.others, *(token.refs if len(token.refs) > 1 else ())):
            meaning = [
                replace(t, refs=(ref,), others=(), wrong=None) if t.refs == token.refs else t for t in pieces.tokens
            ]
            swapped = replace(pieces, tokens=meaning)
            best = [] if _faults(swapped) else fitting(pieces.even, meaning)[:1]
            offers += _made(best, swapped, today, known)
    offers += _made(ways, replace(pieces, tokens=_sound(pieces)), today, known)
    return [offer for at, offer in enumerate(offers) if offer not in offers[:at]][:OFFERED]


def _made(ways: Sequence[Way], pieces: Pieces, today: date, known: Parameters | None) -> list[ReadAs]:
    """Those of the ways whose question there is and takes all that the pieces give."""
    there = [way for way in ways if known is None or way.question in known]
    return [made for made, fault in (bound(way, pieces, today, known) for way in there) if fault is None]
