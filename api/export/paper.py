"""The working paper (审计底稿) of a basket: its content, for any kind of file.

An entry has its index number, what it claims, its words with plan, place and page, and whether these still stand there.

Example: ``paper.entries[0].quotes[0].place`` is ``第 12293–12308 字``; in a file with pages ``第3页，第 12293–12308 字``.

Left to others: gathering it (`api.desk.paper`), the files (`api.export.paper_word`, `api.export.paper_html`); as a workbook it is a
dossier of two sheets (`paper_sheets`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.export.contacts import hidden
from api.export.dossier import Dossier, Sheet, SheetColumn, SheetValue

HIDDEN_CONTACTS = "联系人、电话和邮箱以“＊”代替，字数不变。"


@dataclass(frozen=True, slots=True)
class PaperQuote:
    """Words of a plan. ``where`` is the page or cell as a person counts it in the file, if it has any; ``holds``: they still
    stand there.
    """

    what: str
    start: int
    end: int
    words: str
    where: str | None
    holds: bool

    @property
    def place(self) -> str:
        """The place as it is printed; characters are counted from 1."""
        return f"{self.where}，" * bool(self.where) + f"第 {self.start + 1}–{self.end} 字"


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """One entry. ``state`` is empty while the words stand where they stood; ``noted`` are the notes on the same thing."""

    index: str
    kind: str
    title: str
    said: str
    note: str
    plan: str
    state: str
    quotes: Sequence[PaperQuote]
    left_out: int
    noted: Sequence[str]


@dataclass(frozen=True, slots=True)
class WorkingPaper:
    """The whole paper. ``about`` are lines on where it comes from: plans with their hashes, data version."""

    title: str
    fields: Sequence[tuple[str, str, str]]  # key, label, value
    about: Sequence[tuple[str, str]]
    entries: Sequence[PaperEntry]

    @property
    def name(self) -> str:
        """The name of the file, without its kind."""
        project = next(value for key, _, value in self.fields if key == "project")
        return f"审计底稿-{project}" if project else "审计底稿"


def paper_without_contacts(paper: WorkingPaper) -> WorkingPaper:
    """The paper with contact persons and telephone numbers hidden, and told where there are any."""
    entries = [_hidden(entry) for entry in paper.entries]
    if entries == list(paper.entries):
        return paper
    return replace(paper, entries=entries, about=[*paper.about, ("联系方式", HIDDEN_CONTACTS)])


def _hidden(entry: PaperEntry) -> PaperEntry:
    quotes = [replace(one, words=hidden(one.words)) for one in entry.quotes]
    return replace(entry, title=hidden(entry.title), said=hidden(entry.said), quotes=quotes)


_ENTRIES = (
    *(SheetColumn("索引号", 10), SheetColumn("类别", 8), SheetColumn("内容", 34), SheetColumn("所述", 34)),
    *(SheetColumn("文件", 28), SheetColumn("说明", 30), SheetColumn("批注", 30), SheetColumn("状态", 12)),
)
_QUOTES = (
    *(SheetColumn("索引号", 10), SheetColumn("是什么", 12), SheetColumn("原文", 60), SheetColumn("文件", 28)),
    *(SheetColumn("页或格", 16), SheetColumn("起（字）", 9, "number"), SheetColumn("止（字）", 9, "number")),
    SheetColumn("与原文", 10),
)


def paper_sheets(paper: WorkingPaper) -> Dossier:
    """The paper as a workbook: 说明与口径 with the fields, 底稿 with the entries, 原文 with all words and their places."""
    rows: list[Sequence[SheetValue]] = []
    quotes: list[Sequence[SheetValue]] = []
    for one in paper.entries:
        state = one.state or "与原文一致"
        rows.append((one.index, one.kind, one.title, one.said, one.plan, one.note, "\n".join(one.noted), state))
        for quote in one.quotes:
            holds = "一致" if quote.holds else "不再一致"
            quotes.append((one.index, quote.what, quote.words, one.plan, quote.where, quote.start, quote.end, holds))
    about = [*((label, value) for _, label, value in paper.fields), *paper.about]
    about.append(("起、止", "起、止按字从 0 数起，止不含在内；“原文”一表中每条原话都能在文件的原文里按位置找到。"))
    sheets = (Sheet("底稿", _ENTRIES, rows), Sheet("原文", _QUOTES, quotes))
    return Dossier(paper.title, paper.name, about, sheets, ())
