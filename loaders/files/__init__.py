"""Readers of file formats, one module each: bytes in, blocks out (`loaders.files.blocks`).

``html`` government pages · ``docx`` Word · ``xlsx`` Excel · ``pdf`` · ``ofd`` · ``ocr`` pictures · ``libreoffice`` what
only an office program opens (.doc, .wps, .xls, .rtf).  `loaders.files.read` chooses among them by a file's bytes.

Every reader has limits on unpacked bytes, cells, pages and characters. Beyond a limit the file is refused with a sentence
that says so.
"""
