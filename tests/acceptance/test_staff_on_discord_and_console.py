"""Journey 3 on Discord and on the console: claim, reply, note, status; solved, reopened, released."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.acceptance.heard import PATIENCE, Heard, having, numbered
from tests.acceptance.seats import DiscordSeat, TelegramSeat
from tests.acceptance.town import Town, fresh, language_of
from tests.integration.console.browser_of import Browser

QUESTION = "Guten Tag, ich habe meine Rechnung vom Oktober noch nicht bekommen."


@pytest_asyncio.fixture
async def browser(town: Town) -> AsyncIterator[Browser]:
    """A browser that nobody has signed in with."""
    made = Browser(town.app.url)
    yield made
    await made.close()


async def asked(town: Town) -> tuple[TelegramSeat, Heard]:
    """Somebody with a question that is staff's."""
    klara = town.telegram_person(fresh("Klara"))
    await klara.says(QUESTION)
    return klara, await klara.hears(numbered)


async def in_thread(town: Town, agent: DiscordSeat, number: str) -> DiscordSeat:
    """The same person, in the ticket's thread."""
    return agent.in_(await town.staff_thread(number))


async def test_the_commands_of_a_thread_change_the_ticket(town: Town) -> None:
    klara, acknowledged = await asked(town)
    ana = await in_thread(town, await town.discord_responder("agent", fresh("Ana")), acknowledged.number)
    for command in ("claim", "hold", "resume", "release", "claim"):
        known = len(ana.reads())
        reply = await ana.commands(command)
        assert not reply.failed
        await ana.hears(lambda one, seen=known: len(ana.reads()) > seen)  # type: ignore[misc]
    assert not (await ana.commands("note", text="Ruft morgen zurück")).failed
    await ana.commands("solve")
    asked_for_stars = await klara.hears(having("rate1", "rate5"), after=acknowledged)
    assert language_of(asked_for_stars.text) == "de"
    assert not any("morgen zurück" in heard.text for heard in klara.reads())


async def test_a_word_after_solved_reopens_the_same_ticket(town: Town) -> None:
    klara, acknowledged = await asked(town)
    ana = await in_thread(town, await town.discord_responder("agent", fresh("Ana")), acknowledged.number)
    await ana.says("Sie liegt in deinem Postfach.")
    answer = await klara.hears("in deinem Postfach")
    await klara.presses(answer, "solved")
    stars = await klara.hears(having("rate5"), after=answer)
    await klara.says("Doch nicht, die Rechnung im Postfach ist die vom September und nicht die vom Oktober")
    again = await klara.hears(after=stars)
    assert acknowledged.number in again.text
    await ana.hears("vom September")


async def test_thanks_after_solved_are_returned_and_nothing_is_opened(town: Town) -> None:
    klara, acknowledged = await asked(town)
    ana = await in_thread(town, await town.discord_responder("agent", fresh("Ana")), acknowledged.number)
    await ana.says("Sie liegt in deinem Postfach.")
    answer = await klara.hears("in deinem Postfach")
    await klara.presses(answer, "solved")
    stars = await klara.hears(having("rate5"), after=answer)
    await klara.says("Super, vielen Dank!")
    thanked = await klara.hears(after=stars)
    assert not thanked.buttons
    assert language_of(thanked.text) == "de"
    assert not any("Super, vielen Dank" in heard.text for heard in ana.reads())


async def test_strangers_see_nothing_of_a_ticket_by_command(town: Town) -> None:
    eve = town.discord_person(fresh("Eve"))
    reply = await eve.in_(town.chat_channel).commands("claim")
    assert reply.ephemeral
    assert language_of(reply.text) == "de"


async def test_the_console_claims_replies_notes_and_solves(town: Town, browser: Browser) -> None:
    klara, acknowledged = await asked(town)
    invitation = await town.app.invites("agent", fresh("Konrad"))
    inbox = await browser.get(invitation["url"])
    assert inbox.url.startswith("/console/inbox")
    place = f"/console/tickets/{acknowledged.number}"
    assert place in (await browser.get(f"/console/inbox?q={acknowledged.number}")).html
    page = await browser.get(place)
    assert QUESTION in page.text
    page = await browser.send(page.form("/do/claim"))
    page = await browser.send(page.form("/note"), text="Nur für uns")
    page = await browser.send(page.form("/reply"), text="Sie ist **eben** noch einmal unterwegs.")
    answer = await klara.hears("noch einmal unterwegs")
    thread = await town.staff_thread(acknowledged.number)
    await thread.wait_for("noch einmal unterwegs", PATIENCE)
    await thread.wait_for("Nur für uns", PATIENCE)
    await klara.says("Danke, sie ist da! Die Kundennummer stimmt aber nicht")
    page = await browser.get(place)
    await browser.send(page.form("/do/solve"))
    await klara.hears(having("rate3"), after=answer)
    assert not any("Nur für uns" in heard.text for heard in klara.reads())


async def test_sign_in_from_the_terminal_and_from_the_bot(town: Town, browser: Browser) -> None:
    ana = await town.telegram_responder("agent", fresh("Ana"))
    done = await town.app.command("sign-in", ana.name)
    assert done.code == 0, done.err
    assert (await browser.get(done.out.strip())).url.startswith("/console/inbox")
    await ana.says("/console")
    told = await ana.hears("/console/sign-in/")
    link = next(word for word in told.text.split() if "/console/sign-in/" in word)
    other = Browser(town.app.url)
    try:
        assert (await other.get(link)).url.startswith("/console/inbox")
        assert (await other.get(link)).status == 410
    finally:
        await other.close()


async def test_an_invitation_works_once(town: Town) -> None:
    invitation = await town.app.invites("agent", fresh("Ida"))
    ida, late = town.telegram_person(fresh("Ida")), town.telegram_person(fresh("Late"))
    await ida.says(invitation["telegram"])
    await ida.hears()
    await late.says(invitation["telegram"])
    refused = await late.hears()
    assert language_of(refused.text) == "de"
    assert refused.text != ida.reads()[0].text
