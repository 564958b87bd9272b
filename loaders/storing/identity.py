"""Which stored plan a plan is: the same one, a new version of it, or another one that only looks like it.

1. An id that is stored with another text: other title or issuers are another plan. So are words of which less than half are
   the same, where the title alone gave the id or the caller did; with a number it is a new version.
2. A text that is stored under another id is the same plan. It replaces the stored one if that was corrected by an option which
   is given anew (``--region``).
3. So is a text whose items are word for word those of a stored one, under another title, where no number and no place tells them
   apart.
4. Whatever is in doubt is refused with both plans named; ``--id`` keeps both, ``--replace`` the new one.

Example: 长河市重点任务清单 of the water office and of the office of gardens have one title and no number; the second is refused.

Left to others: writing (`loaders.storing.load`), judgements on units (`loaders.storing.judgements`).
"""

import json
import re
from collections.abc import Sequence

from graph.errors import DocumentConflict
from graph.model import Document, Plan
from graph.names import fold
from graph.store.contract import ReadTransaction
from loaders.storing.rows import Properties, body_digest
from loaders.structure.corrections import CORRECTED

_SAME = 0.5  # of the sentences of the shorter text: a new version keeps most of them
_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,8}[:：]")
_END = re.compile(r"[\n\r\t。；;]+")
_NUMBER = re.compile(r"^[\W\d一二三四五六七八九十]+(?=[\u4e00-\u9fff])")
_LEAST = 4  # Chinese characters of a sentence that says what is done: not 一、任务


def conflicts(reading: ReadTransaction, plan: Plan, replace: bool) -> list[str]:
    """The ids of other documents that are this plan, which are replaced. Raises DocumentConflict unless ``replace``."""
    document = plan.document
    stored = reading.rows("load/stored-node/document", {"ids": [document.id]})
    there: Properties | None = stored[0]["properties"] if stored else None
    if there and not replace and there["text_sha256"] != document.text_sha256:
        _look_at_id(reading, there, plan)
    holders = reading.rows("load/documents-of-text", {"texts": [document.text_sha256]})
    others = [row["id"] for row in holders if row["id"] != document.id]
    if others and not replace:
        (first,) = reading.rows("load/stored-node/document", {"ids": others[:1]})
        if len(others) == 1 and _corrects_anew(first["properties"], document):
            return others
        raise DocumentConflict(
            f"this very text is already loaded as {', '.join(map(repr, others))}, {_told(first['properties'])}; now it came "
            f"as 《{document.title}》 with the id {document.id!r}. Load it with --id {others[0]}, or replace that document by "
            f"--replace.",
            others,
        )
    if others or there is not None or document.options.document_id:
        return others
    same = _of_same_body(reading, plan)
    if same and not replace:
        raise DocumentConflict(
            f"this is the same text, item by item, as {_told(same[0])}, stored as {same[0]['id']!r}; now it came as "
            f"《{document.title}》 with the id {document.id!r}, and no number tells them apart. Give it an id of its own by --id "
            f"to keep both, or --replace what is stored.",
            [one["id"] for one in same],
        )
    return [one["id"] for one in same]


def _corrects_anew(stored: Properties, document: Document) -> bool:
    """Whether a stored text was corrected by an option that is given again, with another value: the correction is redone."""
    corrected = {one["name"] for one in json.loads(stored.get("corrections") or "[]")}
    given = {name for name in CORRECTED if getattr(document.options, name) is not None}
    return document.options.document_id is None and bool(corrected & given)


def held(reading: ReadTransaction, plans: Sequence[Plan]) -> set[str]:
    """The ids of those plans whose document, text or items are stored."""
    ids = [plan.document.id for plan in plans]
    texts = [plan.document.text_sha256 for plan in plans]
    found = {row["id"] for row in reading.rows("load/stored-node/document", {"ids": ids})}
    of_text = {row["text_sha256"] for row in reading.rows("load/documents-of-text", {"texts": texts})}
    digests = [body_digest(plan) for plan in plans]
    of_body = _holders(reading, sorted({digest for digest in digests if digest}))
    return (
        found
        | {plan.document.id for plan in plans if plan.document.text_sha256 in of_text}
        | {
            plan.document.id
            for plan, digest in zip(plans, digests, strict=True)
            if _not_told_apart(of_body, plan.document, digest)
        }
    )


