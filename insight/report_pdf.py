"""A told report on paper: A4 pages drawn by the library that draws our pictures, so that both look alike.

Text stays text (it can be searched and copied), letters are embedded. What does not fit begins another page; a row of a
table is never torn. Units: inches from the top left corner of the page, points for letters.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desk.told_report import ToldReport, ToldSection, ToldTable
from insight.drawing import INK, LINE, MAIN, SOFT, WARM, figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Draw = Callable[["Figure", tuple[float, float, float, float]], None]
"""Draws into a part of a page: left, bottom, width, height in shares of it."""

WIDTH, HEIGHT = 8.27, 11.69
_LEFT, _RIGHT, _TOP, _BOTTOM = 0.75, 0.75, 0.8, 0.8
_ROOM = WIDTH - _LEFT - _RIGHT
_LINE = 1.42
_CELL = 9.0
_GAP = 0.18
_SLACK = 0.02


class Paper:
    """Pages as they are written."""

    def __init__(self, new_page: Callable[[], Figure]) -> None:
        self._new_page = new_page
        self.pages: list[Figure] = []
        self._y = HEIGHT
        self._turn()

    def _turn(self) -> None:
        self.pages.append(self._new_page())
        self._y = _TOP

    def need(self, height: float) -> None:
        """Begins another page when so much does not fit here."""
        if self._y + height > HEIGHT - _BOTTOM and self._y > _TOP:
            self._turn()

    def skip(self, height: float) -> None:
        """Leaves room."""
        self._y += height

    def write(self, words: str, size: float, colour: str = INK, *, bold: bool = False, left: float = 0.0) -> None:
        """A paragraph over the page's width."""
        for line in wrapped(words, size, _ROOM - left, bold=bold):
            self.need(size * _LINE / 72)
            self._put(_LEFT + left, line, size, colour, bold=bold)
            self._y += size * _LINE / 72

    def _put(self, left: float, words: str, size: float, colour: str, *, bold: bool = False, **look: Any) -> None:
        weight = "bold" if bold else "normal"
        place = (left / WIDTH, 1 - self._y / HEIGHT)
        self.pages[-1].text(*place, words, size=size, color=colour, weight=weight, va="top", **look)

    def figures(self, shown: Sequence[tuple[str, str]]) -> None:
        """Large numbers beside each other, what they are below."""
        self.need(0.8)
        each = _ROOM / max(1, len(shown))
        for place, (value, _name) in enumerate(shown):
            self._put(_LEFT + place * each, value, 17, MAIN, bold=True)
        self._y += 0.33
        names = [wrapped(name, 8.5, each - _GAP) for _value, name in shown]
        for row in range(max((len(lines) for lines in names), default=0)):
            for place, lines in enumerate(names):
                if row < len(lines):
                    self._put(_LEFT + place * each, lines[row], 8.5, SOFT)
            self._y += 8.5 * _LINE / 72
        self._y += 0.1

    def table(self, table: ToldTable) -> None:
        """Columns as wide as their words want, the widest gives way."""
        widths = column_widths(table)
        if any(table.head):
            self._row(table.head, widths, SOFT)
        for row in table.rows:
            self._row(row, widths, INK)

    def _row(self, cells: Sequence[str], widths: Sequence[float], colour: str) -> None:
        lines = [wrapped(cell, _CELL, width - _GAP) for cell, width in zip(cells, widths, strict=True)]
        height = max(len(one) for one in lines) * _CELL * _LINE / 72 + 0.07
        self.need(height)
        left = _LEFT
        top = self._y
        for one, width in zip(lines, widths, strict=True):
            for line in one:
                self._put(left, line, _CELL, colour)
                self._y += _CELL * _LINE / 72
            left, self._y = left + width, top
        self._y = top + height
        self._rule()

    def _rule(self) -> None:
        from matplotlib.lines import Line2D

        y = 1 - (self._y - 0.035) / HEIGHT
        ends = (_LEFT / WIDTH, 1 - _RIGHT / WIDTH)
        self.pages[-1].add_artist(Line2D(ends, (y, y), color=LINE, linewidth=0.6))

    def picture(self, draw: Draw, height: float) -> None:
        """As wide as the page."""
        self.need(height)
        box = ((_LEFT + 0.3) / WIDTH, 1 - (self._y + height) / HEIGHT, (_ROOM - 0.3) / WIDTH, height / HEIGHT)
        draw(self.pages[-1], box)
        self._y += height


