"""Files of messages: what is read from them, and the line that says what is wrong with one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desk.errors import SettingsInvalid
from routing.cluster_file import parse_messages


def test_lines_are_read_with_what_they_have() -> None:
    first, second = parse_messages(
        [
            b'\xef\xbb\xbf{"at": "2026-03-02T12:00:00+01:00", "text": "no internet", "label": "outage", "contact": 7}',
            b"\n",
            b'{"at": "2026-03-02 12:00", "text": "", "label": null, "more": 1}\n',
        ],
        "f",
    )
    assert (first.number, first.text, first.label, first.contact) == (1, "no internet", "outage", "7")
    assert first.at == datetime(2026, 3, 2, 11, tzinfo=UTC)
    assert (second.number, second.text, second.label, second.contact) == (3, "", None, None)
    assert second.at == datetime(2026, 3, 2, 12, tzinfo=UTC), "without an offset it is UTC"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "is not JSON"),
        (b"[1]", "is no JSON object"),
        (b'{"at": "2026-03-02T12:00:00Z"}', 'has no "text"; add it'),
        (b'{"at": "2026-03-02T12:00:00Z", "text": 5}', '"text" is 5'),
        (b'{"at": "yesterday", "text": "a"}', '"at" is "yesterday"'),
        (b'{"at": 1772452800, "text": "a"}', '"at" is 1772452800'),
        (b'{"text": "a"}', 'has no "at"; add it'),
        (b'{"at": "2026-03-02T12:00:00Z", "text": "a", "label": [1]}', '"label" is [1]'),
        (b"\xff", "is not UTF-8"),
    ],
)
def test_a_wrong_line_is_named(line: bytes, said: str) -> None:
    with pytest.raises(SettingsInvalid, match=r"^f:2: ") as raised:
        parse_messages([b'{"at": "2026-03-02T12:00:00Z", "text": "a"}', line], "f")
    assert said in str(raised.value)


def test_a_file_without_messages_is_wrong() -> None:
    with pytest.raises(SettingsInvalid, match="no message in it"):
        parse_messages([b"\n", b" \n"], "f")
