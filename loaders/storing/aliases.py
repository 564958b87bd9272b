"""Ids that a new reading of the same text changes: the old one leads to the item that stands at its place now.

Example: 0.1.0 read the first measure of a problem as ``…:s1.1-1``; it is ``…:s1-1.1`` now, and the old id answers with it.

Left to others: when a plan is written (`loaders.storing.load`), following an old id (`api.answers.references`).
"""

from graph.store.contract import WriteTransaction
from loaders.storing.differences import Differences


def note_aliases(writing: WriteTransaction, found: Differences, now: str) -> None:
    """Record where the items lead that are about to be removed, if other items are written at their places.

    Nothing is recorded where the text itself changed: its places say nothing then.
    """
    gone = [key for label, key in found.removed if label == "Item"]
    made = [properties for label, properties in found.created if label == "Item"]
    if not gone or not made or _another_text(found):
        return
    at = {(item.get("start"), item.get("number")): item["id"] for item in reversed(made)}
    rows = [row["properties"] for row in writing.rows("load/stored-node/item", {"ids": gone})]
    led = [
        {"id": item["id"], "target": at[place], "at": now}
        for item in rows
        if (place := (item.get("start"), item.get("number"))) in at
    ]
    if led:
        writing.rows("load/note-aliases", {"rows": led})


def _another_text(found: Differences) -> bool:
    created = any(label in ("Document", "SourceText") for label, _ in found.created)
    return created or any(label == "Document" and "text_sha256" in properties for label, _, properties in found.changed)
