"""The pages in HTML, made on the server over the same answers as ``/v1``."""
