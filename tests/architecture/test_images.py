"""docker-compose.yml and the images: valid, pinned, locked down, without secrets, and complete."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import compose_spec
import pytest
import yaml

from app.settings import Settings
from tests.architecture.compose import COMPOSE, VariableMissing, document, interpolated, services, stages
from tests.architecture.tree import CODE, ROOT, text_of

PASSWORD = {"POSTGRES_PASSWORD": "0f1e2d3c"}
VARIABLES = {f"ZURUF_{name.upper()}" for name in Settings.model_fields}
OURS = ("migrate", "rasa", "app")
LASTING = ("postgres", "rasa", "app")


def _check(found: dict[str, Any]) -> None:
    compose_spec.PyCompose.from_yaml(yaml.safe_dump(found)).validate()


def test_compose_file_keeps_to_the_specification() -> None:
    _check(document(PASSWORD))


def test_specification_is_really_checked() -> None:
    for key, value in (("restarts", "always"), ("ports", ["127.0.0.1:zero:8080"])):
        broken = document(PASSWORD)
        broken["services"]["app"][key] = value
        with pytest.raises(ValueError, match=r"restarts|zero"):
            _check(broken)


def test_volumes_are_declared_and_used() -> None:
    found = document(PASSWORD)
    used = {place.partition(":")[0] for service in found["services"].values() for place in service.get("volumes", [])}
    assert used == set(found["volumes"])


def test_no_secret_stands_in_it_and_none_is_made_up() -> None:
    with pytest.raises(VariableMissing, match="POSTGRES_PASSWORD"):
        document({})
    naming = [
        line for line in COMPOSE.read_text(encoding="utf-8").splitlines() if re.search(r"(?i)password|token", line)
    ]
    assert naming
    assert all("${POSTGRES_PASSWORD:?" in line for line in naming)


def test_variables_are_settings_and_documented() -> None:
    taken = set(re.findall(r"\$\{(\w+)", COMPOSE.read_text(encoding="utf-8")))
    given = {name for service in services(PASSWORD).values() for name in service.get("environment", {})}
    built = {name for stage in stages().values() for name in stage.environment}
    ours = {name for name in taken | given | built if name.startswith("ZURUF_")}
    assert ours <= VARIABLES
    for name in ours | taken:
        assert f"`{name}`" in text_of(Path("docs/settings.md")), f"docs/settings.md does not name {name}"


def test_nothing_listens_beyond_this_machine() -> None:
    published = [port for service in services(PASSWORD).values() for port in service.get("ports", [])]
    assert published == ["127.0.0.1:8080:8080"]


def test_links_lead_to_the_published_port() -> None:
    given = services(PASSWORD | {"ZURUF_HTTP_PORT": "9090"})["app"]
    assert given["ports"] == ["127.0.0.1:9090:8080"]
    assert given["environment"]["ZURUF_PUBLIC_URL"] == "http://127.0.0.1:9090"
    given = services(PASSWORD | {"ZURUF_PUBLIC_URL": "https://care.example.org"})["app"]
    assert given["environment"]["ZURUF_PUBLIC_URL"] == "https://care.example.org"


@pytest.mark.parametrize("name", OURS)
def test_our_services_can_do_little_harm(name: str) -> None:
    service = services(PASSWORD)[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert stages()[service["build"]["target"]].last("USER") == "zuruf"


@pytest.mark.parametrize("name", LASTING)
def test_lasting_services_are_watched_and_come_back(name: str) -> None:
    service = services(PASSWORD)[name]
    assert service["healthcheck"]["test"][0] == "CMD"
    assert service["restart"] == "unless-stopped"


def test_app_starts_after_the_migration_and_without_rasa() -> None:
    found = services(PASSWORD)
    assert found["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert found["migrate"]["restart"] == "no"
    assert found["app"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}


def test_images_are_pinned_by_version() -> None:
    bases = {stage.base for stage in stages().values()} - set(stages())
    pulled = {service["image"] for service in services(PASSWORD).values() if "build" not in service}
    assert all(re.fullmatch(r"[a-z/]+:\d+(\.\d+)+-[a-z-]+", image) for image in bases | pulled)


def test_image_and_service_start_the_same() -> None:
    for name in ("app", "rasa"):
        assert json.loads(stages()[name].last("CMD") or "") == services(PASSWORD)[name]["command"]


def test_everything_copied_is_there_and_reaches_the_engine() -> None:
    let_through = {line[1:] for line in text_of(Path(".dockerignore")).splitlines() if line.startswith("!")}
    for stage in stages().values():
        for source, _target in stage.copies:
            assert (ROOT / source).exists(), f"the Dockerfile copies {source}, which is not there"
            assert Path(source).parts[0] in let_through, f".dockerignore keeps {source} back"


def test_image_holds_all_of_the_code() -> None:
    copied = {source for source, _target in stages()["app"].copies}
    there = {name for name in CODE if (ROOT / name / "__init__.py").exists()}
    assert there <= copied


def test_interpolation_follows_the_specification() -> None:
    assert interpolated("${A:-b}${A:-${B:-c}}$A", {"B": "d"}) == "bd$A"
    assert interpolated("${A:-b}", {"A": ""}) == "b"
    assert interpolated("${A}", {"A": "1"}) == "1"
