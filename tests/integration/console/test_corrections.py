"""Staff say what a message really was; coordinators review it; nothing personal leaves the message by it."""

from __future__ import annotations

from typing import Any

import pytest

from desk.people import Role
from desk.ticket import Lane, Priority, Status
from tests.integration.console.browser_of import Browser, Page
from tests.integration.console.world import World

PARCEL = "Mein Paket kam kaputt an. Gruß von Frau Mira Vogt, 0171 2345678"
MASKED = "Mein Paket kam kaputt an. Gruß von [Name], [Telefon]"


async def asked(world: World, who: str = "max", text: str = PARCEL) -> str:
    await world.care.writes(who, text)
    return f"/console/tickets/{(await world.care.ticket_of(who)).number}"


async def corrects(browser: Browser, place: str, intent: str, **fields: str) -> Page:
    form = (await browser.get(place)).form("/correct")
    return await browser.send(form, **{"intent": intent, "refile": "1"} | fields)


async def rows(world: World, sql: str) -> list[dict[str, Any]]:
    store: Any = world.care.desk.store
    return [dict(row) for row in await store._pool.fetch(sql)]


async def kept(world: World) -> list[dict[str, Any]]:
    return await rows(world, "select * from correction order by id")


async def test_a_correction_is_kept_masked_files_the_ticket_anew_and_is_in_the_log(world: World) -> None:
    await world.care.joins("vera", Role.VOLUNTEER)
    place = await asked(world)
    anna = await world.sits_down(Role.ADMIN, "Anna")
    page = await anna.get(place)
    assert "Read as Problem with a delivery · 95 %" in page.text
    page = await corrects(anna, place, "returns")
    assert "Really: Return · read as Problem with a delivery" in page.text
    (row,) = await kept(world)
    facts = {name: row[name] for name in ("source", "text", "language", "intent_read", "intent", "state", "engine")}
    assert facts == {
        "source": "staff", "text": MASKED, "language": "de", "intent_read": "delivery_problem", "intent": "returns",
        "state": "pending", "engine": "keywords",
    }  # fmt: skip
    ticket = await world.care.ticket_of("max")
    assert (ticket.intent, ticket.unit, ticket.lane) == ("returns", "logistics", Lane.PEER)
    assert "Anna: this is really “Return”" in page.text
    log = await anna.get("/console/log")
    assert "Reading corrected" in log.text
    assert "2345678" not in log.html


async def test_what_only_staff_may_have_leaves_the_volunteers(world: World) -> None:
    await world.care.joins("vera", Role.VOLUNTEER)
    place = await asked(world)
    assert await world.care.lane_of("max") is Lane.PEER
    anna = await world.sits_down(Role.AGENT, "Anna")
    await corrects(anna, place, "legal_threat")
    await world.care.settle()
    ticket = await world.care.ticket_of("max")
    assert (ticket.lane, ticket.unit, ticket.priority) == (Lane.STAFF, "legal", Priority.URGENT)
    assert "vera" not in world.care.offered
    card = next(one.text for one in world.care.chat.sent if ticket.number in one.text and one.to.chat == "staff")
    assert "Anna: this is really “Legal threat”" in card


async def test_a_false_alarm_of_danger_is_urgent_no_more(world: World) -> None:
    place = await asked(world, text="Mein Router macht Rauch... also raucht mir den Kopf")
    assert (await world.care.ticket_of("max")).priority is Priority.URGENT
    anna = await world.sits_down(Role.AGENT, "Anna")
    await corrects(anna, place, "how_to")
    ticket = await world.care.ticket_of("max")
    assert (ticket.intent, ticket.unit) == ("how_to", "technology")
    assert ticket.lane is Lane.STAFF, "somebody may have begun on it"


async def test_the_ticket_stays_where_it_is_when_staff_say_so_or_it_is_about_something_else(world: World) -> None:
    place = await asked(world, text="Meine Rechnung stimmt nicht")
    anna = await world.sits_down(Role.AGENT, "Anna")
    form = (await anna.get(place)).form("/correct")
    await anna.send(form, intent="refund")
    assert (await world.care.ticket_of("max")).intent == "invoice"
    assert (await kept(world))[0]["intent"] == "refund"
    await world.care.writes("max", "Und mein Paket fehlt auch")
    second = (await anna.get(place)).html.rpartition("/correct")[0].rpartition("/messages/")[2]
    form.action = f"{place}/messages/{second}/correct"
    await anna.send(form, intent="returns", refile="1")
    assert (await world.care.ticket_of("max")).intent == "invoice", "the ticket is not about the second message"
    assert [row["intent"] for row in await kept(world)] == ["refund", "returns"]


