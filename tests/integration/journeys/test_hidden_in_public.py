"""Personal data in public: moved to a private chat, hidden where the bot may, never said again."""

from __future__ import annotations

from desk.people import Role
from desk.ticket import Status
from tests.integration.journeys.care import Care
from tests.integration.journeys.test_in_public import FANS, asked, question, replies, stored

SECRET = "0171 2345678"
QUESTION = f"Mein Paket ist weg, ruft mich bitte an: {SECRET}"


def in_public(care: Care) -> str:
    return care.transcript(FANS)


async def test_the_message_is_hidden_and_the_question_goes_on_in_private(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", QUESTION, chat=FANS, message_id="q-klara")
    assert care.chat.hidden == ["q-klara"]
    assert SECRET in care.transcript("klara")
    assert SECRET not in in_public(care)
    assert "ausgeblendet" in in_public(care)
    moved = await care.ticket_of("klara")
    assert QUESTION in [one.body for one in await stored(care, moved)]
    await care.deletes("klara", "q-klara")  # the platform tells of the desk's own deletion
    assert QUESTION in [one.body for one in await stored(care, moved)]
    before = len(care.seen_by(FANS))
    await care.writes("klara", "Danke, und die Sendung war ein Buch")
    assert (await care.ticket_of("klara")).number == moved.number
    assert len(care.seen_by(FANS)) == before


async def test_without_the_permission_it_warns_at_once(care: Care) -> None:
    care.chat.may_hide = False
    await care.writes("klara", QUESTION, chat=FANS, message_id="q-klara")
    assert care.chat.hidden == []
    warning = [text for text in care.seen_by(FANS) if text.startswith("🔒")]
    assert len(warning) == 1
    assert SECRET not in in_public(care)
    assert (await care.ticket_of("klara")).is_live


async def test_who_takes_no_private_messages_is_shown_the_web_chat(care: Care) -> None:
    care.chat.strangers.add("klara")
    ticket = await asked(care, text=QUESTION)
    assert care.chat.hidden == ["q-klara"]
    assert any("http://desk.test/chat" in text for text in care.seen_by(FANS))
    assert (await question(care)).id == ticket.id


async def test_a_live_private_question_takes_the_words_in(care: Care) -> None:
    await care.writes("klara", "Mein Paket ist nie angekommen")
    private = await care.ticket_of("klara")
    await care.writes("klara", QUESTION, chat=FANS, message_id="q-klara")
    assert (await care.ticket_of("klara")).id == private.id
    assert QUESTION in [one.body for one in await stored(care, private)]
    assert (await question(care)).status is Status.SOLVED


async def test_an_answerer_gets_their_words_back_in_private(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    ticket = await asked(care)
    await replies(care, "vera", f"Ruf mich an, ich helfe dir gern: {SECRET}")
    assert care.chat.hidden == ["a1"]
    assert "ohne diese Daten" in care.transcript("vera")
    assert (await question(care)).id == ticket.id
    assert SECRET not in in_public(care)


async def test_data_that_came_by_an_edit_are_hidden_too(care: Care) -> None:
    await asked(care)
    assert care.chat.hidden == []
    await care.edits("klara", "q-klara", QUESTION)
    assert care.chat.hidden == ["q-klara"]


async def test_a_name_alone_stays(care: Care) -> None:
    await asked(care, text="Hallo, ich bin Klara Sommer, mein Paket ist weg")
    assert care.chat.hidden == []


async def test_the_authors_own_deletion_is_a_change_of_mind(care: Care) -> None:
    ticket = await asked(care)
    await care.deletes("klara", "q-klara")
    assert [one.body for one in await stored(care, ticket) if one.external_id == "q-klara"] == [""]
