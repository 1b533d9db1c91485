"""The embedded server starts, is shared, is found again and stops."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import asyncpg
import pytest

from db import embedded
from db.embedded import EmbeddedServer
from db.server_programs import run
from desk.errors import SettingsInvalid, StorageUnavailable
from tests.conftest import FAST

REPOSITORY = Path(__file__).parents[3]

NOBODY = 65534

BECOME_NOBODY = f"""
import os, db.embedded
os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
"""

HOLD = """
import sys, time
from pathlib import Path
from db.embedded import EmbeddedServer
server = EmbeddedServer.start(Path(sys.argv[1]))
print(server.url, flush=True)
time.sleep(float(sys.argv[2]))
"""


def _answers(server: EmbeddedServer) -> bool:
    return run("pg_isready", "--quiet", "--host", str(server.folder)).code == 0


def _holder(folder: Path, seconds: float) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", HOLD, str(folder), str(seconds)],
        cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline().startswith("postgresql://")
    return process


async def test_it_listens_in_a_private_folder_and_on_no_network(server: EmbeddedServer) -> None:
    connection = await asyncpg.connect(server.url)
    try:
        assert await connection.fetchval("select current_setting('listen_addresses')") == ""
        assert await connection.fetchval("select lower('ÄÖÜ')") == "äöü"
        assert await connection.fetchval("select current_setting('server_version_num')::int / 10000") >= 18
        place = await connection.fetchval("select current_setting('unix_socket_directories')")
    finally:
        await connection.close()
    assert place == str(server.folder)
    assert stat.S_IMODE(server.folder.stat().st_mode) == 0o700


def test_the_last_one_stops_it_and_its_data_are_found_again(data_folder: Path) -> None:
    first = EmbeddedServer.start(data_folder / "new" / "data", FAST)
    second = EmbeddedServer.start(data_folder / "new" / "data", FAST)
    assert first.url == second.url
    first.stop()
    first.stop()
    assert _answers(second)
    reach = ("--host", str(second.folder), "--username=postgres", "zuruf")
    assert run("psql", *reach, "-c", "create table kept ()").code == 0
    second.stop()
    assert not _answers(second)
    with EmbeddedServer.start(data_folder / "new" / "data", FAST) as third:
        assert run("psql", *reach, "-c", "table kept").code == 0
    assert not _answers(third)


def test_another_process_keeps_it_running_until_it_ends_without_a_word(data_folder: Path) -> None:
    other = _holder(data_folder, 1.5)
    with EmbeddedServer.start(data_folder, FAST) as ours:
        pass
    assert _answers(ours)
    _, said = other.communicate(timeout=30)
    assert (other.returncode, said) == (0, "")
    assert not _answers(ours)


def test_a_killed_process_leaves_a_server_that_the_next_one_takes_over(data_folder: Path) -> None:
    other = _holder(data_folder, 60)
    other.send_signal(signal.SIGKILL)
    other.communicate()
    with EmbeddedServer.start(data_folder, FAST) as ours:
        assert _answers(ours)
    assert not _answers(ours)


def test_after_a_power_cut_somebody_elses_process_number_does_not_hinder(data_folder: Path) -> None:
    with EmbeddedServer.start(data_folder, FAST) as first:
        lines = (first.folder / "postmaster.pid").read_text().splitlines()
    pid_file = first.folder / "postmaster.pid"
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    owner = first.folder.stat()
    os.chown(pid_file, owner.st_uid, owner.st_gid)
    with EmbeddedServer.start(data_folder, FAST) as second:
        assert _answers(second)


def test_data_of_another_version_are_refused_by_name(data_folder: Path) -> None:
    with EmbeddedServer.start(data_folder, FAST) as first:
        pass
    (first.folder / "PG_VERSION").write_text("15\n")
    with pytest.raises(SettingsInvalid, match=r"ZURUF_DATA_DIR.*PostgreSQL 15.*is 18"):
        EmbeddedServer.start(data_folder, FAST)


def test_a_folder_that_cannot_be_is_refused_by_name(data_folder: Path) -> None:
    (data_folder / "file").write_text("")
    with pytest.raises(SettingsInvalid, match=r"ZURUF_DATA_DIR.*cannot be used: "):
        EmbeddedServer.start(data_folder / "file", FAST)


def test_a_server_that_does_not_start_names_its_log(data_folder: Path) -> None:
    with pytest.raises(StorageUnavailable, match=r"server\.log"):
        EmbeddedServer.start(data_folder, {"shared_buffers": "nonsense"})
    assert "shared_buffers" in (data_folder / "postgres" / "server.log").read_text()
    with EmbeddedServer.start(data_folder, FAST) as second:
        assert _answers(second)


async def test_a_long_or_odd_path_gets_a_socket_elsewhere(data_folder: Path) -> None:
    with EmbeddedServer.start(data_folder / ("ö & " + "x" * 90), FAST) as long:
        connection = await asyncpg.connect(long.url)
        await connection.close()
        place = embedded._socket_folder(long.folder)
        assert len(str(place)) < embedded.LONGEST_SOCKET_FOLDER
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
    place.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_it_runs_for_an_ordinary_user_too() -> None:
    folder = Path(tempfile.mkdtemp(prefix="zuruf-ordinary-"))
    os.chown(folder, NOBODY, NOBODY)
    try:
        ended = subprocess.run(
            [sys.executable, "-W", "error", "-c", BECOME_NOBODY + HOLD, str(folder), "0"],
            cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert (ended.returncode, ended.stderr) == (0, "")
        assert (folder / "postgres").stat().st_uid == NOBODY
    finally:
        shutil.rmtree(folder)
