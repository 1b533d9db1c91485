"""From a volunteer's first word to the contact: drafts, the check, questions back, reviews, referrals, recalls.

And what becomes of each when people tap twice, come too late or change their mind.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.answer import Answer, AnswerState
from desk.conversation import AttachmentKind
from desk.inbound import InboundFile
from desk.people import Responder, Role, TrustLevel
from desk.store import TicketFilter
from desk.ticket import Lane, Status
from tests.integration.journeys.care import STAFF_ROOM, Care
from workflows.recall_answer import recall_answer
from workflows.voice import speaking

PHOTO = InboundFile(AttachmentKind.PHOTO, "p.jpg", "image/jpeg", 10, "src")
NEWCOMER, EXPERT = TrustLevel.NEWCOMER, TrustLevel.EXPERT


@pytest.fixture
async def vera(care: Care) -> Responder:
    """A helper who has taken Klara's question."""
    joined = await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Router blinkt")
    await care.taps("vera", "Take it")
    return joined


@pytest.fixture
async def nils(care: Care) -> Responder:
    """A newcomer who has taken Klara's question; nobody else was there then."""
    joined = await care.joins("nils", Role.VOLUNTEER, trust=NEWCOMER)
    await care.writes("klara", "Mein Router blinkt")
    await care.taps("nils", "Take it")
    return joined


async def newest(care: Care) -> Answer:
    """The last answer on Klara's ticket."""
    async with care.desk.store.begin() as work:
        (row,) = await work.tickets.list(TicketFilter(limit=1))
        return (await work.answers.of_ticket(row.ticket.id))[-1]


async def events(care: Care, kind: str) -> list[dict[str, object]]:
    """The data of all events of a kind, newest first."""
    async with care.desk.store.begin() as work:
        return [dict(one.data) for one in await work.events.recent() if one.kind == kind]


def last(care: Care, who: str) -> str:
    return care.seen_by(who)[-1]


# --- drafts ---


async def test_nothing_reaches_the_contact_before_it_is_sent(care: Care, vera: Responder) -> None:
    heard = len(care.seen_by("klara"))
    await care.writes("vera", "Zieh den Stecker")
    await care.writes("vera", "und warte.")
    assert len(care.seen_by("klara")) == heard
    assert "Zieh den Stecker\nund warte." in last(care, "vera")
    await care.presses_newest("vera", "send")
    assert last(care, "klara") == "💬 **Antwort aus unserer Community**\nZieh den Stecker\nund warte."


async def test_after_change_the_next_words_stand_instead(care: Care, vera: Responder) -> None:
    await care.writes("vera", "Zieh den Hebel.")
    await care.taps("vera", "Change")
    await care.answers("vera", "Zieh den Stecker.")
    assert "Hebel" not in care.transcript("klara")


async def test_sending_twice_sends_once(care: Care, vera: Responder) -> None:
    await care.writes("vera", "Zieh den Stecker.", message_id="v1")
    action = f"send:{(await newest(care)).id}"
    assert (await care.presses("vera", action)).notice == "Sent."
    assert (await care.presses("vera", action)).notice == "It has been sent already."
    await care.writes("vera", "Zieh den Stecker.", message_id="v1")
    assert care.transcript("klara").count("Stecker") == 1


async def test_a_draft_is_no_answer_after_the_lease(care: Care, vera: Responder) -> None:
    await care.writes("vera", "Zieh den Stecker.")
    answer = await newest(care)
    await care.pass_time(timedelta(minutes=31))
    receipt = await care.presses("vera", f"send:{answer.id}")
    assert receipt.alert
    assert "Stecker" not in care.transcript("klara")
    assert (await newest(care)).state is AnswerState.DROPPED
    assert await care.lane_of("klara") is Lane.STAFF


async def test_others_cannot_send_or_change_a_draft(care: Care, vera: Responder) -> None:
    await care.joins("viktor", Role.VOLUNTEER)
    await care.writes("vera", "Zieh den Stecker.")
    number = (await newest(care)).id
    for who in ("viktor", "klara"):
        for verb in ("send", "askback", "rewrite", "discard", "approve", "mend", "return", "handup", "endorse"):
            assert (await care.presses(who, f"{verb}:{number}")).alert, (who, verb)
    assert (await newest(care)).state is AnswerState.DRAFT


