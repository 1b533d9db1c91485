"""Who may: the checks that several verbs share. Each raises NotAllowed, before anything is changed."""

from __future__ import annotations

from desk.errors import NotAllowed
from desk.people import Responder, Role


def staff_only(responder: Responder) -> None:
    """Agents, coordinators and admins, as long as they are on the team."""
    if not responder.role.is_staff or not responder.active:
        raise NotAllowed("only staff do this")


def steering(responder: Responder) -> Responder:
    """Whoever may steer storms."""
    if responder.role not in (Role.COORDINATOR, Role.ADMIN) or not responder.active:
        raise NotAllowed("coordinators only")
    return responder
