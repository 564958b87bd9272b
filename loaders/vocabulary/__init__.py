"""Vocabulary: what the parser knows beforehand, as YAML with source and as-of for each record.

``roles.yaml`` labels and role words · ``units.yaml`` bodies, official names, aliases · ``regulations.yaml`` instruments ·
``columns.yaml`` headings of task tables.
``VOCABULARY_VERSION`` changes when any of them changes: a stored plan remembers with which it was read.
"""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_FILES = ("roles", "units", "regulations", "columns")


@cache
def load_yaml(name: str) -> Any:
    """The records of ``vocabulary/<name>.yaml``."""
    return yaml.load((files(__package__) / f"{name}.yaml").read_text("utf-8"), Loader=_Loader)


def _version() -> str:
    digest = hashlib.sha256()
    for name in _FILES:
        digest.update((files(__package__) / f"{name}.yaml").read_bytes())
    return digest.hexdigest()[:12]


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
VOCABULARY_VERSION = _version()
