"""The working paper of a basket, gathered: each entry with its words, their place and page, and the notes on the same thing.

Order of steps: for each plan of the basket, read its source once (for pages and cells) and its notes; then each entry is compared
with the text of now. What has changed is printed as it was put aside, and says so.

Example: ``working_paper(store, notes, basket, date(2026, 11, 30)).title`` is the name of the project.

Left to others: the files (`api.export.paper_word`, `api.export.paper_html`, `api.export.paper`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.answers.nesting import TEXTS
from api.desk.basket_rows import ENTRY_STATE_WORDS, KIND_OF_ENTRY, state_of_entry
from api.desk.baskets import Basket, BasketEntry
from api.desk.note_rows import NoteJson, notes_of_plan
from api.desk.notes import NoteBook
from api.export.paper import PaperEntry, PaperQuote, WorkingPaper
from graph.errors import ParameterError
from graph.store.contract import ReadTransaction, Row, Store
from loaders.files.source import Source
from loaders.storing.stored_source import stored_source, stored_texts

_FIELDS = (("project", "项目名称"), ("prepared_by", "编制人"), ("reviewed_by", "复核人"), ("date", "日期"))


@dataclass(frozen=True, slots=True)
class _Plan:
    """A plan of the basket as it is now."""

    head: Row
    text: str
    source: Source | None
    about: Mapping[str, Sequence[NoteJson]]
    on_places: Sequence[NoteJson]


def working_paper(store: Store, notes: NoteBook, basket: Basket, today: date) -> WorkingPaper:
    """The paper of a basket. Raises ParameterError for an empty one."""
    if not basket.entries:
        raise ParameterError("the basket is empty; expected entries to write a paper of.")
    ids = dict.fromkeys(one.point.document for one in basket.entries if one.point.document is not None)
    noted = {key: notes_of_plan(store, notes, key) for key in ids}

    def work(reading: ReadTransaction) -> WorkingPaper:
        plans: dict[str, _Plan] = {}
        for key in ids:
            rows = reading.rows("read/findings-document", {"document": key})
            if rows:
                text = TEXTS.get(reading, rows[0]["text_sha256"])
                plans[key] = _Plan(rows[0], text, _source(reading, key), noted[key].about, noted[key].places)
        fields = [(key, label, getattr(basket.fields, key)) for key, label in _FIELDS]
        fields[-1] = ("date", "日期", basket.fields.date or today.isoformat())
        about = [
            ("成稿日期", today.isoformat()),
            ("数据版本", str(reading.data_version)),
            ("条目", f"{len(basket.entries)} 条，索引号 {basket.entries[0].index} 起"),
            *(("文件", _about(plan.head)) for plan in plans.values()),
            ("位置", "第几字按文件原文从 1 数起，连同标点和空白；有页或表格的文件另写页和格。"),
        ]
        title = f"审计底稿：{basket.fields.project}" if basket.fields.project else "审计底稿"
        entries = [_entry(reading, one, plans.get(one.point.document or "")) for one in basket.entries]
        return WorkingPaper(title, fields, about, entries)

    return store.read(work)


def _source(reading: ReadTransaction, document: str) -> Source | None:
    """What the plan was read from; None if the store of an earlier version cannot say."""
    properties, texts = stored_texts(reading, document)
    try:
        return stored_source(properties, texts[0])[0] if texts else None
    except (KeyError, TypeError, ValueError):
        return None


def _about(head: Row) -> str:
    words = [
        f"《{head['title'] or head['id']}》{head['reference_number'] or ''}",
        f"来源 {head['source']}" if head["source"] else None,
    ]
    words += [f"原文校验值 {head['text_sha256']}"]
    words += [f"文件校验值 {head['file_sha256']}"] if head["file_sha256"] else []
    return "，".join(word for word in words if word)


def _entry(reading: ReadTransaction, entry: BasketEntry, plan: _Plan | None) -> PaperEntry:
    point = entry.point
    state = state_of_entry(reading, point)
    quotes = [
        PaperQuote(
            one.what,
            one.start,
            one.end,
            one.quote,
            plan.source.where((one.start, one.end)) if plan is not None and plan.source is not None else None,
            plan is not None and plan.text[one.start : one.end] == one.quote,
        )
        for one in point.places
    ]
    number = plan.head["reference_number"] if plan is not None else None
    return PaperEntry(
        entry.index,
        KIND_OF_ENTRY[point.subject.kind],
        point.title,
        point.said,
        entry.note,
        f"{point.document_title}{f'（{number}）' if number else ''}",
        "" if state == "current" else f"{ENTRY_STATE_WORDS[state]}，此处是放入底稿篮时的话",
        quotes,
        entry.places_left_out,
        [] if plan is None else [_noted(one) for one in _notes_on(entry, plan)],
    )


def _notes_on(entry: BasketEntry, plan: _Plan) -> Sequence[NoteJson]:
    subject = entry.point.subject
    if subject.kind == "place":
        span = [subject.start, subject.end]
        return [one for one in plan.on_places if one["now"]["span"] == span]
    return plan.about.get(subject.id or "", ()) if subject.kind in ("item", "finding") else ()


def _noted(note: NoteJson) -> str:
    words = " ".join(word for word in (note["verdict_zh"], note["why"]) if word)
    state = "" if note["state"] == "current" else f"，{note['state_zh']}"
    return f"{words}（{note['by']}，{note['at'][:10]}{state}）"
