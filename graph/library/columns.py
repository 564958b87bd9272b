"""The columns of flat rows, declared once: which columns belong together, and in which order.

Statements and steps give rows of scalars.  Columns of one object have its name as their prefix: ``item_number`` is the key
``number`` of ``item``.  A row that names an object has all columns of the object, side by side in the order of `OBJECTS`;
a statement may add more columns with the same prefix (``unit_kind``).

Example: ``(*ITEM, *SECTION, *DOCUMENT)`` is where a fact stands, ``(*DUE, "ongoing")`` when its item is due.

Left to others: the rows themselves (``cypher/``, the steps beside this module), nesting them (`api.answers.nesting`).
"""

from collections.abc import Mapping
from functools import cache

INFERRED = ("inferred", "rule", "because")
PLACE = ("text_sha256", "start", "end")
CLAUSE = ("clause_start", "clause_end")
EVIDENCE = (*PLACE, "quote", *CLAUSE)
ORDER = ("item_start", "fact_start")  # keys of document order, beside document_id and id

OBJECTS: Mapping[str, tuple[str, ...]] = {
    "unit": ("id", "name"),
    "regulation": ("id", "title"),
    "item": ("id", "number", "label", "heading", "part"),
    "section": ("id", "label", "title"),
    "document": ("id", "title"),
    "due": ("date", "precision", "basis"),
    "timing": ("kind", "reason", "start", "end", "quote"),
}
# a second fact of the row: it has a place of its own, in the same text
_OWN_PLACE = (*INFERRED, "start", "end", "quote", *CLAUSE)
SECOND_FACTS: Mapping[str, tuple[str, ...]] = {
    "other": ("id", "name", "role", "position", "as_written", "open_list", "collective", *_OWN_PLACE),
    "citation": ("id", "relation", "as_written", "task", *_OWN_PLACE),
}


def prefixed(name: str) -> tuple[str, ...]:
    """The columns of an object or of a second fact.

    >>> prefixed("document")
    ('document_id', 'document_title')
    """
    return tuple(f"{name}_{key}" for key in {**OBJECTS, **SECOND_FACTS}[name])


@cache
def owner_and_key(column: str) -> tuple[str, str]:
    """The object or second fact that a column belongs to, and its key there; for any other column ``""`` and the column.

    >>> owner_and_key("item_number"), owner_and_key("open_list")
    (('item', 'number'), ('', 'open_list'))
    """
    name, _, key = column.partition("_")
    owned = key and column not in ORDER and (name in OBJECTS or name in SECOND_FACTS)
    return (name, key) if owned else ("", column)


UNIT = prefixed("unit")
REGULATION = prefixed("regulation")
ITEM = prefixed("item")
SECTION = prefixed("section")
DOCUMENT = prefixed("document")
DUE = prefixed("due")
WHERE = (*ITEM, *SECTION, *DOCUMENT)
DUTY = ("role", "position", "as_written", "open_list", "collective", *UNIT)
