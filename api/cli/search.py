"""The command ``search``: what has the words, the closest first, each with its words in colour and its plan.

Example: ``search_command("放管服改革", {}, 20, "embedded:", as_json=False)``.

Left to others: the search itself (`api.answers.searching.search`).
"""

import json
from collections.abc import Mapping
from typing import Any

from rich.text import Text

from api.answers.chinese.labels import HIT_WORDS
from api.cli.backend import backend
from api.cli.output import terminal
from api.cli.text import one_line


def search_command(words: str, filters: Mapping[str, str], limit: int, url: str, *, as_json: bool) -> None:
    """Print the closest hits, and how many there are of each kind."""
    with backend(url) as store:
        found = store.search(words, filters, limit)
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    page = terminal()
    why = None
    for row in found["items"]:
        if row["why"] not in (None, why):
            page.print(Text(one_line(row["why"]), "dim"))
        why = row["why"]
        number = "" if row["number"] is None else f"第{row['number']}项 "
        page.print(Text.assemble((f"{HIT_WORDS[row['kind']]}  ", "dim"), (one_line(f"{number}{row['name']}"), "bold")))
        if row["evidence"] is not None or row["shown"] != row["name"]:
            page.print(Text("    ").append_text(_marked(row)))
        plans = "、".join(f"《{plan['title']}》" for plan in row["documents"])
        page.print(Text(one_line(f"    {row['id']}  {plans}{' 等' if row['more_documents'] else ''}"), "dim"))
    counts = "，".join(
        f"{HIT_WORDS[kind]} {'至少 ' if kind in found['at_least'] else ''}{count}"
        for kind, count in found["by_kind"].items()
        if count
    )
    total, least = found["total"]["value"], "至少 " if found["at_least"] else ""
    shown = f"，这里是最接近的 {len(found['items'])} 条" if total > len(found["items"]) else ""
    if least and not total:
        page.print(Text("这些词太常见，只看了最接近的一部分，其中没有合乎范围的；请多写几个字。", "dim"))
        return
    page.print(Text(f"{least}{total} 条（{counts}）{shown}" if total else "没有找到。", "dim"))


def _marked(row: Mapping[str, Any]) -> Text:
    """The words in colour. A line break is one character, so the places stay."""
    made = Text("".join(character if character.isprintable() else " " for character in row["shown"]))
    for start, end in row["highlights"]:
        made.stylize("bold yellow", start, end)
    return made
