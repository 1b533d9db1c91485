"""Answers in public: who is credited, who is asked meanwhile, and what nobody's tap or reaction can do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from desk.conversation import Address, AuthorKind, Message, Surface
from desk.inbound import CommandGiven, InboundMessage, Receipt
from desk.people import Locale, Role
from desk.public_answer import WAVES_WAIT
from desk.record import AnswerVerdict, Outcome
from desk.ticket import Lane, Status, Ticket
from tests.integration.journeys.care import STAFF_ROOM, Care
from workflows.receive_event import receive_event

FANS = "fans"
QUESTION = "Mein Paket ist nie angekommen, was soll ich jetzt machen?"
ANSWER = "Frag in der Filiale nach, oft liegt es dort."


async def asked(care: Care, who: str = "klara", text: str = QUESTION) -> Ticket:
    """Somebody asks in the group, as message q-<who>."""
    await care.writes(who, text, chat=FANS, message_id=f"q-{who}")
    return await question(care, who)


async def question(care: Care, who: str = "klara") -> Ticket:
    async with care.desk.store.begin() as work:
        conversation = await work.conversations.by_key("telegram", f"{FANS}#{who}")
        assert conversation is not None
        ticket = await work.tickets.live(conversation.id)
        assert ticket is not None
        return ticket


async def replies(care: Care, who: str, text: str = ANSWER, *, to: str = "q-klara", message_id: str = "a1") -> Receipt:
    return await care.writes(who, text, chat=FANS, message_id=message_id, reply_to=to, overheard=True)


async def solved_by(care: Care, who: str, message_id: str, author: str, text: str = ANSWER) -> Receipt:
    """`/solved` in answer to a message."""
    about = InboundMessage(
        "telegram", message_id, Address("telegram", FANS), Surface.PUBLIC, care.author(author), text, care.clock.now()
    )
    event = CommandGiven(
        "telegram", f"s-{who}-{message_id}", about.address, Surface.PUBLIC, care.author(who), "solved", "",
        care.clock.now(), about=about,
    )  # fmt: skip
    receipt = await receive_event(care.desk, event)
    await care.settle()
    return receipt


async def outcomes(care: Care, ticket: Ticket) -> list[Outcome]:
    async with care.desk.store.begin() as work:
        return list(await work.records.of_ticket(ticket.id))


async def stored(care: Care, ticket: Ticket) -> list[Message]:
    async with care.desk.store.begin() as work:
        return list(await work.messages.of_ticket(ticket.id))


def lines(care: Care) -> list[str]:
    return [text for text in care.seen_by(FANS) if text.startswith(("👥", "✅ Gelöst"))]


async def test_a_volunteer_answers_where_it_was_asked_and_is_credited_by_a_tap(care: Care) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER)
    ticket = await asked(care)
    assert care.offered == {"vera"}
    await replies(care, "vera")
    assert care.offered == set()
    assert "where it was asked" in care.transcript("vera")
    assert (await question(care)).status is Status.PENDING
    (line,) = lines(care)
    thanked = await care.taps("klara", "✅ Frag in der Filiale", chat=FANS)
    assert not thanked.alert
    solved = await question(care)
    assert (solved.status, solved.assignee_id, solved.lane) == (Status.SOLVED, vera.id, Lane.PEER)
    (outcome,) = await outcomes(care, ticket)
    assert (outcome.responder_id, outcome.verdict) == (vera.id, AnswerVerdict.SOLVED)
    assert any("solved it" in text for text in care.seen_by("vera"))
    assert lines(care) != [line]


async def test_nobody_but_the_asker_marks_an_answer(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    ticket = await asked(care)
    await replies(care, "vera")
    refused = await care.taps("vera", "✅ Frag in der Filiale", chat=FANS)
    assert "Only the person" in (refused.notice or "")
    assert (await care.reacts("otto", "a1", chat=FANS)).ignored
    assert (await care.reacts("vera", "a1", chat=FANS)).ignored
    await solved_by(care, "otto", "a1", "vera")
    assert (await question(care)).status is Status.PENDING
    assert await outcomes(care, ticket) == []


async def test_a_reaction_marks_and_taking_it_away_takes_the_mark_back_for_a_day(care: Care) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER)
    ticket = await asked(care)
    await replies(care, "vera")
    await care.reacts("klara", "a1", chat=FANS)
    assert (await question(care)).status is Status.SOLVED
    await care.reacts("klara", "a1", chat=FANS, added=False)
    opened = await question(care)
    assert (opened.status, opened.assignee_id) == (Status.OPEN, None)
    assert await outcomes(care, ticket) == []
    assert any("took it back" in text for text in care.seen_by("vera"))
    await care.reacts("klara", "a1", chat=FANS)
    assert [one.responder_id for one in await outcomes(care, ticket)] == [vera.id]
    await care.pass_time(timedelta(hours=25))
    await care.reacts("klara", "a1", chat=FANS, added=False)
    assert (await question(care)).status is Status.SOLVED


async def test_somebody_who_toggles_is_heeded_three_times(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await asked(care)
    await replies(care, "vera")
    for _time in range(3):
        await care.reacts("klara", "a1", chat=FANS)
        await care.reacts("klara", "a1", chat=FANS, added=False)
    await care.reacts("klara", "a1", chat=FANS)
    assert (await question(care)).status is Status.OPEN
    await care.taps("klara", "✅ Frag in der Filiale", chat=FANS)
    assert (await question(care)).status is Status.SOLVED


async def test_the_askers_own_words_credit_nobody(care: Care) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER)
    ticket = await asked(care)
    await replies(care, "vera")
    await care.reacts("klara", "q-klara", chat=FANS)
    solved = await question(care)
    assert (solved.status, solved.assignee_id) == (Status.SOLVED, None)
    assert vera.id not in [one.responder_id for one in await outcomes(care, ticket)]


async def test_a_bystander_leaves_no_name_and_is_invited_once(care: Care) -> None:
    await asked(care)
    await replies(care, "otto", "Ich bin Otto Sommer, ruf 0171 2345678 an, die helfen dir.")
    async with care.desk.store.begin() as work:
        assert await work.conversations.by_key("telegram", f"{FANS}#otto") is None
    (words,) = [one for one in await stored(care, await question(care)) if one.author is AuthorKind.BYSTANDER]
    assert "2345678" not in words.body
    await care.taps("klara", "✅ Ich bin", chat=FANS)
    assert sum("/volunteer" in text for text in care.seen_by(FANS)) == 1
    await asked(care, "kurt")
    await replies(care, "otto", to="q-kurt", message_id="a2")
    await care.reacts("kurt", "a2", chat=FANS)
    assert (await question(care, "kurt")).status is Status.SOLVED
    assert sum("/volunteer" in text for text in care.seen_by(FANS)) == 1


async def test_waves_wait_while_a_volunteer_talks_there(care: Care) -> None:
    for name in ("vera", "viktor", "volker", "vico", "vito"):
        await care.joins(name, Role.VOLUNTEER)
    await asked(care)
    await replies(care, "vera", "Welcher Paketdienst ist es denn?")
    assert (await question(care)).status is Status.NEW
    assert care.offered == set()
    await care.pass_time(WAVES_WAIT - timedelta(minutes=1))
    assert care.offered == set()
    await replies(care, "vera", "Und seit wann wartest du?", message_id="a2")
    await care.pass_time(timedelta(minutes=5))
    assert care.offered == set()
    await care.pass_time(WAVES_WAIT)
    assert care.offered or await _is_staffs(care)


async def _is_staffs(care: Care) -> bool:
    return (await question(care)).lane is Lane.STAFF


async def test_talk_that_is_about_no_question_is_not_kept(care: Care) -> None:
    await asked(care)
    before = len(await stored(care, await question(care)))
    assert (await replies(care, "otto", to="m-unknown")).ignored
    assert len(await stored(care, await question(care))) == before
    assert care.seen_by("otto") == []


async def test_a_redelivered_answer_changes_nothing(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await asked(care)
    await replies(care, "vera")
    assert (await replies(care, "vera")).duplicate
    assert len(lines(care)) == 1


async def test_one_line_names_the_answers_of_all_who_answered(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await asked(care)
    await replies(care, "vera")
    await replies(care, "otto", "Bei mir half ein Anruf beim Paketdienst.", message_id="a2")
    await replies(care, "otto", "Viel Glück dir!", message_id="a3")
    (line,) = [one for one in care.chat.sent if one.text.startswith("👥")]
    labels = [button.label for button in line.buttons]
    assert [label[:9] for label in labels[:2]] == ["✅ Frag in", "✅ Bei mir"]
    assert len(labels) == 3


async def test_a_volunteer_who_holds_it_is_told_and_not_blamed(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    ticket = await asked(care)
    await care.taps("vera", "Take it")
    await replies(care, "otto", "Bei mir half ein Anruf beim Paketdienst.")
    assert any("Anruf beim Paketdienst" in text for text in care.seen_by("vera"))
    await care.reacts("klara", "a1", chat=FANS)
    assert any("solved where it was asked" in text for text in care.seen_by("vera"))
    assert await outcomes(care, ticket) == []


async def test_an_agent_who_answers_there_takes_the_question_over(care: Care) -> None:
    anna = await care.joins("anna", Role.AGENT)
    await asked(care)
    await replies(care, "anna", "Wir schicken dir heute ein neues Paket zu.")
    ticket = await question(care)
    assert (ticket.assignee_id, ticket.lane, ticket.status) == (anna.id, Lane.STAFF, Status.PENDING)


async def test_staff_read_along_what_others_write(care: Care) -> None:
    await care.joins("anna", Role.AGENT)
    ticket = await asked(care, text="Mein Anwalt wird sich bei euch melden, das Paket ist weg!")
    assert ticket.lane is Lane.STAFF
    await replies(care, "otto", "Das habe ich auch schon erlebt, mir hat man geholfen.")
    assert "Das habe ich auch schon erlebt" in care.transcript(STAFF_ROOM)
    assert (await question(care)).status is Status.NEW


async def test_a_message_the_desk_never_heard_is_credited_by_a_command(care: Care) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER)
    ticket = await asked(care)
    await solved_by(care, "klara", "a9", "vera")
    assert [one.responder_id for one in await outcomes(care, ticket)] == [vera.id]
    assert (await question(care)).status is Status.SOLVED


async def test_a_question_of_their_own_is_no_answer(care: Care) -> None:
    await asked(care)
    await care.writes("otto", "und mein Paket?", chat=FANS, message_id="m2", reply_to="q-klara", calls_bot=True)
    async with care.desk.store.begin() as work:
        assert await work.conversations.by_key("telegram", f"{FANS}#otto") is not None


async def test_after_not_solved_others_are_asked_again(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.joins("viktor", Role.VOLUNTEER)
    await asked(care)
    await replies(care, "otto", "Bei mir half ein Anruf beim Paketdienst.")
    await care.taps("klara", "❌", chat=FANS)
    assert (await question(care)).is_live


async def test_the_mark_of_a_closed_question_is_refused(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    ticket = await asked(care)
    await replies(care, "vera")
    line = next(one for one in care.chat.sent if one.text.startswith("👥"))
    action = line.buttons[0].action
    await care.pass_time(timedelta(days=60))
    refused = await care.presses("klara", action, chat=FANS)
    assert refused.alert or await outcomes(care, ticket) != []
    assert (await care.reacts("klara", "a1", chat=FANS)).ignored


async def test_a_deleted_answer_is_not_offered_any_more(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await asked(care)
    await replies(care, "vera")
    await care.deletes("vera", "a1")
    assert (await care.reacts("klara", "a1", chat=FANS)).ignored


async def test_all_is_said_in_the_askers_language(care: Care) -> None:
    care.classifier.language = "en"
    await care.joins("vera", Role.VOLUNTEER, languages=(Locale.ENGLISH,))
    await asked(care, text="My parcel never arrived, what can I do?")
    await replies(care, "vera", "Ask at the shop, it often waits there.")
    assert any("There are answers here" in text for text in care.seen_by(FANS))


async def test_only_who_asked_for_it_is_pinged_and_once_a_question(care: Care) -> None:
    for name in ("vera", "viktor"):
        await care.joins(name, Role.VOLUNTEER)
    assert "do not ping" in ((await care.commands("vera", "ping")).notice or care.seen_by("vera")[-1])
    await care.commands("vera", "ping", "on")
    await asked(care)
    (pinging,) = [one for one in care.chat.sent if one.pings]
    assert (pinging.to.chat, [one.account for one in pinging.pings]) == (FANS, ["vera"])
    await care.commands("vera", "ping", "off")
    await asked(care, "kurt")
    assert len([one for one in care.chat.sent if one.pings]) == 1


async def test_a_private_question_pings_nobody(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.commands("vera", "ping", "on")
    await care.writes("klara", QUESTION)
    assert care.offered == {"vera"}
    assert not any(one.pings for one in care.chat.sent)


async def test_when_the_only_answer_is_deleted_others_are_asked(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.joins("anna", Role.AGENT)
    await asked(care)
    await replies(care, "vera")
    assert (await question(care)).status is Status.PENDING
    await care.deletes("vera", "a1")
    assert (await question(care)).status is Status.OPEN
    await care.pass_time(WAVES_WAIT + timedelta(minutes=1))
    assert care.offered or await _is_staffs(care)


async def test_what_responders_say_where_all_is_heard_is_about_the_newest_question(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await asked(care)
    await care.writes("vera", ANSWER, chat=FANS, message_id="w1")
    assert [one.author for one in await stored(care, await question(care))].count(AuthorKind.VOLUNTEER) == 1
    await care.pass_time(timedelta(hours=2))
    await care.writes("vera", "Wie lange dauert ein Paket?", chat=FANS, message_id="w2")
    assert (await question(care, "vera")).is_live


async def test_an_account_that_was_named_to_write_to_it_is_forgotten(care: Care, pool: Any) -> None:
    await asked(care)
    await replies(care, "otto", "Ruf mich an, ich helfe dir gern: 0171 2345678")
    assert care.chat.hidden == ["a1"]
    (row,) = await pool.fetch("select state, text from outbox where operation = 'go_private'")
    assert (row["state"], row["text"]) == ("sent", "")