async def test_undo_takes_the_draft_first(care: Care, vera: Responder) -> None:
    await care.writes("vera", "Zieh den Stecker.")
    await care.commands("vera", "undo")
    assert (await newest(care)).state is AnswerState.DROPPED
    assert (await care.ticket_of("klara")).assignee_id == vera.id


# --- the check ---


async def test_what_the_check_refuses_stays_here_with_its_reason_and_is_mended(care: Care, vera: Responder) -> None:
    await care.writes("vera", "Ruf mich an: 0171 2345678", message_id="v1")
    assert "contact details" in last(care, "vera")
    assert "0171 2345678" in last(care, "vera")
    assert (await newest(care)).body == "Ruf mich an: 0171 2345678", "what was refused is kept"
    assert (await events(care, "AnswerRefused"))[0]["rules"] == ["private_contact", "contact_details"]
    assert (await care.presses("vera", f"send:{(await newest(care)).id}")).notice == "Not sent: see why."
    await care.edits("vera", "v1", "Zieh den Stecker.")
    await care.presses_newest("vera", "send")
    assert "0171" not in care.transcript("klara")
    assert "Zieh den Stecker." in last(care, "klara")


async def test_an_edit_after_sending_must_pass_the_check_too(care: Care, vera: Responder) -> None:
    await care.answers("vera", "Zieh den Stecker.", message_id="v1")
    await care.edits("vera", "v1", "Zieh den Stecker, zwei Minuten lang.")
    assert last(care, "klara") == "💬 **Antwort aus unserer Community**\nZieh den Stecker, zwei Minuten lang."
    await care.edits("vera", "v1", "Schreib mir auf WhatsApp.")
    assert "WhatsApp" not in care.transcript("klara")
    assert "zwei Minuten" in last(care, "klara")
    assert "was not passed on" in last(care, "vera")


async def test_every_part_of_a_long_answer_is_marked(care: Care, vera: Responder) -> None:
    await care.writes("vera", "Erstens " + "x " * 2900)
    await care.presses_newest("vera", "send")
    parts = [one for one in care.seen_by("klara") if "x x" in one or one.startswith("💬 Aus")]
    assert len(parts) == 2
    assert all(one.startswith("💬") for one in parts), [one[:40] for one in parts]


# --- asking back ---


async def test_the_lease_stands_still_while_the_contact_owes_the_reply(care: Care, vera: Responder) -> None:
    await care.pass_time(timedelta(minutes=25))
    await care.answers("vera", "Welche Farbe hat die Lampe?", asking_back=True)
    ticket = await care.ticket_of("klara")
    assert (ticket.status, ticket.lease_expires_at, ticket.answered_at) == (Status.PENDING, None, None)
    assert "Rückfrage aus unserer Community" in last(care, "klara")
    await care.pass_time(timedelta(hours=5))
    assert (await care.ticket_of("klara")).assignee_id == vera.id
    await care.writes("klara", "Der Router blinkt rot")
    assert "blinkt rot" in last(care, "vera")
    await care.pass_time(timedelta(minutes=25))
    await care.answers("vera", "Zieh den Stecker.")
    assert "Zieh den Stecker." in last(care, "klara")


async def test_a_newcomer_cannot_answer_by_asking_on_and_on(care: Care, nils: Responder) -> None:
    for number in range(3):
        await care.answers("nils", f"Und jetzt, {number}?", asking_back=True)
    await care.writes("nils", "Zieh den Stecker?")
    assert "three times" in str((await care.presses_newest("nils", "askback")).notice)
    assert "Stecker" not in care.transcript("klara")


# --- handing on ---


async def test_a_colleague_who_is_named_is_asked_and_after_them_others(care: Care, vera: Responder) -> None:
    await care.joins("viktor", Role.VOLUNTEER)
    await care.taps("vera", "Refer")
    await care.taps("vera", "Viktor")
    assert care.offered == {"viktor"}
    assert "a colleague thinks that you know this" in last(care, "viktor")
    await care.pass_time(timedelta(minutes=6))
    assert await care.lane_of("klara") is Lane.STAFF, "viktor was silent, nobody else is there"


async def test_nobody_is_named_who_is_not_at_hand(care: Care, vera: Responder) -> None:
    viktor = await care.joins("viktor", Role.VOLUNTEER)
    await care.commands("viktor", "pause", "5")
    assert "Nobody else" in str((await care.taps("vera", "Refer")).notice)
    ticket = await care.ticket_of("klara")
    assert (await care.presses("vera", f"referto:{ticket.id}:{viktor.id}")).alert
    assert (await care.ticket_of("klara")).assignee_id == vera.id


