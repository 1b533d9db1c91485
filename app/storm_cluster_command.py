"""`zuruf storm cluster`: which messages of a file say the same, and how well that agrees with what they are about.

The same code as in the running desk, a message after the other. Figures go to standard output, progress to standard
error. A wrong file ends it with one line, exit 2. Examples are shown masked.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import click

from desk.errors import SettingsInvalid

if TYPE_CHECKING:
    # numpy is slow to load: not for a question after --help.
    from routing.cluster_file import Line
    from routing.cluster_usual import Floats

_ENCODED_AT_ONCE = 64
_TOLD_EVERY = 2000
_ROWS = 20
_EXAMPLE_WIDTH = 60
_EXAMPLE_MOST = 300


@click.command()
@click.argument("messages", type=click.Path(path_type=Path))
@click.option(
    "--assignments",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="CSV",
    help="Write line,cluster for each message.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of the table.")
def cluster(messages: Path, assignments: Path | None, as_json: bool) -> None:
    """Cluster MESSAGES, JSON lines of at, text and, if known, label, as they would come.

    A cluster's id is the line of its first message. With labels, B3 is measured on the labelled messages: see
    docs/clusters.md. messages_per_second is clustering alone, in seconds of the processor, with the vectors ready.
    """
    from routing.cluster_file import parse_messages

    try:
        with messages.open("rb") as lines:
            read = parse_messages(lines, str(messages))
    except OSError as error:
        raise SettingsInvalid(f"{messages}: cannot be read ({error.strerror}); name a file of JSON lines") from None
    late = sum(one.at < before.at for before, one in pairwise(read))
    if late:
        click.echo(f"{late} messages stand after a later one: they are taken as late messages.", err=True)
    homes, speed = _clustered(read)
    if assignments is not None:
        _write(assignments, read, homes)
    found = _found(read, homes)
    figures = _figures(read, homes)
    if as_json:
        click.echo(json.dumps({"clusters": found, **figures, "messages": len(read), "messages_per_second": speed}))
    else:
        click.echo(_table(found, figures, len(read), speed))


@dataclass(slots=True)
class _Progress:
    """Says on standard error every now and then how far it is, and at the end."""

    total: int
    done: str
    last: int = 0

    def tell(self, number: int) -> None:
        if number - self.last >= _TOLD_EVERY or number == self.total:
            self.last = number
            click.echo(f"{number} of {self.total} messages {self.done}", err=True)


def _clustered(read: Sequence[Line]) -> tuple[list[int], float]:
    """The cluster of each message after all merges, and messages a second."""
    from threadpoolctl import threadpool_limits

    from desk.conversation import MessageId
    from routing.cluster import Merge, Told
    from routing.clusters import Clusterer

    # With two threads, the many small sums here wait for each other on a small machine.
    with threadpool_limits(1):
        vectors = _vectors([one.text for one in read])
        clusterer, homes, merges = Clusterer(), [], list[Merge]()
        started, progress = process_time(), _Progress(len(read), "clustered")
        for number, (one, vector) in enumerate(zip(read, vectors, strict=True), 1):
            told = Told(MessageId(one.number), one.at, one.text, "", vector, one.contact)
            assignment = clusterer.add(told)
            homes.append(int(assignment.cluster_id))
            merges += assignment.merged
            progress.tell(number)
        merges += clusterer.settle()
        speed = len(read) / (process_time() - started)
    into = {int(merge.cluster_id): int(merge.into) for merge in merges}
    return [_last(home, into) for home in homes], round(speed, 1)


def _last(home: int, into: dict[int, int]) -> int:
    while home in into:
        home = into[home]
    return home


def _vectors(texts: Sequence[str]) -> Floats:
    import numpy as np

    from nlu.sentence_vectors import sentence_vectors

    encoder, progress = sentence_vectors(), _Progress(len(texts), "read")
    parts = []
    for start in range(0, len(texts), _ENCODED_AT_ONCE):
        parts.append(encoder.of(texts[start : start + _ENCODED_AT_ONCE]))
        progress.tell(min(start + _ENCODED_AT_ONCE, len(texts)))
    return np.concatenate(parts)


def _found(read: Sequence[Line], homes: Sequence[int]) -> list[dict[str, Any]]:
    """The clusters, the largest first; of equals, the first one."""
    members: dict[int, list[Line]] = {}
    for one, home in zip(read, homes, strict=True):
        members.setdefault(home, []).append(one)
    return [
        {
            "id": home,
            "size": len(lines),
            "first": min(one.at for one in lines).isoformat(),
            "last": max(one.at for one in lines).isoformat(),
            "example": _masked(lines[0].text),
        }
        for home, lines in sorted(members.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def _masked(text: str) -> str:
    from nlu.privacy import find_personal_data, mask

    return " ".join(mask(text, find_personal_data(text), "en").split())[:_EXAMPLE_MOST]


def _figures(read: Sequence[Line], homes: Sequence[int]) -> dict[str, float]:
    """B3 over the labelled messages; nothing without labels. What has no label makes no cluster worse or better."""
    from routing.b3 import b3

    labelled = [(home, one.label) for one, home in zip(read, homes, strict=True) if one.label is not None]
    if not labelled:
        return {}
    found = b3([home for home, _label in labelled], [label for _home, label in labelled])
    shown = {"b3_precision": found.precision, "b3_recall": found.recall, "b3_f1": found.f1}
    return {key: round(value, 4) for key, value in shown.items()}


def _write(path: Path, read: Sequence[Line], homes: Sequence[int]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(("line", "cluster"))
            rows.writerows((one.number, home) for one, home in zip(read, homes, strict=True))
    except OSError as error:
        raise SettingsInvalid(f"{path}: cannot be written ({error.strerror}); name another file") from None


def _table(found: Sequence[dict[str, Any]], figures: dict[str, float], messages: int, speed: float) -> str:
    alone = Counter(one["size"] for one in found)[1]
    lines = [f"{'id':>7} {'size':>6}  {'first':16}  {'last':16}  example"]
    for one in found[:_ROWS]:
        if one["size"] > 1:
            example = (
                ascii(one["example"][:_EXAMPLE_WIDTH])[1:-1] if not one["example"].isprintable() else one["example"]
            )
            first, last = one["first"][:16], one["last"][:16]
            lines.append(f"{one['id']:>7} {one['size']:>6}  {first}  {last}  {example[:_EXAMPLE_WIDTH]}")
    lines.append(f"{messages} messages, {len(found) - alone} clusters of two and more, {alone} messages alone")
    labels = {"b3_precision": "B3 precision", "b3_recall": "B3 recall", "b3_f1": "B3 F1"}
    lines += [f"{label:20} {figures[key]:.3f}" for key, label in labels.items() if key in figures]
    return "\n".join([*lines, f"{'messages a second':20} {speed:.0f}"])
