"""The parts of a picture: boxes with wrapped text, lines with a title, figures; all text escaped, all colours by class.

Lengths are in CSS pixels. Colours come from the style sheet of the page (``static/zeren.css``), so that a picture is light,
dark or printed as the page is.

Example: ``wrapped("娄底市法治政府建设实施方案", 104)`` is two lines of eight and five characters.

Left to others: what stands where (`api.pages.pictures.chain`, `api.pages.pictures.axis`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

EM = 13.0  # of the text in boxes
LINE = 18.0


def width_of(text: str, em: float = EM) -> float:
    """How wide a text is about: a Chinese character is a square, a Latin one a little more than half of it."""
    return sum(em if ord(one) > 0x2E7F or one in "“”‘’—…·" else em * 0.58 for one in text)


def wrapped(text: str, width: float, most: int = 3) -> list[str]:
    """``text`` in lines of ``width``, ``most`` at most; what does not fit ends in an ellipsis."""
    lines, at = [""], 0.0
    for one in text:
        step = width_of(one)
        if at + step > width and lines[-1]:
            if len(lines) == most:
                lines[-1] = lines[-1][:-1] + "…"
                return lines
            lines.append("")
            at = 0.0
        lines[-1] += one
        at += step
    return lines


@dataclass(slots=True)
class Drawing:
    """A picture that grows: its size, what it is called, and its parts from the lowest layer to the highest."""

    label: str
    width: float = 0.0
    height: float = 0.0
    parts: list[Markup] = field(default_factory=list)

    def add(self, template: str, *given: object, **named: object) -> None:
        """A part; what is given is escaped."""
        self.parts.append(Markup(template).format(*given, **named))

    def text(self, x: float, y: float, words: str, classes: str = "", anchor: str = "start") -> None:
        """One line of text."""
        self.add('<text x="{:.0f}" y="{:.0f}" class="{}" text-anchor="{}">{}</text>', x, y, classes, anchor, words)

    def __html__(self) -> str:
        size = Markup('viewBox="0 0 {w:.0f} {h:.0f}" width="{w:.0f}" height="{h:.0f}"').format(
            w=self.width, h=self.height
        )
        return str(
            Markup('<svg {} role="group" aria-label="{}">{}</svg>').format(
                size, self.label, Markup("").join(self.parts)
            )
        )


@dataclass(slots=True)
class Box:
    """A box of a column: its lines, its look, where it leads, a letter before and a remark behind its name."""

    key: str
    name: str
    classes: str
    href: str | None = None
    letter: tuple[str, str] | None = None  # the role and its letter
    remark: str = ""
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    lines: Sequence[str] = ()

    def lay(self, width: float) -> float:
        """Wrap the name into ``width``; the height that it takes."""
        self.width = width
        room = width - 20 - (24 if self.letter else 0) - (width_of(self.remark, 12) + 8 if self.remark else 0)
        self.lines = wrapped(self.name, room)
        return self.height

    @property
    def height(self) -> float:
        return 8 + LINE * len(self.lines)

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    def draw(self, on: Drawing, keep: str, of: str) -> None:
        """The box on ``on``; ``keep`` names its own chain, ``of`` all that it belongs to."""
        made: list[Markup] = [
            Markup('<rect class="node {}" x="{:.0f}" y="{:.0f}" width="{:.0f}" height="{:.0f}" rx="3"/>').format(
                self.classes, self.x, self.y, self.width, self.height
            )
        ]
        left = self.x + 10
        if self.letter:
            made.append(letter_box(left - 3, self.middle - 9, *self.letter))
            left += 24
        for number, line in enumerate(self.lines):
            y = self.y + 4 + LINE * number + 13
            made.append(Markup('<text x="{:.0f}" y="{:.0f}">{}</text>').format(left, y, line))
        if self.remark:
            x = self.x + self.width - 10
            made.append(
                Markup('<text class="caption" x="{:.0f}" y="{:.0f}" text-anchor="end">{}</text>').format(
                    x, self.middle + 4, self.remark
                )
            )
        inside = Markup("<title>{}</title>{}").format(self.name, Markup("").join(made))
        if self.href:
            on.add('<a href="{}" class="of" data-of="{}" data-keep="{}">{}</a>', self.href, of, keep, inside)
        else:
            on.add('<g class="of" data-of="{}" data-keep="{}">{}</g>', of, keep, inside)


def letter_box(x: float, y: float, role: str, letter: str) -> Markup:
    """The mark of a role: a square of 18 with its letter."""
    look = "on-lead" if role == "lead" else f"letter-{role}"
    return Markup(
        '<rect class="box-{r}" x="{x:.0f}" y="{y:.0f}" width="18" height="18" rx="3"/>'
        '<text class="{look}" x="{cx:.0f}" y="{cy:.0f}" text-anchor="middle">{letter}</text>'
    ).format(r=role, x=x, y=y, cx=x + 9, cy=y + 13.5, look=look, letter=letter)


def stack(boxes: Iterable[Box], x: float, top: float, gap: float = 8.0) -> float:
    """Put boxes below each other; where the last one ends."""
    y = top
    for box in boxes:
        box.x, box.y = x, y
        y += box.height + gap
    return y - gap if y > top else top
