"""Instruments and documents that a question names, with title marks or without.

Order of steps: what stands in 《》 is the title of a document, the title of an instrument, or a part of exactly one
instrument's title. Outside the marks a word such as 条例 or 办法 may end a title: the full-text index is asked for the
longest stretch before it that some title contains.  A short form (行政程序规定) is accepted if exactly one instrument ends
with it.  A title in marks that no plan cites becomes a span that says so.

Example: 人民调解法 is 中华人民共和国人民调解法.

Left to others: names of units (`api.asking.unit_names`), headings within a plan (`api.asking.headings`).
"""

import re
from collections.abc import Iterator, Sequence

from api.asking.covering import PART, SLOT, WRONG, EntityRef, RecognisedSpan
from api.asking.unit_names import Scope, longest_phrase, phrase_rows
from graph.names import fold
from graph.search_text import every_term, search_form
from graph.store.contract import ReadTransaction, Row

REGULATION, DOCUMENT, THIS_PLAN = "REGULATION", "DOCUMENT", "this-plan"
_LONGEST = 60
_ENDS_ASKED = 12
_TAIL_ASKED, _CANDIDATES = 10, 60  # characters of a title by which it is looked for; titles that are compared
_GENERIC = 8  # a part of a title shorter than this that several instruments have means none of them

_ENDS = re.compile("(?:法|条例|规定|办法|意见|纲要|规划|细则|规则|方案|目录|通知|决定)")
_TAIL = re.compile(r"\((?:试行|暂行|草案|\d{4}-?\d{4}年?)\)")  # behind a title, often left out
_PIECE = re.compile(r"[^\s，。？！?!,;；:：、…〈〉]+")
_NUMBER = re.compile(r"(?P<office>[\u4e00-\u9fff]{1,8})\((?P<year>\d{4})\)第?(?P<number>\d{1,5})号")
_PLAN = frozenset(("实施方案", "方案", "本方案", "该方案", "分工方案", "实施意见"))
_STATES = ("中华人民共和国", "中国共产党", "中共中央", "国务院")


def find_titles(reading: ReadTransaction, text: str, scope: Scope, words: frozenset[str]) -> list[RecognisedSpan]:
    """Every span of ``text`` that names an instrument or a document."""
    marked = list(_marked(text))
    spans = [_of_marks(reading, text, place, scope) for place in marked]
    spans += _documents(reading, text, scope)
    ends = [met for met in _ENDS.finditer(text) if not any(a < met.end() <= b for a, b in marked)]
    for met in ends[:_ENDS_ASKED]:
        spans += _unmarked(reading, text, met, words)
    return spans


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """What stands in outer title marks, the marks included."""
    depth = start = 0
    for at, character in enumerate(text):
        if character == "〈":
            start = at if depth == 0 else start
            depth += 1
        elif character == "〉" and depth:
            depth -= 1
            if depth == 0 and at > start + 1:
                yield start, at + 1


def _of_marks(reading: ReadTransaction, text: str, place: tuple[int, int], scope: Scope) -> RecognisedSpan:
    words = text[place[0] + 1 : place[1] - 1].strip()
    if words in _PLAN:
        return RecognisedSpan(*place, (THIS_PLAN,), SLOT)
    documents = _document_rows(reading, (words,), scope)
    refs = _regulations(reading, words)
    if documents:
        both = (DOCUMENT, REGULATION) if refs else (DOCUMENT,)
        return RecognisedSpan(*place, both, SLOT, _refs(documents))
    if not refs:
        return RecognisedSpan(*place, (REGULATION,), WRONG, wrong=f"图谱中的文件没有引用《{words}》")
    return RecognisedSpan(*place, (REGULATION,), SLOT, refs)


def _regulations(reading: ReadTransaction, words: str) -> tuple[EntityRef, ...]:
    """The instrument with this title, else those whose title ends with it, else those whose title contains it."""
    key = fold(words)
    rows = reading.rows("read/regulation-by-id", {"ids": [key]}) or reading.rows(
        "read/regulations-by-name", {"names": list(dict.fromkeys((words, key))), "document": None}
    )
    if rows:
        return _refs(rows)
    stem = _bare(key)
    if len(stem) < 2:
        return ()
    rows = phrase_rows(reading, "regulation", search_form(stem))
    bare = [(_bare(fold(row["name"])).lower(), row) for row in rows]
    for fits in (
        [row for name, row in bare if name == stem],
        [row for name, row in bare if name.endswith(stem)],
        [row for name, row in bare if stem in name],
    ):
        if fits:
            return _refs(fits)
    return ()


def _bare(title: str) -> str:
    """A folded title without its years or 试行 at the end."""
    return _TAIL.sub("", title) if title.endswith(")") else title


