"""`zuruf nlu review`: the review list on a terminal, for operators; the console's page shows the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click

from app.nlu_files import TRAINING, or_exit
from app.offline_desk import offline_desk
from app.settings import read_settings
from desk.errors import InputRejected, SettingsInvalid
from desk.learning import Correction, CorrectionId, CorrectionState, LearnedText, Suspicion
from desk.people import Locale
from workflows.review_corrections import corrections_waiting, decide_corrections

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="JSON on standard output.")
_IDS = click.argument("ids", metavar="ID...", type=click.IntRange(min=1), nargs=-1, required=True)
_LONGEST_SHOWN = 160


@click.group(invoke_without_command=True)
@_AS_JSON
@click.pass_context
def review(context: click.Context, as_json: bool) -> None:
    """Lists what people said messages really were, marked where it is doubtful; accepts or rejects it."""
    if context.invoked_subcommand is not None:
        return
    from nlu.second_look import SecondLookAtTexts

    async def run() -> tuple[Sequence[Correction], Sequence[Suspicion]]:
        async with offline_desk(read_settings()) as desk:
            waiting = await corrections_waiting(desk, None)
        return waiting, await SecondLookAtTexts([TRAINING]).at(waiting)

    waiting, looks = or_exit(run())
    lines = [_line(one, look) for one, look in zip(waiting, looks, strict=True)]
    if as_json:
        click.echo(json.dumps(lines, ensure_ascii=False))
        return
    for line in lines:
        doubts = f"  ⚠ {', '.join(line['doubts'])}" if line["doubts"] else ""
        click.echo(f"{line['id']:>6}  {line['read_as']} → {line['intent']}  {line['ticket'] or ''}{doubts}")
        click.echo(f"        {' '.join(line['text'].split())[:_LONGEST_SHOWN]}")
    click.echo(f"waiting for review: {len(lines)}")


@review.command()
@_IDS
@click.option("--as", "intent", help="Accepts them as this intent instead of the one proposed.")
@_AS_JSON
def accept(ids: tuple[int, ...], intent: str | None, as_json: bool) -> None:
    """Accepts corrections: the next training learns them."""
    _decide(ids, CorrectionState.ACCEPTED, intent, as_json)


@review.command()
@_IDS
@_AS_JSON
def reject(ids: tuple[int, ...], as_json: bool) -> None:
    """Rejects corrections, accepted ones too, and forgets their words."""
    _decide(ids, CorrectionState.REJECTED, None, as_json)


@review.command()
@click.option("--language", type=click.Choice([one.value for one in Locale]), help="Only texts of this language.")
def export(language: str | None) -> None:
    """Prints what was accepted as Rasa NLU YAML: for files of your own, and for Rasa, which learns from files."""
    from nlu.material import as_training_file, learnable

    async def run() -> Sequence[LearnedText]:
        async with offline_desk(read_settings()) as desk, desk.store.begin() as work:
            return await work.corrections.accepted()

    texts = [one for one in or_exit(run()) if language in (None, one.language)]
    click.echo(as_training_file(learnable(texts)), nl=False)


def _decide(ids: Sequence[int], state: CorrectionState, intent: str | None, as_json: bool) -> None:
    async def run() -> Sequence[CorrectionId]:
        async with offline_desk(read_settings()) as desk:
            try:
                return await decide_corrections(desk, None, [CorrectionId(one) for one in ids], state, intent=intent)
            except InputRejected:
                raise SettingsInvalid(f"--as: {intent!r} is not one of the policy's intents") from None

    done = or_exit(run())
    left = sorted(set(ids) - set(done))
    if as_json:
        click.echo(json.dumps({state.value: list(done), "unchanged": left}))
    else:
        click.echo(
            f"{state.value}: {len(done)}" + (f"; not waiting any more: {', '.join(map(str, left))}" if left else "")
        )


def _line(correction: Correction, look: Suspicion) -> dict[str, Any]:
    return {
        "id": correction.id,
        "ticket": correction.ticket_number,
        "text": correction.text,
        "language": correction.language,
        "read_as": correction.intent_read,
        "confidence": round(correction.confidence, 3),
        "model": correction.model,
        "intent": correction.intent,
        "source": correction.source.value,
        "by": correction.by,
        "at": correction.at.isoformat(),
        "doubts": [doubt.value for doubt in look.doubts],
        "like": None if look.like is None else {"text": look.like[0], "intent": look.like[1]},
    }
