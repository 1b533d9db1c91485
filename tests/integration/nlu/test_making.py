"""Models are made once, survive what breaks, and take each other's place while messages are read."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desk.classifying import TextToRead
from desk.errors import SettingsInvalid
from desk.learning import CorrectionId, LearnedText
from nlu.embedded import EmbeddedClassifier
from nlu.making import made_model
from nlu.material import material_of
from nlu.service_note import note_service, noted_service
from nlu.training_apart import ModelNotMade, last_words
from tests.integration.nlu.test_embedded import intent_of, written

ROOT = Path(__file__).parents[3]
RIDDLE = "das ding hat sich erledigt nehmt es zurück"
TAUGHT = [
    LearnedText(CorrectionId(n), text, "cancel", "de")
    for n, text in enumerate([RIDDLE, "hat sich erledigt nehmt das ding", "erledigt, nehmt es wieder zurück"])
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Training files, and models made of them, for all tests here."""
    return tmp_path_factory.mktemp("making")


async def test_a_model_learns_from_corrections_and_the_engine_changes_to_it_under_way(folder: Path) -> None:
    files, models = written(folder), folder / "models"
    engine = await EmbeddedClassifier.load_or_train(files, models)
    base = engine.version
    taught = material_of([files], TAUGHT)
    model, seconds = await made_model(taught, models)
    assert seconds is not None
    assert await made_model(taught, models) != (model, seconds), "made once, then loaded"
    reading = asyncio.gather(*(engine.read([TextToRead("wo ist tablet")] * 20) for _ in range(20)))
    engine.change_model(model, taught.version)
    read = [reading for batch in await reading for reading in batch]
    assert {one.model for one in read} <= {base, taught.version}
    assert {one.intent for one in read} == {"where"}
    (reading_of_it,) = await engine.read([TextToRead(RIDDLE)])
    assert (reading_of_it.intent, reading_of_it.model) == ("cancel", taught.version)


async def test_the_model_last_in_service_is_loaded_while_the_files_are_the_same(folder: Path) -> None:
    files, models = written(folder), folder / "models"
    taught = material_of([files], TAUGHT)
    await made_model(taught, models)
    note_service(models, base=taught.base, version=taught.version)
    engine = await EmbeddedClassifier.load_or_train(files, models)
    assert engine.version == taught.version
    assert await intent_of(engine, RIDDLE) == "cancel"
    (models / f"intents-{taught.version}.npz").write_bytes(b"damaged")
    assert (await EmbeddedClassifier.load_or_train(files, models)).version == taught.base
    note_service(models, base="of other files", version=taught.version)
    assert (await EmbeddedClassifier.load_or_train(files, models)).version == taught.base


@pytest.mark.parametrize("words", ["", "{", "[]", '{"base": "b"}', "null"])
def test_a_note_that_makes_no_sense_is_no_note(tmp_path: Path, words: str) -> None:
    (tmp_path / "in-service.json").write_text(words)
    assert noted_service(tmp_path, base="b") is None


def test_a_note_cannot_be_left_everywhere(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    note_service(tmp_path / "file", base="b", version="v")
    assert noted_service(tmp_path / "file", base="b") is None


async def test_two_who_need_the_same_model_train_it_once(folder: Path) -> None:
    files, models = written(folder), folder / "twice"
    material = material_of([files])
    made = await asyncio.gather(made_model(material, models), made_model(material, models))
    assert sorted(seconds is None for _model, seconds in made) == [False, True]


async def test_training_that_was_killed_leaves_no_model(folder: Path) -> None:
    material, models = material_of([written(folder)], TAUGHT), folder / "killed"
    models.mkdir()
    arguments = ["-m", "nlu.train_command", str(models), material.version, *map(str, material.paths)]
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdin=subprocess.DEVNULL, cwd=ROOT)
    await asyncio.sleep(1.5)
    assert process.returncode is None
    process.kill()
    await process.wait()
    assert not list(models.glob("*.npz"))
    _model, seconds = await made_model(material, models)
    assert seconds is not None


def test_a_training_that_was_ended_stops_a_start_and_makes_a_running_desk_wait() -> None:
    with pytest.raises(SettingsInvalid, match="signal 9"):
        last_words(-9, b"")
    with pytest.raises(ModelNotMade):  # after which a running desk has patience (app/model_watch.py)
        last_words(-9, b"")
    assert last_words(1, b"Traceback\nMemoryError") == "MemoryError"


async def test_a_training_that_is_interrupted_does_not_wait_for_its_threads() -> None:
    busy = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
from nlu.training_apart import end_when_told
end_when_told()
with ThreadPoolExecutor(1) as threads:
    threads.submit(time.sleep, 600)
    print("busy", flush=True)
"""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", busy, stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"busy\n"
    process.send_signal(signal.SIGINT)
    assert await asyncio.wait_for(process.wait(), 30) == -signal.SIGINT


async def test_files_that_change_meanwhile_make_no_model_of_the_old_version(tmp_path: Path) -> None:
    files = written(tmp_path)
    material = material_of([files])
    files.write_text(files.read_text(encoding="utf-8") + "    - noch ein satz\n", encoding="utf-8")
    with pytest.raises(ModelNotMade, match="changed while"):
        await made_model(material, tmp_path / "models")
    assert not list((tmp_path / "models").glob("*.npz"))


async def test_where_nothing_can_be_stored_the_maker_says_so(folder: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("no folder")
    with pytest.raises(ModelNotMade):
        await made_model(material_of([written(folder)]), blocked)


async def test_corrected_texts_never_stand_in_the_command_line_or_in_a_file(folder: Path) -> None:
    """Masked as they are, they stay between the two processes; the folder holds the model alone."""
    material, models = material_of([written(folder)], TAUGHT), folder / "private"
    making = asyncio.create_task(made_model(material, models))
    seen: set[str] = set()
    while not making.done():
        ps = await asyncio.create_subprocess_exec("ps", "-ww", "-eo", "args", stdout=subprocess.PIPE)
        listed = (await ps.communicate())[0].decode()
        seen |= {line for line in listed.splitlines() if "nlu.train_command" in line}
        await asyncio.sleep(0.2)
    await making
    assert any(material.version in line for line in seen)
    assert not any("erledigt" in line for line in seen)
    assert {path.suffix for path in models.iterdir()} == {".npz"}
