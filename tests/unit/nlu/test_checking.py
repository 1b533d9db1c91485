"""The check of training files: each kind of finding is found where it is, and nothing where there is nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from desk.errors import SettingsInvalid
from desk.people import Locale
from nlu.checking import LEAST, alike_text, check, domain_intents, load_all, same_text
from nlu.findings import Finding, FindingKind, Severity
from nlu.near_duplicates import dice, letter_triples, near_duplicates
from nlu.training_files import TrainingSet, Utterance, parse_example

KINDS_OF_AMOUNT = {FindingKind.THIN_INTENT, FindingKind.UNBALANCED_LANGUAGES}


def example(marked: str, intent: str = "refund", language: Locale | None = Locale.ENGLISH) -> Utterance:
    text, entities = parse_example(marked)
    return Utterance(text, intent, entities, language, where=f"{intent}.yml:{marked}")


def found(*examples: Utterance, holdout: tuple[Utterance, ...] = ()) -> list[Finding]:
    """All findings but those of amounts, which few examples always have."""
    findings = check(TrainingSet(list(examples)), holdout=holdout)
    return [finding for finding in findings if finding.kind not in KINDS_OF_AMOUNT]


def test_clean_examples_have_no_finding() -> None:
    assert not found(example("where is my money"), example("money back please"), example("cancel it", "order_cancel"))


@pytest.mark.parametrize(
    ("again", "severity"),
    [
        ("WO BLEIBT MEIN PÄCKCHEN 3", Severity.ERROR),
        ("wo bleibt,  mein päckchen 3?!", Severity.ERROR),
        ("wo bleibt mein paeckchen 3", Severity.WARNING),
        ("wo bleiiibt mein päckchen 4", None),
        ("wo bleibt mein päckchen 4", Severity.WARNING),
    ],
)
def test_a_text_that_stands_twice_is_found_at_both_places(again: str, severity: Severity | None) -> None:
    one, other = example("wo bleibt mein päckchen 3"), example(again)
    findings = found(one, other)
    assert [finding.severity for finding in findings] == ([severity] if severity else [])
    assert all(finding.where == (one.where, other.where) for finding in findings)


def test_the_same_text_in_both_languages_is_no_duplicate() -> None:
    assert not found(example("refund"), example("refund", language=Locale.GERMAN))


def test_the_same_text_with_two_intents_contradicts_itself() -> None:
    (finding,) = found(example("storno"), example("Storno!", "order_cancel", Locale.GERMAN))
    assert (finding.kind, finding.severity) == (FindingKind.CONTRADICTION, Severity.ERROR)
    assert "order_cancel" in finding.said
    assert "refund" in finding.said


def test_texts_that_differ_in_numbers_only_may_differ_in_intent() -> None:
    (finding,) = found(example("5 stars", "praise"), example("0 stars", "complaint"))
    assert (finding.kind, finding.severity) == (FindingKind.CONTRADICTION, Severity.WARNING)


def test_emojis_tell_texts_apart() -> None:
    assert not found(example("super 👍", "praise"), example("super 😡", "complaint"))
    assert alike_text("rechnung 4711") == alike_text("Rechnung 0815") != same_text("rechnung 4711")
    assert same_text("?!") == "?!"


def test_thin_intents_and_unbalanced_languages_are_counted() -> None:
    german = [example(f"satz {'x' * at}", language=Locale.GERMAN) for at in range(LEAST)]
    english = [example(f"sentence {'y' * at}") for at in range(LEAST // 2 - 1)]
    findings = {f.kind: f for f in check(TrainingSet(german + english))}
    assert findings[FindingKind.THIN_INTENT].said == f"refund has {LEAST // 2 - 1} examples in en"
    assert findings[FindingKind.UNBALANCED_LANGUAGES].severity is Severity.WARNING
    balanced = check(TrainingSet(german + [replace(u, language=Locale.ENGLISH) for u in german]))
    assert not [finding for finding in balanced if finding.kind in KINDS_OF_AMOUNT]


def test_intents_that_policy_or_domain_do_not_know_and_the_reverse() -> None:
    training = TrainingSet([example("a b c"), example("d e f", "brand_new")])
    findings = check(training, policy={"refund", "praise"}, domain={"refund", "brand_new"})
    kinds = {(f.kind, f.severity, f.said) for f in findings if f.kind not in KINDS_OF_AMOUNT}
    assert kinds == {
        (FindingKind.NOT_IN_POLICY, Severity.ERROR, "brand_new is not in the routing policy"),
        (FindingKind.WITHOUT_EXAMPLES, Severity.WARNING, "praise is in the routing policy and has no examples"),
    }


def test_a_domain_is_read_and_a_broken_one_refused(tmp_path: Path) -> None:
    path = tmp_path / "domain.yml"
    path.write_text("intents:\n  - greet\n  - bye: {use_entities: []}\n")
    assert domain_intents(path) == {"greet", "bye"}
    path.write_text("intents: 7\n")
    with pytest.raises(SettingsInvalid, match=r"domain\.yml"):
        domain_intents(path)


@pytest.mark.parametrize(
    "marked",
    ["wo ist mein [Router](product", "wo ist mein Router](product)", 'my [router] {"entity": "product"}', "my [router"],
)
def test_marks_left_open_are_errors(marked: str) -> None:
    (finding,) = found(example(marked))
    assert (finding.kind, finding.severity) == (FindingKind.BROKEN_MARK, Severity.ERROR)


def test_marks_with_blanks_and_marks_inside_words() -> None:
    (blank,) = found(example("my [router ](product) is dead"))
    assert (blank.kind, blank.severity) == (FindingKind.BROKEN_MARK, Severity.ERROR)
    (inside,) = found(example("two [router](product)s are dead"))
    assert (inside.kind, inside.severity) == (FindingKind.BROKEN_MARK, Severity.WARNING)
    assert not found(example("(my [router](product), dead!)"))


def test_the_same_words_marked_as_two_kinds() -> None:
    (finding,) = found(example("the [Nova](product) is dead"), example("since [nova](date) it is dead"))
    assert (finding.kind, finding.severity) == (FindingKind.INCONSISTENT_MARK, Severity.ERROR)
    assert not found(example("[4711](order_number) is dead"), example("pay [4711](amount) soon")), "numbers may be both"


def test_words_marked_often_and_bare_elsewhere() -> None:
    marked = [example(f"the [kettle](product) {word}") for word in ("leaks", "hums", "smells")]
    (finding,) = found(*marked, example("I hate this Kettle"), example("kettles are fine"))
    assert (finding.kind, finding.severity) == (FindingKind.INCONSISTENT_MARK, Severity.WARNING)
    assert finding.texts == ("I hate this Kettle",)


def test_personal_data_are_found_and_not_repeated() -> None:
    finding = next(f for f in found(example("ring me on 0800 330 1000")) if f.kind is FindingKind.PERSONAL_DATA)
    assert finding.severity is Severity.ERROR
    assert finding.texts == ("ring me on [phone]",)


@pytest.mark.parametrize(
    "text",
    [
        "mail me at jo@example.org",
        "mail me at jo at shop dot example",
        "ring 07700 900123",
        "ring +44 7700 900123",
        "call (212) 555-0142",
        "ruf an 030 23125 123",
        "ruf an 0176 1234567",
    ],
)
def test_what_is_made_up_for_certain_may_stand(text: str) -> None:
    assert not found(example(text))


def test_a_text_of_the_holdout_must_not_be_learned() -> None:
    learned = example("where is my money now")
    asked = replace(learned, text="Where is my money, now?", where="holdout.yml:3")
    (finding,) = found(learned, holdout=(asked, example("something else entirely")))
    assert (finding.kind, finding.severity) == (FindingKind.HOLDOUT_LEAK, Severity.ERROR)
    assert finding.where == (learned.where, "holdout.yml:3")
    assert finding.texts == (), "who reads the hold-out writes examples for it"


def test_a_word_or_two_may_stand_in_both() -> None:
    (finding,) = found(example("refund please"), holdout=(example("Refund please!"),))
    assert finding.severity is Severity.WARNING
    (other,) = found(example("refund please"), holdout=(example("Refund please!", "order_cancel"),))
    assert other.severity is Severity.ERROR, "with another intent one of both is wrong"


def test_files_that_cannot_be_read_are_findings_and_the_others_are_checked(tmp_path: Path) -> None:
    (tmp_path / "good.yml").write_text("nlu:\n- intent: a\n  examples: |\n    - one\n")
    (tmp_path / "words.yml").write_text("nlu:\n- lookup: product\n  examples: |\n    - kettle\n")
    broken = tmp_path / "broken.yml"
    broken.write_text('nlu:\n- intent: b\n  examples: |\n    - [x]{"entity": 7}\n')
    training, findings = load_all([tmp_path])
    assert [u.text for u in training.utterances] == ["one"]
    assert training.lookups == {"product": ["kettle"]}, "a file of words alone is no broken file"
    assert [(f.kind, f.where) for f in findings] == [(FindingKind.BROKEN_FILE, (f"{broken}:4",))]


def near(one: str, other: str, cosine: float, intents: tuple[str, str] = ("refund", "returns")) -> list[Finding]:
    utterances = [example(text, intent) for text, intent in zip((one, other), intents, strict=True)]
    vectors = np.array([[1, 0], [cosine, np.sqrt(1 - cosine**2)]], dtype=np.float32)
    return list(near_duplicates(utterances, vectors))


def test_near_duplicates_need_both_measures_or_much_of_one() -> None:
    half = ("I want to send this kettle back", "I want to have this kettle paid back")
    assert 0.4 < dice(*map(letter_triples, half)) < 0.75
    assert near(*half, 0.85)
    assert not near(*half, 0.7), "half the letters and another sense"
    apart = ("please take it off my hands", "wohin schicke ich das zurück")
    assert near(*apart, 0.93), "a translation"
    assert not near(*apart, 0.85)
    assert not near("bye thanks", "ok thanks", 0.99), "of two words, one tells them apart"
    slipped = ("my refund has not arrived", "my refnd has not arrived")
    assert near(*slipped, 0.62)
    assert not near(*slipped, 0.62, intents=("refund", "refund"))
