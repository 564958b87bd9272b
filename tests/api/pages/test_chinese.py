"""Pages speak Chinese: no Latin word is shown outside a short list, no code, no second word for one thing."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest

DOCUMENT = "娄底市-娄发2017-4"
# names of kinds of files and products, and the keys of a keyboard
ALLOWED = {"CSV", "XLSX", "DOCX", "TXT", "PDF", "SVG", "ZEREN", "Neo4j", "Browser", "o", "b", "j", "k", "N"}
SECOND_WORDS = ("集合称谓", "子任务", "无期限", "法规与文件", "任务事项", "完成时间")
PAGES = [
    "/",
    "/documents",
    "/units",
    "/regulations",
    "/findings",
    "/deadlines?as_of=2018-12-10",
    "/chains",
    "/chains?from_kind=regulation&from=湖南省行政程序规定&to_kind=unit&to=市政府法制办",
    "/chains?from=没有的&to=没有的",
    "/explore",
    "/explore?of=市政府法制办",
    "/explore?of=没有的",
    "/questions",
    "/about",
    "/basket",
    "/notes",
    "/search?q=执法",
    "/search?q=市政府法治办",
    "/suggest?q=执法",
    "/ask",
    "/ask?q=2018年底以前到期的事项由谁牵头",
    "/ask?q=市编办牵头而没有时限的事项",
    "/ask?q=市政府法制办和天气有什么关系",
    "/items?where=due-basis(none)",
    "/items?by=lead",
    "/units/市政府法制办?as_of=2018-12-10",
    "/units/市政府法制办/shared-with/市编办",
    "/units/没有的单位",
    "/regulations/湖南省行政程序规定",
    f"/items/{DOCUMENT}:6",
    f"/items/{DOCUMENT}:20",
    *(f"/documents/{DOCUMENT}{tail}" for tail in ("", "/text", "/duties", "/matrix", "/deadlines", "/findings")),
]
QUESTIONS = (
    "unit-duties?unit=市政府法制办",
    "lead-workload",
    "deadline-lights?as_of=2018-12-10",
    "recurring-tasks",
    "inferred-facts",
)


class Shown(HTMLParser):
    """What a reader sees: the text, and what labels and titles say; not what is for programmers."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._quiet: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("meta", "link", "input", "img", "br", "hr", "path", "rect", "circle"):
            self.said += [given[name] or "" for name in ("placeholder", "aria-label") if name in given]
            return
        if self._quiet or given.get("translate") == "no" or given.get("lang") == "en" or tag in ("style", "script"):
            self._quiet.append(tag)
            return
        self.said += [given[name] or "" for name in ("title", "aria-label") if name in given]

    def handle_endtag(self, tag: str) -> None:
        if self._quiet and self._quiet[-1] == tag:
            self._quiet.pop()

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.said.append(data)


def shown_in(page: str) -> str:
    reader = Shown()
    reader.feed(page)
    return "\n".join(reader.said)


@pytest.mark.parametrize(
    "address",
    [
        *PAGES,
        *(f"/questions/{one}" for one in QUESTIONS),
        *(f"/questions/{one.partition('?')[0]}" for one in QUESTIONS),
    ],
)
def test_a_page_shows_no_latin_word(sample: Any, address: str) -> None:
    answer = sample.client.get(address, headers={"Accept": "text/html"})
    text = shown_in(answer.text)
    # the name of the file that was loaded and the number of this version are no words
    words = set(re.findall(r"[A-Za-z][A-Za-z0-9+-]*", text.replace("loudi-2017.txt", ""))) - ALLOWED
    assert words == set()
    assert [word for word in SECOND_WORDS if word in text] == []


def test_the_reader_of_the_test_sees_titles_and_skips_code() -> None:
    assert shown_in('<p title="a">b</p><code translate="no">c</code><script>d</script><p>e</p>').split() == [
        "a",
        "b",
        "e",
    ]
