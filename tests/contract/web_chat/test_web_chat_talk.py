"""A talk over the web chat's API, end to end: said once, answered, seen by both, never by others."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from desk.errors import StorageUnavailable
from desk.inbound import InboundEvent, Receipt
from tests.contract.web_chat.care import Care, Visitor
from workflows.receive_event import receive_event


async def test_a_message_is_accepted_once_and_listed_in_order(care: Care, anna: Visitor) -> None:
    status, first = await anna.call("POST", "messages", {"text": "Wo ist mein Paket?", "client_id": "a1"})
    assert status == 202
    status, again = await anna.call("POST", "messages", {"text": "Wo ist mein Paket?", "client_id": "a1"})
    assert (status, again) == (200, first)
    second = await anna.says("Bestellung 4711")
    shown = await anna.reads()
    assert [(one["id"], one["text"], one["from"]) for one in shown] == [
        (first["id"], "Wo ist mein Paket?", "contact"),
        (second, "Bestellung 4711", "contact"),
    ]
    assert shown[0]["client_id"] == "a1"
    assert [one["id"] for one in await anna.reads(after=first["id"])] == [second]


async def test_the_same_client_id_at_once_makes_one_message_and_one_ticket(care: Care, anna: Visitor) -> None:
    answers = await asyncio.gather(
        *(anna.call("POST", "messages", {"text": "Hallo", "client_id": "x"}) for _ in range(10))
    )
    assert sorted(status for status, _ in answers) == [200] * 9 + [202]
    assert len({body["id"] for _, body in answers}) == 1
    assert len(await anna.reads()) == 1


async def test_an_answer_of_staff_comes_with_name_and_buttons_and_is_judged(care: Care, anna: Visitor) -> None:
    await anna.says("Wo ist meine Rechnung?")
    await care.works()
    await care.answers(anna, "Hier: **Nr. 7**, siehe https://example.org/r?a=1&b=2", name="Ana")
    await care.works()
    answer = (await anna.reads())[-1]
    assert (answer["from"], answer["name"]) == ("staff", "Ana")
    assert "<b>Nr. 7</b>" in answer["html"]
    assert 'href="https://example.org/r?a=1&amp;b=2"' in answer["html"]
    labels = {button["label"]: button["action"] for button in answer["buttons"]}
    assert "✅ Solved" in labels
    status, verdict = await anna.call("POST", "verdict", {"solved": True, "csat": 5})
    assert status == 200, verdict
    _, page = await anna.call("GET", "messages")
    assert page["status"]["status"] == "solved"
    assert page["status"]["csat"] == 5
    assert page["status"]["ticket"] == verdict["ticket"]


async def test_a_button_is_tapped_and_answers_with_a_notice(care: Care, anna: Visitor, ben: Visitor) -> None:
    await anna.says("Wo ist meine Rechnung?")
    await care.works()
    await care.answers(anna, "Kommt morgen")
    action = (await anna.reads())[-1]["buttons"][0]["action"]
    await ben.says("Hallo")
    _, foreign = await ben.call("POST", "taps", {"action": action})
    assert foreign["alert"]
    status, tapped = await anna.call("POST", "taps", {"action": action, "client_id": "t1"})
    assert (status, tapped["notice"], tapped["alert"]) == (200, "Thank you!", False)
    _, again = await anna.call("POST", "taps", {"action": action, "client_id": "t1"})
    assert again["notice"] is None


async def test_who_answers_is_shown_and_that_nobody_does_yet(care: Care, anna: Visitor) -> None:
    await anna.says("Wo ist meine Rechnung?")
    await care.works()
    _, page = await anna.call("GET", "messages")
    assert page["status"]["lane"] == "staff"
    assert not page["status"]["someone_is_answering"]
    await care.claims(anna)
    _, page = await anna.call("GET", "messages")
    assert (page["status"]["someone_is_answering"], page["status"]["by"]) == (True, "staff")


async def test_a_question_without_an_answer_has_no_verdict(anna: Visitor) -> None:
    assert (await anna.call("POST", "verdict", {"solved": True}))[0] == 404


async def test_own_messages_are_changed_and_deleted_others_are_not(care: Care, anna: Visitor, ben: Visitor) -> None:
    mine = await anna.says("Paket 4711")
    await ben.says("Hallo")
    assert (await anna.call("PATCH", f"messages/{mine}", {"text": "Paket 4712"}))[0] == 200
    shown = (await anna.reads())[0]
    assert (shown["text"], shown["edited"]) == ("Paket 4712", True)
    assert (await ben.call("PATCH", f"messages/{mine}", {"text": "böse"}))[0] == 404
    assert (await ben.call("DELETE", f"messages/{mine}"))[0] == 404
    assert (await anna.call("DELETE", f"messages/{mine}"))[0] == 204
    shown = (await anna.reads())[0]
    assert (shown["text"], shown["html"], shown["deleted"]) == ("", "", True)
    assert (await anna.call("DELETE", f"messages/{mine}"))[0] == 404


async def test_what_the_desk_said_cannot_be_changed_by_the_contact(care: Care, anna: Visitor) -> None:
    await anna.says("Rechnung?")
    await care.works()
    answer = (await anna.reads())[-1]
    assert answer["from"] == "bot"
    assert (await anna.call("DELETE", f"messages/{answer['id']}"))[0] == 404


async def test_contacts_commands_work_and_others_go_elsewhere(care: Care, anna: Visitor) -> None:
    await anna.says("/help", "h1")
    help_text = (await anna.reads())[-1]
    assert help_text["from"] == "bot"
    assert "/human" in help_text["text"]
    assert await anna.says("/help", "h1") == (await anna.reads())[0]["id"]
    await anna.says("/human")
    _, page = await anna.call("GET", "messages")
    assert page["status"]["lane"] == "staff"
    for secret in ("/join CODE", "/start CODE", "/console"):
        assert (await anna.call("POST", "messages", {"text": secret}))[0] == 422
    await anna.says("/etc/passwd ist mein Lieblingspfad")
    assert (await anna.reads())[-1]["text"].startswith("/etc/passwd")


async def test_the_language_is_chosen(care: Care, anna: Visitor) -> None:
    await anna.says("Hallo")
    assert (await anna.call("PUT", "language", {"locale": "de"}))[0] == 204
    async with care.desk.store.begin() as work:
        conversation = await work.conversations.by_key("web", anna.chat)
    assert conversation is not None
    assert conversation.locale == "de"
    assert (await anna.call("PUT", "language", {"locale": "fr"}))[0] == 422


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer x.y", "Basic abc", f"Bearer {'A' * 22}.{'B' * 43}"])
async def test_without_a_token_of_ours_nothing_is_open(care: Care, http: aiohttp.ClientSession, token: str) -> None:
    visitor = Visitor(care, http)
    for method, path in [("GET", "messages"), ("POST", "messages"), ("GET", "events"), ("POST", "files"),
                         ("POST", "taps"), ("POST", "verdict"), ("GET", "attachments/1")]:  # fmt: skip
        status, _ = await visitor.call(method, path, headers={"Authorization": token})
        assert status == 401


async def test_nobody_sees_the_notes_or_the_talk_of_others(care: Care, anna: Visitor, ben: Visitor) -> None:
    await anna.says("Geheim")
    await care.works()
    await care.notes(anna, "Kundin ist verärgert")
    assert all("verärgert" not in one["text"] for one in await anna.reads())
    await ben.says("Hallo")
    assert [one["text"] for one in await ben.reads() if one["from"] == "contact"] == ["Hallo"]


@pytest.mark.parametrize("is_committed", [False, True])
async def test_while_the_storage_is_away_nothing_is_lost_or_doubled(
    care: Care, http: aiohttp.ClientSession, is_committed: bool
) -> None:
    """The database goes before the commit, or after it and before its answer."""
    outages = [StorageUnavailable("gone"), StorageUnavailable("gone")]

    async def receive(event: InboundEvent) -> Receipt:
        if not outages:
            return await receive_event(care.desk, event)
        if is_committed:
            await receive_event(care.desk, event)
        raise outages.pop()

    async with care.served(receive=receive):
        anna = await Visitor(care, http).arrives()
        for _ in range(2):
            async with http.post(
                f"{care.url}/chat/api/messages", json={"text": "Hallo", "client_id": "a"}, headers=anna.headers
            ) as answer:
                assert (answer.status, answer.content_type) == (503, "application/problem+json")
                assert int(answer.headers["Retry-After"]) >= 1
        status, _ = await anna.call("POST", "messages", {"text": "Hallo", "client_id": "a"})
        assert status == (200 if is_committed else 202)
        assert [one["text"] for one in await anna.reads()] == ["Hallo"]


async def test_an_upload_whose_answer_was_lost_keeps_its_file(care: Care, http: aiohttp.ClientSession) -> None:
    outages = [StorageUnavailable("gone")]

    async def receive(event: InboundEvent) -> Receipt:
        receipt = await receive_event(care.desk, event)
        if outages:
            raise outages.pop()
        return receipt

    async with care.served(receive=receive):
        anna = await Visitor(care, http).arrives()
        assert (await anna.uploads(("a.pdf", b"%PDF")))[0] == 503
        assert (await anna.uploads(("a.pdf", b"%PDF")))[0] == 200
        url = (await anna.reads())[0]["attachments"][0]["url"]
        async with http.get(f"{care.url}{url}", headers=anna.headers) as answer:
            assert await answer.read() == b"%PDF"


async def test_a_long_talk_is_read_in_pages(care: Care, anna: Visitor) -> None:
    ids = [await anna.says(f"Nachricht {number}") for number in range(7)]
    status, page = await anna.call("GET", f"messages?after={ids[0]}&limit=3")
    assert status == 200
    assert ([one["id"] for one in page["messages"]], page["more"]) == (ids[1:4], True)
    _, page = await anna.call("GET", f"messages?after={ids[3]}&limit=3")
    assert ([one["id"] for one in page["messages"]], page["more"]) == (ids[4:], False)
