"""The layers of a PDF that are switched off: a program that shows the file does not draw what is in them.

1. Which layers are off says the file's own setting (``/OCProperties``); a name that a shown layer bears, too, says nothing.
2. A character is in a layer if its marks name it (``/OC … BDC``).  What a form as a whole or a group of layers hides is not seen
   by this: then the layer is told with a request to compare.

Example: 责任单位：市旅游局 in the layer 草稿, which is off, is not read, and told as hidden text.

Left to others: the words of a page (`loaders.files.paged.pdf`).
"""

import ctypes
import io
from collections.abc import Mapping
from typing import Any

import pypdfium2
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pypdfium2 import raw

_LONGEST = 400  # bytes of a layer's name
_MOST = 16  # marks of one object


def layers_off(data: bytes) -> Mapping[bytes, str]:
    """The layers that are off: the bytes of the name in the file -> the name."""
    if b"/OCProperties" not in data and b"/ObjStm" not in data:
        return {}
    try:
        properties = resolve1(PDFDocument(PDFParser(io.BytesIO(data))).catalog.get("OCProperties"))
        return _off(properties) if isinstance(properties, dict) else {}
    except (PDFException, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return {}  # a file that only PDFium can mend: its layers are as PDFium draws them


def layer_of(text: pypdfium2.PdfTextPage, n: int, layers: Mapping[bytes, str]) -> str | None:
    """The name of the layer among ``layers`` that holds a character."""
    held = raw.FPDFText_GetTextObject(text, n)
    for at in range(min(raw.FPDFPageObj_CountMarks(held), _MOST) if held else 0):
        name = _name_of(raw.FPDFPageObj_GetMark(held, at))
        if name in layers:
            return layers[name]
    return None


def _off(properties: dict[str, Any]) -> dict[bytes, str]:
    setting = resolve1(properties["D"])
    every, off, on = (
        _names(place.get(key)) for place, key in ((properties, "OCGs"), (setting, "OFF"), (setting, "ON"))
    )
    if str(getattr(resolve1(setting.get("BaseState")), "name", "ON")) == "OFF":
        off = [name for name in every if name not in on]
    return {name: _decoded(name) for name in off if every.count(name) <= off.count(name)}


def _names(layers: Any) -> list[bytes]:
    return [resolve1(resolve1(layer)["Name"]) for layer in resolve1(layers) or ()]


def _decoded(name: bytes) -> str:
    return name.decode("utf-16" if name[:2] in (b"\xfe\xff", b"\xff\xfe") else "latin-1", "replace")


def _name_of(mark: Any) -> bytes:
    held, size = ctypes.create_string_buffer(_LONGEST), ctypes.c_ulong()
    into = ctypes.cast(held, ctypes.POINTER(ctypes.c_ubyte))
    if not raw.FPDFPageObjMark_GetParamBlobValue(mark, b"Name", into, _LONGEST, size):
        return b""
    return held.raw[: min(size.value, _LONGEST)]
