"""What a reader leaves out of a file, told: kind, place, and the words where there are any.

1. A reader gets one `Omissions` and adds to it whatever it meets and does not hand on as text.
2. Each becomes a `Note`: a hidden row of a sheet, a footnote, a picture. Beyond `SHOWN` of one kind, one note counts the rest,
   so that ten thousand hidden rows cost no memory and bury nothing.
3. The parser makes a warning of each note; with the plan it is stored, shown and handed to a check again.

>>> left = Omissions()
>>> left.add("hidden-row", "工作表「任务」第4行", "2 建立巡河台账")
>>> left.notes()[0].message
'隐藏的行没有读入：工作表「任务」第4行“2 建立巡河台账”。'

Left to others: what a format hides, and where (the readers).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from loaders.files.source import RECOGNISED, UNREAD, Note

SHOWN = 20
"""So many omissions of one kind are told one by one."""

LONGEST = 120
"""Characters of the words that a note quotes."""

OMITTED: Mapping[str, str] = {
    "hidden-sheet": "隐藏的工作表没有读入",
    "hidden-row": "隐藏的行没有读入",
    "hidden-column": "隐藏的列没有读入",
    "hidden-text": "隐藏的文字没有读入",
    "layer-off": "图层在文件中已关闭，没有找到标在其中的文字，请对照原件",
    "struck-through": "划了删除线的文字没有读入",
    "formula-without-value": "公式没有存下结果，单元格没有读入",
    "error-cell": "单元格是出错值，没有读入",
    "cell-comment": "单元格批注没有读入",
    "comment": "批注没有读入",
    "deleted-revision": "修订中删去的文字没有读入",
    "footnote": "脚注没有读入正文",
    "endnote": "尾注没有读入正文",
    "embedded-part": "嵌入的部分没有读入",
    "drawing": "图形中的文字没有读入",
    "picture": "图片没有读入，其中如有文字请对照原件",
    "garbled-text": "字体里没有文字编码，这些文字没有读入",
    "form-field": "表单里填写的文字没有读入",
    "watermark": "水印没有读入",
    "ruled-lines": "表格线没有辨认，表中的文字按行读入",
    "page-head": "页眉页脚没有读入",
    "page-part": "网页中没有显示的部分没有读入",
    "page-outside": "网页正文之外的文字没有读入",
}
"""The kinds of what is left out, and what the note says."""

FILE_CODES = frozenset((UNREAD, RECOGNISED, *OMITTED))
"""Codes of warnings that come from the file and not from its text."""


_MORE = "另有{}处"
_COUNTED = re.compile(_MORE.format(r"(\d+)") + "。$")


def told_count(message: str) -> int:
    """How many omissions the message of a note tells of.

    >>> told_count("脚注没有读入正文：第3条。"), told_count("脚注没有读入正文：另有7处。")
    (1, 7)
    """
    counted = _COUNTED.search(message)
    return int(counted[1]) if counted else 1


def ranges(numbers: Iterable[int]) -> str:
    """Page numbers in order, with runs joined.

    >>> ranges([1, 2, 3, 7])
    '1—3、7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


class Omissions:
    """What is left out of one file, in the order in which it was met."""

    def __init__(self) -> None:
        self._notes: list[Note] = []
        self._counts: Counter[str] = Counter()
        self._plain: list[Note] = []

    def add(self, kind: str, place: str | None = None, words: str | None = None) -> None:
        """Tell of one omission; ``kind`` is a key of `OMITTED`."""
        self._counts[kind] += 1
        if self._counts[kind] > SHOWN:
            return
        short = " ".join((words or "").split())
        short = short if len(short) <= LONGEST else f"{short[:LONGEST]}…"
        message = f"{OMITTED[kind]}：{place or ''}{f'“{short}”' if short else ''}" if place or short else OMITTED[kind]
        self._notes.append(Note(kind, f"{message}。", place, short or None))

    def tell(self, code: str, message: str) -> None:
        """Tell of the file as a whole, once."""
        if (note := Note(code, message)) not in self._plain:
            self._plain.append(note)

    def notes(self) -> tuple[Note, ...]:
        """A note for each omission, and one for those of a kind that are too many."""
        rest = ((kind, count - SHOWN) for kind, count in self._counts.items() if count > SHOWN)
        more = (Note(kind, f"{OMITTED[kind]}：{_MORE.format(count)}。") for kind, count in rest)
        return (*self._plain, *self._notes, *more)
