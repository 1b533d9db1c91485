"""Whatever comes in, somebody answers: words in other languages, signs, codes, floods of blanks, pictures alone."""

from __future__ import annotations

import asyncio

import pytest

from tests.acceptance.heard import numbered
from tests.acceptance.town import Town, fresh
from tests.standins.telegram import png

ODD = {
    "emojis": "😡😡😡🙏📦❓",
    "a question mark": "?",
    "zalgo": "".join(char + "\u0336\u0321\u0301" for char in "wo ist mein Paket"),
    "right to left": "أين الطرد الخاص بي؟ لم يصل بعد",
    "control characters": "wo \x07ist\u200b mein\u202e Paket\x1b[31m",
    "mixed scripts": "wo ist мой Paket 我的包裹 που είναι",
    "a quoted mail": "> Am 3. März schrieb der Service:\n> Ihre Rechnung.\n>> Alte Zeile\n\nDas stimmt nicht.",
    "code": 'Traceback (most recent call last):\n  File "a.py", line 1\nKeyError: \'x\'\n{"a": [1, 2, 3]}',
    "a link": "https://example.org/a/b?c=d&e=f#g",
    "blanks": "wo ist\n" + "\n" * 3000 + "mein Paket",
    "very long": "Mein Router blinkt und blinkt. " * 250,
    "one letter": "x" * 7_900,
}
FOREIGN = (
    "Où est mon colis, je l'attends depuis deux semaines",
    "Kargom nerede, iki haftadır bekliyorum, lütfen yardım edin",
)


async def test_whatever_comes_in_gets_an_answer_and_a_ticket(town: Town) -> None:
    async def asks(words: str) -> str:
        contact = await town.web_person(fresh("Odo"))
        await contact.says(words)
        return (await contact.hears(numbered)).number

    numbers = await asyncio.gather(*(asks(words) for words in ODD.values()))
    assert len(set(numbers)) == len(ODD)


@pytest.mark.parametrize("words", FOREIGN)
async def test_another_language_gets_a_notice_in_both_of_ours_and_a_person(town: Town, words: str) -> None:
    contact = await town.web_person(fresh("Fleur"))
    await contact.says(words)
    notice = await contact.hears(numbered)
    assert "We answer in English and German." in notice.text
    assert "Wir antworten auf Deutsch und Englisch." in notice.text
    assert words[:20] in (await town.staff_thread(notice.number)).by_bot[0].content


async def test_a_picture_without_a_word_gets_a_person_who_sees_it(town: Town) -> None:
    contact = await town.web_person(fresh("Pia"))
    await contact.uploads("p.png", png(9, 9), "")
    number = (await contact.hears(numbered)).number
    assert "[photo]" in (await town.staff_thread(number)).by_bot[0].content
