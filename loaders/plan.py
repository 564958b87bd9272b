"""From a source text to a plan with its facts, the whole pipeline on one screen.

repair → tokens → tables → outline → assignments → head → items (units, deadlines, citations, tasks, mentions) → the
document's own facts → the gate (`loaders.gate`), which finds each of them again.  All steps between work on the repaired
text; `loaders.facts.evidence` maps places and words back to the source.

>>> plan = parse_plan("娄底市法治政府建设实施方案\\n1.清理文件。\\n牵头单位:市司法局。\\n完成时限:2018年底前。\\n")
>>> [(d.role.value, d.as_written, d.unit.id) for d in plan.items[0].duties], plan.items[0].due.date
([('lead', '市司法局', '娄底市:市司法局')], '2018-12-31')

Left to others: reading files (`loaders.files.read`), writing to a store (`loaders.storing.load`).
"""

import gc
import hashlib
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from msgspec.structs import replace as with_values

from graph.model import Correction, DeadlineKind, Document, ParseOptions, Plan, PlanWarning, Repair, Span, Table
from graph.names import document_id as make_document_id
from graph.names import fold
from loaders.duties.assignments import assignments
from loaders.duties.conventions import conventions, told_by_type
from loaders.duties.reading import read
from loaders.duties.table_cells import table_items
from loaders.facts.citations import Regulations, citations
from loaders.facts.deadlines import Issue, body_phrases
from loaders.facts.evidence import Facts
from loaders.facts.unit_identity import Units
from loaders.files.source import Source
from loaders.gate.gate import pass_gate
from loaders.items.choose import choose_items
from loaders.items.coverage import coverage
from loaders.items.document_facts import whole_document
from loaders.items.items import Stated, build_items
from loaders.items.kinds import Kinds
from loaders.items.parents import set_above
from loaders.items.sections import build_sections
from loaders.items.table_items import drop_places_outside_rows, in_mended, with_rows, without
from loaders.items.table_warnings import table_warnings
from loaders.lexicon.places import places_of, province_in_number
from loaders.lexicon.scan import scan
from loaders.lexicon.vocabulary import VOCABULARY_VERSION
from loaders.rule import Rule, gives
from loaders.signs.account import account
from loaders.structure.corrections import checked_options
from loaders.structure.head import Head, read_head
from loaders.tables.header import TypedTable
from loaders.tables.in_text import TextTables, text_tables
from loaders.text.repair import Repaired, repair
from loaders.times.no_such_date import no_such_dates

__all__ = ["PARSER_VERSION", "VOCABULARY_VERSION", "parse_plan", "read_plan"]

PARSER_VERSION = "12"
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")  # white space is none: a form feed parts pages


def parse_plan(
    source: Source | str,
    *,
    issued_on: str | None = None,
    region: str | None = None,
    document_id: str | None = None,
    title: str | None = None,
    reference_number: str | None = None,
) -> Plan:
    """Read one plan. Every text can be read: a text that is no plan gives empty lists and a warning.

    What the caller gives counts above what the text says, and is kept beside it (`loaders.structure.corrections`):
    ``issued_on`` is ``YYYY-MM-DD`` or ``YYYY``, ``region`` such as ``娄底市``; ``document_id`` replaces the id that the text would
    give.  Places are code points of the text of ``source``.  Raises ParameterError for what cannot be a value.
    """
    options = ParseOptions(issued_on, region, document_id, title, reference_number)
    return read_plan(Source(source) if isinstance(source, str) else source, checked_options(options))


def read_plan(source: Source, options: ParseOptions) -> Plan:
    """Read one plan with options that were checked, as a store keeps them."""
    with _not_collected():
        return pass_gate(_read(source, options))


