"""The pages in HTML, rendered on the server from the same answers as ``/v1``."""
