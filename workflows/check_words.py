"""Checks what a volunteer wrote, with the desk's own rules for links, and says in words what stands against it."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

from desk.answer_check import REASONS, Finding, check, excerpt, rules_of
from desk.people import Responder
from desk.phrases import marked as _
from desk.ticket import TicketId
from workflows.care_desk import CareDesk
from workflows.voice import Voice


def allowed_domains(desk: CareDesk) -> tuple[str, ...]:
    """Where links may lead: the policy's list and the place where the desk itself stands, if it has a name."""
    host = (urlsplit(desk.public_url).hostname or "").lower()
    own = (host,) if "." in host and not _is_number(host) else ()
    return (*desk.policy().peer.links, *own)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def check_words(desk: CareDesk, text: str) -> tuple[Finding, ...]:
    """What stands against the text; empty: nothing."""
    return check(text, desk.find_personal_data(text), brand=desk.brand, domains=allowed_domains(desk))


def objections(voice: Voice, responder: Responder, text: str, findings: Sequence[Finding]) -> str:
    """Each rule once, with the first place it is about, in the volunteer's language."""
    lines = []
    for rule in rules_of(findings):
        first = next(one for one in findings if one.rule is rule)
        place = excerpt(text, first).replace("`", "'")
        said = voice.say(
            responder.locale, _("{reason} It is about: `{place}`"), reason=_reason(voice, responder, first), place=place
        )
        lines.append(f"• {said}")
    return "\n".join(lines)


def _reason(voice: Voice, responder: Responder, finding: Finding) -> str:
    return voice.say(responder.locale, REASONS[finding.rule])


async def note_refusal(voice: Voice, responder: Responder, ticket_id: TicketId, findings: Sequence[Finding]) -> None:
    """For the coordinator who looks at what is refused again and again: the rules, never the words."""
    rules = [rule.value for rule in rules_of(findings)]
    await voice.work.events.add(
        "AnswerRefused", now=voice.now, ticket_id=ticket_id, responder_id=responder.id, rules=rules
    )