async def test_staff_read_why_in_the_volunteers_own_words(care: Care, vera: Responder) -> None:
    await care.taps("vera", "Hand to staff")
    await care.taps("vera", "Something else")
    await care.writes("vera", "Sie will eine Gutschrift")
    assert await care.lane_of("klara") is Lane.STAFF
    assert "Sie will eine Gutschrift" in care.transcript(STAFF_ROOM)


# --- review ---


async def test_without_a_reviewer_staff_look_it_over_and_send_it_as_the_newcomers(care: Care, nils: Responder) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.answers("nils", "Zieh den Stecker.")
    ticket = await care.ticket_of("klara")
    assert ticket.lane is Lane.STAFF
    assert "Stecker" not in care.transcript("klara")
    thread = care.thread_of(ticket.number)
    await care.taps("agnes", "Send this answer", chat=STAFF_ROOM, thread=thread)
    assert last(care, "klara").startswith("💬 **Antwort aus unserer Community**")
    ticket = await care.ticket_of("klara")
    assert (ticket.lane, ticket.assignee_id, ticket.status) == (Lane.PEER, nils.id, Status.PENDING)


async def test_the_first_decision_of_a_review_counts(care: Care, nils: Responder) -> None:
    for name in ("hilda", "hugo"):
        await care.joins(name, Role.VOLUNTEER)
    await care.answers("nils", "Zieh den Stecker.")
    number = (await newest(care)).id
    await care.presses("hilda", f"approve:{number}")
    late = await care.presses("hugo", f"return:{number}")
    assert late.alert
    assert "looked over already" in str(late.notice)
    assert care.transcript("klara").count("Stecker") == 1
    assert "Somebody else has looked it over" in care.transcript("hugo")


async def test_silence_of_the_reviewers_brings_it_to_staff_and_the_contact_is_told(care: Care, nils: Responder) -> None:
    await care.joins("hilda", Role.VOLUNTEER)
    await care.answers("nils", "Zieh den Stecker.")
    assert await care.lane_of("klara") is Lane.PEER
    await care.pass_time(timedelta(minutes=11))
    assert await care.lane_of("klara") is Lane.STAFF
    assert "zweites Paar Augen" in last(care, "klara")
    assert "Zieh den Stecker." in care.transcript(STAFF_ROOM)
    assert (await care.presses("hilda", f"approve:{(await newest(care)).id}")).alert


async def test_an_expert_who_approves_endorses(care: Care, nils: Responder) -> None:
    await care.joins("emil", Role.VOLUNTEER, trust=EXPERT)
    await care.answers("nils", "Zieh den Stecker.")
    await care.taps("emil", "Approve")
    assert "bestätigt" in last(care, "klara")


async def test_a_change_by_the_reviewer_is_checked_too(care: Care, nils: Responder) -> None:
    await care.joins("hilda", Role.VOLUNTEER)
    await care.answers("nils", "Zieh den Stecker.")
    await care.taps("hilda", "Approve with a change")
    await care.writes("hilda", "Ruf mich an: 0171 2345678")
    assert "was not sent" in last(care, "hilda")
    await care.writes("hilda", "Zieh den Stecker, eine Minute.")
    assert "eine Minute" in last(care, "klara")
    assert "0171" not in care.transcript("klara")


async def test_who_writes_on_takes_the_answer_back_from_the_review(care: Care, nils: Responder) -> None:
    await care.joins("hilda", Role.VOLUNTEER)
    await care.answers("nils", "Zieh den Stecker.")
    number = (await newest(care)).id
    await care.writes("nils", "Und warte.")
    assert (await care.presses("hilda", f"approve:{number}")).alert
    assert (await newest(care)).state is AnswerState.DRAFT
    ticket = await care.ticket_of("klara")
    assert ticket.lease_expires_at is not None
    assert ticket.lease_expires_at > care.clock.now() + timedelta(minutes=20)


async def test_staff_who_answer_themselves_end_the_review(care: Care, nils: Responder) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.answers("nils", "Zieh den Stecker.")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    await care.writes("agnes", "Wir tauschen ihn um.", chat=STAFF_ROOM, thread=thread)
    assert (await newest(care)).state is AnswerState.DROPPED
    assert "Stecker" not in care.transcript("klara")


