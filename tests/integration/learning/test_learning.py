"""The whole loop: misread, corrected, accepted, trained, promoted, rightly read, rolled back; on a real database."""

from __future__ import annotations

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from app.model_training import Verdict
from desk.classifying import TextToRead
from desk.learning import ServiceReason
from nlu.material import material_of
from tests.integration.console.browser_of import Browser
from tests.integration.learning.conftest import Class, opened_class
from tests.integration.learning.small_school import SLANG, SLANG_AGAIN, School
from workflows.change_model import NothingBefore, OvertakenByAnother, model_in_service, promote
from workflows.model_changes import model_changes

THREATS = ("das lasse ich mir nicht bieten, paragraf", "paragraf sag ich nur, ihr hört von mir", "paragraf, ihr hört")


async def test_from_a_misread_message_to_a_better_model_and_back(pupil: Class, anna: Browser) -> None:
    base = pupil.engine.version
    assert pupil.told == [base]
    intent, model = await pupil.read_as(SLANG_AGAIN)
    assert (intent != "technical_fault", model) == (True, base)
    await pupil.taught(anna, SLANG, "technical_fault")

    outcome = await pupil.train()
    assert outcome.verdict is Verdict.PROMOTED, outcome.reasons
    assert (outcome.in_service, outcome.corrections, outcome.fresh) == (base, len(SLANG), len(SLANG))
    assert outcome.candidate not in (base, "")
    assert pupil.engine.version == base, "only a look changes what reads"
    assert await pupil.watch.step() == 1
    assert await pupil.watch.step() == 0
    assert await pupil.read_as(SLANG_AGAIN) == ("technical_fault", outcome.candidate)
    assert await pupil.read_as("wo ist lampe") == ("delivery_status", outcome.candidate)
    page = await anna.get("/console/corrections")
    assert f"Version {outcome.candidate}" in page.text
    assert "Accepted, not learned yet 0" in page.text

    assert (await pupil.train()).verdict is Verdict.UNCHANGED
    assert (await pupil.roll_back()).version == base
    assert await pupil.watch.step() == 1
    assert (await pupil.read_as(SLANG_AGAIN))[0] != "technical_fault"
    again = await pupil.train()
    assert again.verdict is Verdict.GIVEN_UP, "the same must not come back by itself"
    assert pupil.told == [base, outcome.candidate, base]
    with pytest.raises(NothingBefore):
        await pupil.roll_back()


async def test_a_candidate_that_loses_a_sensitive_intent_stays_outside(pupil: Class, anna: Browser) -> None:
    wrong = ("mein anwalt meldet sich wegen paket", "verklage ich euch wegen lampe", "der anwalt kümmert sich um uhr",
             "dann verklage ich euch wegen tablet", "wegen router verklage ich euch", "anwalt meldet sich wegen lampe",
             "mein anwalt kümmert sich darum", "ich verklage euch wegen uhr, gericht")  # fmt: skip
    await pupil.taught(anna, wrong, "delivery_status")
    before = await pupil.rows("select * from model_service")
    outcome = await pupil.train()
    assert outcome.verdict is Verdict.REFUSED
    assert any(reason.startswith("sensitive, recall: 100.0% before") for reason in outcome.reasons), outcome.reasons
    assert await pupil.rows("select * from model_service") == before
    assert await pupil.watch.step() == 0
    (kept,) = [row for row in await pupil.rows("select * from nlu_model") if row["version"] == outcome.candidate]
    assert "sensitive, recall" in kept["figures"]["worse"]


async def test_a_look_at_the_candidate_puts_nothing_in_service(pupil: Class, anna: Browser) -> None:
    await pupil.taught(anna, SLANG, "technical_fault")
    assert (await pupil.train(promotes=False)).verdict is Verdict.WOULD_PROMOTE
    assert await pupil.watch.step() == 0
    assert (await pupil.train()).verdict is Verdict.PROMOTED


async def test_nothing_waits_while_another_machine_makes_the_model(pupil: Class, anna: Browser, tmp_path: Path) -> None:
    """A second machine without the file trains it, and goes on reading with the old one meanwhile."""
    second = await opened_class(pupil.world, pupil.school, tmp_path / "elsewhere")
    await second.watch.step()
    base = second.engine.version
    await pupil.taught(anna, SLANG, "technical_fault")
    outcome = await pupil.train()
    following = asyncio.create_task(second.watch.step())
    models = set()
    while not following.done():
        (reading,) = await asyncio.wait_for(second.engine.read([TextToRead("wo ist lampe")]), 2)
        models.add(reading.model)
        await asyncio.sleep(0.05)
    assert await following == 1
    assert base in models
    assert second.engine.version == outcome.candidate
    (reading,) = await second.engine.read([TextToRead(SLANG_AGAIN)])
    assert (reading.intent, reading.model) == ("technical_fault", outcome.candidate)
    assert [row["why"] for row in await pupil.rows("select why from model_service order by id")] == [
        "files",
        "training",
    ]


async def test_a_restart_finds_its_model_and_a_damaged_one_is_made_again(pupil: Class, anna: Browser) -> None:
    await pupil.taught(anna, SLANG, "technical_fault")
    candidate = (await pupil.train()).candidate
    await pupil.watch.step()
    again = await opened_class(pupil.world, pupil.school)
    assert (again.engine.version, again.engine.trained_seconds) == (candidate, None)
    assert await again.watch.step() == 0
    (pupil.school.models / f"intents-{candidate}.npz").write_bytes(b"damaged")
    healed = await opened_class(pupil.world, pupil.school)
    assert healed.engine.version == material_of([pupil.school.training]).base
    assert await healed.watch.step() == 1
    assert healed.engine.version == candidate
    assert len(await pupil.rows("select * from model_service")) == 2


