"""Training files: what is read, and what a broken one is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import SettingsInvalid
from desk.people import Locale
from desk.reading import Danger, Entity, Sentiment, Urgency
from nlu.entity_marks import parse_example
from nlu.training_files import Utterance, load_training

GOOD = """version: "3.1"
nlu:
- intent: delivery_status
  examples: |
    - wo ist [4711-2209](order_number)?
    - where is it
- intent: greeting
  examples:
    - text: |
        - hallo
    - hi
- lookup: product
  examples: |
    - Murmel
- regex: order_number
  examples: |
    - \\d{4}-\\d{4}
- synonym: router
  examples: |
    - box
"""


def written(folder: Path, text: str | bytes, name: str = "nlu.yml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_all_kinds_of_items_are_read(tmp_path: Path) -> None:
    found = load_training([written(tmp_path, GOOD)])
    assert [(u.intent, u.text) for u in found.utterances] == [
        ("delivery_status", "wo ist 4711-2209?"),
        ("delivery_status", "where is it"),
        ("greeting", "hallo"),
        ("greeting", "hi"),
    ]
    assert found.utterances[0].entities == (Entity("order_number", "4711-2209", 7, 16),)
    assert found.lookups == {"product": ["Murmel"]}
    assert found.regexes == {"order_number": ["\\d{4}-\\d{4}"]}
    assert found.synonyms == {"router": ["box"]}


def test_entities_in_both_forms() -> None:
    text, entities = parse_example('[Murmel]{"entity": "product", "role": "x"} für [49,90 Euro](amount:price)')
    assert text == "Murmel für 49,90 Euro"
    assert [(e.kind, text[e.start : e.end]) for e in entities] == [("product", "Murmel"), ("amount", "49,90 Euro")]


@given(st.text())
def test_any_example_text_is_parsed_or_refused(text: str) -> None:
    try:
        bare, entities = parse_example(text)
    except ValueError:
        return
    assert all(bare[e.start : e.end] == e.value for e in entities)


def test_byte_order_mark_and_crlf_are_tolerated(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load_training([path]).utterances[1].text == "where is it"


def test_folders_are_searched_and_tell_the_language(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "en").mkdir()
    written(tmp_path / "de", GOOD)
    written(tmp_path / "en", GOOD, "other.yaml")
    written(tmp_path / "en", "not yaml: [", "readme.txt")
    assert {u.language for u in load_training([tmp_path]).utterances} == {Locale.GERMAN, Locale.ENGLISH}


MOODS = """version: "3.1"
nlu:
- intent: delivery_problem
  metadata:
    sentiment: negative
  examples:
  - text: |
      mein [Murmel](product) ist kaputt
    metadata:
      urgency: urgent
      human: true
      danger: hazard
      also: [refund, invoice]
  - text: where is it
    metadata: {sentiment: Neutral, urgency: normal, human: false, also: refund, source: shop}
  - {text: "na toll: wieder nichts"}
  - text: ok
    metadata: anything
- intent: thanks
  examples: |
    - danke
"""


def test_metadata_of_examples_and_intents_is_read(tmp_path: Path) -> None:
    found = load_training([written(tmp_path, MOODS, "de.yml")]).utterances
    product = (Entity("product", "Murmel", 5, 11),)
    about = "delivery_problem"
    german, bad = Locale.GERMAN, Sentiment.NEGATIVE
    first = Utterance(
        "mein Murmel ist kaputt", about, product, german, bad, Urgency.URGENT, True, ("refund", "invoice")
    )
    assert found == [
        replace(first, danger=Danger.HAZARD),
        Utterance("where is it", about, (), german, Sentiment.NEUTRAL, Urgency.NORMAL, False, ("refund",)),
        Utterance("na toll: wieder nichts", about, (), german, bad),
        Utterance("ok", about, (), german, bad),
        Utterance("danke", "thanks", (), german),
    ]


BROKEN = [
    (
        "nlu:\n- intent: a\n  examples:\n  - text: x\n    metadata: {sentiment: angry}\n",
        5,
        "negative, neutral, positive",
    ),
    ("nlu:\n- intent: a\n  examples:\n  - text: x\n    metadata:\n      urgency: [low]\n", 6, "low, normal, urgent"),
    ("nlu:\n- intent: a\n  metadata:\n    human: maybe\n  examples: |\n    - x\n", 4, "true nor false"),
    ("nlu:\n- intent: a\n  examples:\n  - metadata: {also: [b, {}]}\n    text: x\n", 4, "[refund, invoice]"),
    ("nlu:\n- intent: a\n  examples:\n  - metadata: {human: true}\n", 4, "no text"),
    ("nlu:\n- intent: a\n  examples: |\n\t- hallo\n", 4, "tab"),
    ("nlu:\n- intent: a\n  examples: |\n    - hallo\n   - b\n", 5, "not valid YAML"),
    ("nlu:\n- intent: a\n  examples: |\n    hallo\n", 4, "`- `"),
    ("nlu:\n- intent: a\n  examples: hallo\n", 3, "examples: |"),
    ("nlu:\n- intent: a\n", 2, "no `examples:`"),
    ("nlu:\n- examples: |\n    - x\n", 2, "intent"),
    ("nlu:\n- intent: ''\n  examples: |\n    - x\n", 2, "no name"),
    ("nlu: hallo\n", 1, "list"),
    ("- a\n- b\n", 1, "key: value"),
    ("version: '3.1'\nnul:\n- intent: a\n", 2, "nul"),
    ('nlu:\n- intent: a\n  examples: |\n    - [x]{"entity" 3}\n', 4, "entity"),
    ("nlu:\n- intent: a\n  examples:\n    - [1, 2]\n", 4, "no text"),
    ("nlu: *nowhere\n", 1, "not valid YAML"),
]


@pytest.mark.parametrize(("text", "line", "said"), BROKEN)
def test_broken_files_are_told_line_and_mend(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(SettingsInvalid) as refusal:
        load_training([path])
    message = str(refusal.value)
    assert message.startswith(f"{path}:{line}: ")
    assert said in message
    assert "\n" not in message


@pytest.mark.parametrize("content", [b"\xff\xfe\x00x", b"", b"version: '3.1'\n", b"nlu: []\n", b"a: \x00\n"])
def test_files_without_any_sense_name_the_file(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, content)
    with pytest.raises(SettingsInvalid, match=r"nlu\.yml"):
        load_training([path])


@pytest.mark.parametrize("content", ["[" * 5000, "{a: " * 5000, "nlu:\n" + "- " * 5000])
def test_deep_nesting_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    with pytest.raises(SettingsInvalid) as refusal:
        load_training([written(tmp_path, content)])
    assert "\n" not in str(refusal.value)


def test_missing_files_and_empty_folders(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match="no such training file"):
        load_training([tmp_path / "nowhere.yml"])
    with pytest.raises(SettingsInvalid, match=r"no \.yml file"):
        load_training([tmp_path])


def test_an_example_knows_its_file_and_line(tmp_path: Path) -> None:
    path = written(
        tmp_path, 'nlu:\n- intent: a\n  examples: |\n    - one\n\n    - two\n- intent: b\n  examples: ["three"]\n'
    )
    assert [u.where for u in load_training([path]).utterances] == [f"{path}:4", f"{path}:6", f"{path}:8"]
