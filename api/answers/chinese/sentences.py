"""The answer about an item as one sentence in Chinese, in parts, so that a page can link the units in it.

Order of the sentence: who leads, who else bears it (the first by name, the rest as a number, collectives apart), until
when.  What is not stated is said as such: no lead is never left out.

Example: of item 20 ``由市编办、市政府法制办牵头，市委政法委等 4 个单位和 2 个统称责任，2018年底前完成。``

Left to others: the card that it is made from (`api.answers.objects`), the reasons for a date (`api.answers.due_reasons`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from api.answers.chinese.labels import ROLE_WORDS, date_in_words, without_date

NAMED = 3  # leads by name; of others the first

Part = dict[str, str]


def said_of_item(card: Mapping[str, Any]) -> list[Part]:
    """The sentence about an item's card in parts: ``text``, and ``unit`` with an id where the text is a name."""
    pieces: list[list[Part]] = []
    if card["leads"]:
        pieces.append([_text("由"), *_names(card["leads"], NAMED), _text("牵头")])
    else:
        pieces.append(_without_lead(card))
    for key in ("responsible", "cooperating", "supervising"):
        if card[key]:
            pieces.append([*_names(card[key], 1), _text(ROLE_WORDS[card[key][0]["role"]])])
    pieces.append(_until(card))
    parts: list[Part] = []
    for piece in (one for one in pieces if one):
        parts += [*([_text("，")] if parts else []), *piece]
    return [*parts, _text("。")]


def sentence_of(parts: Sequence[Part]) -> str:
    """The parts as one text."""
    return "".join(part["text"] for part in parts)


def _text(words: str) -> Part:
    return {"text": words}


def _names(duties: Sequence[Mapping[str, Any]], most: int) -> list[Part]:
    """市编办、市政府法制办 · 市发改委等 15 个单位和 2 个统称."""
    units = {duty["unit"]["id"]: duty for duty in duties}.values()
    named = [duty for duty in units if not duty["collective"]]
    loose = [duty for duty in units if duty["collective"]]
    shown = named if len(named) <= most else named[:1]
    parts: list[Part] = []
    for duty in shown:
        parts += [*([_text("、")] if parts else []), {"text": duty["unit"]["name"], "unit": duty["unit"]["id"]}]
    if len(shown) < len(named):
        parts.append(_text(f"等 {len(named)} 个单位"))
    if not named and len(loose) <= 2:
        for duty in loose:
            parts += [*([_text("、")] if parts else []), {"text": duty["unit"]["name"], "unit": duty["unit"]["id"]}]
    elif loose:
        parts.append(_text(f"{'和' if named else ''} {len(loose)} 个统称"))
    return parts


def _without_lead(card: Mapping[str, Any]) -> list[Part]:
    for above in card["by_parents"]:
        if above["leads"]:
            return [_text("按上级事项由"), *_names(above["leads"], NAMED), _text("牵头")]
    if any(part["leads"] for part in card["parts"]) or not card["queryable"]:
        return [_text("由谁牵头见各分项")]
    return [_text("没有写明牵头单位")]


def _until(card: Mapping[str, Any]) -> list[Part]:
    due = card["due"]
    if not due["date"]:
        if not card["queryable"]:
            return [_text("时限见各分项")]
        words, timing = without_date(card["timing"]), card["timing"] or {}  # a store of 0.1.0 has none
        if words == "无期限":
            return [_text("没有写明时限")]
        return [_text(f"时限写作“{words}”" if timing.get("quote") else f"时限：{words}")]
    holds = next((one for one in card["due_reason"]["weighed"] if one["outcome"] == "holds"), None)
    hedge = (holds or {}).get("hedge") or ""
    return [_text(f"{hedge}{date_in_words(due)}前完成"), *([_text("，其中有长期工作")] if card["ongoing"] else [])]
