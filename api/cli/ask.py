"""The command ``ask``: a question in Chinese, how it was read, its rows, and other meanings.

Example: ``ask_command("市政府法制办牵头哪些事项", "embedded:", as_json=False)``.

Left to others: reading and answering (`api.asking`), rows (`api.cli.output`).
"""

import shlex

from api.cli.backend import backend
from api.cli.output import print_rows
from api.cli.streams import standard_input
from api.cli.text import one_line


def asked_on(stream: str) -> str:
    """The question: the argument itself, or for ``-`` the text on standard input."""
    return standard_input().read().decode("utf-8", "replace").strip() if stream == "-" else stream


def ask_command(text: str, url: str, *, as_json: bool) -> bool:
    """Print the answer. False if the text was not understood, or lacks what its question needs."""
    with backend(url) as store:
        envelope = store.ask(text)
    if as_json:
        print_rows(envelope, "json")
    else:
        print(one_line(envelope["said"]))
        if not envelope["unread"]:
            print_rows(envelope, "table")
        for other in envelope.get("instead", ()):
            print(one_line(f"可以改问（{other['said']}）：zeren ask {shlex.quote(other['q'])}"))
        if envelope["alternatives"]:
            print("也可以问：")
        for other in envelope["alternatives"]:
            given = "".join(f" {name}={value}" for name, value in other["parameters"].items())
            print(one_line(f"  {other['said']}  zeren query {other['question']}{given}"))
    return not envelope["unread"]