def marks_of(plan: Plan) -> tuple[set[str], set[str]]:
    """The marks of a plan that is not stored, see `marks`."""
    document = plan.document
    return marks(document.id, document.text_sha256, body_digest(plan), document.reference_number)


def marks(document: str, text: str, body: str | None, reference_number: str | None) -> tuple[set[str], set[str]]:
    """What makes a later plan of one batch one to look at by itself: the marks that it must not find, and those it leaves."""
    own = {document, text}
    if body is None:
        return own, own
    numbered = f"{body} numbered"  # two numbers tell two plans apart
    if reference_number:
        return own | {numbered}, own | {body}
    return own | {body}, own | {body, numbered}


def _look_at_id(reading: ReadTransaction, there: Properties, plan: Plan) -> None:
    document = plan.document
    same_title = fold(there["title"]) == fold(document.title)
    if not same_title or set(map(fold, there["issuers"])) != set(map(fold, document.issuers)):
        raise DocumentConflict(
            f"the id {document.id!r} belongs to {_told(there)}, of {'、'.join(there['issuers']) or '?'}; "
            f"this is 《{document.title}》 of {'、'.join(document.issuers) or '?'}. "
            f"Give it an id of its own by --id, or --replace what is stored.",
            [document.id],
        )
    if _is_another(reading, there, plan):
        raise DocumentConflict(
            f"{_told(there)} is stored as {document.id!r}; this is another text with that title (from "
            f"{document.source or '?'}), and no reference number tells them apart. Give it an id of its own by --id, or "
            f"--replace what is stored.",
            [document.id],
        )


def _told(there: Properties) -> str:
    return f"《{there['title']}》 (from {there.get('source') or '?'}, loaded {there.get('loaded_at') or '?'})"


def _is_another(reading: ReadTransaction, there: Properties, plan: Plan) -> bool:
    """Whether a plan is another one than the stored one with its id, not a new version of it: no number gave the id, and
    less than half of the sentences are the same.
    """
    document = plan.document
    if document.reference_number:
        return False
    stored = reading.rows("read/text", {"text_sha256": there["text_sha256"]})
    before, now = _sentences(stored[0]["text"] if stored else "", document), _sentences(plan.text, document)
    return len(before & now) < _SAME * min(len(before), len(now))


def _sentences(text: str, document: Document) -> set[str]:
    """The sentences of a text that say what is done, without their numbers. Titles, issuers and labels (牵头单位：市水利局) are
    alike in many plans.
    """
    head = {fold(document.title), *map(fold, document.issuers)}
    parts = {fold(part) for part in _END.split(text) if part.strip()} - head
    said = {_NUMBER.sub("", part) for part in parts if not _LABELLED.match(part)}
    return {part for part in said if len(part) > _LEAST} or said or parts


def _of_same_body(reading: ReadTransaction, plan: Plan) -> list[Properties]:
    """The documents with the very items of a plan that no number and no place tells apart from it."""
    digest = body_digest(plan)
    return _not_told_apart(_holders(reading, [digest] if digest else []), plan.document, digest)


def _not_told_apart(rows: Sequence[Properties], document: Document, digest: str | None) -> list[Properties]:
    return [
        row
        for row in rows
        if row["body_sha256"] == digest
        and row["id"] != document.id
        and not (row["reference_number"] and document.reference_number)
        and (not row["region"] or not document.region or row["region"] == document.region)
    ]


def _holders(reading: ReadTransaction, digests: Sequence[str]) -> list[Properties]:
    return reading.rows("load/documents-of-body", {"bodies": digests}) if digests else []
