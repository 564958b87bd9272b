"""Pages: HTML of a government site, a page that a script shows, Markdown.

Example: ``site(["1.清理文件。"])`` has the lines in the container of the article, and navigation around it.
"""

import re
from collections.abc import Sequence
from html import escape

_HEADING = re.compile(r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]")
_LABEL = re.compile(r"^([\u4e00-\u9fff]{2,8})([:：])")


def inner(lines: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> str:
    body = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
    cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return body + (f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>" if rows else "")


def page(body: str, charset: str = "utf-8") -> str:
    return f'<!DOCTYPE html><html><head><meta charset="{charset}"></head><body>{body}</body></html>'


def site(lines: Sequence[str], rows: Sequence[Sequence[str]] = (), charset: str = "utf-8") -> bytes:
    """A page of a site: the article between navigation and a footer."""
    around = "<ul class='nav'>{}</ul>".format("".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(30)))
    foot = "<div class='footer'>主办：市人民政府办公室 网站标识码4300000000</div>"
    return page(f"{around}<div id='zoom'>{inner(lines, rows)}</div>{foot}", charset).encode(charset, "replace")


def hidden_until_script(lines: Sequence[str]) -> bytes:
    """A saved page of a public account: its article is invisible until a script runs."""
    return page(f'<div id="js_content" style="visibility: hidden; opacity: 0;">{inner(lines)}</div>').encode()


def markdown(lines: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    """Headings with ``#``, labels in bold, tables with strokes."""
    made = [
        f"## {line}" if _HEADING.match(line) and len(line) < 30 else _LABEL.sub(r"**\1**\2", line, count=1)
        for line in lines
    ]
    table = [f"| {' | '.join(row)} |" for row in rows]
    return "\n\n".join(
        made + (["\n".join([table[0], "|---" * len(rows[0]) + "|", *table[1:]])] if rows else [])
    ).encode()
