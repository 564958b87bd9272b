"""The tokens of a composed question: names, days and phrases of the cards, the words of its grammar, filler, and the rest.

Order of steps: take the names and days that are recognised in the text (`api.asking.recognise`); find the phrases by which
people ask for a condition (`asked` in ``cypher/conditions/cards.yaml``), with such names and days in their places; find
the words of ``composing.yaml``; choose the cheapest cover. Each token has one letter, for the rules of
`api.asking.grammar`.

Example: 市编办牵头的、2018年底前到期的 is ``U V ~ & D X``: unit, role, filler, a mark, day, 到期的.

Left to others: what tokens mean together (`api.asking.grammar`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from api.asking.covering import FILLER, SLOT, WORD, RecognisedSpan, cover, is_punctuation, normalise
from api.asking.days import DAY
from api.asking.headings import SECTION
from api.asking.phrasings import ends_clause
from api.asking.recognise import Recognition
from api.asking.titles import DOCUMENT, REGULATION, THIS_PLAN
from api.asking.unit_names import UNIT
from api.asking.vocabulary import FREE, asking_yaml, load_vocabulary
from graph.conditions.cards import FINDING, AskedAs, Condition, load_conditions
from graph.findings import RULES
from graph.numerals import numeral

LETTERS: Mapping[str, str] = {
    "role-noun": "H", "role-verb": "V", "about": "v", "pronoun": "P", "denial": "N", "is": "I", "as": "K", "by": "Y",
    "and": "A", "or": "O", "both": "B", "each-of": "F", "who": "W", "which": "w", "each-unit": "E", "grouping": "G",
    "count": "Q", "when": "T", "regulations": "R", "plans": "p", "cites": "c", "expire": "X", "due-noun": "x", "after": "M",
    "body": "b", "light": "L", "most": "m",
}  # fmt: skip
FILLING = ("and-also", "affair", "grouped", "as-of")
UNIT_LETTER, DAY_LETTER, REGULATION_LETTER, PHRASE, MARK, UNUSED = "U", "D", "r", "C", "&", "?"
_PHRASES_OF_UNITS = {"lead-also-responsible": "J"}  # which say something of a unit that stands before them
_SLOTS = {DAY: "\ue001", REGULATION: "\ue002", SECTION: "\ue003"}
_SLOT_NAMES = {"day": DAY, "regulation": REGULATION, "section": SECTION}
_WORDS = r'(?:"(?P<words>[^"]{1,30})")'
_COUNT = r"(?P<count>[二两三四五六七八九十]|\d{1,2})"
_FINDINGS = f"(?P<{FINDING}>{'|'.join(re.escape(normalise(rule.title)) for rule in RULES)})"
_UNKNOWN = 60  # cost of a word that no part of the grammar has


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition that a phrase of a card asks for: with its values as typed, days and refs in the order of the card."""

    card: Condition
    values: Mapping[str, str]
    spans: Mapping[str, RecognisedSpan]
    denied: bool


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the text with its letter; ``value`` is what a word means, ``span`` what it names."""

    letter: str
    start: int
    end: int
    value: str = ""
    span: RecognisedSpan | None = None
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """The expressions of ``composing.yaml``: what they mean, by part."""

    parts: tuple[tuple[str, str, "re.Pattern[str]"], ...]
    refused: frozenset[str]


@cache
def _load_words() -> _Words:
    given = asking_yaml("composing")
    parts = []
    for part, words in given["parts"].items():
        for value, many in words.items() if isinstance(words, dict) else [("", words)]:
            longest_first = "|".join(f"(?:{one})" for one in sorted(many, key=len, reverse=True))
            parts.append((part, value, re.compile(longest_first)))
    return _Words(tuple(parts), frozenset(given["refused"]))


@cache
def _phrases() -> tuple[tuple[Condition, AskedAs, "re.Pattern[str]"], ...]:
    """Every expression of the cards, with a character for each thing that the question names."""
    slots = {name: f"(?P<{name}>{_SLOTS[concept]})" for name, concept in _SLOT_NAMES.items()}
    slots |= {"words": _WORDS, "count": _COUNT, FINDING: _FINDINGS}
    found = []
    for card in load_conditions().values():
        for asked in card.asked:
            words = asked.words
            for name, slot in slots.items():
                words = words.replace(f"{{{name}}}", slot)
            found.append((card, asked, re.compile(words)))
    return tuple(found)


def tokens_of(recognition: Recognition) -> list[Token]:
    """The tokens of a text in its order; what nothing explains is `UNUSED`."""
    text = recognition.normalised
    named = [span for span in recognition.spans if _letter_of(span) is not None]
    found: dict[tuple[int, int], Token] = {}
    places = [Token("", start, end, region) for start, end, region in recognition.places]
    for token in (*_of_words(text), *places, *_of_names(named), *_of_phrases(text, named)):
        found[token.start, token.end] = token  # a phrase before a name, a name before a word
    spans = [RecognisedSpan(token.start, token.end, cost=_cost(token)) for token in found.values()]
    chosen, uncovered = cover(text, spans)
    tokens = _whole_words(text, [found[span.start, span.end] for span in chosen])
    tokens += [Token(UNUSED, start, end) for start, end in uncovered]
    marks = [
        Token(MARK, at, at + 1)
        for at, one in enumerate(text)
        if is_punctuation(one) and ends_clause(one) and not any(t.start <= at < t.end for t in tokens)
    ]
    return sorted((*tokens, *marks), key=lambda token: token.start)


def _whole_words(text: str, tokens: Sequence[Token]) -> list[Token]:
    """The tokens; characters of filler that make one known word are that word, which has no part: 部 and 分 are 部分."""
    kept = list(tokens)
    for span in load_vocabulary().find(text):
        if FREE in span.concepts or THIS_PLAN in span.concepts:
            continue
        within = [token for token in kept if span.start <= token.start and token.end <= span.end]
        covered = sum(token.end - token.start for token in within) == span.end - span.start
        if len(within) > 1 and covered and not any(token.letter or token.value for token in within):
            kept = [token for token in kept if token not in within]
            kept.append(Token(UNUSED, span.start, span.end))
    return kept


def _cost(token: Token) -> int:
    if token.letter == UNUSED and not token.value:
        return _UNKNOWN
    if token.asked is not None or token.letter in (UNIT_LETTER, DAY_LETTER, REGULATION_LETTER):
        return SLOT
    return FILLER if token.letter == "" else WORD


def _letter_of(span: RecognisedSpan) -> str | None:
    """The letter of a name or a day; None for a word."""
    if DOCUMENT in span.concepts and not {UNIT, DAY} & set(span.concepts):
        return ""
    for concept, letter in ((UNIT, UNIT_LETTER), (DAY, DAY_LETTER), (REGULATION, REGULATION_LETTER)):
        if concept in span.concepts:
            return letter
    return UNUSED if SECTION in span.concepts or span.refs or span.wrong else None


def _of_names(named: Sequence[RecognisedSpan]) -> Iterator[Token]:
    for span in named:
        letter = UNUSED if span.wrong is not None else _letter_of(span) or ""
        yield Token(letter, span.start, span.end, "", span)


def _of_words(text: str) -> Iterator[Token]:
    words = _load_words()
    for span in load_vocabulary().find(text):
        stretch = text[span.start : span.end]
        if stretch in words.refused:
            yield Token(UNUSED, span.start, span.end, "refused")
        else:
            skipped = FREE in span.concepts or THIS_PLAN in span.concepts
            yield Token("" if skipped else UNUSED, span.start, span.end)
    for part, value, expression in words.parts:
        for at in range(len(text)):
            met = expression.match(text, at)
            if met and met.end() > at and text[at : met.end()] not in words.refused:
                yield Token(LETTERS.get(part, ""), at, met.end(), value)


def _of_phrases(text: str, named: Sequence[RecognisedSpan]) -> Iterator[Token]:
    """The phrases of the cards. Each name is one character while they are looked for."""
    encoded, places, known = _encoded(text, named)
    for card, asked, expression in _phrases():
        for met in expression.finditer(encoded):
            if met.end() == met.start():
                continue
            values, spans = dict(asked.means), {}
            groups = met.groupdict()
            for parameter, taken in card.takes.items():
                kind = taken.kind
                if kind in _SLOT_NAMES and groups.get(kind):
                    spans[parameter] = known[met.start(kind)]
                elif kind == "count" and groups.get("count"):
                    figure = groups["count"].replace("两", "二")
                    values[parameter] = figure if figure.isdigit() else str(numeral(figure))
                elif kind == "words" and groups.get("words"):
                    values[parameter] = groups["words"]
                elif groups.get(FINDING):
                    values[parameter] = next(rule.id for rule in RULES if normalise(rule.title) == groups[FINDING])
            found = Asked(card, values, spans, bool(groups.get("no")))
            letter = _PHRASES_OF_UNITS.get(card.name, PHRASE)
            yield Token(letter, places[met.start()], places[met.end()], asked=found)


def _encoded(text: str, named: Sequence[RecognisedSpan]) -> tuple[str, list[int], dict[int, RecognisedSpan]]:
    """The text with one character for each name, the place in ``text`` of each character, and the names by place."""
    made, places, known = "", [], {}
    at = 0
    slots = {span.start: (span, slot) for span in named for concept, slot in _SLOTS.items() if concept in span.concepts}
    while at < len(text):
        places.append(at)
        if at in slots and slots[at][0].wrong is None:
            span, slot = slots[at]
            known[len(made)] = span
            made += slot
            at = span.end
        else:
            made += text[at]
            at += 1
    return made, [*places, len(text)], known
