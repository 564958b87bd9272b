"""What a PDF holds beside the words that its pages draw: annotations, fields of a form, files, a form in XML.

1. Words that an annotation strikes through are left out by the reader of the page: `struck_places`.
2. Told: notes and free text, what is typed into fields, attached files, a form that only one program shows (XFA).

Example: the note 请改为市水利局 on page 1 is told as 批注没有读入：第1页“请改为市水利局”。

Left to others: the words of a page (`loaders.files.paged.pdf`).
"""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from loaders.files.omissions import Omissions
from loaders.files.source import UNREAD

_MOST = 500  # annotations of a page, attached files
_SILENT = frozenset((raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP))
_WITHOUT_WORDS = ("Btn", "Sig")  # kinds of fields


def struck_places(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """The places that annotations of a page strike through: left, bottom, right, top, in the space of the page."""
    found = []
    quad = raw.FS_QUADPOINTSF()
    for annotation in _annotations(page):
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_STRIKEOUT:
            for n in range(min(raw.FPDFAnnot_CountAttachmentPoints(annotation), _MOST)):
                if raw.FPDFAnnot_GetAttachmentPoints(annotation, n, quad):
                    xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                    found.append((min(xs), min(ys), max(xs), max(ys)))
    return found


def tell_annotations(page: pypdfium2.PdfPage, number: int, left: Omissions) -> None:
    """Tell of the words in annotations and fields of a page."""
    for annotation in _annotations(page):
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind == raw.FPDF_ANNOT_WIDGET:
            words = "" if _words(annotation, b"FT") in _WITHOUT_WORDS else _words(annotation, b"V")
            code = "form-field"
        else:
            words = "" if kind in _SILENT else _words(annotation, b"Contents")
            code = "comment"
        if words.strip():
            left.add(code, f"第{number}页", words)


def tell_of_file(document: pypdfium2.PdfDocument, left: Omissions) -> None:
    """Tell of attached files, and of a form in XML, whose pages hold only a request to open it elsewhere."""
    for n in range(min(document.count_attachments(), _MOST)):
        left.add("embedded-part", "附件", document.get_attachment(n).get_name())
    if document.get_formtype() == raw.FORMTYPE_XFA_FULL:
        left.tell(UNREAD, "这是一份 XFA 表单，页面内容要由 Adobe Reader 生成，没有读入；请用它打印成 PDF 后再读。")


def _annotations(page: pypdfium2.PdfPage) -> Iterator[Any]:
    for n in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        if annotation := raw.FPDFPage_GetAnnot(page, n):
            try:
                yield annotation
            finally:
                raw.FPDFPage_CloseAnnot(annotation)


def _words(annotation: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if size <= 2:
        return ""
    held = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(held, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return held.raw.decode("utf-16-le", "replace").rstrip("\0")
