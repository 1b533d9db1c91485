"""Texts of the brand on the console: who may change them, what is shown, and that nothing is overwritten unread."""

from __future__ import annotations

import re

import pytest

from desk.brand_texts import BrandTextName
from desk.people import Locale, Role
from tests.integration.console.world import World
from workflows.brand_texts import ShownText, texts_in_force

HELPLINE_DE = "/texts/helpline/de"


async def german(world: World) -> ShownText:
    """The helpline's German text as it is in force."""
    shown = {(one.name, one.locale): one for one in await texts_in_force(world.care.desk)}
    return shown[BrandTextName.HELPLINE, Locale.GERMAN]


async def test_both_languages_of_every_text_are_there_by_default(world: World) -> None:
    anna = await world.sits_down(Role.COORDINATOR, "Anna")
    page = await anna.get("/console/texts")
    for words in ("0800 111 0 111", "UK and Ireland", "zieh den Stecker", "pull the plug"):
        assert words in page.text
    assert page.html.count("<textarea") == 4


async def test_a_change_is_in_force_at_once_with_who_and_when_and_can_be_taken_back(world: World) -> None:
    anna = await world.sits_down(Role.COORDINATOR, "Anna")
    page = await anna.get("/console/texts")
    page = await anna.send(page.form(HELPLINE_DE), text="Ruf **142** an.\r\nJetzt.", do="save")
    now = await german(world)
    assert (now.text, now.version, now.versions[0].by) == ("Ruf **142** an.\nJetzt.", 1, "Anna")
    assert "<strong>142</strong>" in page.html
    page = await anna.send(page.form(HELPLINE_DE), text="", do="default")
    assert ((await german(world)).is_default, (await german(world)).version) == (True, 2)
    assert "0800 111 0 111" in page.text
    assert "BrandTextChanged" not in (await anna.get("/console/log")).text, "events have words"


async def test_a_preview_changes_nothing(world: World) -> None:
    anna = await world.sits_down(Role.ADMIN, "Anna")
    page = await anna.get("/console/texts")
    page = await anna.send(page.form(HELPLINE_DE), text="Ruf **142** an <script>", do="preview")
    assert "<strong>142</strong> an &lt;script&gt;" in page.html
    assert (await german(world)).version == 0


async def test_of_two_who_change_it_the_second_is_told_and_loses_no_word(world: World) -> None:
    anna = await world.sits_down(Role.COORDINATOR, "Anna")
    bert = await world.sits_down(Role.COORDINATOR, "Bert")
    forms = [(await one.get("/console/texts")).form(HELPLINE_DE) for one in (anna, bert)]
    assert (await anna.send(forms[0], text="Annas Worte", do="save")).status == 200
    page = await bert.send(forms[1], text="Berts Worte", do="save")
    assert page.status == 409
    assert "Annas Worte" in page.text
    assert "Berts Worte" in page.text
    assert (await german(world)).text == "Annas Worte"
    assert (await bert.send(page.form(HELPLINE_DE), text="Beider Worte", do="save")).status == 200
    assert (await german(world)).text == "Beider Worte"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"text": "  ", "do": "save"}, 400),
        ({"text": "x" * 1501, "do": "save"}, 400),
        ({"text": "a", "do": "burn"}, 400),
        ({"text": "a", "do": "save", "after": "-1"}, 400),
        ({"text": "a", "do": "save", "after": "7"}, 409),
        ({"text": "a\x00b", "do": "save"}, 400),
    ],
    ids=["blank", "long", "verb", "version", "stale", "nul"],
)
async def test_nonsense_is_refused(world: World, fields: dict[str, str], status: int) -> None:
    anna = await world.sits_down(Role.COORDINATOR, "Anna")
    form = (await anna.get("/console/texts")).form(HELPLINE_DE)
    assert (await anna.send(form, **fields)).status == status
    assert (await german(world)).version == 0


@pytest.mark.parametrize("role", [Role.AGENT, Role.VOLUNTEER])
async def test_others_may_not(world: World, role: Role) -> None:
    somebody = await world.sits_down(role, "Somebody")
    assert (await somebody.get("/console/texts")).status == 403
    anna = await world.sits_down(Role.COORDINATOR, "Anna")
    page = await somebody.get("/console/inbox" if role is Role.AGENT else "/console/volunteer")
    csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', page.html)
    assert csrf is not None
    form = (await anna.get("/console/texts")).form(HELPLINE_DE)
    form.fields["csrf"] = csrf[1]
    assert (await somebody.send(form, text="Meine", do="save")).status == 403


async def test_there_is_no_other_text(world: World) -> None:
    anna = await world.sits_down(Role.COORDINATOR, "Anna")
    form = (await anna.get("/console/texts")).form(HELPLINE_DE)
    form.action = "/console/texts/slogan/de"
    assert (await anna.send(form, text="a", do="save")).status == 404
