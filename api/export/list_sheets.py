"""The rows of an answer as a sheet for people: Chinese headings, words for codes, real dates.

Order of steps: the columns are those of the card of the question, or of the list, each under its heading. Beside a due
date stands its basis and whether the work continues, because a date may be inferred. Nested keys become columns
(`api.answers.nesting.flat_columns`), codes become words (`api.answers.chinese.labels`), several names become one cell
with 、.

Example: ``sheet_of("列表", {"due.date": "完成日期"}, rows)`` has the columns 完成日期, 日期来源 and 长期工作.

Left to others: the file (`api.export.workbook`), rows for programs (`api.export.csv_ndjson`).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.answers.chinese.labels import chinese, correction_in_words
from api.answers.nesting import flat_columns
from api.export.dossier import Sheet, SheetColumn, SheetValue

# headings of the columns of lists; a column is looked for whole, then behind its first dot
HEADINGS: Mapping[str, str] = {
    **{"id": "编号", "number": "序号", "label": "原文序号", "part": "分项", "heading": "事项", "title": "标题"},
    **{"name": "名称", "full_name": "全称", "aliases": "又称", "kind": "种类", "level": "层级", "region": "地区"},
    **{
        "reference_number": "文号",
        "issuers": "发文机关",
        "issuer": "发文机关",
        "issued_on": "印发日期",
        "corrections": "人工更正",
    },
    **{"source": "来源", "file_sha256": "文件摘要", "encoding": "字符编码", "text_sha256": "原文摘要"},
    **{"parser_version": "解析器版本", "vocabulary_version": "词表版本", "loaded_at": "载入时间"},
    **{"sections": "部分数", "counts.items": "事项数", "items": "事项", "lead": "牵头", "responsible": "责任"},
    **{
        "cooperating": "配合",
        "supervising": "督导",
        "mentioned": "正文提及",
        "citations": "引用",
        "document_duties": "整个文件的职责",
    },
    **{"repairs": "修复", "warnings": "警告", "documents": "文件数", "characters": "字数", "taken": "已取字数"},
    **{
        "not_read": "未读入处数",
        "left_out": "未取处数",
        "parent": "上级部分",
        "unresolved": "未能确定",
        "candidates": "可能是",
    },
    **{"role": "角色", "relation": "关系", "position": "位次", "as_written": "原文写法", "open_list": "名单未尽"},
    **{"collective": "统称", "ongoing": "长期工作", "inferred": "推定", "rule": "规则", "because": "推定所据（起–止）"},
    **{"severity": "程度", "maturity": "成熟度", "message": "发现", "explanation": "规则说明", "count": "数目"},
    **{
        "places": "依据的原文",
        "task": "子任务",
        "leads": "牵头单位",
        "document_id": "文件编号",
        "document_title": "文件",
    },
    **{"timing.kind": "时限类别", "timing.reason": "时限依据", "timing.quote": "时限原文"},
    **{"queryable": "可查", "answered_by": "符合条件的分项", "why": "符合的条件"},
    **{"due_below": "分项时限", "due_below.first": "分项最早时限", "due_below.last": "分项最晚时限"},
    **{"due.date": "完成日期", "due.precision": "日期精度", "due.basis": "日期来源"},
    **{"unit.id": "单位编号", "unit.name": "单位", "regulation.id": "法规编号", "regulation.title": "法规与文件"},
    **{"item.id": "事项编号", "document.id": "所在文件编号", "document.title": "文件"},
    **{"section.id": "部分编号", "section.label": "部分序号", "section.title": "部分"},
    **{"evidence.document_id": "原文所在文件", "start": "起（字）", "end": "止（字）", "quote": "原文"},
    **{"clause_start": "语句起（字）", "clause_end": "语句止（字）", "clause_quote": "所在语句"},
    **{
        "item": "事项",
        "refers_to": "所指",
        "date": "日期",
        "precision": "日期精度",
        "hedge": "缓和语",
        "words": "所写",
    },
    **{"recurrence": "周期", "event": "起算", "light": "灯色", "days_left": "剩余天数", "total": "合计"},
    **{"partner_share": "协作单位占比", "betweenness": "中介度"},
    **{"match": "匹配", "shown": "所在文字", "highlights": "标出的位置", "more_documents": "另有文件"},
    **{"other.id": "另一单位编号", "other.name": "另一单位"},
}
_PLAN = ("item.document_title", "document.title", "document_title")  # where a row names its plan
_OTHER = "另一单位的"
_OF_DUE = ("due.basis", "ongoing", "timing.quote")  # what a due date is not read without
_WIDTHS = {"quote": 44, "clause_quote": 44, "heading": 30, "message": 44, "title": 30, "leads": 30, "places": 44}


def heading_of(column: str) -> str:
    """The heading of a column of a list: ``due.date`` is 完成日期, ``other.role`` is 另一单位的角色. Raises KeyError for others."""
    if column in HEADINGS:
        return HEADINGS[column]
    first, dot, rest = column.partition(".")
    if not dot:
        raise KeyError(column)
    return _OTHER * (first == "other") + heading_of(rest)


def chinese_heads(columns: Sequence[str], headings: Mapping[str, str]) -> list[str]:
    """The head of each column: its own of ``headings``, else that of lists; its key where there is none, and behind a head
    that several columns have."""
    made = []
    for column in columns:
        try:
            made.append(headings.get(column) or heading_of(column))
        except KeyError:
            made.append(column)
    twice = {head for head in made if made.count(head) > 1}
    return [f"{head}（{column}）" if head in twice else head for head, column in zip(made, columns, strict=True)]


def sheet_of(name: str, headings: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> Sheet:
    """The rows under ``headings`` (column -> heading), each with the title of its plan at its end."""
    cells = [dict(flat_columns(row)) for row in rows]
    if not headings.keys() & set(_PLAN) and any(column in row for row in cells for column in _PLAN):
        headings = {**headings, _PLAN[0]: HEADINGS["document_title"]}
        for row in cells:
            row[_PLAN[0]] = next((row[column] for column in _PLAN if row.get(column)), None)
    shown: dict[str, str] = {}
    for key, heading in headings.items():
        shown[key] = heading
        if key == "due.date":
            shown |= {of: HEADINGS[of] for of in _OF_DUE if of not in headings and any(of in row for row in cells)}
    columns = tuple(_column(key, heading) for key, heading in shown.items())
    return Sheet(name, columns, [[_cell(key, row.get(key)) for key in shown] for row in cells])


def _column(key: str, heading: str) -> SheetColumn:
    """A column: dates are typed as dates, long words make it wide."""
    last = key.rpartition(".")[2]
    if last.endswith("date") or last == "issued_on":
        return SheetColumn(heading, 12, "date")
    if last in ("number", "position", "count"):
        return SheetColumn(heading, 8, "number")
    return SheetColumn(heading, _WIDTHS.get(last, 16))


def _cell(column: str, value: Any) -> SheetValue:
    """The value of a cell: numbers stay numbers, everything else becomes words."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if column.endswith("because"):
        return "、".join(f"{start}–{end}" for start, end in value)
    if isinstance(value, list):
        return "、".join(_named(one) if isinstance(one, Mapping) else chinese(column, one) for one in value)
    return chinese(column, value)


def _named(thing: Mapping[str, Any]) -> str:
    """The words for an object: a unit's name, an item's heading, a place with its words, a correction, what a condition says."""
    if "given" in thing:
        return correction_in_words(thing)
    if thing.get("span"):
        start, end = thing["span"]
        return f"{thing.get('what') or ''}{thing.get('quote') or ''}[{start}–{end}]"
    return next((str(thing[key]) for key in ("says", "name", "heading", "title", "id") if thing.get(key)), "")
