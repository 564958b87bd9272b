"""What a text asks: the question of the library with its parameters, or why it cannot be read.

Order of steps: a text that is blank or too long goes back at once; the document at hand is found; pieces are recognised
and the cheapest covering is chosen; what nothing covers, what does not exist and what names several things is said; the
ways of asking are tried; the parameters of the best one are taken from the pieces.  Everything is one read of the store.

Example: 法制办在2017年6月底以前得干完什么 is tasks-due with unit 娄底市:市政府法制办 and by 2017-06-30.

Left to others: asking the question (`api.asking.answer`).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from api.asking.days import DAY, find_days
from api.asking.headings import ITEM, SECTION, Outline, find_headings, read_outline
from api.asking.names import UNIT, Scope, find_units, narrowed
from api.asking.titles import DOCUMENT, REGULATION, THIS_PLAN, find_titles
from api.asking.tokens import FILLER, WORD, Ref, Token, cover, even
from api.asking.ways import Way, attach, fitting, load_ways, meant, nearly
from api.asking.words import FREE, load_words
from api.references import Narrow, resolve
from graph.catalogue import Param
from graph.store import Reading

LONGEST = 300
OFFERED = 5
CORRECTIONS = 6  # readings of a text with one character changed
_UNKNOWN = "不认识这个词，图谱里也没有叫这个的。"
_RATE = re.compile(r"[\u4e00-\u9fff]{1,8}?率")
_ROLES = {"lead": "lead", "resp": "responsible", "coop": "cooperating"}
_RELATIONS = ("implements", "revises", "repeals")

Parameters = Mapping[str, Sequence[Param]]


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


@dataclass(frozen=True, slots=True)
class Understanding:
    """``read_as`` or ``unread``, never both; ``alternatives`` with either."""

    read_as: ReadAs | None
    alternatives: Sequence[ReadAs] = ()
    unread: Sequence[Unread] = ()
    corrected: str | None = None  # the text as it was read, where one character was taken for a slip


@dataclass(slots=True)
class _Pieces:
    """A text and the pieces that cover it."""

    text: str
    even: str
    scope: Scope
    tokens: list[Token] = field(default_factory=list)
    bare: list[tuple[int, int]] = field(default_factory=list)


def understand(
    reading: Reading, text: str, *, today: date, narrow: Narrow, known: Parameters | None = None
) -> Understanding:
    """What ``text`` asks on the day ``today``.

    ``known`` are the parameters of each question that there is, by its name; without it every question of the ways.
    """
    if len(text) > LONGEST:
        return _not(Unread("", f"问题有 {len(text)} 个字，最多能读 {LONGEST} 个字；请写短一些。"))
    if not text.strip():
        return _not(Unread("", "没有写问题。"))
    found = _understand(reading, text, today, narrow, known)
    if found.read_as is None and any(fault.why == _UNKNOWN for fault in found.unread):
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
    pieces = _pieces(reading, text, today, narrow)
    faults = _faults(pieces)
    if faults:
        return Understanding(None, _offers(pieces, nearly(pieces.even, _sound(pieces)), today, known), faults)
    if all(set(token.concepts) <= {FREE} for token in pieces.tokens):
        return _not(Unread("", "没有读出要问什么；请写出单位、事项、法规或日期，以及想知道什么。"))
    fits = [way for way in fitting(pieces.even, pieces.tokens) if known is None or way.question in known]
    read = [(way, *_bound(way, pieces, today, known)) for way in fits]
    good = [made for _, made, fault in read if fault is None]
    offers = _offers(pieces, nearly(pieces.even, pieces.tokens), today, known)
    if good:
        first, *others = good
        return Understanding(first, [*others, *(o for o in offers if o.question != first.question)][:OFFERED])
    if read:
        return Understanding(None, offers, [fault for _, _, fault in read[:1] if fault])
    return Understanding(None, offers, [_no_way(pieces, known)])


def _not(fault: Unread) -> Understanding:
    return Understanding(None, (), (fault,))


def _pieces(reading: Reading, text: str, today: date, narrow: Narrow) -> _Pieces:
    """The text covered by what is recognised in it."""
    made = even(text)
    words = load_words()
    scope = _scope(reading, narrow)
    spoken = frozenset(words.plain)
    tokens = [*words.find(made), *find_days(made, today)]
    titles = find_titles(reading, made, scope, spoken)
    named = next((t.refs[0] for t in titles if DOCUMENT in t.concepts and len(t.refs) == 1), None)
    if named is not None:
        scope = replace(scope, document=named)
    units = find_units(reading, made, scope, spoken - _names_too(words.plain))
    outline = read_outline(reading, scope)
    tokens += [*titles, *find_headings(made, outline), *_rates(made, outline, reading, scope)]
    units = [_of_place(unit, scope, made) for unit in units]
    tokens += [*units, *_places(made, units, scope)]
    chosen, bare = cover(made, _joined(tokens))
    return _Pieces(text, made, scope, attach(made, chosen), bare)


def _names_too(plain: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Words that a collective may be called by as well: 各县市区政府, 有关部门."""
    return frozenset(word for word, concepts in plain.items() if {"county", "collective"} & set(concepts))


