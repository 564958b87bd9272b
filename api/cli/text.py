r"""Safe text for the terminal.

The text of a plan may contain characters that control a terminal. Each control character is shown as its picture, one
for one, so that places do not change.  Example: ``printable("\x1b[31m")`` is ``␛[31m``.
"""

import re

_PICTURES: dict[int, int | str] = {0x0D: " ", 0x7F: 0x2421, **dict.fromkeys(range(0x80, 0xA0), 0xFFFD)}
_PICTURES |= {c: 0x2400 + c for c in range(0x20) if c not in (0x09, 0x0A, 0x0D)}


def printable(text: str) -> str:
    """``text`` with every control character except tab and line feed replaced by a visible, harmless one."""
    return text.translate(_PICTURES)


def one_line(text: str) -> str:
    """`printable` text in one line: each run of line breaks is shown as ``⏎``."""
    return re.sub(r"\s*\n\s*", "⏎", printable(text.replace("\r\n", "\n")))
