"""A saved page in one file (MHTML), also with the name .doc: Word and browsers write such files.

The file is a mail message: of its parts the first page is the text; pictures and further pages are told.

Example: ``MIME-Version: 1.0 … Content-Type: text/html; charset="gb2312"`` gives the text of that page.

Left to others: the main text of a page (`loaders.files.html`), encodings (`loaders.files.decoding`).
"""

import email
import re
from email.message import Message

from graph.errors import UnreadableSource
from loaders.files.decoding import ENCODINGS, decode
from loaders.files.omissions import Omissions

_HEADERS = re.compile(rb"\A\s*[A-Za-z][\w-]{1,40}:[^\n]{0,998}\n(?:[^\n]{0,998}\n){0,30}?MIME-Version:", re.IGNORECASE)
_FIRST = re.compile(rb"\A\s*MIME-Version:", re.IGNORECASE)
_REACH = 4096
_MOST_PARTS = 5000


def is_mhtml(data: bytes) -> bool:
    """Whether a file begins like a saved page in one file."""
    begin = data[:_REACH]
    return bool(_FIRST.match(begin) or _HEADERS.match(begin)) and b"ontent-" in begin


def page_of_mhtml(data: bytes, left: Omissions) -> str:
    """The page of a saved page in one file. Raises UnreadableSource if it has none."""
    pages: list[Message] = []
    for count, part in enumerate(email.message_from_bytes(data).walk()):
        if count > _MOST_PARTS:
            raise UnreadableSource(f"the file holds more than {_MOST_PARTS} parts; expected one saved page.")
        kind = part.get_content_type()
        if kind in ("text/html", "application/xhtml+xml"):
            pages.append(part)
        elif kind.startswith("image/"):
            left.add("picture", f"部分 {_name(part)}")
    if not pages:
        raise UnreadableSource("the file is a mail message without a page; expected a saved web page.")
    for page in pages[1:]:
        left.add("embedded-part", f"部分 {_name(page)}")
    charset = (pages[0].get_content_charset() or "").lower()
    words = pages[0].get_payload(decode=True)
    return decode(
        words if isinstance(words, bytes) else b"", "the page", charset if charset in ENCODINGS else None
    ).text


def _name(part: Message) -> str:
    return str(part.get("Content-Location") or part.get_filename() or part.get_content_type()).rpartition("/")[2][:80]
