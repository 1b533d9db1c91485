"""docker-compose.yml and the Dockerfile as an engine would read them. No engine is needed, and none is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from tests.architecture.tree import ROOT

COMPOSE = ROOT / "docker-compose.yml"
DOCKERFILE = ROOT / "Dockerfile"

_INNERMOST = re.compile(r"\$\{(?P<name>\w+)(?:(?P<how>:[-?])(?P<rest>[^${}]*))?\}")


class VariableMissing(Exception):
    """A variable that compose demands is not set."""


def interpolated(text: str, variables: Mapping[str, str]) -> str:
    """`${A}`, `${A:-otherwise}` and `${A:?why}` as the specification says, innermost first."""

    def value(found: re.Match[str]) -> str:
        if variables.get(found["name"]):
            return variables[found["name"]]
        if found["how"] == ":?":
            raise VariableMissing(f"{found['name']}: {found['rest']}")
        return found["rest"] or ""

    while _INNERMOST.search(text):
        text = _INNERMOST.sub(value, text)
    return text


def services(variables: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The services with these variables filled in."""
    found: dict[str, dict[str, Any]] = document(variables)["services"]
    return found


def document(variables: Mapping[str, str]) -> dict[str, Any]:
    """The whole file with these variables filled in."""
    loaded: dict[str, Any] = yaml.safe_load(interpolated(COMPOSE.read_text(encoding="utf-8"), variables))
    return loaded


@dataclass(frozen=True)
class Stage:
    """One stage of the Dockerfile. `copies`: sources from the tree, with where they go."""

    name: str
    base: str
    steps: tuple[tuple[str, str], ...]

    @property
    def copies(self) -> tuple[tuple[str, str], ...]:
        """What is copied from the tree: (source, target)."""
        words = [text.split() for word, text in self.steps if word == "COPY" and "--from" not in text]
        return tuple((source, names[-1]) for names in words for source in names[:-1])

    def last(self, word: str) -> str | None:
        """The last instruction of this kind."""
        return next((text for step, text in reversed(self.steps) if step == word), None)

    @property
    def environment(self) -> dict[str, str]:
        """What ENV sets."""
        pairs = " ".join(text for word, text in self.steps if word == "ENV").split()
        return {name: value for name, _, value in (pair.partition("=") for pair in pairs)}


def stages() -> dict[str, Stage]:
    """The Dockerfile's stages by name."""
    text = re.sub(r"\\\n\s*", "", DOCKERFILE.read_text(encoding="utf-8"))
    steps = [tuple(line.split(maxsplit=1)) for line in text.splitlines() if line and not line.startswith("#")]
    found: dict[str, list[tuple[str, str]]] = {}
    bases: dict[str, str] = {}
    for word, rest in steps:
        if word == "FROM":
            base, _as, name = rest.split()
            bases[name] = base
            found[name] = []
        else:
            found[name].append((word, rest))
    return {name: Stage(name, bases[name], tuple(done)) for name, done in found.items()}
