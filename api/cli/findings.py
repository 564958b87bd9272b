"""The command ``zeren findings``: what the rules find in one plan, or in all plans.

Order of steps: ask for the findings (through the server that holds the store, if there is one); print them as rows
(`api.cli.output`), and below them how often each rule fired.

Example: ``zeren findings 娄底市-娄发2017-4 --severity high``.

Left to others: the rules (`graph.findings`), the filters (`api.answers.findings`).
"""

from collections.abc import Mapping

from api.answers.chinese.labels import MATURITY_WORDS, SEVERITY_WORDS
from api.answers.findings import HEADINGS
from api.cli.backend import backend
from api.cli.output import print_rows


def findings_command(filters: Mapping[str, str | None], url: str, output: str) -> None:
    """Print the findings that pass the filters; as a table with the count of each rule."""
    with backend(url) as store:
        envelope = store.findings({key: value for key, value in filters.items() if value is not None})
    if output != "table":
        print_rows(envelope, output)
        return
    shown = [{**row, "severity": SEVERITY_WORDS[row["severity"]], "inferred": False} for row in envelope["items"]]
    print_rows({**envelope, "items": shown, "headings": HEADINGS}, output)
    for rule in envelope["rules"]:
        if rule["count"]:
            trial = f"（{MATURITY_WORDS[rule['maturity']]}）" if rule["maturity"] == "trial" else ""
            print(f"  {rule['count']:>4}  {rule['id']}  {rule['title']}{trial}")
