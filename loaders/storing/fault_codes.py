"""What a check can find, each kind with its code and its sentence in Chinese.

Order of steps: `code_of_change` says of which kind a node or relationship is whose properties differ; `make_difference` makes the `Difference`
of any kind, with the sentence of `CODES`.

Example: ``make_difference("changed-place", "changed", document, "Item", id, what)`` has the message 位置（起止）与原文不符.

Left to others: finding them (`loaders.storing.check`, `loaders.storing.whole_store`), mending them (`loaders.storing.repair`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from graph.schema import NODE, RELATIONSHIP, NodeType, RelationshipType, misfit

Change: TypeAlias = Literal["added", "removed", "changed"]

CODES: Mapping[str, str] = {
    "missing-node": "原文写到的{kind}，库中没有",
    "missing-relationship": "原文写明的{kind}关系，库中没有",
    "added-node": "库中有这个{kind}，没有任何文件写到它",
    "orphan": "库中有这个{kind}，没有任何文件写到它，也没有与任何节点相连",
    "crude-node": "库中有这个{kind}，没有任何文件写到它，而且缺少必需的内容或类型不对",
    "nameless-node": "这个{kind}没有标识（id），或标识不是文字",
    "added-relationship": "库中有这条{kind}关系，原文没有这样写",
    "doubled-relationship": "同样两端之间的{kind}关系不止一条",
    "wrong-ends": "这条{kind}关系两端的类别不对",
    "unplanned-relationship": "{kind}关系不由任何文件产生，是另外加上的",
    "wrong-type": "这个{kind}的属性类型不对",
    "changed-value": "这个{kind}的内容与原文不符",
    "added-property": "这个{kind}多出了原文没有的属性",
    "missing-property": "这个{kind}少了原文写明的属性",
    "changed-place": "这个{kind}的位置（起止）与原文不符",
    "changed-order": "这个{kind}的排序键与原文不符",
    "changed-search": "这个{kind}的检索词与内容不符",
    "changed-count": "这个{kind}上记的数目与实际不符",
    "changed-queryable": "这个{kind}的“可查”标记与原文不符",
    "changed-note": "这个{kind}上记的读取情况与重新读取的不符",
    "text-missing": "这个文件没有原文",
    "texts-several": "这个文件有不止一份原文",
    "text-changed": "原文被改过：它的 sha256 与载入时不同",
    "options-unreadable": "这个文件的读取选项或修复记录已不能读出",
    "wrong-document-id": "由原文读出的标识不是这个文件的标识",
    "alias-nowhere": "旧标识指向的对象不存在",
    "judgement-wrong": "这条判断指向的不是两个单位，或者内容不全",
    "foreign-label": "不是本系统的标签，不进入任何回答，也不会被修复改动",
    "foreign-type": "不是本系统的关系类型，不进入任何回答，也不会被修复改动",
    "foreign-property": "不是本系统的属性，不进入任何回答，也不会被修复改动",
}
"""What is found → its sentence; ``{kind}`` is the Chinese name of the label or type."""

FOREIGN = frozenset(("foreign-label", "foreign-type", "foreign-property"))
"""What belongs to others: told, no difference."""

_OF_NAMES: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "changed-place",
        frozenset(("start", "end", "clause_start", "clause_end", "timing_start", "timing_end", "position")),
    ),
    ("changed-order", frozenset(("page",))),
    ("changed-search", frozenset(("search_text", "search_terms"))),
    ("changed-queryable", frozenset(("queryable",))),
    ("changed-note", frozenset(("warnings", "coverage", "repairs", "not_read", "options"))),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """``kind`` is the label or relationship type, ``id`` its id (or its two ends), ``what`` a sentence about it.

    ``code`` and ``message`` say of which kind it is (`CODES`), ``near`` what it hangs on; ``document`` is empty where no document has
    to do with it.
    """

    document: str
    change: Change
    kind: str
    id: str
    what: str
    code: str = ""
    message: str = ""
    near: tuple[str, ...] = ()


def make_difference(
    code: str, change: Change, document: str, kind: str, key: str, what: str, near: Iterable[Any] = ()
) -> Difference:
    """One difference, with the sentence of its code."""
    declared = declared_of(kind)
    message = CODES[code].format(kind=declared.chinese if declared else kind)
    return Difference(document, change, kind, key, what, code, message, tuple(str(n) for n in near if n is not None))


def declared_of(kind: str) -> NodeType | RelationshipType | None:
    """What the schema says of a label or relationship type; None for those of others."""
    return NODE.get(kind) or RELATIONSHIP.get(kind)


def code_of_change(kind: str, stored: Mapping[str, Any], wanted: Mapping[str, Any], names: Iterable[str]) -> str:
    """The code of a node or relationship of which the properties ``names`` differ."""
    differing = set(names)
    declared = declared_of(kind)
    if declared and misfit(
        declared, {name: stored[name] for name in differing & stored.keys() & declared.types.keys()}
    ):
        return "wrong-type"
    if all(name.startswith("count_") for name in differing):
        return "changed-count"
    for code, of_code in _OF_NAMES:
        if differing <= of_code:
            return code
    if differing.isdisjoint(stored):
        return "missing-property"
    return "added-property" if differing.isdisjoint(wanted) else "changed-value"
