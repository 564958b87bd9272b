"""The grammar of a composed question: from its tokens to a query of conditions, and to what is wanted of the items.

Order of steps: filler is left out, the tokens are read from left to right, at each place by the first rule of `RULES` that
fits their letters (`api.asking.tokens.LETTERS`); a rule adds a condition, or says what is wanted; what no rule takes is
unused, and a question with an unused word is never answered.  At the end the lights get the day that no condition took.

Example: 市编办牵头的、2018年底前到期的有几项 is lead(市编办) and due-by(2018-12-31), and their number is wanted.

Left to others: the tokens (`api.asking.tokens`), which of several units of a name is meant (`api.asking.compose`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from api.asking.covering import EntityRef, Period
from api.asking.tokens import UNUSED, Token
from graph.conditions.query import And, Is, Not, Or, Query, all_hold, condition

ROLE_GROUPS = {
    "lead": "lead",
    "responsible": "responsible",
    "cooperating": "cooperating",
    "supervising": "supervising",
    "bears": "bearer",
}


@dataclass(frozen=True, slots=True)
class QueryAsked:
    """A query as a text asks it. ``names``: what stands in its values for a name that several things have.

    ``shows``: items, count, who, when or regulations; ``by``: what the items are counted by; ``unused``: the tokens that
    have no place in it.
    """

    query: And
    shows: str = "items"
    by: str | None = None
    names: Mapping[str, tuple[EntityRef, ...]] = field(default_factory=dict)
    unused: Sequence[Token] = ()
    has_role: bool = False  # whether it says in which role a unit stands


class Composer:
    """Gathers what the rules find."""

    def __init__(self, today: str) -> None:
        self.today = today
        self.parts: list[Query] = []
        self.shows = "items"
        self.by: str | None = None
        self.names: dict[str, tuple[EntityRef, ...]] = {}
        self.units: Sequence[Token] = ()  # the units named last, for 它 and for a role without a unit
        self.either = False  # the next condition is joined by or
        self.days: list[Token] = []  # days that no condition has taken
        self.has_light = False  # whether a light waits for its day
        self.unused: list[Token] = []
        self.has_role = False
        self.who: str | None = None  # the role of 谁牵头

    def add(self, *parts: Query) -> None:
        """Add conditions, all of which must hold."""
        if self.either and self.parts:
            known, made = self.parts.pop(), all_hold(parts)
            self.parts.append(Or((*known.parts, made) if isinstance(known, Or) else (known, made)))
        else:
            self.parts += parts
        self.either = False

    def value(self, token: Token) -> str:
        """What stands in a condition for a name: an id, or a key of `names` if several things have the name."""
        refs = token.span.refs if token.span is not None else ()
        if len(refs) == 1:
            return refs[0].id
        key = f"?{token.start}"
        self.names[key] = tuple(refs)
        return key

    def want(self, shows: str) -> None:
        if self.shows in ("items", "count"):
            self.shows = shows


@dataclass(frozen=True, slots=True)
class GrammarRule:
    """A rule of the grammar: letters of tokens, an example in Chinese, and what it adds."""

    letters: str
    example: str
    add: Callable[[Composer, Sequence[Token]], None]
    pattern: "re.Pattern[str]" = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pattern", re.compile(self.letters))


def _denied(tokens: Sequence[Token]) -> bool:
    return sum(token.letter == "N" for token in tokens) % 2 == 1


def _bears(composer: Composer, role: str, units: Sequence[Token], joins: str, *, denied: bool) -> None:
    """Units in a role: all of them, or one of them if the text says 或."""
    one_each: list[Query] = [condition(role, composer.value(unit)) for unit in units]
    if "O" in joins:
        either: Query = Or(tuple(one_each))
        composer.add(Not(either) if denied else either)
    else:
        composer.add(*(Not(one) if denied else one for one in one_each))


def _bearing(composer: Composer, tokens: Sequence[Token]) -> None:
    """由市财政局、市审计局共同负责; 它 and no unit at all mean the units named last."""
    units = [token for token in tokens if token.letter == "U"] or list(composer.units)
    role = next(token for token in reversed(tokens) if token.letter in "HVv") if tokens else None
    joins = "".join(token.letter for token in tokens)
    if role is not None and not units and composer.by == ROLE_GROUPS.get(role.value):
        return  # 各督导单位督导: the groups say who
    if role is None or not units:
        composer.unused += [token for token in tokens if token.letter not in "AB"]
        return
    composer.units = units
    composer.has_role = True
    shared = "F" in joins and len(units) > 1
    _bears(composer, role.value or "bears", units, "O" if shared else joins, denied=_denied(tokens))
    if shared:
        composer.by = ROLE_GROUPS.get(role.value)


def _alone(composer: Composer, tokens: Sequence[Token]) -> None:
    """A unit without a role: 市财政局2018年底前到期的事项."""
    composer.units = [token for token in tokens if token.letter == "U"]
    _bears(composer, "bears", composer.units, "".join(token.letter for token in tokens), denied=_denied(tokens))


def _who(composer: Composer, tokens: Sequence[Token]) -> None:
    """由谁牵头 shows the bearers of each item; 哪些单位牵头 counts the items of each unit."""
    asked = next((token for token in tokens if token.letter in "WE"), None)
    role = next((token.value for token in tokens if token.letter in "HV"), "")
    units = [token for token in tokens if token.letter == "U"]
    if units:
        composer.units = units
        _bears(composer, role, units, "", denied=False)
        composer.by = ROLE_GROUPS.get(role)
    elif (asked is not None and asked.value == "who") or role not in ROLE_GROUPS:
        composer.want("who")
        composer.who = ROLE_GROUPS.get(role)
    else:
        composer.by = ROLE_GROUPS[role]


def _period(token: Token) -> Period:
    assert token.span is not None
    assert token.span.period is not None
    return token.span.period


def _within(before: str, after: str, token: Token, *, later: bool) -> list[Query]:
    """A day as conditions: by a day, after it, or within a period."""
    period = _period(token)
    if later:
        return [condition(after, period.start)]
    return [*([condition(after, period.start)] if period.is_range else []), condition(before, period.end)]


def _dated(before: str, after: str) -> Callable[[Composer, Sequence[Token]], None]:
    def add(composer: Composer, tokens: Sequence[Token]) -> None:
        day = next(token for token in tokens if token.letter == "D")
        found = _within(before, after, day, later=any(token.letter == "M" for token in tokens))
        denied = _denied(tokens)
        composer.add(*([Not(all_hold(found))] if denied else found))

    return add


def _day(composer: Composer, tokens: Sequence[Token]) -> None:
    composer.days.append(tokens[0])


def _expired(composer: Composer, tokens: Sequence[Token]) -> None:
    """到期 without a day beside it: by the day that stands elsewhere, else by today."""
    word = tokens[0].value
    if word == "must":
        return
    if composer.days:
        composer.add(condition("due-by", _period(composer.days.pop()).end))
    elif word == "past":
        composer.add(condition("due-by", composer.today))
    else:
        composer.unused += tokens


def _light(composer: Composer, tokens: Sequence[Token]) -> None:
    composer.days += [token for token in tokens if token.letter == "D"]
    colour = next(token.value for token in tokens if token.letter == "L")
    composer.has_light = True
    composer.add(Not(condition("light", "red")) if colour == "not-red" else condition("light", colour))


def _phrase(composer: Composer, tokens: Sequence[Token]) -> None:
    """What a phrase of a card asks for; a period has both its ends."""
    asked = tokens[-1].asked
    assert asked is not None
    values = {}
    for name, taken in asked.card.takes.items():
        if name in asked.values:
            values[name] = asked.values[name]
        elif name in asked.spans:
            span = asked.spans[name]
            token = replace(tokens[-1], span=span)
            values[name] = _period(token).end if taken.kind == "day" else composer.value(token)
    made = Is(asked.card, values)
    composer.add(Not(made) if asked.denied else made)


def _cited_too(composer: Composer, tokens: Sequence[Token]) -> None:
    """引用《甲》和《乙》: what is said of the first is said of each; 或 says that one is enough."""
    asked = tokens[0].asked
    assert asked is not None
    if asked.card.name != "cites":
        _phrase(composer, tokens[:1])
        composer.unused += [token for token in tokens[1:] if token.letter == "r"]
        return
    first, *more = [replace(tokens[0], span=span) for span in asked.spans.values()]
    named = [first, *more, *(token for token in tokens if token.letter == "r")]
    found: list[Query] = [Is(asked.card, {**asked.values, "cites": composer.value(one)}) for one in named]
    made: Query = Or(tuple(found)) if any(token.letter == "O" for token in tokens) else all_hold(found)
    composer.add(Not(made) if asked.denied else made)


def _lead_and_responsible(composer: Composer, tokens: Sequence[Token]) -> None:
    """市发改委既是牵头单位又是责任单位: both are said of this unit, not of any lead."""
    asked = tokens[-1].asked
    assert asked is not None
    units = [token for token in tokens if token.letter == "U"]
    composer.units, composer.has_role = units, True
    found = all_hold([condition(role, composer.value(unit)) for role in ("lead", "responsible") for unit in units])
    composer.add(Not(found) if asked.denied else found)


def _group(composer: Composer, tokens: Sequence[Token]) -> None:
    composer.by = next(token.value for token in tokens if token.letter == "G")


def _plans(composer: Composer, tokens: Sequence[Token]) -> None:
    """哪些文件 at the beginning asks for the plans whose items are like what follows; behind, for what they produce or cite."""
    if composer.parts or composer.by is not None:
        composer.unused += tokens
    else:
        composer.by = "document"


def _each(composer: Composer, tokens: Sequence[Token]) -> None:
    role = next((token.value for token in tokens if token.letter in "HV"), "bears")
    composer.by = ROLE_GROUPS.get(role, "bearer")


def _wants(shows: str) -> Callable[[Composer, Sequence[Token]], None]:
    return lambda composer, _: composer.want(shows)


def _or(composer: Composer, _: Sequence[Token]) -> None:
    composer.either = True


def _nothing(_: Composer, __: Sequence[Token]) -> None:
    """A word that adds nothing."""


UNITS = "U(?:[AO&]+Y?U)*"
RULES = (
    GrammarRule(rf"(?:H[NI]*|V[NI]+)Y?{UNITS}", "责任单位里有市审计局、市税务局", _bearing),
    GrammarRule(rf"Y?WA{UNITS}B*I?[HV]", "谁和市编办共同牵头", _who),
    GrammarRule(r"Y?WI*[HV]Q?I*m|[HV]Q?I*mI*W?|H[IF]*WI*m", "谁督导的最多", _each),
    GrammarRule(r"HI*[Ww]|Y?I?W[BFIK]*[HV]|[HV]I*W", "由谁牵头", _who),
    GrammarRule(r"EA?F*[BIK]*[HV]", "各单位分别牵头", _each),
    GrammarRule(rf"N?Y?(?:{UNITS}|P)A?[BFIK]*N?[BFIK]*N?[HV]", "市财政局和市审计局都负责", _bearing),
    GrammarRule(rf"Y?{UNITS}[BFIK]*J", "市发改委既是牵头单位又是责任单位", _lead_and_responsible),
    GrammarRule(rf"N?v{UNITS}", "涉及市司法局", _bearing),
    GrammarRule(r"N?[BFIK]*N?[BIK]*[HV]", "但不负责", _bearing),
    GrammarRule(rf"N?{UNITS}", "市财政局", _alone),
    GrammarRule(r"bI*DN?M?X?|DM?bX?", "正文写明2018年前的", _dated("body-due-by", "body-due-after")),
    GrammarRule(r"DL|L", "截至2018年6月1日超期", _light),
    GrammarRule(r"xI*DM?X?|DM?I?N?[Xx]|DM", "2018年底前到期", _dated("due-by", "due-after")),
    GrammarRule(r"D", "截至2018年6月1日", _day),
    GrammarRule(r"X", "已到期", _expired),
    GrammarRule(r"C(?:[AO&]+r)+", "引用《湖南省行政程序规定》和《湖南省政府服务规定》", _cited_too),
    GrammarRule(r"[CJ]", "没有牵头单位", _phrase),
    GrammarRule(r"GF*", "各部分分别", _group),
    GrammarRule(r"c?R|cp", "引用了哪些法规", _wants("regulations")),
    GrammarRule(r"p", "哪些文件", _plans),
    GrammarRule(r"F*Q", "有几项", _wants("count")),
    GrammarRule(r"T", "何时到期", _wants("when")),
    GrammarRule(r"Y?I?W", "谁", _wants("who")),
    GrammarRule(r"O", "或者", _or),
    GrammarRule(r"[IwA&BF]", "和", _nothing),
)


def query_asked(tokens: Sequence[Token], today: str) -> QueryAsked:
    """The query that the tokens ask for on a day, as an ISO date; `QueryAsked.unused` is empty if every word is used."""
    said = [token for token in tokens if token.letter]
    letters = "".join(token.letter for token in said)
    composer = Composer(today)
    at = 0
    while at < len(letters):
        for rule in RULES:
            met = rule.pattern.match(letters, at)
            if met:
                rule.add(composer, said[at : met.end()])
                at = met.end()
                break
        else:
            composer.unused.append(said[at])
            at += 1
    return _finished(composer)


def _finished(composer: Composer) -> QueryAsked:
    """Give each light its day; a day that is left is a date by which items are due."""
    day = composer.today
    if composer.has_light and composer.days:
        day = _period(composer.days.pop(0)).end
    parts = [_lit(part, day) for part in composer.parts]
    for token in composer.days:
        parts += _within("due-by", "due-after", token, later=False)
    unique = tuple(part for at, part in enumerate(parts) if part not in parts[:at] and not _is_implied(part, parts))
    if not unique and composer.shows == "who":
        composer.by = composer.by or composer.who  # 谁督导 of all items: each with its number
    if composer.either:
        composer.unused.append(Token(UNUSED, 0, 0))
    return QueryAsked(And(unique), composer.shows, composer.by, composer.names, composer.unused, composer.has_role)


def _is_implied(part: Query, parts: Sequence[Query]) -> bool:
    """Whether a unit that only bears something stands in a role in another condition: 承担的责任事项."""
    return (
        isinstance(part, Is)
        and part.condition.name == "bears"
        and any(
            isinstance(one, Is)
            and one is not part
            and one.condition.name in ROLE_GROUPS
            and one.written == part.written
            and one.condition.name != "bears"
            for one in parts
        )
    )


def _lit(part: Query, day: str) -> Query:
    """A condition with the day of its lights."""
    match part:
        case Is(card, {"light": colour}):
            return condition(card.name, colour, day)
        case Not(Is() as denied):
            return Not(_lit(denied, day))
        case Or(parts):
            return Or(tuple(_lit(one, day) for one in parts))
    return part