def _read(source: Source, options: ParseOptions) -> Plan:
    """What a text states, before the gate."""
    mended = repair(source.text, drawn=not source.tables)
    text = mended.text
    tokens = scan(text)
    shown = in_mended(source.tables, mended)
    real = [TypedTable(table) for table in shown]
    found = TextTables(real, []) if real else text_tables(text, tokens)
    typed = found.read
    tables = table_items(text, typed)
    closed = [*(table.stretch for table in tables), *(table.span for table in found.unread if table.is_sure)]
    reading = read(without(text, closed), None if closed else tokens)
    begin = reading.nodes[0].start if reading.nodes else len(text)
    head = read_head(reading.text, begin, options, above=_above_table(text, shown), name=source.name)
    document = _document(source, head, options, mended)
    facts = _facts(source, mended, document.id, head)
    titled = head.titled[0][1] if head.titled else 0
    chosen = choose_items(reading, assignments(reading), is_plan=bool(head.kind) and not tables, titled=titled)
    nodes, chosen, repeated = with_rows(text, reading.nodes, chosen, tables)
    set_above(chosen)
    sections = build_sections(text, nodes, chosen, document.id, facts)
    titles = list(citations(text, tokens.titles))
    facts.regulations.learn(text, titles)
    phrases = body_phrases(text, tokens, facts.issue, [title.span for title in titles])
    validity = [phrase for phrase in phrases if phrase.kind is DeadlineKind.DOCUMENT]
    phrases = [phrase for phrase in phrases if phrase.kind is not DeadlineKind.DOCUMENT] if validity else phrases
    own = whole_document(text, tokens, chosen, phrases, validity, titles, document.id, facts)
    stated = Stated(
        text, tokens, phrases, titles, conventions(text, tokens), own.fallback, facts, Kinds(text, tokens.labels)
    )
    items = build_items(chosen, stated)
    for span in no_such_dates(text):
        facts.no_such_date(mended.place(span))
    if tables:
        items = drop_places_outside_rows(items)
    warnings = (
        *mended.warnings,
        *table_warnings(text, mended, found, tables, repeated),
        *facts.doubts,
        *(_progress_told(source.text, mended.place(span)) for span in reading.progress),
        *(_type_told(source.text, mended.place(span)) for span in told_by_type(text, tokens)),
        *_warnings(source, items, head, unusual=mended.unusual),
    )
    signs, not_read = account(source.text, mended, tokens, items, own, warnings)
    return Plan(
        text=source.text,
        document=document,
        sections=sections,
        items=items,
        citations=own.citations,
        duties=own.duties,
        deadlines=own.deadlines,
        units=facts.units.all(),
        regulations=facts.regulations.all(),
        repairs=tuple(sorted((*mended.repairs, *_undecodable(source)), key=lambda r: r.span)),
        warnings=(*warnings, *_no_plan(source.text, items, len(not_read)), *not_read),
        coverage=coverage(source.text, sections, items, own, [facts.mended.place(p) for p in head.places], signs),
        tables=source.tables,
        pages=source.pages,
    )


class _Readers:
    """How many threads read a plan now, and whether Python collected garbage before the first of them came."""

    lock = threading.Lock()
    reading = 0
    collected = False


@contextmanager
def _not_collected() -> Iterator[None]:
    """Python collects no garbage while a plan is read.

    What a reading makes, it keeps until its end, and hardly any of it is a cycle: a collection finds nothing and goes through
    all facts made so far, so that a text ten times as long takes up to twenty times as long.
    """
    with _Readers.lock:
        if not _Readers.reading:
            _Readers.collected = gc.isenabled()
            gc.disable()
        _Readers.reading += 1
    try:
        yield
    finally:
        with _Readers.lock:
            _Readers.reading -= 1
            if not _Readers.reading and _Readers.collected:
                gc.enable()


def _facts(source: Source, mended: Repaired, document_id: str, head: Head) -> Facts:
    """What makes the facts of a document, before any is made."""
    issue, year_places = _issue(head)
    return Facts(
        source.text,
        mended,
        Units(document_id, head.region),
        Regulations(document_id, head.region),
        issue,
        tuple(mended.place(span) for span in year_places),
    )


def _above_table(text: str, tables: Sequence[Table]) -> tuple[str, Span] | None:
    """The words of the first row of a table, if they fill one cell and the next row fills several."""
    if not tables or len(tables[0].rows) < 2:
        return None
    first, second = ({span for span in row if span[0] < span[1]} for row in tables[0].rows[:2])
    if len(first) != 1 or len(second) < 2:
        return None
    (span,) = first
    return text[slice(*span)], span


def _issue(head: Head) -> tuple[Issue, tuple[Span, ...]]:
    """Of which year and month is what has none of its own, and the place that says it: the date of issue, else the title
    (2024年工作要点)."""
    if head.issued_on:
        return Issue(int(head.issued_on[:4]), int(head.issued_on[5:7] or 0) or None), head.dated
    year = re.search(r"20\d\d(?=年(?!度?[-—至到]))", head.title or "")
    return (Issue(int(year[0])), head.titled) if year else (Issue(), ())


