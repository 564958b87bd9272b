"""Bars: how much each of several has, one bar cut into shares, and how much of a text was read.

Example: ``bar(7, 17)`` is a bar of 41 % of its width.

Left to others: the words and figures beside a bar (the templates), which say the same.
"""

from collections.abc import Sequence

from markupsafe import Markup


def bar(part: float, whole: float, classes: str = "") -> Markup:
    """One bar; it says nothing that the figure beside it does not say."""
    share = 100 * part / whole if whole else 0
    return Markup(
        '<svg aria-hidden="true" viewBox="0 0 100 12" preserveAspectRatio="none"><rect class="barof {}" width="{:.1f}" height="12"/></svg>'
    ).format(classes, share)


def shares(parts: Sequence[tuple[str, int]], label: str) -> Markup:
    """One bar cut into the shares of ``parts``, pairs of a class and a count, in their order."""
    whole = sum(count for _, count in parts)
    at, made = 0.0, []
    for name, count in parts:
        wide = 1000 * count / whole if whole else 0
        if wide:
            shown = max(wide - 2, 1)
            made.append(
                Markup('<rect class="share-{}" x="{:.1f}" width="{:.1f}" y=".5" height="13"/>').format(name, at, shown)
            )
            if name == "yellow":  # told apart without colour
                lines = Markup("").join(
                    Markup('<path class="stripe" d="M{:.0f} 14l8 -14"/>').format(x)
                    for x in range(int(at) + 6, int(at + shown) - 8, 10)
                )
                made.append(lines)
        at += wide
    return Markup(
        '<svg class="lightbar" role="img" aria-label="{}" viewBox="0 0 1000 14" preserveAspectRatio="none">{}</svg>'
    ).format(label, Markup("").join(made))


def meter(part: float, whole: float, label: str) -> Markup:
    """How much of a whole there is, small enough for a cell."""
    share = 64 * part / whole if whole else 0
    return Markup(
        '<svg class="meter" role="img" aria-label="{}" viewBox="0 0 66 8"><rect class="share-rest" x=".5" y=".5" width="65" height="7"/>'
        '<rect class="share-read" x="1" y="1" width="{:.1f}" height="6"/></svg>'
    ).format(label, share)
