"""Contacts: names of contact persons, telephone numbers and mail addresses, which files do not carry unless asked for.

Each is replaced sign for sign, so that every place in a text keeps its offset.  The source text, the pages and the JSON of
the service keep the words as they are: there they are evidence, in a file that is passed on they are personal data.

>>> hidden("责任单位：市财政局，联系人：王五 0730-1234567。")
'责任单位：市财政局，联系人：＊＊ ＊＊＊＊＊＊＊＊＊＊＊＊。'

Left to others: whether they were asked for (``contacts=true``, ``--contacts``).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from api.export.dossier import Dossier, Sheet, SheetValue
from graph.findings import PlanRows

CONTACT = re.compile(
    r"""
    (?P<label>                                                      # 联系人及电话：
        (?: 联系人 | 联络员 | 联系方式 | 经办人 | (?: 联系 | 咨询 | 办公 | 值班 )? (?: 电话 | 手机 ) | 传真 | 电?子?邮箱 )
        (?: [及和、/] (?: 联系 )? (?: 电话 | 方式 | 手机 ) )? (?: 号码 )? [ ]? [:：] [ ]?
    )
    (?P<said> [^，,；;。\n()（）〔〕\[\]【】]{1,60} )                  # 王五、李四 13800000000
  | (?<! \d ) (?: 1[3-9]\d{9} | 0\d{2,3} [-－—]? \d{7,8} ) (?! \d )   # 13800000000 · 0730-1234567
  | [\w.+-]{1,40} @ [\w-]{1,40} (?: \. [\w-]{1,20} ){1,3}              # name@example.com
    """,
    re.VERBOSE,
)
_SIGN = re.compile(r"\S")


def hidden(words: str) -> str:
    """The words with ＊ for each sign of a contact."""
    return CONTACT.sub(_masked, words) if words else words


def _masked(match: re.Match[str]) -> str:
    label = match["label"] or ""
    return label + _SIGN.sub("＊", match[0][len(label) :])


def without_contacts(value: Any) -> Any:
    """Any value of an answer, every text in it with its contacts hidden."""
    if isinstance(value, str):
        return hidden(value)
    if isinstance(value, dict):
        return {key: without_contacts(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(without_contacts(part) for part in value)
    return value


def dossier_without_contacts(dossier: Dossier) -> Dossier:
    """A dossier with the contacts hidden in its sheets and in the texts that its report quotes."""
    plans: dict[int, PlanRows] = {}  # a plan has thousands of entries, and its text is long
    for entry in dossier.entries:
        if id(entry.plan) not in plans:
            plans[id(entry.plan)] = replace(entry.plan, text=hidden(entry.plan.text))
    return replace(
        dossier,
        sheets=[_sheet(sheet) for sheet in dossier.sheets],
        entries=[replace(entry, plan=plans[id(entry.plan)]) for entry in dossier.entries],
        answer=None if dossier.answer is None else _sheet(dossier.answer),
    )


def _sheet(sheet: Sheet) -> Sheet:
    rows: Sequence[Sequence[SheetValue]] = [tuple(map(without_contacts, row)) for row in sheet.rows]
    return replace(sheet, rows=rows)
