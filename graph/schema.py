"""The schema of the graph, declared once: labels, relationship types, their properties and indexes.

The docs, the checks before writing and the comparison after migrations all derive from `NODES` and `RELATIONSHIPS`; the
statements under ``cypher/schema/`` say the same in the languages of the engines, and a test compares the two.

Stored properties are flat: a place is ``start``/``end`` (and ``clause_start``/``clause_end``), an effective date
``due_date``/``due_precision``/``due_basis``, a target ``target_name`` … ``target_comparison``.  ``because`` is a flat
list of starts and ends.  A property without a value is absent, never null.

Example: ``NODE["Unit"].key`` is ``id``; ``RELATIONSHIP["LEADS"].ends`` is Unit → Item and Unit → Document.

Left to others: writing rows (`loaders.storing.load`), applying the schema (`graph.store.migrations`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any


class Type(StrEnum):
    """The type of a property. ``json`` is a string that contains JSON."""

    STRING = "string"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    STRINGS = "list of strings"
    INTEGERS = "list of integers"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Property:
    """``unique``: no two nodes share a value; ``range``: an index for equality, order and prefix; ``full_text``: the
    name of the index.
    """

    name: str
    type: Type
    chinese: str
    description: str
    unique: bool = False
    range: bool = False
    full_text: str | None = None


class KeptWhile(StrEnum):
    """How long a node stays in the store."""

    STATED = "while its document states it"
    REFERRED = "while anything refers to it"
    ALWAYS = "for good"


class End(StrEnum):
    FROM = "from"
    TO = "to"


@dataclass(frozen=True)
class NodeType:
    """``kept``: how long a node stays in the store. ``shared``: several documents may describe the same node."""

    label: str
    chinese: str
    description: str
    properties: tuple[Property, ...]
    kept: KeptWhile = KeptWhile.ALWAYS
    shared: bool = False

    @property
    def key(self) -> str:
        """The property by which a node is found and merged."""
        return next(p.name for p in self.properties if p.unique)

    @cached_property
    def types(self) -> Mapping[str, Type]:
        return {p.name: p.type for p in self.properties}

    @cached_property
    def met(self) -> "dict[tuple[Any, ...], tuple[str, ...]]":
        """What `misfit` remembers."""
        return {}


@dataclass(frozen=True)
class RelationshipType:
    """``ends`` are the allowed pairs of labels. A type with an ``id`` is merged by it, any other type by its two ends.

    ``few``: the end at which a node has few relationships of this type (an item has a few bearers, a unit thousands of
    duties); statements that merge or remove one search from that end. None: no plan states this type.
    """

    type: str
    chinese: str
    description: str
    ends: tuple[tuple[str, str], ...]
    properties: tuple[Property, ...] = ()
    few: End | None = None

    @cached_property
    def has_id(self) -> bool:
        return any(p.name == "id" for p in self.properties)

    @cached_property
    def types(self) -> Mapping[str, Type]:
        return {p.name: p.type for p in self.properties}

    @cached_property
    def met(self) -> "dict[tuple[Any, ...], tuple[str, ...]]":
        """What `misfit` remembers."""
        return {}


S, I, F, B, SS, II, J = Type  # noqa: E741 - the columns of the tables below


def _p(name: str, kind: Type, chinese: str, description: str, *, range: bool = False) -> Property:
    return Property(name, kind, chinese, description, range=range)


def _id(description: str, name: str = "id") -> Property:
    return Property(name, S, "标识", description, unique=True)


def _searched(index: str, fields: str) -> tuple[Property, Property]:
    return (
        _p("search_text", S, "检索文本", f"{fields} in the form that is searched, a line each"),
        Property("search_terms", S, "检索词", "every character and pair of neighbours of search_text", full_text=index),
    )


_PLACE = (
    _p("start", I, "起", "start of the place in the source text, in code points"),
    _p("end", I, "止", "end of the place, exclusive"),
)
_INFERRED = (
    _p("inferred", B, "推断", "true: a rule added it; false: the text states it"),
    _p("rule", S, "规则", "the rule that took or added it"),
    _p("because", II, "依据位置", "the places it rests on: start, end, start, end …"),
)
_EVIDENCE = (
    *_PLACE,
    _p("quote", S, "原文", "the words at start–end"),
    _p("clause_start", I, "依据句起", "start of the clause that gives the role or relation"),
    _p("clause_end", I, "依据句止", "end of that clause, exclusive"),
    *_INFERRED,
)
_AS_WRITTEN = _p("as_written", S, "原文写法", "the name as the text writes it")
_POSITION = _p("position", I, "序位", "rank among siblings, 1 = first")
_PAGE = _p(
    "page",
    S,
    "页序",
    "its unit or instrument, then document, place of the item, its place and id: the order of lists",
    range=True,
)
_FACT_ID = _id("<item or document>|<role or relation>|<folded unit or title>|<n-th mention>")

_COUNTED = (
    ("sections", "部分数", "sections"),
    ("items", "事项数", "items at the top"),
    ("lead", "牵头数", "leads of items"),
    ("responsible", "责任数", "responsible units of items"),
    ("cooperating", "配合数", "cooperating units of items"),
    ("supervising", "督导数", "supervising units of items"),
    ("citations", "引用数", "citations of items"),
    ("document_duties", "整体职责数", "duties as a whole, of no item"),
)

NODES: tuple[NodeType, ...] = (
    NodeType(
        "Document",
        "文件",
        "A plan as it was issued.",
        (
            _id("<region>-<reference number>, else region, short title, year"),
            _p("title", S, "标题", "the plan's own title", range=True),
            _p("reference_number", S, "文号", "as repaired", range=True),
            _p("issuers", SS, "发文机关", "in the order of the head"),
            _p("region", S, "地区", "the place it is of; 全国 for a national one", range=True),
            _p("issued_on", S, "印发日期", "ISO date, as precise as the caller or the text says"),
            _p("kind", S, "文种", "实施方案, 责任分工方案, 若干措施 …"),
            _p("source", S, "来源", "name of the file it was read from"),
            _p("file_sha256", S, "文件摘要", "sha256 of the file's bytes"),
            _p("encoding", S, "编码", "encoding of the file"),
            _p("text_sha256", S, "原文摘要", "sha256 of the source text; id of its SourceText"),
            _p("body_sha256", S, "条文摘要", "sha256 of its items, from the first to the last", range=True),
            *_PLACE,
            _p("options", J, "解析选项", "what the caller told the parser, so that a check can repeat the parse"),
            _p("corrections", J, "人工更正", "what a person gave against the text: name, given, stated, span, quote"),
            _p("parser_version", S, "解析器版本", "version of the rules that read it"),
            _p("vocabulary_version", S, "词表版本", "version of the vocabulary it was read with"),
            _p("not_read", I, "未读入", "how many places look like assignments or times and were not read"),
            _p("loaded_at", S, "载入时间", "ISO time of the load that last changed it"),
            *(_p(f"count_{name}", I, chinese, f"how many {what} it has") for name, chinese, what in _COUNTED),
            *_searched("document_search", "title and reference number"),
        ),
        KeptWhile.STATED,
    ),
    NodeType(
        "SourceText",
        "原文",
        "The text every place of its documents counts in; apart from Document, for its size.",
        (
            _id("sha256 of the text, UTF-8"),
            _p("text", S, "原文", "the decoded text, untouched"),
            _p("repairs", J, "修复", "losses made good: rule, original, repaired, span"),
            _p("warnings", J, "提示", "what is in doubt or left out: code, message, span, place, words"),
            _p("coverage", J, "覆盖", "characters, taken, and what was left out and why"),
            _p("tables", J, "表格", "name, row numbers and the place of every cell, where the file has tables"),
            _p("pages", II, "页", "where each page begins, where the file has pages"),
            *_searched("text_search", "the text"),
        ),
        KeptWhile.REFERRED,
    ),
    NodeType(
        "Section",
        "部分",
        "A heading and its stretch.",
        (
            _id("<document>:s<sibling positions>; s0 before the first heading"),
            _p("label", S, "编号", "as printed: (四)"),
            _p("title", S, "标题", "the heading without its label"),
            _p("level", I, "层级", "1 = top"),
            _POSITION,
            *_PLACE,
            _p("intro", S, "引言", "text between the heading and what follows it"),
        ),
        KeptWhile.STATED,
    ),
    NodeType(
        "Item",
        "任务事项",
        "A numbered demand, a heading with an assignment of its own, or what stands below one of them with its own.",
        (
            _id(
                "<document>:<section path>-<number>; ~2 repeated, -p7 unnumbered, -h a heading, -a1 a part, .2 below an item"
            ),
            _p("number", I, "序号", "the figure"),
            _p("label", S, "编号", "as printed: ⒛"),
            _p("heading", S, "标题", "the item's heading or first sentence"),
            _p("body", S, "正文", "its words without heading and assignment lines"),
            _p("part", I, "分项", "1 … n among the parts of one number"),
            _POSITION,
            *_PLACE,
            _p("due_date", S, "完成日期", "effective deadline, ISO date", range=True),
            _p("due_precision", S, "日期精度", "day, month or year"),
            _p("due_basis", S, "时限来源", "task, item, parent, document or none"),
            _p("ongoing", B, "长期", "常态化, without an end"),
            _p("timing", S, "时限类别", "dated, recurring, duration, event, ongoing, unread or none"),
            _p(
                "timing_reason",
                S,
                "时限依据",
                "item, task, parent, document, in-parts, no-year, no-day or not-understood",
            ),
            _p("timing_start", I, "时限起", "where its words begin"),
            _p("timing_end", I, "时限止", "where its words end"),
            _p("timing_quote", S, "时限原文", "the words at timing_start–timing_end"),
            _p("kind", S, "类型", "task, problem or measure"),
            _p("level", I, "层级", "1 = the top; what stands below an item has the next level"),
            _p(
                "queryable",
                B,
                "可查",
                "questions about bearers and dates look at it: it has an assignment of its own or no children",
            ),
            *_searched("item_search", "heading and body"),
        ),
        KeptWhile.STATED,
    ),
    NodeType(
        "Task",
        "子任务",
        "A clause that holds a date, a recurrence, a target or a document to produce.",
        (
            _id("<item>-t<n>"),
            _p("kinds", SS, "类别", "timed, recurring, target, deliverable"),
            _p("quote", S, "原文", "the words at start–end"),
            *_PLACE,
            _p("target_name", S, "指标", "what is measured: 调解率"),
            _p("target_value", F, "目标值", "the figure aimed at"),
            _p("target_unit", S, "计量单位", "% …"),
            _p("target_comparison", S, "比较", ">= for 以上, <= for 以下"),
        ),
        KeptWhile.STATED,
    ),
    NodeType(
        "Deadline",
        "时限",
        "A time clause of an item or of the document.",
        (
            _id("<item or document>-d<n>"),
            _p("kind", S, "类别", "default, explicit, parent, document, recurring, duration, ongoing, event, unread"),
            _p("quote", S, "原文", "the words at start–end"),
            _p("date", S, "日期", "ISO date: the last day that still meets it", range=True),
            _p("precision", S, "精度", "day, month or year"),
            _p("conditional", B, "有条件", "covers only what has no date of its own"),
            _p("hedge", S, "缓和语", "争取, 原则上"),
            _p("recurrence", S, "周期", "RFC 5545 rule"),
            _p("duration", I, "期限", "how many of duration_unit"),
            _p("duration_unit", S, "期限单位", "日, 工作日, 个月"),
            _p("anchor", S, "起算", "the event a duration counts from, as written"),
            _p("task", S, "子任务", "id of the task it belongs to"),
            *_PLACE,
            *_INFERRED,
        ),
        KeptWhile.STATED,
    ),
    NodeType(
        "Unit",
        "单位",
        "A body that can bear a duty; shared by all documents.",
        (
            _id("<region>:<folded name>; of a collective <document>:<name>, unresolved <document>:?<name>"),
            _p("name", S, "简称", "the short form plans use", range=True),
            _p("full_name", S, "全称", "the official name"),
            _p("region", S, "地区", "the place it is of"),
            _p("level", S, "层级", "省, 市, 县 …"),
            _p("kind", S, "类别", "of what kind the body is"),
            _p("aliases", SS, "别名", "other names, sorted"),
            _p("collective", B, "集合", "各有关部门, 各县市区政府 …"),
            _p("unresolved", B, "未确定", "region unknown or several candidates remain"),
            _p("candidates", SS, "候选", "ids among which an unresolved name could not be decided, sorted"),
            _p("source", S, "来源", "where the official name comes from"),
            *_searched("unit_search", "name, full name and aliases"),
        ),
        KeptWhile.REFERRED,
        shared=True,
    ),
    NodeType(
        "Official",
        "负责人",
        "A person or post that heads an item.",
        (_id("<document>:<name or post>"), _p("name", S, "姓名", "as written"), _p("post", S, "职务", "as written")),
        KeptWhile.REFERRED,
    ),
    NodeType(
        "Regulation",
        "法规与文件",
        "An instrument that plans cite; shared by all documents.",
        (
            _id("folded title, or <region or issuer>:<title>"),
            _p("title", S, "标题", "without title marks", range=True),
            _p("reference_number", S, "文号", "of the instrument"),
            _p("issuer", S, "制定机关", "who issued it"),
            _p("kind", S, "类别", "法律, 行政法规, 规章, 规范性文件 …"),
            _p("unresolved", B, "未确定", "a generic title that names no one instrument"),
            _p("source", S, "来源", "where this comes from"),
            *_searched("regulation_search", "title and reference number"),
        ),
        KeptWhile.REFERRED,
        shared=True,
    ),
    NodeType(
        "Alias",
        "旧标识",
        "An id that an item, a unit or an instrument had in an earlier reading of a text.",
        (
            _id("the id of then"),
            _p("target", S, "现标识", "the id of now", range=True),
            _p("several", B, "不唯一", "several ids replaced it, target is one of them; it leads nowhere"),
            _p("at", S, "时间", "ISO time of the reading that changed it"),
        ),
    ),
    NodeType(
        "Meta",
        "状态",
        "The state of the whole graph, and on Neo4j the gate by which readers see that a commit is under way.",
        (
            _id("meta or gate"),
            _p("data_version", I, "数据版本", "even; goes up with every change; odd on a gate that is closed"),
            _p("loading", S, "载入中", "marker of a load under way, on stores that need one"),
            _p("turns", SS, "载入标记", "marks of the last loads, newest first: proof that a commit arrived"),
            _p("schema_version", I, "模式版本", "number of the last migration"),
            _p("vocabulary_version", S, "词表版本", "of the plan loaded last"),
        ),
    ),
    NodeType(
        "Migration",
        "迁移",
        "One applied migration.",
        (
            _id("name of its folder: V001__plans", name="name"),
            _p("checksum", S, "校验和", "sha256 over its files"),
            _p("applied_at", S, "执行时间", "ISO time"),
        ),
    ),
)

_BEARS = (("Unit", "Item"), ("Unit", "Document"))
_DUTY = (
    _FACT_ID,
    _POSITION,
    _AS_WRITTEN,
    _p("open_list", B, "列举未尽", "the line ends in 等 or 等部门"),
    *_EVIDENCE,
)
_OF_UNITS = (*_DUTY, _PAGE)
_OF_UNIT = (_p("source", S, "来源", "where this is known from"), _p("confidence", F, "可信度", "0 to 1"))

RELATIONSHIPS: tuple[RelationshipType, ...] = (
    RelationshipType(
        "HAS_TEXT", "原文", "A document's source text.", (("Document", "SourceText"),), (_POSITION,), End.TO
    ),
    RelationshipType(
        "HAS_SECTION",
        "下设部分",
        "The outline.",
        (("Document", "Section"), ("Section", "Section")),
        (_POSITION,),
        End.TO,
    ),
    RelationshipType("HAS_ITEM", "下设事项", "The items of a section.", (("Section", "Item"),), (_POSITION,), End.TO),
    RelationshipType(
        "HAS_PART",
        "下设分项",
        "What stands below an item: its parts, its measures, the items of a heading.",
        (("Item", "Item"),),
        (_POSITION,),
        End.TO,
    ),
    RelationshipType("HAS_TASK", "下设子任务", "The tasks of an item.", (("Item", "Task"),), (_POSITION,), End.TO),
    RelationshipType(
        "HAS_DEADLINE",
        "时限",
        "A time clause of an item or the document.",
        (("Item", "Deadline"), ("Document", "Deadline")),
        few=End.TO,
    ),
    RelationshipType("LEADS", "牵头", "The unit leads it.", _BEARS, _OF_UNITS, End.TO),
    RelationshipType("RESPONSIBLE_FOR", "责任", "The unit is responsible for it.", _BEARS, _OF_UNITS, End.TO),
    RelationshipType("COOPERATES_ON", "配合", "The unit cooperates on it.", _BEARS, _OF_UNITS, End.TO),
    RelationshipType(
        "SUPERVISES",
        "督导",
        "The unit sees to it that others do it (督导, 考核, 验收); it bears nothing.",
        _BEARS,
        _OF_UNITS,
        End.TO,
    ),
    RelationshipType(
        "HEADS",
        "负责人",
        "The official heads it.",
        (("Official", "Item"), ("Official", "Document")),
        (*_DUTY, _p("post", S, "职务", "as written")),
        End.TO,
    ),
    RelationshipType(
        "MENTIONED_IN",
        "正文提及",
        "The body demands something of the unit, and the unit lines neither name nor cover it.",
        (("Unit", "Item"),),
        (_FACT_ID, _AS_WRITTEN, *_EVIDENCE, _PAGE),
        End.TO,
    ),
    RelationshipType(
        "CITES",
        "引用",
        "The item or document cites the instrument.",
        (("Item", "Regulation"), ("Document", "Regulation")),
        (
            _FACT_ID,
            _AS_WRITTEN,
            _p("relation", S, "关系", "basis, implements, produces, revises, repeals, mentions"),
            _p("task", S, "子任务", "id of the task it stands in"),
            *_EVIDENCE,
            _PAGE,
        ),
        End.FROM,
    ),
    RelationshipType("TEXT_OF", "文本", "A loaded text that is itself cited.", (("Document", "Regulation"),)),
    RelationshipType("PART_OF", "隶属", "The unit belongs to another.", (("Unit", "Unit"),), (*_INFERRED, *_OF_UNIT)),
    RelationshipType("MEMBER_OF", "成员", "A unit of a collective.", (("Unit", "Unit"),), (*_INFERRED, *_OF_UNIT)),
    RelationshipType(
        "SUCCEEDED_BY",
        "承接",
        "The unit's successor.",
        (("Unit", "Unit"),),
        (
            _p("on", S, "日期", "ISO date"),
            _p("kind", S, "方式", "renamed, merged, split, abolished"),
            *_INFERRED,
            *_OF_UNIT,
        ),
    ),
    RelationshipType(
        "SAME_AS",
        "同一判断",
        "A judgement on two units; undone by a new one, never deleted.",
        (("Unit", "Unit"),),
        (
            _p("judgement", S, "判断", "same, different, unsure"),
            _p("by", S, "判断人", "who"),
            _p("at", S, "时间", "ISO time"),
            _p("why", S, "理由", "in the judge's words"),
        ),
    ),
    RelationshipType("REVISES", "修订", "The document revises another.", (("Document", "Document"),)),
    RelationshipType("IMPLEMENTS", "落实", "The document implements another.", (("Document", "Document"),)),
)

NODE: Mapping[str, NodeType] = {n.label: n for n in NODES}
RELATIONSHIP: Mapping[str, RelationshipType] = {r.type: r for r in RELATIONSHIPS}

_PYTHON: Mapping[Type, type] = {S: str, I: int, F: float, B: bool, J: str, SS: str, II: int}


_INT64 = range(-(2**63), 2**63)


def misfit(declared: NodeType | RelationshipType, row: Mapping[str, Any]) -> str | None:
    """What the schema does not allow in ``row`` (``'start' is a str; expected integer``), or None.

    Engines accept different faults (nulls in lists, mixed types), so rows are checked before they are written. Many rows have
    the same names with values of the same types: of these only what the type leaves open is looked at again.
    """
    signature = (*row, *map(type, row.values()))
    types, open_yet = declared.types, declared.met.get(signature)
    if open_yet is not None and all(_fits(types[name], row[name]) for name in open_yet):
        return None
    for name, value in row.items():
        kind = types.get(name)
        if kind is None:
            return f"{name!r} is not declared; expected one of {', '.join(types)}"
        if not _fits(kind, value):
            return f"{name!r} is {value!r:.60}; expected {kind}"
    declared.met[signature] = tuple(name for name in row if types[name] in (I, SS, II))
    return None


def _fits(kind: Type, value: Any) -> bool:
    wanted = _PYTHON[kind]
    if kind is SS or kind is II:
        return type(value) is list and all(type(v) is wanted for v in value)
    return type(value) is wanted and (wanted is not int or value in _INT64)