def _document(source: Source, head: Head, options: ParseOptions, mended: Repaired) -> Document:
    sha = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
    place = head.region or "未知地区"
    if options.document_id:
        identity = options.document_id
    elif head.reference_number:
        identity = make_document_id(place, head.reference_number)
    else:
        identity = "-".join(
            [
                place,
                fold(head.title if head.title and not head.by_name else sha[:12]),
                *([head.issued_on[:4]] if head.issued_on else []),
            ]
        )
    return Document(
        id=identity,
        title=head.title or "",
        reference_number=head.reference_number,
        region=head.region or "",
        issuers=head.issuers,
        issued_on=head.issued_on,
        kind=head.kind,
        text_sha256=sha,
        span=(0, len(source.text)),
        source=source.name,
        file_sha256=source.file_sha256,
        encoding=source.encoding,
        parser_version=PARSER_VERSION,
        vocabulary_version=VOCABULARY_VERSION,
        options=options,
        corrections=tuple(_in_source(fix, source.text, mended) for fix in head.corrections),
    )


def _in_source(fix: Correction, text: str, mended: Repaired) -> Correction:
    """A correction with the place and the words of what the source says."""
    span = fix.span and mended.place(fix.span)
    return with_values(fix, span=span, quote=text[slice(*span)]) if span else fix


def _undecodable(source: Source) -> list[Repair]:
    return [Repair(UNDECODABLE_BYTES.name, source.text[a:b], "", (a, b)) for a, b in source.undecodable]


def _warnings(source: Source, items: tuple[object, ...], head: Head, *, unusual: bool) -> list[PlanWarning]:
    found = [PlanWarning(note.code, note.message, None, note.place, note.words) for note in source.notes]
    if unusual and (control := CONTROL.search(source.text)):
        count = len(CONTROL.findall(source.text))
        found.append(PlanWarning("control-character", f"文中有{count}个不可见的控制字符，读时略去。", control.span()))
    if items and head.by_name:
        message = f"没有读到文件标题，以文件名“{head.title}”为题；编号由原文校验值代替。"
        found.append(PlanWarning("title-of-file", message, None))
    elif items and not head.title:
        found.append(PlanWarning("no-title", "没有读到文件标题，编号由原文校验值代替。", None))
    if items and not head.region:
        number = head.reference_number or ""
        near = province_in_number(number)
        proposed = f"文号以“{number[0]}”开头，若是{near}的文件，用 --region {near}。" if near else ""
        found.append(
            PlanWarning("no-region", f"没有读到发文地区，各单位无法归属；可用 --region 指明。{proposed}", None)
        )
    if items and head.region and (several := places_of(head.region)):
        told = _SEVERAL.format(head.region, "、".join(several), several[0])
        found.append(PlanWarning("region-of-several", told, None))
    return found


_SEVERAL = "叫“{}”的不止一个（{}），文中没有写明是哪一个，各单位无法归属；可用 --region 指明，如 --region {}。"


def _progress_told(text: str, span: Span) -> PlanWarning:
    """What a text tells of how far things are is no duty; it is told, so that nobody misses it."""
    words = " ".join(text[slice(*span)].split())
    return PlanWarning("progress-told", f"这里写的是进展，不作为任务读取：{words[:40]}", span)


def _type_told(text: str, span: Span) -> PlanWarning:
    words = text[slice(*span)]
    return PlanWarning(
        "role-not-told", f"文件说“{words}”，读到的文字没有字体，牵头单位分不出来，按责任单位计入，请核对。", span
    )


def _no_plan(text: str, items: tuple[object, ...], not_read: int) -> list[PlanWarning]:
    """A text without items is no plan, or one that could not be read: its signs tell which."""
    if items:
        return []
    if not text.strip():
        return [PlanWarning("no-text", "文件里没有文字。", None)]
    if not_read:
        message = f"没有读到任务事项，但文中有{not_read}处看来写明了由谁负责：可能是没有读懂的方案，请对照原文。"
    else:
        message = "没有读到任务事项：文中没有带编号的事项，或没有责任分工。"
    return [PlanWarning("no-plan", message, None)]


UNDECODABLE_BYTES = Rule(
    "undecodable-bytes", "", "repair", "无法解码的字节以替代字符代", _undecodable,
    (gives("清理\ufffd件", "一个坏字节 → U+FFFD"), gives("\ufffd清单", "一个坏字节 → U+FFFD")),
    ("清理文件", "公开清单"),
)  # fmt: skip
