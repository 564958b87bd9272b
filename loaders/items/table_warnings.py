"""What is doubtful in tables, told at its place: columns, rows whose cells do not fit their head, rows that repeat the body.

Example: 表头“单位”没有说明职责，其下的单位按责任单位计入，请核对。

Left to others: what is read of a table (`loaders.items.table_items`), which rows are doubtful (`loaders.tables.doubts`).
"""

from collections.abc import Iterable, Iterator

from graph.model import PlanWarning, Span
from loaders.duties.table_rows import TableReading
from loaders.items.table_items import Repeated
from loaders.tables.in_text import TextTables
from loaders.text.repair import Repaired

_LONGEST_TOLD = 60


def table_warnings(
    text: str,
    mended: Repaired,
    found: TextTables,
    tables: Iterable[TableReading],
    repeated: Repeated,
) -> list[PlanWarning]:
    """What is doubtful in tables: columns that bear without saying so, columns without a heading, rows whose cells are fewer or
    more than the columns, rows that repeat the body, and leads in them that the body does not have."""
    told = [*_of_columns(text, tables), *_of_rows(text, found), *_of_repeated(text, repeated)]
    return [PlanWarning(code, message, mended.place(span)) for code, message, span in told]


_Told = tuple[str, str, Span]  # a code, a message, a place of the repaired text


def _words(text: str, span: Span) -> str:
    return " ".join(text[slice(*span)].split())[:_LONGEST_TOLD]


def _of_columns(text: str, tables: Iterable[TableReading]) -> Iterator[_Told]:
    tables = list(tables)
    for read in tables:
        for span in read.untold:
            heading = text[slice(*span)].strip() or "（空）"
            yield "role-not-told", f"表头“{heading}”没有说明职责，其下的单位按责任单位计入，请核对。", span
    for read in tables:
        for span, count in read.headless:
            yield (
                "column-without-head",
                f"表中有一栏没有表头，其中{count}格的文字没有读入，请核对：{_words(text, span)}",
                span,
            )


def _of_rows(text: str, found: TextTables) -> Iterator[_Told]:
    for each in found.read:
        for span in each.unsure:
            yield (
                "row-not-sure",
                f"这一行的格数与表头不同，各格属于哪一栏按内容推定，请核对：{_words(text, span)}",
                span,
            )
    for each in found.read:
        for span in each.wrong:
            yield "table-not-read", f"表中这一行各格的内容与表头对不上，没有读入：{_words(text, span)}", span
    for table in found.unread:
        names = " ".join(" ".join(text[slice(*head)].split()) for head in table.heads)
        yield (
            "table-not-read",
            f"这里看来是一张{len(table.heads)}栏、{table.rows}行的表（表头“{names}”），各格与表头对不上，没有读入。",
            table.span,
        )


def _of_repeated(text: str, repeated: Repeated) -> Iterator[_Told]:
    for span, count in repeated.tables:
        yield (
            "table-repeats-body",
            f"附表中有{count}行与正文事项重复，补充的单位和时限计入正文事项。",
            span,
        )
    for span in repeated.other_leads:
        yield (
            "annex-differs",
            f"附表写的牵头单位与正文不同，按正文计入，请核对：{text[slice(*span)]}",
            span,
        )
