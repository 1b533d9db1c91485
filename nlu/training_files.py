"""Training and test files: Rasa NLU YAML in, utterances with their intents and entities out.

Understood: `nlu:` lists of `intent`, `synonym`, `lookup` and `regex` items with `examples: |` (one example
a line, each starting with `- `) or a list of strings or of `text:` mappings; entities as
`[4711](order_number)` or `[4711]{"entity": "order_number"}`; `metadata:` of an example or an intent as in
nlu/example_metadata.py. A folder or a file named `de` or `en` tells the language. Byte order marks and CRLF are
tolerated.

Raises: SettingsInvalid with file, line (from 1) and the mend.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import yaml

from desk.errors import SettingsInvalid
from desk.people import Locale
from desk.reading import Danger, Entity, Sentiment, Urgency
from nlu.entity_marks import parse_example
from nlu.example_metadata import UNSAID, Metadata, MetadataWrong, read_metadata

_EXAMPLE = re.compile(r"^-(?:[ \t]+(.*))?$")
_LANGUAGES = frozenset(Locale)
_ITEM_KEYS = ("intent", "synonym", "lookup", "regex")
_OTHER_SECTIONS = {"version", "stories", "rules", "responses", "domain", "intents", "entities", "session_config"}


@dataclass(frozen=True, slots=True)
class Utterance:
    """One example: the bare text, its intent, the entities marked in it, and the language of its folder or file.

    The rest is None or empty where the file does not say it. `where` is file and line, such as `de/billing.yml:17`.
    """

    text: str
    intent: str
    entities: tuple[Entity, ...] = ()
    language: Locale | None = None
    sentiment: Sentiment | None = None
    urgency: Urgency | None = None
    human: bool | None = None
    also: tuple[str, ...] = ()
    where: str = field(default="", compare=False)
    danger: Danger | None = None


@dataclass(slots=True)
class TrainingSet:
    """What a set of files says. `lookups` and `regexes` map an entity to its words or patterns."""

    utterances: list[Utterance] = field(default_factory=list)
    lookups: dict[str, list[str]] = field(default_factory=dict)
    regexes: dict[str, list[str]] = field(default_factory=dict)
    synonyms: dict[str, list[str]] = field(default_factory=dict)

    @property
    def intents(self) -> tuple[str, ...]:
        """All intents, sorted."""
        return tuple(sorted({u.intent for u in self.utterances}))


def training_paths(sources: Iterable[Path]) -> list[Path]:
    """The YAML files among `sources`, folders searched through, in a stable order."""
    found: list[Path] = []
    for source in sources:
        if source.is_dir():
            found += sorted(p for p in source.rglob("*") if p.suffix in {".yml", ".yaml"} and p.is_file())
        elif source.is_file():
            found.append(source)
        else:
            raise SettingsInvalid(f"{source}: no such training file or folder; check the path")
    if not found:
        listed = ", ".join(str(s) for s in sources)
        raise SettingsInvalid(f"{listed}: no .yml file in there; put Rasa NLU files there")
    return found


def load_training(sources: Sequence[Path]) -> TrainingSet:
    """All of `sources` (files or folders) as one set. At least one utterance, or SettingsInvalid."""
    whole = TrainingSet()
    paths = training_paths(sources)
    for path in paths:
        _FileReader(path).read_into(whole)
    if not whole.utterances:
        raise SettingsInvalid(f"{paths[0]}: no intent with examples found; add `- intent:` items under `nlu:`")
    return whole


def read_file(path: Path) -> TrainingSet:
    """What one file says; it may hold no example at all, only words or patterns of entities."""
    whole = TrainingSet()
    _FileReader(path).read_into(whole)
    return whole


class _Example(NamedTuple):
    """An example as it stands in the file: its line (from 1), its text with the marks, what else is said of it."""

    line: int
    marked: str
    said: Metadata


class _FileReader:
    """Reads one file, knowing where it is for the error messages."""

    def __init__(self, path: Path) -> None:
        self.path = path
        named = (path.stem, *reversed(path.parts[:-1]))
        self.language = next((Locale(part) for part in named if part in _LANGUAGES), None)

    def read_into(self, whole: TrainingSet) -> None:
        root = self._compose()
        if root is None:
            return
        for key, value in self._pairs(root, "the file"):
            if key.value == "nlu":
                for item in self._items(value, "nlu"):
                    self._read_item(item, whole)
            elif key.value not in _OTHER_SECTIONS:
                raise self._wrong(key, f"unknown section {key.value!r}; use `version:` and `nlu:`")

    def _compose(self) -> yaml.Node | None:
        try:
            text = self.path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise SettingsInvalid(f"{self.path}: not UTF-8 (byte {error.start}); save the file as UTF-8") from None
        except OSError as error:
            raise SettingsInvalid(f"{self.path}: cannot be read ({error.strerror}); check its permissions") from None
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for number, line in enumerate(lines, 1):
            if "\t" in line[: len(line) - len(line.lstrip())]:
                raise SettingsInvalid(f"{self.path}:{number}: tab in the indentation; indent with spaces")
        try:
            loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            return yaml.compose("\n".join(lines), Loader=loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            where = f":{mark.line + 1}" if mark else ""
            raise SettingsInvalid(
                f"{self.path}{where}: not valid YAML ({error.problem}); check indentation and quotes there"
            ) from None
        except yaml.YAMLError as error:
            reason = str(error).splitlines()[0]
            raise SettingsInvalid(f"{self.path}: not valid YAML ({reason}); remove what is named") from None
        except RecursionError:
            raise SettingsInvalid(f"{self.path}: nested too deeply; `nlu:` holds one flat list") from None

    def _read_item(self, item: yaml.Node, whole: TrainingSet) -> None:
        fields = {key.value: (key, value) for key, value in self._pairs(item, "an item of nlu")}
        kind = next((k for k in _ITEM_KEYS if k in fields), None)
        if kind is None:
            raise self._wrong(item, "item without `intent:`; name the intent its examples belong to")
        name = self._name(fields[kind][1], kind)
        if "examples" not in fields:
            raise self._wrong(item, f"{kind} {name!r} has no `examples:`; add `examples: |` with lines `- text`")
        said = self._metadata(fields.get("metadata", (None, None))[1], UNSAID)
        examples = self._examples(fields["examples"][1], name, said)
        if kind == "intent":
            whole.utterances.extend(self._utterance(name, example) for example in examples)
        else:
            target = {"synonym": whole.synonyms, "lookup": whole.lookups, "regex": whole.regexes}[kind]
            target.setdefault(name, []).extend(example.marked for example in examples)

    def _utterance(self, intent: str, example: _Example) -> Utterance:
        try:
            text, entities = parse_example(example.marked)
        except ValueError as error:
            raise SettingsInvalid(f"{self.path}:{example.line}: {error}") from None
        said = example.said
        where = f"{self.path}:{example.line}"
        moods = (said.sentiment, said.urgency, said.human, said.also)
        return Utterance(text, intent, entities, self.language, *moods, where, said.danger)

    def _metadata(self, node: yaml.Node | None, given: Metadata) -> Metadata:
        try:
            return read_metadata(node, given) if node else given
        except MetadataWrong as wrong:
            raise self._wrong(wrong.node, str(wrong)) from None

    def _examples(self, node: yaml.Node, name: str, said: Metadata) -> Iterator[_Example]:
        if isinstance(node, yaml.SequenceNode):
            yield from (self._example(child, name, said) for child in node.value)
            return
        if not isinstance(node, yaml.ScalarNode) or node.style != "|":
            raise self._wrong(node, f"examples of {name!r} are not a block; write `examples: |`, then lines `- text`")
        first = node.start_mark.line + 2
        for offset, raw in enumerate(node.value.split("\n")):
            if not raw.strip():
                continue
            match = _EXAMPLE.match(raw.strip())
            if match is None:
                raise SettingsInvalid(f"{self.path}:{first + offset}: example does not start with `- `; add it")
            if match[1] and match[1].strip():
                yield _Example(first + offset, match[1].strip(), said)

    def _example(self, node: yaml.Node, name: str, said: Metadata) -> _Example:
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            fields = {key.value: value for key, value in self._pairs(node, "an example")}
            text, said = fields.get("text"), self._metadata(fields.get("metadata"), said)
            if isinstance(text, yaml.ScalarNode):
                return _Example(line, str(text.value).strip().removeprefix("- ").strip(), said)
        elif isinstance(node, yaml.ScalarNode):
            return _Example(line, str(node.value).strip(), said)
        raise self._wrong(node, f"example of {name!r} has no text; write a string or `text:`")

    def _name(self, node: yaml.Node, kind: str) -> str:
        if isinstance(node, yaml.ScalarNode) and str(node.value).strip():
            return str(node.value).strip()
        raise self._wrong(node, f"`{kind}:` has no name; write one word such as delivery_status")

    def _pairs(self, node: yaml.Node, what: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            raise self._wrong(node, f"{what} must be `key: value` lines; found something else")
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self._wrong(key, f"{what} has a key that is no plain word; write `key: value`")
        return list(node.value)

    def _items(self, node: yaml.Node, what: str) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise self._wrong(node, f"`{what}:` must be a list; start each item with `- `")
        return list(node.value)

    def _wrong(self, node: yaml.Node, message: str) -> SettingsInvalid:
        return SettingsInvalid(f"{self.path}:{node.start_mark.line + 1}: {message}")
