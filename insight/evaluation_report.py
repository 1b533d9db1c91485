"""The report of an evaluation: a page that needs nothing else, and its pictures as files.

`EvaluationReport` holds what is told; `write_report` draws, writes `index.html` and NAME.svg, NAME.png beside it. The
page holds its pictures and its styles, takes the reader's light or dark, and fits a phone as well as a screen.

Texts are masked before they come here. Raises: OSError when the folder cannot be written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from babel.dates import format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from insight.calibration_pictures import abstention_picture, precision_picture, reliability_picture
from insight.confusion_picture import NAMED, confusion_picture
from insight.confusions import intents_of, surely_wrong, worst_cells
from insight.drawing import Picture
from insight.read_texts import ReadText
from insight.wording import Wording

_SURELY_WRONG = 12
_TEXTS_OF_A_CELL = 5
_WIDE_FROM = 60
_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class IntentRow:
    """An intent in the table. `taken_for` names the other intent it was most often taken for, and how often."""

    intent: str
    texts: int
    precision: float
    recall: float
    f1: float
    taken_for: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in words: what it is, its value as shown, what it means."""

    name: str
    value: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """All that the page tells. `headlines` stand large at its top, `figures` in a table."""

    engine: str
    model: str
    tested_on: str
    made_at: datetime
    texts: Sequence[ReadText]
    intents: Sequence[IntentRow]
    headlines: Sequence[Figure]
    figures: Sequence[Figure]


def write_report(report: EvaluationReport, folder: Path, say: Wording) -> Path:
    """Draw and write all of it; the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {picture.name: picture for picture in pictures(report.texts, say)}
    for picture in drawn.values():
        picture.store(folder)
    page = folder / "index.html"
    page.write_text(evaluation_page(report, drawn, say), encoding="utf-8")
    return page


def pictures(texts: Sequence[ReadText], say: Wording) -> Iterator[Picture]:
    """All pictures that these texts give."""
    yield confusion_picture(texts, say)
    if any(text.in_scope for text in texts):
        yield reliability_picture(texts, say)
        yield precision_picture(texts, say)
    abstaining = abstention_picture(texts, say)
    if abstaining:
        yield abstaining


def evaluation_page(report: EvaluationReport, drawn: dict[str, Picture], say: Wording) -> str:
    """The page as HTML."""
    return (
        _templates()
        .get_template("evaluation.html")
        .render(
            _=say,
            say=say,
            report=report,
            made_at=format_datetime(report.made_at, "long", locale=say.locale.value),
            drawn={name: Markup(picture.on_page) for name, picture in drawn.items()},  # noqa: S704 - drawn by us, escaped
            wide=len(intents_of(report.texts)) > _WIDE_FROM,
            rows=sorted(report.intents, key=lambda row: (row.f1, row.intent)),
            worst=worst_cells(report.texts, NAMED),
            shown=_TEXTS_OF_A_CELL,
            wrong=surely_wrong(report.texts, _SURELY_WRONG),
        )
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
