"""Asking in Chinese: what was typed -> the question of the library that it asks, or plainly that it was not understood.

Order of steps (`api.asking.understand`): the text is made even (`api.asking.covering`); days and periods (`api.asking.dates`), the graph's own names
(`api.asking.units`, `api.asking.titles`) and the words of ``words.yaml`` (`api.asking.vocabulary`) are found in it; the cheapest covering of the text by
them is chosen; the concepts that it names are compared with the ways of asking in ``ways.yaml`` (`api.asking.phrasings`).  A character
that nothing covers, or a concept that a way has no place for, makes the text not understood: no half of a question is
answered.  `api.asking.answer` asks what was read.

Example: 法制办牵头哪些事项 -> unit-duties with unit 娄底市:市政府法制办 and role lead.
"""