def _unmarked(
    reading: ReadTransaction, text: str, met: "re.Match[str]", words: frozenset[str]
) -> Iterator[RecognisedSpan]:
    """The longest stretch that ends with ``met`` and that some title contains."""
    piece = next((p for p in _PIECE.finditer(text) if p.start() <= met.start() < p.end()), None)
    if piece is None:
        return
    end = met.end()
    start = longest_phrase(reading, "regulation", text, range(max(piece.start(), end - _LONGEST), end - 2), end)
    if start is None or text[start:end] in words:
        return
    stretch = text[start:end]
    refs = _regulations(reading, stretch)
    whole = any(_is_whole(stretch, ref.name) for ref in refs)
    if not refs or (len(refs) > 1 and not whole and len(stretch) < _GENERIC):
        return
    if len(stretch) < 4 and not whole:
        return
    tail = _TAIL.match(text, end)
    yield RecognisedSpan(
        start, tail.end() if tail else end, (REGULATION,), SLOT if whole or len(stretch) > 4 else PART, refs
    )


def _is_whole(stretch: str, title: str) -> bool:
    """Whether a title equals ``stretch`` without its state, place or years: 行政程序规定 of 湖南省行政程序规定."""
    bare = _bare(fold(title)).lower()
    front = bare[: -len(stretch)] if bare.endswith(stretch) else None
    return front is not None and (
        front in ("", *_STATES)
        or re.fullmatch(r"[\u4e00-\u9fff]{1,6}[省市县区州盟旗](?:人民)?(?:政府)?", front) is not None
    )


def _documents(reading: ReadTransaction, text: str, scope: Scope) -> Iterator[RecognisedSpan]:
    """Documents named without marks: by a reference number, or by a whole title."""
    for met in _NUMBER.finditer(text):
        for start in range(met.start(), met.start("year") - 1):
            office, rest = text[start : met.start("year") - 1], f"{met['number']}号"
            forms = tuple(f"{office}{left}{met['year']}{right}{rest}" for left, right in ("〔〕", "[]", "()", "（）"))
            rows = reading.rows("read/documents-by-name", {"names": list(forms)})
            if rows:
                yield RecognisedSpan(start, met.end(), (DOCUMENT,), SLOT, _refs(rows))
                break
    if scope.only and scope.document is not None:
        name = fold(scope.document.name).lower()
        for form in {name, _bare(name), _without_brackets(name)} - {""}:
            at = text.find(form)
            if at >= 0 and len(form) > 4:
                yield RecognisedSpan(at, at + len(form), (DOCUMENT,), SLOT, (scope.document,))
        return
    for met in _ENDS.finditer(text):
        starts = range(max(0, met.end() - _LONGEST), met.end() - 6)
        rows = _document_rows(reading, [text[start : met.end()] for start in starts], scope)
        if rows:
            start = met.end() - len(fold(rows[0]["name"]))
            yield RecognisedSpan(max(start, 0), met.end(), (DOCUMENT,), SLOT, _refs(rows))
            continue
        rows = _bracketed_rows(reading, text[: met.end()])
        if rows:
            start = met.end() - len(_without_brackets(rows[0]["name"]))
            yield RecognisedSpan(start, met.end(), (DOCUMENT,), SLOT, _refs(rows))


def _bracketed_rows(reading: ReadTransaction, text: str) -> list[Row]:
    """The documents whose title without what it has in brackets ends ``text``; of several, the longest title."""
    form = search_form(text[-_TAIL_ASKED:])
    given = {"terms": every_term(form), "words": "", "limit": _CANDIDATES}
    rows = reading.rows("read/documents-by-text", given) if form else []
    ending = [row for row in rows if len(title := _without_brackets(row["name"])) > 6 and text.endswith(title)]
    longest = max((len(_without_brackets(row["name"])) for row in ending), default=0)
    return [row for row in ending if len(_without_brackets(row["name"])) == longest]


def _without_brackets(title: str) -> str:
    return re.sub(r"\([^()]*\)", "", fold(title).lower())


def _document_rows(reading: ReadTransaction, titles: Sequence[str], scope: Scope) -> list[Row]:
    """The documents with one of the titles, however their dashes and brackets are written."""
    if scope.only and scope.document is not None:
        known = _bare(fold(scope.document.name).lower()).replace("-", "")
        same = any(_bare(fold(title)).replace("-", "") == known for title in titles)
        return [{"id": scope.document.id, "name": scope.document.name, "region": scope.document.region}] * same
    forms = dict.fromkeys(
        form
        for title in titles
        for dashed in (title, title.replace("-", "—"), title.replace("-", "－"))
        for form in (dashed, dashed.replace("(", "（").replace(")", "）"))
    )
    return reading.rows("read/documents-by-name", {"names": list(forms)}) if forms else []


def _refs(rows: Sequence[Row]) -> tuple[EntityRef, ...]:
    return tuple({row["id"]: EntityRef(row["id"], row["name"], row.get("region")) for row in rows}.values())
