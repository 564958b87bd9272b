"""The routes of ``/v1``: what is taken and what is answered, thin over `api.answers`."""
