"""The report of `zuruf nlu evaluate --report`: joins what nlu measured with what insight draws and writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.nlu_files import shown_place
from desk.phrases import marked as _
from desk.reading import Reading
from insight.evaluation_report import EvaluationReport, Figure, IntentRow
from insight.read_texts import ReadText
from insight.wording import Wording
from nlu.embedded import EmbeddedClassifier
from nlu.evaluation import Quality, best_in_scope
from nlu.label_figures import LabelFigures
from nlu.training_files import Utterance


def strangenesses(engine: object, utterances: Sequence[Utterance], readings: Sequence[Reading]) -> list[float]:
    """How surely each text is out of scope to the engine; for engines that do not say, how unsure its guess is."""
    if isinstance(engine, EmbeddedClassifier):
        return [scores.strangeness for scores in engine.model.scores([u.text for u in utterances])]
    return [1 - best_in_scope(reading)[1] for reading in readings]


def read_texts(
    utterances: Sequence[Utterance], readings: Sequence[Reading], strange: Sequence[float]
) -> list[ReadText]:
    """The texts as pictures want them: masked."""
    texts = []
    for utterance, reading, strangeness in zip(utterances, readings, strange, strict=True):
        guess, confidence = best_in_scope(reading)
        texts.append(
            ReadText(
                text=reading.masked,
                truth=utterance.intent,
                guess=guess,
                confidence=confidence,
                abstained=reading.out_of_scope,
                certain=reading.certain,
                strangeness=strangeness,
                language=utterance.language.value if utterance.language else "",
                where=shown_place(utterance.where),
            )
        )
    return texts


def report_of(
    texts: Sequence[ReadText],
    found: Quality,
    labels: LabelFigures,
    *,
    engine: str,
    model: str,
    tested_on: str,
    made_at: datetime,
    say: Wording,
) -> EvaluationReport:
    """All that the page tells, in its language."""
    rows = [IntentRow(f.intent, f.texts, f.precision, f.recall, f.f1, f.taken_for) for f in found.intents]
    figures = [*_of_intents(found, say), *_of_labels(labels, say), *_of_speed(found, say)]
    heads = [figure for figure in figures[:4] if figure.value != "–"]
    heads += [Figure(*one) for one in _short(labels, say) if one[1] != "–"]
    return EvaluationReport(engine, model, tested_on, made_at, texts, rows, heads, figures)


def _of_intents(found: Quality, say: Wording) -> list[Figure]:
    return [
        Figure(say(_("right intent")), say.percent(found.accuracy), say(_("of the texts in scope, abstained or not"))),
        Figure(say(_("in scope and kept")), say.percent(found.in_scope_kept), say(_("not abstained from, of those"))),
        Figure(
            say(_("out of scope and found")),
            say.percent(found.oos_recall),
            say(_("abstained from, of the texts out of scope")),
        ),
        Figure(
            say(_("calibration error")),
            say.percent(found.ece),
            say(_("mean gap between how sure and how often right")),
        ),
        Figure(say(_("macro F1")), say.percent(found.macro_f1), say(_("F1 of the intents, each counted once"))),
        Figure(
            say(_("abstained rightly")),
            say.percent(found.oos_precision),
            say(_("of the texts abstained from, those out of scope")),
        ),
    ]


def _short(labels: LabelFigures, say: Wording) -> list[tuple[str, str]]:
    return [
        (say(_("of what is staff's goes to staff")), say.percent(labels.staff_recall)),
        (say(_("of what volunteers get is theirs")), say.percent(labels.peer_precision)),
        (say(_("of what is urgent is seen")), say.percent(labels.urgent_recall)),
        (say(_("of those who want a person are heard")), say.percent(labels.human_recall)),
    ]


def _of_labels(labels: LabelFigures, say: Wording) -> list[Figure]:
    told: list[tuple[str, float | None, str]] = [
        (_("right language"), labels.language_accuracy, _("of all texts, read as first messages")),
        (_("right mood"), labels.sentiment_accuracy, _("negative, neutral or positive, of the texts labelled")),
        (_("urgent and seen"), labels.urgent_recall, _("of the texts labelled urgent")),
        (_("urgent rightly"), labels.urgent_precision, _("of the texts read as urgent")),
        (_("wants a person, and heard"), labels.human_recall, _("of the texts that ask for a person")),
        (_("wants a person, rightly"), labels.human_precision, _("of the texts read so")),
        (_("second request noted"), labels.also_recall, _("of the further requests in the texts")),
        (_("staff's, to staff"), labels.staff_recall, _("of the intents that the policy gives to staff")),
        (_("sensitive, to staff"), labels.sensitive_recall, _("of the intents that no policy may give away")),
        (_("to volunteers, rightly"), labels.peer_precision, _("of the texts that volunteers would get")),
        (_("volunteers', to volunteers"), labels.peer_recall, _("of the texts that are theirs by the labels")),
        (_("certain"), labels.certain_share, _("of the texts in scope: no question back to the contact")),
        (_("certain and right"), labels.certain_precision, _("of those, texts out of scope included")),
    ]
    return [Figure(say(name), say.percent(value), say(meaning)) for name, value, meaning in told if value is not None]


def _of_speed(found: Quality, say: Wording) -> list[Figure]:
    times = f"{say.number(found.latency_ms_p50, 1)} / {say.number(found.latency_ms_p99, 1)} ms"
    return [
        Figure(say(_("one message")), times, say(_("median and 99th percentile, rules included"))),
        Figure(say(_("messages a second")), say.number(found.messages_per_second), say(_("in batches of 64"))),
    ]