def _scope(reading: Reading, narrow: Narrow) -> Scope:
    if narrow.document is not None:
        found = resolve(reading, "document", narrow.document, narrow)
        return Scope(Ref(found.id, found.name), False, narrow.region, narrow.default_region)
    rows = reading.rows("read/document-names", {"limit": 2})
    only = len(rows) == 1
    first = Ref(rows[0]["id"], rows[0]["name"] or "", rows[0]["region"]) if only else None
    return Scope(first, only, narrow.region, narrow.default_region)


def _of_place(unit: Token, scope: Scope, text: str) -> Token:
    """A unit's name that several places have: the one of the place that is spoken of."""
    spoken = [ref.region for ref in unit.refs if ref.region and (ref.region in text or ref.region[:-1] in text)]
    of_document = scope.document.region if scope.document else None
    return replace(unit, refs=narrowed(unit.refs, [scope.region, *spoken, of_document, scope.default_region]))


def _places(text: str, units: Sequence[Token], scope: Scope) -> list[Token]:
    """A place's name beside its unit, or where the graph knows no other place, says nothing more."""
    regions = {ref.region for unit in units if len(unit.refs) == 1 for ref in unit.refs}
    if scope.document is not None:
        regions.add(scope.document.region)
    tokens = []
    for region in filter(None, regions):
        for form in {region, region[:-1]}:
            if len(form) > 1:
                tokens += [
                    Token(met.start(), met.end(), (FREE,), FILLER) for met in re.finditer(re.escape(form), text)
                ]
    return tokens


def _rates(text: str, outline: Outline | None, reading: Reading, scope: Scope) -> list[Token]:
    """A rate that some item of the plan speaks of: 调解成功率."""
    if outline is None or scope.document is None:
        return []
    tokens = []
    for met in list(_RATE.finditer(text))[:3]:
        rows = _items_with(reading, scope.document.id, text[met.end() - 3 : met.end()])
        if rows and met.end() - met.start() >= 3:
            tokens.append(Token(met.end() - 3, met.end(), ("rate",), WORD))
            for start in range(met.start(), met.end() - 4):
                if rows & _items_with(reading, scope.document.id, text[start : met.end() - 3]):
                    tokens.append(Token(start, met.end(), ("rate",), WORD))
    return tokens


def _items_with(reading: Reading, document: str, words: str) -> set[str]:
    """The items of a document whose text has the words."""
    given = {"document": document, "section": None, "cites": None, "q": words, "due_before": None, "due_after": None}
    return {row["id"] for row in reading.rows("read/items", {**given, "after": None, "limit": 500})}


def _joined(tokens: Sequence[Token]) -> list[Token]:
    """A name and a word, or two names, at one place become one piece that may stand for either."""
    at: dict[tuple[int, int], Token] = {}
    for token in sorted(tokens, key=lambda token: (token.cost, not token.refs)):
        place = (token.start, token.end)
        known = at.get(place)
        if known is None:
            at[place] = token
        elif FREE in known.concepts and known.cost < token.cost:
            continue  # 没 at the end of a question says nothing
        elif known.wrong is None and token.wrong is None:
            concepts = tuple(dict.fromkeys((*known.concepts, *token.concepts)))
            at[place] = replace(
                known, concepts=concepts, refs=known.refs or token.refs, period=known.period or token.period
            )
    return list(at.values())


def _sound(pieces: _Pieces) -> list[Token]:
    return [token for token in pieces.tokens if token.wrong is None and len(token.refs) < 2]


_NO_RECORD = "图谱只记文件怎么写，没有完成情况的记录，不能说做没做完。"
_REFUSED = {
    "undone": _NO_RECORD,
    "judge": "图谱不作评价。",
    "change": "提问只读不写，不会改动图谱；载入和移除文件另有命令。",
    "after-change": "图谱里没有机构和文件以后变动的记录。",
    "two-cities": "还不能比较两地的文件。",
}


def _faults(pieces: _Pieces) -> list[Unread]:
    """Everything in the text that cannot be read."""
    faults = [Unread(pieces.text[start:end], _UNKNOWN) for start, end in pieces.bare]
    for token in pieces.tokens:
        words = pieces.text[token.start : token.end]
        if token.wrong is not None:
            faults.append(Unread(words, f"{token.wrong}。"))
        elif len(token.refs) > 1:
            names = "、".join(ref.id for ref in token.refs[:OFFERED])
            faults.append(Unread(words, f"图谱里有 {len(token.refs)} 个（{names}{'…' if len(token.refs) > OFFERED else ''}）；请写明地区或文件。"))  # fmt: skip
        elif refused := next((c for c in token.concepts if c in _REFUSED), None):
            faults.append(Unread(words, _REFUSED[refused]))
        elif token.concepts[:1] == (THIS_PLAN,) and pieces.scope.document is None:
            faults.append(Unread(words, "图谱里有多份文件，或者一份也没有；请写明是哪一份（标题或文号）。"))
    return faults


