"""Asking in Chinese: from the typed text to a question of the library or a query of conditions, or to "not understood".

Order of steps (`api.asking.understand`): normalise the text (`api.asking.covering`); find days and periods
(`api.asking.days`), the graph's own names (`api.asking.unit_names`, `api.asking.titles`) and the words of ``words.yaml``
(`api.asking.vocabulary`) in it; choose the cheapest cover of the text by these spans; match the concepts of the spans with
the phrasings in ``phrasings.yaml`` (`api.asking.phrasings`).  If a character stays uncovered, or a phrasing has no place
for a concept, conditions are tried (`api.asking.compose`); else the text is not understood: half a question is never
answered.  `api.asking.answer` asks the question.

Example: 法制办牵头哪些事项 -> unit-duties with unit 娄底市:市政府法制办 and role lead.
"""
