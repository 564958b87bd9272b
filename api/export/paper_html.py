"""The working paper as one HTML file that opens offline, with the words inside, and checks its own hashes.

1. Each quote carries the SHA-256 of its words, the whole paper that of all its text. The script of the file computes them
   anew when it is opened, by code of its own (``static/paper.js``), so that no secure context is needed, and says which words
   were changed.
2. The policy in the file lets this one style and script run, and nothing be loaded.
3. Line ends are ``\\n``, as a browser reads them, before anything is hashed.

The hashes show that words were changed by mistake or in passing, not by someone who writes the hashes anew: against that, the hash
of the whole stands in the audit log.

Example: ``paper_to_html(paper).sha256`` is what the file says of itself.

Left to others: the content (`api.export.paper`).
"""

import base64
import hashlib
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from importlib.resources import files

from api.export.paper import PaperEntry, PaperQuote, WorkingPaper
from api.export.word_parts import without_controls


@dataclass(frozen=True, slots=True)
class HtmlPaper:
    """The file, and the SHA-256 of all the text of the paper in it."""

    data: bytes
    sha256: str


def paper_to_html(paper: WorkingPaper) -> HtmlPaper:
    """The paper as one file."""
    style, script = (
        files("api.export").joinpath("static", name).read_text(encoding="utf-8") for name in ("paper.css", "paper.js")
    )
    body = _body(paper)
    whole = _sha256(text_of_html(body))
    policy = f"default-src 'none'; style-src '{_source(style)}'; script-src '{_source(script)}'; base-uri 'none'"
    made = (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_shown(paper.name)}</title>\n<style>{style}</style></head>\n<body>\n"
        '<p id="check" role="status">没有校验：这个浏览器没有运行本文件里的校验程序。</p>\n'
        f'<main id="paper" data-whole="{whole}">{body}</main>\n<script>{script}</script>\n</body></html>\n'
    )
    return HtmlPaper(made.encode("utf-8", "replace"), whole)


def _body(paper: WorkingPaper) -> str:
    fields = "".join(f"<dt>{_shown(label)}</dt><dd>{_shown(value)}</dd>" for _, label, value in paper.fields)
    about = "".join(f"<dt>{_shown(label)}</dt><dd>{_shown(words)}</dd>" for label, words in paper.about)
    entries = "".join(map(_entry, paper.entries))
    return (
        f'<h1>{_shown(paper.title)}</h1><dl class="fields">{fields}</dl>{entries}'
        f"<section><h2>来源与口径</h2><dl>{about}</dl></section>"
    )


def _entry(entry: PaperEntry) -> str:
    state = f' <span class="stale">{_shown(entry.state)}</span>' if entry.state else ""
    parts = [
        f'<h2><span>{_shown(entry.index)}</span> {_shown(entry.title)}</h2><p class="kind">{_shown(entry.kind)}{state}</p>'
    ]
    if entry.said:
        parts.append(f'<p class="said">{_shown(entry.said)}</p>')
    parts += [_quote(one) for one in entry.quotes]
    if entry.left_out:
        parts.append(f"<p>另有 {entry.left_out} 处，没有列出。</p>")
    if entry.plan:
        parts.append(f'<p class="plan">{_shown(entry.plan)}</p>')
    parts += [f'<p class="noted">批注：{_shown(one)}</p>' for one in entry.noted]
    if entry.note:
        parts.append(f'<p class="note">说明：{_shown(entry.note)}</p>')
    return f"<article>{''.join(parts)}</article>"


def _quote(quote: PaperQuote) -> str:
    words = _lines(quote.words)
    changed = "" if quote.holds else ' <span class="stale">原文已变</span>'
    return (
        f"<figure><figcaption>{_shown(quote.what)} · {_shown(quote.place)}{changed}</figcaption>"
        f'<blockquote data-sha256="{_sha256(words)}">{escape(words)}</blockquote></figure>'
    )


def _lines(words: str) -> str:
    """Words as a browser has them after reading: one kind of line end, no sign that a file cannot hold."""
    whole = words.encode("utf-8", "replace").decode("utf-8")
    return without_controls(whole.replace("\r\n", "\n").replace("\r", "\n"))


def _shown(words: str) -> str:
    return escape(_lines(words))


class _Text(HTMLParser):
    """The text of a piece of HTML, as ``textContent`` has it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def text_of_html(piece: str) -> str:
    """``<p>甲 &amp; 乙</p>`` -> ``甲 & 乙``."""
    reader = _Text()
    reader.feed(piece)
    reader.close()
    return "".join(reader.found)


def _sha256(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


def _source(code: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(code.encode("utf-8")).digest()).decode()