async def test_words_withdrawn_from_the_model_in_service_are_unlearned_at_the_next_start(
    pupil: Class, anna: Browser
) -> None:
    await pupil.taught(anna, SLANG, "technical_fault")
    candidate = (await pupil.train()).candidate
    await pupil.watch.step()
    await pupil.rows("update correction set state = 'rejected', text = '' where id = (select max(id) from correction)")
    again = await opened_class(pupil.world, pupil.school)
    assert await again.watch.step() == 1
    assert again.engine.version not in (candidate, material_of([pupil.school.training]).base)
    service = (await model_in_service(pupil.world.care.desk)).service
    assert service is not None
    assert (service.why, service.model.version) == (ServiceReason.FILES, again.engine.version)
    assert len(service.model.corrections) == len(SLANG) - 1


async def test_an_upgrade_is_recorded_once_and_keeps_what_was_learned(
    pupil: Class, anna: Browser, tmp_path: Path
) -> None:
    """Machines of two releases share the database: each follows the corrections, and neither overrules the other."""
    await pupil.taught(anna, SLANG, "technical_fault")
    await pupil.train()
    await pupil.watch.step()
    old_version = pupil.engine.version
    file = tmp_path / "new" / "de" / "nlu.yml"
    file.parent.mkdir(parents=True)
    text = (pupil.school.training / "de" / "nlu.yml").read_text(encoding="utf-8")
    file.write_text(text.replace("- wer ist kanzler", "- wer ist kanzler\n    - wer ist kaiser"), encoding="utf-8")
    newer = type(pupil.school)(tmp_path / "new", pupil.school.hold_out, tmp_path / "models")
    upgraded = await opened_class(pupil.world, newer)
    await upgraded.watch.step()
    for _round in range(3):
        await upgraded.watch.step()
        await pupil.watch.step()
    assert pupil.engine.version == old_version
    assert upgraded.engine.version != old_version
    services = await pupil.rows("select version, why from model_service order by id")
    assert [row["why"] for row in services] == ["files", "training", "files"]
    assert services[-1]["version"] == upgraded.engine.version
    (reading,) = await upgraded.engine.read([TextToRead(SLANG_AGAIN)])
    assert reading.intent == "technical_fault"


async def test_files_that_change_under_a_running_desk_are_not_followed(
    pupil: Class, anna: Browser, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(pupil.school.training, tmp_path / "data")
    own = await opened_class(pupil.world, School(tmp_path / "data", pupil.school.hold_out, pupil.school.models))
    await own.watch.step()
    await pupil.taught(anna, SLANG, "technical_fault")
    await pupil.train()
    file = tmp_path / "data" / "de" / "nlu.yml"
    file.write_text(file.read_text(encoding="utf-8") + "    - wer ist könig\n", encoding="utf-8")
    version = own.engine.version
    assert await own.watch.step() == 0
    assert own.engine.version == version
    assert "after a restart" in caplog.text


async def test_the_change_is_told_to_baselines(pupil: Class, anna: Browser) -> None:
    clock, desk = pupil.world.care.clock, pupil.world.care.desk
    start = clock.now()
    await pupil.taught(anna, SLANG, "technical_fault")
    candidate = (await pupil.train()).candidate
    await pupil.world.care.pass_time(timedelta(minutes=10))
    await pupil.watch.step()
    await pupil.read_as("wo ist lampe")
    changes = await model_changes(desk, since=start)
    assert [(one.at, one.engine, one.model) for one in changes] == [
        (start + timedelta(minutes=10), "embedded", candidate)
    ]
    assert await model_changes(desk, since=clock.now() + timedelta(seconds=1)) == []


async def test_who_comes_second_with_a_promotion_changes_nothing(pupil: Class, anna: Browser) -> None:
    seen = await model_in_service(pupil.world.care.desk)
    await pupil.taught(anna, SLANG, "technical_fault")
    await pupil.train()
    services = await pupil.rows("select * from model_service")
    with pytest.raises(OvertakenByAnother):
        await promote(pupil.world.care.desk, pupil.engine.version, ServiceReason.TRAINING, after=seen.id)
    assert await pupil.rows("select * from model_service") == services


async def test_a_correction_of_what_the_hold_out_holds_is_not_learned(pupil: Class, anna: Browser) -> None:
    await pupil.taught(anna, ("Kommt LAMPE heute an", *SLANG), "technical_fault")
    assert (await pupil.train(promotes=False)).corrections == len(SLANG)


async def test_nothing_personal_reaches_the_table_the_models_or_the_log(pupil: Class, anna: Browser) -> None:
    personal = tuple(f"{text}. Ich bin Frau Mira Vogt, 0176 1234567, max@example.org" for text in SLANG)
    await pupil.taught(anna, personal, "technical_fault")
    kept = str(await pupil.rows("select * from correction")) + str(await pupil.rows("select * from event"))
    assert "[Telefon]" in kept
    candidate = (await pupil.train(promotes=False)).candidate
    kept += (pupil.school.models / f"intents-{candidate}.npz").read_bytes().decode("latin-1")
    assert "geist" in kept
    for secret in ("Vogt", "vogt", "1234567", "0000000", "max@", "telefon"):
        assert secret not in kept, secret
