"""A record: what one file became, in one line of JSON, so that any machine can read it and another one store it.

1. The plan passes what a load demands: it is not empty, its words can be written, the gate finds every fact again.
2. Its rows are those that a load would write (`loaders.storing.rows`), without the time of the load.
3. The record names the file, the versions and the options that it was read with: of the same, a second run reads nothing.
4. ``hash`` is the SHA-256 of the line without it: a line that was cut or changed is known by it.

Example: ``plan_record("a/方案.txt", plan, None).line()`` ends with ``,"hash":"…"}`` and a line feed.

Left to others: where records are written (`loaders.mapping.outputs`), who reads the files (`loaders.mapping.folder`).
"""

import hashlib
from functools import cache
from importlib.metadata import version
from typing import Any

import msgspec

from graph.model import ParseOptions, Plan, to_json
from loaders.plan import PARSER_VERSION, VOCABULARY_VERSION
from loaders.storing.comparison import admitted
from loaders.storing.differences import NOTES
from loaders.storing.rows import plan_rows

RECORD_FORMAT = 1
_HASH = b',"hash":"'
_encode = msgspec.json.Encoder().encode


class RecordHead(msgspec.Struct, frozen=True, kw_only=True):
    """What a second run has to know of a record; the rest of the line is passed over."""

    format: int
    file: str
    file_sha256: str
    package_version: str
    parser_version: str
    vocabulary_version: str
    options: dict[str, str | None]


class PlanRecord(RecordHead, frozen=True, kw_only=True):
    """One plan, read; the large parts are JSON as it stands in the line.

    ``nodes`` are lists by label, ``relationships`` lists by type: the properties of each, and of a relationship the labels
    and ids of its ends (``from_label from to_label to``).
    """

    document: str
    plan: msgspec.Raw
    nodes: msgspec.Raw
    relationships: msgspec.Raw
    warnings: msgspec.Raw
    coverage: msgspec.Raw

    def line(self) -> bytes:
        """The record as a line of JSON, with its hash."""
        body = _encode(self)
        return body[:-1] + _HASH + hashlib.sha256(body).hexdigest().encode() + b'"}\n'


head_of = msgspec.json.Decoder(RecordHead).decode


def told_options(options: ParseOptions, encoding: str | None) -> dict[str, str | None]:
    """What the caller told the reader, as a record keeps it."""
    return {**to_json(options), "encoding": encoding}


@cache
def package_version() -> str:
    """The version of Zeren that is installed."""
    return version("zeren")


def record_key(file: str, file_sha256: str, options: dict[str, str | None], versions: tuple[str, ...]) -> bytes:
    """What makes a file one that need not be read again: its name, its bytes, how it is read, and by which versions."""
    return hashlib.sha256(_encode((file, file_sha256, sorted(options.items()), versions))).digest()


def key_now(file: str, file_sha256: str, options: dict[str, str | None]) -> bytes:
    """The key of a file as this version of Zeren would read it."""
    return record_key(file, file_sha256, options, (package_version(), PARSER_VERSION, VOCABULARY_VERSION))


def key_of(head: RecordHead) -> bytes:
    """The key of a record that stands in an output."""
    versions = (head.package_version, head.parser_version, head.vocabulary_version)
    return record_key(head.file, head.file_sha256, head.options, versions)


def plan_record(file: str, plan: Plan, encoding: str | None) -> PlanRecord:
    """The record of a plan that was read from ``file``. Raises EmptyPlan or UnreadableSource, as a load would."""
    plan = admitted(plan)
    rows = plan_rows(plan, now="")
    relationships: dict[str, list[dict[str, Any]]] = {}
    for one in rows.relationships.values():
        ends = {"from_label": one.from_label, "from": one.from_id, "to_label": one.to_label, "to": one.to_id}
        relationships.setdefault(one.type, []).append(ends | one.properties)
    nodes = {
        label: [{name: value for name, value in one.items() if name not in NOTES} for one in there.values()]
        for label, there in rows.nodes.items()
    }
    document = plan.document
    return PlanRecord(
        format=RECORD_FORMAT,
        file=file,
        file_sha256=document.file_sha256 or "",
        package_version=package_version(),
        parser_version=document.parser_version,
        vocabulary_version=document.vocabulary_version,
        options=told_options(document.options, encoding),
        document=document.id,
        plan=_raw(to_json(plan)),
        nodes=_raw(nodes),
        relationships=_raw(relationships),
        warnings=_raw(to_json(plan.warnings)),
        coverage=_raw(to_json(plan.coverage)),
    )


def is_whole(line: bytes) -> bool:
    """Whether the hash of a line is that of its words."""
    body, mark, rest = line.rstrip(b"\n").rpartition(_HASH)
    return bool(mark) and rest == hashlib.sha256(body + b"}").hexdigest().encode() + b'"}'


def _raw(value: Any) -> msgspec.Raw:
    return msgspec.Raw(_encode(value))
