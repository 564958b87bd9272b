"""Answers as files: CSV and NDJSON, workbooks, Word reports, dossiers."""
