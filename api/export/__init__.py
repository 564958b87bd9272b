"""An answer as a file: CSV and NDJSON, workbooks, Word, dossiers."""