async def test_a_solved_ticket_is_not_opened_again_by_a_correction(world: World) -> None:
    await world.care.joins("vera", Role.VOLUNTEER)
    place = await asked(world)
    anna = await world.sits_down(Role.AGENT, "Anna")
    await anna.send((await anna.get(place)).form("/do/solve"))
    await corrects(anna, place, "legal_threat")
    assert (await world.care.ticket_of("max")).status is Status.SOLVED
    assert len(await kept(world)) == 1


async def test_the_last_word_counts_while_it_waits_and_may_be_taken_back(world: World) -> None:
    place = await asked(world)
    anna, bert = await world.sits_down(Role.AGENT, "Anna"), await world.sits_down(Role.AGENT, "Bert")
    await corrects(anna, place, "returns")
    await corrects(bert, place, "warranty")
    (row,) = await kept(world)
    assert (row["intent"], row["responder_id"]) == ("warranty", (await world.person("Bert")).id)
    page = await corrects(anna, place, "delivery_problem")
    assert await kept(world) == []
    assert "Read as Problem with a delivery" in page.text
    assert (await world.care.ticket_of("max")).intent == "delivery_problem"


async def test_what_was_accepted_is_replaced_only_by_what_is_accepted_later(world: World) -> None:
    place = await asked(world)
    anna = await world.sits_down(Role.ADMIN, "Anna")
    await corrects(anna, place, "returns")
    await decides(anna, "accept")
    await corrects(anna, place, "delivery_problem")
    assert [(row["intent"], row["state"]) for row in await kept(world)] == [
        ("returns", "accepted"),
        ("delivery_problem", "pending"),
    ]
    await decides(anna, "accept")
    assert [(row["text"], row["state"]) for row in await kept(world)] == [("", "rejected"), (MASKED, "accepted")]


async def decides(browser: Browser, decision: str, **fields: str) -> Page:
    page = await browser.get("/console/corrections")
    ids = ",".join(one.partition('"')[0] for one in page.html.split('name="ids[]" value="')[1:])
    return await browser.send(page.form("/decide"), decision=decision, **{"ids[]": ids} | fields)


async def test_the_review_list_groups_accepts_changes_and_rejects(world: World) -> None:
    anna = await world.sits_down(Role.COORDINATOR, "Anna")
    for who, intent in [("max", "returns"), ("lea", "returns"), ("tom", "warranty")]:
        await corrects(anna, await asked(world, who), intent)
    page = await anna.get("/console/corrections")
    assert "Corrections 3" in page.text
    first, second = page.text.split("Problem with a delivery → is really ")[1:]
    assert first.startswith("Return 2 Mein Paket kam kaputt an.")
    assert second.startswith("Warranty 1 Mein Paket kam kaputt an.")
    numbers = [row["id"] for row in await kept(world)]
    await anna.send(page.form("/decide"), decision="accept", **{"ids[]": str(numbers[0])})
    await anna.send(page.form("/decide"), decision="accept", intent="refund", **{"ids[]": str(numbers[1])})
    await anna.send(page.form("/decide"), decision="reject", **{"ids[]": f"{numbers[2]},{numbers[0]}9999,x,"})
    states = [(row["intent"], row["state"], row["text"]) for row in await kept(world)]
    assert states == [("returns", "accepted", MASKED), ("refund", "accepted", MASKED), ("warranty", "rejected", "")]
    page = await anna.get("/console/corrections")
    assert "Nothing waits for review." in page.text
    assert "Accepted, not learned yet" not in page.text, "no model is in service in this world"
    assert {row["reviewed_by"] for row in await kept(world)} == {(await world.person("Anna")).id}


@pytest.mark.parametrize("fields", [{"decision": "perhaps"}, {"decision": "accept", "intent": "nonsense"}])
async def test_a_decision_that_makes_no_sense_changes_nothing(world: World, fields: dict[str, str]) -> None:
    anna = await world.sits_down(Role.ADMIN, "Anna")
    await corrects(anna, await asked(world), "returns")
    form = (await anna.get("/console/corrections")).form("/decide")
    assert (await anna.send(form, **{"ids[]": "1"} | fields)).status == 400
    assert (await kept(world))[0]["state"] == "pending"


