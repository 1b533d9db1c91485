"""YAML as a person edits it: plain keys and values, each key once, and the line where everything stands.

Refused, because no policy needs them and files with them hang or mislead the reader: aliases (a file of one
kilobyte can mean terabytes), merge keys, tags, keys given twice, several documents, nesting without end, sizes
without end.
Lines count from 1. Raises: YamlRefused with the line and what is wrong.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

LONGEST = 64_000
"""Characters, read in less than a second. A policy with a hundred intents has ten thousand."""

DEEPEST = 20
"""Levels of nesting. A policy has five."""

WORD = "tag:yaml.org,2002:str"


class YamlRefused(Exception):
    """The text cannot be read. `line` counts from 1, `problem` is for the person who wrote it."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line, self.problem = line, problem


class Document:
    """One YAML document: its `data`, and where the parts of it stand."""

    def __init__(self, text: str) -> None:
        """Raises YamlRefused."""
        if len(text) > LONGEST:
            raise YamlRefused(1, f"longer than {LONGEST} characters")
        self._root, self.data = _read(text)

    def line_of(self, path: tuple[int | str, ...]) -> int:
        """The line of the deepest part of `path` that is in the text."""
        line, node = 1, self._root
        for part in path:
            found = _child(node, part)
            if found is None:
                break
            line, node = found
        return line


class _Loader(yaml.SafeLoader):
    """SafeLoader without what people do not need, naming the line of what it cannot read."""

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _at(event.start_mark, "anchors and aliases are not used here: write it out")
        if getattr(event, "tag", None) is not None:
            raise _at(event.start_mark, "tags such as !!int are not used here")
        self._depth += 1
        if self._depth > DEEPEST:
            raise _at(event.start_mark, "nested too deeply")
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, LookupError, ArithmeticError):
            raise _at(node.start_mark, "not a value that can be read") from None

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        lines: dict[object, int] = {}
        for key, _value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode) or key.value == "<<":
                raise _at(key.start_mark, "expected a plain word as the key")
            if key.value in lines:
                raise _at(key.start_mark, f"{key.value}: this key stands twice, first in line {lines[key.value]}")
            lines[key.value] = line
            key.tag = WORD  # otherwise YAML takes the key `no` for false
        return super().construct_mapping(node, deep)


def _read(text: str) -> tuple[yaml.Node | None, Any]:
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        return root, None if root is None else loader.construct_document(root)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        raise YamlRefused(line, "a character that no text file holds") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise YamlRefused(line, " ".join((error.problem or "not valid YAML").split())) from None


def _at(mark: Any, problem: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


def _child(node: yaml.Node | None, part: int | str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        found = node.value[part]
        return found.start_mark.line + 1, found
    return None
