"""A plan as the store keeps it for another reading: its source text and the options it was read with.

Left to others: comparing a new reading with the store (`loaders.storing.check`), writing it (`loaders.storing.reread`).
"""

import json

from graph.model import ParseOptions, Table
from graph.store.contract import ReadTransaction
from loaders.files.omissions import FILE_CODES
from loaders.files.source import Note, Source, table_rows
from loaders.storing.rows import Properties


def stored_texts(reading: ReadTransaction, document: str) -> tuple[Properties, list[Properties]]:
    """The properties of a document and of its source texts; without the document, none."""
    documents = reading.rows("load/stored-node/document", {"ids": [document]})
    properties: Properties = documents[0]["properties"] if documents else {}
    tree = reading.rows("load/stored-tree", {"document": document})
    ids = [row["id"] for row in tree if row["label"] == "SourceText"]
    return properties, [row["properties"] for row in reading.rows("load/stored-node/source-text", {"ids": ids})]


def stored_source(properties: Properties, text: Properties) -> tuple[Source, ParseOptions]:
    """The source of the document, as it was given to the parser. Raises KeyError, TypeError or ValueError if what the store
    has cannot be read.
    """
    repairs = json.loads(text["repairs"])
    source = Source(
        text["text"],
        properties.get("source"),
        properties.get("file_sha256"),
        properties.get("encoding"),
        tuple((r["span"][0], r["span"][1]) for r in repairs if r["rule"] == "undecodable-bytes"),
        tuple(
            Table(t["name"], tuple(t["numbers"]), table_rows(t["rows"])) for t in json.loads(text.get("tables") or "[]")
        ),
        tuple(text.get("pages") or ()),
        tuple(
            Note(w["code"], w["message"], w.get("place"), w.get("words"))
            for w in json.loads(text["warnings"])
            if w["code"] in FILE_CODES
        ),
    )
    return source, _options(properties)


def _options(properties: Properties) -> ParseOptions:
    """The stored options. Up to parser version 7 a date of issue counted only where the text has none: it is left out where
    it did not count, so that another reading does not put it above the text.
    """
    kept: Properties = json.loads(properties["options"])
    if not isinstance(kept, dict):
        raise TypeError(f"options are {kept!r}")
    counted = "title" in kept or kept.get("issued_on") == properties.get("issued_on")
    return ParseOptions(**(kept if counted else kept | {"issued_on": None}))
