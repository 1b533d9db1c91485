"""A file that people edit, checked against its shape: the first mistake is named with its line and key.

Pure. Raises SettingsInvalid.
"""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from desk.errors import SettingsInvalid
from routing.strict_yaml import Document, YamlRefused

Shape = TypeVar("Shape", bound=BaseModel)


def validated(shape: type[Shape], text: str, source: str, *, such_as: str) -> Shape:
    """What `text` says. `source` names it in errors, `such_as` some of the keys it should have."""
    try:
        document = Document(text)
    except YamlRefused as error:
        raise SettingsInvalid(f"{source}:{error.line}: {error.problem}") from None
    if not isinstance(document.data, dict):
        raise SettingsInvalid(f"{source}:1: expected keys such as {such_as}; it is empty or a list")
    try:
        return shape.model_validate(document.data)
    except ValidationError as error:
        raise SettingsInvalid(problem_at(error, document, source)) from None


def problem_at(error: ValidationError, document: Document, source: str) -> str:
    """The first mistake, with its line and key, in one line."""
    found = error.errors(include_url=False, include_input=False)
    first = min(found, key=lambda one: one["type"] != "extra_forbidden")  # a misspelt key is why one is missing
    path = (*first["loc"], *first.get("ctx", {}).get("path", ()))
    key = ".".join(str(part) for part in path if part != "[key]")
    return f"{source}:{document.line_of(path)}: {_printable(key)}: {_printable(first['msg'])}"


def misplaced(problem: str, *path: str | int) -> PydanticCustomError:
    """An error of the whole file that stands at `path`."""
    return PydanticCustomError("misplaced", "{problem}", {"problem": _printable(problem), "path": path})


def _printable(text: str) -> str:
    """One line of at most 200 characters, whatever somebody wrote as a key."""
    shown = "".join(char if char.isprintable() else "?" for char in text)
    return shown if len(shown) <= 200 else f"{shown[:200]}…"
