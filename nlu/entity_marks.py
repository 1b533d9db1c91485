"""Entity marks in the examples of training files: `[4711](order_number)` or `[4711]{"entity": "order_number"}`.

Offsets are those of the bare text. Raises: ValueError for a mark that cannot be understood, with the mend.
"""

from __future__ import annotations

import json
import re

from desk.reading import Entity

_ENTITY = re.compile(r"\[([^\[\]]{1,200})\](?:\(([^()\[\]]{1,100})\)|(\{[^{}]{1,300}\}))")


def parse_example(marked: str) -> tuple[str, tuple[Entity, ...]]:
    """The bare text and the entities of an example with `[text](kind)` marks. Raises ValueError."""
    plain: list[str] = []
    entities: list[Entity] = []
    length = at = 0
    for match in _ENTITY.finditer(marked):
        plain.append(marked[at : match.start()])
        length += match.start() - at
        value = match[1]
        entities.append(Entity(_entity_kind(match), value, length, length + len(value)))
        plain.append(value)
        length += len(value)
        at = match.end()
    plain.append(marked[at:])
    return "".join(plain), tuple(entities)


def _entity_kind(match: re.Match[str]) -> str:
    if match[2] is not None:
        return match[2].split(":")[0].strip()
    try:
        kind = json.loads(match[3]).get("entity")
    except (json.JSONDecodeError, AttributeError):
        kind = None
    if not isinstance(kind, str) or not kind:
        raise ValueError(
            f'entity mark {match[0]!r} is not understood; write [text](kind) or [text]{{"entity": "kind"}}'
        )
    return kind
