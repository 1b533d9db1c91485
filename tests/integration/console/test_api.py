"""The JSON API: what its document says is what it does; programs act as somebody of staff, or not at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.api_operations import OPERATIONS
from console.api_shapes import ProblemShape
from desk.errors import NotAllowed
from desk.people import Role
from desk.ticket import Status
from tests.integration.console.test_storm import proposed
from tests.integration.console.world import World
from workflows.api_tokens import end_api_tokens, make_api_token

BILL = "Meine Rechnung stimmt nicht"


class Program:
    """A client of the API."""

    def __init__(self, session: ClientSession, token: str | None) -> None:
        self._session = session
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    async def call(self, method: str, path: str, body: object = None, **query: Any) -> tuple[int, Any]:
        """The status and the JSON of the answer. Refusals are problem documents, always."""
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {**self.headers, "Content-Type": "application/json"}
        url = f"/api/v1{path}"
        async with self._session.request(method, url, data=data, headers=headers, params=query) as answer:
            said = json.loads(await answer.read())
            if answer.status >= 400:
                assert answer.content_type == "application/problem+json"
                assert ProblemShape.model_validate(said).status == answer.status
            return answer.status, said


@pytest_asyncio.fixture
async def program(world: World) -> Program:
    """A program that acts as Anna."""
    await world.sits_down(Role.AGENT, "Anna")
    token = await make_api_token(world.care.desk, await world.person("Anna"), label="test")
    return Program(world.browser().session, token)


def stranger(world: World, token: str | None = None) -> Program:
    return Program(world.browser().session, token)


async def test_every_operation_of_the_document_answers_as_it_says(world: World, program: Program) -> None:
    await world.care.writes("max", BILL)
    number = (await world.care.ticket_of("max")).number
    incident_id = await proposed(world, "klara")
    status, document = await stranger(world).call("GET", "/openapi.json")
    assert (status, document["openapi"]) == (200, "3.1.0")
    told = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert told == {(one.method, one.path) for one in OPERATIONS}
    order = ["claim", "hold", "resume", "reply", "note", "release", "solve"]
    for one in sorted(OPERATIONS, key=lambda one: order.index(one.name) if one.name in order else -1):
        body = {"text": "Hallo"} if one.body else None
        path = one.path.format(number=number, contact="1", incident=incident_id)
        status, said = await program.call(one.method, path, body)
        assert status == one.statuses[0], (one.name, said)
        one.answer.model_validate_json(json.dumps(said))
        responses = document["paths"][one.path][one.method.lower()]["responses"]
        reference = responses[str(status)]["content"]["application/json"]["schema"]["$ref"]
        assert set(document["components"]["schemas"][reference.rpartition("/")[2]]["properties"]) == set(said)


async def test_every_reference_of_the_document_leads_somewhere(world: World) -> None:
    _status, document = await stranger(world).call("GET", "/openapi.json")
    for part in json.dumps(document).split('"$ref": "')[1:]:
        place: Any = document
        for step in part.split('"')[0].removeprefix("#/").split("/"):
            place = place[step]
        assert place


async def test_the_list_is_paged_without_gaps_or_doubles(world: World, program: Program) -> None:
    for n in range(7):
        await world.care.writes(f"max{n}", BILL)
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        _status, page = await program.call("GET", "/tickets", limit=3, **after)
        seen += [one["number"] for one in page["tickets"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert len(seen) == len(set(seen)) == 7


async def test_the_list_is_filtered(world: World, program: Program) -> None:
    await world.care.writes("max", BILL)
    await world.care.writes("lea", "Mein Router raucht, Rauch!")
    number = (await world.care.ticket_of("max")).number
    await program.call("POST", f"/tickets/{number}/claim")
    for query, count in [
        ({"assignee": "Anna"}, 1), ({"unassigned": "true"}, 1), ({"unit": "finance"}, 1), ({"lane": "staff"}, 2),
        ({"search": "Rechnung"}, 1), ({"status": "open"}, 1), ({"status": "closed"}, 0), ({"unit": "nowhere"}, 0),
    ]:  # fmt: skip
        status, page = await program.call("GET", "/tickets", **query)
        assert (status, len(page["tickets"])) == (200, count), query


async def test_incidents_are_listed_by_state_with_masked_words(world: World, program: Program) -> None:
    incident_id = await proposed(world, "klara")
    for query, count in [({}, 1), ({"state": "proposed"}, 1), ({"state": "resolved"}, 0)]:
        status, page = await program.call("GET", "/incidents", **query)
        assert (status, len(page["incidents"])) == (200, count), query
    _status, one = await program.call("GET", f"/incidents/{incident_id}")
    assert one["tickets"] == len(one["followers"]) == 1
    assert "2345678" not in one["followers"][0]["words"]
    assert (await program.call("GET", "/incidents/999999"))[0] == 404
    assert (await program.call("GET", "/incidents", state="stormy"))[0] == 422


async def test_a_reply_reaches_the_contact_once(world: World, program: Program) -> None:
    await world.care.writes("max", BILL)
    path = f"/tickets/{(await world.care.ticket_of('max')).number}"
    body = {"text": "Wir prüfen das.", "idempotency_key": "a-1"}
    first, again = (
        await program.call("POST", f"{path}/replies", body),
        await program.call("POST", f"{path}/replies", body),
    )
    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]
    await world.care.settle()
    assert sum("Wir prüfen das." in said for said in world.care.seen_by("max")) == 1
    _status, talk = await program.call("GET", f"{path}/messages")
    mine = next(one for one in talk["messages"] if one["responder"] == "Anna")
    assert (mine["text"], mine["deliveries"]) == ("Wir prüfen das.", ["sent"])
    assert (await world.care.ticket_of("max")).status is Status.PENDING


async def test_a_colleagues_ticket_is_left_alone_until_taken_over(world: World, program: Program) -> None:
    await world.care.writes("max", BILL)
    path = f"/tickets/{(await world.care.ticket_of('max')).number}"
    await world.sits_down(Role.AGENT, "Bert")
    bert = stranger(world, await make_api_token(world.care.desk, await world.person("Bert"), label=""))
    await program.call("POST", f"{path}/claim")
    status, problem = await bert.call("POST", f"{path}/replies", {"text": "Ich."})
    assert (status, problem["type"], problem["title"]) == (
        409,
        "urn:zuruf:problem:ticket-taken",
        "Anna has this ticket.",
    )
    assert (await bert.call("POST", f"{path}/replies", {"text": "Ich.", "take_over": True}))[0] == 201


async def test_a_contact_and_the_volunteers_are_told(world: World, program: Program) -> None:
    await world.care.joins("vera", Role.VOLUNTEER, topics=("technology",))
    await world.care.writes("max", BILL)
    contact = (await world.care.ticket_of("max")).contact_id
    _status, said = await program.call("GET", f"/contacts/{contact}")
    assert said["identities"] == [{"channel": "telegram", "name": "Max", "reachability": "reachable"}]
    _status, said = await program.call("GET", "/volunteers")
    assert [(one["name"], one["topics"]) for one in said["volunteers"]] == [("Vera", ["technology"])]


@pytest.mark.parametrize("token", [None, "", "x", "zuruf_" + "A" * 43, "a" * 300, "ä"])
async def test_without_a_good_token_nothing_is_told(world: World, token: str | None) -> None:
    program = stranger(world, token)
    for one in OPERATIONS:
        status, said = await program.call(one.method, one.path.format(number="Z-1001", contact="1", incident="1"))
        assert (status, said["type"]) == (401, "urn:zuruf:problem:token-needed")


async def test_a_token_ends_with_its_holder_or_by_itself(world: World, program: Program) -> None:
    anna = await world.person("Anna")
    other = stranger(world, await make_api_token(world.care.desk, anna, label="other"))
    assert await end_api_tokens(world.care.desk, anna, label="test") == 1
    assert (await program.call("GET", "/tickets"))[0] == 401
    assert (await other.call("GET", "/tickets"))[0] == 200
    boss = await world.sits_down(Role.ADMIN, "Berta")
    await boss.send((await boss.get("/console/team")).form("/deactivate"))
    assert (await other.call("GET", "/tickets"))[0] == 401


async def test_volunteers_get_no_token(world: World) -> None:
    vera = await world.care.joins("vera", Role.VOLUNTEER)
    with pytest.raises(NotAllowed):
        await make_api_token(world.care.desk, vera, label="")


async def test_a_consoles_cookie_opens_no_api(world: World) -> None:
    anna = await world.sits_down(Role.AGENT, "Anna")
    assert (await anna.get("/api/v1/tickets")).status == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"{", 400), (b'{"text": "\xff"}', 400), (b"[" * 100_000, 400),
        (b'{"text": "' + b"a" * 300_000, 413),
        (b"[]", 422), (b"null", 422), (b"{}", 422), (b'{"text": ""}', 422), (b'{"text": 7}', 422),
        (b'{"text": "a", "more": 1}', 422), (b'{"text": "a\\u0000b"}', 422), (b'{"text": "\\ud800"}', 400),
        (b'{"text": "a", "idempotency_key": "a b"}', 422), (b'{"text": "' + b"a" * 20_001 + b'"}', 422),
    ],
    ids=["empty", "cut", "bad utf-8", "deep", "large", "list", "null", "no text", "blank", "number", "unknown",
         "nul", "surrogate", "key", "long"],
)  # fmt: skip
async def test_a_malformed_body_is_named(world: World, program: Program, body: bytes, status: int) -> None:
    await world.care.writes("max", BILL)
    path = f"/tickets/{(await world.care.ticket_of('max')).number}/replies"
    assert (await program.call("POST", path, body))[0] == status
    assert (await world.care.ticket_of("max")).assignee_id is None


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/statements", 404), ("GET", "", 404), ("DELETE", "/tickets", 405), ("PUT", "/tickets/Z-1", 405),
        ("GET", "/tickets/Z-1", 404), ("GET", "/tickets/abc", 404), ("GET", "/contacts/99", 404),
        ("GET", "/contacts/" + "9" * 40, 404), ("GET", "/tickets?limit=0", 422), ("GET", "/tickets?lane=fast", 422),
        ("GET", "/tickets?colour=red", 422), ("GET", "/tickets?after=Z-99", 400),
        ("GET", "/tickets?assignee=Nobody", 400), ("GET", "/tickets?search=%00", 422),
    ],
)  # fmt: skip
async def test_what_is_not_there_is_a_problem_document(
    world: World, program: Program, method: str, path: str, status: int
) -> None:
    assert (await program.call(method, path))[0] == status


async def test_no_body_brings_the_api_down(world: World, program: Program) -> None:
    await world.care.writes("max", BILL)
    number = (await world.care.ticket_of("max")).number
    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=8,
    )
    fields = st.sampled_from(["text", "idempotency_key", "take_over", "x"])
    bodies: list[bytes] = []

    @settings(suppress_health_check=list(HealthCheck))
    @given(st.dictionaries(fields, values).map(lambda body: json.dumps(body).encode()) | st.binary(max_size=60))
    def make(body: bytes) -> None:
        bodies.append(body)

    make()
    for count, body in enumerate(bodies):
        kind = "replies" if count % 2 else "notes"
        status, _said = await program.call("POST", f"/tickets/{number}/{kind}", body)
        assert status in (200, 201, 400, 409, 422), body


async def test_a_flood_is_slowed(world: World, program: Program) -> None:
    answers = [(await program.call("GET", "/volunteers"))[0] for _ in range(140)]
    assert set(answers) == {200, 429}
    assert {(await stranger(world).call("GET", "/volunteers"))[0] for _ in range(40)} == {401, 429}
