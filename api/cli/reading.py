"""The card of a load in Chinese: what was read of a plan, each doubt with its first words, and what changed.

`card_lines` is the whole card of one plan, `card_line` one line of a plan among many.

Example: ``  职责  251：牵头 55、责任 196``.

Left to others: the card itself (`loaders.storing.card`), the plan in full (`api.cli.parse`).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from api.answers.chinese.labels import (
    CHANGE_WORDS,
    CORRECTED_WORDS,
    DIFFERS_WORDS,
    ROLE_WORDS,
    TIMING_WORDS,
    correction_in_words,
)
from api.cli.text import one_line

SHOWN = 10
"""So many items and duties that came or went are named."""

Json = Mapping[str, Any]


def signs_in_words(signs: Json) -> str:
    """The count of signs in the JSON of a coverage: ``142 处：读入 135，未读入 1，不是分工 6``."""
    other = sum(dismissed["count"] for dismissed in signs["dismissed"])
    return f"{signs['found']} 处：读入 {signs['taken']}，未读入 {signs['told']}，不是分工 {other}"


def card_lines(report: Json) -> Iterator[str]:
    """The card of one load, from the JSON of its report; nothing of a server that gives none."""
    card: Json | None = report.get("card")
    if card is None:
        return
    head = (card["reference_number"] or "没有文号", card["region"] or "地区不明")
    issued = f"{card['issued_on']} 印发" if card["issued_on"] else "印发日期不明"
    yield f"  标题  {card['title'] or '（无标题）'}"
    yield f"  文件  {' · '.join((*head, issued, *card['issuers']))}"
    yield from (f"  更正  {correction_in_words(fix)}" for fix in card["corrections"])
    yield f"  事项  {card['items']}（部分 {card['sections']}，单位 {card['units']}，引用 {card['citations']}）"
    yield f"  职责  {_counts(card['duties'], ROLE_WORDS)}"
    yield f"  时限  {_counts(card['times'], TIMING_WORDS)}"
    if coverage := report.get("coverage"):
        yield f"  读入 {coverage['taken']}/{coverage['characters']} 字；看来写明分工或时限的 {signs_in_words(coverage['signs'])}"
    for kind in card["warnings"]:
        yield f"  警告 {kind['code']}{_several(kind['count'], kind['words'])}"
    for kind in card["omissions"]:
        yield f"  {kind['what']}{_several(kind['count'], kind['places'])}"
    if changes := card["changes"]:
        yield from _changes(changes)


def card_line(card: Json) -> str:
    """One line: ``《临江市工作方案》 事项 12，职责 30（牵头 12、责任 18），未读入 1，警告 2``."""
    parts = [f"事项 {card['items']}", f"职责 {_counts(card['duties'], ROLE_WORDS, '（', '）')}"]
    parts += [f"未读入 {card['not_read']} 处"] if card["not_read"] else []
    left_out = sum(kind["count"] for kind in card["omissions"])
    parts += [f"文件里有 {left_out} 处没有读入"] if left_out else []
    warned = sum(kind["count"] for kind in card["warnings"])
    parts += [f"警告 {warned}"] if warned else []
    parts += ["人工更正"] if card["corrections"] else []
    parts += [_changed_counts(card["changes"]["counts"])] if card["changes"] else []
    return one_line(f"《{card['title'] or '无标题'}》 {'，'.join(filter(None, parts))}")


def _counts(counts: Mapping[str, int], words: Mapping[str, str], before: str = "：", behind: str = "") -> str:
    """``{"lead": 55, "responsible": 196}`` -> ``251：牵头 55、责任 196``."""
    named = "、".join(f"{words[key]} {count}" for key, count in counts.items() if count)
    return f"{sum(counts.values())}{before}{named}{behind}" if named else "0"


def _several(count: int, words: list[str]) -> str:
    said = "；".join(words) + ("；…" if count > len(words) > 0 else "")
    return f"{f'（{count} 处）' if count > 1 else ''}{f'：{said}' if said else ''}"


def _changed_counts(counts: Mapping[str, Mapping[str, int]]) -> str:
    """``事项新增 1、减少 0、变动 2，职责新增 3、减少 1、变动 0``; "" where all says the same."""
    said = []
    for kind, word in (("items", "事项"), ("duties", "职责")):
        if any(counts[kind].values()):
            said.append(word + "、".join(f"{CHANGE_WORDS[how]} {count}" for how, count in counts[kind].items()))
    return "，".join(said)


def _changes(changes: Json) -> Iterator[str]:
    """What came, went and says something else, at most `SHOWN` of each."""
    said = _changed_counts(changes["counts"])
    for row in changes["head"]:
        yield f"  {CORRECTED_WORDS[row['name']]}原为“{row['before'] or '没有'}”，现为“{row['now'] or '没有'}”"
    yield f"  与所替换的相比：{said or '事项和职责都没有变动'}"
    for kind in ("items", "duties"):
        for how, word in CHANGE_WORDS.items():
            rows = changes[kind][how]
            for row in rows[:SHOWN]:
                yield f"    {word} {_item(row) if kind == 'items' else _duty(row)}{_differs(row)}"
            if (count := changes["counts"][kind][how]) > SHOWN:
                yield f"    {word} …，其余 {count - min(SHOWN, len(rows))} 条"


def _item(row: Json) -> str:
    number = "" if row["number"] is None else f"第 {row['number']} 项"
    return f"事项 {number}“{row['heading']}”"


def _duty(row: Json) -> str:
    number = "整个文件" if row["item"] is None else row["item"] if row["number"] is None else f"第 {row['number']} 项"
    return f"职责 {number} {ROLE_WORDS[row['role']]} {row['as_written']}"


def _differs(row: Json) -> str:
    return f"（{'、'.join(_said_of(name, row) for name in row['differs'])}）" if row["differs"] else ""


def _said_of(name: str, row: Json) -> str:
    """A property that says something else; of a date both days, where the server tells them."""
    if name != "due_date" or "due_now" not in row:
        return DIFFERS_WORDS[name]
    return f"{DIFFERS_WORDS[name]} {row['due_before'] or '没有'} → {row['due_now'] or '没有'}"