async def test_files_of_newcomers_wait_for_words(care: Care, nils: Responder) -> None:
    await care.writes("nils", "So:", files=(PHOTO,))
    assert "say it in words" in last(care, "nils")
    assert (await newest(care)).state is AnswerState.REFUSED


async def test_without_reviews_newcomers_answer_at_once(care: Care, nils: Responder) -> None:
    care.unreviewed()
    await care.answers("nils", "Zieh den Stecker.")
    assert "Zieh den Stecker." in last(care, "klara")


# --- endorsing and recalling ---


async def test_an_expert_endorses_what_the_contact_has(care: Care, vera: Responder) -> None:
    await care.joins("emil", Role.VOLUNTEER, trust=EXPERT)
    await care.joins("hilda", Role.VOLUNTEER)
    await care.answers("vera", "Zieh den Stecker.")
    await care.commands("emil", "reviews")
    await care.taps("emil", "Endorse")
    assert "✔ von einem erfahrenen Mitglied bestätigt" in last(care, "klara")
    assert "endorsed your answer" in last(care, "vera")
    number = (await newest(care)).id
    assert (await care.presses("hilda", f"endorse:{number}")).alert
    assert (await care.presses("vera", f"endorse:{number}")).alert


async def test_the_author_recalls_and_writes_a_better_one(care: Care, vera: Responder) -> None:
    await care.answers("vera", "Zieh den Stecker.")
    await care.taps("klara", "✅")
    await care.commands("vera", "recall", "Falsches Modell")
    ticket = await care.ticket_of("klara")
    assert (ticket.status, ticket.assignee_id, ticket.lane) == (Status.OPEN, vera.id, Lane.PEER)
    assert any("Zurückgerufen" in one and "Stecker" in one for one in care.seen_by("klara"))
    assert (await newest(care)).recall_reason == "Falsches Modell"
    assert (await events(care, "AnswerRecalled"))[0]["had_solved"] is True
    await care.answers("vera", "Halte den Knopf gedrückt.")
    assert "Knopf" in last(care, "klara")


async def test_staff_recall_and_have_the_question(care: Care, vera: Responder) -> None:
    agnes = await care.joins("agnes", Role.AGENT)
    await care.answers("vera", "Zieh den Stecker.")
    await care.taps("klara", "✅")
    answer = await newest(care)
    async with speaking(care.desk) as voice:
        await recall_answer(voice, agnes, answer.id, "Gefährlich")
    await care.settle()
    assert await care.lane_of("klara") is Lane.STAFF
    assert "A person from our team" not in last(care, "klara")
    assert "war falsch" in last(care, "klara")
    assert "Gefährlich" in last(care, "vera")
    assert "Gefährlich" in care.transcript(STAFF_ROOM)
    assert (await care.presses("vera", f"endorse:{answer.id}")).alert


async def test_helpers_recall_only_their_own(care: Care, vera: Responder) -> None:
    await care.joins("hilda", Role.VOLUNTEER)
    await care.answers("vera", "Zieh den Stecker.")
    await care.commands("hilda", "recall", "glaube ich nicht")
    assert (await newest(care)).state is AnswerState.SENT
    assert "cannot find" in last(care, "hilda")


async def test_a_closed_question_stays_closed_but_the_contact_is_told(care: Care, vera: Responder) -> None:
    await care.answers("vera", "Zieh den Stecker.")
    await care.taps("klara", "✅")
    await care.pass_time(timedelta(days=5))
    await care.commands("vera", "recall", "Falsch")
    assert "war falsch" in last(care, "klara")
    assert (await newest(care)).state is AnswerState.RECALLED


async def test_an_answer_taken_back_is_dropped(care: Care, vera: Responder) -> None:
    await care.answers("vera", "Zieh den Stecker.", message_id="v1")
    await care.deletes("vera", "v1")
    assert (await newest(care)).state is AnswerState.DROPPED
    assert (await care.ticket_of("klara")).status is Status.OPEN


# --- names ---


@pytest.mark.parametrize("name", ["zuruf", "support", "zurufteam"])
async def test_nobody_volunteers_under_a_name_like_staff(care: Care, name: str) -> None:
    assert (await care.joins(name, Role.VOLUNTEER)).name == "Volunteer"
    assert (await care.joins("supporta", Role.AGENT)).name == "Supporta"