def _no_way(pieces: _Pieces, known: Parameters | None) -> Unread:
    missing = [way.question for way in fitting(pieces.even, pieces.tokens) if known is not None]
    if missing:
        return Unread("", f"读作“{missing[0]}”，但问题库里还没有这个问题。")
    said = [pieces.text[t.start : t.end] for t in pieces.tokens if not set(t.concepts) <= {FREE}]
    return Unread("", f"认得其中的“{'、'.join(said)}”，但合起来不是库里的问题。")


def _offers(pieces: _Pieces, ways: Sequence[Way], today: date, known: Parameters | None) -> list[ReadAs]:
    """What could be asked instead, with the parameters that the text gives; and the same with another meaning of a name."""
    offers: list[ReadAs] = []
    sound = replace_tokens(pieces, _sound(pieces))
    for way in ways:
        if known is None or way.question in known:
            made, fault = _bound(way, sound, today, known)
            if fault is None:
                offers.append(made)
    for token in pieces.tokens:
        for ref in (*token.others, *(token.refs if len(token.refs) > 1 else ())):
            other = replace(token, refs=(ref,), others=())
            swapped = replace_tokens(pieces, [other if one is token else one for one in pieces.tokens])
            for way in fitting(pieces.even, swapped.tokens)[:1] if not _faults(swapped) else ():
                made, fault = _bound(way, swapped, today, known)
                if fault is None and (known is None or way.question in known):
                    offers.insert(0, made)
    return offers[:OFFERED]


def replace_tokens(pieces: _Pieces, tokens: list[Token]) -> _Pieces:
    """The same text with other pieces."""
    return _Pieces(pieces.text, pieces.even, pieces.scope, tokens, pieces.bare)


def _bound(way: Way, pieces: _Pieces, today: date, known: Parameters | None) -> tuple[ReadAs, Unread | None]:
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
        if name is None:
            fault = Unread("", f"这个问题不能按“{found[1]}”限定。")
        else:
            values[name], named[name] = found
    return ReadAs(way.question, values, named), fault


Found = tuple[str, str] | None


def _ref(concept: str, nth: int = 0) -> Callable[[Way, _Pieces], Found]:
    def take(way: Way, pieces: _Pieces) -> Found:
        refs = list(dict.fromkeys(t.refs[0] for t in pieces.tokens if t.refs and meant(t, way) == concept))
        return (refs[nth].id, refs[nth].name) if len(refs) > nth else None

    return take


def _document(way: Way, pieces: _Pieces) -> Found:
    named = _ref(DOCUMENT)(way, pieces)
    needed = any(THIS_PLAN in need for need in way.needs)
    if named is None and needed and pieces.scope.document is not None:
        return pieces.scope.document.id, pieces.scope.document.name
    return named


def _at_hand(way: Way, pieces: _Pieces) -> Found:
    document = pieces.scope.document
    return (document.id, document.name) if document is not None else None


def _period(*, start: bool) -> Callable[[Way, _Pieces], Found]:
    def take(way: Way, pieces: _Pieces) -> Found:
        periods = [t.period for t in pieces.tokens if t.period is not None and meant(t, way) == DAY]
        if not periods or (start and not periods[0].stretch):
            return None
        day = periods[0].start if start else periods[0].end
        return day, day

    return take


def _one_of(words: Mapping[str, str]) -> Callable[[Way, _Pieces], Found]:
    """The value of the one word of the table that the text has; None for none or several."""

    def take(way: Way, pieces: _Pieces) -> Found:
        said = {words[c]: (t.start, t.end) for t in pieces.tokens if (c := meant(t, way)) is not None and c in words}
        if len(said) != 1:
            return None
        ((value, place),) = said.items()
        return value, pieces.text[slice(*place)]

    return take


def _relation(way: Way, pieces: _Pieces) -> Found:
    """The relation asked for; 引用 and 依据 mean any."""
    concepts = {meant(token, way) for token in pieces.tokens}
    return None if concepts & {"cite", "basis"} else _one_of({word: word for word in _RELATIONS})(way, pieces)


_SOURCES: Mapping[str, Callable[[Way, _Pieces], Found]] = {
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
    "FACT": _one_of(
        {"target": "target", "rate": "target", "due": "deadline", "when": "deadline", "expire": "deadline",
         "cite": "citation", "basis": "citation", "implements": "citation"}
    ),
}  # fmt: skip
