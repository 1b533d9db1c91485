"""Every named query fits the migrated schema, and every one is used."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from db.queries import SQL_FOLDER, load, parse

NOUNS = sorted(path.stem for path in SQL_FOLDER.glob("*.sql"))


@pytest.mark.parametrize("noun", NOUNS)
async def test_every_query_can_be_prepared(noun: str, pool: Any) -> None:
    async with pool.acquire() as connection:
        for query in load(noun).values():
            await connection.prepare(query)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_query_is_used_and_every_one_used_exists(noun: str) -> None:
    used: set[str] = set()
    for path in Path(SQL_FOLDER).parent.glob("*.py"):
        source = path.read_text("utf-8")
        for constant in re.findall(rf'^(\w+) = load\("{noun}"\)', source, re.MULTILINE):
            used |= set(re.findall(rf'\b{constant}\["(\w+)"\]', source))
    assert used == set(load(noun))


def test_parts_are_put_in_and_the_name_leads() -> None:
    queries = parse("x", "-- part: all\na, b\n\n-- name: get\n-- Gets.\nselect {all} from t;\n")
    assert queries == {"get": "/* x.get */ select a, b from t"}


@pytest.mark.parametrize(
    "text",
    [
        "-- name: get\nselect 1;\n",
        "-- name: get\n-- Gets.\nselect {nothing};\n",
        "-- name: get\n-- Gets.\nselect 1;\n-- name: get\n-- Gets.\nselect 2;\n",
    ],
    ids=["without meaning", "unknown part", "twice"],
)
def test_a_malformed_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"x\.sql"):
        parse("x", text)
