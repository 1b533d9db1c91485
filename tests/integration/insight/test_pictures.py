"""Pictures and page of an evaluation: what they say, in both languages, for few intents and for many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.catalogues import load_phrases
from desk.people import Locale
from insight.calibration_pictures import abstention_picture, precision_picture, reliability_picture
from insight.confusion_picture import confusion_picture
from insight.drawing import NAMES, Picture
from insight.evaluation_report import EvaluationReport, Figure, IntentRow, write_report
from insight.read_texts import ReadText
from insight.wording import Wording

GERMAN = Wording(load_phrases(Locale.ENGLISH), Locale.GERMAN)
ENGLISH = Wording(load_phrases(Locale.ENGLISH), Locale.ENGLISH)


def read(intents: int, *, hostile: str = "") -> list[ReadText]:
    """Each intent has ten texts, of which its number modulo four are read as the next intent."""
    names = [f"{hostile}intent_{at:03d}" for at in range(intents)]
    texts = [
        ReadText(
            text=f"{hostile}text {k} of {name}",
            truth=name,
            guess=names[(at + 1) % intents] if k < at % 4 else name,
            confidence=0.35 + 0.06 * k,
            strangeness=0.02 * k,
        )
        for at, name in enumerate(names)
        for k in range(10)
    ]
    strange = [ReadText("?", "out_of_scope", names[0], 0.2, abstained=k > 1, strangeness=0.1 * k) for k in range(10)]
    return texts + strange


def words(picture: Picture) -> list[str]:
    """All texts in the picture."""
    root = ElementTree.fromstring(picture.svg)
    return ["".join(node.itertext()).strip() for node in root.iter("{http://www.w3.org/2000/svg}text")]


def size(picture: Picture) -> tuple[int, int]:
    assert picture.png.startswith(b"\x89PNG")
    return int.from_bytes(picture.png[16:20], "big"), int.from_bytes(picture.png[20:24], "big")


@pytest.mark.parametrize("intents", [2, 33, 150])
def test_the_confusion_picture_names_every_intent_and_the_worst_cells(intents: int) -> None:
    picture = confusion_picture(read(intents), GERMAN)
    told = words(picture)
    assert all(told.count(f"intent_{at:03d}") == 2 for at in range(intents)), "once as a row, once as a column"
    named = [text for text in told if "gelesen als" in text]
    assert len(named) == min(10, intents // 4 * 3 + max(0, intents % 4 - 1) + 1)
    width, height = size(picture)
    assert width < 6000
    assert 0.5 < height / width < 2.5


def test_the_same_texts_give_the_same_picture() -> None:
    one, other = (confusion_picture(read(5), ENGLISH) for _ in range(2))
    assert (one.svg, one.png) == (other.svg, other.png)


def test_reliability_shows_counts_and_error() -> None:
    told = words(reliability_picture(read(8), GERMAN))
    assert any(text.startswith("Kalibrierfehler") and text.endswith("%") for text in told)
    counts = [int(text) for text in told if text.isdecimal()]
    assert sum(counts) == 80, "all texts in scope are in some bin"


def test_precision_names_the_threshold_or_says_there_is_none() -> None:
    sure = [ReadText("x", "a", "a", 0.9) for _ in range(30)] + [ReadText("x", "a", "b", 0.4) for _ in range(30)]
    assert "97% right from a confidence of 90% on" in precision_picture(sure, ENGLISH).said
    wrong = [ReadText("x", "a", "b", 0.9) for _ in range(30)]
    assert precision_picture(wrong, GERMAN).said == "97 % richtig wird nirgends erreicht"


def test_abstention_needs_texts_on_both_sides() -> None:
    picture = abstention_picture(read(4), ENGLISH)
    assert picture is not None
    assert picture.said == "80.0% of what is out of scope found, 100.0% of what is in scope kept"
    assert abstention_picture([t for t in read(4) if t.in_scope], ENGLISH) is None


def report(texts: Sequence[ReadText]) -> EvaluationReport:
    rows = [IntentRow("weak", 10, 0.5, 0.4, 0.44, "other (3)"), IntentRow("strong", 10, 1, 1, 1, "")]
    figures = [Figure("right intent", "93 %", "of all")]
    return EvaluationReport(
        "embedded", "abc", "holdout", datetime(2026, 11, 21, tzinfo=UTC), texts, rows, figures, figures
    )


@pytest.mark.parametrize(("say", "title"), [(GERMAN, "Wie gut Nachrichten gelesen"), (ENGLISH, "How well messages")])
def test_the_page_holds_everything_itself(tmp_path: Path, say: Wording, title: str) -> None:
    page = write_report(report(read(8)), tmp_path / "new" / "folder", say).read_text(encoding="utf-8")
    assert title in page
    assert f'<html lang="{say.locale.value}">' in page
    assert page.count('<svg role="img" aria-label="') == 4
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)|url\((?!#)|@import|<script""", page), "nothing from elsewhere"
    assert page.index("weak") < page.index(">strong<"), "the weakest intent comes first"
    stored = {path.name for path in (tmp_path / "new" / "folder").iterdir()}
    names = ("abstention", "confusion", "precision", "reliability")
    assert stored == {"index.html", *(f"{name}.{kind}" for name in names for kind in ("png", "svg"))}


def test_pictures_take_the_colours_of_the_page(tmp_path: Path) -> None:
    page = write_report(report(read(4)), tmp_path, ENGLISH).read_text(encoding="utf-8")
    drawn = page[page.index("<svg") : page.rindex("</svg>")]
    assert not [colour for colour in NAMES if colour in drawn]
    assert "var(--plot-warm)" in drawn
    assert "var(--" not in (tmp_path / "confusion.svg").read_text(encoding="utf-8")


def test_texts_of_strangers_stay_texts(tmp_path: Path) -> None:
    texts = read(4, hostile="<b onclick='x'>&$_{\\frac$")
    page = write_report(report(texts), tmp_path, ENGLISH).read_text(encoding="utf-8")
    assert "<b onclick" not in page
    assert "&lt;b onclick" in page


def test_texts_that_were_all_read_rightly_and_none_in_scope(tmp_path: Path) -> None:
    right = [ReadText("x", "a", "a", 0.9), ReadText("y", "b", "b", 0.9)]
    assert "None: everything was read rightly." in write_report(report(right), tmp_path, ENGLISH).read_text()
    strange = [ReadText("x", "out_of_scope", "a", 0.1, abstained=True, strangeness=0.9)]
    assert write_report(report(strange), tmp_path, ENGLISH).exists()
