"""What compose would start, started without an engine: the same commands, in a folder with what the image copies.

Only what an engine provides is replaced: the names of the services by loopback, the ports by free ones, the image's
environment by the checkout's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.server_programs import folder_of_programs, give, let_in, run, user_for
from tests.architecture.compose import services, stages
from tests.architecture.tree import ROOT
from tests.places import LOOPBACK

PASSWORD = "0f1e2d3c"
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Ports:
    """Where the three lasting services listen."""

    postgres: int
    rasa: int
    app: int

    def put_into(self, text: str) -> str:
        """A text of the compose file with these instead of the service's names and ports."""
        for word, ours in (
            ("@postgres:5432", f"@{LOOPBACK}:{self.postgres}"),
            ("http://rasa:5005", f"http://{LOOPBACK}:{self.rasa}"),
            ("0.0.0.0", LOOPBACK),
            ("5005", str(self.rasa)),
            ("8080", str(self.app)),
        ):
            text = text.replace(word, ours)
        return text


@dataclass(frozen=True)
class Compose:
    """The services, with loopback and free ports put in."""

    ports: Ports
    tree: Path
    data: Path

    def service(self, name: str) -> dict[str, Any]:
        """The service as the file has it."""
        return services({"POSTGRES_PASSWORD": PASSWORD})[name]

    def command(self, name: str) -> list[str]:
        """What the container would run."""
        return [self.ports.put_into(word) for word in self.service(name)["command"]]

    def health_command(self, name: str) -> list[str]:
        """What the engine would ask the container's health with."""
        kind, *command = self.service(name)["healthcheck"]["test"]
        assert kind == "CMD"
        return [self.ports.put_into(word) for word in command]

    def environment(self, name: str, path: Sequence[Path] = (BIN,)) -> dict[str, str]:
        """The container's environment: the image's, then the file's. Nothing of this shell's but PATH."""
        service = self.service(name)
        image = stages()[service["build"]["target"]].environment if "build" in service else {}
        given = {**image, **service.get("environment", {})}
        own = {key: self.ports.put_into(value) for key, value in given.items()} | {"ZURUF_DATA_DIR": str(self.data)}
        return {**own, "PATH": os.pathsep.join([*map(str, path), "/usr/bin", "/bin"]), "PYTHONPATH": str(self.tree)}

    def run(self, name: str, *command: str, **more: Any) -> subprocess.CompletedProcess[str]:
        """Runs a command in the container's folder to its end."""
        environment = self.environment(name) | more.pop("env", {})
        return subprocess.run(
            command, cwd=self.tree, env=environment, capture_output=True, text=True, timeout=120, check=False, **more
        )


def copied_tree(target: Path) -> Path:
    """What the image `app` copies, and nothing else."""
    for source, place in stages()["app"].copies:
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, target / place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / source, target / Path(place) / Path(source).name)
    return target


def wait_until_healthy(command: Sequence[str], environment: Mapping[str, str], seconds: float) -> None:
    """Asks as the engine would, until the answer is good."""
    deadline = time.monotonic() + seconds
    while subprocess.run(command, env=dict(environment), capture_output=True, check=False).returncode != 0:
        assert time.monotonic() < deadline, f"not healthy within {seconds} s"
        time.sleep(0.3)


@contextmanager
def postgres_over_tcp(folder: Path, port: int) -> Iterator[dict[str, str]]:
    """A server as the image postgres makes it: user and database `zuruf`, a password, TCP. Gives its environment."""
    data = folder / "data"
    user = user_for(data)
    let_in(user, data)
    with tempfile.NamedTemporaryFile("w") as secret:
        secret.write(PASSWORD)
        secret.flush()
        give(Path(secret.name), user)
        give(folder, user)
        options = ("--username=zuruf", "--auth=scram-sha-256", f"--pwfile={secret.name}", "--locale=C.UTF-8")
        made = run("initdb", "--pgdata", str(data), *options, user=user)
    assert made.code == 0, made.err
    words = f"-c listen_addresses={LOOPBACK} -c unix_socket_directories= -p {port} -c fsync=off"
    started = run("pg_ctl", "start", "--wait", "--pgdata", str(data), "-l", str(folder / "log"), "-o", words, user=user)
    assert started.code == 0, started.err
    reach = {"PGHOST": LOOPBACK, "PGPORT": str(port), "PGPASSWORD": PASSWORD, "PGUSER": "zuruf"}
    environment = {**reach, "PATH": f"{folder_of_programs()}:/usr/bin:/bin"}
    try:
        subprocess.run(["createdb", "--template=template0", "zuruf"], env=environment, check=True)
        yield environment
    finally:
        run("pg_ctl", "stop", "--mode=immediate", "--wait", "--pgdata", str(data), user=user)
