"""What a model learns from corrected texts, and the version that follows from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.learning import CorrectionId, LearnedText
from desk.people import Locale
from nlu.material import (
    Material,
    as_training_file,
    learnable,
    material_of,
    plain,
    utterances_in,
    with_learned,
)
from nlu.privacy import KINDS, find_personal_data, label, mask
from nlu.training_files import Utterance, load_training


def told(number: int, text: str, intent: str = "refund", language: str = "de") -> LearnedText:
    return LearnedText(CorrectionId(number), text, intent, language)  # type: ignore[arg-type]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    path = tmp_path / "de" / "nlu.yml"
    path.parent.mkdir()
    path.write_text("nlu:\n- intent: refund\n  examples: |\n    - geld zurück\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_no_mark_of_masked_data_is_learned(kind: str, language: str) -> None:
    marked = f"bitte {label(kind, language)} ändern"  # type: ignore[arg-type]
    assert plain(marked) == "bitte ändern"


def test_what_a_newer_look_finds_personal_is_not_learned() -> None:
    words = "meine nummer 0176 1234567 und max.muster@example.org bitte ändern"
    learned = plain(words)
    assert "1234567" not in learned
    assert "example" not in learned
    assert not find_personal_data(learned)
    assert learned == plain(mask(words, find_personal_data(words), "de"))


@pytest.mark.parametrize("text", ["", "   ", "[Telefon]", "👍", "[Name] [E-Mail] !", "?", "a"])
def test_a_text_without_words_teaches_nothing(text: str) -> None:
    assert learnable([told(1, text)]) == ()


def test_of_several_corrections_of_one_text_the_newest_counts() -> None:
    learned = learnable([told(3, "WO ist  mein Geld", "invoice"), told(1, "wo ist mein geld"), told(2, "hallo du")])
    assert [(one.text, one.intent) for one in learned] == [("hallo du", "refund"), ("WO ist mein Geld", "invoice")]


def test_the_language_is_kept_where_we_speak_it() -> None:
    spoken = [learnable([told(1, "ein text", language=one)])[0].language for one in ("de", "en", "other")]
    assert spoken == [Locale.GERMAN, Locale.ENGLISH, None]


def test_the_version_is_of_files_alone_until_something_is_learned(files: Path) -> None:
    base = material_of([files])
    assert base.version == base.base
    assert material_of([files], [told(1, "[Telefon]")]).version == base.version
    learned = material_of([files], [told(1, "wo ist mein geld")])
    assert learned.base == base.base
    assert learned.version != base.version


def test_the_version_depends_on_what_is_learned_and_on_nothing_else(files: Path) -> None:
    one, other = told(1, "wo ist mein geld"), told(2, "hallo du da", "greeting")
    version = material_of([files], [one, other]).version
    assert material_of([files], [other, one]).version == version
    different = [
        [one],
        [one, told(2, "hallo du da", "thanks")],
        [one, told(2, "hallo du da", "greeting", "en")],
        [one, told(2, "hallo sie da", "greeting")],
    ]
    assert len({version, *(material_of([files], each).version for each in different)}) == 5
    files.write_text(files.read_text(encoding="utf-8") + "    - geld her\n", encoding="utf-8")
    assert material_of([files], [one, other]).version != version


def test_what_the_files_say_already_is_not_said_twice() -> None:
    files = [Utterance("Wo ist mein Geld", "refund"), Utterance("hallo du da", "greeting")]
    learned = learnable([told(1, "wo ist  mein geld"), told(2, "hallo du da", "thanks"), told(3, "gib geld")])
    assert with_learned(files, learned) == [*files, learned[1], learned[2]]


def test_what_was_learned_can_be_kept_as_a_training_file(tmp_path: Path) -> None:
    said = ['er sagte: "nein" - {so} ist\tdas', "- hallo du", "[x]{y} und [a](b): c"]
    learned = learnable([told(n, text) for n, text in enumerate(said)])
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "learned.yml").write_text(as_training_file(learned), encoding="utf-8")
    read = load_training([tmp_path]).utterances
    assert [(one.text, one.intent) for one in read] == [
        ('er sagte: "nein" - {so} ist das', "refund"),
        ("hallo du", "refund"),
        ("(x){y} und (a)(b): c", "refund"),
    ]


def test_what_is_handed_to_the_training_process_arrives(files: Path) -> None:
    learned = learnable([told(1, 'wo "ist"\nmein \u2028 geld 😀'), told(2, "second line", language="other")])
    material = Material((files,), learned, "base")
    assert tuple(utterances_in(material.as_lines().split("\n"))) == learned