def wrapped(words: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Lines no wider than `room`; a word that is wider alone is broken."""
    lines, line = list[str](), ""
    for word in words.replace("\n", " ").split(" "):
        longer = f"{line} {word}" if line else word
        if _width(longer, size, bold=bold) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while _width(line, size, bold=bold) > room and len(line) > 1:
            fits = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or _width(line[:n], size, bold=bold) <= room)
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line] if line or not lines else lines


def column_widths(table: ToldTable) -> list[float]:
    """What each column wants; when that is too much, the widest ones share what is left."""
    rows = [row for row in (table.head, *table.rows) if any(row)]
    wanted = [max(_width(cell, _CELL) for cell in column) + _GAP + _SLACK for column in zip(*rows, strict=True)]
    cap = max(wanted, default=0.0)
    while sum(min(one, cap) for one in wanted) > _ROOM:
        cap *= 0.97
    return [min(one, cap) for one in wanted]


def _width(words: str, size: float, *, bold: bool = False) -> float:
    """In inches."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal", size=size)
    wide, _high, _deep = text_to_path.get_text_width_height_descent(words, font, ismath=False)
    return float(wide) / 72


def report_pdf(report: ToldReport, drawing: Draw | None, *, made_at: datetime, brand: str) -> bytes:
    """The whole report. `drawing` stands where a page has its picture."""
    import matplotlib
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    with figure(WIDTH, HEIGHT), matplotlib.rc_context({"pdf.fonttype": 42}):
        paper = Paper(lambda: Figure(figsize=(WIDTH, HEIGHT)))
        if report.mark:
            paper.write(report.mark, 13, WARM, bold=True)
        paper.write(report.title, 18, bold=True)
        paper.write(report.subtitle, 9, SOFT)
        paper.skip(0.2)
        paper.figures([(one.value, one.name) for one in report.headlines])
        for section in report.sections:
            _section(paper, section, drawing)
        _number_pages(paper.pages, f"{brand} · {report.title}{f' · {report.mark}' if report.mark else ''}")
        written = io.BytesIO()
        about = {"Title": report.title, "Author": brand, "Creator": "Zuruf", "Producer": None, "CreationDate": made_at}
        with PdfPages(written, metadata=about) as pdf:
            for page in paper.pages:
                pdf.savefig(page)
        return written.getvalue()


def _section(paper: Paper, section: ToldSection, drawing: Draw | None) -> None:
    paper.skip(0.16)
    paper.need(0.9)
    paper.write(section.title, 12, bold=True)
    paper.skip(0.05)
    for words in section.words:
        paper.write(words, 9.5)
        paper.skip(0.04)
    if drawing is not None and section.picture:
        paper.need(4.7)
        paper.skip(1.05)
        paper.picture(drawing, 3.3)
        paper.skip(0.5)
    if section.table is not None:
        paper.table(section.table)
    for words in section.notes:
        paper.skip(0.04)
        paper.write(words, 8.5, SOFT)


def _number_pages(pages: Sequence[Figure], foot: str) -> None:
    line = wrapped(foot, 8, _ROOM - 1)[0]
    for number, page in enumerate(pages, 1):
        page.text(_LEFT / WIDTH, 0.45 / HEIGHT, line, size=8, color=SOFT)
        page.text(1 - _RIGHT / WIDTH, 0.45 / HEIGHT, f"{number} / {len(pages)}", size=8, color=SOFT, ha="right")
