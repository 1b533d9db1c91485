"""`zuruf nlu review`, `train`, `models` and `rollback`: JSON for programs, lines for people, one line for mistakes."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app import nlu_learning_commands, nlu_review_command
from app.cli import main
from db.locks import only_one
from desk.learning import CorrectionState
from nlu.training_files import load_training
from tests.integration.console.browser_of import Browser
from tests.integration.learning.conftest import Class
from tests.integration.learning.small_school import SLANG, SLANG_AGAIN


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, database_url: str, pupil: Class) -> None:
    """The commands work on the pupil's database, files and models."""
    monkeypatch.setenv("ZURUF_DATABASE_URL", database_url)
    monkeypatch.setenv("ZURUF_DATA_DIR", str(pupil.school.models.parent))
    for module in (nlu_learning_commands, nlu_review_command):
        monkeypatch.setattr(module, "TRAINING", pupil.school.training)


async def says(*words: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, main, ["nlu", *words])


async def tells(*words: str) -> Any:
    result = await says(*words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


async def test_an_operator_reviews_trains_looks_and_rolls_back(pupil: Class, anna: Browser) -> None:
    for text in (*SLANG, "storno"):
        await pupil.corrected(anna, text, "technical_fault")
    listed = await tells("review")
    assert [(one["text"], one["intent"], one["by"]) for one in listed[:2]] == [
        (text, "technical_fault", "Anna") for text in SLANG[:2]
    ]
    assert [one["doubts"] for one in listed[-1:]] == [["short"]]
    shown = await says("review")
    assert "→ technical_fault" in shown.stdout
    assert "⚠ short" in shown.stdout
    assert f"waiting for review: {len(SLANG) + 1}" in shown.stdout
    numbers = [str(one["id"]) for one in listed]
    assert await tells("review", "reject", numbers[-1]) == {"rejected": [int(numbers[-1])], "unchanged": []}
    assert (await tells("review", "accept", *numbers))["unchanged"] == [int(numbers[-1])]

    (pupil.school.models.parent / "learned.yml").write_text((await says("review", "export")).stdout, encoding="utf-8")
    exported = load_training([pupil.school.models.parent / "learned.yml"]).utterances
    assert {(one.text, one.intent) for one in exported} == {(text, "technical_fault") for text in SLANG}
    assert SLANG[1] not in (await says("review", "export", "--language", "en")).stdout

    options = ("--holdout", str(pupil.school.hold_out))
    looked = await tells("train", "--dry-run", *options)
    assert looked["verdict"] == "would promote"
    trained = await says("train", *options)
    assert trained.exit_code == 0, trained.stderr
    assert "accuracy" in trained.stdout
    assert trained.stdout.splitlines()[-2:] == [
        f"{looked['candidate']}: promoted", "  nothing that matters got worse"
    ]  # fmt: skip
    assert "It was stored." in trained.stderr
    assert (await tells("train", *options))["verdict"] == "unchanged"
    assert await pupil.watch.step() == 1
    assert await pupil.read_as(SLANG_AGAIN) == ("technical_fault", looked["candidate"])

    newest, oldest = await tells("models")
    assert (newest["version"], newest["corrections"], oldest["corrections"]) == (looked["candidate"], len(SLANG), 0)
    assert newest["state"].startswith("in service since")
    assert newest["figures"]["accuracy"] == 1.0
    assert await tells("rollback") == {"version": oldest["version"], "corrections": 0}
    table = (await says("models")).stdout
    assert "rolled back" in table
    assert "100.0%" in table
    assert (await tells("train", *options))["verdict"] == "given up before"


async def test_what_cannot_be_done_ends_with_one_line(pupil: Class, database_url: str) -> None:
    for words, said in [
        (["rollback"], "nothing to go back to"),
        (["train", "--holdout", "nowhere.yml"], "nowhere.yml: no such training file"),
        (["review", "accept", "1", "--as", "nonsense"], "--as: 'nonsense' is not one of"),
        (["review", "accept", "x"], "'x' is not a valid integer"),
    ]:
        result = await says(*words)
        assert (result.exit_code, said in result.stderr) == (2, True), (words, result.stderr)
        assert "Traceback" not in result.stderr
    async with only_one(database_url, "training"):
        for command in ("train", "rollback"):
            result = await says(command)
            assert result.exit_code == 2
            assert "another training or rollback is under way" in result.stderr
    assert len(await pupil.rows("select * from model_service")) == 1


async def test_a_decision_says_what_was_not_waiting_any_more(pupil: Class, anna: Browser) -> None:
    await pupil.corrected(anna, SLANG[0], "technical_fault")
    assert (await says("review", "reject", "1", "7")).stdout == "rejected: 1; not waiting any more: 7\n"
    async with pupil.world.care.desk.store.begin() as work:
        assert [one.text for one in await work.corrections.listed(CorrectionState.REJECTED, limit=9)] == [""]