async def test_agents_correct_and_do_not_review_volunteers_do_neither(world: World) -> None:
    place = await asked(world)
    bert, vera = await world.sits_down(Role.AGENT, "Bert"), await world.sits_down(Role.VOLUNTEER, "Vera")
    assert (await bert.get("/console/corrections")).status == 403
    assert "/console/corrections" not in (await bert.get("/console/inbox")).html
    form = (await bert.get(place)).form("/correct")
    await bert.send(form, intent="returns")
    decide = (await bert.get(place)).form("/correct")
    decide.action = "/console/corrections/decide"
    number = str((await kept(world))[0]["id"])
    assert (await bert.send(decide, decision="accept", **{"ids[]": number})).status == 403
    theirs = (await vera.get("/console/volunteer")).form("/sign-out")
    for action in (form.action, decide.action):
        theirs.action = action
        assert (await vera.send(theirs, intent="refund", decision="reject", **{"ids[]": number})).status == 403
    assert [(row["intent"], row["state"]) for row in await kept(world)] == [("returns", "pending")]


async def test_only_what_a_contact_wrote_and_an_engine_read_is_corrected(world: World) -> None:
    world.care.classifier.down = True
    place = await asked(world)
    anna = await world.sits_down(Role.AGENT, "Anna")
    page = await anna.get(place)
    assert "/correct" not in page.html
    form = page.form("/reply")
    await anna.send(form, text="Wir schauen nach.")
    for message in (1, 2, 3, 99_999):
        form.action = f"{place}/messages/{message}/correct"
        assert (await anna.send(form, intent="returns")).status in (403, 404)
    world.care.classifier.down = False
    other = await asked(world, "lea")
    form.action = (
        f"{place}/messages/{(await rows(world, 'select max(message_id) as id from reading'))[0]['id']}/correct"
    )
    assert (await anna.send(form, intent="returns")).status == 404, "a message of another ticket"
    assert (await corrects(anna, other, "nonsense")).status == 400
    assert await kept(world) == []


async def test_what_a_contact_chose_is_on_the_list_and_gives_way_to_staff(world: World) -> None:
    await world.care.writes("max", "Es ist kaputt, 0171 2345678")
    await world.care.taps("max", "Reparatur")
    anna = await world.sits_down(Role.ADMIN, "Anna")
    page = await anna.get("/console/corrections")
    assert "Es ist kaputt, [Telefon]" in page.text
    assert "The contact chose" in page.text
    (row,) = await kept(world)
    assert (row["source"], row["responder_id"], row["state"]) == ("contact", None, "pending")
    place = f"/console/tickets/{(await world.care.ticket_of('max')).number}"
    await corrects(anna, place, "returns")
    assert [(row["source"], row["intent"]) for row in await kept(world)] == [("staff", "returns")]


async def test_staff_decide_what_the_contact_is_asked_about(world: World) -> None:
    await world.care.joins("vera", Role.VOLUNTEER)
    await world.care.writes("max", "Es ist kaputt")
    assert await world.care.lane_of("max") is None
    anna = await world.sits_down(Role.AGENT, "Anna")
    place = f"/console/tickets/{(await world.care.ticket_of('max')).number}"
    await corrects(anna, place, "how_to")
    await world.care.settle()
    assert (await world.care.lane_of("max"), (await world.care.ticket_of("max")).intent) == (Lane.PEER, "how_to")
    assert "vera" in world.care.offered
    await world.care.taps("max", "Reparatur")
    assert (await world.care.ticket_of("max")).intent == "how_to", "too late"


async def test_words_that_the_contact_takes_back_are_taken_back_here(world: World) -> None:
    await world.care.writes("max", PARCEL, message_id="first")
    anna = await world.sits_down(Role.ADMIN, "Anna")
    place = f"/console/tickets/{(await world.care.ticket_of('max')).number}"
    await corrects(anna, place, "returns")
    await decides(anna, "accept")
    await corrects(anna, place, "warranty")
    await world.care.deletes("max", "first")
    assert {(row["text"], row["state"]) for row in await kept(world)} == {("", "rejected")}
    assert "kaputt" not in str(await rows(world, "select * from event"))
