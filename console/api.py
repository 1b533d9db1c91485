"""The JSON API under /api/v1: bearer tokens, limits, checked input, problem documents (RFC 9457) for every refusal."""

from __future__ import annotations

import json
import logging

from aiohttp import web
from pydantic import BaseModel, ValidationError

from console.api_call import Call, Operation
from console.api_operations import OPERATIONS
from console.bodies import read_body
from console.limits import Limit
from console.openapi import document
from console.problems import Problem, our_fault, out_of_order, problem_of, too_many
from console.visits import Handler
from desk.errors import DeskError, StorageUnavailable
from desk.people import Responder
from desk.phrases import marked as _
from workflows.api_tokens import who_calls
from workflows.care_desk import CareDesk

BASE = "/api/v1"
BODY_BYTES = 256 * 1024
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

log = logging.getLogger(__name__)


class Api:
    """The routes of the API."""

    def __init__(self, desk: CareDesk, *, public_url: str) -> None:
        self._desk = desk
        self._document = json.dumps(document(public_url)).encode()
        self._calls = Limit(per_minute=600, burst=100)
        self._strangers = Limit(per_minute=60, burst=30)

    def routes(self) -> list[web.RouteDef]:
        """Every operation, the document, and a problem document for whatever else is asked here."""
        return [
            *(web.route(one.method, f"{BASE}{_pattern(one.path)}", self._guarded(one)) for one in OPERATIONS),
            web.get(f"{BASE}/openapi.json", self._describe),
            web.route("*", BASE, self._nothing),
            web.route("*", f"{BASE}/{{rest:.*}}", self._nothing),
        ]

    async def _describe(self, request: web.Request) -> web.Response:
        return web.Response(body=self._document, content_type="application/json", headers=HEADERS)

    async def _nothing(self, request: web.Request) -> web.Response:
        path = request.path.removeprefix(BASE)
        allowed = sorted({one.method for one in OPERATIONS if _same_path(one.path, path)})
        if allowed and request.method not in allowed:
            title = _("This cannot be done here.")
            problem = Problem(405, "method-not-allowed", title, headers={"Allow": ", ".join(allowed)})
        else:
            problem = Problem(404, "not-found", _("This cannot be found."))
        return self._refused(problem)

    def _guarded(self, operation: Operation) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            try:
                responder = await self._caller(request)
                query = _checked_query(operation.query, request)
                body = None if operation.body is None else await _checked_body(operation.body, request)
                status, answer = await operation.handler(Call(self._desk, request, responder, query, body))
            except Problem as problem:
                return self._refused(problem)
            except DeskError as error:
                return self._refused(problem_of(error))
            except StorageUnavailable:
                return self._refused(out_of_order())
            except Exception:
                log.exception("the API failed", extra={"operation": operation.name})
                return self._refused(our_fault())
            said = answer.model_dump_json().encode()
            return web.Response(body=said, status=status, content_type="application/json", headers=HEADERS)

        return guarded

    async def _caller(self, request: web.Request) -> Responder:
        scheme, _blank, token = request.headers.get("Authorization", "").partition(" ")
        responder = None
        if scheme.lower() == "bearer" and 0 < len(token) < 200:
            responder = await who_calls(self._desk, token.strip())
        if responder is None:
            wait = self._strangers.wait(request.remote or "")
            if wait:
                raise too_many(wait)
            title = _("A bearer token is needed.")
            raise Problem(401, "token-needed", title, headers={"WWW-Authenticate": 'Bearer realm="zuruf"'})
        wait = self._calls.wait(str(responder.id))
        if wait:
            raise too_many(wait)
        return responder

    def _refused(self, problem: Problem) -> web.Response:
        response = problem.response(self._desk.phrases)
        response.headers.update(HEADERS)
        return response


def _pattern(path: str) -> str:
    """aiohttp's form of an address: numbers look like numbers, or nothing is found."""
    path = path.replace("{number}", "{number:[Zz]?-?[0-9]{1,18}}").replace("{contact}", "{contact:[0-9]+}")
    return path.replace("{incident}", "{incident:[0-9]+}")


def _same_path(pattern: str, path: str) -> bool:
    parts, said = pattern.split("/"), path.split("/")
    return len(parts) == len(said) and all(
        one.startswith("{") or one == other for one, other in zip(parts, said, strict=True)
    )


def _checked_query(model: type[BaseModel], request: web.Request) -> BaseModel:
    try:
        return model.model_validate(dict(request.query))
    except ValidationError as error:
        raise _invalid(error) from None


async def _checked_body(model: type[BaseModel], request: web.Request) -> BaseModel:
    if request.content_type != "application/json":
        raise Problem(415, "not-json", _("The input cannot be taken as it is."), detail="expected application/json")
    body = await read_body(request, BODY_BYTES)
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        if error.errors(include_input=False)[0]["type"] == "json_invalid":
            title = _("The input cannot be taken as it is.")
            raise Problem(400, "bad-json", title, detail="the body is not JSON in UTF-8") from None
        raise _invalid(error) from None


def _invalid(error: ValidationError) -> Problem:
    """Names each wrong field; never repeats what was sent."""
    wrong = [
        {"field": ".".join(str(part) for part in one["loc"])[:100], "expected": one["msg"]}
        for one in error.errors(include_input=False, include_url=False, include_context=False)
    ]
    return Problem(422, "invalid", _("The input cannot be taken as it is."), errors=wrong[:20])
