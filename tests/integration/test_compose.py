"""Every command of docker-compose.yml runs as written, in a folder that holds what the image copies; and the back-ups
that docs/operating.md describes bring everything back."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.integration.like_compose import Compose, Ports, copied_tree, postgres_over_tcp, wait_until_healthy
from tests.places import free_port, servers_folder

READY_SECONDS = 180


@pytest.fixture(scope="module")
def ports() -> Ports:
    return Ports(free_port(), free_port(), free_port())


@pytest.fixture(scope="module")
def postgres(ports: Ports) -> Iterator[dict[str, str]]:
    """The environment in which PostgreSQL's own programs reach the server."""
    with servers_folder() as folder, postgres_over_tcp(folder, ports.postgres) as environment:
        yield environment


@pytest.fixture(scope="module")
def compose(tmp_path_factory: pytest.TempPathFactory, ports: Ports, postgres: dict[str, str], models: Path) -> Compose:
    """The services; PostgreSQL runs, the others are started by the tests. The volume holds the model from before."""
    volume = tmp_path_factory.mktemp("volume")
    shutil.copytree(models, volume / "models")
    return Compose(ports, copied_tree(tmp_path_factory.mktemp("zuruf")), volume)


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_copied_tree_is_what_runs(compose: Compose) -> None:
    said = compose.run("app", "python", "-c", "import app; print(app.__file__)")
    assert said.stdout.strip() == str(compose.tree / "app" / "__init__.py")


def test_postgres_is_found_healthy(compose: Compose, postgres: dict[str, str]) -> None:
    wait_until_healthy(compose.health_command("postgres"), postgres, 10)


def test_postgres_is_not_healthy_before_it_listens(compose: Compose, postgres: dict[str, str]) -> None:
    elsewhere = postgres | {"PGPORT": str(free_port())}
    assert subprocess.run(compose.health_command("postgres"), env=elsewhere, check=False).returncode != 0


def test_migrate_runs_once_and_again(compose: Compose) -> None:
    for _ in range(2):
        done = compose.run("migrate", *compose.command("migrate"))
        assert done.returncode == 0, done.stderr


def test_wrong_password_is_one_line_without_it(compose: Compose) -> None:
    wrong = compose.environment("migrate")["ZURUF_DATABASE_URL"].replace("0f1e2d3c", "wrong-secret")
    done = compose.run("migrate", *compose.command("migrate"), env={"ZURUF_DATABASE_URL": wrong})
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "ZURUF_DATABASE_URL" in done.stderr
    assert "wrong-secret" not in done.stderr


def test_app_becomes_ready_writes_only_its_volume_and_stops_cleanly(compose: Compose) -> None:
    before = _files(compose.tree)
    environment = compose.environment("app")
    with subprocess.Popen(
        compose.command("app"), cwd=compose.tree, env=environment, stdout=subprocess.PIPE, text=True
    ) as app:
        try:
            wait_until_healthy(compose.health_command("app"), environment, READY_SECONDS)
            app.send_signal(signal.SIGTERM)  # what `docker compose stop` sends
            said, _ = app.communicate(timeout=30)
        finally:
            app.kill()
    assert app.returncode == 0
    assert f"http://127.0.0.1:{compose.ports.app}" in said
    assert _files(compose.tree) == before, "the image's root is read-only"
    assert (compose.data / "secret_key").is_file()


def _documented(word: str) -> list[str]:
    """The commands of docs/operating.md that run `word` in the container `postgres`."""
    page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    return re.findall(rf"^docker compose exec -T postgres ({word} .+?) [<>] zuruf\.dump$", page, re.MULTILINE)


def test_documented_back_up_brings_everything_back(compose: Compose, postgres: dict[str, str], tmp_path: Path) -> None:
    invited = compose.run("app", "zuruf", "invite", "agent", "--name", "Ada")
    assert invited.returncode == 0, invited.stderr
    (dump,), (restore,) = _documented("pg_dump"), _documented("pg_restore")
    rows = "select count(*), max(created_at) from invitation"
    kept = _asked(rows, postgres)
    saved = tmp_path / "zuruf.dump"
    with saved.open("wb") as out:
        subprocess.run(dump.split(), env=postgres, stdout=out, check=True)
    _asked("delete from invitation", postgres)
    assert _asked(rows, postgres) != kept
    with saved.open("rb") as back:
        subprocess.run(restore.split(), env=postgres, stdin=back, check=True)
    assert _asked(rows, postgres) == kept
    assert compose.run("migrate", *compose.command("migrate")).returncode == 0


def _asked(sql: str, environment: dict[str, str]) -> str:
    command = ["psql", "--no-psqlrc", "-tAqc", sql, "zuruf"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()
