"""Readers of the formats people have, one module each: bytes in, blocks out (`loaders.files.blocks`).

``html`` government pages · ``docx`` Word · ``xlsx`` Excel · ``pdf`` with a text layer · ``ofd`` · ``office`` what only
an office program opens (.doc, .wps, .xls, .rtf).  `loaders.files.read` chooses among them by a file's bytes.

Every reader is bounded: a limit on what is unpacked, on cells, on pages, on characters; over it the file is refused
with a sentence that says so.
"""
