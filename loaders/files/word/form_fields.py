"""Signs and choices of Word that are no text: symbols of a font, a chosen line of a list, a box that is ticked.

>>> symbol_sign("Wingdings 2", "F052"), symbol_sign("Wingdings", "F0A8"), symbol_sign("Symbol", "F0B3")
('☑', '☐', '')

Left to others: runs (`loaders.files.word.runs`).
"""

from lxml import etree

from loaders.files.elements import child, local, value

# the signs of Wingdings that plans use: boxes, ticks, figures in circles, arrows
_SIGNS = {
    "wingdings": {0xFC: "✓", 0xFE: "☑", 0xFD: "☒", 0xFB: "✗", 0xA8: "☐", 0x6F: "☐", 0x71: "☐", 0x72: "☐", 0xA1: "○",
                  0x6C: "●", 0x6E: "■", 0x75: "◆", 0xD8: "➢", 0xE0: "→", 0xF0: "⇨", 0x9F: "•", 0xA7: "▪",
                  **{0x81 + n: chr(ord("①") + n) for n in range(10)}, **{0x8C + n: chr(ord("❶") + n) for n in range(10)}},
    "wingdings 2": {0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x2A: "☐", 0x50: "✓", 0x4F: "✗", 0x30: "☐",
                    **{0x6A + n: chr(ord("①") + n) for n in range(10)}},
}  # fmt: skip
_OFF = ("0", "false")


def symbol_sign(font: str, code: str) -> str:
    """The sign of a symbol (``w:sym``); "" if it is none that is known."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if not 0xF000 <= number <= 0xF0FF:  # a character by its own code
        return chr(number) if 0x20 <= number < 0xD800 else ""
    return _SIGNS.get(font.strip().lower(), {}).get(number - 0xF000, "")


def chosen_words(field: etree._Element) -> str:
    """What a field of a form shows by itself (``w:ffData``): the chosen line of its list, a box with or without a tick."""
    data = child(field, "ffData")
    listed = child(data, "ddList")
    if listed is not None:
        lines = [value(entry) or "" for entry in listed if local(entry.tag) == "listEntry"]
        written = value(child(listed, "result")) or value(child(listed, "default")) or "0"
        return lines[int(written)] if written.isdecimal() and int(written) < len(lines) else ""
    box = child(data, "checkBox")
    if box is None:
        return ""
    mark = child(box, "checked")
    mark = child(box, "default") if mark is None else mark
    return "☑" if mark is not None and value(mark) not in _OFF else "☐"
