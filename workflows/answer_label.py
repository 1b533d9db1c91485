"""What stands over an answer: who speaks to the contact. A volunteer can never look like staff.

Every platform message of an answer has it: the first part of a long text, its other parts, its files, its edits.
"""

from __future__ import annotations

from desk.answer import Answer, AnswerKind, AnswerState
from desk.people import Responder, Role
from desk.phrases import marked as _
from desk.ticket import Ticket
from workflows.voice import Voice


def answer_label(voice: Voice, responder: Responder, ticket: Ticket, answer: Answer | None = None) -> str:
    """Who answers, as the contact reads it."""
    if responder.role is not Role.VOLUNTEER:
        said = voice.say(ticket.locale, _("👤 **{name} from {brand}**"), name=responder.name, brand=voice.desk.brand)
        return f"{said}\n"
    return voice.say(ticket.locale, _of_volunteer(answer)) + "\n"


def _of_volunteer(answer: Answer | None) -> str:
    if answer is None:
        return _("💬 **Answer from our community**")
    if answer.state is AnswerState.RECALLED:
        return _("⚠ **Recalled: please do not go by this answer**")
    if answer.kind is AnswerKind.QUESTION:
        return _("💬 **Question from our community**")
    if answer.endorsed_by is not None:
        return _("💬 **Answer from our community** · ✔ endorsed by an experienced member")
    return _("💬 **Answer from our community**")


def further_label(voice: Voice, responder: Responder, ticket: Ticket) -> str:
    """What stands over each further message of a volunteer's answer; staff's need nothing."""
    if responder.role is not Role.VOLUNTEER:
        return ""
    return voice.say(ticket.locale, _("💬 From our community:")) + "\n"
