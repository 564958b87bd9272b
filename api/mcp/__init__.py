"""The door for assistants: tools of the Model Context Protocol, each of which asks one address of ``/v1``."""
