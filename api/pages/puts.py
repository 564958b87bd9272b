"""What the pages say of a row so that it can be put into the basket or noted: the kind and the id of what it is.

Example: ``put_of_row({"id": "甲:s1-1|lead|市编办|1"})`` is ``{"kind": "fact", "subject": "甲:s1-1|lead|市编办|1"}``.

Left to others: looking it up (`api.desk.pointing`), the buttons (``html/parts/marks.html``).
"""

import re
from collections.abc import Mapping
from typing import Any

from api.desk.baskets import subject_key
from api.desk.subjects import FINDING_SIGN, Subject

_NUMBERED = re.compile(r"-[dt]\d+$")
_OBJECTS = ("item", "unit", "regulation", "document")


def put_of_row(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """The kind and id of a row of an answer; of one without an id of its own, the place of its words; None without that."""
    key = str(row.get("id") or "")
    if FINDING_SIGN in key:
        return {"kind": "finding", "subject": key}
    if "|" in key or _NUMBERED.search(key):
        return {"kind": "fact", "subject": key}
    for kind in _OBJECTS:
        if key and (row.get(kind) or {}).get("id") == key:
            return {"kind": kind, "subject": key}
    proof = row.get("evidence") or {}
    if proof.get("span"):
        return {"kind": "place", "document": proof["document_id"], "start": proof["span"][0], "end": proof["span"][1]}
    return None


def key_of_put(put: Mapping[str, Any]) -> str:
    """The word by which a basket knows what ``put`` names (`api.desk.baskets.subject_key`)."""
    return subject_key(Subject(put["kind"], put.get("subject"), put.get("document"), put.get("start"), put.get("end")))
