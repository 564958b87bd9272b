"""The routes of ``/v1``: parameters and answers, a thin layer over `api.answers`."""
