"""The step of the question ``item-card``: the facts of an item in the order of a card.

For each time clause it says how the clause was weighed for the date of the item (`graph.dates.effective_date`).

Example: the card of item 20 begins with its two leads and ends with the instruments that it cites.
"""

from graph.dates.effective_date import Explained, of_item, outcome_of
from graph.library.columns import CLAUSE, DUE, INFERRED, ORDER, PLACE, WHERE
from graph.library.question import QuestionStep, StepInput, StepResult

_OF_CARD = ("lead", "responsible", "cooperating", "supervising", "leader", "deadline", "citation", "mention")


def card_rows(asked: StepInput) -> StepResult:
    """The facts of an item in the order of a card; for each time clause, how it was weighed."""
    documents = {row["document_id"] for row in asked.rows}
    of_document = [
        {**clause, "of": document}
        for document in documents
        for clause in asked.reading.rows("read/document-deadlines", {"document": document})
    ]
    made = []
    for row in asked.rows:
        met: Explained = {"outcome": None, "why": None}
        if row["fact"] == "deadline":
            of_item_ = [other for other in asked.rows if other["fact"] == "deadline"]
            clauses = [other for other in of_item_ if other["item_id"] == row["item_id"]]
            fallbacks = [clause for clause in of_document if clause["of"] == row["document_id"]]
            found = of_item(row, clauses, fallbacks)["weighed"]
            met = next(
                (one for one in found if one["id"] == row["id"]),
                outcome_of("holds"),  # the fallback as the item's own inferred deadline
            )
        made.append(
            {
                **{key: row[key] for key in CARD.returns if key in row},
                "outcome": met["outcome"],
                "why": met["why"],
                "start": row["because"][0] if row["start"] is None and row["because"] else row["start"],
                "end": row["because"][1] if row["start"] is None and row["because"] else row["end"],
            }
        )
    made.sort(
        key=lambda row: (row["item_part"] or 0, _OF_CARD.index(row["fact"]), row["position"] or 0, row["fact_start"])
    )
    return StepResult([{key: row[key] for key in CARD.returns} for row in made])


CARD = QuestionStep(
    card_rows,
    (
        *("id", "fact", "name", "refers_to", "position", "relation", "kind", "date", "precision"),
        *("conditional", "hedge", "task", "outcome", "why"),
        *(*WHERE, *DUE, "ongoing", *INFERRED, *PLACE, *CLAUSE, *ORDER),
    ),
)
